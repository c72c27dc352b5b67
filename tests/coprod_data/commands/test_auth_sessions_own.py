"""One's own sessions and password, and the password again before what is sensitive."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.absences import add_absence
from coprod_data.commands.auth_sessions import SignedIn
from coprod_data.commands.auth_sessions_own import (
    change_own_password,
    end_other_sessions,
    end_own_session,
    prove_oneself,
)
from coprod_data.commands.entries_care import let_go
from coprod_data.commands.people import add_person, change_roles, disable_person, make_reset_link
from coprod_data.commands.people_details import change_person, change_work_email
from coprod_data.commands.settings import change_notice_host, change_setting
from coprod_data.commands.trail import forget_trail, note_export
from coprod_data.models import Person, Trail
from coprod_data.permissions import (
    Actor,
    Invalid,
    NotAllowed,
    NotFound,
    PasswordAgain,
    Permission,
    Role,
)
from coprod_data.queries.auth_sessions_own import own_sessions, own_sign_ins
from coprod_data.queries.trail import trail
from coprod_data.store.actors import BySession, System
from coprod_data.store.database import Database
from coprod_data.vocabulary.settings import SettingKey
from coprod_data.vocabulary.trail import TrailKind
from tests.helpers.builders import a_person, acting
from tests.helpers.signing_in import HASH, a_council, begin, enter, is_live, later


@pytest.fixture
def council(database: Database) -> Database:
    return a_council(database)


def typed(council: Database, session: SignedIn, *, fits: bool = True, new: str = "") -> None:
    counted = begin(council, "ada")
    checked = counted.password_hash if fits else None
    with council.writing(BySession(session.public_id)) as (db, actor):
        number = counted.attempt_id or 0
        if new:
            change_own_password(db, actor, number, checked=checked, password_hash=new)
        else:
            prove_oneself(db, actor, number, checked=checked)


def test_what_is_sensitive_asks_for_the_password_again_after_ten_minutes(council: Database):
    session = enter(council, "ada")

    def add(username: str) -> None:
        with council.writing(BySession(session.public_id)) as (db, actor):
            person_id = add_person(db, actor, username=username, name=username)
            change_roles(db, actor, person_id, roles=frozenset({Role.MANAGER}))
            make_reset_link(db, actor, person_id)

    later(council, minutes=9)
    add("one")
    later(council, minutes=2)
    with pytest.raises(PasswordAgain):
        add("two")
    with pytest.raises(Invalid):
        typed(council, session, fits=False)
    with pytest.raises(PasswordAgain):
        add("two")
    with council.writing(System()) as (db, _):
        other = a_person(db, Role.SAFEGUARDING, name="Grace").id
    day = council.clock().date()
    acts: list[Callable[[Session, Actor], object]] = [
        lambda db, actor: change_person(db, actor, other, name="Ada", job=""),
        lambda db, actor: change_work_email(db, actor, other, "ada@council.gov.uk"),
        lambda db, actor: add_absence(db, actor, person_id=other, from_day=day, to_day=day),
        lambda db, actor: disable_person(db, actor, other),
        lambda db, actor: change_setting(db, actor, SettingKey.ENDED_MONTHS, 9),
        lambda db, actor: change_notice_host(db, actor, None),
    ]
    with pytest.raises(PasswordAgain), council.reading(System()) as (db, _):
        let_go(db, replace(acting(db.get_one(Person, other), Role.SAFEGUARDING), session_id="s"), 1)
    for act in acts:
        with (
            pytest.raises(PasswordAgain),
            council.writing(BySession(session.public_id)) as (db, actor),
        ):
            act(db, actor)
    typed(council, session)
    add("two")
    for act in acts:
        with council.writing(BySession(session.public_id)) as (db, actor):
            act(db, actor)


def test_another_password_ends_every_other_session(council: Database):
    session, other = enter(council, "ada"), enter(council, "ada")
    with pytest.raises(Invalid):
        typed(council, session, fits=False, new="new")
    assert is_live(council, other)

    typed(council, session, new="new")

    assert (is_live(council, session), is_live(council, other)) == (True, False)
    with council.reading(System()) as (db, _):
        kept = db.scalar(sa.select(Person.password_hash).where(Person.username == "ada"))
    assert kept == "new"


def test_people_see_and_end_their_own_sessions_and_nobody_elses(council: Database):
    session, other, jos = enter(council, "ada"), enter(council, "ada"), enter(council, "jo")
    with council.reading(BySession(jos.public_id)) as (db, actor):
        [not_hers] = own_sessions(db, actor)
    with council.writing(BySession(session.public_id)) as (db, actor):
        rows = own_sessions(db, actor)
        assert [row.this for row in rows] == [False, True]
        assert len(own_sign_ins(db, actor)) == 2
        with pytest.raises(NotFound):
            end_own_session(db, actor, not_hers.id)
        end_own_session(db, actor, rows[0].id)
    assert (is_live(council, other), is_live(council, jos)) == (False, True)
    third = enter(council, "ada")
    with council.writing(BySession(session.public_id)) as (db, actor):
        end_other_sessions(db, actor)
    assert (is_live(council, third), is_live(council, session)) == (False, True)


def test_the_trail_tells_of_exports_and_refused_rights_and_is_kept_for_a_year(
    council: Database, monkeypatch: pytest.MonkeyPatch
):
    session = enter(council, "jo")
    with council.writing(BySession(session.public_id)) as (db, actor):
        note_export(db, actor, "actions")
    for opening in (council.reading, council.writing):
        who = BySession(session.public_id)
        with pytest.raises(NotAllowed), opening(who) as (_, actor):
            actor.must(Permission.PEOPLE_MANAGE)

    with council.reading(System()) as (db, _):
        rows = [(row.kind, row.about) for row in db.scalars(sa.select(Trail).order_by(Trail.id))]
    refused = (TrailKind.RIGHT_REFUSED, "people:manage")
    assert rows[1:] == [(TrailKind.EXPORTED, "actions"), refused, refused]
    boss = enter(council, "ada")
    with council.reading(BySession(boss.public_id)) as (db, actor):
        told = [(row.kind, row.about) for row in trail(db, actor).rows]
    assert told[1:3] == [refused, refused]
    with pytest.raises(NotAllowed), council.writing(BySession(boss.public_id)) as (db, actor):
        change_roles(db, actor, actor.id, roles=frozenset(Role))
    with council.reading(BySession(boss.public_id)) as (db, actor):
        own = trail(db, actor).rows[0]
    assert (own.who, own.kind, own.about) == (actor.name, *refused)
    monkeypatch.setattr("coprod_data.queries.trail.SHOWN", 2)
    with council.reading(BySession(boss.public_id)) as (db, actor):
        pages = [trail(db, actor, kind=refused[0], page=page) for page in (1, 2, 3)]
        [export] = trail(db, actor, kind=TrailKind.EXPORTED).rows
    assert [(len(page.rows), page.more) for page in pages] == [(2, True), (1, False), (0, False)]
    assert export.about == "actions"  # no number of sign-ins hides it
    later(council, days=366)
    with council.writing(System()) as (db, system):
        forget_trail(db, system)
        assert db.scalars(sa.select(Trail)).all() == []


def test_the_actor_of_a_session_knows_when_its_password_was_typed(council: Database):
    session = enter(council, "ada")
    with council.reading(BySession(session.public_id)) as (_, actor):
        assert actor.proved_at == actor.at
    assert HASH
