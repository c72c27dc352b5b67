"""Undoing one's own last step on an action for ten minutes; correcting it afterwards."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions_rules import (
    NOT_BY_HAND,
    action_of,
    evidence_in,
    must_be_open,
    must_be_possible_day,
    must_be_shown,
    must_write,
    true_colour,
)
from coprod_data.commands.event_log import record
from coprod_data.commands.rewordings import stop_rewording
from coprod_data.commands.rows import locked, must_be_as_opened
from coprod_data.models import (
    Action,
    ActionChange,
    ActionUpdate,
    Event,
    EventText,
    Milestone,
    Outcome,
    OutcomeAction,
)
from coprod_data.models.base import UtcDateTime
from coprod_data.permissions import Actor, NotAllowed, Permission, Refused
from coprod_data.rules.clocks import london_day
from coprod_data.rules.texts import required_text
from coprod_data.scopes.promise_homes import stayed_behind
from coprod_data.scopes.staff_texts import TextKey
from coprod_data.scopes.undoing import (
    UNDONE,
    last_moved,
    last_steps,
    rests_on,
    step_to_undo,
)
from coprod_data.store.wiping import owe_wiping
from coprod_data.vocabulary.actions import BY_HAND, FINISHED, Rag, Stage
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.rewordings import BEING_REWORDED, TextPlace

BEHIND = "A new wording is in force, and this is not in it. Propose it again there."
_TABLES: dict[str, Any] = {
    "action": Action, "action_change": ActionChange, "milestone": Milestone
}  # fmt: skip
_STAGED = (EventKind.ACTION_MOVED, EventKind.ACTION_HELD, EventKind.ACTION_TAKEN_UP)


def undo_last_step(db: Session, actor: Actor, action_id: int, *, shown: int | None = None) -> None:
    """Put an action back as it was before the actor's own last step, `moved_at` included.

    That step is one of `UNDONE`, at most ten minutes old, and no later one rests on it; `shown` is
    its event as the page named it. The log keeps both. What was written with it no longer waits for
    other words. Raises NotFound, NotAllowed, and Refused once it is too old, something rests on it,
    another step is the newest now, or the words of before were taken back.
    """
    actor.must(Permission.ACTIONS_UPDATE_OWN, Permission.ACTIONS_UPDATE, Permission.ACTIONS_APPROVE)
    action = action_of(db, action_id)
    newest = db.scalars(last_steps(action.id)).all()
    event = step_to_undo(actor, newest)
    if event is None:
        raise _not_undone(actor, newest)
    if shown is not None and event.id != shown:
        raise Refused("Something else was done since then. Look again at what would be undone.")
    if db.scalar(rests_on(action.id, event)):
        raise Refused("An outcome rests on this now, so it cannot be undone.")
    if db.scalar(stayed_behind(action.id, event.at)):
        raise Refused(BEHIND)
    with db.no_autoflush:  # colour and stage go back together
        _put_back(db, actor, event)
    record(db, actor, EventKind.ACTION_UNDONE, action, undone=event.id)
    _forget_texts(db, actor, event)


def _not_undone(actor: Actor, newest: Sequence[Event]) -> Refused | NotAllowed:
    """Return why nothing can be undone, from the newest step."""
    if not newest or newest[0].kind not in UNDONE:
        return Refused("There is nothing here that can be undone.")
    if newest[0].actor_id != actor.id:
        return NotAllowed("Somebody else did this last, so only they can undo it.")
    return Refused("More than ten minutes have passed. You can correct it, with a reason.")


def correct_update(
    db: Session,
    actor: Actor,
    update_id: int,
    *,
    text: str,
    reason: str,
    stage: Stage | None = None,
    rag: Rag | None = None,
    rag_reason: str = "",
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Correct what one wrote about an action, why it was dropped among it, with the reason.

    With `stage`, the newest update's stage, colour and recovery note are corrected too, as in
    `update_action`. That is no movement: a stage put back takes the movement with it. `opened`
    holds the `text` that the form showed, and these if it showed them. Raises NotFound, NotAllowed,
    Invalid, Refused, ChangedMeanwhile.
    """
    actor.must(Permission.ACTIONS_UPDATE_OWN, Permission.ACTIONS_UPDATE, Permission.ACTIONS_APPROVE)
    update = locked(db, ActionUpdate, update_id, "update")
    if update.person_id != actor.id:
        raise NotAllowed("Somebody else wrote this. Ask them to correct it.")
    text = required_text(text, "text", "Say in a sentence or two what happened.")
    action = action_of(db, update.action_id)
    now = {"text": update.text, "stage": action.stage, "rag": action.rag}
    typed = {"text": text, "stage": stage, "rag": rag, "rag_reason": rag_reason}
    must_be_as_opened({**now, "rag_reason": action.rag_reason}, opened, typed)
    because = required_text(reason, "reason", "Say why you correct it.")
    if stage is not None:
        _correct_state(db, actor, action, update, stage, rag, rag_reason)
    update.text, update.corrected = text, because
    record(db, actor, EventKind.UPDATE_CORRECTED, action)


