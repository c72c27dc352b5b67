"""What the chair decided lately about somebody's actions and the changes they proposed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import Action, ActionChange, ActionUpdate, Person
from coprod_data.models.base import UtcDateTime
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.statements import statement
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.work import DECIDED_DAYS, Decided

MOST = 20
_ME = sa.bindparam("me", type_=sa.Integer)
_SINCE: sa.BindParameter[datetime] = sa.bindparam("since", type_=UtcDateTime)


@dataclass(frozen=True)
class DecidedRow:
    """An action, what somebody else decided about it, on which day, and why where they said so."""

    action_id: int
    title: str
    decided: Decided
    by: str
    on: date
    why: str


def decided_lately(db: Session, actor: Actor) -> list[DecidedRow]:
    """Return what was decided about this person's proposals and actions, the newest first."""
    actor.must(Permission.ACTIONS_PROPOSE)
    since = actor.at - timedelta(days=DECIDED_DAYS)
    return [
        DecidedRow(row.id, row.title, Decided(row.decided), row.name, london_day(row.at), row.why)
        for row in db.execute(_decided(), {"me": actor.id, "since": since})
    ]


@statement
def _decided() -> sa.Select[*tuple[Any, ...]]:
    found = sa.union_all(_approved(), _dropped(), _held(), _changes()).subquery()
    return sa.select(found).order_by(found.c.at.desc(), found.c.id).limit(MOST)


def _approved() -> sa.Select[*tuple[Any, ...]]:
    return _row(sa.literal(Decided.APPROVED.value), Action.approved_at, sa.literal("")).join(
        Person, Person.id == Action.approved_by_id
    ).where(_mine(), Person.id != _ME, Action.approved_at >= _SINCE)  # fmt: skip


def _dropped() -> sa.Select[*tuple[Any, ...]]:
    """Select what was dropped or turned down: the reason is the newest that was written."""
    newer = aliased(ActionUpdate)
    newest = (
        sa.select(sa.func.max(newer.id))
        .where(newer.action_id == Action.id)
        .correlate(Action)
        .scalar_subquery()
    )
    word = sa.case(
        (Action.approved_at.is_(None), Decided.TURNED_DOWN.value), else_=Decided.DROPPED.value
    )
    return (
        _row(word, Action.moved_at, ActionUpdate.text)
        .join(ActionUpdate, ActionUpdate.id == newest)
        .join(Person, Person.id == ActionUpdate.person_id)
        .where(
            _mine(), Person.id != _ME, Action.stage == Stage.DROPPED, Action.moved_at >= _SINCE
        )
    )  # fmt: skip


def _held() -> sa.Select[*tuple[Any, ...]]:
    return (
        _row(sa.literal(Decided.HELD.value), Action.held_at, ActionUpdate.text)
        .join(
            ActionUpdate,
            sa.and_(ActionUpdate.action_id == Action.id, ActionUpdate.at == Action.held_at),
        )
        .join(Person, Person.id == ActionUpdate.person_id)
        .where(_mine(), Person.id != _ME, Action.held_at >= _SINCE)
    )


def _changes() -> sa.Select[*tuple[Any, ...]]:
    word = sa.case(
        (ActionChange.agreed.is_(True), Decided.CHANGE_AGREED.value),
        else_=Decided.CHANGE_REFUSED.value,
    )
    return (
        _row(word, ActionChange.decided_at, ActionChange.answer)
        .join(ActionChange, ActionChange.action_id == Action.id)
        .join(Person, Person.id == ActionChange.decided_by_id)
        .where(
            ActionChange.proposed_by_id == _ME,
            Person.id != _ME,
            ActionChange.decided_at >= _SINCE,
        )
    )


def _mine() -> sa.ColumnElement[bool]:
    return sa.or_(Action.proposed_by_id == _ME, Action.owner_id == _ME)


def _row(decided: Any, at: Any, why: Any) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(
        Action.id,
        Action.title,
        sa.type_coerce(decided, sa.String).label("decided"),
        Person.name,
        sa.type_coerce(at, UtcDateTime).label("at"),
        sa.type_coerce(why, sa.String).label("why"),
    ).select_from(Action)
