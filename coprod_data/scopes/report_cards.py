"""Which report cards an actor may see, how much of each, and its progress: SQL, no reads."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coprod_data.models import Answer, CardEntry, EntryMeant, Opportunity, Outcome, ReportCard
from coprod_data.models.links import card_opportunities, cards_of_officer
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.statements import statement
from coprod_data.scopes.entries import let_out, not_about, released, summary_out, words_for
from coprod_data.scopes.one_person import accounts_of
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.opportunities import OpportunityState
from coprod_data.vocabulary.report_cards import CardProgress, CardsListed, CardState

UNDER_WAY = (OpportunityState.MATCHED, OpportunityState.WORKING)
QUARTER = timedelta(days=91)
ENDED = (OpportunityState.DECLINED, OpportunityState.PARKED)


def voices_for(actor: Actor) -> sa.SQLColumnExpression[int]:
    """Return how many entries of a card this actor may read: `entries.words_for`, counted."""
    if actor.may(Permission.REPORT_CARDS_READ):
        return ReportCard.board_voices - _about(actor, released(ConsentUse.BOARD))
    if actor.may(Permission.REPORT_CARDS_READ_LINKED):
        linked = ReportCard.id.in_(cards_of_officer(actor.id))
        public, board = released(ConsentUse.PUBLIC), released(ConsentUse.BOARD)
        either = ReportCard.any_voices - _about(actor, sa.or_(public, board))
        return sa.case((linked, either), else_=ReportCard.public_voices - _about(actor, public))
    return ReportCard.public_voices if actor.may(Permission.ENTRIES_READ_PUBLIC) else sa.literal(0)


def _meant(actor: Actor) -> sa.Select[int]:
    if actor.person_id is None:
        return sa.select(EntryMeant.entry_id).where(sa.false())
    return sa.select(EntryMeant.entry_id).where(
        EntryMeant.person_id.in_(accounts_of(actor.person_id))
    )


def _about(actor: Actor, out: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    """Return how many of a card's entries that are out may be about this person.

    There are few of those; a card may have thousands, so they are not looked up by their card.
    """
    meant = _meant(actor)
    return (
        sa.select(sa.func.count())
        .select_from(CardEntry)
        .where(
            CardEntry.id.in_(meant),
            CardEntry.report_card_id + 0 == ReportCard.id,  # not by its index
            CardEntry.kind == EntryKind.WORDS,
            out,
        )
        .correlate(ReportCard)
        .scalar_subquery()
    )


def _summed_up_about(actor: Actor) -> sa.ScalarSelect[int]:
    """Return how many of a card's entries with a summary that is out may be about this person."""
    meant = _meant(actor)
    return (
        sa.select(sa.func.count())
        .select_from(CardEntry)
        .where(
            sa.or_(CardEntry.id.in_(meant), CardEntry.about_id.in_(meant)),
            CardEntry.report_card_id + 0 == ReportCard.id,  # not by its index
            summary_out(),
        )
        .correlate(ReportCard)
        .scalar_subquery()
    )


def _answers_about(actor: Actor, use: ConsentUse) -> sa.ScalarSelect[int]:
    """Return how many of a card's answers that are out may be about this person."""
    meant = _meant(actor)
    return (
        sa.select(sa.func.count())
        .select_from(CardEntry)
        .where(
            sa.or_(CardEntry.id.in_(meant), CardEntry.about_id.in_(meant)),
            CardEntry.report_card_id + 0 == ReportCard.id,  # not by its index
            CardEntry.kind == EntryKind.ANSWER,
            released(use),
        )
        .correlate(ReportCard)
        .scalar_subquery()
    )


def counted_voices() -> sa.Select[int, int, int, int, int, int, int]:
    """Return how much of each card may be read, counted entry by entry.

    `report_card_id` and the counts that ReportCard keeps, under their names. A card without a
    released entry is left out.
    """
    words, answer = CardEntry.kind == EntryKind.WORDS, CardEntry.kind == EntryKind.ANSWER
    board, public = released(ConsentUse.BOARD), released(ConsentUse.PUBLIC)
    return (
        sa.select(
            CardEntry.report_card_id,
            sa.func.count().filter(words, board).label("board_voices"),
            sa.func.count().filter(words, public).label("public_voices"),
            sa.func.count().filter(words, sa.or_(board, public)).label("any_voices"),
            sa.func.count().filter(summary_out()).label("summaries"),
            sa.func.count().filter(answer, board).label("board_answers"),
            sa.func.count().filter(answer, public).label("public_answers"),
        )
        .where(let_out())
        .group_by(CardEntry.report_card_id)
    )


