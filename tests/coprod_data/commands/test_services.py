"""Services and groups: added once, joined once, by an administrator."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.services import (
    add_group,
    add_member,
    add_service,
    add_service_member,
)
from coprod_data.models import Membership, ServiceMember
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Role
from coprod_data.queries.people import groups, my_services, services
from coprod_data.vocabulary.people import GroupKind
from tests.helpers.builders import a_person, somebody


@pytest.fixture
def ada(db: Session) -> Actor:
    return somebody(db, Role.ADMINISTRATOR)


def a_group(db: Session, actor: Actor, *, name: str) -> int:
    return add_group(db, actor, name=name, kind=GroupKind.ACTION)


@pytest.mark.parametrize("add", [add_service, a_group])
@pytest.mark.parametrize("name", ["", "   ", "Fostering", " Fostering ", "x" * 121])
def test_a_name_is_asked_for_and_stands_once(
    db: Session, ada: Actor, add: Callable[..., int], name: str
):
    add(db, ada, name="Fostering")
    with pytest.raises(Invalid) as refused:
        add(db, ada, name=name)
    assert refused.value.field == "name"


def test_whoever_answers_for_a_service_finds_it_among_their_own(db: Session, ada: Actor):
    manager = somebody(db, Role.MANAGER)
    homes = add_service(db, ada, name="Homes")
    add_service(db, ada, name="Fostering")
    for _ in range(2):
        add_service_member(db, ada, homes, manager.id)

    assert [row.name for row in my_services(db, manager)] == ["Homes"]
    assert [row.name for row in services(db, manager)] == ["Fostering", "Homes"]
    assert db.scalar(sa.select(sa.func.count()).select_from(ServiceMember)) == 1


def test_a_person_sits_in_a_group_once(db: Session, ada: Actor):
    group = a_group(db, ada, name="Action Group")
    person = a_person(db)
    for _ in range(2):
        add_member(db, ada, group, person.id)
    assert db.scalar(sa.select(sa.func.count()).select_from(Membership)) == 1
    assert [row.name for row in groups(db, ada)] == ["Action Group"]


@pytest.mark.parametrize("join", [add_service_member, add_member])
def test_nobody_joins_what_is_not_there(
    db: Session, ada: Actor, join: Callable[[Session, Actor, int, int], None]
):
    with pytest.raises(NotFound):
        join(db, ada, 999, a_person(db).id)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_adds_services(db: Session, role: Role):
    with pytest.raises(NotAllowed):
        add_service(db, somebody(db, role), name="Mine")
