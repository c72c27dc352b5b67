"""Policies as shown: how far each is, what it needs next, and how it stands by its dates."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Person, Policy, PolicyDone
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.policy_dates import standing_of
from coprod_data.vocabulary.policies import NEXT, PolicyStanding, PolicyStep

AS_KEPT = (
    "id", "title", "purpose", "audiences", "partners", "co_producers", "definitions",
    "defined_with", "owner_id", "target_pages", "next_with", "next_by", "valid_from", "valid_to",
    "review_on", "what_changed", "lap",
)  # fmt: skip


@dataclass(frozen=True)
class LifeStep:
    """A step of a policy's life: `state` is done, skipped, now or later."""

    step: PolicyStep
    state: str
    done_on: date | None = None
    why_skipped: str = ""


@dataclass(frozen=True, kw_only=True)
class PolicyRow:
    """A policy; `step` comes next, None where all were taken. `may_change`: its reader may."""

    id: int
    title: str
    purpose: str
    audiences: str
    partners: str
    co_producers: str
    definitions: str
    defined_with: str
    owner_id: int
    owner: str
    owner_gone: bool
    target_pages: int
    next_with: str
    next_by: date | None
    valid_from: date | None
    valid_to: date | None
    review_on: date | None
    what_changed: str
    lap: int
    life: tuple[LifeStep, ...]
    standing: PolicyStanding
    late: bool
    may_change: bool

    @property
    def step(self) -> PolicyStep | None:
        """The step that comes next."""
        return next((one.step for one in self.life if one.state == "now"), None)

    @property
    def signed(self) -> bool:
        """Say whether its newest text is signed off."""
        step = self.step
        return step is None or step.place > PolicyStep.SIGNED_OFF.place

    @property
    def holder(self) -> str:
        """Who has the next step: those it was given to, else who leads it."""
        return self.next_with or (f"{self.owner} (has left)" if self.owner_gone else self.owner)

    @property
    def next_words(self) -> str:
        """What comes next, as the end of a sentence; "" where every step was taken."""
        return NEXT[self.step] if self.step else ""

    @property
    def terms(self) -> tuple[tuple[str, str], ...]:
        """Its definitions: each term with what it means."""
        lines = (line.partition(":") for line in self.definitions.splitlines() if line.strip())
        return tuple((term.strip(), meaning.strip()) for term, _, meaning in lines)


def policies(db: Session, actor: Actor) -> list[PolicyRow]:
    """Return every policy, those being written first."""
    actor.must(Permission.POLICIES_READ)
    return sorted(_rows(db, actor, sa.true()), key=lambda row: row.step is None)


def policy(db: Session, actor: Actor, policy_id: int) -> PolicyRow:
    """Return one policy. Raises NotFound."""
    actor.must(Permission.POLICIES_READ)
    rows = _rows(db, actor, Policy.id == policy_id)
    if not rows:
        raise NotFound("We could not find that policy.")
    return rows[0]


def _rows(db: Session, actor: Actor, which: sa.ColumnElement[bool]) -> list[PolicyRow]:
    today = london_day(actor.at)
    found = db.execute(
        sa.select(Policy, Person.name, Person.disabled_at)
        .join(Person, Person.id == Policy.owner_id)
        .where(which)
        .order_by(Policy.title)
    ).all()
    taken: defaultdict[int, list[PolicyDone]] = defaultdict(list)
    done = sa.select(PolicyDone).join(
        Policy, sa.and_(Policy.id == PolicyDone.policy_id, Policy.lap == PolicyDone.lap)
    )
    for step in db.scalars(done.where(which)):
        taken[step.policy_id].append(step)
    rows = []
    for one, owner, gone in found:
        life = _life(taken[one.id])
        now = next((each.step for each in life if each.state == "now"), None)
        rows.append(
            PolicyRow(
                **{name: getattr(one, name) for name in AS_KEPT},
                owner=owner,
                owner_gone=gone is not None,
                life=life,
                standing=standing_of(one.valid_to, one.review_on, today, in_force=now is None),
                late=now is not None and one.next_by is not None and one.next_by < today,
                may_change=actor.may(Permission.POLICIES_WRITE)
                or (actor.may(Permission.POLICIES_OWN) and one.owner_id == actor.person_id),
            )
        )
    return rows


def _life(taken: Iterable[PolicyDone]) -> tuple[LifeStep, ...]:
    by_step = {one.step: one for one in taken}
    now = next((step for step in PolicyStep if step not in by_step), None)
    return tuple(
        LifeStep(
            step,
            "skipped" if one.why_skipped else "done",
            one.done_on,
            one.why_skipped,
        )
        if (one := by_step.get(step))
        else LifeStep(step, "now" if step is now else "later")
        for step in PolicyStep
    )
