"""What is in the address of a page, which anybody may type, and lists that are set from it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar
from urllib.parse import urlsplit

import streamlit as st

from coprod_data.permissions import NotAllowed, NotFound
from pages.parts.html import show
from pages.parts.sign_in import reading

Row = TypeVar("Row")

MOST_DIGITS = 9  # more than any record's number has, and both engines accept it


def whole_address(path: str) -> str:
    """Return a path with the address of this site before it, as the browser knows it."""
    site = urlsplit(st.context.url or "")
    return f"{site.scheme}://{site.netloc}{path}" if site.netloc else path


def address_now() -> dict[str, str]:
    """Return what the address of this page names, each name once."""
    return {name: st.query_params[name] for name in st.query_params}


def number_in(address: Mapping[str, str], name: str) -> int | None:
    """Return a number that an address names; None for anything that is no record's number."""
    typed = address.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) <= MOST_DIGITS else None


def number_in_address(name: str) -> int | None:
    """Return a number from the address of this page, as `number_in` does."""
    return number_in(address_now(), name)


def page_in(address: Mapping[str, str], count: int, size: int) -> int:
    """Return the page of `count` rows that an address names: at most the last there is."""
    return min(max(1, number_in(address, "page") or 1), max(1, -(-count // size)))


def row_in_address(read: Callable[[Any, Any, int], Row], name: str = "id") -> Row | None:
    """Return what a read finds by a number in the address, None if this reader finds none.

    The page then shows all, after `say_if_lost`.
    """
    number = number_in_address(name)
    if number is not None:
        with suppress(NotFound, NotAllowed), reading() as (db, actor):
            return read(db, actor, number)
    return None


def say_if_lost(word: str, name: str = "id") -> None:
    """Say above a list that the record named in the address was not found; `word` is its noun."""
    if name in st.query_params:
        show("lede.html", words=f"We could not find that {word}. These are all of them.")


def put(name: str, key: str) -> None:
    """Put the choice of the list with this key into the address, or take it out if it is none.

    Used as a callback; the page of a longer list begins again.
    """
    st.query_params.pop("page", None)
    if chosen := st.session_state.get(key):
        st.query_params[name] = str(chosen)
    else:
        st.query_params.pop(name, None)


def choose(
    name: str, options: Mapping[int, str], chosen: int | None, *, label: str, every: str
) -> None:
    """Show a list of records to choose one from; the choice goes into the address under `name`.

    `chosen` is what the address names now, `every` the words for all of them.
    """
    words = {0: every, **options}
    key = f"choose-{name}"
    st.session_state[key] = chosen if chosen in options else 0
    st.selectbox(
        label, list(words), format_func=words.__getitem__, key=key,
        label_visibility="collapsed", on_change=put, args=(name, key),
    )  # fmt: skip
