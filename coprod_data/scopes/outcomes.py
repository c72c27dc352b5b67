"""How an outcome reads and which signatures count: conditions in SQL, no reads."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coprod_data.models import CoSignature, NotYet, Outcome
from coprod_data.vocabulary.outcomes import OutcomeProgress, Side


def sent_back() -> sa.ColumnElement[bool]:
    """Return whether a young person said "not yet"."""
    return sa.exists().where(NotYet.outcome_id == Outcome.id)


def counts() -> sa.ColumnElement[bool]:
    """Return which signatures count: given in person, or recorded by two workers."""
    return sa.or_(CoSignature.recorded_by_id.is_(None), CoSignature.witnessed_by_id.is_not(None))


def signed_by(side: Side) -> sa.ColumnElement[bool]:
    """Return whether a side has signed."""
    return sa.exists().where(
        CoSignature.outcome_id == Outcome.id, CoSignature.side == side, counts()
    )


def waits_for_signatures() -> sa.ColumnElement[bool]:
    """Return which outcomes are proposals: neither signed by both sides nor sent back."""
    return sa.and_(Outcome.co_signed_at.is_(None), ~sent_back())


def listed(which: OutcomeProgress) -> sa.ColumnElement[bool]:
    """Return the condition of a list of outcomes, and so of each count of that name.

    One that was sent back is on its list until it was signed or another was proposed.
    """
    match which:
        case OutcomeProgress.CO_SIGNED:
            return Outcome.co_signed_at.is_not(None)
        case OutcomeProgress.DISPUTED:
            later = aliased(Outcome)
            again = sa.exists().where(
                later.opportunity_id == Outcome.opportunity_id, later.id > Outcome.id
            )
            return sa.and_(sent_back(), Outcome.co_signed_at.is_(None), ~again)
        case _:
            return waits_for_signatures()


def shown_state() -> sa.ColumnElement[str]:
    """Return how an outcome reads, a value of OutcomeProgress."""
    return sa.case(
        (Outcome.co_signed_at.is_not(None), OutcomeProgress.CO_SIGNED.value),
        (sent_back(), OutcomeProgress.DISPUTED.value),
        else_=OutcomeProgress.STAFF_SAY_DONE.value,
    )
