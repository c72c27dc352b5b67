"""How an outcome reads and which signatures count: conditions in SQL, no reads.

All accounts that seem to be of one person count as that person.
"""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coprod_data.models import (
    Action,
    CardEntry,
    CoSignature,
    Event,
    NotYet,
    Opportunity,
    OpportunitySource,
    Outcome,
    OutcomeAction,
)
from coprod_data.permissions import ActorKind
from coprod_data.scopes.one_person import accounts_of
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.events import EventKind
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


def by_code() -> sa.ColumnElement[bool]:
    """Return which signatures were given with a card code and are not known to be a young
    person's.

    A card that is kept in an account counts as well: the two are never linked.
    """
    return sa.and_(
        CoSignature.side == Side.YOUNG,
        CoSignature.entry_id.is_not(None),
        CoSignature.recorded_by_id.is_(None),
        CoSignature.known_at.is_(None),
    )


def together_by_code() -> sa.ColumnElement[bool]:
    """Return whether an outcome is done together with a young side that is by card code only."""
    given = sa.exists().where(CoSignature.outcome_id == Outcome.id, by_code())
    return sa.and_(Outcome.co_signed_at.is_not(None), given)


def let_words_out(
    person_id: int | sa.ColumnElement[int],
) -> sa.ColumnElement[bool]:
    """Return whether this person released words that the work of an outcome comes from."""
    return sa.exists().where(
        OpportunitySource.opportunity_id == Outcome.opportunity_id,
        sa.or_(
            CardEntry.id == OpportunitySource.entry_id,
            CardEntry.report_card_id == OpportunitySource.report_card_id,
        ),
        CardEntry.released_by_id.in_(accounts_of(person_id)),
    )


def opened_and_proposed(
    person_id: int | sa.ColumnElement[int],
) -> sa.ColumnElement[bool]:
    """Return whether this person both opened the opportunity and proposed the outcome."""
    opened = sa.exists().where(
        Event.kind == EventKind.OPPORTUNITY_OPENED,
        Event.subject_type == Opportunity.__tablename__,
        Event.subject_id == Outcome.opportunity_id,
        Event.actor_kind == ActorKind.PERSON,
        Event.actor_id.in_(accounts_of(person_id)),
    )
    return sa.and_(Outcome.proposed_by_id.in_(accounts_of(person_id)), opened)


def made_both_sides(
    person_id: int | sa.ColumnElement[int],
) -> sa.ColumnElement[bool]:
    """Return which outcomes this person may not sign for staff: too much of the rest is theirs."""
    return sa.or_(let_words_out(person_id), opened_and_proposed(person_id))


def verified_by_code() -> sa.ColumnElement[bool]:
    """Return the condition that an action was signed off, each time by card code only."""
    named = sa.and_(OutcomeAction.action_id == Action.id, OutcomeAction.outcome_id == Outcome.id)
    others = sa.exists().where(named, Outcome.co_signed_at.is_not(None), ~together_by_code())
    return sa.and_(
        Action.stage == Stage.VERIFIED, sa.exists().where(named, together_by_code()), ~others
    )
