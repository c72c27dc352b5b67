"""The history in sentences: who did what, and never which account stands behind an entry."""

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.auth_sessions import sign_out
from coprod_data.commands.entries import change_consent, hold_card, send_entry, withdraw_entry
from coprod_data.commands.people import add_person
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.queries.events import history
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from tests.helpers.builders import a_promise, somebody, the_duty, the_public
from tests.helpers.signing_in import HASH, enter


@pytest.fixture
def worker(db: Session) -> Actor:
    return somebody(db, Role.YOUTH_VOICE, name="Amara Oduya")


def a_code(db: Session) -> str:
    the_duty(db)
    a_promise(db)
    return send_entry(
        db, the_public(), form_id="form-of-the-history", theme_id=None, thinks="Zanzibar",
        wants="", feeling=None, uses=frozenset(),
    ).code  # fmt: skip


def test_what_a_young_person_does_with_their_card_names_no_account(db: Session, worker: Actor):
    jay = somebody(db, Role.YOUNG_PERSON, name="Jay")
    entry_id = hold_card(db, jay, a_code(db))
    change_consent(db, jay, entry_id, uses=frozenset({"board"}))
    withdraw_entry(db, jay, entry_id)

    told = history(db, worker)

    assert [(row.who, row.did) for row in told[:3]] == [
        ("A young person", "took an entry back"),
        ("A young person", "changed who may read an entry"),
        ("A young person", "added an entry to their own cards"),
    ]
    assert "Jay" not in repr(told)
    assert "Zanzibar" not in repr(told)


def test_a_worker_who_acts_for_somebody_is_named(db: Session, worker: Actor):
    code = a_code(db)
    entry_id = hold_card(db, somebody(db, Role.YOUNG_PERSON), code)

    withdraw_entry(db, worker, entry_id)

    assert history(db, worker)[0].who == "Amara Oduya"


def test_visits_name_staff_and_no_young_person(database: Database, db: Session, worker: Actor):
    somebody(db, Role.MANAGER, username="priya", name="Priya Nair", password_hash=HASH)
    somebody(db, Role.YOUNG_PERSON, username="jay", name="Jay", password_hash=HASH)
    db.commit()
    for username in ("priya", "jay"):
        session = enter(database, username)
        with database.writing(System()) as (other, system):
            sign_out(other, system, session.public_id)

    told = [(row.who, row.did) for row in history(db, worker)[:4]]

    assert told == [
        ("Somebody", "signed out"), ("Somebody", "signed in"),
        ("Priya Nair", "signed out"), ("Priya Nair", "signed in"),
    ]  # fmt: skip


def test_an_administrator_sees_nothing_of_entries(db: Session):
    a_code(db)
    administrator = somebody(db, Role.ADMINISTRATOR)
    add_person(db, administrator, username="kit", name="Kit", roles=frozenset())

    assert {row.did for row in history(db, administrator)} == {"added an account"}


def test_what_an_event_is_about_is_told_in_plain_words(db: Session, worker: Actor):
    hold_card(db, somebody(db, Role.YOUNG_PERSON), a_code(db))

    [about] = [
        row.about for row in history(db, worker) if row.did == "added an entry to their own cards"
    ]

    assert about.startswith("entry ")


@pytest.mark.parametrize("role", [Role.MANAGER, Role.BOARD_MEMBER, Role.CHAIR, Role.YOUNG_PERSON])
def test_nobody_else_reads_the_history(db: Session, role: Role):
    with pytest.raises(NotAllowed):
        history(db, somebody(db, role))
