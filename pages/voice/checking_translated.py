"""Who translated an entry: asked of whoever reads words in another language."""

import streamlit as st

from coprod_data.commands.entries_translated import say_translated
from coprod_data.permissions import Invalid
from coprod_data.queries.entries_raw import RawEntry
from coprod_data.vocabulary.entries import Hint
from coprod_data.vocabulary.entry_care import Translator
from pages.parts.carried import carried_form
from pages.parts.forms import words_of
from pages.parts.html import show

WHO = "Who translated it?"
FIRST = "Say it before you decide about the words, or sum them up."
NOT_ENOUGH = "A machine is not enough here, because somebody may be at risk."


def who_translated(raw: RawEntry) -> None:
    """Ask who put the words into English, and show what was said, which may be put right."""
    if Hint.LANGUAGE not in raw.hints:
        return
    form = carried_form(
        "translated", raw.id, {"translated": raw.translated}, {"translated": WHO},
        tell=lambda _name, value: value.words if value else "Nobody has said",
        key=f"translated-{raw.id}",
    )  # fmt: skip
    with st.container(key=f"box-translated-{raw.id}"):
        if raw.needs_translator:
            show(
                "notice.html", tone="soon", icon="voice", urgent=False,
                title="Needs a translator", words=NOT_ENOUGH if raw.asks_first else FIRST,
            )  # fmt: skip
        form.begin()
        start = form.carried.start["translated"]
        chosen = st.radio(
            WHO, list(Translator), index=None if start is None else list(Translator).index(start),
            format_func=words_of, key=form.key_of("translated"), horizontal=True,
        )  # fmt: skip
        if st.button("Save who translated it", key=f"save-translated-{raw.id}"):
            with form.saving("Saved.") as (db, actor):
                if chosen is None:
                    raise Invalid("Choose who translated it.", field="translated")
                say_translated(db, actor, raw.id, translated=chosen, opened=form.opened)
