"""The participation audit: service by standard, beside last year and beside young auditors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import AuditAnswer, AuditReturn, AuditRound, AuditStandard, Service
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.due_days import days_to
from coprod_data.rules.statements import statement
from coprod_data.scopes.audits import answered_by, handed_in, visible_to
from coprod_data.vocabulary.audits import OWED, Rater, ReturnState

Statement = sa.Select[*tuple[Any, ...]]
Key = tuple[int, str]
Level = tuple[int | None, bool]  # the level, and whether there is evidence

NOTHING: Level = (None, False)
_ME = sa.bindparam("me", type_=sa.Integer)


@dataclass(frozen=True, kw_only=True)
class RoundRow:
    """One year's audit; `returned` of `whole` returns have been handed in.

    `begun`: a service has answered, so its standards stay. `version` counts their changes.
    """

    id: int
    title: str
    opened_on: date
    due_on: date
    theme_id: int | None
    version: int
    begun: bool
    returned: int
    whole: int


@dataclass(frozen=True)
class StandardRow:
    """A statement that is rated. The same reference in two rounds is the same standard."""

    id: int
    reference: str
    short: str
    wording: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How a service rates itself on a standard; `level` None means not looked at.

    `evidence` says whether something shows it. `change` is the difference in levels from the round
    before, None where either was not looked at. `young` is what young auditors gave, `gap` how many
    levels the service is above them (below if negative), None where either side gave none.
    """

    level: int | None
    evidence: bool
    change: int | None
    young: int | None
    gap: int | None


@dataclass(frozen=True, kw_only=True)
class HeatRow:
    """A service and its cells, one for each standard of the round.

    Until the return is handed in, its own levels are a draft that only its manager can see.
    `due_in` is how many days are left to send it, below 0 once it is late; None once it is sent.
    """

    return_id: int
    service: str
    state: ReturnState
    due_in: int | None
    mine: bool
    cells: tuple[Cell, ...]

    @property
    def overdue(self) -> bool:
        """Say whether it is still owed after the date of its round."""
        return self.due_in is not None and self.due_in < 0


@dataclass(frozen=True, kw_only=True)
class Heat:
    """The table of a round."""

    round: RoundRow
    standards: tuple[StandardRow, ...]
    rows: tuple[HeatRow, ...]


def rounds(db: Session, actor: Actor) -> list[RoundRow]:
    """Return every round, newest first."""
    actor.must(Permission.AUDITS_READ, Permission.AUDITS_READ_OWN)
    rows = db.execute(_rounds())
    return [
        RoundRow(
            id=row.AuditRound.id,
            title=row.AuditRound.title,
            opened_on=row.AuditRound.opened_on,
            due_on=row.AuditRound.due_on,
            theme_id=row.AuditRound.theme_id,
            version=row.AuditRound.standards_version,
            begun=bool(row.begun),
            returned=row.returned,
            whole=row.whole,
        )
        for row in rows
    ]


def round_standards(db: Session, actor: Actor, round_id: int) -> list[StandardRow]:
    """Return the standards of a round, in their order."""
    actor.must(Permission.AUDITS_READ, Permission.AUDITS_READ_OWN)
    return [StandardRow(*row) for row in db.execute(_standards(), {"round_id": round_id})]


