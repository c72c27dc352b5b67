"""Waits about what its owner has left behind: an action, an opportunity, a seat, a return.

Each is a row for those who may hand it over, until it has an owner. Who cannot do so themselves
and is answerable for the work waits for them.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coprod_data.models import (
    Action,
    AuditReturn,
    AuditRound,
    Group,
    Invitation,
    Membership,
    Opportunity,
    Person,
    Policy,
    Project,
    PromiseCommitment,
    Recruitment,
    RoleGrant,
    Service,
    ServiceMember,
)
from coprod_data.permissions import KEEPERS, Role
from coprod_data.queries.work_steps import ME, NEVER, TODAY, Statement, wait
from coprod_data.scopes.actions import without_owner
from coprod_data.scopes.actions_beside import past_due
from coprod_data.scopes.audits import overdue, without_returner
from coprod_data.scopes.opportunities import said_yes, without_member
from coprod_data.scopes.owned_rows import Led, is_going_on, panel_to_come_or_owed
from coprod_data.scopes.people import holds, owned_by
from coprod_data.vocabulary.work import WorkKind

LEFT = "left"  # the note of what somebody owned whose account is closed
_YES = aliased(Invitation)
CHAIRS, VOICE, OFFICE = (Role.CHAIR,), (Role.YOUTH_VOICE,), (Role.ADMINISTRATOR,)


def actions_without_owner() -> Statement:
    """Select actions whose owner has left, for those who hand any over, and for a manager those of
    their services. `who` is the owner that was, `since` when they left.
    """
    ended = (
        sa.select(sa.func.max(RoleGrant.ended_at))
        .where(
            RoleGrant.person_id == Action.owner_id,
            RoleGrant.role.in_(KEEPERS),
        )
        .correlate(Action)
        .scalar_subquery()
    )
    return (
        wait(
            WorkKind.NO_OWNER, Action.id, Action.title,
            sa.func.coalesce(Person.disabled_at, ended, Action.moved_at),
            late=past_due(TODAY), due_on=Action.due_on, due_kind=Action.due_kind,
            who=sa.func.coalesce(Person.name, ""), note=_left(),
            reference=PromiseCommitment.reference, source=sa.func.coalesce(Service.name, ""),
        )
        .select_from(Action)
        .outerjoin(Person, Person.id == Action.owner_id)
        .join(PromiseCommitment, PromiseCommitment.id == Action.commitment_id)
        .outerjoin(Service, Service.id == Action.service_id)
        .where(without_owner(), sa.or_(_i_am(*CHAIRS, *VOICE), owned_by(Action, ME)))
    )  # fmt: skip


def opportunities_without_member() -> Statement:
    """Select opportunities whose members have all left, for those who ask others."""
    newest = (
        sa.select(sa.func.max(Invitation.id))
        .where(Invitation.opportunity_id == Opportunity.id, said_yes())
        .correlate(Opportunity)
        .scalar_subquery()
    )
    since = sa.func.coalesce(Person.disabled_at, _YES.confirmed_at, _YES.replied_at)
    return (
        wait(
            WorkKind.NO_MEMBER, Opportunity.id, Opportunity.title, since,
            who=Person.name, note=_left(),
        )
        .select_from(Opportunity)
        .join(_YES, _YES.id == newest)
        .join(Person, Person.id == _YES.person_id)
        .where(without_member(), _i_am(*CHAIRS, *VOICE))
    )  # fmt: skip


def empty_seats() -> Statement:
    """Select seats in a group whose member's account is closed, for those who keep groups."""
    return _seats(WorkKind.EMPTY_SEAT, _i_am(*VOICE, *OFFICE))


def empty_seats_for_others() -> Statement:
    """Select the same for the chair, who cannot fill them."""
    return _seats(WorkKind.WAITS_SEAT, _i_am(*CHAIRS), ~_i_am(*VOICE, *OFFICE))


def returns_without_returner() -> Statement:
    """Select the newest round's returns that nobody can fill in, for administrators."""
    return _returns(WorkKind.NO_RETURNER, _i_am(*OFFICE))


def returners_for_others() -> Statement:
    """Select the same for the chair and the Youth Voice Team, who cannot name anybody."""
    return _returns(WorkKind.WAITS_RETURNER, _i_am(*CHAIRS, *VOICE), ~_i_am(*OFFICE))


