"""Nobody becomes somebody else: the second person for guarded accounts, and every way round."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.people import (
    add_person,
    change_roles,
    disable_person,
    enable_person,
    make_reset_link,
    set_password_by_link,
)
from coprod_data.commands.people_requests import (
    agree_to_request,
    confirm_role,
    count_what_is_due,
    stop_request,
    stop_role,
)
from coprod_data.commands.people_steps import grant_role
from coprod_data.models import Absence, Event, Person, RoleGrant
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.people import accounts, links_to_hand_over, recovery
from coprod_data.queries.people_requests import asked_about_accounts, news_of_accounts
from coprod_data.queries.work import turns, turns_of_others
from coprod_data.store.actors import roles_of
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.builders import NOW, a_person, add, somebody, the_public, the_system, unrecorded

LEAD, VOICE, CHAIR = Role.SAFEGUARDING, Role.YOUTH_VOICE, Role.CHAIR
HASH, THEIRS = "the owner's", "the attacker's"


@pytest.fixture
def ada(db: Session) -> Actor:
    return somebody(db, Role.ADMINISTRATOR, name="Ada")


def in_team(db: Session, *roles: Role, name: str) -> Actor:
    return somebody(db, *roles, name=name, password_hash=HASH)


def waiting_for(db: Session, actor: Actor) -> list[tuple[str, str, bool, bool]]:
    return [
        (row.person, row.what, row.answers, row.stops) for row in asked_about_accounts(db, actor)
    ]


def links_of(db: Session, actor: Actor) -> list[str]:
    return [link.token for link in links_to_hand_over(db, actor)]


def away(db: Session, *actors: Actor) -> None:
    for one in actors:
        add(db, Absence(person_id=one.id, from_day=date(2026, 3, 1), to_day=date(2026, 3, 30),
                        added_at=NOW, added_by_id=one.id))  # fmt: skip


def password(db: Session, actor: Actor) -> str | None:
    return db.scalar(sa.select(Person.password_hash).where(Person.id == actor.id))


@pytest.mark.parametrize(
    ("whose", "by"), [(LEAD, LEAD), (VOICE, VOICE), (VOICE, LEAD), (CHAIR, VOICE), (CHAIR, LEAD)]
)
def test_a_link_for_a_guarded_account_is_shown_to_a_second_person_alone(
    db: Session, ada: Actor, whose: Role, by: Role
):
    owner, second = in_team(db, whose, name="Helen"), in_team(db, by, name="Grace")
    stranger = in_team(db, Role.MANAGER, name="Priya")

    assert make_reset_link(db, ada, owner.id) is None
    with pytest.raises(Refused, match="asked already"):
        make_reset_link(db, ada, owner.id)

    [(_, _, answers, stops)] = waiting_for(db, second)
    assert (answers, stops) == (True, True)
    assert [row.kind for row in turns(db, second)] == [WorkKind.ACCOUNT]
    waits = [row.kind for row in turns_of_others(db, ada) if row.kind is not WorkKind.WAITS_LINK]
    assert waits == [WorkKind.WAITS_ACCOUNT]
    [request] = asked_about_accounts(db, second)
    for nobody in (ada, owner, stranger):
        with pytest.raises(NotAllowed):
            agree_to_request(db, nobody, request.id)
    assert password(db, owner) == HASH

    agree_to_request(db, second, request.id)

    assert links_of(db, ada) == []
    [token] = links_of(db, second)
    set_password_by_link(db, the_public(), token, "new")
    assert password(db, owner) == "new"
    with pytest.raises(NotFound):
        agree_to_request(db, second, request.id)


@pytest.mark.parametrize(
    "said", [("name", "Zoë ONE", "One, Cllr Zoe"), ("work_email", "One@c.gov.uk", "one@c.gov.uk")]
)
@pytest.mark.parametrize("whose", ["asker", "owner"])
def test_another_account_of_the_same_person_is_no_second_person(
    db: Session, ada: Actor, whose: str, said: tuple[str, str, str]
):
    owner, second = in_team(db, LEAD, name="Helen"), in_team(db, LEAD, name="Grace")
    other = in_team(db, LEAD, name="Dee")
    with unrecorded(db):
        for one, text in zip((ada if whose == "asker" else owner, second), said[1:], strict=True):
            setattr(db.get_one(Person, one.id), said[0], text)

    make_reset_link(db, ada, owner.id)

    assert waiting_for(db, second) == [(waiting_for(db, other)[0][0], "reset", False, True)]
    assert [answers for _, _, answers, _ in waiting_for(db, other)] == [True]


def test_first_set_up_is_for_a_team_that_never_had_a_member(db: Session, ada: Actor):
    first = add_person(db, ada, username="one", name="One", roles=frozenset({VOICE, CHAIR}))
    second = add_person(db, ada, username="two", name="Two", roles=frozenset({VOICE, CHAIR}))
    assert roles_of(db, first) == {VOICE, CHAIR}
    assert roles_of(db, second) == frozenset()
    assert make_reset_link(db, ada, first)
    assert make_reset_link(db, ada, second) is None

    change_roles(db, ada, first, roles=frozenset())
    third = add_person(db, ada, username="three", name="Three", roles=frozenset({VOICE}))
    assert roles_of(db, third) == frozenset()


def test_a_password_that_an_administrator_could_know_opens_no_guarded_account(
    db: Session, ada: Actor
):
    """They made the account, signed in to it first, and only then asked for the role."""
    second = in_team(db, LEAD, name="Grace")
    made = add_person(db, ada, username="jane", name="Jane", roles=frozenset({Role.MANAGER}))
    token = make_reset_link(db, ada, made)
    assert token
    set_password_by_link(db, the_public(), token, THEIRS)
    unused = make_reset_link(db, ada, made)
    assert unused

    assert grant_role(db, ada, made, LEAD) is False
    [waiting] = asked_about_accounts(db, second)
    with pytest.raises(NotAllowed):
        confirm_role(db, ada, waiting.id)
    confirm_role(db, second, waiting.id)

    assert db.scalar(sa.select(Person.password_hash).where(Person.id == made)) is None
    assert (len(links_of(db, second)), links_of(db, ada)) == (1, [])
    with pytest.raises(NotFound):
        set_password_by_link(db, the_public(), unused, THEIRS)


def test_taking_the_role_away_for_a_moment_is_no_way_round(db: Session, ada: Actor):
    owner, second = in_team(db, LEAD, name="Helen"), in_team(db, LEAD, name="Grace")
    change_roles(db, ada, owner.id, roles=frozenset({Role.MANAGER}))
    token = make_reset_link(db, ada, owner.id)
    assert token
    set_password_by_link(db, the_public(), token, THEIRS)

    change_roles(db, ada, owner.id, roles=frozenset({Role.MANAGER, LEAD}))
    [waiting] = asked_about_accounts(db, second)
    confirm_role(db, second, waiting.id)

    assert password(db, owner) is None
    assert len(links_of(db, second)) == 1


def test_who_has_proved_themselves_keeps_their_password(db: Session, ada: Actor):
    owner, second = in_team(db, VOICE, name="Helen"), in_team(db, LEAD, name="Grace")
    make_reset_link(db, ada, owner.id)
    agree_to_request(db, second, asked_about_accounts(db, second)[0].id)
    set_password_by_link(db, the_public(), links_of(db, second)[0], "proved")

    grant_role(db, ada, owner.id, LEAD)
    confirm_role(db, second, asked_about_accounts(db, second)[0].id)

    assert password(db, owner) == "proved"


def test_opening_a_guarded_account_again_needs_a_second_person(db: Session, ada: Actor):
    owner, second = in_team(db, LEAD, name="Helen"), in_team(db, LEAD, name="Grace")
    disable_person(db, ada, owner.id)

    assert enable_person(db, ada, owner.id) is False
    [waiting] = asked_about_accounts(db, second)
    agree_to_request(db, second, waiting.id)

    assert db.get_one(Person, owner.id).disabled_at is None


@pytest.mark.parametrize("first", [Role.YOUNG_PERSON, Role.MANAGER])
def test_a_young_person_is_chair_or_board_member_besides_and_nothing_else(
    db: Session, ada: Actor, first: Role
):
    person = a_person(db, first)
    both = frozenset({Role.YOUNG_PERSON, Role.MANAGER})
    with pytest.raises(Invalid, match="chair or board member, and nothing else"):
        change_roles(db, ada, person.id, roles=both)
    db.rollback()


def test_a_young_person_may_be_chair(db: Session, ada: Actor):
    young = a_person(db, Role.YOUNG_PERSON)
    roles = frozenset({Role.YOUNG_PERSON, CHAIR, Role.BOARD_MEMBER})
    change_roles(db, ada, young.id, roles=roles)
    assert roles_of(db, young.id) == roles
    change_roles(db, ada, young.id, roles=frozenset({Role.MANAGER}))
    assert roles_of(db, young.id) == {Role.MANAGER}


def everything_asked(db: Session, ada: Actor, owner: Actor) -> Callable[..., Any]:
    """Ask for a link and a role while nobody of the teams is there."""
    make_reset_link(db, ada, owner.id)
    newcomer = add_person(db, ada, username="new", name="New", roles=frozenset({LEAD}))

    def state() -> tuple[int, bool]:
        links = [link for link in links_to_hand_over(db, ada) if link.person_id == owner.id]
        return len(links), LEAD in roles_of(db, newcomer)

    return state


def test_where_nobody_is_there_it_counts_after_a_day_and_everybody_sees_it(db: Session, ada: Actor):
    owner, second = in_team(db, LEAD, name="Helen"), in_team(db, LEAD, name="Grace")
    chair = in_team(db, CHAIR, name="Chris")
    away(db, owner, second)
    state = everything_asked(db, ada, owner)

    news = news_of_accounts(db, chair).rows
    assert [(row.done, row.counts_at) for row in news] == [(False, NOW + timedelta(hours=24))] * 2
    assert {row.kind for row in turns(db, chair)} == {WorkKind.ACCOUNT}
    assert [row.kind for row in turns(db, second)] == [WorkKind.ACCOUNT] * 2
    count_what_is_due(db, the_system(NOW + timedelta(hours=23, minutes=59)))
    assert state() == (0, False)
    count_what_is_due(db, the_system(NOW + timedelta(hours=24)))
    assert db.scalars(sa.select(Event.kind).where(Event.kind == EventKind.RESET_LINK_MADE)).all()
    assert [row.done for row in news_of_accounts(db, chair).rows] == [True, True]
    assert state() == (0, True)  # the link is shown to nobody who asked for it


@pytest.mark.parametrize("who", ["owner", "chair", "member"])
def test_the_owner_the_chair_and_each_member_can_stop_it(db: Session, ada: Actor, who: str):
    owner, member = in_team(db, LEAD, name="Helen"), in_team(db, LEAD, name="Grace")
    people = {"owner": owner, "member": member, "chair": in_team(db, CHAIR, name="Chris")}
    away(db, owner, member)
    state = everything_asked(db, ada, owner)
    reset, role = sorted(asked_about_accounts(db, people["chair"]), key=lambda row: row.of_role)
    with pytest.raises(NotAllowed):
        stop_request(db, in_team(db, Role.MANAGER, name="Priya"), reset.id)

    stop_request(db, people[who], reset.id)
    stop_role(db, people["member"], role.id)
    count_what_is_due(db, the_system(NOW + timedelta(days=2)))

    assert state() == (0, False)
    assert news_of_accounts(db, people["chair"]).rows == []


def test_the_server_recovers_an_account_by_the_same_rules(db: Session):
    plain, owner = in_team(db, Role.MANAGER, name="Jo"), in_team(db, LEAD, name="Helen")
    system = the_system()
    username = db.get_one(Person, owner.id).username

    assert make_reset_link(db, system, plain.id)
    assert make_reset_link(db, system, owner.id) is None
    assert recovery(db, system, username).token is None
    count_what_is_due(db, the_system(NOW + timedelta(hours=24)))

    found = recovery(db, the_system(NOW + timedelta(hours=25)), username)
    assert found.token
    set_password_by_link(db, the_public(NOW + timedelta(hours=25)), found.token, "new")
    assert password(db, owner) == "new"


def test_board_and_chair_given_by_an_administrator_are_on_the_overview(db: Session, ada: Actor):
    in_team(db, LEAD, name="Helen")
    given = {"cle": Role.CLERK, "cha": CHAIR, "man": Role.MANAGER, "mem": Role.BOARD_MEMBER}
    for name, role in given.items():
        last = add_person(db, ada, username=name, name=name, roles=frozenset({role}))
    change_roles(db, ada, last, roles=frozenset())  # undone before anybody looked
    news = news_of_accounts(db, in_team(db, CHAIR, name="Chris")).rows
    told = {f"{row.person}, {row.what}, {row.by}, {row.over}" for row in news}
    assert told == {"mem, board_member, Ada, True", "cle, clerk, Ada, False",
                    "cha, chair, Ada, False"}  # fmt: skip


def test_accounts_show_what_waits(db: Session, ada: Actor):
    in_team(db, VOICE, name="Grace")
    waiting = add_person(db, ada, username="new", name="New", roles=frozenset({VOICE}))
    [row] = [one for one in accounts(db, ada) if one.id == waiting]
    assert row.waiting == {VOICE}
    counts_at = sa.select(RoleGrant.counts_at).where(RoleGrant.person_id == waiting)
    assert db.scalars(counts_at).all() == [None]
