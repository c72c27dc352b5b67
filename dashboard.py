"""The front door: `streamlit run dashboard.py`."""

import streamlit as st
from starlette.middleware import Middleware

from pages.parts.log_lines import log_as_json_when_live

log_as_json_when_live()  # before the pages are imported: libraries log while they are

from pages import door, public  # noqa: E402
from pages.door.lifespan import lifespan  # noqa: E402
from pages.door.wall import Wall  # noqa: E402
from pages.parts.faults import show_fault  # noqa: E402

OPEN = [*public.ROUTES, *door.ROUTES]
INNER = [*public.FOR_PEOPLE_SIGNED_IN, *door.FOR_PEOPLE_SIGNED_IN]

app = st.App(
    "pages/shell.py",
    routes=[*OPEN, *INNER],
    middleware=[Middleware(Wall, open_routes=OPEN, inner_routes=INNER)],
    lifespan=lifespan,
    on_script_error=show_fault,
)
