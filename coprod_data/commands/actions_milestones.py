"""Correcting or removing a milestone that is not met, with a reason."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions_rules import action_of, must_be_open, must_write
from coprod_data.commands.event_log import record
from coprod_data.commands.rewordings import stop_rewording
from coprod_data.commands.rows import locked, must_be_as_opened
from coprod_data.models import Action, ActionUpdate, Event, EventText, Milestone
from coprod_data.permissions import Actor, Permission, Refused
from coprod_data.rules.texts import required_line, required_text
from coprod_data.store.wiping import owe_wiping
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.rewordings import TextPlace

_PLACES = (TextPlace.MILESTONE_TITLE, TextPlace.EVIDENCE, TextPlace.MILESTONE_CORRECTED)


def reword_milestone(
    db: Session,
    actor: Actor,
    milestone_id: int,
    *,
    title: str,
    due_on: date | None,
    reason: str,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Change the words or the date of a milestone that is not met, with the reason.

    `opened` holds the `title` and `due_on` that the form showed. Raises NotFound, NotAllowed,
    Invalid, Refused, ChangedMeanwhile.
    """
    actor.must(Permission.ACTIONS_UPDATE_OWN, Permission.ACTIONS_UPDATE)
    milestone, action = _unmet(db, actor, milestone_id)
    title = required_line(title, "title", "Say in a line what will be reached.", 240)
    now = {"title": milestone.title, "due_on": milestone.due_on}
    must_be_as_opened(now, opened, {"title": title, "due_on": due_on})
    milestone.title, milestone.due_on = title, due_on
    milestone.corrected = required_text(reason, "reason", "Say why you correct it.")
    record(db, actor, EventKind.MILESTONE_CORRECTED, milestone, action_id=action.id)


def remove_milestone(db: Session, actor: Actor, milestone_id: int, *, reason: str) -> None:
    """Take a milestone that is not met out of an action; the reason stays as an update of it.

    Raises NotFound, NotAllowed, Invalid, Refused.
    """
    actor.must(Permission.ACTIONS_UPDATE_OWN, Permission.ACTIONS_UPDATE)
    milestone, action = _unmet(db, actor, milestone_id)
    because = required_text(reason, "reason", "Say why it is removed.")
    text = f"Removed the milestone “{milestone.title}”. {because}"
    db.delete(milestone)
    db.add(ActionUpdate(action_id=action.id, text=text, person_id=actor.id, at=actor.at))
    record(db, actor, EventKind.MILESTONE_REMOVED, action)
    stop_rewording(db, actor, [(place, milestone_id) for place in _PLACES])
    about = sa.select(Event.id).where(
        Event.subject_type == Milestone.__tablename__, Event.subject_id == milestone_id
    )
    gone = sa.update(EventText).where(
        EventText.event_id.in_(about), EventText.field.like(f"milestone:{milestone_id}.%")
    )
    if db.execute(gone.values(text=None, salt=None)).rowcount:  # type: ignore[attr-defined]
        owe_wiping(db, actor.at)


def _unmet(db: Session, actor: Actor, milestone_id: int) -> tuple[Milestone, Action]:
    milestone = locked(db, Milestone, milestone_id, "milestone")
    action = action_of(db, milestone.action_id)
    must_write(db, actor, action)
    if action.stage is not Stage.PROPOSED:
        must_be_open(action)
    if milestone.met_on is not None:
        raise Refused("This milestone is met. Correct its evidence or its date instead.")
    return milestone, action
