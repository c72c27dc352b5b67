"""Meetings: the forward plan of the Board, and one meeting whole."""

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.meetings import meeting
from coprod_data.queries.way_together import way_of_meeting
from coprod_data.vocabulary.labels import labelled
from pages.board.meetings_list import HERE, every
from pages.board.meetings_one import heading, lede, one
from pages.board.meetings_plan import planning
from pages.parts.address import row_in_address, say_if_lost
from pages.parts.frame import open_page
from pages.shared.way import came_of, crumbs, way_to

chosen = row_in_address(meeting)
new = "new" in st.query_params
way = way_to(way_of_meeting, chosen.row.id if chosen else None)
open_page(
    heading(chosen) if chosen else "Plan a meeting" if new else labelled("Meetings of the Board"),
    Permission.MEETINGS_READ,
    lede=lede(chosen) if chosen else "",
    back=("All meetings", HERE) if chosen or new else None,
    way=crumbs(way),
)
if chosen:
    one(chosen)
    came_of(way, title="Its papers, and what it put into the plan")
elif new:
    planning()
else:
    say_if_lost("meeting")
    every()
