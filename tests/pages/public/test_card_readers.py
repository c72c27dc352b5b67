"""Who reads a card, as it is true for that card, and what its author said of it."""

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from coprod_data.models import EntryMeant, Person, RoleGrant
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from tests.helpers.builders import a_person, unrecorded
from tests.helpers.young import Author, code_on, readers, rows, send, words_of


def test_a_card_about_one_of_the_team_says_that_they_cannot_see_it(author: Author):
    with author.office() as (db, _):
        amara, _ben = (a_person(db, Role.YOUTH_VOICE, name=name) for name in ("Amara", "Ben"))
        with unrecorded(db):
            db.add(EntryMeant(entry_id=author.entry_id, person_id=amara.id))

    page = author.do().text

    assert readers(page)["The Youth Voice Team"] == "Not all of them"
    assert "Anyone it may be about cannot see it." in words_of(page)


def test_a_card_about_all_of_the_team_is_for_the_lead(author: Author):
    with author.office() as (db, _), unrecorded(db):
        a_person(db, Role.YOUTH_VOICE)
        team = db.scalars(sa.select(RoleGrant.person_id).where(RoleGrant.role == Role.YOUTH_VOICE))
        db.add_all(EntryMeant(entry_id=author.entry_id, person_id=one) for one in set(team))

    page = author.do().text

    assert readers(page)["Our safety lead"] == "Yes"
    assert "It may be about the team. So the team does not see it." in words_of(page)
    assert "The Youth Voice Team" not in words_of(page)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "The Youth Voice Team will read your card by"),
        ({"about": "yes", "whom": "not_said"}, "Our safety lead will read your card by"),
    ],
)
def test_the_last_page_says_who_reads_it(phone: TestClient, said: dict[str, str], told: str):
    sent = words_of(send(phone, thinks="She shouted.", **said).text)

    assert told in sent
    assert ("Our safety lead will" in sent) is bool(said)


def test_the_last_page_says_that_the_person_named_does_not_see_it(
    open_council: Database, phone: TestClient
):
    lead = next(one for one in rows(open_council, Person) if one.name == "Robin Lead")
    told = "Anyone it is about will not see it, nor how to reach you."

    assert told in words_of(send(phone, thinks="He shouted.", whom=str(lead.id)).text)
    assert told not in words_of(send(phone, thinks="My room is cold.").text)


def test_a_theme_that_nobody_picked_is_not_what_they_said(
    phone: TestClient, open_council: Database
):
    code = code_on(send(phone, thinks="My room is cold.").text)

    said = words_of(Author(phone, open_council, code, 1).do().text)

    assert said.index("My room is cold.") < said.index("We put it with: Something else")
    assert "You said Something else" not in said
