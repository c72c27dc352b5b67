"""Who may answer what an administrator asks about a guarded account: one rule for every read.

Another member of the team who is there, else somebody of safeguarding; for the chair a member of
either team; a young person's account is Youth Voice's. Whoever asked and whoever it is about are
never among them, nor another account of the same person. Whoever asked makes nobody away. Each
condition is about a row of `role_grant` or `account_request`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import AccountRequest, Event, Person, RoleGrant
from coprod_data.permissions import ActorKind, Role
from coprod_data.rules.accounts import TEAMS
from coprod_data.scopes.duty import away_on
from coprod_data.scopes.one_person import alike
from coprod_data.scopes.people import ever_young, holds
from coprod_data.vocabulary.events import EventKind

CALLED = (EventKind.PERSON_CHANGED, EventKind.PERSON_EMAIL_CHANGED)


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


def may_answer(me: Any, asked: Asked, day: Any, there: Any = None) -> sa.ColumnElement[bool]:
    """Return the condition that `me` is a second person for what is asked, on a day."""
    there = there or _there
    voice, safe = there(asked, day, Role.YOUTH_VOICE), there(asked, day, Role.SAFEGUARDING)
    nobody_of_voice = ~sa.exists(there(asked, day, Role.YOUTH_VOICE))
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
    """Say whether there is a second person at all; the values of `asked` are not columns.

    Names and addresses that whoever asked gave make no two people one.
    """
    said = Asked(
        sa.literal(asked.team, RoleGrant.role.type),
        sa.literal(asked.asked_by_id, sa.Integer),
        sa.literal(asked.person_id, sa.Integer),
    )
    found = sa.select(Person.id).where(may_answer(Person.id, said, day, _there_by_rights)).limit(1)
    return db.scalar(found) is not None


def guarded_team(db: Session, person_id: int) -> Role | None:
    """Return the team that answers for an account: the most guarded of its roles, or None.

    Youth Voice answers for whoever is or was a young person: a role that ends opens nothing.
    """
    held = set(
        db.scalars(
            sa.select(RoleGrant.role).where(
                RoleGrant.person_id == person_id,
                RoleGrant.role.in_(TEAMS),
                RoleGrant.ended_at.is_(None),
            )
        )
    )
    young = sa.exists().where(Person.id == person_id, ever_young())
    if not held and db.scalar(sa.select(young)):
        return Role.YOUTH_VOICE  # its owner's words are behind it
    return next((team for team in TEAMS if team in held), None)


def _holds(me: Any, role: Any) -> sa.ColumnElement[bool]:
    holder = aliased(Person)
    holders: sa.ColumnElement[bool] = me.in_(
        sa.select(holder.id).where(holds(role, person=holder)).correlate_except(holder)
    )
    return holders


def _there(asked: Asked, day: Any, role: Role, *, by_rights: bool = False) -> sa.Select[int]:
    """Select who of a team is there and is neither who asked nor whom it is about."""
    who, one = aliased(Person), aliased(Person)
    seems = alike(one, who)
    if by_rights:
        seems = sa.and_(seems, ~_called_so_by(asked.asked_by_id, one, who))
    same = (
        sa.exists()
        .where(
            one.id.in_([asked.asked_by_id, asked.person_id]),
            sa.or_(one.id == who.id, seems),
        )
        .correlate_except(one)
    )
    away = away_on(day, who, but_by=asked.asked_by_id)
    return sa.select(who.id).where(holds(role, person=who), ~away, ~same).correlate_except(who)


def _there_by_rights(asked: Asked, day: Any, role: Role) -> sa.Select[int]:
    return _there(asked, day, role, by_rights=True)


def _called_so_by(by_id: Any, *people: type[Person]) -> sa.ColumnElement[bool]:
    """Return the condition that somebody ever changed what one of these accounts is called."""
    changed = aliased(Event)
    return (
        sa.exists()
        .where(
            changed.kind.in_(CALLED),
            changed.subject_type == Person.__tablename__,
            changed.subject_id.in_([person.id for person in people]),
            changed.actor_kind == ActorKind.PERSON,
            changed.actor_id == by_id,
        )
        .correlate_except(changed)
    )
