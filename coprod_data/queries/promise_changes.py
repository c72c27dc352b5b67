"""What changes once a drafted wording of The Promise is adopted, and what is left to decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    CommitmentSuccessor,
    Milestone,
    Person,
    PromiseCommitment,
    PromiseHome,
    PromiseTheme,
    PromiseVersion,
)
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.wording_changes import Part, new_words, same_words
from coprod_data.scopes.promise import lines_of, version_in_force
from coprod_data.scopes.promise_homes import commitments_of, homes_in
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.promise import HomeKind, WordingChange

Home = tuple[Any, ...]  # an action, its commitment now, how it moves or ends, its new commitment


@dataclass(frozen=True, kw_only=True)
class Line:
    """A commitment of the wording in force or of the draft.

    `actions` are those under it now, or that move to it; `left` of them have no home yet. `parts`
    are its words, each with whether it is new; `easy_parts` likewise its easy words, where they are
    others than before.
    """

    id: int
    reference: str
    wording: str
    theme: str
    actions: int
    left: int
    easy: bool
    parts: tuple[Part, ...] = ()
    easy_parts: tuple[Part, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """Commitments in force that become these commitments of the draft; either may be none."""

    kind: WordingChange
    old: tuple[Line, ...]
    new: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class ActionHome:
    """An action and what becomes of it; `kind` is None while it has no home.

    `decided`: somebody decided it, so it does not only follow its commitment. `shown`: a milestone
    is met with evidence.
    """

    id: int
    title: str
    reference: str
    owner: str
    stage: Stage
    met: int
    whole: int
    kind: HomeKind | None
    commitment_id: int | None
    reason: str
    decided: bool

    @property
    def shown(self) -> bool:
        """Say whether a milestone is met, which finishing needs."""
        return self.met > 0

    def may(self, kind: HomeKind) -> bool:
        """Say whether this can become of it: what both sides have signed is not dropped."""
        if kind is HomeKind.DROP:
            return self.stage is not Stage.VERIFIED
        return kind is not HomeKind.FINISH or self.shown


@dataclass(frozen=True, kw_only=True)
class WhatChanges:
    """A draft beside the wording in force, whose title `now` is empty before the first Promise.

    `lines` and `homes` are what adopting it compares with; `pairs` say which commitment is carried
    on by which.
    """

    version_id: int
    title: str
    now: str
    now_since: date | None
    rows: tuple[ChangeRow, ...]
    actions: tuple[ActionHome, ...]
    new: tuple[Line, ...]
    lines: tuple[tuple[Any, ...], ...]
    homes: tuple[Home, ...]
    pairs: tuple[tuple[int, int], ...]

    @property
    def left(self) -> list[ActionHome]:
        """The actions without a home, in their order."""
        return [action for action in self.actions if action.kind is None]

    @property
    def without_easy(self) -> int:
        """How many commitments of the draft have no easy words."""
        return sum(not line.easy for line in self.new)

    def count(self, kind: WordingChange) -> int:
        """How many rows change in this way."""
        return sum(row.kind is kind for row in self.rows)


def what_changes(db: Session, actor: Actor, version_id: int) -> WhatChanges:
    """Return what a draft changes, in six statements. Raises NotFound."""
    actor.must(Permission.PROMISE_DRAFT)
    version = db.get(PromiseVersion, version_id)
    if version is None or version.adopted_at is not None:
        raise NotFound("We could not find that draft. It may have been adopted.")
    now = db.scalars(
        sa.select(PromiseVersion).where(PromiseVersion.id == version_in_force())
    ).one_or_none()
    old = _lines(db, now.id) if now else []
    new = _lines(db, version_id)
    homes: tuple[Home, ...] = tuple(tuple(row) for row in db.execute(homes_in(version_id)))
    actions = _actions(db, version_id, {home[0]: home for home in homes}, old)
    pairs = _pairs(db, version_id)
    return WhatChanges(
        version_id=version_id,
        title=version.title,
        now=now.title if now else "",
        now_since=(now.adopted_on or (now.adopted_at and london_day(now.adopted_at)))
        if now
        else None,
        rows=tuple(_rows(old, new, pairs, homes)),
        actions=actions,
        new=tuple(_line(row, homes) for row in new),
        lines=tuple(tuple(row) for row in db.execute(lines_of(version_id))),
        homes=homes,
        pairs=tuple(pairs),
    )


def _lines(db: Session, version_id: int) -> list[Any]:
    return list(
        db.execute(
            sa.select(
                PromiseCommitment.id,
                PromiseCommitment.reference,
                PromiseCommitment.wording,
                PromiseCommitment.easy_wording,
                PromiseTheme.title.label("theme"),
            )
            .join(PromiseTheme, PromiseTheme.id == PromiseCommitment.theme_id)
            .where(PromiseTheme.version_id == version_id)
            .order_by(PromiseTheme.position, PromiseCommitment.position)
        )
    )


def _pairs(db: Session, version_id: int) -> list[tuple[int, int]]:
    found = sa.select(CommitmentSuccessor.earlier_id, CommitmentSuccessor.later_id).where(
        CommitmentSuccessor.later_id.in_(commitments_of(version_id))
    )
    return [(row[0], row[1]) for row in db.execute(found)]


def _actions(
    db: Session, version_id: int, homes: dict[int, Home], old: list[Any]
) -> tuple[ActionHome, ...]:
    met = (
        sa.select(
            Milestone.action_id,
            sa.func.count().label("whole"),
            sa.func.count(Milestone.met_on).label("met"),
        )
        .group_by(Milestone.action_id)
        .subquery()
    )
    place = {row.id: position for position, row in enumerate(old)}
    rows = db.execute(
        sa.select(
            Action.id,
            Action.title,
            Action.stage,
            Action.commitment_id,
            PromiseCommitment.reference,
            Person.name,
            sa.func.coalesce(met.c.met, 0).label("met"),
            sa.func.coalesce(met.c.whole, 0).label("whole"),
            PromiseHome.id.label("home"),
            PromiseHome.reason,
        )
        .join(PromiseCommitment, PromiseCommitment.id == Action.commitment_id)
        .join(Person, Person.id == Action.owner_id)
        .outerjoin(met, met.c.action_id == Action.id)
        .outerjoin(
            PromiseHome,
            sa.and_(PromiseHome.action_id == Action.id, PromiseHome.version_id == version_id),
        )
        .where(Action.id.in_(homes))
        .order_by(Action.id)
    ).all()
    return tuple(
        ActionHome(
            id=row.id,
            title=row.title,
            reference=row.reference,
            owner=row.name,
            stage=row.stage,
            met=row.met,
            whole=row.whole,
            kind=HomeKind(homes[row.id][2]) if homes[row.id][2] else None,
            commitment_id=homes[row.id][3],
            reason=row.reason or "",
            decided=row.home is not None,
        )
        for row in sorted(rows, key=lambda row: (place.get(row.commitment_id, -1), row.id))
    )


def _line(row: Any, homes: Iterable[Home], before: Iterable[Any] = ()) -> Line:
    here = [home for home in homes if row.id in (home[1], home[3])]
    old = tuple(before)
    easy = [was.easy_wording for was in old]
    return Line(
        id=row.id,
        reference=row.reference,
        wording=row.wording,
        theme=row.theme,
        easy=bool(row.easy_wording),
        actions=len(here),
        left=sum(home[2] is None for home in here),
        parts=new_words([was.wording for was in old], row.wording),
        easy_parts=() if row.easy_wording in easy else new_words(easy, row.easy_wording),
    )


def _rows(
    old: list[Any],
    new: list[Any],
    pairs: list[tuple[int, int]],
    homes: tuple[Home, ...],
) -> Iterable[ChangeRow]:
    """Return the commitments that hang together, in the order of those in force, new ones last."""
    group = {("old", row.id): {("old", row.id)} for row in old}
    group |= {("new", row.id): {("new", row.id)} for row in new}
    for earlier, later in pairs:
        one, two = group.get(("old", earlier)), group.get(("new", later))
        if one is None or two is None or one is two:
            continue
        one |= two
        for member in two:
            group[member] = one
    of_old, of_new = {row.id: row for row in old}, {row.id: row for row in new}
    place = {key: number for number, key in enumerate(group)}
    seen: set[int] = set()
    for members in group.values():
        if id(members) in seen:
            continue
        seen.add(id(members))
        ordered = sorted(members, key=place.__getitem__)
        before = [of_old[number] for side, number in ordered if side == "old"]
        after = [of_new[number] for side, number in ordered if side == "new"]
        yield ChangeRow(
            kind=_kind(before, after),
            old=tuple(_line(row, homes) for row in before),
            new=tuple(_line(row, homes, before) for row in after),
        )


def _kind(before: list[Any], after: list[Any]) -> WordingChange:
    if not before:
        return WordingChange.NEW
    if not after:
        return WordingChange.LEFT_OUT
    if len(before) > 1:
        return WordingChange.RECAST if len(after) > 1 else WordingChange.JOINED
    if len(after) > 1:
        return WordingChange.SPLIT
    texts = [(same_words(row.wording), row.easy_wording) for row in (before[0], after[0])]
    if texts[0] != texts[1]:
        return WordingChange.REWORDED
    return WordingChange.SAME if before[0].theme == after[0].theme else WordingChange.MOVED
