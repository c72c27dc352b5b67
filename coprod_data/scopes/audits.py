"""Whose audit returns these are, and which of them count: conditions in SQL, no reads."""

from datetime import date

import sqlalchemy as sa

from coprod_data.models import AuditReturn, AuditRound, Person, RoleGrant, Service, ServiceMember
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.vocabulary.audits import OWED

Condition = sa.ColumnElement[bool]


def own(actor: Actor) -> Condition:
    """Return the condition that the actor is responsible for the service of a return."""
    return answered_by(actor.id)


def answered_by(person_id: int | sa.BindParameter[int]) -> Condition:
    """Return the condition that this person is responsible for the service of a return."""
    return AuditReturn.service_id.in_(
        sa.select(ServiceMember.service_id).where(ServiceMember.person_id == person_id)
    )


def without_returner() -> Condition:
    """Return the condition that a return is owed and nobody who may fill it in is responsible."""
    served = (
        sa.select(ServiceMember.service_id)
        .join(Person, Person.id == ServiceMember.person_id)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            Person.disabled_at.is_(None),
            RoleGrant.role == Role.MANAGER,
            RoleGrant.confirmed_at.is_not(None),
            RoleGrant.ended_at.is_(None),
        )
        .correlate(None)
    )
    in_use = sa.select(Service.id).where(Service.retired_at.is_(None)).correlate(None)
    return sa.and_(
        AuditReturn.state.in_(OWED),
        AuditReturn.service_id.in_(in_use),
        AuditReturn.service_id.not_in(served),
    )


def visible_to(actor: Actor) -> Condition:
    """Return the condition that this actor may read a return and its answers."""
    if actor.may(Permission.AUDITS_READ):
        return sa.true()
    return own(actor) if actor.may(Permission.AUDITS_READ_OWN) else sa.false()


def handed_in() -> Condition:
    """Return the condition that a return was handed in; before that it is a draft."""
    return AuditReturn.state.not_in(OWED)


def overdue(today: date | sa.BindParameter[date]) -> Condition:
    """Return the condition that a return is still owed after its round's date."""
    late = sa.select(AuditRound.id).where(AuditRound.due_on < today)
    return sa.and_(AuditReturn.state.in_(OWED), AuditReturn.round_id.in_(late))
