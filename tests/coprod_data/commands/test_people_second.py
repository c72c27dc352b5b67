"""Nobody fills a guarded team alone: not with an emptied one, nor with a second account."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.people import (
    add_person,
    confirm_role,
    disable_person,
)
from coprod_data.commands.people_steps import end_role, grant_role
from coprod_data.commands.settings import settle_mode
from coprod_data.models import Person, RoleGrant
from coprod_data.permissions import NotAllowed, Role
from coprod_data.queries.people import (
    grants_to_confirm,
)
from coprod_data.store.actors import Played, System
from coprod_data.store.database import Database
from coprod_data.vocabulary.settings import Mode
from tests.helpers.builders import unrecorded

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.fixture
def council(database: Database) -> Database:
    database.clock = lambda: NOW
    with database.writing(System()) as (db, actor):
        settle_mode(db, actor, Mode.DEMO)
        add_person(
            db, actor, username="ada.min", name="Ada Min", roles=frozenset({Role.ADMINISTRATOR})
        )
        add_person(
            db, actor, username="bo.min", name="Bo Min", roles=frozenset({Role.ADMINISTRATOR})
        )
    return database


def as_(username: str) -> Played:
    return Played(username, NOW)


def added(council: Database, username: str, *roles: Role) -> int:
    with council.writing(as_("ada.min")) as (db, actor):
        return add_person(
            db, actor, username=username, name=username.title(), roles=frozenset(roles)
        )


def roles_of(council: Database, username: str) -> frozenset[Role]:
    with council.reading(as_(username)) as (_, actor):
        return actor.roles


@pytest.mark.parametrize("role", [Role.YOUTH_VOICE, Role.SAFEGUARDING])
@pytest.mark.parametrize("emptied", ["ended", "closed", "one ended"])
def test_one_administrator_cannot_empty_a_team_and_fill_it_again(
    council: Database, role: Role, emptied: str
) -> None:
    usernames = ["one"] if emptied == "one ended" else ["one", "two"]
    ours = [added(council, username, role) for username in usernames]
    with council.writing(as_("ada.min")) as (db, actor):
        for who in ours:
            if emptied == "closed":
                disable_person(db, actor, who)
            else:
                end_role(db, actor, who, role)

    added(council, "mole", role)
    with council.writing(as_("ada.min")) as (db, actor):
        grant_role(db, actor, added_id(db, "bo.min"), role)

    assert role not in roles_of(council, "mole") | roles_of(council, "bo.min")


@pytest.mark.parametrize("role", [Role.YOUTH_VOICE, Role.SAFEGUARDING])
def test_a_team_with_nobody_left_is_filled_with_somebody_of_the_other(
    council: Database, role: Role
) -> None:
    other = Role.SAFEGUARDING if role is Role.YOUTH_VOICE else Role.YOUTH_VOICE
    added(council, "helper", other)
    first = added(council, "one", role)
    with council.writing(as_("ada.min")) as (db, actor):
        end_role(db, actor, first, role)
    added(council, "new", role)

    with council.writing(as_("helper")) as (db, actor):
        (waiting,) = grants_to_confirm(db, actor)
        confirm_role(db, actor, waiting.id)

    assert roles_of(council, "new") == {role}


@pytest.mark.parametrize(
    "names",
    [("Zoë Field", "zoe FIELD"), ("Cllr Dawn Pryce", "Dawn Pryce"), ("Pryce, Dawn", "Dawn  Pryce"),
     ("Dawn J Pryce", "Dawn Pryce (she/her)"), ("Ann O’Neill", "Ann Oneill")],
)  # fmt: skip
def test_two_accounts_of_one_name_are_one_person_however_it_is_written(
    council: Database, names: tuple[str, str]
) -> None:
    for username in ("one", "two", "three"):
        added(council, username, Role.YOUTH_VOICE)
    with council.writing(System()) as (db, _):
        for username, name in zip(("ada.min", "two"), names, strict=True):
            with unrecorded(db):
                db.get_one(Person, added_id(db, username)).name = name

    with council.reading(as_("two")) as (db, actor):
        assert grants_to_confirm(db, actor) == []
        three = db.scalars(sa.select(RoleGrant.id).where(RoleGrant.confirmed_at.is_(None))).one()
    with pytest.raises(NotAllowed), council.writing(as_("two")) as (db, actor):
        confirm_role(db, actor, three)


def added_id(db: Session, username: str) -> int:
    return db.scalars(sa.select(Person.id).where(Person.username == username)).one()
