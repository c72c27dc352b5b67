"""Correcting one's own step on an action afterwards, with a reason."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from coprod_data.commands.actions_milestones import remove_milestone, reword_milestone
from coprod_data.commands.actions_undo import correct_milestone, correct_update
from coprod_data.permissions import Invalid
from coprod_data.queries.actions import ActionRow
from coprod_data.queries.actions_detail import MilestoneRow, UpdateRow
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.carried import carried_form
from pages.parts.carried_values import shown
from pages.parts.forms import inert
from pages.parts.past_days import sure_if_past
from pages.parts.times import A_DAY, on, typed_day
from pages.shared.update_action import NOW_SAYS, asked_state


def correct_forms(
    row: ActionRow, milestones: Sequence[MilestoneRow], updates: Sequence[UpdateRow]
) -> None:
    """Show the forms that correct or remove a milestone, and correct the reader's own words."""
    known = {one.id: one for one in milestones}
    own = {one.id: one for one in updates if one.own}
    if known:
        _milestone(known)
    if own:
        newest = next(iter(own.values()))
        _update(newest, row if newest.id == row.seen and row.mine else None)


def _milestone(known: dict[int, MilestoneRow]) -> None:
    with st.expander("Correct or remove a milestone"):
        chosen = st.radio(
            "Which milestone?", list(known), index=0 if len(known) == 1 else None,
            format_func=lambda id_: inert(known[id_].title), key="correct-milestone-which",
        )  # fmt: skip
        if chosen is None:
            return
        if known[chosen].met_on is None:
            _rewording(known[chosen])
        else:
            _correction(known[chosen])


def _rewording(row: MilestoneRow) -> None:
    form = carried_form(
        "reword-milestone", row.id, {"title": row.title, "due_on": row.due_on},
        {"title": "What will be reached", "due_on": "By when"}, tell=_told,
    )  # fmt: skip
    form.begin()
    title = form.line(
        "What will be reached?", "title", place=TextPlace.MILESTONE_TITLE, longest=240
    )
    day = form.carried.start["due_on"]
    typed = form.line(
        f"By when, for example {A_DAY} (can be left empty)", "day", place=None,
        first=on(day) if day else "",
    )  # fmt: skip
    reason = form.area(
        "Why are you correcting or removing it?", "why", place=TextPlace.MILESTONE_CORRECTED
    )
    with st.container(horizontal=True):
        corrects = st.button("Correct this", key=f"{form.key}-save")
        removes = st.button("Remove this milestone", key=f"{form.key}-remove")
    if corrects:
        with form.saving("Corrected, with your reason.") as (db, actor):
            due_on = sure_if_past(typed_day(typed, "due_on", Meant.COMING), "due_on", form.key)
            reword_milestone(
                db, actor, row.id, title=title, due_on=due_on, reason=reason, opened=form.opened
            )
    if removes:
        with form.saving("The milestone is removed. Your reason is an update.") as (db, actor):
            remove_milestone(db, actor, row.id, reason=reason)


def _correction(row: MilestoneRow) -> None:
    form = carried_form(
        "correct-milestone", row.id, {"evidence": row.evidence, "met_on": row.met_on},
        {"evidence": "Evidence", "met_on": "Date it was met"},
        tell=_told,
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
            met_on = typed_day(typed, "met_on", Meant.GONE) if stays else None
            if stays and met_on is None:
                raise Invalid("Write the date.", field="met_on")
            correct_milestone(
                db, actor, row.id,
                evidence=evidence, met_on=met_on, reason=reason, opened=form.opened,
            )  # fmt: skip


def _told(_name: str, value: Any) -> str:
    return on(value) if isinstance(value, date) else shown(value)


def _update(newest: UpdateRow, said: ActionRow | None) -> None:
    """Show the form that corrects an update; of the newest of all, also what was `said` with it."""
    values: dict[str, Any] = {"text": newest.text}
    if said is not None and said.stage.owed:
        values |= {"stage": said.stage, "rag": said.rag, "rag_reason": said.rag_reason}
    form = carried_form("correct-update", newest.id, values, {"text": "What happened", **NOW_SAYS})
    with st.expander("Correct what you wrote last", expanded=form.restored):
        form.begin()
        state: dict[str, Any] = {}
        if said is not None and said.stage.owed:
            stage, rag, note = asked_state(said, form, every=True)
            state = {"stage": stage, "rag": rag, "rag_reason": note}
        text = form.area("What happened?", "text", place=TextPlace.UPDATE)
        reason = form.area("Why are you correcting it?", "why", place=TextPlace.UPDATE_CORRECTED)
        if st.button("Correct this", key=f"{form.key}-save"):
            with form.saving("Corrected, with your reason.") as (db, actor):
                correct_update(
                    db, actor, newest.id, text=text, reason=reason, opened=form.opened, **state
                )  # fmt: skip
