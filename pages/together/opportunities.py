"""Opportunities: which are waiting for a member, how long, and what happened to the others."""

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.opportunities import opportunity
from pages.parts.address import number_in_address, row_in_address
from pages.parts.frame import open_page
from pages.together.opportunities_joining import put_name_down
from pages.together.opportunities_list import every
from pages.together.opportunities_one import one
from pages.together.opportunities_steps import suggestion

TITLE = "Opportunities"


chosen = row_in_address(opportunity)
new = "new" in st.query_params
open_page(
    chosen.title if chosen else "Suggest an opportunity" if new else TITLE,
    Permission.OPPORTUNITIES_READ,
    back=("All opportunities", "/opportunities") if chosen or new else None,
)
put_name_down()
if chosen:
    one(chosen)
elif new:
    suggestion(entry_id=number_in_address("entry"), card_id=number_in_address("card"))
else:
    every()
