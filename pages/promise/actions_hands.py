"""Giving an action to somebody else, or asking for that."""

from collections.abc import Sequence

import streamlit as st

from coprod_data.commands.actions_changes import ask_to_hand_over, hand_over_action
from coprod_data.permissions import Invalid
from coprod_data.queries.actions import ActionRow
from coprod_data.queries.people import NamedRow, PersonRow
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.carried import carried_form


def hand_over_form(
    row: ActionRow, people: Sequence[PersonRow], services: Sequence[NamedRow]
) -> None:
    """Show the form that gives an action to another owner or service."""
    owners = {one.id: one.name for one in people}
    named = {one.id: one.name for one in services}
    words = {
        "owner_id": {row.owner_id: row.owner} | owners,
        "service_id": {row.service_id: row.service} | named,
    }
    form = carried_form(
        "hand-over",
        row.id,
        {"owner_id": row.owner_id, "service_id": row.service_id},
        {"owner_id": "Owner", "service_id": "Service"},
        tell=lambda name, id_: words[name][id_],
    )
    start = form.carried.start
    with st.expander("Change owner or service"):
        form.begin()
        with st.form(f"{form.key}-form", border=False):
            owner_id = st.selectbox(
                "Who owns it?", list(owners), format_func=owners.__getitem__,
                key=form.key_of("owner"),
                index=list(owners).index(start["owner_id"])
                if start["owner_id"] in owners else None,
            )  # fmt: skip
            service_id = st.selectbox(
                "Which service?", list(named), format_func=named.__getitem__,
                key=form.key_of("service"),
                index=list(named).index(start["service_id"])
                if start["service_id"] in named else None,
            )  # fmt: skip
            if st.form_submit_button("Save owner and service"):
                with form.saving("Saved. The action is theirs now.") as (db, actor):
                    if owner_id is None:
                        raise Invalid("Choose the owner.", field="owner")
                    hand_over_action(
                        db, actor, row.id,
                        owner_id=owner_id, service_id=service_id, opened=form.opened,
                    )  # fmt: skip


def ask_to_hand_over_form(row: ActionRow, people: Sequence[PersonRow]) -> None:
    """Show the form in which its owner asks to give an action to somebody else."""
    owners = {one.id: one.name for one in people if one.id != row.owner_id}
    if not owners:
        return
    form = carried_form(
        "ask-hand-over", row.id, {"owner_id": row.owner_id}, {"owner_id": "Owner"},
        tell=lambda _name, id_: ({row.owner_id: row.owner} | owners)[id_],
    )  # fmt: skip
    with st.expander("Ask to hand it over", expanded=form.restored):
        form.begin()
        owner_id = st.selectbox(
            "Who could own it?", list(owners), format_func=owners.__getitem__,
            index=None, **form.choice("owner", owners),
        )  # fmt: skip
        reason = form.area("Why?", "why", place=TextPlace.CHANGE_REASON)
        if st.button("Ask to hand it over", key=f"{form.key}-save"):
            with form.saving("Asked. The chair or the Youth Voice Team decides.") as (db, actor):
                if owner_id is None:
                    raise Invalid("Choose who could own it.", field="owner")
                ask_to_hand_over(
                    db, actor, row.id, owner_id=owner_id, reason=reason, opened=form.opened
                )
