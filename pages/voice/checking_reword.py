"""Texts that repeat words which were taken back: written in other words, or put back."""

from datetime import datetime

import streamlit as st

from coprod_data.commands.entries_quoted import put_text_back, reword_text
from coprod_data.queries.entries_quoted import (
    QuotedText,
    WaitingText,
    text_to_reword,
    texts_to_reword,
)
from coprod_data.rules.texts import LONGEST
from coprod_data.vocabulary.rewordings import TextEnd
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import saving
from pages.parts.frame import name_tab
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.voice.checking_place import NAMED, back_to_list, go
from pages.voice.checking_rows import text_row

A_LINE = 240  # longer texts get a box of several lines
COPIED = "Six or more of their words in a row are in it, so it repeats them."
HELD = "Only safeguarding can read some of its words now."
BACK = {
    TextEnd.NOT_THEIRS: "Not their words: put it back",
    TextEnd.OUT_AGAIN: "Their words are out again: put it back",
}


def list_texts(texts: list[WaitingText], now: datetime) -> None:
    """Show the texts that wait for other words, without the texts, the longest wait first."""
    if not texts:
        show(
            "empty.html", title="No text is waiting for other words", icon="check",
            words="When words are taken back, texts of ours that repeat them are listed here.",
        )  # fmt: skip
        return
    for row in texts:
        with st.container(key=f"text-{row.id}", horizontal=True):
            show("queue_row.html", row=text_row(row, now))
            st.button(
                f"Reword no. {row.id}", key=f"reword-{row.id}", on_click=go,
                args=(NAMED.TEXT, str(row.id)),
            )  # fmt: skip


def show_text(number: int) -> None:
    """Show one text with the young person's words marked, and the ways to end its wait."""
    name_tab("Write it in other words")
    st.button("Back to the list", key="back-to-list", on_click=back_to_list)
    with refusals(stop=True), reading() as (db, actor):
        text = text_to_reword(db, actor, number)
        now, left = actor.at, len(texts_to_reword(db, actor)) - 1
    show("quoted.html", row=text_row(text.row, now), pieces=text.pieces, signed=text.row.signed)
    _new_words(text)
    with st.container(key="box-put-back"):
        if TextEnd.NOT_THEIRS not in text.back:
            st.text(HELD if text.on_hold else COPIED)
        for ending, label in BACK.items():
            if ending not in text.back:
                continue
            if st.button(label, key=f"{ending.value}-{number}"):
                with saving("It is back as it was.") as (db, actor):
                    put_text_back(db, actor, number, ending=ending)
                    back_to_list()
    if left > 0:
        st.text(f"{left} more waiting.")


def _new_words(text: QuotedText) -> None:
    row = text.row
    longest = row.longest or LONGEST
    form = carried_form("reword text", row.id)
    form.begin()
    box = form.line if longest <= A_LINE else form.area
    words = box("Say it in other words", "words", place=row.place, longest=longest)
    if st.button("Save the new words", type="primary", key=f"{form.key}-save"):
        with form.saving("The new words are in its place.") as (db, actor):
            reword_text(db, actor, row.id, text=words)
            back_to_list()
