"""Who may answer what an administrator asks about a guarded account: one rule for every read.

Another member of the team who is there, else somebody of safeguarding; for the chair a member of
either team. Whoever asked and whoever it is about are never among them, nor another account of
the same person. Each condition is about a row of `role_grant` or `account_request`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import AccountRequest, Person, RoleGrant
from coprod_data.permissions import Role
from coprod_data.rules.accounts import TEAMS
from coprod_data.scopes.duty import away_on
from coprod_data.scopes.one_person import alike
from coprod_data.scopes.people import holds


@dataclass(frozen=True)
class Asked:
    """The columns, or values, of what is asked: of which team, by whom, about whom."""

    team: Any
    asked_by_id: Any
    person_id: Any


def of_grant() -> Asked:
    """Return what a waiting grant asks."""
    return Asked(RoleGrant.role, RoleGrant.given_by_id, RoleGrant.person_id)


def of_request() -> Asked:
    """Return what a request asks."""
    return Asked(AccountRequest.team, AccountRequest.asked_by_id, AccountRequest.person_id)


def grant_waits() -> sa.ColumnElement[bool]:
    """Return the condition that a grant waits for a second person, or for its time."""
    return sa.and_(RoleGrant.confirmed_at.is_(None), RoleGrant.ended_at.is_(None))


def may_answer(me: Any, asked: Asked, day: Any) -> sa.ColumnElement[bool]:
    """Return the condition that `me` is a second person for what is asked, on a day."""
    voice, safe = _there(asked, day, Role.YOUTH_VOICE), _there(asked, day, Role.SAFEGUARDING)
    nobody_of_voice = ~sa.exists(_there(asked, day, Role.YOUTH_VOICE))
    return sa.or_(
        sa.and_(asked.team != Role.SAFEGUARDING, me.in_(voice)),
        sa.and_(
            me.in_(safe),
            sa.or_(asked.team != Role.YOUTH_VOICE, nobody_of_voice),
        ),
    )


def may_stop(me: Any, asked: Asked, day: Any) -> sa.ColumnElement[bool]:
    """Return the condition that `me` may stop it: its owner, the chair, each member of the team."""
    voice = sa.literal(Role.YOUTH_VOICE, RoleGrant.role.type)
    team = sa.case((asked.team == Role.CHAIR, voice), else_=asked.team)
    either = sa.and_(asked.team == Role.CHAIR, _holds(me, Role.SAFEGUARDING))
    return sa.or_(
        me == asked.person_id,
        _holds(me, Role.CHAIR),
        _holds(me, team),
        either,
        may_answer(me, asked, day),
    )


def somebody_answers(db: Session, asked: Asked, day: date) -> bool:
    """Say whether there is a second person at all; the values of `asked` are not columns."""
    said = Asked(
        sa.literal(asked.team, RoleGrant.role.type),
        sa.literal(asked.asked_by_id, sa.Integer),
        sa.literal(asked.person_id, sa.Integer),
    )
    found = sa.select(Person.id).where(may_answer(Person.id, said, day)).limit(1)
    return db.scalar(found) is not None


def guarded_team(db: Session, person_id: int) -> Role | None:
    """Return the team that answers for an account: the most guarded of its roles, or None."""
    held = set(
        db.scalars(
            sa.select(RoleGrant.role).where(
                RoleGrant.person_id == person_id,
                RoleGrant.role.in_(TEAMS),
                RoleGrant.ended_at.is_(None),
            )
        )
    )
    return next((team for team in TEAMS if team in held), None)


def _holds(me: Any, role: Any) -> sa.ColumnElement[bool]:
    holder = aliased(Person)
    holders: sa.ColumnElement[bool] = me.in_(
        sa.select(holder.id).where(holds(role, person=holder)).correlate_except(holder)
    )
    return holders


def _there(asked: Asked, day: Any, role: Role) -> sa.Select[int]:
    """Select who of a team is there and is neither who asked nor whom it is about."""
    who, one = aliased(Person), aliased(Person)
    same = (
        sa.exists()
        .where(
            one.id.in_([asked.asked_by_id, asked.person_id]),
            sa.or_(one.id == who.id, alike(one, who)),
        )
        .correlate_except(one)
    )
    return (
        sa.select(who.id)
        .where(holds(role, person=who), ~away_on(day, who), ~same)
        .correlate_except(who)
    )
