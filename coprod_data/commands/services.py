"""Services of this council, and who is responsible for each."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.rows import (
    kept,
    known,
    locked,
    must_be_an_adult,
    must_be_as_opened,
    must_be_new,
)
from coprod_data.models import Service, ServiceMember
from coprod_data.permissions import Actor, Invalid, Permission
from coprod_data.rules.texts import required_line
from coprod_data.vocabulary.events import EventKind


def add_service(db: Session, actor: Actor, *, name: str) -> int:
    """Add a service. Returns its id. Raises Invalid."""
    actor.must(Permission.PEOPLE_MANAGE)
    name = required_line(name, "name", "Give the service's name.", 120)
    _must_be_another(db, name)
    return kept(db, actor, EventKind.SERVICE_ADDED, Service(name=name))


def add_service_member(db: Session, actor: Actor, service_id: int, person_id: int) -> None:
    """Make an adult responsible for a service. A second call changes nothing.

    Raises NotFound, Invalid.
    """
    actor.must(Permission.PEOPLE_MANAGE)
    locked(db, Service, service_id, "service")
    must_be_an_adult(db, person_id, "A young person cannot be responsible for a service.")
    if known(db, ServiceMember, service_id=service_id, person_id=person_id) is None:
        member = ServiceMember(service_id=service_id, person_id=person_id)
        kept(db, actor, EventKind.SERVICE_MEMBER_ADDED, member)


def rename_service(
    db: Session,
    actor: Actor,
    service_id: int,
    *,
    name: str,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Give a service another name; its actions and audit returns show it too.

    `opened` holds the `name` that the form showed. Raises NotFound, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.PEOPLE_MANAGE)
    service = locked(db, Service, service_id, "service")
    name = required_line(name, "name", "Give the service's name.", 120)
    _must_be_another(db, name, beside=service)
    must_be_as_opened({"name": service.name}, opened, {"name": name})
    service.name = name
    record_if_changed(db, actor, EventKind.SERVICE_RENAMED, service)


def hand_over_service(
    db: Session, actor: Actor, service_id: int, *, from_id: int, to_id: int
) -> None:
    """Put somebody in charge of a service in another person's place. Raises NotFound, Invalid."""
    actor.must(Permission.PEOPLE_MANAGE)
    add_service_member(db, actor, service_id, to_id)
    if from_id != to_id:
        _take_off(db, actor, service_id, from_id)


def remove_service_member(db: Session, actor: Actor, service_id: int, person_id: int) -> None:
    """Say that somebody is no longer responsible for a service. A second call changes nothing.

    Raises NotFound.
    """
    actor.must(Permission.PEOPLE_MANAGE)
    _take_off(db, actor, service_id, person_id)


def _must_be_another(db: Session, name: str, *, beside: Service | None = None) -> None:
    """Refuse a name that is there already, in other capitals or with other spaces too."""
    must_be_new(db, Service, "service", beside=beside, name=name)
    for other in db.scalars(sa.select(Service)):
        if other is not beside and _folded(other.name) == _folded(name):
            raise Invalid(f"There is already a service with that name: {other.name}.", field="name")


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _take_off(db: Session, actor: Actor, service_id: int, person_id: int) -> None:
    service = locked(db, Service, service_id, "service")
    member = known(db, ServiceMember, service_id=service_id, person_id=person_id)
    if member is not None:
        db.delete(member)
        record(db, actor, EventKind.SERVICE_MEMBER_REMOVED, service, person=person_id)
