"""Each list is downloaded as it is shown: the link beside it carries every filter of its page."""

import ast
import csv
import html
import io
import re
from urllib.parse import parse_qsl, urlsplit

import pytest
import sqlalchemy as sa
from starlette.applications import Starlette
from starlette.testclient import TestClient

from coprod_data.models import Action, Person, PromiseCommitment
from coprod_data.queries.actions_listed import actions_counted
from coprod_data.queries.outcomes_listed import outcomes_counted
from coprod_data.store.actors import BySession, System
from coprod_data.store.database import Database
from coprod_data.vocabulary.actions import Listed
from coprod_data.vocabulary.outcomes import OutcomeProgress
from pages.public.exports import ROUTES, SESSION
from tests.helpers.opening import OpenAs, drawn, session_of
from tests.helpers.source import ROOT

pytestmark = pytest.mark.usefixtures("council")

PLAN, TOGETHER = "promise/actions.py", "together/opportunities.py"
A_LINK = re.compile(r'/export/[^"\s]+')


def link_on(open_as: OpenAs, username: str, page: str, **query: str) -> str:
    """The address of the sheet that a page offers, or nothing."""
    found = A_LINK.findall(html.unescape(drawn(open_as(username, page, **query))))
    return found[0] if found else ""


def sheet(username: str, address: str) -> list[dict[str, str]]:
    answer = TestClient(Starlette(routes=ROUTES)).get(
        address, headers={SESSION: session_of(username)}
    )
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"), newline="")))


@pytest.fixture
def owned(council: Database) -> dict[str, int]:
    """Somebody who owns an action, and its service."""
    with council.reading(System()) as (db, _):
        row = db.execute(
            sa.select(Action.owner_id, Action.service_id)
            .join(Person, Person.id == Action.owner_id)
            .where(Person.username == "manager", Action.service_id.is_not(None))
            .order_by(Action.id)
        ).first()
    assert row
    return {"owner": row.owner_id, "service": row.service_id}


@pytest.mark.parametrize(
    ("which", "whose"),
    [
        *((which, ()) for which in Listed),
        (Listed.ALL, ("owner",)),
        (Listed.ALL, ("service",)),
        (Listed.LATE, ("owner", "service")),
    ],
)
def test_a_list_of_actions_is_downloaded_with_the_rows_that_it_counts(
    council: Database, open_as: OpenAs, owned: dict[str, int],
    which: Listed, whose: tuple[str, ...],
):  # fmt: skip
    chosen = {name: owned[name] for name in whose}
    with council.reading(BySession(session_of("manager"))) as (db, actor):
        counted = actions_counted(
            db, actor, owner_id=chosen.get("owner"), service_id=chosen.get("service")
        )[which]
    named = {name: str(number) for name, number in chosen.items()}
    link = link_on(open_as, "manager", PLAN, list=which, **named)

    assert bool(link) == bool(counted)
    if link:
        assert len(sheet("manager", link)) == counted


def test_the_plan_of_one_owner_is_downloaded_with_only_their_actions(
    open_as: OpenAs, owned: dict[str, int], council: Database
):
    link = link_on(open_as, "chair", PLAN, owner=str(owned["owner"]))
    with council.reading(System()) as (db, _):
        name = db.get_one(Person, owned["owner"]).name

    rows = sheet("chair", link)
    assert {row["Owner"] for row in rows} == {name}
    assert 0 < len(rows) < len(sheet("chair", "/export/actions.csv"))


def test_the_plan_is_downloaded_with_the_commitments_that_are_shown(
    open_as: OpenAs, council: Database
):
    shown = drawn(open_as("chair", PLAN, only="late"))
    link = html.unescape(A_LINK.findall(shown)[0])
    with council.reading(System()) as (db, _):
        ids = {int(one) for one in re.findall(r"open=(\d+)", shown)}
        on_screen = {db.get_one(PromiseCommitment, one).reference for one in ids}

    mine = sheet("manager", link_on(open_as, "manager", PLAN, only="mine"))
    assert {row["Owner"] for row in mine} == {"Priya Nair"}
    listed = sheet("manager", link_on(open_as, "manager", PLAN, list="mine"))
    assert {row["Action"] for row in mine} == {row["Action"] for row in listed}
    references = {row["Commitment no."] for row in sheet("chair", link)}
    assert references
    assert references <= on_screen
    assert references < {row["Commitment no."] for row in sheet("chair", "/export/actions.csv")}


@pytest.mark.parametrize(
    ("group", "state"),
    [
        ("together", OutcomeProgress.CO_SIGNED),
        ("signature", OutcomeProgress.STAFF_SAY_DONE),
        ("sent_back", OutcomeProgress.DISPUTED),
    ],
)
def test_a_list_of_outcomes_is_downloaded_as_outcomes(
    council: Database, open_as: OpenAs, group: str, state: OutcomeProgress
):
    with council.reading(BySession(session_of("chair"))) as (db, actor):
        counted = outcomes_counted(db, actor)[state]
    link = link_on(open_as, "chair", TOGETHER, show=group)

    assert bool(link) == bool(counted)
    if link:
        rows = sheet("chair", link)
        assert len(rows) == counted
        assert {row["State"] for row in rows} == {state.words}


