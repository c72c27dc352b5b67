"""Numbers of people on every page and sheet: nobody watches one young person's answer arrive."""

import csv
import io
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.testclient import TestClient

from coprod_data.commands.actions_months import turn_month
from coprod_data.commands.actions_views import give_view, take_view_back
from coprod_data.files.exports import EXPORTS
from coprod_data.jobs import run_jobs
from coprod_data.models import Action, Event, YoungView
from coprod_data.permissions import GRANTS, Permission
from coprod_data.store.actors import Played, System
from coprod_data.store.database import Database
from coprod_data.vocabulary.actions import NOT_LIVE, TOO_FEW, Face
from pages.menu import menu_for
from pages.public.exports import ROUTES, SESSION
from tests.helpers.builders import NOW
from tests.helpers.demo import DEMO, SMALL
from tests.helpers.opening import OpenAs, session_of, words

ACTIONS, HISTORY = "promise/actions.py", "office/history.py"
GRID = "Walk-and-talk instead of the glass door"  # nobody has spoken of it
CASES = "Suitcases at every office, no bin bags"  # enough have: it has a face of its own
REVIEWS = "Hold reviews outside lesson time"  # so has this one
READERS = ("youth.voice", "manager", "board.member", "chair", "administrator")
Told = dict[str, object]


@pytest.fixture
def client(council: Database) -> TestClient:
    assert council
    return TestClient(Starlette(routes=ROUTES))


def the_action(database: Database, title: str) -> tuple[int, int]:
    with Session(database.engine) as db:
        found = sa.select(Action.id, Action.commitment_id).where(Action.title == title)
        number, commitment = db.execute(found).one()
    return number, commitment


def told_to(username: str, open_as: OpenAs, client: TestClient, council: Database) -> Told:
    """Everything that somebody reads: each page of their menu, the actions one by one, sheets."""
    told: Told = {}
    for page in menu_for(DEMO[username]):
        if page.file == HISTORY:  # its sheet tells the same, and can be read without the sign-ins
            continue
        told[page.file] = words(open_as(username, page.file))
    if DEMO[username] & GRANTS[Permission.ACTIONS_READ]:
        for title in (GRID, CASES, REVIEWS):
            number, commitment = the_action(council, title)
            told[f"action {number}"] = words(open_as(username, ACTIONS, action=str(number)))
            told[f"of {number}"] = words(open_as(username, ACTIONS, commitment=str(commitment)))
    session = session_of(username)
    for sheet in EXPORTS:
        answer = client.get(f"/export/{sheet}.csv", headers={SESSION: session})
        told[sheet] = answer.status_code, answer.text if sheet != "history" else acts(answer.text)
    return told


def acts(sheet: str) -> list[str]:
    """What the history tells, without the sign-ins that reading it adds."""
    rows = csv.reader(io.StringIO(sheet.lstrip("\ufeff"), newline=""))
    return [row[3] for row in rows if len(row) > 3 and "signed" not in row[3]]


def speak(council: Database, username: str, title: str, face: Face) -> None:
    number, _ = the_action(council, title)
    with council.writing(Played(username, council.clock())) as (db, actor):
        give_view(db, actor, number, face=face, form_id=f"form-{username}-{title}")


def turned(council: Database, months: int) -> int:
    council.clock = lambda: NOW + timedelta(days=31 * months)
    with council.writing(System()) as (db, actor):
        return turn_month(db, actor)


@pytest.mark.parametrize("username", READERS)
def test_views_that_are_given_and_taken_back_change_no_page_and_no_sheet(
    council: Database, client: TestClient, open_as: OpenAs, username: str
):
    before = told_to(username, open_as, client, council)
    with Session(council.engine) as db:
        newest = db.scalar(sa.select(sa.func.max(Event.id)))

    for title in (GRID, CASES):
        speak(council, "ash", title, Face.SMILE)
    three_take_theirs_back(council)

    after = told_to(username, open_as, client, council)
    assert [name for name in before if before[name] != after[name]] == []
    with Session(council.engine) as db:  # they were given and taken back, and the log knows
        views = sa.select(YoungView.face).order_by(YoungView.id.desc()).limit(2)
        assert list(db.scalars(views)) == ["smile", "smile"]
        kinds = list(db.scalars(sa.select(Event.kind).where(Event.id > newest)))
    assert kinds.count("action.view_given") == 2
    assert kinds.count("action.view_taken_back") == 3


