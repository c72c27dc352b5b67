"""Published figures of the council: brought in for a day, taken out again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.models import Measure, MeasureFigure
from coprod_data.permissions import Actor, ChangedMeanwhile, Invalid, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.measures import must_hide
from coprod_data.rules.texts import optional_text, required_line
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.measures import Better, MeasureArea, MeasureUnit

MOST_FIGURES = 200
LARGEST = Decimal(10_000_000)


@dataclass(frozen=True, kw_only=True)
class FigureTyped:
    """A figure as it is about to be kept; `value` None says that it must stay hidden."""

    title: str
    area: MeasureArea
    unit: MeasureUnit
    better: Better
    value: Decimal | None
    base: int | None = None
    target: Decimal | None = None
    comparator: Decimal | None = None
    compared_with: str = ""


def keep_figures(
    db: Session,
    actor: Actor,
    as_at: date,
    figures: Sequence[FigureTyped],
    *,
    source: str = "",
    opened: Mapping[str, str] | None = None,
) -> int:
    """Keep what the council published of a day. Returns how many figures are hidden.

    One that is there of that day is written over, the others of that day stay. A figure that would
    tell of fewer than five young people is not kept at all. `opened` are the figures of that day
    that the form knew (`queries/measures.known_figures`). Raises Invalid, ChangedMeanwhile; then
    nothing is kept.
    """
    actor.must(Permission.SURVEYS_WRITE)
    if as_at > london_day(actor.at):
        raise Invalid("These figures are of a day to come. Give the day they were counted.",
                      field="as_at")  # fmt: skip
    if not 0 < len(figures) <= MOST_FIGURES:
        raise Invalid(f"Bring from 1 to {MOST_FIGURES} figures.", field="figures")
    source = optional_text(source, "source", 240)
    there = {one.title.casefold(): one for one in db.scalars(sa.select(Measure).with_for_update())}
    of_day = sa.select(MeasureFigure).filter_by(as_at=as_at)
    kept = {one.measure_id: one for one in db.scalars(of_day)}
    now = {one.title: str(kept[one.id].value) for one in there.values() if one.id in kept}
    if opened is not None and now != opened:
        raise ChangedMeanwhile({"figures": "other figures of this day were brought in since"})
    seen: set[str] = set()
    hidden = 0
    for one in figures:
        title = required_line(one.title, "title", "Say what was measured.", 160)
        if title.casefold() in seen:
            raise Invalid(f"“{title}” is there twice. Keep one of the two rows.", field="figures")
        seen.add(title.casefold())
        _must_fit(title, one)
        measure = there.get(title.casefold()) or Measure(
            title=title, area=one.area, unit=one.unit, better=one.better
        )
        measure.area, measure.better, measure.target = one.area, one.better, _tenths(one.target)
        if measure.id is not None and measure.unit is not one.unit:
            raise Invalid(
                f"“{title}” was {measure.unit.words.lower()} before. Give it another name, so that "
                "the two are not compared.",
                field="figures",
            )
        db.add(measure)
        db.flush()
        value = _tenths(one.value)
        private = value is None or must_hide(value, one.unit, one.base)
        hidden += private
        figure = kept.get(measure.id) or MeasureFigure(measure_id=measure.id, as_at=as_at)
        figure.value = None if private else value
        figure.base = None if private else one.base
        figure.comparator, figure.compared_with = _tenths(one.comparator), one.compared_with[:80]
        figure.source = source
        db.add(figure)
        record(db, actor, EventKind.FIGURES_BROUGHT, measure)
    return hidden


def remove_figures(db: Session, actor: Actor, as_at: date) -> int:
    """Take out what was brought in for a day, and what is then measured no more. Returns how many.

    Raises NotFound.
    """
    actor.must(Permission.SURVEYS_WRITE)
    rows = db.execute(
        sa.select(MeasureFigure, Measure)
        .join(Measure, Measure.id == MeasureFigure.measure_id)
        .where(MeasureFigure.as_at == as_at)
        .with_for_update()
    ).all()
    if not rows:
        raise NotFound("There are no figures of that day. Reload the page.", field="as_at")
    for figure, measure in rows:
        db.delete(figure)
        db.flush()
        left = sa.select(MeasureFigure.id).filter_by(measure_id=measure.id).limit(1)
        if db.scalar(left) is None:
            db.delete(measure)
        record(db, actor, EventKind.FIGURES_REMOVED, measure)
    return len(rows)


def _must_fit(title: str, one: FigureTyped) -> None:
    for number in (one.value, one.target, one.comparator):
        most = Decimal(100) if one.unit is MeasureUnit.PERCENT else LARGEST
        if number is not None and not 0 <= number <= most:
            raise Invalid(f"“{title}”: {number} cannot be. Check the number.", field="figures")
    if one.base is not None and one.base < 0:
        raise Invalid(f"“{title}”: {one.base} people cannot be.", field="figures")
    counts = one.unit is MeasureUnit.PEOPLE
    if counts and one.base is not None and one.value is not None and one.value > one.base:
        raise Invalid(
            f"“{title}”: {one.value} of {one.base} cannot be. Change one of the two numbers.",
            field="figures",
        )


def _tenths(number: Decimal | None) -> int | None:
    return None if number is None else int((number * 10).to_integral_value(ROUND_HALF_UP))
