"""Charts over time: a DataFrame becomes a chart with its finding and its numbers.

Altair is slow to import, so it is imported when the first chart is drawn, and makes each chart's
specification once, without its numbers. No fact is only in a chart: `finding` says it in words, and
"See the numbers" has all of them in a table.
"""

from copy import deepcopy
from functools import cache
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts.html import show
from pages.parts.tables import Column, table

INK, SOFT, HAIRLINE = "#14213D", "#434E63", "#D5DDE8"
SERIES = ("#0B5563", "#C4581A", "#5B3A9E", "#2F7D4F", "#9A1F5A")
PADDING = {"left": 14, "right": 14, "top": 14, "bottom": 14}
NAME = 24  # of the height, for each series: on a phone their names are below one another
HEIGHT = 400


def bars_over_time(data: pd.DataFrame, *, finding: str, caption: str) -> None:
    """Draw one bar for each month, stacked by series, and the same numbers as a table.

    `data` has the columns `when` (dates), `series` (at most five names) and `number`. `finding` is
    what the chart shows, as a sentence: it is shown above the chart and is its alt text.
    """
    show("lede.html", words=finding)
    bars = deepcopy(_bars(tuple(data["series"].unique())))  # Streamlit changes what it is given
    st.vega_lite_chart(data, bars, width="stretch", alt=finding)
    wide = data.pivot(index="when", columns="series", values="number")
    _numbers(wide[list(data["series"].unique())], caption)


def lines_over_time(data: pd.DataFrame, *, finding: str, caption: str) -> None:
    """Draw one line for each series over months, and the same numbers as a table.

    `data` and `finding` are those of `bars_over_time`.
    """
    show("lede.html", words=finding)
    lines = deepcopy(_lines(tuple(data["series"].unique())))
    st.vega_lite_chart(data, lines, width="stretch", alt=finding)
    wide = data.pivot(index="when", columns="series", values="number")
    _numbers(wide[list(data["series"].unique())], caption)


def _numbers(wide: pd.DataFrame, caption: str) -> None:
    columns = [Column("Month"), *(Column(str(name), number=True) for name in wide.columns)]
    rows = [
        [when.strftime("%B %Y"), *(None if pd.isna(n) else f"{n:g}" for n in numbers)]
        for when, numbers in zip(wide.index, wide.to_numpy(), strict=True)
    ]
    with st.expander("See the numbers"):
        table(caption, columns, rows, empty="There are no numbers yet.")


@cache
def _bars(names: tuple[str, ...]) -> dict[str, Any]:
    import altair as alt

    marked = alt.Chart(padding=PADDING, height=HEIGHT).mark_bar(stroke="#FFFFFF", strokeWidth=1)
    return _over_time(marked, names)


@cache
def _lines(names: tuple[str, ...]) -> dict[str, Any]:
    import altair as alt

    point = alt.OverlayMarkDef(size=70)
    marked = alt.Chart(padding=PADDING, height=HEIGHT).mark_line(strokeWidth=3, point=point)
    return _over_time(marked, names)


def _over_time(marked: Any, names: tuple[str, ...]) -> dict[str, Any]:
    import altair as alt

    chart = (
        marked.encode(
            x=alt.X("yearmonth(when):O", title=None, axis=alt.Axis(format="%b %Y", labelAngle=0)),
            y=alt.Y("sum(number):Q", title=None, axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "series:N",
                scale=alt.Scale(domain=list(names), range=SERIES),
                legend=alt.Legend(
                    orient="top",
                    title=None,
                    symbolSize=160,
                    rowPadding=4,
                    labelLimit=240,
                    columns=alt.ExprRef("width < 500 ? 1 : 5"),  # names side by side need room
                ),
            ),
        )
        .configure(font="Atkinson Next", background="#FFFFFF")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=SOFT, labelFontSize=15, gridColor=HAIRLINE, domainColor=SOFT, tickColor=SOFT
        )
        .configure_legend(labelColor=INK, labelFontSize=15)
    )
    spec: dict[str, Any] = chart.to_dict()
    return {part: spec[part] for part in spec.keys() - {"data", "datasets"}}
