"""Sessions: what comes next, what is owed after one, the year, what works, one session whole."""

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.sessions import session
from pages.parts.address import row_in_address, say_if_lost
from pages.parts.frame import open_page
from pages.together.sessions_calendar import calendar
from pages.together.sessions_channels import lessons
from pages.together.sessions_list import every
from pages.together.sessions_one import one, when
from pages.together.sessions_plan import planning

HERE = "/sessions"

chosen = row_in_address(session)
new, year = "new" in st.query_params, "year" in st.query_params
ways = "lessons" in st.query_params
title = (
    "Plan a session" if new else "Themed conversations" if year else "What works" if ways
    else "Sessions"
)  # fmt: skip
open_page(
    chosen.row.title if chosen else title,
    Permission.SESSIONS_READ,
    lede=when(chosen) if chosen else "",
    back=("All sessions", HERE) if chosen or new or year or ways else None,
)
if chosen:
    one(chosen)
elif new:
    planning()
elif year:
    calendar()
elif ways:
    lessons()
else:
    say_if_lost("session")
    every()
