"""Nobody makes the others not be there, nor becomes a young person: ways round a second person."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.absences import add_absence, remove_absence
from coprod_data.commands.people import (
    add_person,
    change_roles,
    disable_person,
    enable_person,
    make_reset_link,
    set_password_by_link,
)
from coprod_data.commands.people_details import change_person
from coprod_data.commands.people_requests import (
    agree_to_request,
    confirm_role,
    count_what_is_due,
)
from coprod_data.models import Absence, AccountRequest, Person
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.queries.people import links_to_hand_over
from coprod_data.queries.people_requests import asked_about_accounts, news_of_accounts
from coprod_data.store.actors import roles_of
from tests.helpers.builders import NOW, add, somebody, the_public, the_system, unrecorded

LEAD, VOICE = Role.SAFEGUARDING, Role.YOUTH_VOICE
THEIRS = "the attacker's"


@pytest.fixture
def ada(db: Session) -> Actor:
    return somebody(db, Role.ADMINISTRATOR, name="Ada")


def in_team(db: Session, *roles: Role, name: str) -> Actor:
    return somebody(db, *roles, name=name, password_hash="the owner's")


def links_of(db: Session, actor: Actor) -> list[str]:
    return [link.token for link in links_to_hand_over(db, actor)]


def away(db: Session, *actors: Actor) -> None:
    for one in actors:
        add(db, Absence(person_id=one.id, from_day=date(2026, 3, 1), to_day=date(2026, 3, 30),
                        added_at=NOW, added_by_id=one.id))  # fmt: skip


def test_a_young_persons_account_is_opened_by_a_second_person_of_youth_voice(
    db: Session, ada: Actor
):
    jay = in_team(db, Role.YOUNG_PERSON, name="Jay")
    lead, worker = in_team(db, LEAD, name="Grace"), in_team(db, VOICE, name="Amara")
    change_roles(db, ada, jay.id, roles=frozenset())  # for a moment: no way round

    assert make_reset_link(db, ada, jay.id) is None
    [waiting] = asked_about_accounts(db, worker)
    for nobody in (ada, lead):
        with pytest.raises(NotAllowed):
            agree_to_request(db, nobody, waiting.id)
    agree_to_request(db, worker, waiting.id)
    assert (len(links_of(db, worker)), links_of(db, ada)) == (1, [])

    disable_person(db, ada, jay.id)
    assert enable_person(db, ada, jay.id) is False
    new = add_person(db, ada, username="kit", name="Kit", roles=frozenset({Role.YOUNG_PERSON}))
    assert make_reset_link(db, ada, new)  # nothing is behind it yet


@pytest.mark.parametrize("role", [Role.BOARD_MEMBER, Role.CLERK, Role.MANAGER])
def test_a_role_that_reads_or_signs_waits_for_ones_own_second_account(
    db: Session, ada: Actor, role: Role
):
    worker = in_team(db, VOICE, name="Amara")
    seat = frozenset({role})
    own = add_person(db, ada, username="ada.2", name="Cllr ADA", roles=seat)
    other = add_person(db, ada, username="bo", name="Bo", roles=seat)

    assert (roles_of(db, own), roles_of(db, other)) == (frozenset(), seat)
    assert ("Cllr ADA", False) in {
        (row.person, row.done) for row in news_of_accounts(db, worker).rows
    }
    confirm_role(db, worker, asked_about_accounts(db, worker)[0].id)
    assert roles_of(db, own) == seat


@pytest.mark.parametrize("trick", ["closed", "no_role", "away"])
def test_a_team_that_was_closed_lately_is_waited_for_and_others_answer(
    db: Session, ada: Actor, trick: str
):
    """Whoever has two administrators' accounts does it with one, and asks with the other."""
    other = somebody(db, Role.ADMINISTRATOR, name="Alias")
    owner, second = in_team(db, LEAD, name="Helen"), in_team(db, LEAD, name="Grace")
    worker, chair = in_team(db, VOICE, name="Amara"), in_team(db, Role.CHAIR, name="Chris")
    for one in (owner, second):
        match trick:
            case "closed":
                disable_person(db, other, one.id)
            case "no_role":
                change_roles(db, other, one.id, roles=frozenset())
            case _:
                add_absence(db, other, person_id=one.id, from_day=NOW.date(), to_day=NOW.date())

    friend = add_person(db, ada, username="new", name="New", roles=frozenset({LEAD}))
    count_what_is_due(db, the_system(NOW + timedelta(days=9)))
    assert roles_of(db, friend) == frozenset()

    [waiting] = asked_about_accounts(db, worker)
    assert (waiting.counts_at, waiting.answers) == (None, True)
    assert [row.answers for row in asked_about_accounts(db, chair)] == [True]
    with pytest.raises(NotAllowed):
        confirm_role(db, other, waiting.id)
    confirm_role(db, worker, waiting.id)
    assert roles_of(db, friend) == {LEAD}

    if trick == "away":
        return
    later = replace(ada, at=NOW + timedelta(days=31))  # a council whose lead left long ago
    last = add_person(db, later, username="last", name="Last")
    disable_person(db, replace(other, at=NOW + timedelta(days=32)), friend)
    change_roles(db, replace(ada, at=NOW + timedelta(days=70)), last, roles=frozenset({LEAD}))
    waits = {row.person: row.counts_at for row in asked_about_accounts(db, chair)}
    assert waits["Last"] is not None
    system = the_system(NOW + timedelta(days=33))
    change_roles(db, replace(ada, at=NOW + timedelta(days=71)), last, roles=frozenset())
    change_roles(db, system, last, roles=frozenset({LEAD}))  # on the server itself
    waits = {row.person: row.counts_at for row in asked_about_accounts(db, chair)}
    assert waits["Last"] is not None


