"""Charts over time: each says its finding in words and holds its numbers in a table."""

import re
import subprocess
import sys

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import charts
from tests.helpers.opening import drawn, words
from tests.helpers.source import ROOT


def months() -> None:
    import pandas as pd

    from pages.parts import charts

    data = pd.DataFrame(
        {
            "when": pd.to_datetime(["2026-10-01", "2026-09-01", "2026-10-01"]),
            "series": ["Moved", "Moved", "Still"],
            "number": [4, 2, 7],
        }
    )
    charts.bars_over_time(data, finding="More moved in October", caption="Movement by month")


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_function(months, default_timeout=120).run()


def test_the_finding_stands_above_the_chart_and_is_its_alt_text(page: AppTest):
    assert not page.exception
    [chart] = page.get("vega_lite_chart")

    assert chart.proto.alt == "More moved in October"
    assert words(page).startswith("More moved in October")


def test_each_run_draws_the_same_chart_of_its_own_numbers(page: AppTest):
    [before] = page.get("vega_lite_chart")
    drawn_before = before.proto.SerializeToString()
    [after] = page.run().get("vega_lite_chart")

    assert after.proto.SerializeToString() == drawn_before
    assert len(after.proto.data.data) > 0


def test_on_a_phone_five_names_leave_more_than_half_of_it_to_the_bars():
    named = tuple(f"Series {number}" for number, _ in enumerate(charts.SERIES))

    for spec in (charts._bars(named), charts._lines(named)):
        assert spec["height"] - len(named) * charts.NAME > spec["height"] / 2 >= 200


def test_the_numbers_stand_in_a_table_in_the_order_of_time(page: AppTest):
    assert re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", drawn(page)) == [
        *("Month", "Moved", "Still"),
        *("September 2026", "2", "–"),
        *("October 2026", "4", "7"),
    ]


def test_altair_is_not_loaded_before_the_first_chart():
    loaded = "import sys, pages.parts.charts; print('altair' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True)
    assert said.stdout.strip() == "False"
