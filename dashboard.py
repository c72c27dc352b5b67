"""The front door: `streamlit run dashboard.py`."""

import streamlit as st
from starlette.middleware import Middleware

from pages import door, public
from pages.door.lifespan import lifespan
from pages.door.log_lines import log_as_json_when_live
from pages.door.wall import Wall
from pages.parts.faults import show_fault

log_as_json_when_live()

OPEN = [*public.ROUTES, *door.ROUTES]
INNER = [*public.FOR_PEOPLE_SIGNED_IN, *door.FOR_PEOPLE_SIGNED_IN]

app = st.App(
    "pages/shell.py",
    routes=[*OPEN, *INNER],
    middleware=[Middleware(Wall, open_routes=OPEN, inner_routes=INNER)],
    lifespan=lifespan,
    on_script_error=show_fault,
)
