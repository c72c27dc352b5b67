"""Charts over time: a DataFrame in, a chart with its finding and its numbers out.

Altair is heavy and is imported when the first chart is drawn. A chart never holds a fact alone:
`finding` says it in words, and "See the numbers" holds the whole table.
"""

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from pages.parts.html import show
from pages.parts.tables import Column, table

if TYPE_CHECKING:
    import altair as alt

INK, SOFT, HAIRLINE = "#14213D", "#434E63", "#D5DDE8"
SERIES = ("#0B5563", "#C4581A", "#5B3A9E", "#2F7D4F", "#9A1F5A")
PADDING = {"left": 14, "right": 14, "top": 14, "bottom": 14}
DASHES = ([1, 0], [8, 4], [2, 3], [12, 4, 2, 4], [5, 5])


def lines_over_time(data: pd.DataFrame, *, finding: str, caption: str, sheet: str = "") -> None:
    """Draw one line for each series of `data`, and the same numbers as a table.

    `data` has the columns `when` (dates), `series` (at most five names) and `number`. `finding` is
    what the chart shows, as a sentence: it stands above the chart and is its alt text.
    """
    _draw(_lines(data), finding)
    _numbers(data.pivot_table("number", "when", "series", sort=False).sort_index(), caption, sheet)


def bars_over_time(data: pd.DataFrame, *, finding: str, caption: str, sheet: str = "") -> None:
    """Draw one bar a month, stacked by series, with its table; otherwise as `lines_over_time`."""
    _draw(_bars(data), finding)
    _numbers(data.pivot_table("number", "when", "series", sort=False).sort_index(), caption, sheet)


def _draw(chart: "alt.Chart | alt.LayerChart", finding: str) -> None:
    show("lede.html", words=finding)
    st.altair_chart(_dressed(chart), width="stretch", alt=finding)


def _numbers(wide: pd.DataFrame, caption: str, sheet: str) -> None:
    columns = [Column("Month"), *(Column(str(name), number=True) for name in wide.columns)]
    rows = [
        [when.strftime("%B %Y"), *(None if pd.isna(n) else f"{n:g}" for n in numbers)]
        for when, numbers in zip(wide.index, wide.to_numpy(), strict=True)
    ]
    with st.expander("See the numbers"):
        table(caption, columns, rows, empty="There are no numbers yet.", sheet=sheet)


def _lines(data: pd.DataFrame) -> "alt.LayerChart":
    import altair as alt

    names = list(dict.fromkeys(data["series"]))
    base = alt.Chart(data).encode(
        x=alt.X("when:T", title=None, axis=alt.Axis(format="%b %Y", labelAngle=0, tickCount=6)),
        y=alt.Y("number:Q", title=None, axis=alt.Axis(tickMinStep=1)),
        color=alt.Color("series:N", legend=None, scale=alt.Scale(domain=names, range=SERIES)),
    )
    line = base.mark_line(strokeWidth=3).encode(
        strokeDash=alt.StrokeDash(
            "series:N", legend=None, scale=alt.Scale(domain=names, range=DASHES)
        )
    )
    last = alt.Chart(data[data["when"] == data["when"].max()]).encode(
        x="when:T", y="number:Q", color=alt.Color("series:N", legend=None)
    )
    names_at_the_end = last.mark_text(align="left", dx=8, fontSize=16, fontWeight="bold").encode(
        text="series:N"
    )
    chart: alt.LayerChart = (
        line + last.mark_point(filled=True, size=70) + names_at_the_end
    ).properties(padding=PADDING | {"right": 130})
    return chart


def _bars(data: pd.DataFrame) -> "alt.Chart":
    import altair as alt

    names = list(dict.fromkeys(data["series"]))
    chart: alt.Chart = (
        alt.Chart(data, padding=PADDING)
        .mark_bar(stroke="#FFFFFF", strokeWidth=1)
        .encode(
            x=alt.X("yearmonth(when):O", title=None, axis=alt.Axis(format="%b %Y", labelAngle=0)),
            y=alt.Y("sum(number):Q", title=None, axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "series:N",
                scale=alt.Scale(domain=names, range=SERIES),
                legend=alt.Legend(orient="top", title=None, symbolSize=220),
            ),
        )
    )
    return chart


def _dressed(chart: "alt.Chart | alt.LayerChart") -> "alt.Chart | alt.LayerChart":
    """The house's type, ink and quiet grid."""
    dressed: alt.Chart | alt.LayerChart = (
        chart.properties(height=320)
        .configure(font="Atkinson Next", background="#FFFFFF")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=SOFT, labelFontSize=15, gridColor=HAIRLINE, domainColor=SOFT, tickColor=SOFT
        )
        .configure_legend(labelColor=INK, labelFontSize=15)
    )
    return dressed
