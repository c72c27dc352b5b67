"""Saying which commitment a card, or one entry on it, is about."""

import streamlit as st

from coprod_data.commands.entries_ties import tie_entry
from coprod_data.commands.report_cards_ties import tie_report_card
from coprod_data.queries.report_cards_rows import CardDetail
from pages.shared.ties import choose_commitment, tie_form

LABEL = "Which commitment is this card about?"
OF_ENTRY = "Which commitment is this entry about?"
SAVED = "Saved. Its page lists this card too."


def tie_forms(detail: CardDetail) -> None:
    """Show the choice for the card, and for each entry on this page of it."""
    form = tie_form("card tie", detail.id, detail.commitment_id, LABEL)
    with st.container(border=True):
        form.begin()
        chosen = choose_commitment(form, detail.theme_id, LABEL)
        if st.button("Save the commitment", key=f"{form.key}-save"):
            with form.saving(SAVED if chosen else "Saved.") as (db, actor):
                tie_report_card(
                    db, actor, detail.id, commitment_id=chosen, opened=form.opened
                )  # fmt: skip
    if detail.voices:
        _entries(detail)


def _entries(detail: CardDetail) -> None:
    tied = {voice.entry_id: voice.commitment_id for voice in detail.voices}
    with st.expander("Tie one entry to a commitment of its own"):
        number = st.radio(
            "Which entry", list(tied), format_func="No. {}".format, index=None, horizontal=True,
            key=f"tie-which-{detail.id}",
        )  # fmt: skip
        if number is None:
            return
        form = tie_form("entry tie", number, tied[number], OF_ENTRY)
        form.begin()
        chosen = choose_commitment(form, detail.theme_id, OF_ENTRY)
        if st.button("Save for this entry", key=f"{form.key}-save"):
            with form.saving(SAVED if chosen else "Saved.") as (db, actor):
                tie_entry(db, actor, number, commitment_id=chosen, opened=form.opened)
