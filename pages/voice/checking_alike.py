"""Entries that seem to say the same: read beside the one that is checked, and joined by a press."""

import streamlit as st

from coprod_data.commands.entries_checks import open_to_read
from coprod_data.commands.entries_replies import join_entries, part_entries
from coprod_data.queries.entries_alike import AlikeEntry, entries_alike
from coprod_data.queries.entries_raw import RawEntry
from pages.parts.faults import refusals
from pages.parts.forms import saving
from pages.parts.html import show
from pages.parts.sign_in import reading, writing
from pages.parts.times import on_and_at
from pages.voice.checking_facts import sealed_words


def alike(raw: RawEntry) -> None:
    """Offer the entries that may say the same; each is read before the two are joined."""
    with refusals(stop=True), reading() as (db, actor):
        found = entries_alike(db, actor, raw.id)
    if not found:
        st.text("We found no other entry on this card that seems to say the same.")
        return
    st.text("Both stay as they are, and both young people get a reply. We record what you open.")
    for one in found:
        with st.container(key=f"alike-{one.id}"):
            _one(raw, one)


def _one(raw: RawEntry, one: AlikeEntry) -> None:
    joined = "Joined with this one. " if one.joined else ""
    show("section.html", title=f"No. {one.id}", count=None)
    st.text(f"{joined}Sent {on_and_at(one.sent_at)}.")
    if one.words is None:
        st.button(
            "Read it beside this one", key=f"beside-{one.id}", on_click=_open, args=(one.id,),
            type="primary",
        )  # fmt: skip
        if not one.joined:
            return
    else:
        this, other = st.columns(2)
        with this:
            show("section.html", title=f"No. {raw.id}", count=None)
            sealed_words(raw)
        with other:
            show("section.html", title=f"No. {one.id}", count=None)
            for heading, text in zip(("What they think", "What they want"), one.words, strict=True):
                if text:
                    show("raw_words.html", heading=heading, words=text)
    if one.joined:
        if st.button("They do not say the same after all", key=f"part-{one.id}"):
            with saving("They are separate again.") as (db, actor):
                part_entries(db, actor, raw.id, one.id)
    elif st.button("They say the same", key=f"join-{one.id}", type="primary"):
        with saving("The two are joined. Both young people still get a reply.") as (db, actor):
            join_entries(db, actor, raw.id, one.id)


def _open(entry_id: int) -> None:
    with refusals(), writing() as (db, actor):
        open_to_read(db, actor, entry_id, to_check=False)
