"""The second person: after a flag a step is proposed by one and decided by another."""

from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.entries_rules import (
    entry_of,
    must_have_read,
    open_step,
)
from coprod_data.commands.event_log import record
from coprod_data.models import CardEntry, CheckStep
from coprod_data.permissions import Actor, NotAllowed, Permission, Refused, Role
from coprod_data.rules.texts import optional_text, required_text
from coprod_data.scopes.second_person import must_be_second, second_people
from coprod_data.vocabulary.entries import Review
from coprod_data.vocabulary.entry_care import StepKind
from coprod_data.vocabulary.events import EventKind


def propose(
    db: Session,
    actor: Actor,
    entry: CardEntry,
    kind: StepKind,
    *,
    text: str | None = None,
    version_id: int | None = None,
    why: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Ask a second person to agree to a step. Until they do, the entry stays where it was."""
    if open_step(db, entry, kind) is not None:
        raise Refused("A second person has been asked already. Wait for their answer.")
    step = CheckStep(
        entry_id=entry.id,
        kind=kind,
        version_id=version_id,
        text=text,
        why=optional_text(why, "why") or None,
        detail=detail or {},
        proposed_at=actor.at,
        proposed_by_id=actor.id,
    )
    db.add(step)
    if entry.review is Review.SUBMITTED and entry.dealt_at is None:
        entry.review, entry.taken_by_id, entry.taken_at = Review.IN_REVIEW, actor.id, actor.at
    record(db, actor, EventKind.ENTRY_PROPOSED, entry, step=kind.value)


def refuse_step(db: Session, actor: Actor, entry_id: int, kind: StepKind, *, answer: str) -> None:
    """Say no to a proposed step, with the reason that its proposer reads; or take back one's own.

    Raises NotFound, NotAllowed, Refused, Invalid.
    """
    entry, step = step_to_settle(db, actor, entry_id, kind, own=True)
    if step.proposed_by_id == actor.id:
        step.answer = optional_text(answer, "answer") or None
    else:
        step.answer = required_text(answer, "answer", "Say why not. Your colleague reads it.")
    settle(step, actor, agreed=False)
    if entry.dealt_at is None:
        entry.taken_by_id, entry.taken_at = step.proposed_by_id, step.proposed_at
    record(db, actor, EventKind.STEP_REFUSED, entry, step=kind.value)


def step_to_settle(
    db: Session, actor: Actor, entry_id: int, kind: StepKind, *, own: bool = False
) -> tuple[CardEntry, CheckStep]:
    """Return an entry and its open step, for somebody who may be the second person for it.

    They have opened the words since it was proposed. With `own` also its proposer. Raises NotFound,
    NotAllowed, Refused.
    """
    actor.must(Permission.ENTRIES_CHECK, Permission.ENTRIES_READ_HELD)
    entry = entry_of(db, actor, entry_id, taken_back=True)
    step = open_step(db, entry, kind)
    if step is None:
        raise Refused("Nobody is waiting for a second person here any more.")
    if own and step.proposed_by_id == actor.id:
        return entry, step
    must_be_second(db, actor, team_for(kind), first_id=step.proposed_by_id, entry=entry)
    must_have_read(db, actor, entry, since=step.proposed_at)
    return entry, step


def settle(step: CheckStep, actor: Actor, *, agreed: bool) -> None:
    """Close a step as decided by this person."""
    step.settled_at, step.settled_by_id, step.agreed = actor.at, actor.id, agreed


def team_for(kind: StepKind) -> Role:
    """Return the team whose members are second for a kind of step."""
    return Role.SAFEGUARDING if kind is StepKind.END_HOLD else Role.YOUTH_VOICE


def must_be_asked(db: Session, actor: Actor, entry: CardEntry) -> None:
    """Go on only for somebody of safeguarding who may be second for an open step.

    Raises NotAllowed.
    """
    step = open_step(db, entry, *StepKind)
    if step is None or actor.id not in second_people(
        db, team_for(step.kind), first_id=step.proposed_by_id, entry=entry
    ):
        raise NotAllowed("The Youth Voice Team reads this entry.")
