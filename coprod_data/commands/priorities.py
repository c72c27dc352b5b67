"""Priorities that young people chose, and what came of each: meeting, opportunity, action."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
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
from coprod_data.permissions import Actor, Invalid, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.texts import optional_text, required_line
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.surveys import ChosenHow

TIED: dict[str, tuple[type[Row], str]] = {
    "session_id": (CoproductionSession, "session"),
    "opportunity_id": (Opportunity, "opportunity"),
    "action_id": (Action, "action"),
}
WHO = "Say who chose it, for example the Care Leavers Action Group."


def add_priority(
    db: Session,
    actor: Actor,
    *,
    title: str,
    chosen_how: ChosenHow,
    chosen_by: str,
    chosen_on: date,
    finding_id: int | None = None,
    why: str = "",
    programme: str = "",
) -> int:
    """Add what young people chose. Returns its id. Raises NotFound, Invalid."""
    actor.must(Permission.SURVEYS_WRITE)
    typed = _typed(db, actor, title, chosen_how, chosen_by, chosen_on, finding_id, why, programme)
    must_be_new(db, Priority, "priority", title=typed["title"], chosen_on=chosen_on)
    return kept(db, actor, EventKind.PRIORITY_ADDED, Priority(**typed))


def change_priority(
    db: Session,
    actor: Actor,
    priority_id: int,
    *,
    title: str,
    chosen_how: ChosenHow,
    chosen_by: str,
    chosen_on: date,
    finding_id: int | None = None,
    why: str = "",
    programme: str = "",
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Change what is said of a priority; `opened` is what the form showed.

    Raises NotFound, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.SURVEYS_WRITE)
    row = locked(db, Priority, priority_id, "priority")
    typed = _typed(db, actor, title, chosen_how, chosen_by, chosen_on, finding_id, why, programme)
    must_be_as_opened({field: getattr(row, field) for field in typed}, opened, typed)
    must_be_new(db, Priority, "priority", beside=row, title=typed["title"], chosen_on=chosen_on)
    for field, value in typed.items():
        setattr(row, field, value)
    record_if_changed(db, actor, EventKind.PRIORITY_CHANGED, row)


def tie_priority(
    db: Session,
    actor: Actor,
    priority_id: int,
    *,
    session_id: int | None = None,
    opportunity_id: int | None = None,
    action_id: int | None = None,
) -> None:
    """Say what came of a priority; a second call adds nothing. Raises NotFound, Invalid."""
    actor.must(Permission.SURVEYS_WRITE)
    row = locked(db, Priority, priority_id, "priority")
    by = _one(session_id, opportunity_id, action_id)
    noun, word = TIED[next(iter(by))]
    if db.get(noun, next(iter(by.values()))) is None:
        raise NotFound(f"We could not find that {word}. Choose another.")
    if known(db, PriorityTie, priority_id=row.id, **by) is None:
        db.add(PriorityTie(priority_id=row.id, **by))
        db.flush()
        record(db, actor, EventKind.PRIORITY_TIED, row)


def untie_priority(
    db: Session,
    actor: Actor,
    priority_id: int,
    *,
    session_id: int | None = None,
    opportunity_id: int | None = None,
    action_id: int | None = None,
) -> None:
    """Say that this did not come of a priority after all. Raises NotFound, Invalid."""
    actor.must(Permission.SURVEYS_WRITE)
    row = locked(db, Priority, priority_id, "priority")
    by = _one(session_id, opportunity_id, action_id)
    tie = known(db, PriorityTie, priority_id=row.id, **by)
    if tie is None:
        raise NotFound("It was taken from this priority already.")
    db.delete(tie)
    db.flush()
    record(db, actor, EventKind.PRIORITY_UNTIED, row)


def _one(*numbers: int | None) -> dict[str, int]:
    by = {name: number for name, number in zip(TIED, numbers, strict=True) if number is not None}
    if len(by) != 1:
        raise Invalid("Choose one meeting, opportunity or action.", field="what")
    return by


def _typed(
    db: Session,
    actor: Actor,
    title: str,
    chosen_how: ChosenHow,
    chosen_by: str,
    chosen_on: date,
    finding_id: int | None,
    why: str,
    programme: str,
) -> dict[str, Any]:
    if chosen_on > london_day(actor.at):
        raise Invalid("Write a priority down once it has been chosen.", field="chosen_on")
    if finding_id is not None and db.get(SurveyFinding, finding_id) is None:
        raise NotFound("We could not find that finding. Reload the page.")
    return {
        "title": required_line(title, "title", "Say what young people chose."),
        "why": optional_text(why, "why"),
        "programme": optional_text(programme, "programme", 120),
        "chosen_how": chosen_how,
        "chosen_by": required_line(chosen_by, "chosen_by", WHO),
        "chosen_on": chosen_on,
        "finding_id": finding_id,
    }
