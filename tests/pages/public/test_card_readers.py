"""Who reads a card, as it is true for that card, and what its author said of it."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from coprod_data.commands.entries_endings import close_entry, pass_to_worker
from coprod_data.models import EntryMeant, Person, RoleGrant
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from tests.helpers.builders import NOW, a_person, unrecorded
from tests.helpers.entries_read import open_its_wish
from tests.helpers.young import Author, code_on, readers, rows, send, words_of


def test_a_card_about_one_of_the_team_reads_as_every_card(author: Author):
    before = author.do().text
    with author.office() as (db, _):
        amara, _ben = (a_person(db, Role.YOUTH_VOICE, name=name) for name in ("Amara", "Ben"))
        with unrecorded(db):
            db.add(EntryMeant(entry_id=author.entry_id, person_id=amara.id))

    page = author.do().text

    assert readers(page) == readers(before)
    assert "If it may be about one of them, that person cannot see it." in words_of(page)
    assert "A person it is about cannot." in words_of(page)


def test_a_card_about_all_of_both_teams_says_nowhere_that_the_lead_reads_it(author: Author):
    with author.office() as (db, _), unrecorded(db):
        staff = sa.select(RoleGrant.person_id).where(
            RoleGrant.role.in_([Role.YOUTH_VOICE, Role.SAFEGUARDING])
        )
        named = set(db.scalars(staff))
        db.add_all(EntryMeant(entry_id=author.entry_id, person_id=one) for one in named)

    for page in (author.do().text, author.do(do="take_back_check").text):
        assert "The people you named" in words_of(page)
        assert not re.search("safety (lead|team)", words_of(page))


def test_a_card_about_all_of_the_team_is_for_the_lead(author: Author):
    with author.office() as (db, _), unrecorded(db):
        a_person(db, Role.YOUTH_VOICE)
        team = db.scalars(sa.select(RoleGrant.person_id).where(RoleGrant.role == Role.YOUTH_VOICE))
        db.add_all(EntryMeant(entry_id=author.entry_id, person_id=one) for one in set(team))

    page = author.do().text

    assert readers(page)["Our safety team"] == "Yes"
    assert "It may be about the team. So no one else here sees it." in words_of(page)
    assert "The Youth Voice Team" not in words_of(page)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "The Youth Voice Team will read your card by"),
        ({"about": "yes", "whom": "not_said"}, "Our safety team will read your card by"),
    ],
)
def test_the_last_page_says_who_reads_it(phone: TestClient, said: dict[str, str], told: str):
    sent = words_of(send(phone, thinks="She shouted.", **said).text)

    assert told in sent
    assert ("Our safety team will" in sent) is bool(said)


def test_the_last_page_says_that_the_person_named_does_not_see_it(
    open_council: Database, phone: TestClient
):
    lead = next(one for one in rows(open_council, Person) if one.name == "Robin Lead")
    told = "The people it is about will not see it, or how to reach you."

    assert told in words_of(send(phone, thinks="He shouted.", whom=str(lead.id)).text)
    assert told not in words_of(send(phone, thinks="My room is cold.").text)


def test_a_theme_that_nobody_picked_is_not_what_they_said(
    phone: TestClient, open_council: Database
):
    code = code_on(send(phone, thinks="My room is cold.").text)

    said = words_of(Author(phone, open_council, code, 1).do().text)

    assert said.index("My room is cold.") < said.index("We put it with: Something else")
    assert "You said Something else" not in said


@pytest.fixture
def all_named(open_council: Database) -> list[str]:
    """The ids of everybody of both teams, as the boxes of the form send them."""
    return [str(one.person_id) for one in rows(open_council, RoleGrant)]


def test_a_child_who_names_everybody_is_not_told_a_day(
    open_council: Database, phone: TestClient, all_named: list[str]
):
    sent = send(phone, thinks="They all shouted.", about="yes", whom=all_named).text
    author = Author(phone, open_council, code_on(sent), 1)
    card = author.do().text

    for page in (words_of(sent), words_of(card)):
        assert "The people you named will not see this. We must first ask someone else to" in page
        assert "If you are not safe, call now. Call Childline on 0800 1111" in page
        assert "The Youth Voice Team will read" not in page
        assert "safety team will read" not in page
        assert "by tomorrow" not in page
    assert readers(card)["Nobody yet"] == "Not yet"
    open_council.clock = lambda: NOW + timedelta(days=3)  # a Saturday
    assert "Nobody reads this before" not in words_of(author.do().text)


def test_somebody_left_reads_it_on_a_day(phone: TestClient, all_named: list[str]):
    sent = words_of(send(phone, thinks="They shouted.", about="yes", whom=all_named[:-1]).text)

    assert "so we cannot say the day" not in sent


def test_the_sent_page_and_the_card_say_the_same_of_who_reads_it(
    open_council: Database, phone: TestClient
):
    """Also when nobody was chosen, and the words name all of the team."""
    with Session(open_council.engine) as db:
        voice = a_person(db, Role.YOUTH_VOICE, name="Amara Okafor").id
        db.commit()
    for said in ({"thinks": "Amara Okafor shouts"}, {"thinks": "She shouts", "whom": str(voice)}):
        sent = send(phone, **said).text
        card = words_of(Author(phone, open_council, code_on(sent), 1).do().text)
        assert "Our safety team will read your card" in words_of(sent)
        assert "The people it is about will not see it" in words_of(sent)
        assert "Our safety team" in card
        assert "The Youth Voice Team will read" not in card + words_of(sent)


def test_the_form_has_both_for_who_reads_it(phone: TestClient):
    """Which of them is shown is tested in a browser."""
    page = phone.get("/share").text

    assert re.search(r'class="all-named">The people you named will not see this\.', page)
    assert re.search(r'class="team-reads">The Youth Voice Team will read this', page)
    assert re.search(r'class="lead-reads">Our safety team will read this', page)
    assert page.count(" data-reads") == 2


@pytest.mark.parametrize("ending", ["closed", "personal"])
def test_what_went_to_no_card_is_not_promised_to_the_board(author: Author, ending: str):
    author.do("consent", board="yes", public="yes")
    if ending == "personal":
        author.do("wish", reach="text", number="07700 900123")
    author.read_by_a_worker(
        lambda db, worker: (
            close_entry(db, worker, author.entry_id, text="We asked the school.")
            if ending == "closed"
            else (
                open_its_wish(db, worker, author.entry_id),
                pass_to_worker(db, worker, author.entry_id),
            )
        )
    )
    page = author.do().text

    assert readers(page) == {"The Youth Voice Team": "Yes", "The Board": "No", "Everyone": "No"}
    assert "A person looks at your words first" not in words_of(page)
