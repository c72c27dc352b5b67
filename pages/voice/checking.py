"""Checking: the Youth Voice Team reads what young people wrote, one entry after another."""

import streamlit as st

from coprod_data.permissions import Permission
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.voice.checking_entry import check
from pages.voice.checking_opening import opened
from pages.voice.checking_queue import owed, queue

VIEWS = {"check": "To check", "owed": "Replies owed"}


def lists() -> None:
    """Show the queue, or the replies owed."""
    with refusals(stop=True), reading() as (_, actor):
        worker = actor.may(Permission.ENTRIES_CHECK)
    if not worker:
        queue()
        return
    chosen = st.pills(
        "Show", list(VIEWS), default="check", required=True,
        format_func=lambda view: VIEWS[view], key="checking-view",
    )  # fmt: skip
    if chosen == "owed":
        owed()
        return
    queue()
    show("link.html", words="Write an entry with a young person", href="/add_entry")


open_page("Checking", needs=(Permission.ENTRIES_QUEUE, Permission.ENTRIES_READ_HELD))
entry_id = opened()
if entry_id is None:
    lists()
else:
    check(entry_id)
