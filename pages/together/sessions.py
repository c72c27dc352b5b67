"""Sessions: what comes next, what is owed after one, the year, what works, one session whole."""

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.sessions import session
from coprod_data.queries.way_together import way_of_session
from pages.parts.address import row_in_address, say_if_lost
from pages.parts.frame import open_page
from pages.shared.way import came_of, crumbs, way_to
from pages.together.sessions_calendar import calendar
from pages.together.sessions_channels import lessons
from pages.together.sessions_list import every
from pages.together.sessions_one import one, when
from pages.together.sessions_plan import planning
from pages.together.sessions_series import handouts, planning_series

HERE = "/sessions"


def named() -> str:
    """Return what the page is called where no session is chosen."""
    if of_series:
        return "Plan a series of workshops"
    if new:
        return "Plan a session"
    if ways:
        return "What works"
    return "Themed conversations" if year else "Sessions"


chosen = row_in_address(session)
new, year = "new" in st.query_params, "year" in st.query_params
of_series = st.query_params.get("new") == "series"
ways = "lessons" in st.query_params
way = way_to(way_of_session, chosen.row.id if chosen else None)
open_page(
    chosen.row.title if chosen else named(),
    Permission.SESSIONS_READ,
    lede=when(chosen) if chosen else "",
    way=crumbs(way),
    back=("All sessions", HERE) if chosen or new or year or ways else None,
)
if chosen and "handouts" in st.query_params:
    handouts(chosen)
elif chosen:
    one(chosen)
    came_of(way)
elif of_series:
    planning_series()
elif new:
    planning()
elif year:
    calendar()
elif ways:
    lessons()
else:
    say_if_lost("session")
    every()
