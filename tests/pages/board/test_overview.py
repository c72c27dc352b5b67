"""The Board's overview: words first, what waits, The Promise, what was done together."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_consent import change_consent
from coprod_data.commands.people import add_person
from coprod_data.commands.settings import change_setting, settle_mode
from coprod_data.models import CardEntry, Consent, ReportCard
from coprod_data.permissions import NotAllowed, Role
from coprod_data.queries.entries_released import opening_words, words_to_pin
from coprod_data.queries.meetings import next_meeting
from coprod_data.queries.overview import numbers, waits
from coprod_data.queries.promise import themes
from coprod_data.queries.settings import pinned_words
from coprod_data.scopes.entries import released
from coprod_data.store.actors import Played, System
from coprod_data.store.database import Database
from coprod_data.store.passwords import DUMMY_HASH
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.settings import Mode, SettingKey
from pages.parts.times import on
from tests.helpers.builders import NOW, a_person, unrecorded
from tests.helpers.opening import OpenAs, heading, words

TITLE = "What young people need from us today"


def opening(council: Database, **asked: object) -> list[int]:
    with council.reading(Played("chair", NOW)) as (db, actor):
        return [found.entry_id for found in opening_words(db, actor, **asked)]  # type: ignore[arg-type]


@pytest.mark.parametrize("username", ["board.member", "chair", "manager", "youth.voice"])
@pytest.mark.usefixtures("council")
def test_it_answers_its_questions_in_order(open_as: OpenAs, username: str):
    at = open_as(username)

    assert heading(at) == TITLE
    shown = words(at)
    order = [
        shown.index(part)
        for part in (
            "You said",
            "cards brought to us",
            "waiting for one of us",
            "done together",
            "Who will pick these up?",
            "are we keeping it?",
            "You said, we did this together",
            "What is waiting, and for how long",
        )
    ]
    assert order == sorted(order)


@pytest.mark.usefixtures("council")
def test_an_administrator_never_sees_it(open_as: OpenAs):
    assert heading(open_as("administrator")) != TITLE


def test_only_words_for_the_public_open_it(council: Database):
    found = opening(council)
    assert found
    with council.reading(System()) as (db, _):
        public = set(
            db.scalars(
                sa.select(Consent.entry_id).where(
                    Consent.use == ConsentUse.PUBLIC, Consent.withdrawn_at.is_(None)
                )
            )
        )
    assert set(found) <= public


def test_words_taken_in_or_held_open_it_no_more(council: Database):
    first, second, *_ = opening(council)
    with council.writing(Played("youth.voice", NOW)) as (db, actor):
        change_consent(db, actor, first, uses=frozenset(), why="They rang.")
        hold_entry(db, actor, second)
    assert not {first, second} & set(opening(council))
    assert not {first, second} & set(opening(council, pinned=(first, second)))


def test_the_theme_of_the_next_meeting_is_opened_with(council: Database):
    with council.reading(Played("chair", NOW)) as (db, actor):
        with_words = set(
            db.scalars(
                sa.select(ReportCard.theme_id)
                .join(CardEntry, CardEntry.report_card_id == ReportCard.id)
                .where(released(ConsentUse.PUBLIC), CardEntry.kind == EntryKind.WORDS)
            )
        )
        assert len(with_words) > 2
        for theme in themes(db, actor):
            if theme.id in with_words:
                found = opening_words(db, actor, theme_id=theme.id)
                assert {words.theme for words in found} == {theme.young_title}


def test_the_chair_pins_words_and_everybody_sees_when_the_board_meets(
    council: Database, open_as: OpenAs
):
    with council.reading(Played("chair", NOW)) as (db, actor):
        last = words_to_pin(db, actor)[-1]
        coming = next_meeting(db, actor)
    at = open_as("chair")
    assert coming
    assert f"Next Board: {coming.on:%A} {on(coming.on)}, {coming.young_theme}" in words(at)
    shown = [box for box in at.checkbox if box.label.startswith("Open with these words")]
    shown[-1].check()
    next(b for b in at.button if b.label == "Save the opening words").click().run()

    assert "The words are chosen." in words(at)
    with council.reading(Played("chair", NOW)) as (db, actor):
        pinned = pinned_words(db, actor)
    assert last.entry_id in pinned
    assert last.entry_id in opening(council, pinned=pinned)


@pytest.mark.parametrize("username", ["board.member", "manager", "youth.voice", "administrator"])
def test_nobody_else_pins_words(council: Database, username: str):
    with pytest.raises(NotAllowed), council.writing(Played(username, NOW)) as (db, actor):
        change_setting(db, actor, SettingKey.PINNED_ENTRIES, [1])


def test_every_wait_counts_what_waits(council: Database):
    with council.reading(Played("chair", NOW)) as (db, actor):
        before = waits(db, actor)
        waiting = numbers(db, actor)
    assert before.unread.count > 0
    assert before.opportunities.count == 4
    assert before.opportunities.longest >= before.opportunities.late
    assert waiting.together > 0
    assert waiting.cards_this_cycle <= waiting.cards

    with council.writing(System()) as (db, _), unrecorded(db):
        db.execute(
            sa.update(CardEntry).where(CardEntry.released_at.is_(None)).values(withdrawn_at=NOW)
        )
    with council.reading(Played("chair", NOW)) as (db, actor):
        assert waits(db, actor).unread.count == 0


def test_an_empty_council_says_so_and_does_not_fail(open_as: OpenAs, empty_council: Database):
    with empty_council.writing(System()) as (db, system):
        settle_mode(db, system, Mode.DEMO)
        a_person(db, Role.BOARD_MEMBER, username="cllr", name="Cllr", password_hash=DUMMY_HASH)
    at = open_as("cllr")

    assert heading(at) == TITLE
    assert "Nobody has let us show their words yet." in words(at)
    assert "There is no Promise yet." in words(at)


@pytest.mark.usefixtures("council")
def test_many_new_members_push_none_off(open_as: OpenAs, council: Database):
    at = council.clock()
    for number in range(22):
        added = at - timedelta(minutes=30 - number)
        with council.writing(Played("administrator", added)) as (db, actor):
            add_person(
                db, actor, username=f"clerk.{number}", name=f"Clerk Number-{number}",
                roles=frozenset({Role.CLERK}),
            )  # fmt: skip

    shown = words(open_as("chair"))
    assert "Clerk Number-21" in shown
    assert "Clerk Number-0:" not in shown
    assert "See all 2" in shown

    whole = open_as("chair", show="accounts")
    assert heading(whole) == "New members, and what was asked about accounts"
    assert all(f"Clerk Number-{number}" in words(whole) for number in range(22))
    assert TITLE not in words(whole)
