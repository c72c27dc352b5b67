"""/card: five words open one card, and nobody learns anything without them."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from markupsafe import escape
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_endings import pass_to_worker
from coprod_data.commands.entries_replies import send_reply
from coprod_data.commands.entries_second import agree_step
from coprod_data.models import CardEntry, CheckStep, EntryVersion
from pages.parts.turns import CODES_TYPED
from pages.public import card as card_page
from pages.public.card import RIGHT_CODES
from tests.helpers.builders import NOW
from tests.helpers.entries_read import open_its_wish
from tests.helpers.payloads import ALL_AT_ONCE, PAYLOADS
from tests.helpers.young import (
    OWN_PAGE,
    Author,
    carried,
    code_on,
    rows,
    send,
    words_of,
)

UNKNOWN = "We do not know that code. Check each word and try again."


def steps(page: str) -> dict[str, str]:
    """Each step's title with whether it is done, now or still to come."""
    found = re.findall(r'<li class="place (\w+)".*?<h3>([^<]*)<', page, re.DOTALL)
    return {title: state for state, title in found}


def test_a_stranger_is_asked_for_the_code(author: Author):
    page = author.phone.get("/card")

    assert page.status_code == 200
    assert "Type the words of your code" in page.text
    assert author.code not in page.text
    assert "0800 1111" in page.text
    assert "Leave quickly" in page.text


@pytest.mark.parametrize(
    "typed", [str.upper, lambda code: code.replace(" ", "-"), lambda code: f"  {code}. "]
)
def test_the_code_may_be_typed_as_one_likes(author: Author, typed: Callable[[str], str]):
    author.code = typed(author.code)

    assert "“My room is cold.”" in author.card


def test_no_address_and_no_cookie_holds_the_code(author: Author):
    answer = author.do()

    assert str(answer.url).endswith("/card")
    assert author.code not in str(answer.headers)
    assert answer.headers["cache-control"] == "no-store"
    assert author.code.split()[0] not in str(dict(author.phone.cookies))


@pytest.mark.parametrize(
    "wrong",
    ["maple rocket sudden orange", "acorn adventure alpaca zebra apple", "maple " * 8],
)
def test_a_wrong_code_says_the_same_whatever_is_wrong(author: Author, wrong: str):
    author.code = wrong

    answer = author.do()

    assert answer.status_code == 422
    assert UNKNOWN in words_of(answer.text)
    assert f'value="{escape(wrong[:120])}"' in answer.text
    assert "My room" not in answer.text


def test_a_code_with_one_wrong_word_is_no_nearer(author: Author):
    right = author.code.split()
    for place in range(len(right)):
        author.code = " ".join([*right[:place], "zebra", *right[place + 1 :]])

        assert UNKNOWN in author.card
        assert "We do not know “" not in author.card


def test_no_code_at_all_is_a_sentence_beside_the_field(author: Author):
    author.code = " 1 2 "

    answer = author.do()

    assert answer.status_code == 422
    assert 'aria-describedby="code-hint code-fault"' in answer.text


def test_after_twenty_wrong_codes_even_the_right_one_waits_with_its_words(author: Author):
    right = author.code
    author.code = "maple rocket sudden orange"
    for _ in range(20):
        assert author.do().status_code == 422
    author.code = right

    refused = author.do("not_yet", words="Keep these words", outcome="1")
    author.database.clock = lambda: NOW + timedelta(minutes=16)

    assert refused.status_code == 429
    assert "Keep these words" in refused.text
    assert "My room is cold." not in refused.text
    assert "“My room is cold.”" in author.card


def test_behind_too_many_codes_only_who_types_one_waits_and_keeps_the_words(author: Author):
    assert author.do().status_code == 200
    right, wrong = author.code, "maple rocket sudden orange"
    with ExitStack() as others:
        while others.enter_context(CODES_TYPED.place()):
            pass
        author.code = wrong
        refused = [author.do("not_yet", words="Keep these words", outcome="1") for _ in range(21)]
        author.code = right
        open_already = author.do("not_yet", words="It is still cold", outcome="1")

    assert {answer.status_code for answer in refused} == {503}
    assert "Many people are opening a card right now." in refused[0].text
    assert "Keep these words" in refused[0].text
    assert "“My room is cold.”" in words_of(open_already.text)  # and none was counted as wrong


def test_right_codes_are_limited_too_and_far_more_of_them_go(
    author: Author, monkeypatch: pytest.MonkeyPatch
):
    assert RIGHT_CODES >= 120
    monkeypatch.setattr(card_page, "RIGHT_CODES", 25)
    for _ in range(25):
        assert author.do().status_code == 200

    refused = author.do("not_yet", words="Keep these words", outcome="1")
    author.database.clock = lambda: NOW + timedelta(minutes=16)

    assert refused.status_code == 429
    assert "Keep these words" in refused.text
    assert "My room is cold." not in refused.text
    assert author.do().status_code == 200


