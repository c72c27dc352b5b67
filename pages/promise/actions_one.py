"""One action with all its parts, and what its reader may do with it."""

from collections.abc import Sequence

import streamlit as st

from coprod_data.permissions import KEEPERS, Permission
from coprod_data.queries.actions import action
from coprod_data.queries.actions_detail import (
    UpdateRow,
    changes_of,
    is_named,
    milestones_of,
    updates_of,
)
from coprod_data.queries.events_of import history_of_action, undoable
from coprod_data.queries.opportunities_sources import Voice, voices_behind
from coprod_data.queries.people import persons_with_role, services
from coprod_data.queries.promise import promise
from coprod_data.queries.way_steps import Way
from coprod_data.rules.clocks import london_day
from coprod_data.vocabulary.actions import Stage
from pages.parts.faults import refusals
from pages.parts.frame import name_tab
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import in_month, on_and_at
from pages.promise.actions_changes import change_form, hand_over_form, show_change
from pages.promise.actions_forms import approve_form, drop_form, milestone_forms
from pages.promise.actions_rows import action_values, milestone_values
from pages.promise.actions_undo import correct_forms, undo_button
from pages.shared.happened import show_happened
from pages.shared.update_action import update_form
from pages.shared.way import came_of
from pages.shared.worry import beside, worry


def show_action(action_id: int, way: Way | None) -> None:
    """Show an action: what both sides say, its evidence, the words behind it, its history."""
    with refusals(stop=True), reading() as (db, actor):
        row = action(db, actor, action_id)
        steps = milestones_of(db, actor, action_id)
        updates = updates_of(db, actor, action_id)
        source = row.opportunity_id if actor.may(Permission.OPPORTUNITIES_READ) else None
        behind = voices_behind(db, actor, [source], for_a_room=True, each=3) if source else {}
        writes = actor.may(Permission.ACTIONS_UPDATE) or (
            row.mine and actor.may(Permission.ACTIONS_UPDATE_OWN)
        )
        approves = actor.may(Permission.ACTIONS_APPROVE)
        can = frozenset(permission for permission in Permission if actor.may(permission))
        today = london_day(actor.at)
        finds = actor.may(Permission.OWNERS_FIND)
        theirs = row.mine or actor.may(Permission.PEOPLE_MANAGE)
        hands_over = actor.may(Permission.ACTIONS_HAND_OVER) or (
            row.owner_left and finds and theirs
        )
        people = persons_with_role(db, actor, *KEEPERS) if hands_over else []
        named = services(db, actor) if hands_over else []
        changes = approves or (writes and actor.may(Permission.ACTIONS_CHANGE_PROPOSE))
        promised = promise(db, actor) if changes else None
        frozen = is_named(db, actor, action_id)
        proposals = changes_of(db, actor, action_id)
        happened = history_of_action(db, actor, action_id)
        last = undoable(db, actor, action_id)
    name_tab(row.title)
    proposed, settled = row.stage is Stage.PROPOSED, row.stage in (Stage.VERIFIED, Stage.DROPPED)
    takes_evidence = not settled or row.without_evidence

    left, right = st.columns([5, 3], gap="large")
    with left:
        if last is not None:
            undo_button(action_id, last)
        show("action.html", row=action_values(row, link=False), level=2)
        if row.young_entry is not None:
            worry(row.young_entry, can)
        newest = proposals[0] if proposals else None
        if newest is not None and newest.agreed is not True and not settled:
            show_change(row, newest, decides=approves)
        if approves and proposed:
            approve_form(row)
        if writes and not proposed and not settled:
            with st.container(key=f"box-update-{row.id}"):
                st.header("Update this action", anchor=False)
                update_form(row)
        st.header("Milestones and evidence", anchor=False)
        if steps:
            show("milestones.html", milestones=[milestone_values(step, today) for step in steps])
        else:
            next_step = " Add the first below." if writes and takes_evidence else ""
            st.text(f"There are no milestones yet.{next_step}")
        if writes and takes_evidence:
            milestone_forms(row, steps, today)
        if writes and not proposed:
            correct_forms(steps, updates)
        if source:
            show_source(source, row.opportunity, behind.get(source, []), can)
        came_of(way)
        show_updates(updates)
        if changes and not settled and not any(change.agreed is None for change in proposals):
            commitments = {
                one.id: f"{one.reference} {one.wording}"
                for theme in (promised.themes if promised else ())
                for one in theme.commitments
            }
            change_form(row, commitments, decides=approves, frozen=frozen)
        if hands_over and not settled:
            hand_over_form(row, people, named)
        if approves and not proposed and not settled:
            drop_form(
                row, "Drop this action", "The action has been dropped, and the reason is kept."
            )
    with right:
        show("action_facts.html", row=action_values(row, link=False))
        show_happened(happened)


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


def show_updates(updates: Sequence[UpdateRow]) -> None:
    """Show what staff wrote, newest first."""
    st.header("What staff wrote, newest first", anchor=False)
    if not updates:
        st.text("Nobody has written about this yet.")
        return
    events = [
        {"when": f"{on_and_at(update.at)}, {update.name}", "sentence": update_words(update)}
        for update in updates
    ]
    show("timeline.html", events=events, empty="")


def update_words(update: UpdateRow) -> str:
    """Return what somebody wrote, with the reason where it was corrected."""
    return f"{update.text} (Corrected: {update.corrected})" if update.corrected else update.text