def _correct_state(
    db: Session, actor: Actor, action: Action, update: ActionUpdate,
    stage: Stage, rag: Rag | None, rag_reason: str,
) -> None:  # fmt: skip
    """Correct stage and colour, where they were said with this update and nothing came after it."""
    newest = sa.select(sa.func.max(ActionUpdate.id)).where(ActionUpdate.action_id == action.id)
    said = action.rag, action.rag_reason
    if stage is action.stage and (rag, rag_reason) == said:
        return
    if not must_write(db, actor, action) or db.scalar(newest) != update.id:
        raise Refused("Somebody has updated it since. Add an update instead.")
    must_be_open(action)
    colour, note = true_colour(action, stage, rag, rag_reason, london_day(actor.at))
    if stage is action.stage:
        action.rag, action.rag_reason = colour, note
        return
    if stage is Stage.DONE:
        must_be_shown(db, action)
    moved = db.scalars(last_moved(action.id)).first()
    before = moved.changes if moved is not None and moved.at == update.at else {}
    if before.get(f"action:{action.id}.stage", [None])[0] == stage.value:
        action.moved_at = _typed(Action, "moved_at", before[f"action:{action.id}.moved_at"][0])
    elif stage not in BY_HAND:
        raise Refused(NOT_BY_HAND[stage])
    action.stage, action.rag, action.rag_reason = stage, colour, note


