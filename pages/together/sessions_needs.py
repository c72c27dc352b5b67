"""Whether the access needs at a session were met, told without whose they were."""

import streamlit as st

from coprod_data.commands.sessions_after import record_needs
from coprod_data.queries.sessions import SessionDetail
from coprod_data.vocabulary.sessions import AFTER, NeedsMet
from pages.parts.carried import carried_form
from pages.parts.forms import words_of
from pages.parts.html import show

LABEL = "Were access needs met?"


def needs(one: SessionDetail) -> None:
    """Show what was recorded, and the form to those who may."""
    now = one.row.needs_met
    if now is not None:
        fact = {"label": LABEL, "words": now.words, "whole": True}
        show("facts.html", title="Access", facts=[fact])
    if not one.may_change or one.row.state not in AFTER:
        return
    form = carried_form("session-needs", one.row.id, {"needs_met": now}, {"needs_met": LABEL})
    with st.expander("Record whether needs were met", expanded=form.restored):
        form.begin()
        st.text("Never whose, or what. Write what was missing under What to change.")
        chosen = st.radio(
            LABEL, [*NeedsMet], format_func=words_of, key=form.key_of("needs_met"),
            index=[*NeedsMet].index(now) if now else None,
        )  # fmt: skip
        if st.button("Save this answer", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                record_needs(db, actor, one.row.id, needs_met=chosen, opened=form.opened)
