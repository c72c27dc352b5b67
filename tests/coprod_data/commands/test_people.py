"""Accounts and roles: who is added, closed and opened, and links that work once."""

from datetime import UTC, datetime, timedelta

import pytest

from coprod_data.commands.people import (
    add_person,
    disable_person,
    enable_person,
    make_reset_link,
    set_password_by_link,
)
from coprod_data.commands.people_steps import end_role, grant_role
from coprod_data.commands.settings import settle_mode
from coprod_data.models import AuthSession
from coprod_data.permissions import Invalid, NotAllowed, NotFound, Role
from coprod_data.queries.people import (
    accounts,
    links_to_hand_over,
    persons_with_role,
    unusable_link,
)
from coprod_data.queries.people_requests import news_of_accounts
from coprod_data.store.actors import BySession, Played, Public, SignedOut, System
from coprod_data.store.database import Database
from coprod_data.store.passwords import checked_password, hash_password, is_password
from coprod_data.vocabulary.settings import Mode

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


def test_an_ordinary_role_counts_at_once(council: Database) -> None:
    added(council, "cleo", Role.MANAGER)
    assert roles_of(council, "cleo") == {Role.MANAGER}


def test_nobody_changes_their_own_roles_or_closes_their_own_account(council: Database) -> None:
    for command in (
        lambda db, actor: grant_role(db, actor, actor.id, Role.CHAIR),
        lambda db, actor: end_role(db, actor, actor.id, Role.ADMINISTRATOR),
        lambda db, actor: disable_person(db, actor, actor.id),
    ):
        with pytest.raises(NotAllowed), council.writing(as_("ada.min")) as (db, actor):
            command(db, actor)
    assert roles_of(council, "ada.min") == {Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_no_other_role_manages_accounts(council: Database, role: Role) -> None:
    added(council, "other", role)
    with pytest.raises(NotAllowed), council.writing(as_("other")) as (db, actor):
        add_person(
            db, actor, username="mallory", name="Mallory", roles=frozenset({Role.ADMINISTRATOR})
        )
    with pytest.raises(NotAllowed), council.reading(as_("other")) as (db, actor):
        accounts(db, actor)


def sign_in(council: Database, person_id: int) -> str:
    with council.writing(System()) as (db, _):
        db.add(
            AuthSession(
                public_id=f"public-{person_id}", token_hash=f"{person_id:064}",
                person_id=person_id, began_at=NOW, seen_at=NOW,
            )
        )  # fmt: skip
    return f"public-{person_id}"


@pytest.mark.parametrize(
    "change",
    [
        lambda db, actor, who: end_role(db, actor, who, Role.MANAGER),
        lambda db, actor, who: grant_role(db, actor, who, Role.CHAIR),
        disable_person,
        make_reset_link,
    ],
)
def test_a_changed_account_ends_its_sessions(council: Database, change) -> None:
    who = added(council, "cleo", Role.MANAGER)
    public_id = sign_in(council, who)
    with council.reading(BySession(public_id)) as (_, actor):
        assert actor.id == who

    with council.writing(as_("ada.min")) as (db, actor):
        change(db, actor, who)

    with pytest.raises(SignedOut), council.reading(BySession(public_id)):
        pass


def test_a_closed_account_acts_no_more_until_it_is_opened(council: Database) -> None:
    who = added(council, "cleo", Role.MANAGER)
    with council.writing(as_("ada.min")) as (db, actor):
        disable_person(db, actor, who)
    with pytest.raises(NotFound), council.reading(as_("cleo")):
        pass
    with council.writing(as_("ada.min")) as (db, actor):
        enable_person(db, actor, who)
    assert roles_of(council, "cleo") == {Role.MANAGER}


def test_the_link_of_a_closed_account_is_over(council: Database) -> None:
    who = added(council, "cleo", Role.BOARD_MEMBER)
    added(council, "dee", Role.BOARD_MEMBER)
    with council.writing(as_("ada.min")) as (db, actor):
        token = make_reset_link(db, actor, who)
        disable_person(db, actor, who)
        assert links_to_hand_over(db, actor) == []
    with council.reading(as_("dee")) as (db, actor):
        told = {row.person: row.over for row in news_of_accounts(db, actor).rows}
        assert told == {"Dee": False, "Cleo": True}  # closing takes nothing off the Overview
        first = news_of_accounts(db, actor, most=1)
        assert (len(first.rows), first.count) == (1, 2)  # nor do others push it off uncounted
    with council.writing(Public()) as (db, actor):
        assert "This account is closed." in unusable_link(db, actor, token)
        with pytest.raises(NotFound):
            set_password_by_link(db, actor, token, "hash")


def test_a_reset_link_works_once_within_a_day(council: Database) -> None:
    who = added(council, "cleo", Role.MANAGER)
    with council.writing(as_("ada.min")) as (db, actor):
        token = make_reset_link(db, actor, who)

    with council.writing(Public()) as (db, actor):
        set_password_by_link(db, actor, token, "hash")
    with pytest.raises(NotFound), council.writing(Public()) as (db, actor):
        set_password_by_link(db, actor, token, "other")

    with council.writing(as_("ada.min")) as (db, actor):
        late = make_reset_link(db, actor, who)
    council.clock = lambda: NOW + timedelta(hours=24, seconds=1)
    with pytest.raises(NotFound), council.writing(Public()) as (db, actor):
        set_password_by_link(db, actor, late, "other")


def test_a_new_reset_link_kills_the_old_one(council: Database) -> None:
    who = added(council, "cleo")
    with council.writing(as_("ada.min")) as (db, actor):
        old = make_reset_link(db, actor, who)
        make_reset_link(db, actor, who)
    with pytest.raises(NotFound), council.writing(Public()) as (db, actor):
        set_password_by_link(db, actor, old, "hash")


@pytest.mark.parametrize(
    ("username", "name"),
    [("", "Jo"), ("jo smith", "Jo"), ("JO'; --", "Jo"), ("ada.min", "Jo"), ("jo", "  ")],
)
def test_a_bad_username_or_name_is_told_and_nothing_is_added(
    council: Database, username: str, name: str
) -> None:
    with pytest.raises(Invalid) as refusal, council.writing(as_("ada.min")) as (db, actor):
        add_person(db, actor, username=username, name=name)
    assert refusal.value.field in {"username", "name"}
    with council.reading(as_("ada.min")) as (db, actor):
        assert [row.username for row in accounts(db, actor)] == ["ada.min", "bo.min"]


def test_people_are_listed_by_the_roles_that_count(council: Database) -> None:
    added(council, "one", Role.YOUTH_VOICE)
    added(council, "two", Role.YOUTH_VOICE)
    with council.reading(as_("one")) as (db, actor):
        rows = persons_with_role(db, actor, Role.YOUTH_VOICE)
    assert [row.name for row in rows] == ["One"]


@pytest.mark.parametrize(
    "password",
    ["short", "x" * 65, " leading-space-here", "Password12345", "aaaaaaaaaaaa", "é" * 40,
     "ada.min-and-more"],
)  # fmt: skip
def test_a_weak_password_is_refused_with_a_sentence(password: str) -> None:
    with pytest.raises(Invalid) as refusal:
        checked_password(password, "ada.min")
    assert refusal.value.field == "password"


def test_a_passphrase_is_accepted_and_fits_its_hash_alone() -> None:
    kept = hash_password(checked_password("correct horse battery staple"))
    assert kept.startswith("$2b$")
    assert is_password("correct horse battery staple", kept)
    assert not is_password("correct horse battery stapler", kept)
    assert not is_password("nothing anybody types", None)
