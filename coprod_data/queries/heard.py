"""Whom the council has hardly heard from: broad groups in answers of finished terms, small ones
hidden, beside its own totals and how often each was asked.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CoproductionSession, Group, HeardTerm, HeardTotal
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.heard_terms import finished_terms, last_day, next_shown
from coprod_data.rules.small_numbers import per_hundred, shown_beside, sum_shown
from coprod_data.vocabulary.heard import ONE_ANSWER, HeardGroup
from coprod_data.vocabulary.sessions import WAS_HELD

A_YEAR = timedelta(days=365)
HARDLY = 25  # answers for each hundred of them: below it a group is hardly heard
OFTEN = 2  # sessions a year: who was asked as often is not called hardly heard

SETS = [HeardGroup.of(question) for question in ONE_ANSWER]


@dataclass(frozen=True)
class HeardRow:
    """A broad group: how many the council has, how many answers came from it in the terms shown.

    `number` is None where it is kept private in each term; `more` says that it is in one of them,
    so that there were more. `per_hundred` is None where it cannot be said. `sessions` are those of
    twelve months with a group in which they are heard.
    """

    group: HeardGroup
    total: int | None
    number: int | None
    more: bool
    per_hundred: int | None
    last_on: date | None
    sessions: int

    @property
    def hardly(self) -> bool:
        """Say whether they are hardly heard, and were not asked often either."""
        few = self.number is None or self.per_hundred is not None and self.per_hundred < HARDLY
        return few and self.sessions < OFTEN


@dataclass(frozen=True)
class Suggested:
    """A group that meets, to go to next: the one of those hardly heard that was asked least."""

    group_id: int
    name: str
    meets: str
    hears: HeardGroup
    last_on: date | None


@dataclass(frozen=True)
class Heard:
    """All broad groups, the least heard first; private ones before the others, by last session.

    `first_on` and `last_on` are the days of the terms that are shown, `counted` says that one of
    them has answers, `next_on` is when another term is shown, `as_of` the day of the totals.
    """

    rows: tuple[HeardRow, ...]
    suggested: Suggested | None
    first_on: date
    last_on: date
    next_on: date
    counted: bool
    as_of: date | None


def heard(db: Session, actor: Actor) -> Heard:
    """Return how much each broad group was heard. No term is shown before it is over, none can be
    chosen, and what is hidden is in no sum: two days tell no more than one.
    """
    actor.must(Permission.HEARD_READ)
    terms = finished_terms(actor.at)
    tallies = db.scalars(sa.select(HeardTerm).where(HeardTerm.first_on.in_(terms))).all()
    told = [
        shown_beside({group: getattr(one, group.value) for group in HeardGroup}, SETS)
        for one in tallies
    ]
    totals = {row.heard: row for row in db.scalars(sa.select(HeardTotal))}
    asked = _asked(db, actor)
    rows = []
    for group in HeardGroup:
        numbers = [term[group] for term in told]
        total = totals[group].number if group in totals else None
        number, (newest, often) = sum_shown(numbers), asked.get(group, (None, 0))
        rows.append(
            HeardRow(
                group=group,
                total=total,
                number=number,
                more=number is not None and None in numbers,
                per_hundred=per_hundred(number, total),
                last_on=newest,
                sessions=often,
            )
        )
    rows.sort(key=_least_first)
    return Heard(
        rows=tuple(rows),
        suggested=_suggested(db, [row.group for row in rows if row.hardly]),
        first_on=terms[-1],
        last_on=last_day(terms[0]),
        next_on=next_shown(actor.at),
        counted=bool(tallies),
        as_of=max((row.as_of for row in totals.values()), default=None),
    )


def totals_written(db: Session, actor: Actor) -> tuple[dict[HeardGroup, int], date | None]:
    """Return the council's own totals, by group, and the day they are from, for who keeps them."""
    actor.must(Permission.HEARD_TOTALS)
    rows = db.scalars(sa.select(HeardTotal)).all()
    return {row.heard: row.number for row in rows}, max((row.as_of for row in rows), default=None)


def _least_first(row: HeardRow) -> tuple[bool, bool, float, date, str]:
    private = row.number is None
    share = 0.0 if private or row.per_hundred is None else float(row.per_hundred)
    return (not private, row.per_hundred is None, share, row.last_on or date.min, row.group.words)


def _asked(db: Session, actor: Actor) -> dict[HeardGroup, tuple[date, int]]:
    starts = CoproductionSession.starts_at
    rows = db.execute(
        sa.select(
            Group.hears, sa.func.max(starts).label("newest"),
            sa.func.count().filter(starts > actor.at - A_YEAR).label("lately"),
        )
        .join(Group, Group.id == CoproductionSession.group_id)
        .where(Group.hears.is_not(None), CoproductionSession.state.in_(WAS_HELD))
        .group_by(Group.hears)
    )  # fmt: skip
    return {row.hears: (london_day(row.newest), row.lately) for row in rows}


def _suggested(db: Session, hardly: list[HeardGroup]) -> Suggested | None:
    newest = (
        sa.select(sa.func.max(CoproductionSession.starts_at))
        .where(
            CoproductionSession.group_id == Group.id, CoproductionSession.state.in_(WAS_HELD)
        )
        .scalar_subquery()
    )  # fmt: skip
    found = db.execute(
        sa.select(Group.id, Group.name, Group.meets, Group.hears, newest.label("newest")).where(
            Group.closed_at.is_(None), Group.hears.in_(hardly)
        )
    ).all()
    if not found:
        return None
    one = min(
        found,
        key=lambda row: (
            hardly.index(row.hears), london_day(row.newest) if row.newest else date.min, row.name
        ),
    )  # fmt: skip
    last_on = london_day(one.newest) if one.newest else None
    return Suggested(one.id, one.name, one.meets or "", one.hears, last_on)
