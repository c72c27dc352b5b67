"""Which list of the checking page the address names: only closed choices, and records' numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import streamlit as st

from coprod_data.queries.entries_queue import WaitingEntry
from coprod_data.vocabulary.entries import TO_READ, QueueState
from pages.parts.address import number_in_address

HERE = "/checking"


class NAMED(StrEnum):
    """What the address may name by its number; `ended` is 1."""

    HOLD = "hold"
    WISH = "wish"
    ENTRY = "entry"
    ENDED = "ended"
    TEXT = "text"


COUNTS = {
    "urgent": "urgent",
    "hold": "on hold",
    "read": "to read",
    "others": "waiting for someone else",
}
LISTS = {
    "all": "All",
    "waiting": "Not decided",
    "mine": "For me",
    "flagged": "Flagged",
    "wish": "Wants a person",
    "owed": "Replies owed",
    "reword": "To reword",
}


@dataclass(frozen=True)
class Place:
    """The list that is shown: its name, and by theme and language if chosen."""

    show: str
    theme: str
    language: str
    everything: bool


def named(what: NAMED) -> int | None:
    """Return the number that the address gives for one of these."""
    return number_in_address(what)


def place(rows: list[WaitingEntry]) -> Place:
    """Return the list that the address names; themes and languages are those of these rows."""
    show = st.query_params.get("show", "all")
    theme, language = st.query_params.get("theme", ""), st.query_params.get("language", "")
    return Place(
        show=show if show in COUNTS or show in LISTS else "all",
        theme=theme if theme in {row.theme for row in rows} else "",
        language=language if language in {row.language for row in rows} else "",
        everything="everything" in st.query_params,
    )


def go(name: str, value: str) -> None:
    """Put a choice into the address, or take it out if it is empty."""
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)
    if name != "everything":
        st.query_params.pop("everything", None)


def back_to_list() -> None:
    """Leave what the address names by its number. Used as a callback."""
    for what in NAMED:
        st.query_params.pop(what, None)


def waits_for_others(row: WaitingEntry) -> bool:
    """Say whether somebody else, or an answer, comes next."""
    asked = row.state is QueueState.ASKED_BACK
    return not row.for_me and (asked or row.step is not None or row.typed_by_me)


def cannot_wait(row: WaitingEntry) -> bool:
    """Say whether this person reads a row also while a call about a hold is not written down."""
    if row.typed_by_me or row.state is QueueState.HELD:
        return False
    urgent = row.urgent or row.state is QueueState.TAKEN_BACK
    return bool(row.beside) or (row.for_me and (urgent or row.step is not None))


def shown(rows: list[WaitingEntry], at: Place) -> list[WaitingEntry]:
    """Return the rows that pass the choices of the address."""
    passing = _PASSING.get(at.show)
    return [
        row
        for row in rows
        if (passing is None or passing(row))
        and at.theme in ("", row.theme)
        and at.language in ("", row.language)
    ]


_PASSING: dict[str, Callable[[WaitingEntry], bool]] = {
    "urgent": lambda row: row.urgent and row.state in TO_READ and not waits_for_others(row),
    "hold": lambda row: row.state in (QueueState.HELD, QueueState.TAKEN_BACK),
    "read": lambda row: row.state in TO_READ and not row.urgent and not waits_for_others(row),
    "others": waits_for_others,
    "waiting": lambda row: row.waiting,
    "mine": lambda row: row.for_me or bool(row.beside),
    "flagged": lambda row: bool(row.flags),
    "wish": lambda row: row.wish,
}
