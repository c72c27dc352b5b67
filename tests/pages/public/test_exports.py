"""Tables to download: read as the person who asks, inert in a spreadsheet, stored nowhere."""

import csv
import io
import re
from datetime import date

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from coprod_data.commands.auth_sessions import end_sessions
from coprod_data.commands.settings import change_setting
from coprod_data.files.exports import EXPORTS
from coprod_data.models import CardEntry, EntryVersion
from coprod_data.permissions import GRANTS, Permission
from coprod_data.queries.actions_progress import progress_by_theme
from coprod_data.queries.trail import trail
from coprod_data.store import database
from coprod_data.store.actors import BySession, System
from coprod_data.store.database import Database
from coprod_data.vocabulary.actions import CommitmentState, Stage
from coprod_data.vocabulary.settings import SettingKey
from coprod_data.vocabulary.trail import TrailKind
from pages.public import FOR_PEOPLE_SIGNED_IN
from pages.public.exports import ROUTES, SESSION
from tests.helpers.builders import TODAY
from tests.helpers.demo import DEMO
from tests.helpers.opening import session_of

FEW = {"decisions": 3, "papers": 1, "policies": 2}  # as many as the demonstration has
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
    of_the_team = ("history", "training_next", "page_feedback")
    who = "youth.voice" if sheet in of_the_team else "chair"
    address, session = f"/export/{sheet}.csv", {SESSION: session_of(who)}
    answer = (
        client.post(address, data={"search": "the"}, headers=session)
        if sheet == "search"
        else client.get(address, headers=session)
    )

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    name = f"westmarch-{sheet.replace('_', '-')}-{TODAY}.csv"
    assert answer.headers["content-disposition"] == (
        f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    )
    heading, *body = rows(answer.text)
    assert heading == list(EXPORTS[sheet].columns)
    assert len(body) >= FEW.get(sheet, 5)
    assert {len(row) for row in body} == {len(heading)}


@pytest.mark.parametrize("username", DEMO)
def test_only_those_who_hold_the_right_take_tables_away(client: TestClient, username: str):
    answer = asked(client, username, "/export/opportunities.csv")

    if username in MAY and username != "administrator":
        assert answer.status_code == 200
    else:
        assert answer.status_code == 403
        assert "No." not in answer.text


@pytest.mark.usefixtures("council")
def test_the_trail_names_each_file_that_was_taken_away():
    client = TestClient(Starlette(routes=FOR_PEOPLE_SIGNED_IN))
    files = {
        "/export/actions.csv": "actions",
        "/export/paper-1.docx": "paper 1",
        "/export/session-1.ics": "session 1, for a calendar",
        "/export/layout-sample.docx": "layout of papers",
    }
    for address in files:
        assert asked(client, "chair", address).status_code == 200, address
    for address in (
        f"/export/session-{'9' * 30}.ics",
        f"/room/{'9' * 30}",
        "/export/layout-x.docx",
    ):
        assert asked(client, "chair", address).status_code == 404, address
    with database.reading(BySession(session_of("administrator"))) as (db, actor):
        told = [row.about for row in trail(db, actor, kind=TrailKind.EXPORTED).rows]
    assert told == list(reversed(files.values()))


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


@pytest.mark.parametrize(
    ("sheet", "query"),
    [
        ("report_cards", "theme=1"),
        ("report_cards", "state=gathering"),
        ("actions", "theme=8"),  # of the wording in force
        ("actions", "state=stuck"),
        ("actions", "service=2"),
        ("actions", "only=late"),
        ("actions", "list=late"),
        ("opportunities", "theme=1"),
        ("opportunities", "state=open"),
        ("opportunities", "state=matched,working,outcome_proposed"),
        ("outcomes", "state=co_signed"),
        ("report_cards", "show=new"),
        ("audits", "round=1"),
    ],
)
def test_each_filter_narrows_its_sheet(client: TestClient, sheet: str, query: str):
    every = rows(asked(client, "chair", f"/export/{sheet}.csv").text)
    some = rows(asked(client, "chair", f"/export/{sheet}.csv?{query}").text)
    assert 1 < len(some) < len(every)
    assert all(row in every for row in some)


def test_the_plan_holds_the_actions_of_the_commitments_on_screen(
    council: Database, client: TestClient
):
    with council.reading(BySession(session_of("chair"))) as (db, actor):
        stuck = {
            one.reference
            for theme in progress_by_theme(db, actor)
            for one in theme.commitments
            if one.state is CommitmentState.STUCK
        }
    heading, *body = rows(asked(client, "chair", "/export/actions.csv?state=stuck").text)
    assert {row[heading.index("Commitment no.")] for row in body} == stuck


def test_what_was_searched_for_comes_in_a_form_and_never_in_the_address(client: TestClient):
    def found(**how: str) -> list[list[str]]:
        headers = {SESSION: session_of("chair"), **how}
        answer = client.post("/export/report_cards.csv", headers=headers, data={"search": "bags"})
        assert answer.status_code == 200
        return rows(answer.text)

    every = rows(asked(client, "chair", "/export/report_cards.csv").text)
    assert 1 < len(found()) < len(every)
    assert rows(asked(client, "chair", "/export/report_cards.csv?search=bags").text) == every
    elsewhere = client.post(
        "/export/report_cards.csv",
        headers={SESSION: session_of("chair"), "sec-fetch-site": "cross-site"},
        data={"search": "bags"},
    )
    assert elsewhere.status_code == 403


def test_a_sheet_holds_words_and_real_dates_and_no_codes(client: TestClient):
    heading, *body = rows(asked(client, "chair", "/export/actions.csv").text)
    dates = {row[heading.index("Due")] for row in body} - {""}
    assert dates
    assert all(date.fromisoformat(day) for day in dates)
    assert {row[heading.index("Stage")] for row in body} <= {stage.words for stage in Stage}
    assert all(row[heading.index("Commitment")] for row in body)
    codes = re.compile(r"^[a-z]+(_[a-z]+)+$")
    for sheet in EXPORTS:
        who = "youth.voice" if sheet in ("history", "page_feedback") else "chair"
        for row in rows(asked(client, who, f"/export/{sheet}.csv").text):
            assert not [cell for cell in row if codes.match(cell)]


def test_the_name_of_a_council_is_spelled_for_old_browsers_too(
    council: Database, client: TestClient
):
    with council.writing(BySession(session_of("administrator"))) as (db, actor):
        change_setting(db, actor, SettingKey.COUNCIL_NAME, "Ynys Môn / Anglesey")
    named = asked(client, "chair", "/export/groups.csv").headers["content-disposition"]
    assert named == (
        f'attachment; filename="ynys-mon-anglesey-groups-{TODAY}.csv"; '
        f"filename*=UTF-8''ynys-m%C3%B4n-anglesey-groups-{TODAY}.csv"
    )


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/export/nothing.csv", 404),
        ("/export/report_cards.csv?theme=1%20OR%201", 400),
        ("/export/..%2Fkey.csv", 404),
        ("/export/report_cards.csv?state=lost", 400),
        ("/export/actions.csv?state=lost", 400),
        ("/export/actions.csv?list=lost", 400),
        ("/export/actions.csv?only=lost", 400),
        ("/export/actions.csv?owner=x", 400),
        ("/export/opportunities.csv?state=open,lost", 400),
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
