"""Codes on /card: a word that is on no list, what a code costs, and the code behind its fold."""

import hashlib
import re
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, Event, RateCount
from coprod_data.store.card_codes import NEW_CODE, OLD_CODE, code_digest, spell_code, words
from coprod_data.store.database import Database
from coprod_data.vocabulary.events import EventKind
from pages.public import card as card_page
from tests.helpers.reading_age import too_hard
from tests.helpers.young import (
    Author,
    a_phone,
    blocks_of,
    carried,
    code_on,
    rows,
    send,
    told_in_order,
    words_of,
)

FOLD = "Show my code"
UNKNOWN = "We do not know that code."


def misspelt(author: Author, place: int = 0) -> str:
    """The author's code with a letter of one word typed four times."""
    typed = author.code.split()
    typed[place] += typed[place][-1] * 3
    return " ".join(typed)


def offered(page: str) -> list[str]:
    return re.findall(r'name="instead" value="([^"]*)"', page)


def of_the_first_release(author: Author) -> str:
    """Make the author's code one of four words, as the first release made them."""
    key = author.database.keys.newest
    code = spell_code("form-of-before", key, OLD_CODE)
    with Session(author.database.engine) as db:
        db.execute(sa.update(CardEntry).values(code_hash=code_digest(code, key), code_words=None))
        db.commit()
    return code


def test_a_code_of_four_words_goes_on_opening_its_card(author: Author):
    author.code = of_the_first_release(author)

    assert "“My room is cold.”" in author.card


def test_a_misspelt_word_of_an_old_code_is_looked_for_on_the_old_list(author: Author):
    right = of_the_first_release(author)
    author.code = right
    author.code = misspelt(author)

    page = author.do().text

    assert f"{author.code.split()[0]}={right.split()[0]}" in offered(page)


@pytest.mark.parametrize("place", range(5))
def test_a_word_on_no_list_is_marked_and_a_press_puts_the_nearest_in_its_place(
    author: Author, place: int
):
    right, author.code = author.code, misspelt(author, place)
    wrong_word, right_word = author.code.split()[place], right.split()[place]

    page = author.do().text
    opened = author.do(instead=f"{wrong_word}={right_word}")

    assert f"We do not know “{wrong_word}”. Did you mean this?" in words_of(page)
    assert f"{wrong_word}={right_word}" in offered(page)
    assert f'value="{author.code}"' in page
    assert "“My room is cold.”" in words_of(opened.text)


def test_each_unknown_word_is_marked_and_everything_typed_stays(author: Author):
    right, author.code = author.code, misspelt(author)
    author.code = misspelt(author, 4)
    first, last = author.code.split()[0], author.code.split()[4]

    page = author.do(instead=f"{first}={right.split()[0]}").text

    assert f'value="{" ".join([*right.split()[:4], last])}"' in page
    assert {pair.split("=")[0] for pair in offered(page)} == {last}


def test_a_word_typed_as_two_is_offered_as_one(author: Author):
    assert "rainbow" in words()
    author.code = "acorn rain bow alpaca zebra apple"

    page = author.do().text

    assert offered(page) == ["rain bow=rainbow"]
    assert 'value="acorn rainbow alpaca zebra apple"' in author.do(instead="rain bow=rainbow").text


def test_enter_changes_no_word(author: Author):
    author.code = misspelt(author)

    page = author.do().text

    assert page.index('class="unseen" tabindex="-1"') < page.index('name="instead"')


@pytest.mark.parametrize(
    "typed", ["jablko gruszka sliwka wisnia malina", "x" * 300, "'; DROP -- <b>", "one=two=three"]
)
def test_what_is_no_code_at_all_is_answered_in_words(author: Author, typed: str):
    author.code = typed

    answer = author.do(instead=typed)

    assert answer.status_code == 422
    assert "My room" not in answer.text
    assert "<b>" not in answer.text.split('id="code"')[1].split(">")[0]
    assert [
        fault
        for block in blocks_of(answer.text, skip=("data-card-code", "data-staff-words"))
        for fault in too_hard(block)
    ] == []


@pytest.mark.parametrize(
    "typed", ["hello", "apple bike", "my card is the one I sent you last week"]
)
def test_what_is_no_whole_code_is_told_what_a_code_looks_like_and_costs_no_try(
    author: Author, typed: str
):
    author.code = typed

    answer = author.do()

    said = words_of(answer.text)
    assert answer.status_code == 422
    assert told_in_order(
        said, "It looks like this: apple camera bike cheese boot",
        "That is not a whole code. Type all five words, or four if your code is old.",
        "Lost your code? We cannot find it. Send a new card", "Send a new card",
    )  # fmt: skip
    assert "not in our list" not in said
    assert "Did you mean" not in said
    assert f'value="{typed}"' in answer.text
    assert {row.what for row in rows(author.database, RateCount)} <= {"share"}


