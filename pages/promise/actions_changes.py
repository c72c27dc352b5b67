"""Giving an action to somebody else, and changing its date, wording or commitment."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from coprod_data.commands.actions_changes import (
    change_action,
    decide_change,
    hand_over_action,
    propose_change,
)
from coprod_data.permissions import Invalid
from coprod_data.queries.actions import ActionRow
from coprod_data.queries.actions_detail import ChangeRow
from coprod_data.queries.people import NamedRow, PersonRow
from coprod_data.vocabulary.actions import DueKind
from pages.parts.forms import fresh, saving, words_of
from pages.parts.html import show
from pages.parts.times import A_DAY, on, typed_day
from pages.promise.actions_rows import due_text, due_words


def hand_over_form(
    row: ActionRow, people: Sequence[PersonRow], services: Sequence[NamedRow]
) -> None:
    """Show the form that gives an action to another owner or service."""
    key = fresh(f"hand-over-{row.id}")
    owners = {one.id: one.name for one in people}
    named = {one.id: one.name for one in services}
    with st.expander("Change owner or service"), st.form(f"{key}-form", border=False):
        owner_id = st.selectbox(
            "Who owns it?", list(owners), format_func=owners.__getitem__, key=f"{key}-owner",
            index=list(owners).index(row.owner_id) if row.owner_id in owners else None,
        )  # fmt: skip
        service_id = st.selectbox(
            "Which service?", list(named), format_func=named.__getitem__, key=f"{key}-service",
            index=list(named).index(row.service_id) if row.service_id in named else None,
        )  # fmt: skip
        if st.form_submit_button("Save owner and service"):
            with saving("Saved. The action is theirs now.", key) as (db, actor):
                if owner_id is None:
                    raise Invalid("Choose the owner.", field="owner")
                hand_over_action(db, actor, row.id, owner_id=owner_id, service_id=service_id)


def change_form(
    row: ActionRow, commitments: Mapping[int, str], *, decides: bool, frozen: bool
) -> None:
    """Show the form that changes date, wording or commitment, or proposes that to the chair.

    `frozen`: an outcome names the action, so only its date can change.
    """
    key = fresh(f"change-{row.id}")
    label = "Change date or wording" if decides else "Propose a change"
    with st.expander(label), st.form(f"{key}-form", border=False):
        if frozen:
            st.text("An outcome names this action, so its wording and commitment stay.")
        commitment_id = row.commitment_id
        title, will_see = row.title, row.will_see
        if not frozen:
            known = {row.commitment_id: f"{row.reference} (as now)"} | {
                id_: words for id_, words in commitments.items() if id_ != row.commitment_id
            }
            chosen = st.selectbox(
                "Under which commitment?", list(known), format_func=known.__getitem__,
                key=f"{key}-commitment",
            )  # fmt: skip
            commitment_id = chosen or row.commitment_id
            title = st.text_input("What will be done?", value=row.title, key=f"{key}-title")
            will_see = st.text_area(
                "What will you see when it is done?", value=row.will_see, key=f"{key}-see"
            )
        typed = st.text_input(
            f"By when, for example {A_DAY}", value=on(row.due_on) if row.due_on else "",
            key=f"{key}-day",
        )  # fmt: skip
        wording = st.text_input(
            "When, in the words of your plan", value=row.due_wording, key=f"{key}-wording"
        )
        kind = st.radio(
            "What does that date mean?", [*DueKind], index=list(DueKind).index(row.due_kind),
            horizontal=True, format_func=words_of, key=f"{key}-kind",
        )  # fmt: skip
        reason = st.text_area(
            "Why, or which decision it follows?" if decides else "Why?", key=f"{key}-why"
        )
        done = "Changed." if decides else "Proposed. The chair decides."
        if st.form_submit_button("Save this change" if decides else "Propose it to the chair"):
            with saving(done, key) as (db, actor):
                said: dict[str, Any] = {
                    "commitment_id": commitment_id, "title": title, "will_see": will_see,
                    "due_on": typed_day(typed, "due_on"), "due_wording": wording,
                    "due_kind": kind, "reason": reason,
                }  # fmt: skip
                if decides:
                    change_action(db, actor, row.id, **said)
                else:
                    propose_change(db, actor, row.id, **said)


def show_change(row: ActionRow, change: ChangeRow, *, decides: bool) -> None:
    """Show a change that waits for the chair, who agrees or turns it down with an answer."""
    parts = [
        ("Commitment", row.reference, change.reference),
        ("What will be done", row.title, change.title),
        ("What you will see", row.will_see, change.will_see),
        (
            "When",
            due_words(row),
            due_text(change.due_on, change.due_kind, change.due_wording),
        ),
    ]
    show(
        "change.html",
        by=change.proposed_by,
        on=on(change.proposed_on),
        reason=change.reason,
        parts=[part for part in parts if part[1] != part[2]],
        answer=change.answer if change.agreed is False else "",
    )
    if not decides or change.agreed is not None or change.own:
        return
    if st.button("Agree to this change", type="primary", key=f"agree-{change.id}"):
        with saving("Changed, as proposed.") as (db, actor):
            decide_change(db, actor, change.id, agreed=True)
    key = fresh(f"refuse-{change.id}")
    with st.expander("Turn this change down"), st.form(f"{key}-form", border=False):
        answer = st.text_area("Why not? The owner reads this.", key=f"{key}-why")
        if st.form_submit_button("Turn it down"):
            with saving("Turned down. The owner can see why.", key) as (db, actor):
                decide_change(db, actor, change.id, agreed=False, answer=answer)
