"""The front door: `streamlit run dashboard.py`."""

import streamlit as st
from starlette.middleware import Middleware

from pages import door, public
from pages.door.lifespan import lifespan
from pages.door.wall import Wall

OPEN = [*public.ROUTES, *door.ROUTES]

app = st.App(
    "pages/shell.py",
    routes=OPEN,
    middleware=[Middleware(Wall, open_routes=OPEN)],
    lifespan=lifespan,
)
