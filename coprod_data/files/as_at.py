"""The plan and the Board's numbers as they were at an earlier moment, with their fingerprint."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Event
from coprod_data.permissions import Actor, ActorKind, Invalid, Permission, Refused, Role
from coprod_data.queries.actions_progress import (
    CommitmentProgress,
    ThemeKept,
    ThemeProgress,
    progress_by_theme,
    promise_kept,
)
from coprod_data.queries.overview import Numbers, Wait, Waits, numbers, waits
from coprod_data.queries.projects import PlansOfService, plans_by_service
from coprod_data.queries.promise import promise
from coprod_data.queries.promise_plan import PlanRuns, plan_runs
from coprod_data.queries.settings import Targets, targets
from coprod_data.rules.clocks import LONDON
from coprod_data.rules.moments import past_moment
from coprod_data.store.that_day import as_it_was

FIRST = 20  # events: a demonstration notes what it is before its first day is played
LETTERS = 24  # of a fingerprint: 96 bits
NO_WAIT = Wait(0, 0, 0, 0)
OF_ENTRIES = ("unread", "replies")  # waits of entries, which nothing looks back on


@dataclass(frozen=True)
class AsAt:
    """What a Board member could read at `moment` of the plan and on the Overview.

    `waits` of entries are not in it: what was held, taken back or erased since would show there.
    `fingerprint` covers ids, dates, states and numbers of all that is here, and no words.
    """

    moment: datetime
    promise_id: int | None
    themes: list[ThemeProgress]
    kept: list[ThemeKept]
    waits: Waits
    numbers: Numbers
    limits: Targets
    runs: PlanRuns | None
    plans: list[PlansOfService]
    fingerprint: str


def as_at(db: Session, actor: Actor, day: str, clock: str = "") -> AsAt:
    """Return how it was at the end of a day in London, or at a time of it. Raises Invalid."""
    actor.must(Permission.ACTIONS_READ, Permission.OVERVIEW_READ, Permission.JOBS_RUN)
    moment = past_moment(day, clock, actor.at)
    began = db.scalar(sa.select(sa.func.min(Event.at)).where(Event.id <= FIRST))
    if began is None or moment < began:
        first = began and began.astimezone(LONDON)
        since = f"{first.day} {first:%B %Y}" if first else "today"
        raise Invalid(f"Nothing was recorded here before {since}. Choose a later day.", field="at")
    with as_it_was(db, moment) as then:
        return as_it_is(then, actor, moment)


def as_it_is(db: Session, actor: Actor, moment: datetime) -> AsAt:
    """Return what a database shows at a moment, which is now or the one it was copied for."""
    actor.must(Permission.ACTIONS_READ, Permission.OVERVIEW_READ, Permission.JOBS_RUN)
    member = replace(
        actor, kind=ActorKind.PERSON, at=moment, person_id=None, entry_id=None,
        roles=frozenset({Role.BOARD_MEMBER}),
    )  # fmt: skip
    worded, shown = promise(db, member), waits(db, member)
    found = AsAt(
        moment=moment,
        promise_id=worded.id if worded else None,
        themes=progress_by_theme(db, member),
        kept=promise_kept(db, member),
        waits=replace(shown, **dict.fromkeys(OF_ENTRIES, NO_WAIT)),
        numbers=numbers(db, member),
        limits=targets(db, member),
        runs=plan_runs(db, member),
        plans=plans_by_service(db, member),
        fingerprint="",
    )
    return replace(found, fingerprint=_fingerprint(found))


def written(fingerprint: str) -> str:
    """Return a fingerprint in groups of four, as people copy it."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


def confirmed(db: Session, actor: Actor, typed: str, named: str) -> str:
    """Say that the numbers of a day, or of a moment like "2026-06-30 14:30", have a fingerprint.

    Spaces and hyphens in it do not count. Raises Refused where they have another.
    """
    actor.must(Permission.JOBS_RUN)
    day, _, clock = named.strip().replace("T", " ").partition(" ")
    found = as_at(db, actor, day, clock)
    if "".join(typed.split()).replace("-", "").casefold() == found.fingerprint:
        return f"The numbers as at {named} are the ones with that fingerprint."
    raise Refused(
        f"The numbers as at {named} are not the ones with that fingerprint. "
        f"Theirs is {written(found.fingerprint)}."
    )


def _fingerprint(found: AsAt) -> str:
    covered: dict[str, Any] = {
        "at": found.moment,
        "promise": found.promise_id,
        "themes": [
            [theme.id, theme.state, theme.met, theme.whole, theme.drift] for theme in found.themes
        ],
        "commitments": [_commitment(row) for theme in found.themes for row in theme.commitments],
        "kept": [[row.id, row.state, row.met, row.whole] for row in found.kept],
        "waits": asdict(found.waits),
        "numbers": asdict(found.numbers),
    }
    if found.runs and found.runs.starts_on:
        covered["plan"] = [found.runs.starts_on, found.runs.ends_on]
    if found.plans:  # a print from before there were projects keeps its fingerprint
        covered["projects"] = [[row.service_id, row.agreed, row.projects] for row in found.plans]
    text = json.dumps(covered, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()[:LETTERS]


def _commitment(row: CommitmentProgress) -> list[Any]:
    return [
        row.id, row.theme_id, row.state, row.met, row.whole, row.verified, row.by_code, row.live,
        row.unshown, row.late, row.late_steps,
        sorted([word.value, number] for word, number in row.staff.items()),
        row.drift, row.moved_on, sorted(row.owners), sorted(row.service_ids),
        row.face, row.face_of, row.face_month, row.gap,
    ]  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return int(value) if isinstance(value, Decimal) else value.isoformat()
