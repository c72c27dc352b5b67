"""The gallery: filters, search, how far a card has come, and its first words."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Answer,
    Consent,
    EntryMeant,
    EntrySummary,
    OpportunitySource,
    PromiseTheme,
    ReportCard,
    UseDecision,
)
from coprod_data.permissions import Actor
from coprod_data.queries.report_cards import cards_per_theme, report_cards
from coprod_data.queries.report_cards_detail import report_card
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.opportunities import OpportunityState
from coprod_data.vocabulary.report_cards import CardProgress, CardState
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_person,
    a_promise,
    a_report_card,
    add,
    an_entry,
    an_opportunity,
    days_ago,
    the_public,
    unrecorded,
)
from tests.helpers.cards_shared import an_opportunity_on, shared
from tests.helpers.databases import statements
from tests.helpers.entries_read import let_out

BOTH = (ConsentUse.BOARD, ConsentUse.PUBLIC)


def state_of(db: Session, card: ReportCard, chair: Actor) -> CardProgress:
    return report_card(db, chair, card.id).state


S = OpportunityState


@pytest.mark.parametrize(
    ("opportunities", "expected"),
    [
        ([], CardProgress.SHARED),
        ([(S.OPEN, False)], CardProgress.SHARED),
        ([(S.WORKING, False)], CardProgress.IN_COPRODUCTION),
        ([(S.MATCHED, False), (S.OPEN, False)], CardProgress.IN_COPRODUCTION),
        ([(S.WORKING, True)], CardProgress.CO_SIGNED),
        ([(S.WORKING, True), (S.OPEN, False)], CardProgress.IN_COPRODUCTION),
        ([(S.CLOSED, True), (S.DECLINED, False), (S.PARKED, False)], CardProgress.CO_SIGNED),
        ([(S.CLOSED, True), (S.CLOSED, False)], CardProgress.CO_SIGNED),
        ([(S.DECLINED, False)], CardProgress.SHARED),
    ],
)
def test_a_shared_card_is_as_far_as_the_least_of_its_opportunities(
    db: Session,
    themes: list[PromiseTheme],
    chair: Actor,
    opportunities: list[tuple[OpportunityState, bool]],
    expected: CardProgress,
):
    card = shared(db, themes[0])
    for state, signed in opportunities:
        an_opportunity_on(db, card, state, signed=signed)

    assert state_of(db, card, chair) is expected
    assert [row.state for row in report_cards(db, chair, state=expected).cards] == [expected]


def test_an_answer_by_staff_alone_reads_answered_until_somebody_works_on_it(
    db: Session, themes: list[PromiseTheme], chair: Actor
):
    card = shared(db, themes[0])
    add(db, Answer(report_card_id=card.id, text="We did.", person_id=chair.id, at=NOW))
    assert state_of(db, card, chair) is CardProgress.ANSWERED

    an_opportunity_on(db, card, S.WORKING)
    assert state_of(db, card, chair) is CardProgress.IN_COPRODUCTION


def test_a_card_that_gathers_or_is_closed_reads_as_it_is_stored(
    db: Session, themes: list[PromiseTheme], worker: Actor
):
    open_one = a_report_card(db, themes[0])
    closed = a_report_card(db, themes[1], state=CardState.CLOSED, shared_on=TODAY)
    for card in (open_one, closed):
        an_opportunity_on(db, card, S.WORKING, signed=True)

    assert state_of(db, open_one, worker) is CardProgress.GATHERING
    assert state_of(db, closed, worker) is CardProgress.CLOSED


def test_an_opportunity_from_an_entry_counts_for_its_card(
    db: Session, themes: list[PromiseTheme], chair: Actor
):
    card = shared(db, themes[0])
    entry = an_entry(db, card, released=True)
    opportunity = an_opportunity(db, themes[0], a_person(db), state=S.WORKING)
    add(db, OpportunitySource(opportunity_id=opportunity.id, entry_id=entry.id))

    assert state_of(db, card, chair) is CardProgress.IN_COPRODUCTION
    assert [one.id for one in report_card(db, chair, card.id).opportunities] == [opportunity.id]


def test_cards_are_in_the_order_of_the_month_they_show(
    db: Session, themes: list[PromiseTheme], worker: Actor
):
    old, new = shared(db, themes[0], 90), shared(db, themes[1], 2)
    standing = a_report_card(db, themes[0], opened_at=days_ago(40))

    rows = report_cards(db, worker).cards

    assert [row.id for row in rows] == [new.id, standing.id, old.id]
    assert [row.month for row in rows] == sorted((row.month for row in rows), reverse=True)


def test_a_card_opened_in_the_last_hour_of_a_summer_month_shows_the_next(
    db: Session, themes: list[PromiseTheme], worker: Actor
):
    june = a_report_card(db, themes[0], state=CardState.SHARED, shared_on=date(2025, 6, 30))
    july = a_report_card(db, themes[0], opened_at=datetime(2025, 6, 30, 23, 30, tzinfo=UTC))

    rows = report_cards(db, worker).cards

    assert [(row.id, row.month.month) for row in rows] == [(july.id, 7), (june.id, 6)]


def test_a_card_is_called_by_its_theme_and_month_until_the_team_gives_it_a_title(
    db: Session, themes: list[PromiseTheme], worker: Actor
):
    card = a_report_card(db, themes[0], opened_at=datetime(2026, 1, 5, 9, tzinfo=UTC))
    given = a_report_card(db, themes[1], title="w" * 160)

    titles = {row.id: row.title for row in report_cards(db, worker).cards}

    assert titles == {card.id: "Homes, January 2026", given.id: "w" * 160}
    assert report_card(db, worker, card.id).title == "Homes, January 2026"
    assert not report_card(db, worker, card.id).titled


def test_a_page_holds_twelve_and_a_page_beyond_gives_the_last(
    db: Session, themes: list[PromiseTheme], chair: Actor
):
    for days in range(13):
        shared(db, themes[0], days)

    first, beyond = report_cards(db, chair), report_cards(db, chair, page=99)

    assert (len(first.cards), first.total, first.pages) == (12, 13, 2)
    assert (len(beyond.cards), beyond.page) == (1, 2)


def test_a_theme_filter_follows_its_name_into_the_next_promise(
    db: Session, themes: list[PromiseTheme], chair: Actor
):
    earlier, other = shared(db, themes[0]), shared(db, themes[1])
    later = a_promise(db, title="The next Promise", adopted_at=days_ago(1))

    found = report_cards(db, chair, theme_id=later[0].id).cards

    assert [row.id for row in found] == [earlier.id]
    assert other.id not in [row.id for row in found]


def test_a_card_shows_its_first_words_that_the_reader_may_read(
    db: Session, themes: list[PromiseTheme], chair: Actor, worker: Actor
):
    card = a_report_card(db, themes[0])
    let_out(db, worker, card, thinks="Without consent.", consents=())
    let_out(db, worker, card, thinks="For the Board.")
    let_out(db, worker, card, thinks="For everybody.", consents=BOTH)

    board, public = report_cards(db, chair).cards[0], report_cards(db, the_public()).cards[0]

    assert (board.words, board.voices) == ("For the Board.", 2)
    assert (public.words, public.voices) == ("For everybody.", 1)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("heat", True),
        ("HEATER night", True),
        ("noël", True),
        ("noel", True),
        ("Cold rooms", True),
        ("Homes", True),
        ("bicycle", False),
        ("sealed", False),
        ('"; DROP TABLE released_text; --', False),
        ("' OR '1'='1", False),
        ("* NEAR( ^ {", False),
        ("&|!():*<->", False),
        ("%", False),
        ("   ", True),
    ],
)
def test_search_finds_titles_themes_and_readable_words(
    db: Session, themes: list[PromiseTheme], chair: Actor, worker: Actor, typed: str, found: bool
):
    card = a_report_card(db, themes[0], title="Cold rooms")
    let_out(db, worker, card, thinks="The heater broke on Noël night.")
    let_out(db, worker, card, thinks="This is sealed.", consents=())

    assert bool(report_cards(db, chair, search=typed).cards) is found


def test_themes_count_their_cards_and_voices(
    db: Session, themes: list[PromiseTheme], chair: Actor, worker: Actor
):
    card = a_report_card(db, themes[0])
    let_out(db, worker, card)
    let_out(db, worker, card)
    shared(db, themes[0])
    shared(db, themes[1])

    assert [(row.young_theme, row.cards, row.voices) for row in cards_per_theme(db, chair)] == [
        ("Homes", 2, 2), ("Health", 1, 0),
    ]  # fmt: skip


def test_ten_cards_need_as_many_statements_as_one(
    database: Database, db: Session, themes: list[PromiseTheme], chair: Actor
):
    def count_for(more: int) -> int:
        for _ in range(more):
            an_entry(db, shared(db, themes[0]), released=True)
        with statements(database) as sent:
            report_cards(db, chair, search="heating")
            cards_per_theme(db, chair)
        return len(sent)

    assert count_for(1) == count_for(9)


@pytest.mark.parametrize("on_the_answer", [False, True])
def test_a_card_with_only_a_summary_about_its_reader_is_not_there_for_them(
    db: Session, card: ReportCard, worker: Actor, member: Actor, chair: Actor, on_the_answer: bool
):
    entry = let_out(db, worker, card)
    said = {"entry_id": entry.id, "made_at": NOW, "made_by_id": worker.id}
    add(db, EntrySummary(**said, text="A member told a secret.", agreed_at=NOW))
    with unrecorded(db):
        for table in (Consent, UseDecision):
            db.execute(sa.update(table).values(use=ConsentUse.SUMMARY))
    assert card.id in [row.id for row in report_cards(db, member).cards]

    main = an_entry(db, card, consents=()) if on_the_answer else entry
    with unrecorded(db):
        entry.about_id = None if main is entry else main.id
    add(db, EntryMeant(entry_id=main.id, person_id=member.id))

    assert card.id not in [row.id for row in report_cards(db, member).cards]
    assert card.id in [row.id for row in report_cards(db, chair).cards]
