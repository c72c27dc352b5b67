"""My cards: an account keeps what a code opens, and never another person's card."""

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from coprod_data.models import (
    CardEntry,
    CardHolder,
    RateCount,
)
from coprod_data.permissions import Role
from coprod_data.store.passwords import DUMMY_HASH
from pages.public import card_copy
from pages.public.card_copy import SESSION
from tests.helpers.builders import a_person
from tests.helpers.keeping import MINE, adding, opened, press
from tests.helpers.opening import OpenAs, drawn, heading, menu, session_of, words
from tests.helpers.young import Author, rows

pytestmark = pytest.mark.usefixtures("accounts")


def test_the_menu_of_a_young_person_leads_to_what_is_theirs(open_as: OpenAs):
    at = open_as("jay")

    assert heading(at) == "My cards"
    assert set(menu(at)) - {"Together"} == {  # that one is hidden
        "My cards", "Send a card", "I have an idea to fix this", "Report cards", "Surveys",
        "Priorities", "Training", "Search",
    }  # fmt: skip


def test_an_account_without_cards_is_told_how_to_add_one(open_as: OpenAs):
    at = open_as("jay", MINE)

    assert "You have no cards here yet." in words(at)
    for number in ("999", "0800 1111", "116 123", "01632 960001", "01632 960002"):
        assert number in words(at)
    assert "Leave quickly" in words(at)


def test_a_card_is_added_by_its_code_and_kept_apart_from_the_entry(open_as: OpenAs, author: Author):
    at = adding(open_as, author.code.upper())

    assert "Your card is here now." in words(at)
    assert "“My room is cold.”" in words(at)
    [holder] = rows(author.database, CardHolder)
    assert holder.entry_id == author.entry_id
    assert rows(author.database, CardEntry)[0].typed_by_id is None


def test_a_wrong_code_is_a_sentence_and_the_21st_waits(open_as: OpenAs, author: Author):
    for _ in range(20):
        at = adding(open_as, "maple rocket sudden orange")
        assert "We do not know that code." in words(at)

    at = adding(open_as, author.code)

    assert "There were too many wrong tries." in words(at)
    assert rows(author.database, CardHolder) == []


def test_what_is_no_whole_code_is_told_what_a_code_is(open_as: OpenAs, author: Author):
    at = adding(open_as, "hello")

    assert "That is not a whole code." in words(at)
    assert "Lost your code?" in words(at)
    assert "We do not know" not in words(at)
    assert {row.what for row in rows(author.database, RateCount)} <= {"share"}


def test_a_word_on_no_list_is_marked_and_put_right_by_a_press(open_as: OpenAs, author: Author):
    first, *others = author.code.split()
    at = adding(open_as, " ".join([first + first[-1] * 3, *others]))
    assert f"We do not know “{first}{first[-1] * 3}”" in words(at)

    at = press(at, first)

    assert at.text_input(key="card-code").value == author.code
    assert "Your card is here now." in words(press(at, "Add a card"))


def test_one_card_shows_the_five_steps_and_help(open_as: OpenAs, kept: Author):
    at = opened(open_as, kept)

    assert "We have your card (Now)" in words(at)
    assert "The Youth Voice Team will read it by tomorrow." in words(at)
    assert "0800 1111" in words(at)


def test_another_young_persons_card_is_not_found(open_as: OpenAs, kept: Author):
    at = opened(open_as, kept, "kit")

    assert "We cannot find that card." in words(at)
    assert "My room is cold." not in words(at)
    assert "0800 1111" in words(at)


def test_staff_have_no_such_page(open_as: OpenAs, author: Author):
    with author.office() as (db, _):
        a_person(db, Role.CHAIR, username="chair", name="Chair", password_hash=DUMMY_HASH)

    assert "My cards" not in menu(open_as("chair"))


def test_a_copy_is_only_for_whoever_holds_the_card(kept: Author, open_as: OpenAs):
    [address] = re.findall(r'"(/export/card-[^"]+)"', drawn(opened(open_as, kept)))
    client = TestClient(Starlette(routes=card_copy.ROUTES))

    mine, theirs = (
        client.get(address, headers={SESSION: session_of(who)}) for who in ("jay", "kit")
    )

    assert mine.text.count("My room is cold.") == 1
    assert mine.headers["content-type"] == "text/plain; charset=utf-8"
    assert theirs.status_code == 404
    number = client.get(f"/export/card-{kept.entry_id}.txt", headers={SESSION: session_of("jay")})
    assert number.status_code == 404
    assert "My room" not in theirs.text
