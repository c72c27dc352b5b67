"""Stopping an action, or taking it up again: decided by the chair, or proposed to the chair."""

from collections.abc import Callable

import streamlit as st

from coprod_data.commands.actions_stopping import (
    drop_action,
    hold_action,
    propose_stage,
    take_up_action,
)
from coprod_data.permissions import Invalid
from coprod_data.queries.actions import ActionRow
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.carried import carried_form
from pages.shared.update_action import NOW_SAYS

WHY = "Why? The people waiting for it will read this."
STOPS = {Stage.ON_HOLD: "Put it on hold", Stage.DROPPED: "Drop it"}
HELD = {Stage.IN_PROGRESS: "Take it up again", Stage.DROPPED: "Drop it"}


def stop_forms(row: ActionRow) -> None:
    """Show what the chair decides about an action that is agreed: to hold it, or to take it up
    again; and to drop it.
    """
    if row.stage is Stage.ON_HOLD:
        decide_form(
            row, "take-up", "Take this action up again",
            "The action has been taken up again. Its clocks begin today.", take_up_action,
        )  # fmt: skip
    elif row.stage.owed:
        decide_form(
            row, "hold", "Put this action on hold",
            "The action is on hold, and the reason is kept. No clock runs until it is taken up "
            "again.", hold_action,
        )  # fmt: skip
    decide_form(
        row, "drop", "Drop this action",
        "The action has been dropped, and the reason is kept.", drop_action,
    )  # fmt: skip


def decide_form(
    row: ActionRow, name: str, label: str, sentence: str, command: Callable[..., None]
) -> None:
    """Show the form of one decision, with its reason."""
    form = carried_form(name, row.id, {"update": row.seen}, NOW_SAYS)
    with st.expander(label, expanded=form.restored):
        form.begin()
        reason = form.area(WHY, "why", place=TextPlace.UPDATE)
        if st.button(label, key=f"{form.key}-save"):
            with form.saving(sentence) as (db, actor):
                command(db, actor, row.id, reason=reason, opened={"update": form.opened["update"]})


def propose_stop_form(row: ActionRow) -> None:
    """Show the form in which its owner proposes to the chair to stop an action, or to go on."""
    held = row.stage is Stage.ON_HOLD
    can = HELD if held else STOPS if row.stage.owed else {Stage.DROPPED: STOPS[Stage.DROPPED]}
    form = carried_form("propose-stop", row.id, {"update": row.seen}, NOW_SAYS)
    label = "Propose to take it up again or drop it" if held else "Propose to stop it"
    with st.expander(label, expanded=form.restored):
        form.begin()
        stage = st.radio(
            "What do you propose?", list(can), index=None, format_func=can.__getitem__,
            **form.choice("stage", can),
        )  # fmt: skip
        reason = form.area(WHY, "why", place=TextPlace.CHANGE_REASON)
        if st.button("Propose it to the chair", key=f"{form.key}-save"):
            with form.saving("Proposed. The chair decides.") as (db, actor):
                if stage is None:
                    raise Invalid("Choose what you propose.", field="stage")
                propose_stage(
                    db, actor, row.id, stage=stage, reason=reason,
                    opened={"update": form.opened["update"]},
                )  # fmt: skip
