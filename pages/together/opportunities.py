"""Opportunities: which are waiting for a member, how long, and what happened to the others."""

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.opportunities import opportunity
from coprod_data.queries.way import way_of_opportunity, way_of_outcome
from pages.parts.address import number_in_address, row_in_address
from pages.parts.frame import open_page
from pages.shared.entry_names import entry_in_address
from pages.shared.way import crumbs, way_to
from pages.together.opportunities_answer import TITLE
from pages.together.opportunities_joining import put_name_down
from pages.together.opportunities_list import every
from pages.together.opportunities_one import one, one_outcome, row_of_outcome
from pages.together.opportunities_steps import suggestion

chosen = row_in_address(opportunity)
signed = row_of_outcome() if chosen is None else None
new = "new" in st.query_params
title = "Suggest an opportunity" if new else TITLE
title = chosen.title if chosen else f"What changed: {signed.title}" if signed else title
way = way_to(way_of_opportunity, chosen.id if chosen else None) or way_to(
    way_of_outcome, signed.id if signed else None
)
open_page(
    title,
    Permission.OPPORTUNITIES_READ,
    back=("All opportunities", "/opportunities") if chosen or signed or new else None,
    way=crumbs(way),
)
put_name_down()
if chosen:
    one(chosen, way)
elif signed:
    one_outcome(signed)
elif new:
    suggestion(entry_id=entry_in_address("entry"), card_id=number_in_address("card"))
else:
    every()
