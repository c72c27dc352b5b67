"""The partners and the start of an action, said or corrected by its owner or Youth Voice."""

from typing import Any

import streamlit as st

from coprod_data.commands.actions_facts import say_partners_and_start
from coprod_data.queries.actions_detail import ActionMore
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.carried import carried_form
from pages.parts.times import on, typed_day
from pages.shared.propose_action import PARTNERS, STARTS

SAYS = {"partners": "Partners", "starts_on": "Start"}


def facts_form(action_id: int, more: ActionMore) -> None:
    """Show the form that says the partners of an action, and when it starts."""
    values = {"partners": more.partners, "starts_on": more.starts_on}
    form = carried_form("facts", action_id, values, SAYS, tell=_told)
    day = form.carried.start["starts_on"]
    with st.expander("Say its partners or its start", expanded=form.restored):
        form.begin()
        partners = form.line(PARTNERS, "partners", place=TextPlace.PARTNERS)
        typed = form.line(STARTS, "starts", place=None, first=on(day) if day else "")
        if st.button("Save partners and start", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                say_partners_and_start(
                    db, actor, action_id, partners=partners,
                    starts_on=typed_day(typed, "starts", Meant.COMING), opened=form.opened,
                )  # fmt: skip


def _told(name: str, value: Any) -> str:
    if name == "starts_on":
        return on(value) if value else "No day"
    return value or "None named"
