"""The figures of a Board paper: as they are now, or as they were on its day, with a fingerprint."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.files.as_at import LETTERS
from coprod_data.permissions import Actor, ActorKind, Permission, Role
from coprod_data.queries.actions_progress import CommitmentProgress, progress_by_theme
from coprod_data.queries.papers import PaperDetail
from coprod_data.queries.papers_figures import Counted, counted_for_paper
from coprod_data.rules.clocks import london_day
from coprod_data.scopes.papers import Spent, spent_between
from coprod_data.store.that_day import as_it_was


@dataclass(frozen=True)
class PaperFigures:
    """What a paper counts at a moment, from a first day on.

    `fingerprint` covers its ids, dates, states and numbers, and no words.
    """

    moment: datetime
    first: date
    last: date
    counted: Counted
    promise: tuple[tuple[str, CommitmentProgress], ...]
    spent: Spent
    fingerprint: str = ""


def figures_of(db: Session, actor: Actor, found: PaperDetail) -> PaperFigures:
    """Return the figures of a paper: of its moment once it was submitted, until then of now."""
    actor.must(Permission.PAPERS_READ)
    if found.figures_at is None:
        return _counted(db, actor, actor.at, found.since)
    with as_it_was(db, found.figures_at) as then:
        return _counted(then, actor, found.figures_at, found.since)


def _counted(db: Session, actor: Actor, moment: datetime, first: date) -> PaperFigures:
    member = replace(
        actor, kind=ActorKind.PERSON, at=moment, person_id=None, entry_id=None,
        roles=frozenset({Role.BOARD_MEMBER}),
    )  # fmt: skip
    last = london_day(moment)
    figures = PaperFigures(
        moment=moment,
        first=first,
        last=last,
        counted=counted_for_paper(db, member, first=first, last=last),
        promise=tuple(
            (theme.title, row)
            for theme in progress_by_theme(db, member)
            for row in theme.commitments
        ),
        spent=spent_between(db, first, last),
    )
    return replace(figures, fingerprint=_fingerprint(figures))


def _fingerprint(figures: PaperFigures) -> str:
    counted = figures.counted
    covered: dict[str, Any] = {
        "days": [figures.first, figures.last],
        "cards": [[row.id, row.shared_on] for row in counted.cards],
        "opportunities": [[row.id, row.days, row.asked] for row in counted.opportunities],
        "outcomes": [[row.id, row.signed_on, row.by_code] for row in counted.outcomes],
        "audit": [[row.id, row.returned, row.gap] for row in counted.audit],
        "promise": [
            # Without faces: a job counts them, and may do so after the day.
            [row.id, row.state, row.met, row.whole, row.staff_view, row.moved_on]
            for _, row in figures.promise
        ],
        "spent": asdict(figures.spent),
    }
    text = json.dumps(covered, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()[:LETTERS]


def _plain(value: date | Decimal) -> str | int:
    """Say a day as text, and a sum as a whole number: PostgreSQL gives sums as decimals."""
    return int(value) if isinstance(value, Decimal) else value.isoformat()
