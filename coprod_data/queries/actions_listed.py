"""How many actions each list holds, and whose they are."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Action, Person
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import days_old_before, london_day
from coprod_data.rules.statements import statement
from coprod_data.scopes.actions import live
from coprod_data.scopes.actions_beside import listed
from coprod_data.scopes.settings import setting
from coprod_data.vocabulary.actions import Listed
from coprod_data.vocabulary.settings import SettingKey


def actions_counted(
    db: Session,
    actor: Actor,
    *,
    owner_id: int | None = None,
    service_id: int | None = None,
) -> dict[Listed, int]:
    """Return how many actions `action_plan` has in each list, in two statements."""
    actor.must(Permission.ACTIONS_READ)
    asked = {"owner_id": owner_id, "service_id": service_id}
    named = tuple(name for name, value in asked.items() if value is not None)
    clock = {
        "today": london_day(actor.at),
        "moved_by": days_old_before(actor.at, setting(db, SettingKey.DRIFT_RED_DAYS)),
        "me": actor.person_id,
    }
    numbers = db.execute(_counted(named), {**clock, **asked}).one()
    return dict(zip(Listed, numbers, strict=True))


def action_owners(db: Session, actor: Actor) -> dict[int, str]:
    """Return who owns an action that counts, by name."""
    actor.must(Permission.ACTIONS_READ)
    return {row.id: row.name for row in db.execute(_owners())}


@statement
def _counted(named: tuple[str, ...]) -> sa.Select[*tuple[Any, ...]]:
    today, me = sa.bindparam("today", type_=sa.Date), sa.bindparam("me", type_=sa.Integer)
    moved_by: sa.BindParameter[Any] = sa.bindparam("moved_by")
    lists = [listed(which, today=today, moved_by=moved_by, me=me) for which in Listed]
    columns = {"owner_id": Action.owner_id, "service_id": Action.service_id}
    return (
        sa.select(*(sa.func.count(sa.case((condition, 1))) for condition in lists))
        .select_from(Action)
        .where(*(columns[name] == sa.bindparam(name) for name in named))
    )


@statement
def _owners() -> sa.Select[*tuple[Any, ...]]:
    owns = sa.exists().where(Action.owner_id == Person.id, live())
    return sa.select(Person.id, Person.name).where(owns).order_by(Person.name, Person.id)
