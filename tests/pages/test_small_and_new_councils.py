"""Every page as every role in a council with little and with nothing: nothing looks left over."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

from coprod_data.commands.settings import settle_mode
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.store.passwords import DUMMY_HASH
from coprod_data.store.schema import migrate
from coprod_data.vocabulary.settings import Mode
from pages.menu import menu_for
from tests.helpers.builders import a_person, a_promise, the_duty, the_system
from tests.helpers.databases import Databases
from tests.helpers.demo import DEMO, ONE_EACH, SMALL, as_the_council
from tests.helpers.opening import OpenAs, heading, words

# A count of zero next to nothing, and one thing in the plural.
LEFT_OVER = re.compile(
    r"\b0 of 0\b|\b0 (?:new|still|by|invitations|outcomes|entries|opportunities|young people)\b"
    r"|\b1 (?:of 1|report cards|opportunities|entries|actions|commitments|services|accounts)\b"
)
OVERVIEW = "board/overview.py"
CARDS = "voice/report_cards.py"
OPPORTUNITIES = "together/opportunities.py"
ACTIONS = "promise/actions.py"
AUDITS = "listening/audits.py"
CHECKING = "voice/checking.py"
SET_UP = "office/set_up.py"


Sentences = dict[tuple[str, str], tuple[str, ...]]

PEOPLE_ONLY: Sentences = {
    ("chair", OVERVIEW): (
        "What to do first", "Write down The Promise", "Name who is on duty",
        "Give the council’s name", "Go to Set-up",
    ),
    ("board.member", OVERVIEW): ("There is no Promise yet.", "Nothing is waiting."),
    ("young.person", "voice/my_cards.py"): ("add your card below", "Send a new card"),
    ("young.person", CARDS): ("when other young people have written", "Tell us what matters"),
    ("youth.voice", CARDS): ("No report cards yet", "Go to Checking"),
    ("manager", CARDS): ("that your actions and opportunities come from", "Go to Opport"),
    ("youth.voice", CHECKING): ("closed until somebody is on duty", "in Settings"),
    ("youth.voice", "voice/add_entry.py"): ("Nobody is on duty", "in Settings"),
    ("manager", OPPORTUNITIES): ("There is no Promise yet", "write it down in Set-up"),
    ("chair", OPPORTUNITIES): ("Write down its themes and commitments first", "Go to Set-up"),
    ("manager", ACTIONS): ("There is no Promise yet", "write it down in Set-up"),
    ("chair", ACTIONS): ("Write down its themes and commitments first", "Go to Set-up"),
    ("administrator", AUDITS): ("Open the first one below", "Name the services in Set-up"),
    ("manager", AUDITS): ("There has been no audit yet", "The administrator opens one a year"),
    ("youth.voice", "office/people.py"): ("Nobody is waiting for your answer",),
    ("administrator", SET_UP): ("Five steps, then young people can write to you.",),
}  # fmt: skip
BEGUN: Sentences = {
    ("chair", OVERVIEW): (
        "Name the services", "No opportunity is open", "Nothing is waiting.",
        "No report card brought to a", "Nothing done together yet",
    ),
    ("youth.voice", CHECKING): ("New entries appear here as soon as",),
    ("manager", OPPORTUNITIES): ("No opportunities yet", "Suggest an opportunity"),
    ("manager", ACTIONS): ("3 in all 3 not assessed",),
}  # fmt: skip
WITH_LITTLE: Sentences = {  # one thing is told as one, and the clocks that do not run share a row
    ("chair", OVERVIEW): (
        "None new in three months", "1 done together Nothing is waiting",
        "1 opportunity waiting for one of us For ",
        "The rest is done Every invitation is answered. What staff say is done is signed. "
        "No outcome was sent back. Each session says what we could do together. "
        "All session notes are written.",
    ),
    ("youth.voice", CARDS): ("No words to show here. No words released yet",),
    ("youth.voice", CHECKING): ("1 to read 1 over our target",),
    ("chair", ACTIONS): ("1 kept 1 stuck", "1 not met"),
    ("chair", AUDITS): (
        "Children's Services has sent its return.", "Where it is weak",
        "Young auditors have not looked yet.",
    ),
    ("chair", SET_UP): (
        "All five steps are done.", "Go to Report cards", "The Promise is in force.",
    ),
}  # fmt: skip


def fill_with_people(database: Database) -> None:
    """One person of each role, and nothing else."""
    migrate(database.engine)
    with Session(database.engine, info={"keys": database.keys}) as db:
        settle_mode(db, the_system(), Mode.DEMO)
        for username in ONE_EACH:
            a_person(db, *DEMO[username], username=username, password_hash=DUMMY_HASH)
        db.commit()


def fill_with_a_promise(database: Database) -> None:
    """The same with a Promise and somebody on duty: the first young person may write."""
    fill_with_people(database)
    with Session(database.engine, info={"keys": database.keys}) as db:
        the_duty(db)
        a_promise(db)
        db.commit()


@pytest.fixture
def people_only(engine: str, databases: Databases) -> Iterator[Database]:
    with as_the_council(databases(engine, "people_only", fill_with_people)) as database:
        yield database


@pytest.fixture
def begun(engine: str, databases: Databases) -> Iterator[Database]:
    with as_the_council(databases(engine, "begun", fill_with_a_promise)) as database:
        yield database


def left_over(at: AppTest) -> list[str]:
    """What looks left over: counts of zero, and headings with nothing below them."""
    shown = [element for element in at.main if element.type != "skeleton"]
    bare = [
        upper.value
        for upper, lower in pairwise([*shown, None])
        if upper is not None
        and upper.type == "header"
        and (lower is None or lower.type == "header")
    ]
    return LEFT_OVER.findall(words(at)) + bare


def look_at_each_page(
    open_as: OpenAs, username: str, roles: frozenset[Role], sentences: Sentences
) -> None:
    """Nothing looks left over on any page, and each holds its sentences."""
    first, *others = menu_for(roles)
    at = open_as(username, first.file)
    missing = {file: set(said) for (name, file), said in sentences.items() if name == username}
    for page in (first, *others):
        at = at if page == first else at.switch_page(page.file).run()
        assert not at.exception, page.file
        assert "We cannot" not in heading(at), page.file
        assert left_over(at) == [], page.file
        shown = words(at)
        missing[page.file] = {said for said in missing.get(page.file, ()) if said not in shown}
    assert {file: said for file, said in missing.items() if said} == {}


@pytest.mark.parametrize("username", SMALL)
@pytest.mark.usefixtures("small_council")
def test_nothing_looks_left_over_in_a_small_council_and_one_thing_is_told_as_one(
    open_as: OpenAs, username: str
):
    look_at_each_page(open_as, username, SMALL[username], WITH_LITTLE)


@pytest.mark.parametrize("username", ONE_EACH)
@pytest.mark.usefixtures("people_only")
def test_an_empty_page_says_what_to_do_next_in_a_council_with_people_only(
    open_as: OpenAs, username: str
):
    look_at_each_page(open_as, username, DEMO[username], PEOPLE_ONLY)


@pytest.mark.parametrize("username", ONE_EACH)
@pytest.mark.usefixtures("begun")
def test_a_page_says_what_to_do_next_before_the_first_entry(open_as: OpenAs, username: str):
    look_at_each_page(open_as, username, DEMO[username], BEGUN)


@pytest.mark.usefixtures("people_only")
def test_the_form_for_a_suggestion_waits_for_the_promise(open_as: OpenAs):
    at = open_as("chair", OPPORTUNITIES, new="1")

    assert "There is no Promise yet" in words(at)
    assert not at.radio


@pytest.mark.usefixtures("begun")
def test_the_form_for_an_action_waits_for_a_service(open_as: OpenAs):
    at = open_as("manager", ACTIONS, show="propose")

    assert "An action belongs to a service." in words(at)
    assert not at.radio
