"""When the plan of a version of The Promise runs, and who wrote it."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Group, PromiseAuthor, PromiseVersion
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.plan_period import month_of_plan, plan_end
from coprod_data.scopes.promise import version_in_force
from coprod_data.vocabulary.actions import WorkedOnBy


@dataclass(frozen=True, kw_only=True)
class PlanRuns:
    """The plan of a version: from `starts_on` for `months` until `ends_on`, and its month now.

    All four are empty where nobody has said so. `written_by` is who wrote the version, `shown` what
    shows that.
    """

    version_id: int
    starts_on: date | None
    months: int | None
    ends_on: date | None
    month: int
    written_by: WorkedOnBy | None
    shown: str


def plan_runs(db: Session, actor: Actor, version_id: int | None = None) -> PlanRuns | None:
    """Return when the plan of a version runs, of the one in force if none is named; None before the
    first. A draft is read only by who writes it.
    """
    actor.must(Permission.PROMISE_READ)
    named = version_in_force() if version_id is None else version_id
    row = db.scalars(sa.select(PromiseVersion).where(PromiseVersion.id == named)).one_or_none()
    if row is None or (row.adopted_at is None and not actor.may(Permission.PROMISE_DRAFT)):
        return None
    starts_on, months = row.plan_starts_on, row.plan_months
    ends_on, month = None, 0
    if starts_on is not None and months is not None:
        ends_on = plan_end(starts_on, months)
        month = month_of_plan(starts_on, months, london_day(actor.at))
    return PlanRuns(
        version_id=row.id,
        starts_on=starts_on,
        months=months,
        ends_on=ends_on,
        month=month,
        written_by=row.written_by,
        shown=row.written_shown,
    )


def plan_authors(db: Session, actor: Actor, version_id: int) -> dict[int, str]:
    """Return the groups that wrote a version with staff or led it, by name."""
    actor.must(Permission.PROMISE_READ)
    wrote = sa.select(PromiseAuthor.group_id).where(PromiseAuthor.version_id == version_id)
    groups = sa.select(Group.id, Group.name).where(Group.id.in_(wrote)).order_by(Group.name)
    return {row.id: row.name for row in db.execute(groups)}
