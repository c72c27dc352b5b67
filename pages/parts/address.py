"""What stands in the address of a page, which anybody may type, and the lists that follow it."""

import streamlit as st

MOST_DIGITS = 9  # more than a record's number ever has, and each engine takes it


def number_in_address(name: str) -> int | None:
    """Return a number that stands in the address; None for what can be no record's number."""
    typed = st.query_params.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) <= MOST_DIGITS else None


def choose(key: str, value: object) -> None:
    """Choose a value in a list that is about to be drawn; None is its first, as for nobody new."""
    if value is None:  # kept as a value it would read as nothing chosen
        st.session_state.pop(key, None)
    else:
        st.session_state[key] = value