def three_take_theirs_back(council: Database) -> None:
    number, _ = the_action(council, REVIEWS)
    for person in ("kit", "noor", "sky"):
        with council.writing(Played(person, NOW)) as (db, actor):
            take_view_back(db, actor, number)


@pytest.mark.parametrize("username", ["youth.voice", "board.member"])
def test_at_the_turn_of_the_month_too_few_are_left(
    council: Database, open_as: OpenAs, username: str
):
    three_take_theirs_back(council)
    assert turned(council, 1) == 1

    seen = words(open_as(username, ACTIONS, action=str(the_action(council, REVIEWS)[0])))
    assert "apart" not in seen
    assert f"{TOO_FEW}." in seen


def test_at_the_turn_of_the_month_one_view_changes_no_face(
    council: Database, client: TestClient, open_as: OpenAs
):
    turned(council, 1)
    before = faces_in_the_sheet_of("board.member", client)
    for place, person in enumerate(("ash", "young.person", "noor", "luca")):
        speak(council, person, "One pocket money rate for each age", Face.FROWN)
        assert turned(council, place + 2) == 1
        number, _ = the_action(council, "One pocket money rate for each age")
        seen = words(open_as("board.member", ACTIONS, action=str(number)))
        assert "Good Young people on this action" in seen
    assert faces_in_the_sheet_of("board.member", client) == before


def faces_in_the_sheet_of(username: str, client: TestClient) -> list[tuple[str, ...]]:
    sheet = client.get("/export/actions.csv", headers={SESSION: session_of(username)}).text
    rows = csv.DictReader(io.StringIO(sheet.lstrip("\ufeff"), newline=""))
    return [(row["Action"], row["Young people say"], row["Who says so"]) for row in rows]


def test_the_demo_shows_faces_of_each_width_and_too_few(council: Database, open_as: OpenAs):
    def seen(title: str) -> str:
        return words(open_as("board.member", ACTIONS, action=str(the_action(council, title)[0])))

    own = seen(CASES)
    assert "Not good Young people on this action, at the end of" in own
    assert "2 steps apart: staff rate it better" in own
    assert "Young people on this commitment, at the end of" in seen(
        "A council letter that works as a guarantor"
    )
    assert "Young people on this theme, at the end of" in seen(
        "A guaranteed interview for any council job"
    )
    assert f"{TOO_FEW}." in seen(GRID)


def test_a_sheet_says_who_says_so(council: Database, client: TestClient):
    assert council
    shown = faces_in_the_sheet_of("chair", client)

    said = {who for _, _, who in shown}
    assert said == {
        "Young people on this action", "Young people on this commitment",
        "Young people on this theme", TOO_FEW,
    }  # fmt: skip
    assert all(bool(face) == (who != TOO_FEW) for _, face, who in shown)


@pytest.mark.parametrize("username", [name for name in SMALL if name != "administrator"])
def test_in_a_small_council_too_few_have_said_on_every_page_that_has_a_place_for_a_face(
    small_council: Database, open_as: OpenAs, username: str
):
    run_jobs(small_council, now=True)

    plan = words(open_as(username, ACTIONS))
    assert f"Young people {TOO_FEW} " in plan
    with Session(small_council.engine) as db:
        live = Action.stage.not_in(NOT_LIVE)
        numbers = db.execute(sa.select(Action.id, Action.commitment_id).where(live)).all()
    assert numbers
    for action, commitment in numbers:
        for asked in ({"action": action}, {"commitment": commitment}):
            seen = words(open_as(username, ACTIONS, **{k: str(v) for k, v in asked.items()}))
            assert f"Young people say {TOO_FEW}." in seen
            assert "Young people on this" not in seen
            assert "rate this better" not in seen


@pytest.mark.parametrize("username", ["youth.voice", "board.member", "young.person"])
def test_released_words_are_counted_as_entries(
    council: Database,  # noqa: ARG001 - the demo council it reads
    open_as: OpenAs,
    username: str,
):
    seen = words(open_as(username, "voice/report_cards.py"))

    assert " entries " in seen
    assert not any(f" {number} young people" in seen for number in range(1, 20))
