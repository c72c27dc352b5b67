"""Was this page useful: two presses without script, words in a box, and no address asked."""

import re
from html import unescape
from typing import Any

import pytest
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.testclient import TestClient

from coprod_data.models import CardEntry, EntryMeant, EntryVersion, Event, PageFeedback, PageWords
from coprod_data.store.database import Database
from coprod_data.vocabulary.entry_care import AboutUs
from coprod_data.vocabulary.events import EventKind
from pages.menu import MENU
from pages.public import useful
from pages.shared.asked_pages import asked_pages
from tests.helpers.builders import nobody_on_duty
from tests.helpers.live_server import hidden_fields
from tests.helpers.opening import session_of
from tests.helpers.young import OWN_PAGE, a_phone, rows, words_of

ASK = "Was this page useful?"


def press(phone: TestClient, answer: str, key: str = "a-one-time-key", of: str = "share"):
    said = {"useful_of": of, "useful_key": key, "useful": answer}
    return phone.post("/useful", data=said, headers=OWN_PAGE)


def write(phone: TestClient, page: str, words: str, **said: Any):
    hidden = hidden_fields(page)
    return phone.post("/useful", data={**hidden, "words": words, **said}, headers=OWN_PAGE)


def test_every_page_asks_but_those_that_answer_or_show_help_first(
    open_council: Database, phone: TestClient
):
    assert open_council
    for path in ("/share", "/join", "/privacy", "/accessibility"):
        assert ASK in words_of(phone.get(path).text)
    assert ASK not in words_of(phone.get("/card").text)
    silent = {page.name for page in MENU if not page.asks}
    assert silent == {"my_cards", "send_card", "send_idea"}
    assert not silent & asked_pages().keys()


def test_a_press_counts_once_and_offers_a_box(open_council: Database, phone: TestClient):
    answer = press(phone, "yes")
    assert "We have counted your answer." in words_of(answer.text)
    assert "Do you want to say more?" in words_of(answer.text)
    assert 'type="email"' not in answer.text
    press(phone, "yes")
    press(phone, "no")
    press(phone, "no", "another-key", of="../../etc")

    [row] = rows(open_council, PageFeedback)
    assert (row.page, row.useful) == ("share", False)


def test_words_wait_to_be_read_and_nothing_tells_whose_they_are(
    open_council: Database, phone: TestClient
):
    page = press(phone, "no").text
    assert "Write something first." in words_of(write(phone, page, " ").text)
    first, again = (words_of(write(phone, page, "Too many words.").text) for _ in range(2))
    assert "A person reads your words." in first
    assert "A person reads your words." in again

    [entry], [words] = rows(open_council, CardEntry), rows(open_council, EntryVersion)
    [about] = rows(open_council, PageWords)
    assert (entry.code_hash, words.thinks) == (None, "Too many words.")
    assert (about.page, about.reply_to_id) == ("share", None)
    sent = [row for row in rows(open_council, Event) if row.kind is EventKind.ENTRY_SENT]
    assert [row.actor_id for row in sent] == [None]


def action_of(page: str) -> str:
    """Return where the form with words is sent."""
    found = re.search(r'<form method="post" action="(/useful[^"]*)" autocomplete="off"', page)
    assert found
    return unescape(found[1])


def test_whom_it_is_about_is_asked_kept_through_a_fault_and_shuts_it_to_them(
    open_council: Database, phone: TestClient
):
    page = press(phone, "no").text
    assert "It is about someone who reads this" in words_of(page)
    numbers = re.findall(r'name="whom" value="(\d+)"', page)
    ticked = {"about": "yes", "whom": [numbers[0], "not_said"]}
    again = write(phone, page, " ", **ticked).text
    assert len(re.findall(r'name="(?:about|whom)" value="[^"]+" checked', again)) == 3
    write(phone, again, "I cannot say it to you.", **ticked)

    [entry], unseen = rows(open_council, CardEntry), rows(open_council, EntryMeant)
    assert (entry.about_us, [row.person_id for row in unseen]) == (
        AboutUs.NOT_SAID, [int(numbers[0])],
    )  # fmt: skip


def test_a_problem_keeps_the_words(open_council: Database, phone: TestClient):
    page = press(phone, "no").text
    other = a_phone("192.0.2.9")
    assert "The form is hard." in write(other, page, "The form is hard.").text  # no cookie
    for _ in range(useful.MOST):
        press(phone, "yes")
    assert press(phone, "yes").status_code == 429
    for _ in range(useful.MOST):  # no press took room from them
        assert write(phone, page, " ").status_code == 422
    answer = write(phone, page, "The form is hard.")
    assert answer.status_code == 429
    again = action_of(answer.text)  # what is asked for when the page is loaded again
    assert "more=1" in again
    assert phone.get(again, follow_redirects=False).status_code == 200
    assert "The form is hard." in answer.text
    assert rows(open_council, CardEntry) == []
    foreign = phone.post(
        "/useful", data={"useful": "yes"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert foreign.status_code == 403


def test_without_anybody_on_duty_no_words_are_taken(open_council: Database, phone: TestClient):
    page = press(phone, "no").text
    with Session(open_council.engine) as db:
        nobody_on_duty(db)
        db.commit()
    assert "<textarea" not in press(phone, "no", "another-key").text
    answer = write(phone, page, "The form is hard.")
    assert "0800 1111" in words_of(answer.text)
    assert rows(open_council, CardEntry) == []


@pytest.fixture
def inside(council: Database) -> TestClient:
    assert council
    return TestClient(Starlette(routes=useful.OF_ONE), client=("192.0.2.7", 50_000))


@pytest.mark.parametrize(("username", "asked"), [("manager", True), ("young.person", False)])
def test_only_an_adult_who_is_signed_in_may_ask_for_an_answer(
    council: Database, inside: TestClient, username: str, asked: bool
):
    signed_in = {**OWN_PAGE, useful.SESSION: session_of(username)}
    page = inside.get("/useful/mine?page=actions&more=1", headers=signed_in).text
    assert ("answer_me" in page) is asked
    assert 'name="useful"' not in page  # pressed before
    assert ("It is about someone who reads this" in page, 'name="whom"' in page) == (True, True)
    said = {**hidden_fields(page), "words": "I cannot find mine.", "answer_me": "yes"}
    before = len(rows(council, PageWords))
    inside.post("/useful/mine", data=said, headers=signed_in)

    words = rows(council, PageWords)[before:]
    assert [bool(row.reply_to_id) for row in words] == [asked]