def audit_heat(db: Session, actor: Actor, round_id: int) -> Heat:
    """Return a round's table, of the services this actor may read, in four statements.

    Raises NotFound.
    """
    actor.must(Permission.AUDITS_READ, Permission.AUDITS_READ_OWN)
    known = rounds(db, actor)
    place = next((n for n, audit_round in enumerate(known) if audit_round.id == round_id), None)
    if place is None:
        raise NotFound("We could not find that round.")
    before = known[place + 1].id if place + 1 < len(known) else None
    today = london_day(actor.at)
    asked = {"round_id": round_id, "me": actor.id}
    standards = tuple(StandardRow(*row) for row in db.execute(_standards(), asked))
    levels = _levels(db, actor, [round_id] if before is None else [round_id, before])
    given = levels.get((round_id, Rater.SERVICE), {})
    young = levels.get((round_id, Rater.YOUNG_AUDITORS), {})
    last = levels.get((before, Rater.SERVICE), {})
    returns = db.execute(_returns().where(visible_to(actor)), asked).all()
    return Heat(
        round=known[place],
        standards=standards,
        rows=tuple(
            HeatRow(
                return_id=row.id,
                service=row.name,
                state=row.state,
                due_in=days_to(known[place].due_on, today) if row.state in OWED else None,
                mine=bool(row.mine),
                cells=tuple(
                    _cell((row.service_id, standard.reference), given, young, last)
                    for standard in standards
                ),
            )
            for row in returns
        ),
    )


def _levels(
    db: Session, actor: Actor, round_ids: list[int]
) -> dict[tuple[int | None, Rater], dict[Key, Level]]:
    """Return by round and rater what each service got for each standard's reference."""
    found: dict[tuple[int | None, Rater], dict[Key, Level]] = {}
    asked = {"round_ids": round_ids, "me": actor.id}
    for round_id, rater, service_id, reference, level, evidence in db.execute(
        _answers().where(visible_to(actor)), asked
    ):
        given = found.setdefault((round_id, rater), {})
        given[(service_id, reference)] = (level, bool(evidence))
    return found


@statement
def _rounds() -> Statement:
    return (
        sa.select(
            AuditRound,
            sa.func.count(AuditReturn.id).label("whole"),
            sa.func.count(sa.case((handed_in(), 1))).label("returned"),
            sa.func.count(sa.case((AuditReturn.state != ReturnState.OPENED, 1))).label("begun"),
        )
        .outerjoin(AuditReturn, AuditReturn.round_id == AuditRound.id)
        .group_by(AuditRound.id)
        .order_by(AuditRound.opened_on.desc())
    )


@statement
def _standards() -> Statement:
    one = AuditStandard
    return (
        sa.select(one.id, one.reference, one.short, one.wording, one.source)
        .where(one.round_id == sa.bindparam("round_id"))
        .order_by(one.position)
    )


@statement
def _returns() -> Statement:
    return (
        sa.select(
            AuditReturn.id,
            AuditReturn.state,
            AuditReturn.service_id,
            Service.name,
            answered_by(_ME).label("mine"),
        )
        .join(Service, Service.id == AuditReturn.service_id)
        .where(AuditReturn.round_id == sa.bindparam("round_id"))
        .order_by(Service.name)
    )


@statement
def _answers() -> Statement:
    """Select answers that count: those of young auditors at once, those of a service once handed
    in.
    """
    young = AuditAnswer.rater == Rater.YOUNG_AUDITORS
    return (
        sa.select(
            AuditReturn.round_id,
            AuditAnswer.rater,
            AuditReturn.service_id,
            AuditStandard.reference,
            AuditAnswer.level,
            AuditAnswer.evidence != "",
        )
        .join(AuditReturn, AuditReturn.id == AuditAnswer.return_id)
        .join(AuditStandard, AuditStandard.id == AuditAnswer.standard_id)
        .where(
            AuditReturn.round_id.in_(sa.bindparam("round_ids", expanding=True)),
            sa.or_(young, handed_in(), answered_by(_ME)),
        )
    )


def _cell(
    key: Key,
    given: Mapping[Key, Level],
    young: Mapping[Key, Level],
    last: Mapping[Key, Level],
) -> Cell:
    level, evidence = given.get(key, NOTHING)
    seen, before = young.get(key, NOTHING)[0], last.get(key, NOTHING)[0]
    return Cell(
        level=level,
        evidence=evidence,
        change=None if level is None or before is None else level - before,
        young=seen,
        gap=None if level is None or seen is None else level - seen,
    )
