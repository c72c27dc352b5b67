"""How a session ends, and that nothing of it remains."""

import pytest
import sqlalchemy as sa

from coprod_data.commands.auth_sessions import (
    end_sessions,
    forget_ended_sessions,
    sign_out,
    touch_sessions,
)
from coprod_data.commands.people import disable_person, make_reset_link, set_password_by_link
from coprod_data.commands.people_steps import end_role
from coprod_data.models import AuthSession, Event, Person, Trail
from coprod_data.permissions import NotAllowed, Role
from coprod_data.queries.auth_sessions import live_sessions, session_of_token
from coprod_data.store.actors import BySession, Public, SignedOut, System
from coprod_data.store.database import Database
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.trail import TrailKind
from tests.helpers.signing_in import (
    a_council,
    as_person,
    begin,
    enter,
    fail,
    finish,
    is_live,
    later,
)


@pytest.fixture
def council(database: Database) -> Database:
    return a_council(database)


def test_signing_in_and_out_are_told_in_the_log(council: Database):
    fail(council)
    session = enter(council)
    with council.writing(System()) as (db, system):
        sign_out(db, system, session.public_id)

    with council.reading(System()) as (db, _):
        kinds = list(db.scalars(sa.select(Event.kind).order_by(Event.id)))
        trail = list(db.scalars(sa.select(Trail.kind).order_by(Trail.id)))
    assert kinds == [EventKind.SIGNED_IN, EventKind.SIGNED_OUT]
    assert trail == [TrailKind.SIGN_IN_REFUSED, TrailKind.SIGNED_IN]


@pytest.mark.parametrize("end", [sign_out, lambda db, actor, one: end_sessions(db, actor, [one])])
def test_an_ended_session_is_no_more(council: Database, end):
    session, other = enter(council), enter(council)
    with council.writing(System()) as (db, system):
        end(db, system, session.public_id)

    assert not is_live(council, session)
    assert is_live(council, other)
    with pytest.raises(SignedOut), as_person(council, session):
        pass


def test_ending_twice_is_told_once(council: Database):
    session = enter(council)
    for _ in range(2):
        with council.writing(System()) as (db, system):
            sign_out(db, system, session.public_id)

    with council.reading(System()) as (db, _):
        counted = sa.select(sa.func.count()).where(Event.kind == EventKind.SIGNED_OUT)
        assert db.scalar(counted) == 1


@pytest.mark.parametrize("what", ["disabled", "role ended", "reset link", "new password"])
def test_what_changes_a_persons_rights_ends_their_sessions(council: Database, what: str):
    session, admin = enter(council), enter(council, "ada")
    with council.writing(BySession(admin.public_id)) as (db, actor):
        jo = db.scalars(sa.select(Person.id).where(Person.username == "jo")).one()
        match what:
            case "disabled":
                disable_person(db, actor, jo)
            case "role ended":
                end_role(db, actor, jo, Role.MANAGER)
            case _:
                link = make_reset_link(db, actor, jo)
    if what == "new password":
        again = begin(council)
        with council.writing(Public()) as (db, public):
            set_password_by_link(db, public, link, "another hash")
        assert finish(council, again) is None

    assert not is_live(council, session)
    assert is_live(council, admin)


@pytest.mark.parametrize(
    ("by", "live"),
    [
        ({"minutes": 30, "seconds": -1}, True),
        ({"minutes": 30, "seconds": 1}, False),
    ],
)
def test_a_session_is_idle_after_half_an_hour(council: Database, by: dict[str, float], live: bool):
    session = enter(council)
    later(council, **by)

    assert is_live(council, session) is live


def test_who_is_still_there_is_not_idle(council: Database):
    session = enter(council)
    for _ in range(3):
        later(council, minutes=29)
        with council.writing(System()) as (db, system):
            touch_sessions(db, system, {session.public_id: system.at})

    assert is_live(council, session)


def test_who_was_there_a_moment_ago_is_not_idle_though_it_is_not_yet_written(council: Database):
    session = enter(council)
    later(council, minutes=29)
    seen = {session.public_id: council.clock()}
    later(council, minutes=29)

    assert not is_live(council, session)
    assert is_live(council, session, seen=seen)
    later(council, minutes=1, seconds=1)
    assert not is_live(council, session, seen=seen)


def test_a_late_note_says_when_they_were_there(council: Database):
    session = enter(council)
    later(council, minutes=1)
    seen = {session.public_id: council.clock()}
    later(council, minutes=29)
    with council.writing(System()) as (db, system):
        touch_sessions(db, system, seen)

    assert is_live(council, session)
    later(council, minutes=1, seconds=1)
    assert not is_live(council, session)


@pytest.mark.parametrize(("seconds", "live"), [(-1, True), (1, False)])
def test_a_session_is_over_after_twelve_hours(council: Database, seconds: int, live: bool):
    session = enter(council)
    later(council, hours=12, seconds=seconds)
    with council.writing(System()) as (db, system):
        touch_sessions(db, system, {session.public_id: system.at})

    assert is_live(council, session) is live
    if live:
        with as_person(council, session):
            pass
    else:
        with pytest.raises(SignedOut), as_person(council, session):
            pass


def test_an_ended_session_is_not_woken_by_a_late_touch(council: Database):
    session = enter(council)
    with council.writing(System()) as (db, system):
        sign_out(db, system, session.public_id)
        touch_sessions(db, system, {session.public_id: system.at})

    assert not is_live(council, session)


def test_only_the_server_looks_sessions_up_and_ends_them(council: Database):
    session = enter(council, "ada")

    with council.writing(BySession(session.public_id)) as (db, actor):
        for asked in (
            lambda: session_of_token(db, actor, session.token),
            lambda: live_sessions(db, actor, [session.public_id]),
            lambda: sign_out(db, actor, session.public_id),
            lambda: end_sessions(db, actor, [session.public_id]),
            lambda: touch_sessions(db, actor, {session.public_id: actor.at}),
            lambda: forget_ended_sessions(db, actor),
        ):
            with pytest.raises(NotAllowed):
                asked()


def test_sessions_that_are_over_are_forgotten(council: Database):
    enter(council)
    later(council, days=60)
    stays = enter(council)
    with council.writing(System()) as (db, system):
        forget_ended_sessions(db, system)

    with council.reading(System()) as (db, _):
        assert list(db.scalars(sa.select(AuthSession.public_id))) == [stays.public_id]
