"""The box in the frame of every page that leads to the search: the shell draws it."""

import streamlit as st

TYPED = "search-typed"  # what was searched for last in this tab
ASKED = "search-asked"
BOX = "find-box"


def search_box() -> None:
    """Show the box; Enter leads to the search. pages/static/js/search.js finds it by its key."""
    with st.container(key="find"):
        st.text_input(
            "Search", key=BOX, placeholder="Search", on_change=_ask,
            label_visibility="collapsed",
        )  # fmt: skip


def asked() -> bool:
    """Say, once, whether somebody has just pressed Enter in the box."""
    return bool(st.session_state.pop(ASKED, False))


def _ask() -> None:
    typed = (st.session_state.get(BOX) or "").strip()
    st.session_state[BOX] = ""
    if typed:
        st.session_state[TYPED] = typed
        st.session_state[ASKED] = True
