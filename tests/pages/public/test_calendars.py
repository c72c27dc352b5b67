"""A calendar reads its address without a session, and nothing else can be guessed."""

import re

import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from coprod_data.commands.calendars import make_calendar
from coprod_data.permissions import Role
from coprod_data.queries.calendars import calendar_of_mine
from coprod_data.store.database import Database
from pages.public import calendars
from tests.helpers.builders import NOW, somebody
from tests.helpers.sessions import DAY, a_session


def test_an_address_is_read_without_a_session_and_guessing_stops(
    open_council: Database, phone: TestClient, monkeypatch: pytest.MonkeyPatch
):
    with Session(open_council.engine) as db:
        db.info["keys"] = open_council.keys
        worker = somebody(db, Role.YOUTH_VOICE)
        a_session(db, worker, title="What makes a home?", starts_at=NOW + DAY, access="Mia, 14")
        make_calendar(db, worker)
        token = calendar_of_mine(db, worker)
        db.commit()

    sheet = phone.get(f"/calendar.ics?key={token}")
    assert (sheet.status_code, sheet.headers["content-type"][:13]) == (200, "text/calendar")
    assert sheet.headers["cache-control"] == "no-store"
    assert re.search(r"SUMMARY:What makes a home\?\r\n", sheet.text)
    assert "Mia" not in sheet.text
    assert "LOCATION" not in sheet.text
    monkeypatch.setattr(calendars, "GUESSES", 3)
    tries = [phone.get(f"/calendar.ics?key={'x' * 43}{n}").status_code for n in range(5)]
    assert tries == [404, 404, 404, 429, 429]
