"""What is in the address of a page, which anybody may type, and lists that are set from it."""

from collections.abc import Mapping

import streamlit as st

MOST_DIGITS = 9  # more than any record's number has, and both engines accept it


def number_in_address(name: str) -> int | None:
    """Return a number from the address; None for anything that cannot be a record's number."""
    typed = st.query_params.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) <= MOST_DIGITS else None


def follow(page: str, named: Mapping[str, object]) -> None:
    """Set lists about to be drawn to what the address names, once for each link followed.

    `named` gives, by the key of each list, the value that the link names; None chooses the first.
    """
    followed = tuple(named.values())
    if st.session_state.get(_key(page)) == followed:
        return
    st.session_state[_key(page)] = followed
    for key, value in named.items():
        if value is None:  # a stored None would be shown as nothing chosen
            st.session_state.pop(key, None)
        else:
            st.session_state[key] = value


def is_as_linked(page: str, *chosen: object) -> bool:
    """Say whether these choices, in the order of `follow`, are still those of the link."""
    return bool(st.session_state.get(_key(page)) == chosen)


def _key(page: str) -> str:
    return f"{page}-followed"
