"""Who may answer what an administrator asks about a guarded account: one rule for every read.

Another member of the team who is there, else somebody of safeguarding; for the chair a member of
either team; a young person's account is Youth Voice's. Whoever asked and whoever it is about are
never among them, nor another account of the same person. Nobody makes the others not be there: not
who says that they are away, nor who closes their accounts. What waits for somebody who is not there
any more is answered by the other team or the chair. Each condition is about a row of `role_grant`
or `account_request`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
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

STILL_THERE = timedelta(days=30)  # after an account was closed, or its role taken away
CALLED = (EventKind.PERSON_CHANGED, EventKind.PERSON_EMAIL_CHANGED)


@dataclass(frozen=True)
class Asked:
    """The columns, or values, of what is asked: of which team, by whom, about whom.

    `waits` is the condition that it waits for somebody who was there when it was asked.
    """

    team: Any
    asked_by_id: Any
    person_id: Any
    waits: Any = None


def of_grant() -> Asked:
    """Return what a waiting grant asks."""
    waits = RoleGrant.counts_at.is_(None)
    return Asked(RoleGrant.role, RoleGrant.given_by_id, RoleGrant.person_id, waits)


def of_request() -> Asked:
    """Return what a request asks."""
    asked, waits = AccountRequest, AccountRequest.counts_at.is_(None)
    return Asked(asked.team, asked.asked_by_id, asked.person_id, waits)


def grant_waits() -> sa.ColumnElement[bool]:
    """Return the condition that a grant waits for a second person, or for its time."""
    return sa.and_(RoleGrant.confirmed_at.is_(None), RoleGrant.ended_at.is_(None))


def may_answer(me: Any, asked: Asked, day: Any, there: Any = None) -> sa.ColumnElement[bool]:
    """Return the condition that `me` is a second person for what is asked, on a day."""
    there = there or _there
    voice, safe = there(asked, day, Role.YOUTH_VOICE), there(asked, day, Role.SAFEGUARDING)
    nobody_of_voice = ~sa.exists(there(asked, day, Role.YOUTH_VOICE))
    theirs = sa.or_(
        sa.and_(asked.team != Role.SAFEGUARDING, me.in_(voice)),
        sa.and_(
            me.in_(safe),
            sa.or_(asked.team != Role.YOUTH_VOICE, nobody_of_voice),
        ),
    )
    if asked.waits is None:
        return theirs
    nobody = sa.and_(
        ~sa.exists(there(asked, day, Role.SAFEGUARDING)),
        sa.or_(asked.team == Role.SAFEGUARDING, nobody_of_voice),
    )
    others = sa.or_(me.in_(voice), me.in_(there(asked, day, Role.CHAIR)))
    return sa.or_(theirs, sa.and_(asked.waits, nobody, others))


def may_stop(me: Any, asked: Asked, day: Any) -> sa.ColumnElement[bool]:
    """Return the condition that `me` may stop it: who may answer it, and who may besides."""
    return sa.or_(may_stop_besides(me, asked), may_answer(me, asked, day))


def may_stop_besides(me: Any, asked: Asked) -> sa.ColumnElement[bool]:
    """Return the condition that `me` is its owner, the chair or a member of the team.

    They may stop it, and perhaps not answer it.
    """
    voice = sa.literal(Role.YOUTH_VOICE, RoleGrant.role.type)
    team = sa.case((asked.team == Role.CHAIR, voice), else_=asked.team)
    either = sa.and_(asked.team == Role.CHAIR, _holds(me, Role.SAFEGUARDING))
    return sa.or_(
        me == asked.person_id,
        _holds(me, Role.CHAIR),
        _holds(me, team),
        either,
    )


def somebody_answers(db: Session, asked: Asked, day: date) -> bool:
    """Say whether there is a second person at all; the values of `asked` are not columns.

    Names and addresses that whoever asked gave make no two people one. Those whose account was
    closed lately still count, and those of whom somebody else says that they are away; unless it
    was asked on the server itself.
    """
    since = datetime.combine(day, time(), UTC) - STILL_THERE
    there = partial(_there, by_rights=True, since=None if asked.asked_by_id is None else since)
    said = Asked(
        sa.literal(asked.team, RoleGrant.role.type),
        sa.literal(asked.asked_by_id, sa.Integer),
        sa.literal(asked.person_id, sa.Integer),
    )
    found = sa.select(Person.id).where(may_answer(Person.id, said, day, there)).limit(1)
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


def _there(
    asked: Asked,
    day: Any,
    role: Role,
    *,
    by_rights: bool = False,
    since: datetime | None = None,
) -> sa.Select[int]:
    """Select who of a team is there and is neither who asked nor whom it is about.

    With `since` also who was in it then; and only what they said themselves makes them away.
    """
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
    away = away_on(day, who, but_by=asked.asked_by_id, by_themselves=since is not None)
    in_it = holds(role, person=who) if since is None else _held(role, who, since)
    return sa.select(who.id).where(in_it, ~away, ~same).correlate_except(who)


def _held(role: Role, who: type[Person], since: datetime) -> sa.ColumnElement[bool]:
    held = aliased(RoleGrant)
    granted = (
        sa.exists()
        .where(
            held.person_id == who.id,
            held.role == role,
            held.confirmed_at.is_not(None),
            sa.or_(held.ended_at.is_(None), held.ended_at > since),
        )
        .correlate_except(held)
    )
    return sa.and_(sa.or_(who.disabled_at.is_(None), who.disabled_at > since), granted)


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
