"""Whose audit returns these are, and which of them count: conditions in SQL, no reads."""

from datetime import date

import sqlalchemy as sa

from coprod_data.models import (
    AuditAnswer,
    AuditReturn,
    AuditRound,
    Event,
    Person,
    RoleGrant,
    Service,
    ServiceMember,
)
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.scopes.people import holds
from coprod_data.vocabulary.audits import OWED, Rater, ReturnState
from coprod_data.vocabulary.events import EventKind

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


def reviewable_by(person_id: int | sa.BindParameter[int]) -> Condition:
    """Return the condition that this person may review a return that was sent.

    They neither sent it nor wrote down what young auditors said of it. Somebody of the Youth Voice
    Team does it; where that leaves nobody of the team, somebody else who holds the right.
    """
    voice = sa.select(Person.id).where(holds(Role.YOUTH_VOICE)).correlate(None)
    left = sa.exists().where(
        Person.id.in_(voice),
        Person.id != sa.func.coalesce(AuditReturn.returned_by_id, 0),
        Person.id.not_in(_wrote()),
    )
    me = sa.literal(person_id, sa.Integer) if isinstance(person_id, int) else person_id
    return sa.and_(
        AuditReturn.state == ReturnState.RETURNED,
        sa.func.coalesce(AuditReturn.returned_by_id, 0) != me,
        me.not_in(_wrote()),
        sa.or_(me.in_(voice), ~left.correlate(AuditReturn)),
    )


def _wrote() -> sa.Select[int | None]:
    """Select who wrote down a level of young auditors for a return, also one written over since."""
    return (
        sa.select(Event.actor_id)
        .join(AuditAnswer, AuditAnswer.id == Event.subject_id)
        .where(
            AuditAnswer.return_id == AuditReturn.id,
            AuditAnswer.rater == Rater.YOUNG_AUDITORS,
            Event.subject_type == AuditAnswer.__tablename__,
            Event.kind == EventKind.AUDIT_ANSWERED,
            Event.actor_id.is_not(None),
        )
        .correlate(AuditReturn)
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
