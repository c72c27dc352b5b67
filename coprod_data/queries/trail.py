"""The trail, for the administrator: sign-ins, what was refused, and what was downloaded."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Person, Trail
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.people import A_YOUNG_PERSON, told_name
from coprod_data.vocabulary.trail import TrailKind

SHOWN, FURTHEST = 100, 10_000
MARK = 6  # signs of a keyed hash: enough to see which tries belong together, and no name


@dataclass(frozen=True)
class TrailRow:
    """One row of the trail. Nobody signed in: `who` is a mark of the name that was typed."""

    at: datetime
    who: str
    kind: TrailKind
    about: str
    place: str


@dataclass(frozen=True)
class TrailPage:
    """A page of the trail, and whether there is more before it."""

    rows: list[TrailRow]
    more: bool


def trail(db: Session, actor: Actor, *, kind: TrailKind | None = None, page: int = 1) -> TrailPage:
    """Return a page of the trail, the newest first: all of it, or of one kind.

    Young people are not named, nor is there a mark of where they were, which is theirs alone.
    """
    actor.must(Permission.TRAIL_READ)
    rows = db.execute(
        sa.select(Trail, told_name())
        .outerjoin(Person, Person.id == Trail.person_id)
        .where(sa.true() if kind is None else Trail.kind == kind)
        .order_by(Trail.at.desc(), Trail.id.desc())
        .limit(SHOWN + 1)
        .offset(SHOWN * (min(page, FURTHEST) - 1))
    ).all()
    told = [
        TrailRow(
            row.at, name or f"Name {row.name_hash[:MARK]}", row.kind, row.about,
            "" if name == A_YOUNG_PERSON else row.address_hash[:MARK],
        )
        for row, name in rows[:SHOWN]
    ]  # fmt: skip
    return TrailPage(told, more=len(rows) > SHOWN)
