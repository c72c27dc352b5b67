"""Services and groups of this council, and who belongs to them."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.models import Group, Membership, Person, Service, ServiceMember
from coprod_data.permissions import Actor, Invalid, NotFound, Permission
from coprod_data.rules.texts import required_line
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.people import GroupKind


def add_service(db: Session, actor: Actor, *, name: str) -> int:
    """Add a service. Returns its id. Raises Invalid."""
    actor.must(Permission.PEOPLE_MANAGE)
    name = required_line(name, "name", "Give the service's name.", 120)
    if db.scalar(sa.select(Service.id).where(Service.name == name)):
        raise Invalid("There is a service of that name already.", field="name")
    service = Service(name=name)
    db.add(service)
    record(db, actor, EventKind.SERVICE_ADDED, service)
    return service.id


def add_service_member(db: Session, actor: Actor, service_id: int, person_id: int) -> None:
    """Let a person answer for a service; twice is once. Raises NotFound."""
    actor.must(Permission.PEOPLE_MANAGE)
    if db.get(Service, service_id) is None or db.get(Person, person_id) is None:
        raise NotFound("There is no such service or account.")
    known = db.scalar(
        sa.select(ServiceMember.id).where(
            ServiceMember.service_id == service_id, ServiceMember.person_id == person_id
        )
    )
    if known is None:
        member = ServiceMember(service_id=service_id, person_id=person_id)
        db.add(member)
        record(db, actor, EventKind.SERVICE_MEMBER_ADDED, member)


def add_group(db: Session, actor: Actor, *, name: str, kind: GroupKind) -> int:
    """Add a standing group. Returns its id. Raises Invalid."""
    actor.must(Permission.PEOPLE_MANAGE)
    name = required_line(name, "name", "Give the group's name.", 120)
    if db.scalar(sa.select(Group.id).where(Group.name == name)):
        raise Invalid("There is a group of that name already.", field="name")
    group = Group(name=name, kind=kind)
    db.add(group)
    record(db, actor, EventKind.GROUP_ADDED, group)
    return group.id


def add_member(db: Session, actor: Actor, group_id: int, person_id: int) -> None:
    """Put a person into a group; twice is once. Raises NotFound."""
    actor.must(Permission.PEOPLE_MANAGE)
    if db.get(Group, group_id) is None or db.get(Person, person_id) is None:
        raise NotFound("There is no such group or account.")
    known = db.scalar(
        sa.select(Membership.id).where(
            Membership.group_id == group_id, Membership.person_id == person_id
        )
    )
    if known is None:
        membership = Membership(group_id=group_id, person_id=person_id)
        db.add(membership)
        record(db, actor, EventKind.MEMBERSHIP_ADDED, membership)
