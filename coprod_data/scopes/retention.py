"""What is due to be erased because its time is over: the one place that says so.

Nothing that never left the clock is due, nor anything beside it: an entry and the words that hang
on it wait together while one of them is to be read or held, is a wish or a step that is open, or is
what open work came from.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    Action,
    CardEntry,
    CheckStep,
    ContactWish,
    Draft,
    EntryReading,
    EntryVersion,
    Event,
    EventText,
    Learner,
    NotYet,
    Opportunity,
    OpportunitySource,
    OpportunityYoung,
    Outcome,
    Person,
    Reply,
    Trail,
    UseDecision,
)
from coprod_data.rules.clocks import months_before
from coprod_data.scopes.entries import as_in_its_index, held
from coprod_data.scopes.settings import settings
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.entries import ANSWERED, ConsentUse, Review
from coprod_data.vocabulary.opportunities import OpportunityState
from coprod_data.vocabulary.retention import FORMER, Kept

Condition = sa.ColumnElement[bool]
Before = Mapping[Kept, datetime]

_ENDED = (Review.CLOSED, Review.KEPT, Review.PERSONAL_HELP)
_OVER = (OpportunityState.DECLINED, OpportunityState.CLOSED)
_FINISHED = (Stage.DONE, Stage.VERIFIED, Stage.DROPPED)
NAMELESS = "former:"  # begins the username of a nameless account; nobody can choose a colon


def kept_times(db: Session) -> dict[Kept, int]:
    """Return how long each kind is kept, in its unit."""
    stored = settings(db, *(kept.setting for kept in Kept))
    return {kept: int(stored[kept.setting]) for kept in Kept}


def over_before(db: Session, now: datetime) -> dict[Kept, datetime]:
    """Return the moment up to which the time of each kind is over."""
    return {kept: _before(kept, now, number) for kept, number in kept_times(db).items()}


def old_drafts(before: Before) -> Condition:
    """Return the condition that nobody has typed in a draft for its time."""
    return Draft.saved_at <= before[Kept.DRAFTS]


def old_trail(before: Before) -> Condition:
    """Return the condition that the time of a row of the trail is over."""
    return Trail.at <= before[Kept.TRAIL]


def old_texts(before: Before) -> Condition:
    """Return the condition that a text of staff beside an event is past its time."""
    written = sa.exists().where(Event.id == EventText.event_id, Event.at <= before[Kept.TEXTS])
    return sa.and_(EventText.text.is_not(None), written)


def old_names(before: Before) -> Condition:
    """Return the condition that an account was closed so long ago that its name goes."""
    return sa.and_(Person.disabled_at <= before[Kept.NAMES], ~Person.username.startswith(NAMELESS))


def old_learners(before: Before) -> Condition:
    """Return the condition that somebody without an account left training so long ago."""
    return sa.and_(Learner.left_on <= before[Kept.NAMES].date(), Learner.name != FORMER)


def old_originals(before: Before) -> Condition:
    """Return the condition that of an entry more is kept than is shown, past its time.

    Of words for which only a summary is out the original stays: it is what the summary answers for.
    """
    version, decision = aliased(EntryVersion), aliased(UseDecision)
    more = sa.exists().where(
        version.entry_id == CardEntry.id,
        version.id != CardEntry.released_version_id,
        sa.or_(version.thinks.is_not(None), version.wants.is_not(None)),
    )
    out = sa.exists().where(
        decision.entry_id == CardEntry.id,
        decision.use != ConsentUse.SUMMARY,
        decision.let_out,
        decision.ended_at.is_(None),
    )
    return sa.and_(_time_over(Kept.ORIGINALS, before), more, out, ~_in_use())


def due(kept: Kept, before: Before) -> Condition:
    """Return the condition that an entry's words of this kind are due to be erased."""
    return sa.and_(_time_over(kept, before), ~_in_use(), _with_its_words(before))


