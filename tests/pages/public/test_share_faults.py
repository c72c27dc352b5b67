"""The form in trouble: nobody on duty, too many, a foreign page, no database; the words stay."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from coprod_data.models import CardEntry, EntryVersion, RateCount
from coprod_data.store import database
from coprod_data.store.database import Database
from pages.public import share
from tests.helpers.builders import NOW, add, nobody_on_duty
from tests.helpers.faults import FAULTS, Fault, full, gone
from tests.helpers.payloads import ALL_AT_ONCE, PAYLOADS
from tests.helpers.young import OWN_PAGE, a_phone, carried, rows, send, tags_of, words_of


def test_with_nobody_on_duty_there_is_no_form_and_nothing_is_taken(
    open_council: Database, phone: TestClient
):
    hidden = carried(phone)
    with Session(open_council.engine) as db:
        nobody_on_duty(db)
        db.commit()

    page, answer = phone.get("/share"), send(phone, hidden, thinks="Can you hear me?")

    assert "<form" not in page.text
    assert "999" in page.text
    assert "0800 1111" in page.text
    assert answer.status_code == 503
    assert "Can you hear me?" in answer.text
    assert "Please call one of the numbers below." in answer.text
    assert rows(open_council, CardEntry) == []


@pytest.mark.usefixtures("empty_council")
def test_an_empty_council_says_whom_to_call():
    page = a_phone().get("/share")

    assert page.status_code == 200
    assert "<textarea" not in page.text
    assert "0800 1111" in page.text


def test_the_61st_card_of_15_minutes_waits_with_its_words(
    open_council: Database, phone: TestClient
):
    hidden = carried(phone)
    assert send(phone, hidden, thinks="Card 1").status_code == 200
    [counted] = rows(open_council, RateCount)
    with Session(open_council.engine) as db:  # as 58 more of this phone would be
        for _ in range(58):
            add(db, RateCount(
                what=counted.what, address_hash=counted.address_hash, at=counted.at
            ))  # fmt: skip
        db.commit()
    assert send(phone, hidden, thinks="Card 59").status_code == 200

    refused = send(phone, hidden, thinks="Card 60")
    elsewhere = send(a_phone("192.0.2.8"), thinks="Card 61")
    open_council.clock = lambda: NOW + timedelta(minutes=16)
    later = send(phone, hidden, thinks="Card 60")

    assert refused.status_code == 429
    assert "Card 60" in refused.text
    assert "Wait 15 minutes" in words_of(refused.text)
    assert elsewhere.status_code == 200
    assert later.status_code == 200
    assert len(rows(open_council, CardEntry)) == 4


def test_a_form_from_another_site_is_refused(open_council: Database, phone: TestClient):
    hidden = carried(phone)

    answer = phone.post(
        "/share", data={**hidden, "thinks": "Hi"}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert answer.status_code == 403
    assert rows(open_council, CardEntry) == []


def test_without_cookies_the_words_stay_and_the_page_says_why(open_council: Database):
    phone, other = a_phone(), a_phone()

    answer = send(other, carried(phone), thinks="Do not lose me")

    assert answer.status_code == 403
    assert "Do not lose me" in answer.text
    assert "allow cookies" in answer.text
    assert rows(open_council, CardEntry) == []


def test_words_far_over_the_limit_come_back_with_a_count(phone: TestClient):
    answer = send(phone, thinks="a" * 100_000, board="yes")

    assert answer.status_code == 422
    assert "This is 100,000 letters long." in words_of(answer.text)
    assert "a" * 100_000 + "</textarea>" in answer.text


def test_a_flood_is_refused(phone: TestClient):
    answer = send(phone, thinks="a" * (share.LARGEST + 1))

    assert answer.status_code == 413
    assert "Go back and make it shorter." in words_of(answer.text)


def test_a_file_is_refused(open_council: Database, phone: TestClient):
    answer = phone.post("/share", data=carried(phone), files={"thinks": ("me.jpg", b"x")},
                        headers=OWN_PAGE)  # fmt: skip

    assert answer.status_code == 400
    assert rows(open_council, CardEntry) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
@pytest.mark.both_engines
def test_while_the_database_is_in_trouble_the_words_stay_and_go_through_once_afterwards(
    open_council: Database, phone: TestClient, monkeypatch: pytest.MonkeyPatch, fault: Fault
):
    monkeypatch.setattr(database, "BUSY_SECONDS", 1)
    open_council.engine.dispose()  # a connection keeps the timeout it was opened with
    said = {"thinks": "Keep me. " * 500, "wants": "A heater.", "theme": "unknown"}
    hidden = carried(phone)

    with fault(open_council):
        answer, ready = send(phone, hidden, **said), phone.get("/readyz")
        page = phone.get("/share")
    phone.get("/readyz")  # asked every few seconds; it finds broken connections
    again, ready_again = send(phone, hidden, **said), phone.get("/readyz")

    assert answer.status_code == 503
    assert said["thinks"] in answer.text
    assert said["wants"] in answer.text
    assert "Homes" in words_of(answer.text)
    assert re.search(r"Tell us this number if you call: [0-9a-f]{8}", words_of(answer.text))
    assert "0800 1111" in page.text
    assert page.status_code == (503 if fault is gone else 200)
    assert fault is full or ready.status_code == 503
    assert again.status_code == ready_again.status_code == 200
    assert len(rows(open_council, CardEntry)) == len(rows(open_council, EntryVersion)) == 1


def test_a_fault_of_our_own_keeps_the_words_in_the_form_and_out_of_the_log(
    open_council: Database, phone: TestClient, caplog: pytest.LogCaptureFixture
):
    hidden = carried(phone)
    assert send(phone, hidden, thinks="The first").status_code == 200
    with open_council.engine.begin() as connection:
        connection.execute(sa.text("CREATE UNIQUE INDEX one_alone ON entry_version (kind)"))

    answer = send(phone, hidden, thinks="Unmistakable words")

    assert answer.status_code == 503
    assert "Unmistakable words" in answer.text
    assert "0800 1111" in answer.text
    assert "IntegrityError" in caplog.text
    assert "Unmistakable" not in caplog.text


def test_after_a_restart_without_database_the_choices_still_travel_along(
    open_council: Database, phone: TestClient, monkeypatch: pytest.MonkeyPatch
):
    hidden = carried(phone)
    monkeypatch.setattr(share, "_last", share.Around())
    monkeypatch.setattr(
        open_council, "engine", sa.create_engine("sqlite:////proc/no/such/folder/coprod.db")
    )

    answer = send(phone, hidden, thinks="Keep me", theme="2")

    assert answer.status_code == 503
    assert '<input type="hidden" name="theme" value="2">' in answer.text


def test_markup_comes_back_as_it_was_typed(phone: TestClient):
    harmless = send(phone, wants="hello" + "a" * 5001, feeling="9", theme="gone")

    answer = send(phone, wants=ALL_AT_ONCE + "a" * 5001, feeling=ALL_AT_ONCE, theme=ALL_AT_ONCE)

    assert answer.status_code == 422
    said = words_of(answer.text)
    assert [payload for payload in PAYLOADS if " ".join(payload.split()) not in said] == []
    assert tags_of(answer.text) == tags_of(harmless.text)
