"""Charts with a row for each thing: two sides on one scale, and days against their limits.

Each has its finding in words, and all of its numbers in a table beside it, as in `charts.py`.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts.charts import HAIRLINE, INK, PADDING, SOFT
from pages.parts.html import show

ROW = 38  # pixels
YOUNG, STAFF, ALERT, SOON = "#C4581A", "#0B5563", "#8C1D18", "#8A6500"
Spec = dict[str, Any]


def two_sides(
    data: pd.DataFrame, scale: Sequence[str], sides: tuple[str, str], *, finding: str
) -> None:
    """Draw where two sides are on a scale, with a line between them, the rows in their order.

    `data` has the columns `row`, `side` (one of `sides`) and `said` (one of `scale`).
    """
    show("lede.html", words=finding)
    rows = list(dict.fromkeys(data["row"]))
    y: Spec = {"field": "row", "type": "nominal", "sort": rows, "title": None, "axis": _NAMES}
    x: Spec = {
        "field": "said", "type": "ordinal", "title": None,
        "scale": {"domain": list(scale)}, "axis": {"labelAngle": 0, "grid": True},
    }  # fmt: skip
    colours = {"domain": list(sides), "range": [YOUNG, STAFF]}
    legend = {"orient": "top", "title": None, "symbolSize": 200}
    side: Spec = {"field": "side", "type": "nominal", "scale": colours, "legend": legend}
    st.vega_lite_chart(
        data,
        {
            "height": {"step": ROW},
            "layer": [
                {
                    "mark": {"type": "line", "color": SOFT, "strokeWidth": 3},
                    "encoding": {"x": x, "y": y, "detail": {"field": "row", "type": "nominal"}},
                },
                *(
                    {
                        "transform": [{"filter": {"field": "side", "equal": one}}],
                        "mark": {"type": "point", "filled": True, "size": 220, "opacity": 1,
                                 "yOffset": beside},
                        "encoding": {
                            "x": x, "y": y, "color": side,
                            "shape": {**side, "scale": {**colours, "range": ["circle", "square"]}},
                        },
                    }
                    for one, beside in zip(sides, (-7, 7), strict=True)
                ),
            ],
            **_LOOKS,
        },
        width="stretch",
        alt=finding,
    )  # fmt: skip


def days_against(data: pd.DataFrame, limits: Sequence[int], *, finding: str) -> None:
    """Draw how many days each row has waited, with a line at each limit.

    `data` has the columns `row` and `days`.
    """
    show("lede.html", words=finding)
    y: Spec = {"field": "row", "type": "nominal", "sort": list(data["row"]), "title": None,
               "axis": _NAMES}  # fmt: skip
    days: Spec = {"field": "days", "type": "quantitative", "title": "Days",
                  "axis": {"tickCount": {"expr": "width < 500 ? 4 : 12"}}}  # fmt: skip
    late = [
        {"test": f"datum.days >= {limit}", "value": colour}
        for limit, colour in ((limits[-1], ALERT), (limits[0], SOON))
    ]
    st.vega_lite_chart(
        data,
        {
            "height": {"step": ROW},
            "layer": [
                {"mark": "bar", "encoding": {"y": y, "x": days,
                                             "color": {"condition": late, "value": STAFF}}},
                {"data": {"values": [{"limit": limit} for limit in limits]},
                 "mark": {"type": "rule", "color": INK, "strokeDash": [6, 4], "strokeWidth": 2},
                 "encoding": {"x": {"field": "limit", "type": "quantitative"}}},
            ],
            **_LOOKS,
        },
        width="stretch",
        alt=finding,
    )  # fmt: skip


_NAMES: Spec = {"labelLimit": {"expr": "width < 500 ? 120 : 300"}}  # a phone is narrow
_LOOKS: Spec = {
    "padding": PADDING,
    "config": {
        "font": "Atkinson Next",
        "background": "#FFFFFF",
        "view": {"stroke": None},
        "axis": {
            "labelColor": SOFT, "titleColor": SOFT, "labelFontSize": 15, "titleFontSize": 15,
            "gridColor": HAIRLINE, "domainColor": SOFT, "tickColor": SOFT,
        },
        "legend": {"labelColor": INK, "labelFontSize": 15},
    },
}  # fmt: skip
