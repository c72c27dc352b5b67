"""Published figures: brought in for a day, hidden where few people are in them, taken out."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.measures import FigureTyped, keep_figures, remove_figures
from coprod_data.models import Measure, MeasureFigure
from coprod_data.permissions import Actor, ChangedMeanwhile, Invalid, NotAllowed, NotFound, Role
from coprod_data.queries.measures import (
    days_of_figures,
    figures_of_days,
    known_figures,
    measures,
)
from coprod_data.vocabulary.measures import Better, MeasureArea, MeasureChange, MeasureUnit
from tests.helpers.builders import TODAY, somebody

LAST, THIS = TODAY - timedelta(days=400), TODAY - timedelta(days=35)


def a_figure(value: Any = 50, **fields: Any) -> FigureTyped:
    said = {
        "title": "In education, employment or training", "area": MeasureArea.EMPLOYMENT,
        "unit": MeasureUnit.PERCENT, "better": Better.UP, "base": 134,
    }  # fmt: skip
    return FigureTyped(
        **{**said, "value": None if value is None else Decimal(str(value)), **fields}
    )


def test_a_year_stands_beside_the_one_before_its_target_and_others(db: Session, worker: Actor):
    keep_figures(db, worker, LAST, [a_figure(53.5)])
    keep_figures(
        db, worker, THIS,
        [a_figure(58, target=Decimal(60), comparator=Decimal("55.2"), compared_with="England")],
        source="Scorecard",
    )  # fmt: skip

    [row] = measures(db, worker)
    assert row.before
    assert (row.before.value, row.now.value, row.now.comparator, row.target) == (535, 580, 552, 600)
    assert (row.change, row.met, row.now.source) == (MeasureChange.BETTER, False, "Scorecard")
    assert days_of_figures(db, worker) == [THIS, LAST]
    assert [one.figure.as_at for one in figures_of_days(db, worker)] == [LAST, THIS]


@pytest.mark.parametrize(
    ("before", "now", "better", "said"),
    [
        (10, 12, Better.UP, MeasureChange.BETTER),
        (10, 12, Better.DOWN, MeasureChange.WORSE),
        (12, 10, Better.DOWN, MeasureChange.BETTER),
        (12, 12, Better.DOWN, MeasureChange.SAME),
        (12, 10, Better.NEITHER, MeasureChange.MOVED),
        (None, 10, Better.UP, MeasureChange.HIDDEN),
    ],
)
def test_which_way_is_good_says_whether_it_is_better(
    db: Session, worker: Actor, before: int | None, now: int, better: Better, said: MeasureChange
):
    for day, value in ((LAST, before), (THIS, now)):
        keep_figures(db, worker, day, [a_figure(value, better=better)])

    assert measures(db, worker)[0].change is said


@pytest.mark.parametrize(
    ("fields", "hides"),
    [
        ({"value": 3, "unit": MeasureUnit.PEOPLE, "base": None}, True),
        ({"value": 0, "unit": MeasureUnit.PEOPLE, "base": None}, False),
        ({"value": 5, "unit": MeasureUnit.PEOPLE, "base": None}, False),
        ({"value": 50, "base": 9}, True),
        ({"value": 2, "base": 100}, True),
        ({"value": 98, "base": 100}, True),
        ({"value": 98, "base": None}, False),
        ({"value": 2.5, "unit": MeasureUnit.NUMBER, "base": None}, False),
        ({"value": None}, True),
    ],
)
def test_what_would_tell_of_fewer_than_five_is_not_kept(
    db: Session, worker: Actor, fields: dict[str, Any], hides: bool
):
    assert keep_figures(db, worker, THIS, [a_figure(**fields)]) == hides

    figure = db.scalars(sa.select(MeasureFigure)).one()
    assert (figure.value is None) is hides
    assert not (hides and figure.base)


@pytest.mark.parametrize(
    ("figure", "field"),
    [
        (a_figure(101), "figures"),
        (a_figure(-1), "figures"),
        (a_figure(50, target=Decimal(140)), "figures"),
        (a_figure(40, unit=MeasureUnit.PEOPLE, base=30), "figures"),
        (a_figure(40, base=-3), "figures"),
        (a_figure(40, title=" "), "title"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    db: Session, worker: Actor, figure: FigureTyped, field: str
):
    with pytest.raises(Invalid) as refused:
        keep_figures(db, worker, THIS, [figure])
    assert refused.value.field == field


def test_a_day_to_come_two_rows_of_one_name_and_no_rows_are_refused(db: Session, worker: Actor):
    with pytest.raises(Invalid, match="day to come"):
        keep_figures(db, worker, TODAY + timedelta(days=1), [a_figure()])
    with pytest.raises(Invalid, match="twice"):
        keep_figures(db, worker, THIS, [a_figure(), a_figure(60)])
    with pytest.raises(Invalid, match="from 1 to"):
        keep_figures(db, worker, THIS, [])


def test_another_unit_needs_another_name(db: Session, worker: Actor):
    keep_figures(db, worker, LAST, [a_figure()])

    with pytest.raises(Invalid, match="another name"):
        keep_figures(db, worker, THIS, [a_figure(40, unit=MeasureUnit.PEOPLE)])


def test_the_same_day_is_written_over_and_two_who_bring_it_see_each_other(
    db: Session, worker: Actor
):
    keep_figures(db, worker, THIS, [a_figure(50)], opened={})
    with pytest.raises(ChangedMeanwhile):
        keep_figures(db, worker, THIS, [a_figure(60)], opened={})
    known = known_figures(db, worker, THIS)
    keep_figures(db, worker, THIS, [a_figure(60)], opened=known)

    assert [one.value for one in db.scalars(sa.select(MeasureFigure))] == [600]


def test_a_day_is_taken_out_and_what_is_measured_no_more_goes(db: Session, worker: Actor):
    keep_figures(db, worker, LAST, [a_figure(50)])
    keep_figures(db, worker, THIS, [a_figure(60), a_figure(70, title="Only this year")])

    assert remove_figures(db, worker, THIS) == 2

    assert [one.title for one in db.scalars(sa.select(Measure))] == [a_figure().title]
    with pytest.raises(NotFound):
        remove_figures(db, worker, THIS)


def test_staff_and_board_read_and_few_bring_in(db: Session):
    with pytest.raises(NotAllowed):
        keep_figures(db, somebody(db, Role.BOARD_MEMBER), THIS, [a_figure()])
    with pytest.raises(NotAllowed):
        remove_figures(db, somebody(db, Role.MANAGER), THIS)
    assert measures(db, somebody(db, Role.BOARD_MEMBER)) == []
    with pytest.raises(NotAllowed):
        measures(db, somebody(db, Role.YOUNG_PERSON))