def correct_milestone(
    db: Session,
    actor: Actor,
    milestone_id: int,
    *,
    evidence: str,
    met_on: date | None,
    reason: str,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Correct a met milestone, with the reason; without a day it is not met after all.

    Then the action moved when it moved before. `opened` holds the `evidence` and `met_on` that the
    form showed. Raises NotFound, NotAllowed, Invalid, ChangedMeanwhile, and Refused when it was not
    met, or when the action is done by this evidence only.
    """
    actor.must(Permission.ACTIONS_UPDATE_OWN, Permission.ACTIONS_UPDATE)
    milestone = locked(db, Milestone, milestone_id, "milestone")
    action = action_of(db, milestone.action_id)
    must_write(db, actor, action)
    if milestone.met_on is None:
        raise Refused("This milestone is not met yet, so there is nothing to correct.")
    now = {"evidence": milestone.evidence, "met_on": milestone.met_on}
    must_be_as_opened(now, opened, {"evidence": evidence, "met_on": met_on})
    because = required_text(reason, "reason", "Say why you correct it.")
    if met_on is None:
        _must_not_rest_on(db, action, milestone)
        milestone.met_on, milestone.met_by_id, milestone.evidence = None, None, ""
        db.flush()
        action.moved_at = _moved_before(db, action)
    else:
        must_be_possible_day(action, met_on, london_day(actor.at))
        milestone.evidence, milestone.met_on = evidence_in(evidence), met_on
    milestone.corrected = because
    record(db, actor, EventKind.MILESTONE_CORRECTED, milestone, action_id=action.id)


def _must_not_rest_on(db: Session, action: Action, milestone: Milestone) -> None:
    others = sa.exists().where(
        Milestone.action_id == action.id,
        Milestone.id != milestone.id,
        Milestone.met_on.is_not(None),
    )
    if action.stage in FINISHED and not db.scalar(sa.select(others)):
        raise Refused(
            "The action is done, and only this milestone shows it. Change its stage first."
        )


def _moved_before(db: Session, action: Action) -> datetime:
    """Return when an action last moved, by what still counts; else when it was proposed."""
    met = sa.select(Milestone.id).where(
        Milestone.action_id == action.id, Milestone.met_on.is_not(None)
    )
    moves = sa.select(sa.func.max(Event.at)).where(
        sa.or_(
            sa.and_(
                Event.kind.in_(_STAGED),
                Event.subject_type == "action",
                Event.subject_id == action.id,
            ),
            sa.and_(Event.kind == EventKind.MILESTONE_MET, Event.subject_id.in_(met)),
        )
    )
    signed = (
        sa.select(sa.func.max(Outcome.co_signed_at))
        .join(OutcomeAction, OutcomeAction.outcome_id == Outcome.id)
        .where(OutcomeAction.action_id == action.id)
    )
    return max(at for at in (db.scalar(moves), db.scalar(signed), action.proposed_at) if at)


def _put_back(db: Session, actor: Actor, event: Event) -> None:
    replaced: list[TextKey] = []
    if event.kind is EventKind.MILESTONE_ADDED:
        db.delete(db.get_one(Milestone, event.subject_id))
        stop_rewording(db, actor, [(TextPlace.MILESTONE_TITLE, event.subject_id or 0)])
        return
    for name, values in event.changes.items():
        table, row_id, column = _place(name)
        if table == "action_update" and column == "action_id":
            db.delete(db.get_one(ActionUpdate, row_id))
            replaced += [(place, row_id) for place in TextPlace if place.table == table]
        elif table in _TABLES:
            model = _TABLES[table]
            setattr(db.get_one(model, row_id), column, _typed(model, column, values[0]))
    for field in db.scalars(sa.select(EventText.field).where(EventText.event_id == event.id)):
        table, row_id, column = _place(field)
        if table in _TABLES:
            setattr(db.get_one(_TABLES[table], row_id), column, _text_before(db, event, field))
            replaced += [
                (place, row_id) for place in TextPlace if place.value == f"{table}.{column}"
            ]
    stop_rewording(db, actor, replaced)


def _place(name: str) -> tuple[str, int, str]:
    """Return table, row and column of a change, as the log names it; no table for a fact."""
    row, dot, column = name.partition(".")
    table, _, key = row.partition(":")
    return (table, int(key), column) if dot and key.isdecimal() else ("", 0, "")


def _typed(model: Any, column: str, value: Any) -> Any:
    """Return a value of the log as the column holds it."""
    kind = model.__table__.c[column].type
    if value is None:
        return None
    if isinstance(kind, sa.Enum) and kind.enum_class is not None:
        return kind.enum_class(value)
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, sa.Date) else value


def _text_before(db: Session, event: Event, field: str) -> str:
    """Return the text that was there before an event; "" where there was none.

    Raises Refused when it was erased or was being reworded: it would come back as an empty one.
    """
    before = (
        sa.select(EventText.text)
        .where(EventText.field == field, EventText.event_id < event.id)
        .order_by(EventText.event_id.desc())
        .limit(1)
    )
    row = db.execute(before).one_or_none()
    if row is None:
        return ""
    if row.text is None or row.text == BEING_REWORDED:
        raise Refused("A young person's words were in what it said before, so it cannot come back.")
    return str(row.text)


def _forget_texts(db: Session, actor: Actor, event: Event) -> None:
    """Take the words of a row that is gone out of the log: no text of staff is looked through
    there.
    """
    deleted = ("action_update:%", "milestone:%.title")
    gone = sa.update(EventText).where(
        EventText.event_id == event.id,
        sa.or_(*(EventText.field.like(field) for field in deleted)),
    )
    if db.execute(gone.values(text=None, salt=None)).rowcount:  # type: ignore[attr-defined]
        owe_wiping(db, actor.at)
