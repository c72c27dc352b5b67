"""A summary written after a flag: it goes out only with a release that two people agreed to."""

from sqlalchemy.orm import Session

from coprod_data.commands.entries_rules import open_step
from coprod_data.commands.entries_steps import end_decisions, index_again, into_queue
from coprod_data.models import CardEntry
from coprod_data.permissions import Actor, Refused
from coprod_data.vocabulary.entries import ConsentUse, Review
from coprod_data.vocabulary.entry_care import Again, StepKind

SUMMARY = frozenset({ConsentUse.SUMMARY})


def must_not_be_proposed(db: Session, entry: CardEntry) -> None:
    """Go on unless a second person decides about an entry with the summary of before.

    Raises Refused.
    """
    if open_step(db, entry, StepKind.RELEASE) is not None:
        raise Refused("A second person is deciding about this entry. Wait for their answer.")


def decide_again(db: Session, actor: Actor, entry: CardEntry) -> None:
    """Let a new summary of a flagged entry wait for the next release; other words stay as they are.

    An entry that had left the queue returns to it.
    """
    if not entry.flagged:
        return
    end_decisions(db, actor, entry, SUMMARY, stays=SUMMARY)
    if entry.review in (Review.RELEASED, Review.KEPT):
        into_queue(actor, entry, Again.PUT_BACK)
    index_again(db, [entry.id])