def test_the_example_of_a_code_is_made_of_words_that_codes_have(author: Author):
    page = author.phone.get("/card").text

    [example] = re.findall(r'<b lang="en" translate="no">([^<]*)</b>', page)
    assert len(example.split()) == NEW_CODE
    assert set(example.split()) <= set(words())


def test_unknown_words_are_marked_so_often_and_then_cost_a_try(
    author: Author, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(card_page, "UNKNOWN_WORDS", 3)
    author.code = misspelt(author)
    for _ in range(3):
        assert offered(author.do().text)

    assert UNKNOWN in author.card
    assert [row.what for row in rows(author.database, RateCount)].count("card") == 1


@pytest.fixture
def digests(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list with one item for each slow digest made since."""
    made: list[int] = []
    slow = hashlib.scrypt

    def counted(*given: Any, **more: Any) -> bytes:
        made.append(1)
        return slow(*given, **more)

    monkeypatch.setattr(hashlib, "scrypt", counted)
    return made


@pytest.mark.parametrize("do", ["", "consent", "take_back", "keep_code", "nothing known"])
def test_a_request_with_a_right_code_costs_what_one_with_a_wrong_code_costs(
    author: Author, digests: list[int], do: str
):
    digests.clear()
    author.do(do)
    right = len(digests)
    author.code = " ".join([*author.code.split()[:4], "zebra"])
    author.do(do)

    assert (right, len(digests)) == (1, 2)


def test_the_next_request_pays_again(author: Author, digests: list[int]):
    digests.clear()
    for _ in range(3):
        author.do()

    assert len(digests) == 3


def test_the_code_is_on_its_card_until_the_author_has_it_and_then_never_again(author: Author):
    before = author.do().text
    kept = author.do("keep_code").text
    after = author.do().text

    assert FOLD in words_of(before)
    assert code_on(before) == author.code
    for page in (kept, after):
        assert FOLD not in words_of(page)
        assert "data-card-code" not in page
    told = [event for event in rows(author.database, Event) if event.kind is EventKind.CODE_KEPT]
    assert [event.subject_id for event in told] == [author.entry_id]


def test_having_the_code_twice_is_once_and_never_for_a_card_taken_back(author: Author):
    author.do("keep_code")
    author.do("keep_code")
    author.do("take_back")
    author.do("keep_code")

    kinds = [event.kind for event in rows(author.database, Event)]
    assert kinds.count(EventKind.CODE_KEPT) == 1


def test_no_browser_translates_corrects_or_capitalises_a_code(author: Author):
    field = re.search(r'<input type="text" id="code"[^>]*>', author.phone.get("/card").text)[0]
    sent = send(author.phone, thinks="Hello").text

    for given in ('lang="en"', 'translate="no"', 'spellcheck="false"', 'autocapitalize="none"'):
        assert given in field
    for page in (sent, author.do().text):
        assert re.search(r'<code data-card-code lang="en" translate="no">\w', page)


def test_the_same_form_sent_again_shows_the_same_code_and_the_device_tells_nothing(
    open_council: Database,
):
    phone = a_phone()
    hidden = carried(phone)
    before = {*phone.cookies.keys()}
    sent = send(phone, hidden, thinks="Hello")

    back = phone.get("/share").text
    again = send(phone, hidden, thinks="Hello")

    assert code_on(sent.text) == code_on(again.text)
    assert len(rows(open_council, CardEntry)) == 1
    assert {*phone.cookies.keys()} == before
    assert "set-cookie" not in sent.headers
    assert words_of(back) == words_of(a_phone().get("/share").text)


def test_back_sends_a_pass_that_ends_after_ten_minutes_and_holds_no_code(author: Author):
    shown = author.do().text
    [card_pass] = re.findall(r'data-card-pass="([^"]+)"', shown)
    assert not any(word in card_pass for word in author.code.split())
    code, author.code = author.code, ""
    now = author.database.clock()

    for minutes, opened in ((10, True), (11, False)):
        author.database.clock = lambda minutes=minutes: now + timedelta(minutes=minutes)
        page = author.do(**{"pass": card_pass}).text
        assert ("“My room is cold.”" in page) is opened
        assert ("Type the words of your code" in page) is not opened
        assert "Please look at this" not in page
    assert "Type the words of your code" in author.do(**{"pass": "x" * 40}).text

    author.database.clock, author.code = (lambda: now), code
    assert 'data-card-pass=""' in author.do("take_back").text
