"""One action that waits for its owner, opened on My work: what is known of it, and its forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import streamlit as st
from markupsafe import Markup

from coprod_data.permissions import Actor, Permission
from coprod_data.queries.actions import ActionRow, action
from coprod_data.queries.actions_detail import MilestoneRow, milestones_of
from coprod_data.rules.clocks import london_day
from coprod_data.rules.due_days import days_to, due_says
from coprod_data.vocabulary.actions import TOO_FEW
from pages.parts.address import number_in
from pages.parts.answers import Address
from pages.parts.html import render, show
from pages.parts.times import on
from pages.shared.meet_milestone import meet_form
from pages.shared.update_action import update_form
from pages.shared.work_actions import due
from pages.shared.work_rows import WorkRow
from pages.shared.worry import worry

ACTION, CLOSED = "action", "closed"  # in the address


@dataclass(frozen=True)
class OpenedAction:
    """An action that waits for its owner, as it was read; `to_update` are all that wait so.

    `can` are the rights of its reader.
    """

    row: ActionRow
    steps: Sequence[MilestoneRow]
    now: datetime
    to_update: Sequence[int]
    can: frozenset[Permission]

    def facts(self, waiting: WorkRow) -> Markup:
        """Return what is known of it, above its forms."""
        return render("work_action.html", waiting=waiting, **_known(self.row, self.steps, self.now))


def chosen(named: Address, to_update: Sequence[int], *, first: bool) -> int | None:
    """Return the action that is open: the one that the address names, if it waits for this reader.

    Where it names none, that is the `first`, unless they closed it.
    """
    if ACTION in named or CLOSED in named or not first:
        number = number_in(named, ACTION)
        return number if number in to_update else None
    return next(iter(to_update), None)


def the_action(db: Any, actor: Actor, number: int, to_update: Sequence[int]) -> OpenedAction:
    """Return an action that waits for this reader, with its milestones."""
    row, steps = action(db, actor, number), milestones_of(db, actor, number)
    can = frozenset(right for right in Permission if actor.may(right))
    return OpenedAction(row, steps, actor.at, to_update, can)


def row_of(opened: OpenedAction, waits: Sequence[WorkRow]) -> WorkRow:
    """Return the row of what waits that an opened action takes the place of."""
    return next(row for row in waits if row.href == f"/my_work?{ACTION}={opened.row.id}")


def forms_of(opened: OpenedAction) -> None:
    """Show the forms of an opened action: its update, and its next milestone."""
    row, steps, to_update = opened.row, opened.steps, opened.to_update
    if row.young_entry is not None:
        worry(row.young_entry, opened.can)
    update_form(
        row,
        then=lambda: _open_next(to_update, row.id),
        brief=True,
        save="Save the update" if row.id == to_update[-1] else "Save and open the next",
    )
    meet_form(row.id, steps, london_day(opened.now), first=True)
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
