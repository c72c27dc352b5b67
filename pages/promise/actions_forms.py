"""What people do in the action plan: record a milestone, add one, approve or turn down."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from coprod_data.commands.actions import add_milestone, approve_action
from coprod_data.commands.actions_stopping import drop_action
from coprod_data.queries.actions import ActionRow
from coprod_data.queries.actions_detail import MilestoneRow
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.actions import SETTLED
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.carried import carried_form
from pages.parts.forms import saving
from pages.parts.past_days import sure_if_past
from pages.parts.times import A_DAY, typed_day
from pages.promise.actions_stopping import decide_form
from pages.shared.meet_milestone import meet_form


def milestone_forms(row: ActionRow, milestones: Sequence[MilestoneRow], today: date) -> None:
    """Show the forms that record a milestone as met, with evidence, and add one."""
    if row.stage not in SETTLED or row.without_evidence:
        meet_form(row.id, milestones, today)
    add = carried_form("milestone", row.id)
    with st.expander("Add a milestone", expanded=add.restored):
        add.begin()
        title = add.line("What will be reached?", "title", place=TextPlace.MILESTONE_TITLE)
        typed = add.line(f"By when, for example {A_DAY} (can be left empty)", "day", place=None)
        if st.button("Add this milestone", key=f"{add.key}-save"):
            with add.saving("The milestone is in the plan.") as (db, actor):
                due_on = sure_if_past(typed_day(typed, "due_on", Meant.COMING), "due_on", add.key)
                add_milestone(db, actor, row.id, title=title, due_on=due_on)


def approve_form(row: ActionRow) -> None:
    """Approve a proposed action, or turn it down with a reason."""
    if st.button("Approve this action", type="primary", key=f"approve-{row.id}"):
        with saving("The action has been agreed and is in the plan.") as (db, actor):
            approve_action(db, actor, row.id)
    decide_form(
        row, "drop", "Turn it down",
        "The proposal has been turned down. The person who made it can see why on My work.",
        drop_action,
    )  # fmt: skip
