"""Outside hours at a session: whoever leads it can read words at once, and the pages say so."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from coprod_data.commands.absences import add_absence
from coprod_data.commands.sessions_joining import make_join_code
from coprod_data.commands.sessions_screens import open_screen
from coprod_data.models import CoproductionSession
from coprod_data.permissions import Actor, Role
from coprod_data.store.database import Database
from coprod_data.vocabulary.sessions import SessionWay
from tests.helpers.builders import somebody
from tests.helpers.sessions import HOUR, a_session
from tests.helpers.signing_in import HASH
from tests.helpers.young import OWN_PAGE, carried, hidden_fields, words_of

EVENING = datetime(2026, 3, 9, 19, tzinfo=UTC)  # a Monday, when nobody reads
HERE = "Rosa is here and can read this now. If you are not safe, tell them, or call now."
LATER = "Nobody reads this before tomorrow."


def at_a_session(database: Database, at: datetime = EVENING, **said: object) -> tuple[Actor, str]:
    """A session of two hours that began in the evening, led by Rosa, and its code."""
    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        role = said.pop("role", Role.YOUTH_VOICE)
        worker = somebody(db, role, name="Rosa Lane", password_hash=HASH, at=EVENING - HOUR)
        number = a_session(db, worker, starts_at=EVENING - HOUR, **said)
        code = make_join_code(db, worker, number)
        db.commit()
    database.clock = lambda: at
    return worker, code


def pages(phone: TestClient, code: str, **said: str) -> dict[str, str]:
    """What each page of the session says, from its code to the page after sending."""

    def post(address: str, before: str, **more: str) -> str:
        data = {**hidden_fields(before), **more}
        return phone.post(address, data=data, headers=OWN_PAGE).text

    hidden = carried(phone, "/join")
    joined = phone.post("/join", data={**hidden, "code": code}, headers=OWN_PAGE).text
    form = phone.post(
        "/share", data={**hidden_fields(joined), "join": code, "begin": "yes"}, headers=OWN_PAGE
    ).text
    asked = phone.post("/join/feedback", data={**hidden, "code": code}, headers=OWN_PAGE).text
    return {
        "join": joined,
        "form": form,
        "sent": post("/share", form, thinks="It is cold.", **said),
        "feedback": asked,
        "thanks": post("/join/feedback", asked, send="yes", good="The food.", **said),
    }


def test_while_it_is_on_the_pages_of_a_session_say_who_can_read_it_now(
    open_council: Database, phone: TestClient
):
    _, code = at_a_session(open_council)
    told = pages(phone, code)
    for name in ("join", "form", "sent", "thanks"):
        assert HERE in words_of(told[name]), name
        assert "Also call now if you feel" in words_of(told[name]), name
    assert "0800 1111" in words_of(told["sent"])
    for name in ("sent", "feedback"):
        assert LATER not in words_of(told[name]), name
    assert "will read your card by tomorrow." in words_of(told["sent"])
    assert "will read this by tomorrow." in words_of(told["feedback"])
    for name in ("join", "form", "thanks"):  # seen only by who names somebody of the team
        assert told[name].count(LATER) == told[name].count("later-reads") == 1, name
    css = phone.get("/share").text
    assert LATER in words_of(css)
    assert "later-reads" not in css
    assert "is here" not in words_of(css)


def test_two_who_lead_are_both_named(open_council: Database, phone: TestClient):
    _, code = at_a_session(open_council)
    with Session(open_council.engine) as db:
        db.info["keys"] = open_council.keys
        other = somebody(db, Role.YOUTH_VOICE, name="Abel Moss", password_hash=HASH, at=EVENING)
        number = db.query(CoproductionSession.id).scalar()
        open_screen(db, other, number)
        db.commit()
    said = "Abel and Rosa are here and can read this now. If you are not safe, tell one of them,"
    assert said in words_of(pages(phone, code)["sent"])


@pytest.mark.parametrize("at", [EVENING - HOUR - timedelta(minutes=5),
                                EVENING + HOUR + timedelta(minutes=5)])  # fmt: skip
def test_before_it_begins_and_after_its_end_nobody_is_promised(
    open_council: Database, phone: TestClient, at: datetime
):
    _, code = at_a_session(open_council, at)
    for name, text in pages(phone, code).items():
        assert "can read this now" not in words_of(text), name
        assert LATER in words_of(text) or name == "feedback"


def test_who_may_not_read_cards_or_is_not_with_them_is_not_named(
    open_council: Database, phone: TestClient
):
    _, code = at_a_session(open_council, role=Role.MANAGER)
    _, by_post = at_a_session(open_council, way=SessionWay.POST)
    away, third = at_a_session(open_council)
    with Session(open_council.engine) as db:
        db.info["keys"] = open_council.keys
        day = EVENING.date()
        add_absence(db, away, person_id=away.id, from_day=day, to_day=day)
        db.commit()
    for one in (code, by_post, third):
        for name, text in pages(phone, one).items():
            assert "can read this now" not in words_of(text), name


@pytest.mark.parametrize("whom", ["not_said", "leader"])
def test_who_says_that_it_is_about_one_of_us_is_told_of_the_hours(
    open_council: Database, phone: TestClient, whom: str
):
    worker, code = at_a_session(open_council)
    named = str(worker.id) if whom == "leader" else whom
    told = pages(phone, code, about="yes", whom=named)
    for name in ("sent", "thanks"):
        assert "can read this now" not in words_of(told[name]), name
        assert LATER in words_of(told[name]), name
