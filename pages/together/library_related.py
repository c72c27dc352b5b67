"""The form that says what belongs together in the library."""

import streamlit as st

from coprod_data.commands.library import relate_items
from coprod_data.queries.library import LibraryRow, titles
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.sign_in import reading


def relate_form(row: LibraryRow, related: dict[int, str]) -> None:
    """Show the form that says what belongs together with an item."""
    with refusals(stop=True), reading() as (db, actor):
        names = {key: title for key, title in titles(db, actor).items() if key != row.id}
    if not names:
        return
    form = carried_form("library-with", row.id, {"others": tuple(related)})
    with st.expander("What it belongs together with"):
        form.begin()
        chosen = st.multiselect(
            "Belongs together with", list(names), default=list(form.carried.start["others"]),
            format_func=names.__getitem__, key=form.key_of("others"),
        )  # fmt: skip
        if st.button("Save what belongs together", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                relate_items(
                    db, actor, row.id, others=chosen, opened=form.opened["others"]
                )  # fmt: skip