def answers_alone(actor: Actor) -> sa.ColumnElement[bool]:
    """Return the condition that this reader may read an answer, and not the words it belongs to."""
    main = aliased(CardEntry)
    beside = sa.exists().where(main.id == CardEntry.about_id, words_for(actor, main))
    return sa.and_(words_for(actor), CardEntry.kind == EntryKind.ANSWER, ~beside)


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """Return which cards an actor may see.

    The team that writes cards sees all; the Board those that were shared or have words, an answer
    or a summary it may read; a manager those linked to their work; young people and the public
    those with public words or a public answer.
    """
    if actor.may(Permission.REPORT_CARDS_WRITE):
        return sa.true()
    if actor.may(Permission.REPORT_CARDS_READ):
        return sa.or_(
            ReportCard.shared_on.is_not(None),
            voices_for(actor) > 0,
            ReportCard.summaries - _summed_up_about(actor) > 0,
            ReportCard.board_answers - _answers_about(actor, ConsentUse.BOARD) > 0,
        )
    if actor.may(Permission.REPORT_CARDS_READ_LINKED):
        return ReportCard.id.in_(cards_of_officer(actor.id))
    if not actor.may(Permission.REPORT_CARDS_READ_PUBLIC):
        return sa.false()
    # Young people and the public are nobody whom an entry may be about.
    return sa.or_(voices_for(actor) > 0, ReportCard.public_answers > 0)


def listed(which: CardsListed, today: date) -> sa.ColumnElement[bool]:
    """Return the condition of a list of cards, and so of the count of that name."""
    if which is CardsListed.NEW:
        return ReportCard.shared_on > today - QUARTER
    return ReportCard.shared_on.is_not(None)


def newest_shown_first() -> tuple[sa.ColumnElement[Any], ...]:
    """Return the order of cards by the month they show, the newest first.

    The day of opening is here the one of UTC, at most an hour before ours: a card that opened in
    that hour shows the next month, so on the same day it comes before one that was shared.
    """
    return (
        sa.func.coalesce(ReportCard.shared_on, sa.func.date(ReportCard.opened_at)).desc(),
        ReportCard.shared_on.is_not(None),
        ReportCard.opened_at.desc(),
        ReportCard.id.desc(),
    )


def goes_along(actor: Actor, report_card_id: int) -> sa.Select[int]:
    """Return the numbers of the entries and answers that are shared with a card: what the Board
    reads on it.

    Those that may be about this person are not told to them.
    """
    words, answer = CardEntry.kind == EntryKind.WORDS, CardEntry.kind == EntryKind.ANSWER
    out = released(ConsentUse.BOARD)
    return (
        sa.select(CardEntry.id)
        .where(
            CardEntry.report_card_id == report_card_id,
            sa.or_(sa.and_(words, sa.or_(out, summary_out())), sa.and_(answer, out)),
            not_about(actor),
        )
        .order_by(CardEntry.id)
    )


@statement
def progress() -> sa.ColumnElement[str]:
    """Return how a card reads, a value of CardProgress.

    A shared card is co-signed when every opportunity linked to it is, in co-production when one is
    under way or co-signed, answered when only staff have answered it. Opportunities that were
    declined, parked or closed without an outcome do not count.
    """
    pairs = card_opportunities()
    co_signed = sa.exists().where(
        Outcome.opportunity_id == Opportunity.id, Outcome.co_signed_at.is_not(None)
    )
    counted = sa.or_(co_signed, Opportunity.state.not_in((*ENDED, OpportunityState.CLOSED)))
    hanging = (  # read once for all cards, not once for each
        sa.select(pairs.c.report_card_id)
        .join(Opportunity, Opportunity.id == pairs.c.opportunity_id)
        .where(pairs.c.report_card_id.is_not(None), counted)
    )
    moving = sa.or_(co_signed, Opportunity.state.in_(UNDER_WAY))
    return sa.case(
        (ReportCard.state != CardState.SHARED, sa.cast(ReportCard.state, sa.String)),
        (ReportCard.id.not_in(hanging.where(moving)), _answered_or_shared()),
        (ReportCard.id.not_in(hanging.where(~co_signed)), CardProgress.CO_SIGNED.value),
        else_=CardProgress.IN_COPRODUCTION.value,
    )


def _answered_or_shared() -> sa.ColumnElement[str]:
    answered = sa.exists().where(Answer.report_card_id == ReportCard.id)
    return sa.case((answered, CardProgress.ANSWERED.value), else_=CardProgress.SHARED.value)
