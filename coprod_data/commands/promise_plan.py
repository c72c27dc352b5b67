"""When the plan of a version of The Promise runs, and who wrote it, with what shows that."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.rows import changed_set, locked, must_be_as_opened
from coprod_data.models import Group, PromiseAuthor, PromiseVersion
from coprod_data.permissions import Actor, Invalid, Permission
from coprod_data.rules.plan_period import LONGEST
from coprod_data.rules.texts import required_text
from coprod_data.vocabulary.actions import TOGETHER, WorkedOnBy
from coprod_data.vocabulary.events import EventKind

SHOWN = "Say what shows it: how they wrote it, and where that can be seen."


def plan_promise(
    db: Session,
    actor: Actor,
    version_id: int,
    *,
    starts_on: date | None,
    months: int | None,
    written_by: WorkedOnBy | None,
    group_ids: frozenset[int] = frozenset(),
    shown: str = "",
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Say from when and for how many months the plan of a version runs, and who wrote it: with
    young people only where groups are named and something shows it.

    Of a draft or an adopted version; its words stay as they are. `opened` holds what the form
    showed of these; groups are sent as changes. Raises NotFound, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.PROMISE_DRAFT)
    version = locked(db, PromiseVersion, version_id, "version")
    if (starts_on is None) != (months is None):
        raise Invalid("Say both: from when the plan runs, and for how many months.", field="months")
    if months is not None and not 1 <= months <= LONGEST:
        raise Invalid(f"Choose between 1 and {LONGEST} months.", field="months")
    said: dict[str, Any] = {"starts_on": starts_on, "months": months, "written_by": written_by}
    together = written_by in TOGETHER
    said["shown"] = required_text(shown, "shown", SHOWN) if together else ""
    now = {
        "starts_on": version.plan_starts_on, "months": version.plan_months,
        "written_by": version.written_by, "shown": version.written_shown,
    }  # fmt: skip
    seen = {name: value for name, value in (opened or {}).items() if name in now}
    must_be_as_opened(now, seen, said)
    authors = {
        row.group_id: row
        for row in db.scalars(sa.select(PromiseAuthor).filter_by(version_id=version.id))
    }
    before = None if opened is None else opened.get("group_ids")
    wanted = changed_set(authors.keys(), before, group_ids) if together else frozenset()
    if together and not wanted:
        raise Invalid("Choose the groups that wrote it.", field="group_ids")
    found = set(db.scalars(sa.select(Group.id).where(Group.id.in_(wanted))))
    if found != wanted:
        raise Invalid("Choose groups from the list.", field="group_ids")
    version.plan_starts_on, version.plan_months = starts_on, months
    version.written_by, version.written_shown = written_by, said["shown"]
    for group_id in sorted(wanted - authors.keys()):
        db.add(PromiseAuthor(version_id=version.id, group_id=group_id))
    for group_id in sorted(authors.keys() - wanted):
        db.delete(authors[group_id])
    if now != said or wanted != authors.keys():
        record(db, actor, EventKind.PROMISE_PLANNED, version)
