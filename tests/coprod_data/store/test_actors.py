"""A session, a code or the public becomes an actor inside the transaction, from current data."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.models import AuthSession, Person, RoleGrant, Setting
from coprod_data.permissions import Actor, ActorKind, NotAllowed, NotFound, Role
from coprod_data.store.actors import (
    ABSOLUTE_LIMIT,
    ByCode,
    BySession,
    Played,
    Public,
    SignedOut,
    System,
    Who,
)
from coprod_data.store.card_codes import code_digest, spell_code
from coprod_data.store.database import Database
from coprod_data.vocabulary.settings import SettingKey
from tests.helpers.builders import (
    NOW,
    a_person,
    a_promise,
    a_report_card,
    add,
    an_entry,
    unrecorded,
)

SESSION = BySession("public-id")


@pytest.fixture
def at_ten(database: Database) -> Database:
    database.clock = lambda: NOW
    return database


def signed_in(db: Session, *roles: Role, **session: object) -> Person:
    person = a_person(db, *roles, username="jo.smith")
    said = {"public_id": "public-id", "token_hash": "x", "began_at": NOW, "seen_at": NOW}
    add(db, AuthSession(person_id=person.id, **{**said, **session}))
    return person


def actor(database: Database, who: Who) -> Actor:
    with database.reading(who) as (_, actor):
        return actor


def test_a_session_is_its_person_with_the_roles_of_now(at_ten: Database):
    with at_ten.writing(System()) as (db, _):
        person = signed_in(db, Role.CHAIR, Role.BOARD_MEMBER)

    came = actor(at_ten, SESSION)

    assert (came.kind, came.person_id, came.at) == (ActorKind.PERSON, person.id, NOW)
    assert came.roles == {Role.CHAIR, Role.BOARD_MEMBER}
    assert came.session_id == "public-id"


@pytest.mark.parametrize("ended", ["given_at", "confirmed_at", "ended_at"])
def test_a_role_counts_only_while_confirmed_and_not_ended(at_ten: Database, ended: str):
    fields = {"given_at": NOW, "confirmed_at": None if ended == "given_at" else NOW}
    if ended == "ended_at":
        fields["ended_at"] = NOW
    with at_ten.writing(System()) as (db, _):
        person = signed_in(db)
        add(db, RoleGrant(person_id=person.id, role=Role.SAFEGUARDING, **fields))

    came = actor(at_ten, SESSION)

    assert came.roles == ({Role.SAFEGUARDING} if ended == "confirmed_at" else frozenset())


@pytest.mark.parametrize(
    "session", [{"ended_at": NOW}, {"began_at": NOW - ABSOLUTE_LIMIT}, {"public_id": "another"}]
)
def test_an_ended_an_old_and_an_unknown_session_are_nobody(
    at_ten: Database, session: dict[str, object]
):
    with at_ten.writing(System()) as (db, _):
        signed_in(db, Role.CHAIR, **session)

    with pytest.raises(SignedOut, match="Sign in"):
        actor(at_ten, SESSION)


def test_a_disabled_person_is_nobody_from_that_moment(at_ten: Database):
    with at_ten.writing(System()) as (db, _):
        person = signed_in(db, Role.CHAIR)
        assert actor(at_ten, Public()).kind is ActorKind.PUBLIC
        with unrecorded(db):
            person.disabled_at = NOW

    with pytest.raises(SignedOut):
        actor(at_ten, SESSION)


def test_a_card_code_is_its_entry_and_nothing_else(at_ten: Database):
    key = at_ten.keys.newest
    code = spell_code("form-1", key)
    with at_ten.writing(System()) as (db, _):
        card = a_report_card(db, a_promise(db)[0])
        entry = an_entry(db, card, code_hash=code_digest(code, key), code_key=key.number)
        an_entry(db, card)

    came = actor(at_ten, ByCode(f"  {code.upper()} "))

    assert (came.kind, came.entry_id, came.roles) == (ActorKind.CARD_CODE, entry.id, frozenset())
    assert came.person_id is None


@pytest.mark.parametrize("typed", ["", "apple bridge cloud door", "' OR 1=1 --"])
def test_a_wrong_code_is_refused_in_words(at_ten: Database, typed: str):
    with pytest.raises(NotFound, match="Check each word"):
        actor(at_ten, ByCode(typed))


def test_the_public_and_the_system_are_told_apart_and_hold_no_role(at_ten: Database):
    public, system = actor(at_ten, Public()), actor(at_ten, System())

    assert (public.kind, system.kind) == (ActorKind.PUBLIC, ActorKind.SYSTEM)
    assert public.roles == system.roles == frozenset()
    for nobody in (public, system):
        with pytest.raises(NotAllowed):
            _ = nobody.id


def test_a_command_line_acts_as_the_person_it_names(at_ten: Database):
    with at_ten.writing(System()) as (db, _):
        person = a_person(db, Role.ADMINISTRATOR, username="ad.min")

    assert actor(at_ten, System("ad.min")).id == person.id
    with pytest.raises(NotFound, match=r"no\.body"):
        actor(at_ten, System("no.body"))


@pytest.mark.parametrize("mode", [None, "live"])
def test_days_are_played_in_a_demo_database_alone(at_ten: Database, mode: str | None):
    with at_ten.writing(System()) as (db, _):
        a_person(db, username="jo.smith")
        if mode:
            add(db, Setting(key=SettingKey.MODE, value=mode, changed_at=NOW))

    for username in ("jo.smith", None):
        with pytest.raises(NotAllowed, match="demo database"):
            actor(at_ten, Played(username, NOW))


def test_a_played_person_acts_on_their_day_and_is_recorded_today(at_ten: Database):
    day = NOW - timedelta(days=300)
    with at_ten.writing(System()) as (db, _):
        person = a_person(db, Role.MANAGER, username="jo.smith")
        add(db, Setting(key=SettingKey.MODE, value="demo", changed_at=NOW))

    played, public = actor(at_ten, Played("jo.smith", day)), actor(at_ten, Played(None, day))

    assert (played.id, played.at, played.recorded_at) == (person.id, day, NOW)
    assert played.roles == {Role.MANAGER}
    assert (public.kind, public.at, public.recorded_at) == (ActorKind.PUBLIC, day, NOW)