FILTERED = {  # every list with a sheet: what its page reads from the address, each with a choice
    "promise/actions_plan.py": {"theme": "{theme}", "service": "{service}", "owner": "{owner}",
                                "state": "moving", "only": "late"},
    "promise/actions_list.py": {"list": "all", "service": "{service}", "owner": "{owner}"},
    "promise/wordings.py": {"version": "1"},
    "together/opportunities_shown.py": {"theme": "{theme}", "show": "together"},
    "voice/report_cards.py": {"theme": "{theme}", "state": "gathering", "show": "new"},
    "listening/audits.py": {"round": "1"},
    "listening/heard.py": {},
    "listening/surveys.py": {"round": "1"},
    "listening/measures.py": {},
    "listening/priorities.py": {"round": "1"},
    "listening/training.py": {},
    "listening/training_course.py": {},
    "office/history.py": {"visits": "1"},
    "board/meetings_list.py": {"show": "cancelled"},
    "board/meetings_decisions.py": {},
    "board/papers_list.py": {},
    "board/posts.py": {},
    "office/groups.py": {},
    "office/venues.py": {},
    "together/policies.py": {},
    "together/policies_asking.py": {},
    "together/projects.py": {"service": "{service}", "state": "started"},
    "together/recruitment.py": {"service": "{service}", "key": "yes"},
    "together/library.py": {"kind": "toolkit", "state": "published"},
    "voice/page_feedback.py": {},
    "together/sessions_list.py": {"theme": "{theme}", "show": "closed"},
}  # fmt: skip
NO_FILTERS = {"page", "before", "open", "id", "return", "standard"}  # which rows of them, and one
AS = {"opportunities_shown.py": {"show": "state"}}  # the sheet says the states of that list


ANSWERED = {  # where the first words of a page read its address
    "promise/actions_plan.py": ("promise/actions_answer.py",),
    "listening/audits.py": ("listening/audits_answer.py",),
    "listening/surveys.py": ("listening/surveys_answer.py",),
    "voice/report_cards.py": ("voice/report_cards_answer.py",),
    "together/opportunities_shown.py": ("together/opportunities_answer.py",),
}
WITHOUT_A_SHEET = {  # a list beside the page's own
    "listening/audits.py": {"show"},  # the rows that a number counts
    "office/history.py": {"show"},  # openings of words
    "together/policies.py": {"part"},  # which part of one is shown
    "together/policies_asking.py": {"activity"},  # the one that is changed
    "promise/wordings.py": {"show", "line", "theme"},  # what changes in a draft, and one line of it
}


def read_from_the_address(page: str) -> set[str]:
    """The names that a page takes from the address, by the calls in its file."""
    files = (page, *ANSWERED.get(page, ()))
    trees = [ast.parse((ROOT / "pages" / file).read_text("utf-8")) for file in files]
    found = set()
    for call in (one for tree in trees for one in ast.walk(tree) if isinstance(one, ast.Call)):
        name = ast.unparse(call.func)
        if name in ("theme_in_address", "theme_named"):
            found.add("theme")
        elif name == "number_in" and isinstance(call.args[1], ast.Constant):
            found.add(str(call.args[1].value))
        elif name in (
            "st.query_params.get",
            "named.get",
            "number_in_address",
            "choose",
            "one_of",
        ) and (isinstance(call.args[0], ast.Constant)):
            found.add(str(call.args[0].value))
    return found - NO_FILTERS - WITHOUT_A_SHEET.get(page, set())


def test_every_filter_of_a_list_is_in_the_address_of_its_sheet(
    open_as: OpenAs, council: Database, owned: dict[str, int]
):
    with_sheets = {
        str(path.relative_to(ROOT / "pages"))
        for path in (ROOT / "pages").rglob("*.py")
        if re.search(
            r"\bdownload\(\n? *\"|\bsheet_of\(\n? *actor, \"|sheet=\"", path.read_text("utf-8")
        )
    }
    assert with_sheets == {*FILTERED, "board/search.py"}  # a search is sent in a form
    with council.reading(System()) as (db, _):
        theme = db.scalar(
            sa.select(PromiseCommitment.theme_id)
            .join(Action, Action.commitment_id == PromiseCommitment.id)
            .where(Action.owner_id == owned["owner"])
        )
    known = {"theme": theme, **owned}
    for page, filters in FILTERED.items():
        assert read_from_the_address(page) == set(filters), page
        for name, value in filters.items():
            chosen = value.format(**known)
            username = "administrator" if page.startswith("office") else "chair"
            opened = re.sub(r"_(plan|list|shown)\.py$", ".py", page)
            also = {"list": "all"} if page.endswith("actions_list.py") else {}
            link = link_on(open_as, username, opened, **{**also, name: chosen})
            names = dict(parse_qsl(urlsplit(link).query))
            assert AS.get(page.rpartition("/")[2], {}).get(name, name) in names, (page, name, link)


def test_those_signed_by_card_code_only_are_downloaded_by_themselves(open_as: OpenAs):
    link = link_on(open_as, "chair", TOGETHER, show="code")

    rows = sheet("chair", link)
    assert rows
    assert {row["Young person's signature"] for row in rows} == {"by card code only"}


def test_what_is_for_me_is_a_sheet_and_who_was_asked_is_none(open_as: OpenAs):
    shown = drawn(open_as("board.member", TOGETHER, show="mine"))
    rows = sheet("board.member", html.unescape(A_LINK.findall(shown)[0]))
    assert rows
    assert all(row["Opportunity"] in html.unescape(shown) for row in rows)
    assert link_on(open_as, "chair", TOGETHER, show="asked") == ""


def test_cards_and_history_are_downloaded_as_they_are_filtered(open_as: OpenAs):
    cards = link_on(open_as, "chair", "voice/report_cards.py", show="new")
    assert "show=new" in cards
    assert len(sheet("chair", cards)) < len(sheet("chair", "/export/report_cards.csv"))

    visits = link_on(open_as, "administrator", "office/history.py", visits="1")
    assert any(row["What they did"] == "signed in" for row in sheet("administrator", visits))
    without = link_on(open_as, "administrator", "office/history.py")
    assert not any(row["What they did"] == "signed in" for row in sheet("administrator", without))