def test_a_new_card_waits_for_a_person_to_read_it_by_a_day(author: Author):
    page = author.do().text

    assert steps(page) == {
        "We have your card": "now",
        "A real person reads it": "to_come",
        "The Board can read it": "to_come",
        "People work on it with you": "to_come",
        "Done together": "to_come",
    }
    assert "You sent it on 4 March 2026." in words_of(page)
    assert "The Youth Voice Team will read it by tomorrow." in words_of(page)


def test_a_late_reading_says_sorry(author: Author):
    for day in (11, 18):  # no other day is promised than the one that was broken
        author.database.clock = lambda day=day: datetime(2026, 3, day, 12, tzinfo=UTC)
        assert "We are late. We are sorry." in author.card
        assert "We said Thursday 5 March. We did not do it. If you cannot" in author.card
        assert "will read it" not in author.card


def test_a_held_card_reads_like_one_that_is_being_checked(author: Author):
    author.read_by_a_worker(lambda _db, _worker: None)
    with author.office() as (_, worker):
        pass
    being_checked = author.card

    with Session(author.database.engine, info={"keys": author.database.keys}) as db:
        hold_entry(db, worker, author.entry_id)
        db.commit()

    assert author.card == being_checked
    assert "0800 1111" in being_checked


def test_a_released_card_is_with_the_board(author: Author):
    author.let_out()

    page = author.do().text

    assert steps(page)["A real person reads it"] == "done"
    assert steps(page)["The Board can read it"] == "now"
    assert "Your words are there for them to read." in words_of(page)


def test_a_card_for_the_worker_says_so_and_shows_the_reply(author: Author):
    author.do("wish", first_name="Kai", reach="worker", day="Sam, my personal adviser")
    author.read_by_a_worker(
        lambda db, worker: (
            open_its_wish(db, worker, author.entry_id),
            pass_to_worker(db, worker, author.entry_id, why="Sam knows him"),
        )
    )
    with author.office() as (db, second):
        for step in db.scalars(sa.select(CheckStep).where(CheckStep.settled_at.is_(None))).all():
            agree_step(db, second, step.entry_id, step.kind)
    before = author.card

    with author.office() as (db, worker):
        send_reply(db, worker, author.entry_id, text="Sam will call you.")

    assert "Someone will try to reach you if you told us how." in before
    assert "Sam will call you." in author.card
    assert steps(author.do().text).keys() == {
        "We have your card", "A real person reads it", "You have our answer",
    }  # fmt: skip


def test_taking_back_what_is_out_says_the_same_and_one_reader_is_not_enough(author: Author):
    author.let_out()
    out, taken = (words_of(author.do(do).text) for do in ("take_back_check", "take_back"))

    assert "Our safety lead may read it first." in out
    assert "Our safety lead may read it, or may have read it." in taken
    assert rows(author.database, CardEntry)[0].kept_unread


def test_taking_back_asks_first_and_then_leaves_nothing(author: Author):
    check = author.do("take_back_check")
    still = author.card
    taken = author.do("take_back")

    assert "Do you want to take your card back?" in words_of(check.text)
    assert "If you asked us to talk to you, we stop that too." in words_of(check.text)
    assert "Our safety lead may read it first." in words_of(check.text)
    assert "“My room is cold.”" in still
    assert words_of(taken.text).count("You took this card back.") == 1
    assert "My room is cold." not in taken.text
    assert {version.thinks for version in rows(author.database, EntryVersion)} == {None}
    assert "You took this card back." in author.card


def test_a_form_from_another_site_changes_nothing(author: Author):
    answer = author.phone.post(
        "/card",
        data={**carried(author.phone, "/card"), "code": author.code, "do": "take_back"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    assert answer.status_code == 403
    assert "“My room is cold.”" in author.card


def test_when_the_database_is_gone_the_words_stay_with_a_reference(
    author: Author, monkeypatch: pytest.MonkeyPatch
):
    hidden = carried(author.phone, "/card")
    monkeypatch.setattr(
        author.database, "engine", sa.create_engine("sqlite:////proc/no/such/folder/coprod.db")
    )

    answer = author.phone.post(
        "/card",
        data={**hidden, "code": author.code, "do": "not_yet", "words": "Keep me"},
        headers=OWN_PAGE,
    )

    assert answer.status_code == 503
    assert "Keep me" in answer.text
    assert re.search(r"Tell us this number if you call: [0-9a-f]{8}", words_of(answer.text))
    assert f'name="code" value="{author.code}"' in answer.text


def test_markup_shows_as_it_was_typed(phone: TestClient):
    code = code_on(send(phone, thinks=ALL_AT_ONCE).text)

    page = phone.post(
        "/card", data={**carried(phone, "/card"), "code": code}, headers=OWN_PAGE
    ).text

    said = words_of(page)
    assert f"“{PAYLOADS[0]}" in said
    assert f"{PAYLOADS[-1]}”" in said
    assert [payload for payload in PAYLOADS if " ".join(payload.split()) not in said] == []
    assert "alert(1)" not in re.sub(r"<p class=\"own\".*?</p>", "", page, flags=re.DOTALL)


def test_a_page_of_later_is_not_there(author: Author):
    assert author.phone.get("/together").status_code == 404
