"""One action that waits for its owner, opened on My work: what is known of it, and its forms."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from coprod_data.queries.actions import ActionRow, action
from coprod_data.queries.actions_detail import MilestoneRow, milestones_of
from coprod_data.rules.clocks import london_day
from coprod_data.rules.due_days import days_to, due_says
from coprod_data.vocabulary.actions import TOO_FEW
from pages.parts.address import number_in_address
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import on
from pages.shared.meet_milestone import meet_form
from pages.shared.update_action import update_form
from pages.shared.work_actions import due
from pages.shared.work_rows import WorkRow

ACTION, CLOSED = "action", "closed"  # in the address


def chosen(to_update: Sequence[int], *, first: bool) -> int | None:
    """Return the action that is open: the one that the address names, if it waits for this reader.

    Where it names none, that is the `first`, unless they closed it.
    """
    if ACTION in st.query_params or CLOSED in st.query_params or not first:
        number = number_in_address(ACTION)
        return number if number in to_update else None
    return next(iter(to_update), None)


def opened_action(number: int, waiting: WorkRow, to_update: Sequence[int]) -> None:
    """Show an action that waits for this reader, with its update and its next milestone."""
    with refusals(stop=True), reading() as (db, actor):
        row = action(db, actor, number)
        steps = milestones_of(db, actor, number)
        now, today = actor.at, london_day(actor.at)
    last = number == to_update[-1]
    with st.container(key=f"box-update-{row.id}"):
        show("work_action.html", waiting=waiting, **_known(row, steps, now))
        update_form(
            row,
            then=lambda: _open_next(to_update, row.id),
            brief=True,
            save="Save the update" if last else "Save and open the next",
        )
        meet_form(row.id, steps, today, first=True)
        if all(step.met_on for step in steps):
            show("more.html", words="Add a milestone on its page", href=f"/actions?action={row.id}")


def _known(row: ActionRow, steps: Sequence[MilestoneRow], now: datetime) -> dict[str, object]:
    """Return what is known of an action for `work_action.html`."""
    met = [step for step in steps if step.met_on]
    left = [step for step in steps if not step.met_on]
    says = due_says(days_to(left[0].due_on, london_day(now))) if left else ""
    return {
        "title": row.title,
        "href": f"/actions?action={row.id}",
        "due": due(row.due_on, row.due_kind, now) if row.due_on else "no date yet",
        "late": row.past_due,
        "reference": row.reference,
        "step": f"{left[0].title}{f' ({says})' if says else ''}" if left else _none(steps),
        "evidence": f"{met[-1].title}: {met[-1].evidence}" if met else "None yet",
        "said": row.young_say,
        "face": row.face,
        "of": row.face_of.words if row.face and row.face_of else f"{TOO_FEW}.",
        "rag": row.rag,
        "staff": row.staff_say or "No update yet.",
        "when": f"{row.staff_name}, {on(row.staff_on)}" if row.staff_on else "",
    }


def _none(steps: Sequence[MilestoneRow]) -> str:
    return "All are met" if steps else "There is none yet"


def _open_next(to_update: Sequence[int], done: int) -> None:
    """Open the action after the one that was updated; after the last, the list."""
    place = list(to_update).index(done) + 1
    if place < len(to_update):
        st.query_params[ACTION] = str(to_update[place])
    else:
        st.query_params.pop(ACTION, None)
        st.query_params[CLOSED] = "1"
