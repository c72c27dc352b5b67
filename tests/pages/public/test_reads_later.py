"""What is read on another day is told first, with whom to call, and no wish is promised for it."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from coprod_data.store.database import Database
from tests.helpers.builders import nobody_on_duty
from tests.helpers.young import OWN_PAGE, Author, carried, code_on, send, told_in_order, words_of


@pytest.mark.parametrize(
    ("at", "when"),
    [
        (datetime(2026, 3, 6, 15, tzinfo=UTC), "Monday"),  # a Friday, in hours
        (datetime(2026, 12, 24, 16, 50, tzinfo=UTC), "Tuesday 29 December"),
    ],
)
def test_in_hours_a_day_that_is_not_today_is_told_first_with_whom_to_call(
    open_council: Database, phone: TestClient, at: datetime, when: str
):
    open_council.clock = lambda: at
    told = f"It may be {when} before we read this. If you are not safe, call now."
    form, sent = phone.get("/share").text, send(phone, thinks="It is cold.").text

    assert told in words_of(form)
    assert re.search(r'class="note tone-soon stays"[^>]*><b>It may be', form), "on the last look"
    assert 'If you are not safe, call now. <span class="long">' in form, "on each step"
    assert told_in_order(words_of(sent), "We have your card", told, "999", "Your card code")
    card = phone.post(
        "/card", data={**carried(phone, "/card"), "code": code_on(sent)}, headers=OWN_PAGE
    )
    assert told in words_of(card.text)


@pytest.mark.parametrize(
    ("at", "before", "read"),
    [
        (datetime(2026, 3, 8, 20, tzinfo=UTC), "before tomorrow.", "tomorrow."),
        (datetime(2026, 3, 9, 8, 30, tzinfo=UTC), "before 9am today.", "today."),
        (datetime(2026, 3, 9, 10, tzinfo=UTC), "It may be tomorrow before we", "by tomorrow."),
        (datetime(2026, 3, 9, 23, 30, tzinfo=UTC), "before tomorrow.", "tomorrow."),
    ],
    ids=["Sunday evening", "Monday at 8:30", "Monday at 10", "Monday night"],
)
def test_today_and_tomorrow_are_called_so_on_each_page(
    open_council: Database, phone: TestClient, at: datetime, before: str, read: str
):
    open_council.clock = lambda: at
    form, sent = phone.get("/share").text, send(phone, thinks="My room is cold.").text
    card = Author(phone, open_council, code_on(sent), 1).card

    for page in (words_of(form), words_of(sent), card):
        assert before in page
    assert f"will read this {read}" in words_of(form)
    assert f"will read your card {read}" in words_of(sent)
    assert f"will read it {read}" in card
    assert ("Today is" in words_of(sent)) == (read != "today.")


def test_a_wish_is_kept_and_nobody_is_promised_while_nobody_is_there(author: Author):
    with Session(author.database.engine) as db:
        nobody_on_duty(db)
        db.commit()
    made = author.do("wish", first_name="Kai", reach="text", number="07700 900123")

    said = words_of(made.text)
    assert "We have what you told us. Nobody is here today." in said
    assert "So nobody can try to reach you yet." in said
