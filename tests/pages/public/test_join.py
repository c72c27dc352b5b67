"""Joining in from a phone: two words lead to the form for that card only, from one classroom."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from coprod_data.commands.sessions_after import (
    record_who_came,
    review_session,
    write_up_session,
)
from coprod_data.commands.sessions_joining import make_join_code, stop_join_code
from coprod_data.models import CardEntry, PromiseTheme, ReportCard
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.store.join_codes import spaced
from pages.public import join_tries
from pages.public.share import MOST_OF_A_ROOM
from tests.helpers.builders import NOW, somebody
from tests.helpers.sessions import WHY_NOTHING, YOUNG, a_session
from tests.helpers.young import OWN_PAGE, a_phone, carried, code_on, hidden_fields, rows, words_of


def a_conversation(database: Database) -> tuple[int, str]:
    """A session about Homes that is on now, and its code."""
    homes = next(row.id for row in rows(database, PromiseTheme) if row.title == "Homes")
    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        worker = somebody(db, Role.YOUTH_VOICE)
        number = a_session(db, worker, starts_at=NOW, theme_id=homes, title="What makes a home?")
        code = make_join_code(db, worker, number)
        db.commit()
    return number, code


def type_in(phone: TestClient, code: str):
    hidden = carried(phone, "/join")
    return phone.post("/join", data={**hidden, "code": code}, headers=OWN_PAGE)


def begin(phone: TestClient, code: str):
    hidden = hidden_fields(type_in(phone, code).text)
    return phone.post("/share", data={**hidden, "begin": "yes"}, headers=OWN_PAGE)


def test_two_words_lead_to_the_form_of_that_card_and_back(
    open_council: Database, phone: TestClient
):
    number, code = a_conversation(open_council)
    page = type_in(phone, f"  {code.title()} ")
    assert "What makes a home?" in words_of(page.text)
    assert str(page.url).endswith("/join")

    form = begin(phone, code)
    assert "Step 1 of 4" in words_of(form.text)
    assert 'id="theme"' not in form.text
    assert len(form.content) < 60_000
    hidden = hidden_fields(form.text)
    assert hidden["join"] == code

    sent = phone.post("/share", data={**hidden, "thinks": "A quiet room."}, headers=OWN_PAGE)
    assert len(code_on(sent.text).split()) == 5
    [entry] = rows(open_council, CardEntry)
    cards = {row.id: row.theme_id for row in rows(open_council, ReportCard)}
    homes = next(row.id for row in rows(open_council, PromiseTheme) if row.title == "Homes")
    assert (entry.session_id, cards[entry.report_card_id]) == (number, homes)
    again = phone.post("/share", data={**hidden, "thinks": "A quiet room."}, headers=OWN_PAGE)
    assert code_on(again.text) == code_on(sent.text)
    assert len(rows(open_council, CardEntry)) == 1
    back = hidden_fields(
        re.search(r'<form method="post" action="/join".*?</form>', sent.text, re.S)[0]
    )
    assert back["code"] == code


def test_wrong_codes_are_counted_together_wherever_they_are_typed(
    open_council: Database, phone: TestClient, monkeypatch: pytest.MonkeyPatch
):
    _number, code = a_conversation(open_council)
    hidden = hidden_fields(type_in(phone, code).text)
    monkeypatch.setattr(join_tries, "WRONG_CODES", 3)

    def post(address: str, **data: str):
        return phone.post(address, data={**hidden, **data}, headers=OWN_PAGE)

    post("/join", code="amber kite")
    post("/join/feedback", code="amber kite")
    post("/share", begin="yes", join="amber kite")
    assert post("/join", code=code).status_code == 429
    assert post("/join/feedback", code=code).status_code == 429
    assert str(post("/share", begin="yes", join=code).url).endswith("/join")
    other = a_phone("192.0.2.8")
    assert type_in(other, code).status_code == 200


def test_two_words_without_a_space_are_the_same_code(open_council: Database, phone: TestClient):
    _number, code = a_conversation(open_council)
    page = type_in(phone, code.replace(" ", "").upper())
    assert page.status_code == 200
    assert hidden_fields(page.text)["join"] == code
    assert spaced("notacode") == "notacode"
    assert spaced(code) == code


@pytest.mark.parametrize(
    ("at", "until"),
    [
        (datetime(2026, 3, 9, 22, tzinfo=UTC), "Until 12.15am tomorrow"),
        (datetime(2026, 3, 10, 0, 5, tzinfo=UTC), "Until 12.15am today"),
    ],
)
def test_a_code_that_ends_after_midnight_says_on_which_day(
    open_council: Database, phone: TestClient, at: datetime, until: str
):
    starts_at = datetime(2026, 3, 9, 22, tzinfo=UTC)
    with Session(open_council.engine) as db:
        db.info["keys"] = open_council.keys
        worker = somebody(db, Role.YOUTH_VOICE)
        code = make_join_code(db, worker, a_session(db, worker, starts_at=starts_at))
        db.commit()
    open_council.clock = lambda: at
    assert until in words_of(type_in(phone, code).text)


def test_each_code_that_opens_nothing_is_one_sentence(open_council: Database, phone: TestClient):
    number, code = a_conversation(open_council)
    for typed, sentence in (("", "Type the two words"), ("amber kite", "We do not know that code."),
                            ("<b>kite</b>", "We do not know that code.")):  # fmt: skip
        answer = type_in(phone, typed)
        assert answer.status_code == 422
        assert sentence in words_of(answer.text)
    open_council.clock = lambda: NOW - timedelta(days=2)
    assert "This code works on" in words_of(type_in(phone, code).text)
    open_council.clock = lambda: NOW + timedelta(days=20)
    assert "This code was for another day." in words_of(type_in(phone, code).text)
    open_council.clock = lambda: NOW
    with Session(open_council.engine) as db:
        db.info["keys"] = open_council.keys
        stop_join_code(db, somebody(db, Role.YOUTH_VOICE), number)
        db.commit()
    assert "This code does not work any more." in words_of(type_in(phone, code).text)
    assert str(begin_anyway(phone, code).url).endswith("/join")


def begin_anyway(phone: TestClient, code: str):
    hidden = {**carried(phone, "/join"), "join": code, "begin": "yes"}
    return phone.post("/share", data=hidden, headers=OWN_PAGE)


def test_a_classroom_behind_one_address_is_let_in_and_a_flood_is_not(
    open_council: Database, phone: TestClient, monkeypatch: pytest.MonkeyPatch
):
    _, code = a_conversation(open_council)
    assert MOST_OF_A_ROOM >= 60 * 3
    monkeypatch.setattr("pages.public.share.MOST_OF_A_ROOM", 4)
    monkeypatch.setattr("pages.public.share.share_limit", lambda _db, _actor: 2)

    statuses = []
    for turn in range(5):  # each a phone of its own, all from one address
        one = a_phone()
        hidden = hidden_fields(begin(one, code).text)
        said = {**hidden, "thinks": f"Words of phone {turn}."}
        statuses.append(one.post("/share", data=said, headers=OWN_PAGE))
    assert [answer.status_code for answer in statuses] == [200, 200, 200, 200, 429]
    assert "Words of phone 4." in statuses[-1].text
    plain = {**carried(phone), "thinks": "Not at the session."}
    assert phone.post("/share", data=plain, headers=OWN_PAGE).status_code == 200


def test_sixty_phones_at_once_are_each_kept_once(open_council: Database):
    number, code = a_conversation(open_council)
    phones = [a_phone() for _ in range(60)]  # all from one address

    def send(turn: int) -> tuple[int, str]:
        hidden = hidden_fields(begin(phones[turn], code).text)
        said = {**hidden, "thinks": f"Words of phone {turn}."}
        answer = phones[turn].post("/share", data=said, headers=OWN_PAGE)
        return answer.status_code, code_on(answer.text)

    with ThreadPoolExecutor(len(phones)) as pool:
        answers = list(pool.map(send, range(len(phones))))
    assert {status for status, _ in answers} == {200}
    assert len({own for _, own in answers}) == len(phones)
    assert [entry.session_id for entry in rows(open_council, CardEntry)] == [number] * len(phones)


def test_what_was_begun_in_the_room_is_kept_after_it_and_then_the_code_tells_what_came(
    open_council: Database, phone: TestClient
):
    number, code = a_conversation(open_council)
    hidden = hidden_fields(begin(phone, code).text)
    open_council.clock = lambda: NOW + timedelta(hours=9)
    late = phone.post("/share", data={**hidden, "thinks": "Much later."}, headers=OWN_PAGE)
    assert late.status_code == 200
    assert [entry.session_id for entry in rows(open_council, CardEntry)] == [None]

    assert "We are still writing down what we heard." in words_of(type_in(phone, code).text)
    with Session(open_council.engine) as db:
        db.info["keys"] = open_council.keys
        worker = replace(somebody(db, Role.YOUTH_VOICE), at=datetime(2026, 3, 8, tzinfo=UTC))
        record_who_came(db, worker, number, came={YOUNG: 9})
        review_session(db, worker, number, nothing_because=WHY_NOTHING)
        write_up_session(db, worker, number, done="We drew a home.", heard="Quiet matters <b>.")
        db.commit()
    told = type_in(phone, code).text
    assert "Quiet matters &lt;b&gt;." in told
    assert "We drew a home." in words_of(told)