def _before(kept: Kept, now: datetime, number: int) -> datetime:
    match kept.unit:
        case "days":
            return now - timedelta(days=number)
        case "months":
            return months_before(now, number)
        case _:
            return months_before(now, 12 * number)


def _time_over(kept: Kept, before: Before, entry: Any = CardEntry) -> Condition:
    """The time of an entry by itself is over: whatever hangs on it has a time of its own."""
    moment = before[kept]
    if kept is Kept.ENDED:
        ended = sa.and_(
            entry.review.in_([as_in_its_index(one) for one in (*_ENDED, Review.ASKED_BACK)]),
            entry.review != Review.ASKED_BACK,
        )
        last = sa.case((entry.kind.in_(ANSWERED), _last_reply(entry)), else_=_last_read(entry))
    else:
        ended = sa.and_(entry.review == Review.RELEASED, entry.released_at <= moment)
        last = sa.case((entry.kind.in_(ANSWERED), _last_reply(entry)), else_=entry.dealt_at)
    return sa.and_(ended, entry.withdrawn_at.is_(None), entry.dealt_at <= moment, last <= moment)


def _last_reply(entry: Any) -> sa.ScalarSelect[Any]:
    return sa.select(sa.func.max(Reply.at)).where(Reply.entry_id == entry.id).scalar_subquery()


def _last_read(entry: Any) -> sa.ScalarSelect[Any]:
    read = sa.select(sa.func.max(EntryReading.at)).where(EntryReading.entry_id == entry.id)
    return read.scalar_subquery()


def _with_its_words(before: Before) -> Condition:
    """An entry goes only with all the words that hang on it."""
    word = aliased(CardEntry)
    over = sa.or_(*(_time_over(kept, before, word) for kept in (Kept.ENDED, Kept.LET_OUT)))
    return ~sa.exists().where(
        word.about_id == CardEntry.id,
        word.withdrawn_at.is_(None),
        ~sa.func.coalesce(over, sa.false()),
    )


def _in_use() -> Condition:
    """Something on the card of this entry has not left the clock, or work goes on from it."""
    one = aliased(CardEntry)
    to_read = sa.and_(
        one.withdrawn_at.is_(None),
        sa.or_(one.dealt_at.is_(None), one.review == Review.ASKED_BACK),
    )
    waits = (
        sa.exists().where(CheckStep.entry_id == one.id, CheckStep.settled_at.is_(None)),
        sa.exists().where(ContactWish.entry_id == one.id, ContactWish.closed_at.is_(None)),
    )
    main = sa.func.coalesce(CardEntry.about_id, CardEntry.id)
    return sa.exists().where(
        sa.or_(one.id == main, one.about_id == main),
        sa.or_(to_read, one.kept_unread, held(one), *waits, *_open_work(one)),
    )


def _open_work(entry: Any) -> tuple[Condition, ...]:
    # Two levels below the entry: without `correlate_except` they would be about any entry there is.
    came = sa.or_(
        sa.exists()
        .where(
            OpportunitySource.opportunity_id == Opportunity.id,
            sa.or_(
                OpportunitySource.entry_id == entry.id,
                sa.and_(
                    OpportunitySource.report_card_id == entry.report_card_id,
                    entry.place.is_not(None),
                ),
            ),
        )
        .correlate_except(OpportunitySource),
        sa.exists()
        .where(
            OpportunityYoung.opportunity_id == Opportunity.id,
            OpportunityYoung.entry_id == entry.id,
        )
        .correlate_except(OpportunityYoung),
    )
    to_do = sa.exists().where(
        Action.opportunity_id == Opportunity.id, Action.stage.not_in(_FINISHED)
    )
    not_yet = sa.exists().where(
        NotYet.reason_entry_id == entry.id,
        NotYet.outcome_id == Outcome.id,
        Outcome.co_signed_at.is_(None),
        Outcome.opportunity_id == Opportunity.id,
        Opportunity.state.not_in(_OVER),
    )
    goes_on = sa.or_(Opportunity.state.not_in(_OVER), to_do)
    return sa.exists().where(came, goes_on), not_yet
