"""Boxes for texts about an entry, which keep what was typed; and steps that close the entry."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from coprod_data.commands.drafts import keep_draft, wipe_draft
from coprod_data.commands.quotes import put_in_quotes
from coprod_data.queries.drafts import draft
from coprod_data.queries.entries_raw import RawEntry
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.boxes import text_lines
from pages.parts.details import warn_of_details
from pages.parts.faults import refusals
from pages.parts.quotes import offer_quotes
from pages.parts.sign_in import reading, writing
from pages.voice.checking_done import go_on

FORM = "check"  # the drafts of this form are deleted with the words they are about


def key_of(entry_id: int, field: str) -> str:
    """Return the key of a box."""
    return f"{field}-{entry_id}"


def summary_key(entry_id: int) -> str:
    """Return the key of the summary that the form of release was drawn with."""
    return f"summary-shown-{entry_id}"


def drafted(entry_id: int, field: str) -> str | None:
    """Return this person's earlier draft about an entry, or None."""
    with reading() as (db, actor):
        return draft(db, actor, FORM, f"{entry_id}:{field}")


def keep(entry_id: int, field: str) -> None:
    """Save what is in a box as soon as it loses focus. Used as a callback."""
    typed = st.session_state.get(key_of(entry_id, field)) or ""
    with refusals(), writing() as (db, actor):
        keep_draft(db, actor, FORM, f"{entry_id}:{field}", typed)


def put(entry_id: int, field: str, text: str) -> None:
    """Write a text into a box and keep it. Used in callbacks, before the box is drawn."""
    st.session_state[key_of(entry_id, field)] = text
    keep(entry_id, field)


def text_box(
    entry_id: int,
    field: str,
    label: str,
    start: str = "",
    rows: int = 120,
    *,
    place: TextPlace | None,
    check: bool = True,
) -> str:
    """Show a box for one text about an entry; it holds what was typed before.

    With `check` it points out what may tell who somebody is. `place` is where the text is saved, if
    others than the team may read a young person's words in it: these are offered as a quote.
    """
    key = key_of(entry_id, field)
    if key not in st.session_state:
        earlier = drafted(entry_id, field)
        st.session_state[key] = start if earlier is None else earlier
    with st.container(key=f"draft-{key}"):  # pages/static/js/drafts.js finds the box by this key
        typed = text_lines(label, key=key, height=rows, on_change=keep, args=(entry_id, field))
    typed = typed or ""
    if place is not None:
        offer_quotes(
            place, FORM, str(entry_id), field, typed, before=start, key=key,
            put=partial(put, entry_id, field),
        )  # fmt: skip
    if check:
        warn_of_details(typed)
    return typed


def step_done(
    raw: RawEntry, field: str, act: Callable[..., object], *, yes: str, asked: str = ""
) -> None:
    """Take a step and close the entry.

    `yes` is said when it is taken, `asked` when `act` answers that a second person is asked first.
    """
    with refusals():
        with writing() as (db, actor):
            put_in_quotes(db, actor, FORM, str(raw.id))
            answer = act(db, actor)
            wipe_draft(db, actor, FORM, f"{raw.id}:{field}")
        waits = asked and (answer is False or answer is None)
        go_on(asked if waits else yes, raw.id, card_id=raw.main_id, replied=field == "reply")