def services_to_take_over() -> Statement:
    """Select services that somebody whose account is closed was responsible for, for administrators
    to name a successor. `about` is that account. One whose return nobody can fill in is among
    `returns_without_returner`.
    """
    owed = sa.exists().where(
        AuditReturn.service_id == Service.id,
        AuditRound.id == AuditReturn.round_id,
        without_returner(),
        AuditRound.opened_on == _newest_round(),
    )
    return (
        wait(
            WorkKind.NO_SERVICE, Person.id, Service.name, Person.disabled_at,
            who=Person.name, note=LEFT,
        )
        .select_from(ServiceMember)
        .join(Service, Service.id == ServiceMember.service_id)
        .join(Person, Person.id == ServiceMember.person_id)
        .where(
            Person.disabled_at.is_not(None),
            Service.retired_at.is_(None),
            ~owed,
            _i_am(*OFFICE),
        )
    )  # fmt: skip


def projects_without_owner() -> Statement:
    """Select projects whose owner has left, for the Youth Voice Team and administrators, and for a
    manager those of their services.
    """
    title, ends = Project.title, Project.ends_on
    return _led(WorkKind.NO_PROJECT_OWNER, Project, title, ends).where(is_going_on())


def panels_without_lead() -> Statement:
    """Select for the same people recruitment that nobody finishes: who led it has left."""
    open_now = panel_to_come_or_owed(TODAY)
    post, day = Recruitment.post, Recruitment.meets_on
    return _led(WorkKind.NO_PANEL_LEAD, Recruitment, post, day).where(open_now)


def policies_without_owner() -> Statement:
    """Select policies that nobody moves on, for the Youth Voice Team: who led them has left."""
    return (
        wait(
            WorkKind.NO_POLICY_OWNER, Policy.id, Policy.title, Person.disabled_at,
            who=Person.name, note=LEFT, due_on=Policy.next_by,
        )
        .select_from(Policy)
        .join(Person, Person.id == Policy.owner_id)
        .where(Person.disabled_at.is_not(None), _i_am(*VOICE))
    )  # fmt: skip


def _led(kind: WorkKind, noun: Led, title: Any, due_on: Any) -> Statement:
    return (
        wait(
            kind, noun.id, title, Person.disabled_at, who=Person.name, note=LEFT, due_on=due_on,
            source=Service.name,
        )
        .select_from(noun)
        .join(Person, Person.id == noun.owner_id)
        .join(Service, Service.id == noun.service_id)
        .where(
            Person.disabled_at.is_not(None),
            sa.or_(_i_am(*VOICE, *OFFICE), owned_by(noun, ME)),
        )
    )  # fmt: skip


def _seats(kind: WorkKind, *conditions: sa.ColumnElement[bool]) -> Statement:
    return (
        wait(kind, Group.id, Group.name, Person.disabled_at, who=Person.name, note=LEFT)
        .select_from(Membership)
        .join(Group, Group.id == Membership.group_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.left_on.is_(None),
            Group.closed_at.is_(None),
            Person.disabled_at.is_not(None),
            *conditions,
        )
    )


def _returns(kind: WorkKind, *conditions: sa.ColumnElement[bool]) -> Statement:
    return (
        wait(
            kind, AuditReturn.id, Service.name, NEVER,
            late=overdue(TODAY), due_on=AuditRound.due_on,
        )
        .select_from(AuditReturn)
        .join(AuditRound, AuditRound.id == AuditReturn.round_id)
        .join(Service, Service.id == AuditReturn.service_id)
        .where(without_returner(), AuditRound.opened_on == _newest_round(), *conditions)
    )  # fmt: skip


def _newest_round() -> sa.ScalarSelect[Any]:
    return sa.select(sa.func.max(AuditRound.opened_on)).correlate(None).scalar_subquery()


def _left() -> Any:
    return sa.case((Person.disabled_at.is_not(None), LEFT), else_="")


def _i_am(*roles: Role) -> sa.ColumnElement[bool]:
    """Return the condition that the one who asks holds one of these roles."""
    return ME.in_(sa.select(Person.id).where(holds(*roles)).correlate(None))
