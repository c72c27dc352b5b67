"""How opportunities are shared among members and officers: who is asked, who takes them up."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Invitation, Person
from coprod_data.models.base import UtcDateTime
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.rules.statements import statement
from coprod_data.scopes.opportunities import matched, may_be_invited, said_yes
from coprod_data.scopes.people import holds

A_YEAR = timedelta(days=365)
_SINCE: sa.BindParameter[Any] = sa.bindparam("since", type_=UtcDateTime())


@dataclass(frozen=True)
class ShareRow:
    """What one member or officer was asked to join, offered and took up in the last year.

    `offered` are their yeses, `taken` those of them to which a young person said yes too. `member`:
    they sit on the Board. How often they said no is not counted.
    """

    id: int
    name: str
    job: str
    member: bool
    asked: int
    offered: int
    taken: int

    @property
    def never_asked(self) -> bool:
        """Say whether nobody asked them, and they offered nothing by themselves."""
        return not self.asked and not self.offered


def shares(db: Session, actor: Actor) -> list[ShareRow]:
    """Return everybody who can take an opportunity up: members of the Board before officers, those
    who were never asked first, then who took up least.
    """
    actor.must(Permission.OPPORTUNITIES_SHARES)
    rows = [ShareRow(*row) for row in db.execute(_shares(), {"since": actor.at - A_YEAR})]
    return sorted(rows, key=lambda one: (
        not one.member, not one.never_asked, one.taken, one.offered, one.name, one.id,
    ))  # fmt: skip


@statement
def _shares() -> sa.Select[*tuple[Any, ...]]:
    def count(condition: sa.ColumnElement[bool]) -> Any:
        return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)

    return (
        sa.select(
            Person.id,
            Person.name,
            Person.job,
            holds(Role.BOARD_MEMBER, Role.CHAIR).label("member"),
            count(Invitation.asked_by_id.is_not(None)),
            count(said_yes()),
            count(matched()),
        )
        .outerjoin(
            Invitation, sa.and_(Invitation.person_id == Person.id, Invitation.asked_at > _SINCE)
        )
        .where(may_be_invited())
        .group_by(Person.id, Person.name, Person.job)
    )
