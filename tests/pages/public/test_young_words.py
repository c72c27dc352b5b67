"""Every page for young people, as it is drawn, can be read by a nine-year-old."""

from collections.abc import Callable

import pytest

from coprod_data.commands.entries_checks import ask_back
from coprod_data.store.database import Database
from tests.helpers.reading_age import HARDEST_PAGE, score, too_hard
from tests.helpers.young import (
    Author,
    a_phone,
    an_offer,
    an_outcome_proposed,
    blocks_of,
    open_for_words,
    send,
)

NOT_OURS = ("data-own-words", "data-staff-words", "data-card-code")


def faults(page: str) -> list[str]:
    said = [block for block in blocks_of(page, skip=NOT_OURS) if any(map(str.isalpha, block))]
    found = [fault for block in said for fault in too_hard(block)]
    if (grade := score("\n".join(said)).hardest) > HARDEST_PAGE:
        found.append(f"the whole page is of grade {grade:.1f}")
    return found


@pytest.mark.usefixtures("empty_council")
def test_a_shut_form():
    assert faults(a_phone().get("/share").text) == []


@pytest.mark.parametrize(
    "answer",
    [
        lambda phone: phone.get("/share"),
        lambda phone: send(phone),
        lambda phone: send(phone, thinks="a" * 5001),
        lambda phone: send(phone, thinks="Hi", theme="99999"),
        lambda phone: send(phone, thinks="Hi", enter="yes"),
        lambda phone: send(phone, {}, thinks="Hi"),
        lambda phone: send(phone, thinks="a" * 70_000),
        lambda phone: send(phone, thinks="Hi", board="yes"),
        lambda phone: send(phone, thinks="Hi", board="no"),
        lambda phone: phone.get("/card"),
        lambda phone: phone.get("/useful?page=share"),
    ],
)
def test_the_form_its_faults_and_the_code(empty_council: Database, answer: Callable):
    open_for_words(empty_council)

    assert faults(answer(a_phone()).text) == []


@pytest.mark.parametrize("do", ["", "take_back_check", "take_back", "consent", "anything"])
def test_a_card(author: Author, do: str):
    assert faults(author.do(do).text) == []


def test_a_card_with_a_question(author: Author):
    author.read_by_a_worker(
        lambda db, worker: ask_back(
            db, worker, author.entry_id, text="Is this still right?",
            shown_thinks="[my place] is cold.", shown_wants="A heater.",
        )
    )  # fmt: skip

    assert faults(author.do().text) == []


@pytest.mark.parametrize("happened", [an_offer, an_outcome_proposed])
def test_a_card_that_waits_for_a_yes(author: Author, happened: Callable[[Author], object]):
    happened(author)

    assert faults(author.do().text) == []


def test_a_wrong_code(author: Author):
    author.code = "one two three four"

    assert faults(author.do().text) == []
