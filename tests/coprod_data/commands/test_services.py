"""Services: each is added once, has managers responsible for it, and an administrator sets both."""

from datetime import datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.services import add_service, add_service_member
from coprod_data.models import ServiceMember
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Role
from coprod_data.queries.people import my_services, services
from tests.helpers.builders import NOW, a_person, somebody


@pytest.fixture
def ada(db: Session) -> Actor:
    return somebody(db, Role.ADMINISTRATOR)


@pytest.mark.parametrize("name", ["", "   ", "Fostering", " Fostering ", "x" * 121])
def test_a_name_is_asked_for_and_is_there_once(db: Session, ada: Actor, name: str):
    add_service(db, ada, name="Fostering")
    with pytest.raises(Invalid) as refused:
        add_service(db, ada, name=name)
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


def test_nobody_answers_for_what_is_not_there(db: Session, ada: Actor):
    with pytest.raises(NotFound):
        add_service_member(db, ada, 999, a_person(db).id)


@pytest.mark.parametrize(("roles", "closed"), [((Role.YOUNG_PERSON,), None), ((), NOW)])
def test_only_an_adult_with_an_open_account_answers_for_a_service(
    db: Session, ada: Actor, roles: tuple[Role, ...], closed: datetime | None
):
    homes = add_service(db, ada, name="Homes")
    person = a_person(db, *roles, Role.MANAGER, disabled_at=closed)

    with pytest.raises(NotFound if closed else Invalid):
        add_service_member(db, ada, homes, person.id)

    assert db.scalars(sa.select(ServiceMember)).all() == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_adds_services(db: Session, role: Role):
    with pytest.raises(NotAllowed):
        add_service(db, somebody(db, role), name="Mine")
