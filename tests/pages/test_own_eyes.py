"""Words for the Board only: a wide screen, which others may see, asks before it shows them."""

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from coprod_data.models import CardEntry, EntryVersion
from coprod_data.queries.entries_marks import mark_of_entry
from coprod_data.scopes.entries import released
from coprod_data.store.actors import Played, System
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from tests.helpers.builders import NOW
from tests.helpers.opening import OpenAs, words

ASKED = "Can others see this screen?"
OPPORTUNITY, CARDS = "together/opportunities.py", "voice/report_cards.py"


@pytest.fixture
def boards(council: Database) -> list[str]:
    """The beginnings of the words that are out for the Board and not for everybody."""
    with council.reading(System()) as (db, _):
        said = db.scalars(
            sa.select(EntryVersion.thinks)
            .join(CardEntry, CardEntry.released_version_id == EntryVersion.id)
            .where(released(ConsentUse.BOARD), ~released(ConsentUse.PUBLIC))
        )
        return [one[:40] for one in said if one]


def press(at: AppTest, label: str) -> None:
    next(one for one in at.button if one.label == label).click().run()


def shown_of(at: AppTest, boards: list[str]) -> list[str]:
    return [one for one in boards if one in words(at)]


@pytest.mark.parametrize(
    ("page", "address"),
    [
        (CARDS, {}),
        (CARDS, {"id": "4"}),
        (OPPORTUNITY, {"id": "13"}),
    ],
)
@pytest.mark.parametrize("username", ["board.member", "chair"])
def test_a_wide_screen_asks_before_it_shows_the_boards_words(
    open_as: OpenAs, boards: list[str], username: str, page: str, address: dict[str, str]
):
    before = open_as(username, page, **address)
    assert shown_of(before, boards)
    assert ASKED not in words(before)

    at = open_as(username, page, width="wide", **address)
    assert ASKED in words(at)
    assert shown_of(at, boards) == []

    press(at, "Yes, others can see it")
    assert ASKED not in words(at)
    assert shown_of(at, boards) == []
    assert "Read them on your own device" in words(at)
    again = open_as(username, page, width="wide", screen="others", **address)
    assert shown_of(again, boards) == []

    press(at, "Only I can see this screen now")
    assert shown_of(at, boards) == shown_of(before, boards)
    assert "Not for the projector" in words(at)

    press(at, "Others can see this screen now")
    assert shown_of(at, boards) == []


def test_words_that_a_search_finds_wait_for_the_answer_too(open_as: OpenAs, boards: list[str]):
    at = open_as("chair", "board/search.py", width="wide")
    at.text_input(key="search-box").set_value(boards[0][:20]).run()
    assert ASKED in words(at)
    assert shown_of(at, boards) == []

    press(at, "Yes, others can see it")
    assert shown_of(at, boards) == []


def test_the_words_that_a_suggestion_begins_with_wait_for_the_answer_too(
    council: Database, open_as: OpenAs, boards: list[str]
):
    with council.reading(Played("chair", NOW)) as (db, chair):
        entry_id = db.scalars(
            sa.select(CardEntry.id)
            .join(EntryVersion, CardEntry.released_version_id == EntryVersion.id)
            .where(EntryVersion.thinks.startswith(boards[0]))
        ).one()
        mark = mark_of_entry(db, chair, entry_id)
    assert boards[0] in words(open_as("chair", OPPORTUNITY, new="1", entry=mark))

    at = open_as("chair", OPPORTUNITY, width="wide", new="1", entry=mark)
    assert ASKED in words(at)
    press(at, "Yes, others can see it")
    assert shown_of(at, boards) == []
    assert "Suggest this opportunity" in [one.label for one in at.button]


@pytest.mark.usefixtures("council")
def test_a_card_that_others_see_does_not_say_that_nobody_checked_its_words(open_as: OpenAs):
    at = open_as("chair", CARDS, width="wide", screen="others", id="4")

    assert "left out here" in words(at)
    assert "once a person has checked them" not in words(at)


def test_words_that_are_for_everyone_stay_on_a_card_that_others_see(
    council: Database, open_as: OpenAs, boards: list[str]
):
    with council.reading(System()) as (db, _):
        card_id, said = db.execute(
            sa.select(CardEntry.report_card_id, EntryVersion.thinks)
            .join(EntryVersion, CardEntry.released_version_id == EntryVersion.id)
            .where(released(ConsentUse.PUBLIC), CardEntry.kind == EntryKind.WORDS)
            .where(EntryVersion.thinks.is_not(None))
            .order_by(CardEntry.place.desc())
            .limit(1)
        ).one()

    at = open_as("chair", CARDS, width="wide", screen="others", id=str(card_id))

    assert said[:40] in words(at)
    assert shown_of(at, boards) == []
