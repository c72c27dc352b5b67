"""What every change of an action checks first: whose it is, its stage, and its colour."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.rows import locked, must_be_as_opened
from coprod_data.models import Action, ActionUpdate, Group, Person
from coprod_data.permissions import (
    KEEPERS,
    Actor,
    ChangedMeanwhile,
    Invalid,
    NotAllowed,
    Permission,
    Refused,
)
from coprod_data.rules.clocks import london_day
from coprod_data.rules.texts import optional_text, required_text
from coprod_data.scopes.actions import own, shown, without_evidence
from coprod_data.scopes.people import holds
from coprod_data.vocabulary.actions import Rag, Stage
from coprod_data.vocabulary.groups import WITH_YOUNG_PEOPLE
from coprod_data.vocabulary.labels import labelled

SHORTEST_EVIDENCE, FEWEST_LETTERS = 10, 4  # letters in it, and different ones
CLOSED = {
    Stage.PROPOSED: "This action is waiting for the chair. It can be updated once it is approved.",
    Stage.VERIFIED: "Both sides have signed this action off, so it cannot be changed.",
    Stage.DROPPED: "This action was dropped. Propose a new one instead.",
}
NOT_BY_HAND = {
    Stage.PROPOSED: "An agreed action cannot be proposed again.",
    Stage.AGREED: "Work on this has started. If nobody can continue, the chair can put it on hold.",
    Stage.VERIFIED: "An action is done together when both sides have signed its outcome.",
    Stage.ON_HOLD: "The chair puts an action on hold. Propose it to the chair, and say why.",
    Stage.DROPPED: "Only the chair can drop an action. Propose it to the chair, and say why.",
}
HELD = "This action is on hold, so it stays where it is until the chair takes it up again."


def action_of(db: Session, action_id: int) -> Action:
    """Return an action, locked until the transaction ends. Raises NotFound."""
    return locked(db, Action, action_id, "action")


def is_own(db: Session, actor: Actor, action: Action) -> bool:
    """Say whether the actor owns this action or is responsible for its service."""
    return bool(db.scalar(sa.select(sa.exists().where(Action.id == action.id, own(actor)))))


def must_keep_actions(db: Session, owner_id: int) -> None:
    """Check that somebody may own an action: a manager, or one of the Youth Voice Team, whose
    account is open. Raises Invalid.
    """
    keeps = sa.and_(Person.id == owner_id, holds(*KEEPERS))
    if not db.scalar(sa.select(sa.exists().where(keeps))):
        raise Invalid("Choose a manager or somebody in the Youth Voice Team.", field="owner")


def must_write(db: Session, actor: Actor, action: Action) -> bool:
    """Check that the action is the actor's own, or that the actor is in the Youth Voice Team.
    Returns whether it is their own.

    Raises NotAllowed.
    """
    mine = is_own(db, actor, action)
    if not mine and not actor.may(Permission.ACTIONS_UPDATE):
        raise NotAllowed("This action belongs to another service. Ask its owner to update it.")
    return mine


def action_to_describe(db: Session, actor: Actor, action_id: int) -> Action:
    """Return an action that has not ended and is the actor's own, or any to the Youth Voice Team.

    Raises NotFound, NotAllowed, Refused.
    """
    action = action_of(db, action_id)
    must_write(db, actor, action)
    if action.stage is not Stage.PROPOSED:
        must_be_open(action)
    return action


def must_be_shown(db: Session, action: Action) -> None:
    """Check that a milestone is met with evidence, which *done* needs. Raises Invalid."""
    if not db.scalar(sa.select(sa.exists().where(Action.id == action.id, shown()))):
        raise Invalid(
            "An action is done when a milestone is met, with evidence. "
            "Record the milestone first, then set the action to done.",
            field="stage",
        )


def evidence_in(text: str) -> str:
    """Return evidence in clean words that say something. Raises Invalid."""
    ask = "Give the evidence: what shows this, and where can it be seen?"
    evidence = required_text(text, "evidence", ask)
    letters = [letter.casefold() for letter in evidence if letter.isalpha()]
    if len(letters) < SHORTEST_EVIDENCE or len(set(letters)) < FEWEST_LETTERS:
        raise Invalid(f"{ask} Write at least a few words.", field="evidence")
    return evidence


def must_be_possible_day(action: Action, met_on: date, today: date) -> None:
    """Check that a milestone was met neither later than today nor before its action was there.

    Raises Invalid.
    """
    if met_on > today:
        raise Invalid("Choose today's date or earlier.", field="met_on")
    proposed = london_day(action.proposed_at)
    first = min(action.starts_on or proposed, proposed)
    if met_on < first:
        began = f"{first.day} {first:%B %Y}"
        raise Invalid(f"This action began on {began}. Choose that day or later.", field="met_on")


def must_be_of_young_people(db: Session, group_id: int, field: str) -> None:
    """Check that a group is one in which young people sit. Raises Invalid."""
    theirs = sa.exists().where(Group.id == group_id, Group.kind.in_(WITH_YOUNG_PEOPLE))
    if not db.scalar(sa.select(theirs)):
        raise Invalid("Choose a group of young people.", field=field)


def must_take_evidence(db: Session, action: Action) -> None:
    """Check that a milestone can still be added or met. Raises Refused.

    An action signed off before evidence was asked for takes it afterwards.
    """
    lacks = sa.select(sa.exists().where(Action.id == action.id, without_evidence()))
    if action.stage is not Stage.VERIFIED or not db.scalar(lacks):
        must_be_open(action)


def must_be_open(action: Action) -> None:
    """Check that the action can still be worked on. Raises Refused."""
    if action.ended_with_id is not None:
        raise Refused(labelled("This action ended with an earlier version of The Promise."))
    if action.stage in CLOSED:
        raise Refused(CLOSED[action.stage])


def must_be_unchanged(db: Session, action: Action, opened: Mapping[str, Any] | None) -> None:
    """Check that the newest update is still the one that the form showed.

    Raises ChangedMeanwhile with what somebody wrote since.
    """
    newest = db.execute(
        sa.select(ActionUpdate.id, Person.name, ActionUpdate.at, ActionUpdate.text)
        .join(Person, Person.id == ActionUpdate.person_id)
        .where(ActionUpdate.action_id == action.id)
        .order_by(ActionUpdate.id.desc())
        .limit(1)
    ).one_or_none()
    now = {
        "update": 0 if newest is None else newest.id,
        "stage": action.stage,
        "rag": action.rag,
        "rag_reason": action.rag_reason,
    }
    try:
        must_be_as_opened(now, opened, {})
    except ChangedMeanwhile:
        if newest is None:
            raise
        raise ChangedMeanwhile(
            now, by=newest.name, on=london_day(newest.at), words=newest.text
        ) from None


def true_colour(
    action: Action, stage: Stage, rag: Rag | None, reason: str, today: date
) -> tuple[Rag | None, str]:
    """Return the colour and the reason to keep. Raises Invalid.

    An action has a colour only while it is in progress. Amber and red need a recovery note; green
    needs a reason once the date has passed.
    """
    if stage is not Stage.IN_PROGRESS:
        if rag is not None:
            raise Invalid("Only an action in progress has a RAG rating.", field="rag")
        return None, ""
    if rag is None:
        raise Invalid("Say how it is going: green, amber or red.", field="rag")
    reason = optional_text(reason, "rag_reason")
    if rag is not Rag.GREEN and not reason:
        raise Invalid("Say what you will do to get it back on track.", field="rag_reason")
    late = action.due_on is not None and action.due_on < today
    if rag is Rag.GREEN and late and not reason:
        raise Invalid("Its date has passed. Say why it is still on track.", field="rag_reason")
    return rag, reason if rag is not Rag.GREEN or late else ""
