"""The participation audit: service by standard, beside last year and beside young auditors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.clocks import london_day
from coprod_data.models import AuditAnswer, AuditReturn, AuditRound, AuditStandard, Service
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.scopes.audits import handed_in, overdue, own, visible_to
from coprod_data.vocabulary import Rater, ReturnState

Key = tuple[int, str]


@dataclass(frozen=True, kw_only=True)
class RoundRow:
    """One year's audit; `returned` of `whole` returns are handed in."""

    id: int
    title: str
    opened_on: date
    due_on: date
    returned: int
    whole: int


@dataclass(frozen=True, kw_only=True)
class StandardRow:
    """A statement that is rated. The same reference in two rounds is the same standard."""

    id: int
    reference: str
    short: str
    wording: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How a service rates itself on a standard; `level` none means not looked at.

    `evidence` says whether something shows it. `change` is levels since the round before, none
    where one of the two was not looked at. `young` is what young auditors gave, `gap` how many
    levels the service stands above (below if negative) them, none where one side is silent.
    """

    level: int | None
    evidence: bool
    change: int | None
    young: int | None
    gap: int | None


@dataclass(frozen=True, kw_only=True)
class HeatRow:
    """A service and its cells, one for each standard of the round.

    Until the return is handed in its own levels are a draft and show to its manager alone.
    """

    return_id: int
    service: str
    state: ReturnState
    overdue: bool
    mine: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Heat:
    """A round's whole table."""

    round: RoundRow
    standards: tuple[StandardRow, ...]
    rows: tuple[HeatRow, ...]


def rounds(db: Session, actor: Actor) -> list[RoundRow]:
    """Return every round, newest first."""
    actor.must(Permission.AUDITS_READ, Permission.AUDITS_READ_OWN)
    rows = db.execute(
        sa.select(
            AuditRound,
            sa.func.count(AuditReturn.id).label("whole"),
            sa.func.count(sa.case((handed_in(), 1))).label("returned"),
        )
        .outerjoin(AuditReturn, AuditReturn.round_id == AuditRound.id)
        .group_by(AuditRound.id)
        .order_by(AuditRound.opened_on.desc())
    )
    return [
        RoundRow(
            id=row.AuditRound.id,
            title=row.AuditRound.title,
            opened_on=row.AuditRound.opened_on,
            due_on=row.AuditRound.due_on,
            returned=row.returned,
            whole=row.whole,
        )
        for row in rows
    ]


def audit_heat(db: Session, actor: Actor, round_id: int) -> Heat:
    """Return a round's table, of the services this actor may read, in five statements.

    Raises NotFound.
    """
    actor.must(Permission.AUDITS_READ, Permission.AUDITS_READ_OWN)
    known = rounds(db, actor)
    place = next((n for n, audit_round in enumerate(known) if audit_round.id == round_id), None)
    if place is None:
        raise NotFound("There is no such round.")
    before = known[place + 1].id if place + 1 < len(known) else None
    standards = _standards(db, round_id)
    levels = _levels(db, actor, round_id, Rater.SERVICE)
    young = _levels(db, actor, round_id, Rater.YOUNG_AUDITORS)
    last = {} if before is None else _levels(db, actor, before, Rater.SERVICE)
    returns = db.execute(
        sa.select(
            AuditReturn.id,
            AuditReturn.state,
            AuditReturn.service_id,
            Service.name,
            own(actor).label("mine"),
            overdue(london_day(actor.at)).label("late"),
        )
        .join(Service, Service.id == AuditReturn.service_id)
        .where(AuditReturn.round_id == round_id, visible_to(actor))
        .order_by(Service.name)
    ).all()
    return Heat(
        round=known[place],
        standards=standards,
        rows=tuple(
            HeatRow(
                return_id=row.id,
                service=row.name,
                state=row.state,
                overdue=bool(row.late),
                mine=bool(row.mine),
                cells=tuple(
                    _cell((row.service_id, standard.reference), levels, young, last)
                    for standard in standards
                ),
            )
            for row in returns
        ),
    )


def _standards(db: Session, round_id: int) -> tuple[StandardRow, ...]:
    return tuple(
        StandardRow(
            id=standard.id,
            reference=standard.reference,
            short=standard.short,
            wording=standard.wording,
            source=standard.source,
        )
        for standard in db.scalars(
            sa.select(AuditStandard)
            .where(AuditStandard.round_id == round_id)
            .order_by(AuditStandard.position)
        )
    )


def _levels(
    db: Session, actor: Actor, round_id: int, rater: Rater
) -> dict[Key, tuple[int | None, bool]]:
    """Return level and whether there is evidence, by service and standard's reference."""
    stands = sa.true() if rater is Rater.YOUNG_AUDITORS else sa.or_(handed_in(), own(actor))
    rows = db.execute(
        sa.select(
            AuditReturn.service_id,
            AuditStandard.reference,
            AuditAnswer.level,
            (AuditAnswer.evidence != "").label("evidence"),
        )
        .join(AuditReturn, AuditReturn.id == AuditAnswer.return_id)
        .join(AuditStandard, AuditStandard.id == AuditAnswer.standard_id)
        .where(
            AuditReturn.round_id == round_id, AuditAnswer.rater == rater, visible_to(actor), stands
        )
    )
    return {(row.service_id, row.reference): (row.level, bool(row.evidence)) for row in rows}


def _cell(
    key: Key,
    levels: Mapping[Key, tuple[int | None, bool]],
    young: Mapping[Key, tuple[int | None, bool]],
    last: Mapping[Key, tuple[int | None, bool]],
) -> Cell:
    nothing = (None, False)
    level, evidence = levels.get(key, nothing)
    seen, before = young.get(key, nothing)[0], last.get(key, nothing)[0]
    return Cell(
        level=level,
        evidence=evidence,
        change=None if level is None or before is None else level - before,
        young=seen,
        gap=None if level is None or seen is None else level - seen,
    )
