"""Numbers in the address of a page, which anybody may type."""

import streamlit as st

MOST_DIGITS = 9  # more than a record's number ever has, and each engine takes it


def asked(name: str) -> int | None:
    """Return a number that stands in the address; None for what can be no record's number."""
    typed = st.query_params.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) <= MOST_DIGITS else None
