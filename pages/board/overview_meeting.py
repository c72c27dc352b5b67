"""The words that the chair chooses to open the next meeting with."""

from collections.abc import Sequence

import streamlit as st

from coprod_data.queries.entries_released import Words
from coprod_data.vocabulary.settings import SettingKey
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.saved_settings import save_settings
from pages.shared.entry_names import key_here


def opening_words_form(pinned: Sequence[int], to_pin: Sequence[Words]) -> None:
    """Show the chair's form, collapsed."""
    form = carried_form(
        "meeting", "next", {SettingKey.PINNED_ENTRIES: tuple(pinned)}, key="meeting"
    )
    start = form.carried.start[SettingKey.PINNED_ENTRIES]
    with st.expander("For the chair: the opening words"), st.form("next-meeting"):
        form.begin()
        chosen = []
        for place, words in enumerate(to_pin, start=1):
            show("own_words.html", words=words.thinks or words.wants)
            if st.checkbox(
                f"Open with these words ({place})",
                value=words.entry_id in start,
                key=form.key_of(f"pin-{key_here(words.entry_id)}"),
            ):
                chosen.append(words.entry_id)
        if st.form_submit_button("Save the opening words", type="primary"):
            with refusals():
                save_settings(form, {SettingKey.PINNED_ENTRIES: chosen}, "The words are chosen.")
