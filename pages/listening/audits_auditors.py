"""Who of the young people with an account looks at a service: named by the Youth Voice Team."""

import streamlit as st

from coprod_data.commands.audits_standards import name_auditors
from coprod_data.queries.audits_auditors import auditors_of, auditors_to_name
from coprod_data.queries.audits_return import ReturnRow
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.sign_in import reading


def name_them(row: ReturnRow) -> None:
    """Show who looks at this service, and let the team change it."""
    with refusals(stop=True), reading() as (db, actor):
        known = auditors_to_name(db, actor)
        named = auditors_of(db, actor, row.id)
    known |= named
    form = carried_form("auditors", row.id, {"auditors": sorted(named)}, {"auditors": "Auditors"})
    with st.expander(f"Young auditors of this service: {len(named) or 'none yet'}"):
        form.begin()
        st.text(
            "They see the standards, and what the service wrote once it is sent and they have "
            "given their own level. They find it under My cards."
        )
        chosen = st.multiselect(
            "Young auditors with an account", list(known), default=form.carried.start["auditors"],
            format_func=known.__getitem__, key=form.key_of("auditors"),
        )  # fmt: skip
        if st.button("Save who looks at it", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                name_auditors(db, actor, row.id, chosen, opened=form.opened["auditors"])
