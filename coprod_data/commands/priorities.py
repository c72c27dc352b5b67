"""Priorities that young people chose, and what came of each: meeting, opportunity, action."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.rewordings import stop_rewording
from coprod_data.commands.rows import kept, known, locked, must_be_as_opened, must_be_new
from coprod_data.models import (
    Action,
    CoproductionSession,
    Opportunity,
    Priority,
    PriorityTie,
    SurveyFinding,
)
from coprod_data.models.base import Row
from coprod_data.permissions import Actor, Invalid, NotFound, Permission, Refused
from coprod_data.rules.clocks import london_day
from coprod_data.rules.texts import names_nobody, optional_text, required_line
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.rewordings import TextPlace
from coprod_data.vocabulary.surveys import CameOf, ChosenHow

NOUNS: dict[CameOf, type[Row]] = {
    CameOf.SESSION: CoproductionSession,
    CameOf.OPPORTUNITY: Opportunity,
    CameOf.ACTION: Action,
}
WHO = "Say who chose it, for example the Care Leavers Action Group."


@dataclass(frozen=True, kw_only=True)
class PriorityTyped:
    """What a form says of a priority; `finding_id` is the finding of a survey it came from."""

    title: str
    chosen_how: ChosenHow
    chosen_by: str
    chosen_on: date
    finding_id: int | None = None
    why: str = ""
    programme: str = ""


def add_priority(db: Session, actor: Actor, typed: PriorityTyped) -> int:
    """Add what young people chose. Returns its id. Raises NotFound, Invalid."""
    actor.must(Permission.SURVEYS_WRITE)
    values = _checked(db, actor, typed)
    must_be_new(db, Priority, "priority", title=values["title"], chosen_on=typed.chosen_on)
    return kept(db, actor, EventKind.PRIORITY_ADDED, Priority(**values))


def change_priority(
    db: Session,
    actor: Actor,
    priority_id: int,
    typed: PriorityTyped,
    *,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Change what is said of a priority; `opened` is what the form showed.

    Raises NotFound, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.SURVEYS_WRITE)
    row = locked(db, Priority, priority_id, "priority")
    values = _checked(db, actor, typed)
    must_be_as_opened({field: getattr(row, field) for field in values}, opened, values)
    by = {"title": values["title"], "chosen_on": typed.chosen_on}
    must_be_new(db, Priority, "priority", beside=row, **by)
    for field, value in values.items():
        setattr(row, field, value)
    record_if_changed(db, actor, EventKind.PRIORITY_CHANGED, row)


def remove_priority(db: Session, actor: Actor, priority_id: int) -> None:
    """Delete a priority that was written down by mistake and that nothing came of.

    Raises NotFound, Refused.
    """
    actor.must(Permission.SURVEYS_WRITE)
    row = locked(db, Priority, priority_id, "priority")
    if known(db, PriorityTie, priority_id=row.id):
        raise Refused("Something came of this priority, so it stays. Take that out first.")
    stop_rewording(
        db, actor, [(TextPlace.PRIORITY_TITLE, row.id), (TextPlace.PRIORITY_WHY, row.id)]
    )  # fmt: skip
    db.delete(row)
    record(db, actor, EventKind.PRIORITY_REMOVED, row)


def tie_priority(db: Session, actor: Actor, priority_id: int, came: CameOf, number: int) -> None:
    """Say what came of a priority; a second call adds nothing. Raises NotFound."""
    actor.must(Permission.SURVEYS_WRITE)
    row = locked(db, Priority, priority_id, "priority")
    if db.get(NOUNS[came], number) is None:
        raise NotFound(f"We could not find that {came.noun}. Choose another.")
    by = {came.value: number}
    if known(db, PriorityTie, priority_id=row.id, **by) is None:
        db.add(PriorityTie(priority_id=row.id, **by))
        db.flush()
        record(db, actor, EventKind.PRIORITY_TIED, row)


def untie_priority(db: Session, actor: Actor, priority_id: int, came: CameOf, number: int) -> None:
    """Say that this did not come of a priority after all. Raises NotFound."""
    actor.must(Permission.SURVEYS_WRITE)
    row = locked(db, Priority, priority_id, "priority")
    tie = known(db, PriorityTie, priority_id=row.id, **{came.value: number})
    if tie is None:
        raise NotFound("It was taken from this priority already.")
    db.delete(tie)
    db.flush()
    record(db, actor, EventKind.PRIORITY_UNTIED, row)


def _checked(db: Session, actor: Actor, typed: PriorityTyped) -> dict[str, Any]:
    if typed.chosen_on > london_day(actor.at):
        raise Invalid("Write a priority down once it has been chosen.", field="chosen_on")
    if typed.finding_id is not None and db.get(SurveyFinding, typed.finding_id) is None:
        raise NotFound("We could not find that finding. Reload the page.")
    if names_nobody(typed.chosen_by):
        raise Invalid(WHO, field="chosen_by")
    return {
        **vars(typed),
        "title": required_line(typed.title, "title", "Say what young people chose."),
        "why": optional_text(typed.why, "why"),
        "programme": optional_text(typed.programme, "programme", 120),
        "chosen_by": required_line(typed.chosen_by, "chosen_by", WHO),
    }
