"""The versions of a policy: their parts with easy words, their length, and what was cut."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Policy, PolicyCut, PolicyPart, PolicyVersion
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.policy_text import Length, count_words
from coprod_data.rules.reading_age import reading_age
from coprod_data.scopes.policies import easy_is_stale
from coprod_data.vocabulary.policies import CutState


@dataclass(frozen=True, kw_only=True)
class PartRow:
    """A part of a version. `stale`: its easy words are missing or were written for another text."""

    id: int
    part: int
    heading: str
    text: str
    easy: str
    stale: bool
    tested_with: str
    tested_said: str


@dataclass(frozen=True, kw_only=True)
class VersionRow:
    """A version with its parts. `grew`: it has more words than the one before."""

    id: int
    number: int
    made_on: date
    written_by: str
    revision: int
    easy_by: str
    easy_read_by: str
    put_out: bool
    signed: bool
    length: Length
    grew: bool
    parts: tuple[PartRow, ...]

    @property
    def stale(self) -> tuple[PartRow, ...]:
        """The parts whose easy words are missing or out of date."""
        return tuple(part for part in self.parts if part.stale)

    @property
    def reading_age(self) -> int | None:
        """From about which age its easy words can be read, None for too few."""
        return reading_age("\n".join(part.easy for part in self.parts if part.easy))

    @property
    def twin_ready(self) -> bool:
        """Say whether its easy-read twin is whole, credited, and read by others."""
        return bool(self.parts and not self.stale and self.easy_by and self.easy_read_by)


@dataclass(frozen=True)
class CutRow:
    """A text that was cut from a version, and where it is now."""

    id: int
    version: int
    heading: str
    text: str
    state: CutState


def versions(db: Session, actor: Actor, policy_id: int) -> list[VersionRow]:
    """Return the versions of a policy, the newest first, with their parts."""
    actor.must(Permission.POLICIES_READ)
    found = db.execute(
        sa.select(PolicyVersion, Policy.target_pages)
        .join(Policy, Policy.id == PolicyVersion.policy_id)
        .where(PolicyVersion.policy_id == policy_id)
        .order_by(PolicyVersion.number)
    ).all()
    parts: defaultdict[int, list[PolicyPart]] = defaultdict(list)
    mine = PolicyPart.version_id.in_([one.id for one, _ in found])
    for part in db.scalars(sa.select(PolicyPart).where(mine).order_by(PolicyPart.place)):
        parts[part.version_id].append(part)
    rows: list[VersionRow] = []
    for one, target in found:
        length = Length(sum(count_words(part.text) for part in parts[one.id]), target)
        rows.append(
            VersionRow(
                id=one.id,
                number=one.number,
                made_on=one.made_on,
                written_by=one.written_by,
                revision=one.revision,
                easy_by=one.easy_by,
                easy_read_by=one.easy_read_by,
                put_out=one.put_out_at is not None,
                signed=one.signed_at is not None,
                length=length,
                grew=bool(rows) and length.words > rows[-1].length.words,
                parts=tuple(_part(part) for part in parts[one.id]),
            )
        )
    return rows[::-1]


def cut_texts(db: Session, actor: Actor, policy_id: int) -> list[CutRow]:
    """Return what was cut from the versions of a policy, the newest first."""
    actor.must(Permission.POLICIES_READ)
    rows = db.execute(
        sa.select(PolicyCut, PolicyVersion.number)
        .join(PolicyVersion, PolicyVersion.id == PolicyCut.version_id)
        .where(PolicyVersion.policy_id == policy_id)
        .order_by(PolicyCut.id.desc())
    )
    return [CutRow(one.id, number, one.heading, one.text, one.state) for one, number in rows]


def _part(one: PolicyPart) -> PartRow:
    return PartRow(
        id=one.id,
        part=one.part,
        heading=one.heading,
        text=one.text,
        easy=one.easy,
        stale=easy_is_stale(one),
        tested_with=one.tested_with,
        tested_said=one.tested_said,
    )
