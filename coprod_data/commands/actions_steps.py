"""What a change of an action comes to: a step of the commands that change one."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.rows import must_be_as_opened
from coprod_data.models import Action, OutcomeAction, PromiseCommitment, PromiseTheme
from coprod_data.permissions import Invalid, Refused
from coprod_data.rules.due_days import last_day
from coprod_data.rules.texts import optional_text, required_line, required_text
from coprod_data.scopes.promise import theme_in_force
from coprod_data.vocabulary.actions import DueKind, Stage


class Wanted(NamedTuple):
    """What an action says, as somebody wants it."""

    commitment_id: int
    title: str
    will_see: str
    due_on: date | None
    due_wording: str
    due_kind: DueKind


def wanted(
    db: Session,
    action: Action,
    commitment_id: int,
    title: str,
    will_see: str,
    due_on: date | None,
    due_wording: str,
    due_kind: DueKind,
) -> Wanted:
    """Return what an action is to say, in clean words.

    Raises Invalid where it is the same as now or cannot be, and Refused for a new wording or
    commitment once an outcome that names it is proposed.
    """
    new = Wanted(
        commitment_id,
        required_line(title, "title", "Say in a line what will be done.", 240),
        required_text(will_see, "will_see", "Say what you will see when it is done."),
        last_day(due_on, due_kind),
        optional_text(due_wording, "due_wording", 120),
        due_kind,
    )
    old = as_it_is(action)
    if new == old:
        raise Invalid("Nothing is different from what it says now.", field="title")
    named = sa.select(sa.exists().where(OutcomeAction.action_id == action.id))
    if new[:3] != old[:3] and db.scalar(named):
        raise Refused(
            "An outcome names this action, so its wording and commitment stay as they are. "
            "Its date can still be changed."
        )
    if commitment_id != action.commitment_id and not _in_force(db, commitment_id):
        raise Invalid("Choose a commitment in force.", field="commitment")
    if action.starts_on and new.due_on and new.due_on < action.starts_on:
        raise Invalid("It cannot be due before it starts.", field="due_on")
    return new


def as_it_is(action: Action) -> Wanted:
    """Return what an action says now."""
    return Wanted(*(getattr(action, name) for name in Wanted._fields))


def must_say_what_was_opened(action: Action, opened: Mapping[str, Any] | None) -> None:
    """Check that an action still says what a form showed: a change is of all of it.

    Raises ChangedMeanwhile.
    """
    must_be_as_opened(as_it_is(action)._asdict(), opened, {})


def apply_change(action: Action, new: Wanted) -> None:
    """Give an action its new words and date; an agreed one keeps its first date beside them."""
    moved = (new.due_on, new.due_wording) != (action.due_on, action.due_wording)
    agreed = action.stage is not Stage.PROPOSED
    first = action.first_due_on is None and not action.first_due_wording
    if moved and agreed and first:
        action.first_due_on, action.first_due_wording = action.due_on, action.due_wording
    if new.will_see != action.will_see:
        action.see_agreed_with_id = None  # nobody was asked about the new words
    for name, value in new._asdict().items():
        setattr(action, name, value)


def _in_force(db: Session, commitment_id: int) -> bool:
    found = (
        sa.select(PromiseCommitment.id)
        .join(PromiseTheme, PromiseTheme.id == PromiseCommitment.theme_id)
        .where(PromiseCommitment.id == commitment_id, theme_in_force())
    )
    return db.scalar(found) is not None
