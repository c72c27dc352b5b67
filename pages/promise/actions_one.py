"""One action with all its parts, and what its reader may do with it."""

from collections.abc import Sequence

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.actions import action
from coprod_data.queries.actions_detail import (
    OutcomeOfAction,
    UpdateRow,
    milestones_of,
    outcomes_of,
    updates_of,
)
from coprod_data.queries.opportunities_sources import Voice, voices_behind
from coprod_data.rules.clocks import london_day
from coprod_data.vocabulary.actions import Stage
from pages.parts.faults import refusals
from pages.parts.frame import name_tab
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import in_month, on_and_at
from pages.promise.actions_forms import approve_form, drop_form, milestone_forms, update_form
from pages.promise.actions_rows import action_values, milestone_values
from pages.shared.worry import beside, worry


def show_action(action_id: int) -> None:
    """Show an action: what both sides say, its evidence, the words behind it, its history."""
    with refusals(stop=True), reading() as (db, actor):
        row = action(db, actor, action_id)
        steps = milestones_of(db, actor, action_id)
        updates = updates_of(db, actor, action_id)
        results = outcomes_of(db, actor, action_id)
        source = row.opportunity_id if actor.may(Permission.OPPORTUNITIES_READ) else None
        behind = voices_behind(db, actor, [source], for_a_room=True, each=3) if source else {}
        writes = actor.may(Permission.ACTIONS_UPDATE) or (
            row.mine and actor.may(Permission.ACTIONS_UPDATE_OWN)
        )
        approves = actor.may(Permission.ACTIONS_APPROVE)
        can = frozenset(permission for permission in Permission if actor.may(permission))
        today = london_day(actor.at)
    name_tab(row.title)
    proposed, settled = row.stage is Stage.PROPOSED, row.stage in (Stage.VERIFIED, Stage.DROPPED)

    show("action.html", row=action_values(row, link=False), level=2)
    if row.young_entry is not None:
        worry(row.young_entry, can)
    if approves and proposed:
        approve_form(row)
    if writes and not proposed and not settled:
        with st.container(key=f"box-update-{row.id}"):
            st.header("Update this action", anchor=False)
            update_form(row)
    st.header("Milestones and evidence", anchor=False)
    if steps:
        show("milestones.html", milestones=[milestone_values(step) for step in steps])
    else:
        next_step = " Add the first below." if writes and not settled else ""
        st.text(f"There are no milestones yet.{next_step}")
    if writes and not settled:
        milestone_forms(row, steps, today)
    if source:
        show_source(source, row.opportunity, behind.get(source, []), can)
    if results:
        show_results(results)
    show_updates(updates)
    if approves and not proposed and not settled:
        drop_form(row, "Drop this action", "The action has been dropped, and the reason is kept.")


def show_source(
    opportunity_id: int, title: str, voices: Sequence[Voice], can: frozenset[Permission]
) -> None:
    """Show those young people's words behind an action that a room may see."""
    st.header("The words behind it", anchor=False)
    for voice in voices:
        row = {
            "thinks": voice.thinks, "wants": voice.wants, "summary": "", "agreed": False,
            "feeling": None, "said_by": "A young person", "month": in_month(voice.month),
            "note": "",
        }  # fmt: skip
        beside(voice.entry_id, row, can)
    if not voices:
        st.text("No words behind this may be shown in a room.")
    show("more.html", words=title, href=f"/opportunities?id={opportunity_id}")


def show_results(results: Sequence[OutcomeOfAction]) -> None:
    """Show the outcomes that name an action."""
    st.header("What came of it", anchor=False)
    rows = [
        {"title": one.what_changed, "detail": "", "state": one.state, "word": None, "href": None}
        for one in results
    ]
    show("list.html", rows=rows, empty="")


def show_updates(updates: Sequence[UpdateRow]) -> None:
    """Show what staff wrote, newest first."""
    st.header("What staff wrote, newest first", anchor=False)
    if not updates:
        st.text("Nobody has written about this yet.")
        return
    events = [
        {"when": f"{on_and_at(update.at)}, {update.name}", "sentence": update.text}
        for update in updates
    ]
    show("timeline.html", events=events, empty="")
