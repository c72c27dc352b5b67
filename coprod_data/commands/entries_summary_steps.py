"""A summary written after a flag: it goes out only with a release that two people agreed to."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_rules import must_have_read, must_write, open_step
from coprod_data.commands.entries_steps import end_decisions, index_again, into_queue
from coprod_data.models import CardEntry, EntrySummary
from coprod_data.permissions import Actor, ChangedMeanwhile, NotAllowed, Refused
from coprod_data.scopes.one_person import same_person
from coprod_data.vocabulary.entries import ConsentUse, Review
from coprod_data.vocabulary.entry_care import Again, StepKind

SUMMARY = frozenset({ConsentUse.SUMMARY})


def must_have_shown(db: Session, entry: CardEntry, shown: str | None) -> None:
    """Check that the summary which goes out with the words is the one that was shown beside them.

    Without `shown` nothing was shown. Raises ChangedMeanwhile with the `summary` of now.
    """
    if shown is not None and shown != (summary := _summary_now(db, entry)):
        raise ChangedMeanwhile({"summary": summary})


def must_sum_up(db: Session, actor: Actor, entry: CardEntry) -> None:
    """Go on for somebody who may put a summary in the place of the one of before.

    They have read the words and did not type them, and no second person decides about the entry
    now. Raises NotAllowed, Refused.
    """
    must_write(db, actor, entry)
    must_have_read(db, actor, entry)
    if same_person(db, actor.id, entry.typed_by_id):
        raise NotAllowed("You typed this entry, so somebody else in the team must sum it up.")
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


def _summary_now(db: Session, entry: CardEntry) -> str:
    written = sa.select(EntrySummary.text).where(
        EntrySummary.entry_id == entry.id, EntrySummary.replaced_at.is_(None)
    )
    return db.scalars(written).first() or ""
