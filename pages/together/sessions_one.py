"""One session: three pages of one, by the clock: before, in the room, after."""

import streamlit as st

from coprod_data.commands.sessions import restore_session
from coprod_data.queries.events_of import history_of_session
from coprod_data.queries.sessions import SessionDetail
from coprod_data.vocabulary.sessions import AHEAD, SessionState
from coprod_data.vocabulary.surveys import CameOf
from pages.parts.faults import refusals
from pages.parts.forms import saving
from pages.parts.html import show
from pages.parts.looks import Look, look
from pages.parts.sign_in import reading
from pages.shared.happened import show_happened
from pages.shared.lists import address, choice, choices
from pages.shared.priorities_behind import show_priorities_behind
from pages.together.sessions_after import after
from pages.together.sessions_before import before
from pages.together.sessions_list import HERE, begins_words, when_words
from pages.together.sessions_room import room
from pages.together.sessions_series import beside

TABS = {"before": "Before", "room": "In the room", "after": "After"}


def when(one: SessionDetail) -> str:
    """Return when a session is, or that its day is not fixed, with its group."""
    open_day = f"The day is not fixed yet. The first one proposed: {when_words(one.row)}"
    day = open_day if one.day_open else when_words(one.row)
    return " · ".join(part for part in (one.row.group, day) if part)


def one(one: SessionDetail) -> None:
    """Show a session, on the tab that the address names, else on the one that fits the clock."""
    row = one.row
    off = row.state is SessionState.CANCELLED
    show(
        "session_head.html", pills=_pills(one), moved=_moved(one),
        calendar="" if row.over or off else f"/export/session-{row.id}.ics",
    )  # fmt: skip
    if off:
        _cancelled(one)
        return
    beside(one)
    show_priorities_behind(CameOf.SESSION, row.id)
    fits = "after" if row.state not in AHEAD else "room" if row.begun else "before"
    tab = st.query_params.get("tab", fits)
    tab = tab if tab in TABS else fits
    choices(
        "Parts of this session",
        [
            choice(words, address(HERE, id=row.id, tab=name), chosen=name == tab)
            for name, words in TABS.items()
        ],
    )
    place = None
    if tab == "after":
        place = after(one)
    else:
        {"before": before, "room": room}[tab](one)
    if tab != "room":
        with refusals(stop=True), reading() as (db, actor):
            happened = history_of_session(db, actor, row.id)
        with place or st.container():
            show_happened(happened, here=address(HERE, id=row.id, tab=tab))


def _pills(one: SessionDetail) -> list[Look]:
    row = one.row
    pills = [Look(row.theme, "plain", one.icon or "promise")] if row.theme else []
    pills.append(Look(row.kind.words, "plain", "voice"))
    if row.state in AHEAD and row.begun and not row.over:
        return [*pills, Look("In the room now", "moving", "clock")]
    return [*pills, Look("Late", "alert", "clock") if row.late else look(row.state)]


def _moved(one: SessionDetail) -> dict[str, str] | None:
    if one.moved_from is None:
        return None
    return {"before": begins_words(one.moved_from), "why": one.why_moved}


def _cancelled(one: SessionDetail) -> None:
    show("session_off.html", why=one.why_cancelled)
    if one.may_change and not one.row.begun and st.button("It is on after all", key="session-on"):
        with saving("It is planned again.") as (db, actor):
            restore_session(db, actor, one.row.id)
