"""One action that waits for its owner, opened on My work: what is known of it, and the form."""

from collections.abc import Sequence

import streamlit as st

from coprod_data.queries.actions import action
from coprod_data.queries.actions_detail import MilestoneRow, milestones_of
from coprod_data.rules.clocks import london_day
from coprod_data.rules.due_days import days_to, due_says
from coprod_data.vocabulary.actions import TOO_FEW
from pages.parts.address import number_in_address
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import on
from pages.shared.update_action import update_form
from pages.shared.work_actions import due


def chosen(to_update: Sequence[int]) -> int | None:
    """Return the action that the address names, if it waits for this reader."""
    number = number_in_address("action")
    return number if number in to_update else None


def opened_action(to_update: Sequence[int]) -> None:
    """Show the action that the address names, if it waits for this reader, with its update."""
    if (number := chosen(to_update)) is None:
        return
    with refusals(stop=True), reading() as (db, actor):
        row = action(db, actor, number)
        steps = milestones_of(db, actor, number)
        now, today = actor.at, london_day(actor.at)
    met = [step for step in steps if step.met_on]
    left = [step for step in steps if not step.met_on]
    says = due_says(days_to(left[0].due_on, today)) if left else ""
    show(
        "work_action.html",
        title=row.title,
        href=f"/actions?action={row.id}",
        will_see=row.will_see,
        due=due(row.due_on, row.due_kind, now) if row.due_on else "No date yet",
        step=f"{left[0].title}{f': {says}' if says else ''}" if left else "None is left",
        evidence=_evidence(met[-1]) if met else "None yet",
        said=row.young_say,
        face=row.face,
        of=row.face_of.words if row.face and row.face_of else f"{TOO_FEW}.",
        staff=row.staff_say or "No update yet.",
        when=f"{row.staff_name}, {on(row.staff_on)}" if row.staff_on else "",
    )
    with st.container(key=f"box-update-{row.id}"):
        update_form(row, then=lambda: _open_next(to_update, row.id))


def _evidence(step: MilestoneRow) -> str:
    return f"{step.title}: {step.evidence}"


def _open_next(to_update: Sequence[int], done: int) -> None:
    """Open the action after the one that was updated; after the last, the list."""
    place = list(to_update).index(done) + 1
    if place < len(to_update):
        st.query_params["action"] = str(to_update[place])
    else:
        st.query_params.pop("action", None)
