"""How report cards, the next meeting and the buttons beside words name an entry to their reader.

Its number is only for the two teams: entries are numbered without gaps, and others may not see all.
"""

from collections.abc import Collection, Iterable

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.entries_marks import entry_of_mark
from pages.parts.sign_in import reading

SEEN = "entries-seen"  # in this tab: the place of each, in the order in which it was shown


def entry_in_address(name: str) -> int | None:
    """Return the entry of a mark in the address: 0, which is no entry's, for what is no mark, and
    None without any.
    """
    mark = st.query_params.get(name, "")
    if not mark:
        return None
    with reading() as (db, actor):
        return entry_of_mark(db, actor, mark) or 0


def numbers_them(can: Collection[Permission]) -> bool:
    """Say whether somebody with these rights reads the numbers of entries."""
    return Permission.ENTRIES_QUEUE in can or Permission.ENTRIES_READ_HELD in can


def names_of(entry_ids: Iterable[int], *, numbered: bool) -> dict[int, str]:
    """Return what each entry of a page is called: by its number, or by its place on the page."""
    places = enumerate(dict.fromkeys(entry_ids), start=1)
    return {
        entry_id: f"Entry no. {entry_id}" if numbered else f"Words {place} on this page"
        for place, entry_id in places
    }


def key_here(entry_id: int) -> int:
    """Return what the key of a widget says in place of an entry's number: browsers see keys."""
    seen: dict[int, int] = st.session_state.setdefault(SEEN, {})
    return seen.setdefault(entry_id, len(seen) + 1)