@pytest.mark.parametrize("trick", ["absence", "name", "own_name"])
def test_nobody_makes_the_others_not_be_there(db: Session, ada: Actor, trick: str):
    """Who asks calls them away, or them or themselves by one name, and puts it right afterwards."""
    owner, second = in_team(db, LEAD, name="Helen"), in_team(db, LEAD, name="Grace")
    if trick == "absence":
        day = NOW.date()
        made = [
            add_absence(db, ada, person_id=one.id, from_day=day, to_day=day)
            for one in (owner, second)
        ]
    else:
        renamed = (second, "Ada") if trick == "name" else (ada, "Grace")
        change_person(db, ada, renamed[0].id, name=renamed[1], job="")

    make_reset_link(db, ada, owner.id)

    assert db.scalars(sa.select(AccountRequest.counts_at)).all() == [None]
    if trick == "absence":
        [waiting] = asked_about_accounts(db, second)
        assert waiting.answers
        for one in made:
            remove_absence(db, ada, one)


def test_whoever_is_there_again_is_waited_for(db: Session, ada: Actor):
    owner, second = in_team(db, LEAD, name="Helen"), in_team(db, LEAD, name="Grace")
    away(db, owner, second)
    make_reset_link(db, ada, owner.id)
    newcomer = add_person(db, ada, username="new", name="New", roles=frozenset({LEAD}))
    with unrecorded(db):
        db.execute(sa.delete(Absence).where(Absence.person_id == second.id))
    count_what_is_due(db, the_system(NOW + timedelta(hours=1)))
    away(db, second)
    count_what_is_due(db, the_system(NOW + timedelta(days=9)))

    assert (links_of(db, ada), roles_of(db, newcomer)) == ([], frozenset())
    assert [row.counts_at for row in asked_about_accounts(db, second)] == [None, None]


def test_a_day_is_a_working_day_at_least(db: Session, ada: Actor):
    owner = in_team(db, LEAD, name="Helen")
    friday = replace(ada, at=NOW + timedelta(days=2))
    assert make_reset_link(db, friday, owner.id) is None
    [asked] = db.scalars(sa.select(AccountRequest)).all()
    assert asked.counts_at == friday.at + timedelta(days=3)


def test_a_password_that_whoever_asked_could_know_opens_nothing_after_the_day_either(
    db: Session, ada: Actor
):
    made = add_person(db, ada, username="jane", name="Jane", roles=frozenset({Role.MANAGER}))
    set_password_by_link(db, the_public(), make_reset_link(db, ada, made) or "", THEIRS)
    away(db, in_team(db, LEAD, name="Grace"))
    change_roles(db, ada, made, roles=frozenset({LEAD}))

    count_what_is_due(db, the_system(NOW + timedelta(days=1)))

    assert roles_of(db, made) == {LEAD}
    assert db.scalar(sa.select(Person.password_hash).where(Person.id == made)) is None
    assert links_of(db, ada) == []
