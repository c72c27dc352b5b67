"""A step is proposed to a second person, and settled: steps of the commands on entries."""

from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.entries_rules import open_step
from coprod_data.commands.event_log import record
from coprod_data.models import CardEntry, CheckStep
from coprod_data.permissions import Actor, Invalid, Refused
from coprod_data.rules.texts import optional_text, required_text
from coprod_data.vocabulary.entries import Review
from coprod_data.vocabulary.entry_care import StepKind
from coprod_data.vocabulary.events import EventKind

A_SENTENCE = 3  # words; fewer say nothing to whoever reads why
ANSWER_FIRST = "Answer first: is somebody at risk? Hold it, or say why not."


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


def answered(entry: CardEntry, why: str) -> str:
    """Return why nobody is at risk, which words to be read with care ask first. Raises Invalid."""
    if not entry.read_with_care:
        return why
    why = required_text(why, "why", ANSWER_FIRST)
    if len(why.split()) < A_SENTENCE:
        raise Invalid(
            "Say in a sentence why nobody is at risk. Somebody may ask you later.", field="why"
        )
    return why


def decided_alone(
    db: Session,
    actor: Actor,
    entry: CardEntry,
    kind: StepKind,
    *,
    version_id: int | None = None,
    why: str,
) -> None:
    """Keep why one person decided a step of an entry whose words ask to be read with care."""
    if not entry.read_with_care:
        return
    step = CheckStep(
        entry_id=entry.id,
        kind=kind,
        version_id=version_id,
        why=why,
        proposed_at=actor.at,
        proposed_by_id=actor.id,
    )
    settle(step, actor, agreed=True)
    db.add(step)


def settle(step: CheckStep, actor: Actor, *, agreed: bool) -> None:
    """Close a step as decided by this person."""
    step.settled_at, step.settled_by_id, step.agreed = actor.at, actor.id, agreed
