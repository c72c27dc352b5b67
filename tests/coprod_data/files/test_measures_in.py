"""Published figures as councils write them, row by row with their doubts."""

from decimal import Decimal

import pytest

from coprod_data.files.csv_read import SheetRefused
from coprod_data.files.measures_in import HEADINGS, FigureIn, figures_in
from coprod_data.files.survey_in import columns_of, heading_row
from coprod_data.files.workbook import MOST_BYTES, read_workbook
from coprod_data.vocabulary.measures import Better, MeasureArea, MeasureUnit

HEAD = ["Indicator", "Theme", "Unit", "Actual", "Out of", "Good is", "Target", "England"]


def read(*rows: list[str], head: list[str] = HEAD) -> list[FigureIn]:
    return figures_in([head, *rows], 0, columns_of(head, HEADINGS))


def test_a_whole_row_arrives_without_a_doubt():
    [row] = read(
        ["Health assessments", "Health", "percent", "61.5%", "402", "Higher", "90", "89.1"]
    )

    assert row.figure
    assert (row.doubt, row.fault) == ("", "")
    one = row.figure
    assert (one.area, one.unit, one.better) == (
        MeasureArea.HEALTH, MeasureUnit.PERCENT, Better.UP,
    )  # fmt: skip
    assert (one.value, one.base, one.target, one.comparator) == (
        Decimal("61.5"), 402, Decimal(90), Decimal("89.1"),
    )  # fmt: skip
    assert one.compared_with == "England"


@pytest.mark.parametrize("written", ["c", "*", "<5", "fewer than 5", "suppressed"])
def test_a_figure_that_its_source_hid_stays_hidden(written: str):
    [row] = read(["In bed and breakfast", "Homes", "people", written, "", "low", "0", ""])

    assert row.figure
    assert row.figure.value is None


def test_what_a_row_does_not_say_is_asked():
    [row] = read(["Average caseload", "", "", "24.8", "", "", "", ""])

    assert row.figure
    assert "is it" in row.doubt
    assert "neither" in row.doubt


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (["", "Health", "percent", "50", "", "", "", ""], "what is measured"),
        (["Health", "", "", "", "", "", "", ""], "no figure"),
        (["Homes", "Homes", "percent", "140", "", "high", "", ""], "no share"),
        (["Homes", "Homes", "people", "many", "", "high", "", ""], "as a number"),
        (["Homes", "Homes", "people", "-4", "", "high", "", ""], "cannot be"),
        (["Homes", "Homes", "people", "12", "some", "high", "", ""], "young people"),
    ],
)
def test_a_row_that_cannot_be_read_says_why(row: list[str], fault: str):
    [found] = read(row)

    assert found.figure is None
    assert fault in found.fault


def test_a_column_of_names_is_refused_before_anything_is_kept():
    names = ["Emma Smith", "Oliver Jones", "Amelia Brown"]
    rows = [[name, "Homes", "percent", "50", "", "", "", ""] for name in names]

    with pytest.raises(SheetRefused, match="single young people"):
        read(*rows)
    with pytest.raises(SheetRefused, match="Date of birth"):
        read(["A", "Homes", "percent", "50", "2010-01-01"], head=[*HEAD[:4], "Date of birth"])


def test_headings_are_found_below_a_title_and_sixty_megabytes_are_refused():
    assert heading_row([["Scorecard", ""], [], HEAD], HEADINGS) == 2
    with pytest.raises(SheetRefused, match="larger than 5 MB"):
        read_workbook("figures.csv", b"a" * 60_000_000)
    assert MOST_BYTES < 60_000_000


def test_a_sheet_without_rows_or_columns_says_what_to_do():
    with pytest.raises(SheetRefused, match="no row below"):
        read()
    with pytest.raises(SheetRefused, match="the figure"):
        figures_in([["Indicator"], ["A"]], 0, {"title": 0})
    with pytest.raises(SheetRefused, match="no such row"):
        figures_in([HEAD], 4, {"title": 0, "value": 3})
