"""The wall of a session, led from a second device: what is on it, and what may go up next."""

import streamlit as st

from coprod_data.commands.entries_checks import open_to_read, take_over
from coprod_data.commands.entries_recall import say_worried
from coprod_data.commands.entries_room import keep_off_screen, show_in_room
from coprod_data.commands.sessions_screens import close_screen, open_screen
from coprod_data.permissions import Permission, Refused
from coprod_data.queries.entries_raw import RawEntry, raw_words
from coprod_data.queries.sessions import SessionDetail
from coprod_data.queries.sessions_screens import RoomQueue, room_queue, screen_now
from coprod_data.vocabulary.sessions import SHUT
from pages.parts.boxes import text_lines
from pages.parts.faults import refusals
from pages.parts.forms import saving
from pages.parts.html import show
from pages.parts.sign_in import reading

OPENED = "wall-opened"  # in this tab: the entry that was opened here to be read
LEAD_HIDE = "To hide a name, type a role in brackets over it, for example [my teacher]."


def wall(one: SessionDetail) -> None:
    """Lead the wall of a session: open it, let words out for it one by one, close it."""
    if not one.may_change or one.row.state in SHUT:
        return
    number = one.row.id
    with refusals(stop=True), reading() as (db, actor):
        if not actor.may(Permission.ENTRIES_CHECK):
            return
        queue = room_queue(db, actor, number, opened=st.session_state.get(OPENED))
        words = screen_now(db, actor, number).words
    if not queue.open:
        if one.row.begun and not one.row.over and st.button("Open the wall", key="wall-open"):
            with saving("The wall is open. Show the screen of the room.") as (db, actor):
                open_screen(db, actor, number)
        return
    with st.container(border=True, key="session-wall"):
        show("session_wall.html", words=words, queue=queue)
        if queue.on_now and st.button("Take it off the wall", key=f"wall-off-{queue.on_now}"):
            with saving("It is off the wall.") as (db, actor):
                keep_off_screen(db, actor, queue.on_now)
        if queue.on_now:
            _worried(queue.on_now)
        _next(queue)
        if st.button("Close the wall", key="wall-close"):
            with saving("The wall is closed.") as (db, actor):
                close_screen(db, actor, number)


def _worried(entry_id: int) -> None:
    """Offer to say that one is worried: the words go off the wall and are read again at once."""
    if st.button("I am worried about these words", key=f"wall-worried-{entry_id}"):
        with saving("Thank you. They are off the wall, and first in the queue.") as (db, actor):
            say_worried(db, actor, entry_id)


def _next(queue: RoomQueue) -> None:
    if queue.next_id is None:
        if st.button("Look again", key="wall-again"):
            st.rerun()
        return
    if st.session_state.get(OPENED) != queue.next_id:
        if st.button(
            "Read the next one", type="primary", key="wall-read"
        ):  # whichever that is when it is pressed
            st.session_state[OPENED] = queue.next_id
            with saving() as (db, actor):
                open_to_read(db, actor, queue.next_id, to_check=False)
        return
    try:
        with reading() as (db, actor):
            raw = raw_words(db, actor, queue.next_id)
    except Refused:
        del st.session_state[OPENED]
        return
    _one(raw)


def _one(raw: RawEntry) -> None:
    key = f"wall-shown-{raw.id}"
    if raw.others_here:
        st.text(f"{' and '.join(raw.others_here)} has this one open too. Talk to each other first.")
        if st.button("Take over", key=f"wall-over-{raw.id}"):
            with saving() as (db, actor):
                take_over(db, actor, raw.id)
    st.text(LEAD_HIDE)
    shown = text_lines("What goes on the wall", value=raw.thinks or raw.wants, key=key, height=140)
    with st.container(horizontal=True):
        if st.button("Show it on the wall", type="primary", key=f"wall-show-{raw.id}"):
            with saving("It is let out for this room. Words are on the wall while five are.") as (
                db, actor,
            ):  # fmt: skip
                show_in_room(db, actor, raw.id, shown=shown)
        if st.button("Keep it off the wall", key=f"wall-keep-{raw.id}"):
            with saving("It stays off the wall.") as (db, actor):
                keep_off_screen(db, actor, raw.id)
    _worried(raw.id)
    show("session_wall_worry.html")
