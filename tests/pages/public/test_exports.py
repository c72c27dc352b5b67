"""Tables to download: read as the person who asks, inert in a spreadsheet, stored nowhere."""

import csv
import io

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from coprod_data.commands.auth_sessions import end_sessions
from coprod_data.files.exports import EXPORTS
from coprod_data.models import CardEntry, EntryVersion
from coprod_data.permissions import GRANTS, Permission
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from pages.public.exports import ROUTES, SESSION
from tests.helpers.demo import DEMO
from tests.helpers.opening import session_of

MAY = {name for name, roles in DEMO.items() if roles & GRANTS[Permission.EXPORTS_READ]}


@pytest.fixture
def client(council: Database) -> TestClient:
    assert council
    return TestClient(Starlette(routes=ROUTES))


def asked(client: TestClient, username: str, address: str):
    return client.get(address, headers={SESSION: session_of(username)})


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")))


@pytest.mark.both_engines
@pytest.mark.parametrize("sheet", EXPORTS)
def test_a_sheet_has_its_headings_and_rows_and_is_never_stored(client: TestClient, sheet: str):
    who = "youth.voice" if sheet == "history" else "chair"
    answer = asked(client, who, f"/export/{sheet}.csv")

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == f'attachment; filename="{sheet}.csv"'
    heading, *body = rows(answer.text)
    assert heading == list(EXPORTS[sheet].columns)
    assert len(body) >= 5
    assert {len(row) for row in body} == {len(heading)}


@pytest.mark.parametrize("username", DEMO)
def test_only_those_who_hold_the_right_take_tables_away(client: TestClient, username: str):
    answer = asked(client, username, "/export/opportunities.csv")

    if username in MAY and username != "administrator":
        assert answer.status_code == 200
    else:
        assert answer.status_code == 403
        assert "No." not in answer.text


def test_an_administrator_takes_the_plan_away_but_no_words(client: TestClient):
    assert asked(client, "administrator", "/export/actions.csv").status_code == 200
    assert asked(client, "administrator", "/export/report_cards.csv").status_code == 403


def test_a_manager_finds_only_the_cards_linked_to_their_work(client: TestClient):
    mine = rows(asked(client, "manager", "/export/report_cards.csv").text)
    all_of_them = rows(asked(client, "chair", "/export/report_cards.csv").text)
    assert 1 < len(mine) < len(all_of_them)


def test_no_word_that_was_not_let_out_stands_in_any_sheet(council: Database, client: TestClient):
    with council.reading(System()) as (db, _):
        unreleased = [
            thinks
            for thinks, released_at in db.query(EntryVersion.thinks, CardEntry.released_at)
            .join(CardEntry, CardEntry.id == EntryVersion.entry_id)
            .filter(EntryVersion.number == 1)
            if thinks and released_at is None
        ]
    assert len(unreleased) > 5
    for username in MAY:
        for sheet in EXPORTS:
            text = asked(client, username, f"/export/{sheet}.csv").text
            assert not [words for words in unreleased if words in text]


def test_a_filter_narrows_the_sheet(client: TestClient):
    every = rows(asked(client, "chair", "/export/report_cards.csv").text)
    some = rows(asked(client, "chair", "/export/report_cards.csv?theme=1").text)
    assert 1 < len(some) < len(every)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/export/nothing.csv", 404),
        ("/export/report_cards.csv?theme=1%20OR%201", 400),
        ("/export/..%2Fkey.csv", 404),
    ],
)
def test_a_wrong_address_gets_a_sentence(client: TestClient, address: str, status: int):
    answer = asked(client, "chair", address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_an_ended_session_takes_nothing_away(council: Database, client: TestClient):
    session = session_of("chair")
    with council.writing(System()) as (db, system):
        end_sessions(db, system, [session])
    answer = client.get("/export/actions.csv", headers={SESSION: session})
    assert answer.status_code == 401
    assert "Commitment" not in answer.text
