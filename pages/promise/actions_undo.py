"""Undoing one's own last step on an action, and correcting it afterwards with a reason."""

from collections.abc import Sequence

import streamlit as st

from coprod_data.commands.actions_undo import correct_milestone, correct_update, undo_last_step
from coprod_data.permissions import Invalid
from coprod_data.queries.actions_detail import MilestoneRow, UpdateRow
from coprod_data.queries.events_of import UndoRow
from pages.parts.forms import fresh, inert, saving
from pages.parts.html import show
from pages.parts.times import A_DAY, clock, on, typed_day


def undo_button(action_id: int, last: UndoRow) -> None:
    """Show what the reader did last, with a button that undoes it."""
    words, button = st.columns([4, 1], vertical_alignment="center")
    with words:
        show("undo.html", did=last.did, until=clock(last.until))
    with button:
        if st.button("Undo", key=f"undo-{action_id}"):
            with saving("Undone. It is as it was before.") as (db, actor):
                undo_last_step(db, actor, action_id)


def correct_forms(milestones: Sequence[MilestoneRow], updates: Sequence[UpdateRow]) -> None:
    """Show the forms that correct a met milestone and the reader's own words."""
    met = {one.id: one for one in milestones if one.met_on is not None}
    own = {one.id: one for one in updates if one.own}
    if met:
        _milestone(met)
    if own:
        _update(next(iter(own.values())))


def _milestone(met: dict[int, MilestoneRow]) -> None:
    with st.expander("Correct a milestone"):
        chosen = st.radio(
            "Which milestone?", list(met), index=0 if len(met) == 1 else None,
            format_func=lambda id_: inert(met[id_].title), key="correct-milestone-which",
        )  # fmt: skip
        if chosen is None:
            return
        key = fresh(f"correct-milestone-{chosen}")
        with st.form(f"{key}-form", border=False):
            evidence = st.text_area(
                "Evidence: what shows this, and where can it be seen?",
                value=met[chosen].evidence, key=f"{key}-evidence",
            )  # fmt: skip
            stays = st.radio(
                "Is it met?", [True, False], horizontal=True, key=f"{key}-met",
                format_func=lambda yes: "Yes" if yes else "No, not met after all",
            )  # fmt: skip
            day = met[chosen].met_on
            typed = st.text_input(
                f"Date it was met, for example {A_DAY}",
                value=on(day) if day else "", key=f"{key}-day",
            )  # fmt: skip
            reason = st.text_area("Why do you correct it?", key=f"{key}-why")
            if st.form_submit_button("Correct this"):
                with saving("Corrected, with your reason.", key) as (db, actor):
                    met_on = typed_day(typed, "met_on") if stays else None
                    if stays and met_on is None:
                        raise Invalid("Write the date.", field="met_on")
                    correct_milestone(
                        db, actor, chosen, evidence=evidence, met_on=met_on, reason=reason
                    )


def _update(newest: UpdateRow) -> None:
    key = fresh(f"correct-update-{newest.id}")
    with st.expander("Correct what you wrote last"), st.form(f"{key}-form", border=False):
        text = st.text_area("What happened?", value=newest.text, key=f"{key}-text")
        reason = st.text_area("Why do you correct it?", key=f"{key}-why")
        if st.form_submit_button("Correct this"):
            with saving("Corrected, with your reason.", key) as (db, actor):
                correct_update(db, actor, newest.id, text=text, reason=reason)
