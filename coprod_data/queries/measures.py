"""Published figures as shown: each measure with its newest figure, the one before and its trend."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Measure, MeasureFigure
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.measures import changed, met
from coprod_data.vocabulary.measures import Better, MeasureArea, MeasureChange, MeasureUnit


@dataclass(frozen=True)
class FigureRow:
    """A figure of a day, in tenths; `value` None is hidden."""

    as_at: date
    value: int | None
    base: int | None
    comparator: int | None
    compared_with: str
    source: str


@dataclass(frozen=True)
class MeasureRow:
    """A measure with its figures, the oldest first; numbers are in tenths."""

    id: int
    title: str
    area: MeasureArea
    unit: MeasureUnit
    better: Better
    target: int | None
    figures: tuple[FigureRow, ...]

    @property
    def now(self) -> FigureRow:
        """Its newest figure."""
        return self.figures[-1]

    @property
    def before(self) -> FigureRow | None:
        """The figure before the newest, if there is one."""
        return self.figures[-2] if len(self.figures) > 1 else None

    @property
    def change(self) -> MeasureChange:
        """What the newest figure says beside the one before."""
        if self.before is None:
            return MeasureChange.ALONE
        return changed(self.before.value, self.now.value, self.better)

    @property
    def met(self) -> bool | None:
        """Say whether the newest figure reaches the target, where that can be said."""
        return met(self.now.value, self.target, self.better)


@dataclass(frozen=True)
class MeasureOfDay:
    """A measure with one of its figures, for a sheet."""

    measure: MeasureRow
    figure: FigureRow


def measures(db: Session, actor: Actor) -> list[MeasureRow]:
    """Return every measure with its figures, by area and title."""
    actor.must(Permission.FIGURES_READ)
    figures: dict[int, list[FigureRow]] = {}
    for one in db.scalars(sa.select(MeasureFigure).order_by(MeasureFigure.as_at)):
        figures.setdefault(one.measure_id, []).append(
            FigureRow(one.as_at, one.value, one.base, one.comparator, one.compared_with, one.source)
        )
    rows = db.scalars(sa.select(Measure).order_by(Measure.title))
    areas = list(MeasureArea)
    found = [
        MeasureRow(
            one.id, one.title, one.area, one.unit, one.better, one.target,
            tuple(figures.get(one.id, ())),
        )
        for one in rows
        if one.id in figures
    ]  # fmt: skip
    return sorted(found, key=lambda row: areas.index(row.area))


def figures_of_days(db: Session, actor: Actor) -> list[MeasureOfDay]:
    """Return every figure of every measure, the oldest of each first."""
    actor.must(Permission.FIGURES_READ)
    rows = measures(db, actor)
    return [MeasureOfDay(row, figure) for row in rows for figure in row.figures]


def days_of_figures(db: Session, actor: Actor) -> list[date]:
    """Return the days of which there are figures, the newest first."""
    actor.must(Permission.FIGURES_READ)
    days = sa.select(MeasureFigure.as_at).distinct().order_by(MeasureFigure.as_at.desc())
    return list(db.scalars(days))


def known_figures(db: Session, actor: Actor, as_at: date) -> dict[str, str]:
    """Return the figures of a day as a form carries them: title and value of each."""
    actor.must(Permission.FIGURES_READ)
    rows = db.execute(
        sa.select(Measure.title, MeasureFigure.value)
        .join(MeasureFigure, MeasureFigure.measure_id == Measure.id)
        .where(MeasureFigure.as_at == as_at)
    )
    return {row.title: str(row.value) for row in rows}
