"""Survey rounds as shown, and two rounds of one survey side by side."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import SurveyFinding, SurveyRound
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.shares import of_permille, whole
from coprod_data.rules.survey_changes import Compared, Measured, compare
from coprod_data.vocabulary.rewordings import NOT_WRITTEN
from coprod_data.vocabulary.surveys import Change, FindingSide, SurveyState

LEAST_REPLIED = 30
"""Percent of those invited who should answer, as Bright Spots asks of a council."""


@dataclass(frozen=True)
class SurveyRow:
    """A round. `rate` is how many percent of those invited replied, whole."""

    id: int
    survey: str
    about: str
    held_on: date
    state: SurveyState
    population: int | None
    invited: int | None
    replied: int | None
    reached_by: str
    source: str
    findings: int

    @property
    def rate(self) -> int | None:
        """Of those invited, or else of all, the share that replied."""
        asked = self.invited or self.population
        if self.replied is None or not asked:
            return None
        return whole(Decimal(self.replied) * 100 / asked)

    @property
    def enough(self) -> bool:
        """Say whether as many replied as the survey asks for, where that is known."""
        return self.rate is None or self.rate >= LEAST_REPLIED


@dataclass(frozen=True)
class FindingRow:
    """A finding of a round beside the same of the round before; shares are whole percent.

    None is a share that is private or was hidden; `asked_before` is False where there is no such
    finding in the round before. `said` is how the source wrote the share of now.
    """

    id: int
    indicator: str
    side: FindingSide
    now: int | None
    before: int | None
    asked_before: bool
    compared: Compared
    base: int | None
    base_before: int | None
    comparator: int | None
    said: str
    reworded: bool


def survey_rounds(db: Session, actor: Actor) -> list[SurveyRow]:
    """Return every round, the newest first."""
    actor.must(Permission.SURVEYS_READ)
    return _rounds(db, sa.true())


def survey_round(db: Session, actor: Actor, survey_id: int) -> SurveyRow:
    """Return one round. Raises NotFound."""
    actor.must(Permission.SURVEYS_READ)
    rows = _rounds(db, SurveyRound.id == survey_id)
    if not rows:
        raise NotFound("We could not find that survey round.")
    return rows[0]


def round_before(db: Session, actor: Actor, survey_id: int) -> SurveyRow | None:
    """Return the round of the same survey before this one that has findings, if there is one."""
    actor.must(Permission.SURVEYS_READ)
    this = db.get(SurveyRound, survey_id)
    if this is None:
        return None
    rows = _rounds(db, SurveyRound.survey == this.survey, SurveyRound.held_on < this.held_on)
    return next((row for row in rows if row.findings), None)


def findings(
    db: Session, actor: Actor, survey_id: int, *, before_id: int | None = None
) -> list[FindingRow]:
    """Return what a round found, beside the round `before_id`: changes first, in their order."""
    actor.must(Permission.SURVEYS_READ)
    of = {
        row.id: row
        for row in db.scalars(
            sa.select(SurveyRound).where(SurveyRound.id.in_([survey_id, before_id or survey_id]))
        )
    }
    there = db.scalars(
        sa.select(SurveyFinding)
        .where(SurveyFinding.round_id.in_(of))
        .order_by(SurveyFinding.position)
    ).all()
    earlier = {
        one.indicator.casefold(): one
        for one in there
        if one.round_id == before_id and one.indicator not in NOT_WRITTEN
    }
    rows = [
        _row(one, earlier.get(one.indicator.casefold()), of) for one in there
        if one.round_id == survey_id
    ]  # fmt: skip
    order = list(Change)
    return sorted(rows, key=lambda row: order.index(row.compared.change))


def known_shares(db: Session, actor: Actor, survey_id: int) -> dict[str, str]:
    """Return the findings of a round as a form carries them: words and share of each."""
    actor.must(Permission.SURVEYS_READ)
    rows = db.scalars(sa.select(SurveyFinding).where(SurveyFinding.round_id == survey_id))
    return {one.indicator: str(one.permille) for one in rows}


def indicators(db: Session, actor: Actor) -> dict[int, str]:
    """Return every finding with its round, id and words, the newest first, to choose from."""
    actor.must(Permission.SURVEYS_READ)
    rows = db.execute(
        sa.select(SurveyFinding.id, SurveyFinding.indicator, SurveyRound.held_on)
        .join(SurveyRound, SurveyRound.id == SurveyFinding.round_id)
        .order_by(SurveyRound.held_on.desc(), SurveyFinding.position)
    )
    return {row.id: f"{row.indicator} ({row.held_on.year})" for row in rows}


def _rounds(db: Session, *conditions: sa.ColumnElement[bool]) -> list[SurveyRow]:
    counted = (
        sa.select(sa.func.count()).where(SurveyFinding.round_id == SurveyRound.id).scalar_subquery()
    )
    rows = db.execute(
        sa.select(SurveyRound, counted)
        .where(*conditions)
        .order_by(SurveyRound.held_on.desc(), SurveyRound.id.desc())
    )
    return [
        SurveyRow(
            id=row.id,
            survey=row.survey,
            about=row.about,
            held_on=row.held_on,
            state=row.state,
            population=row.population,
            invited=row.invited,
            replied=row.replied,
            reached_by=row.reached_by,
            source=row.source,
            findings=number,
        )
        for row, number in rows
    ]


def _row(
    now: SurveyFinding, before: SurveyFinding | None, of: dict[int, SurveyRound]
) -> FindingRow:
    base, base_before = _base(now, of), _base(before, of) if before else None
    compared = (
        Compared(Change.ALONE)
        if before is None
        else compare(
            Measured(of_permille(before.permille), base_before),
            Measured(of_permille(now.permille), base),
            now.side,
            reworded=now.reworded,
        )
    )
    return FindingRow(
        id=now.id,
        indicator=now.indicator,
        side=now.side,
        now=_shown(now.permille),
        before=_shown(before.permille) if before else None,
        asked_before=before is not None,
        compared=compared,
        base=base,
        base_before=base_before,
        comparator=_shown(now.comparator),
        said=now.said,
        reworded=now.reworded,
    )


def _base(one: SurveyFinding, of: dict[int, SurveyRound]) -> int | None:
    return of[one.round_id].replied if one.base is None else one.base


def _shown(kept: int | None) -> int | None:
    percent = of_permille(kept)
    return None if percent is None else whole(percent)
