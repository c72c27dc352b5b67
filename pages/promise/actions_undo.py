"""Undoing one's own last step on an action, and correcting it afterwards with a reason."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from coprod_data.commands.actions_undo import correct_milestone, correct_update, undo_last_step
from coprod_data.permissions import Invalid
from coprod_data.queries.actions_detail import MilestoneRow, UpdateRow
from coprod_data.queries.events_of import UndoRow
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.carried import carried_form, shown
from pages.parts.forms import inert, saving
from pages.parts.html import show
from pages.parts.times import A_DAY, clock, on, typed_day


def undo_button(action_id: int, last: UndoRow) -> None:
    """Show what the reader did last, with a button that undoes it."""
    words, button = st.columns([4, 1], vertical_alignment="center")
    with words:
        show("undo.html", did=last.did, until=clock(last.until), afterwards=last.afterwards)
    with button:
        if st.button("Undo", key=f"undo-{action_id}-{last.id}"):
            with saving("Undone. It is as it was before.") as (db, actor):
                undo_last_step(db, actor, action_id, shown=last.id)


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
        _correction(met[chosen])


def _correction(row: MilestoneRow) -> None:
    form = carried_form(
        "correct-milestone", row.id, {"evidence": row.evidence, "met_on": row.met_on},
        {"evidence": "Evidence", "met_on": "Date it was met"},
        tell=lambda _name, value: on(value) if isinstance(value, date) else shown(value),
    )  # fmt: skip
    form.begin()
    evidence = form.area(
        "Evidence: what shows this, and where can it be seen?", "evidence", place=TextPlace.EVIDENCE
    )
    stays = st.radio(
        "Is it met?", [True, False], horizontal=True, **form.choice("met", (True, False), True),
        format_func=lambda yes: "Yes" if yes else "No, not met after all",
    )  # fmt: skip
    day = form.carried.start["met_on"]
    typed = form.line(
        f"Date it was met, for example {A_DAY}", "day", place=None, first=on(day) if day else ""
    )
    reason = form.area("Why are you correcting it?", "why", place=TextPlace.MILESTONE_CORRECTED)
    if st.button("Correct this", key=f"{form.key}-save"):
        with form.saving("Corrected, with your reason.") as (db, actor):
            met_on = typed_day(typed, "met_on") if stays else None
            if stays and met_on is None:
                raise Invalid("Write the date.", field="met_on")
            correct_milestone(
                db, actor, row.id,
                evidence=evidence, met_on=met_on, reason=reason, opened=form.opened,
            )  # fmt: skip


def _update(newest: UpdateRow) -> None:
    form = carried_form(
        "correct-update", newest.id, {"text": newest.text}, {"text": "What happened"}
    )
    with st.expander("Correct what you wrote last", expanded=form.restored):
        form.begin()
        text = form.area("What happened?", "text", place=TextPlace.UPDATE)
        reason = form.area("Why are you correcting it?", "why", place=TextPlace.UPDATE_CORRECTED)
        if st.button("Correct this", key=f"{form.key}-save"):
            with form.saving("Corrected, with your reason.") as (db, actor):
                correct_update(
                    db, actor, newest.id, text=text, reason=reason, opened=form.opened
                )  # fmt: skip
