"""In whose hands the actions of each commitment are: a step of the reads of its progress."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Action, Person
from coprod_data.permissions import Actor
from coprod_data.rules.statements import statement
from coprod_data.scopes.actions import live, without_owner
from coprod_data.scopes.promise import lineage


@dataclass(frozen=True, kw_only=True)
class Hands:
    """Who owns the actions of a commitment, by name, the one with the most first; which services.

    Who can no longer act on what is left to do "has left". `mine` says that the reader owns one.
    """

    owners: dict[int, str]
    service_ids: frozenset[int]
    mine: bool


NOBODY = Hands(owners={}, service_ids=frozenset(), mine=False)


def in_whose_hands(db: Session, actor: Actor) -> dict[int, Hands]:
    """Return by commitment in force in whose hands its actions are."""
    found: dict[int, list[Any]] = {}
    for row in db.execute(_hands(), {"me": actor.person_id}):
        found.setdefault(row.now_id, []).append(row)
    return {commitment_id: _of(actions) for commitment_id, actions in found.items()}


def counted_for(then: sa.CTE) -> sa.ColumnElement[bool]:
    """Return the condition that an action counts for a commitment in force."""
    return sa.and_(Action.commitment_id == then.c.then_id, live())


@statement
def _hands() -> sa.Select[*tuple[Any, ...]]:
    then, me = lineage(), sa.bindparam("me", type_=sa.Integer)
    return (
        sa.select(
            then.c.now_id,
            Person.id,
            Person.name,
            Action.service_id,
            (Action.owner_id == me).label("mine"),
            without_owner().label("ownerless"),
        )  # fmt: skip
        .join(Action, counted_for(then))
        .join(Person, Person.id == Action.owner_id)
        .order_by(Person.name, Person.id)
    )


def _of(actions: list[Any]) -> Hands:
    number = Counter(row.id for row in actions)
    left = {row.id for row in actions if row.ownerless}
    names = {row.id: f"{row.name} (has left)" if row.id in left else row.name for row in actions}
    return Hands(
        owners={id_: names[id_] for id_ in sorted(names, key=lambda id_: -number[id_])},
        service_ids=frozenset(row.service_id for row in actions),
        mine=any(row.mine for row in actions),
    )
