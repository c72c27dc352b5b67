"""One action with all its parts, and what its reader may do with it."""

from collections.abc import Sequence
from contextlib import suppress

import streamlit as st

from coprod_data.permissions import KEEPERS, NotAllowed, NotFound, Permission
from coprod_data.queries.actions import ActionRow, action
from coprod_data.queries.actions_detail import (
    UpdateRow,
    changes_of,
    is_named,
    milestones_of,
    more_of,
    updates_of,
)
from coprod_data.queries.events_of import history_of_action, undoable
from coprod_data.queries.groups import open_groups
from coprod_data.queries.opportunities_sources import SourceRow, Voice, sources, voices_behind
from coprod_data.queries.people import persons_with_role, services
from coprod_data.queries.promise import promise
from coprod_data.queries.way_steps import Way
from coprod_data.rules.clocks import london_day
from coprod_data.vocabulary.actions import AT_REST, Stage
from coprod_data.vocabulary.surveys import CameOf
from coprod_data.vocabulary.way import WayKind
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import in_month, on
from pages.promise.actions_authors import who_agreed_form, who_works_form
from pages.promise.actions_changes import change_form, show_change
from pages.promise.actions_facts import facts_form
from pages.promise.actions_forms import approve_form, milestone_forms
from pages.promise.actions_hands import ask_to_hand_over_form, hand_over_form
from pages.promise.actions_plan_rows import gap_words
from pages.promise.actions_rows import HERE, action_values, milestone_values
from pages.promise.actions_stopping import propose_stop_form, stop_forms
from pages.promise.actions_undo import correct_forms
from pages.shared.evidence import with_links
from pages.shared.happened import show_happened
from pages.shared.priorities_behind import show_priorities_behind
from pages.shared.undo_action import undo_button
from pages.shared.update_action import update_form
from pages.shared.way import came_of, step
from pages.shared.worry import beside, worry

OTHER_SOURCES = {"session": "session", "audit": "participation audit", "idea": "idea"}


def found_action(action_id: int | None) -> ActionRow | None:
    """Return the action of the address, None where this reader finds none."""
    if action_id is not None:
        with suppress(NotFound, NotAllowed), reading() as (db, actor):
            return action(db, actor, action_id)
    return None


def show_action(row: ActionRow, way: Way | None) -> None:
    """Show an action: what both sides say, its evidence, the words behind it, its history."""
    with refusals(stop=True), reading() as (db, actor):
        steps = milestones_of(db, actor, row.id)
        updates = updates_of(db, actor, row.id)
        source = row.opportunity_id if actor.may(Permission.OPPORTUNITIES_READ) else None
        came_from = sources(db, actor, source) if source else []
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
        asks = row.mine and not hands_over and actor.may(Permission.ACTIONS_CHANGE_PROPOSE)
        people = persons_with_role(db, actor, *KEEPERS) if hands_over or asks else []
        named = services(db, actor) if hands_over else []
        groups = open_groups(db, actor) if writes else {}
        young = open_groups(db, actor, of_young=True) if writes else {}
        changes = approves or (writes and actor.may(Permission.ACTIONS_CHANGE_PROPOSE))
        promised = promise(db, actor) if changes else None
        frozen = is_named(db, actor, row.id)
        proposals = changes_of(db, actor, row.id)
        more = more_of(db, actor, row.id)
        happened = history_of_action(db, actor, row.id)
        last = undoable(db, actor, row.id)
    proposed = row.stage is Stage.PROPOSED
    settled = row.stage in (Stage.VERIFIED, Stage.DROPPED) or bool(more.ended_with)
    waits = any(change.waits for change in proposals)
    takes_evidence = not settled or row.without_evidence

    left, right = st.columns([8, 5], gap="medium")
    with left:
        if last is not None:
            undo_button(row.id, last)
        newest = proposals[0] if proposals else None
        if newest is not None and (newest.waits or newest.agreed is False) and not settled:
            owners = Permission.ACTIONS_HAND_OVER in can
            show_change(row, newest, decides=owners if newest.owner else approves)
        show(
            "action_views.html",
            row=action_values(row),
            steps="" if row.gap is None else str(abs(row.gap) or "same"),
            steps_words=gap_words(row.gap),
        )
        if row.young_entry is not None:
            worry(row.young_entry, can)
        if approves and proposed:
            approve_form(row)
        show(
            "milestones.html",
            milestones=[milestone_values(step, today) for step in steps],
            met_words=f"{row.met} of {row.whole} met" if row.whole else "",
        )
        with st.container(key="folded-acts"):
            if writes and not proposed and not settled:
                update_form(row, folded=True)
            if writes and takes_evidence:
                milestone_forms(row, steps, today)
            if writes and not settled:
                who_works_form(row, more, groups)
                who_agreed_form(row, more, young)
                facts_form(row.id, more)
            if changes and not settled and not waits:
                commitments = {
                    one.id: f"{one.reference} {one.wording}"
                    for theme in (promised.themes if promised else ())
                    for one in theme.commitments
                }
                change_form(row, commitments, decides=approves, frozen=frozen)
            if hands_over and not settled:
                hand_over_form(row, people, named)
            elif asks and not settled and not waits:
                ask_to_hand_over_form(row, people)
            if writes or approves:
                correct_forms(row, steps if writes else [], updates)
            if approves and not proposed and not settled and not waits:
                stop_forms(row)
            elif changes and not approves and not proposed and not settled and not waits:
                propose_stop_form(row)
        if source:
            show_source(source, row.opportunity, behind.get(source, []), can)
        came_of(way)
        show_priorities_behind(CameOf.ACTION, row.id)
        if len(updates) > 1:
            show("updates.html", updates=[update_values(one) for one in updates[1:]])
    with right:
        show(
            "action_facts.html",
            row=action_values(row),
            more=more,
            starts=on(more.starts_on) if more.starts_on else "",
            shown=with_links(more.shown),
            moved="" if row.stage in AT_REST else last_moved(row),
            sources=[*_cards(way), *_others(came_from)],
        )
        show_happened(happened, here=f"{HERE}?action={row.id}")


def last_moved(row: ActionRow) -> str:
    """Return how long ago something moved; of what was agreed and no more, since when it waits."""
    days = row.drift
    ago = "today" if days < 1 else "yesterday" if days == 1 else f"{days} days ago"
    not_begun = row.stage is Stage.AGREED and row.proposed_days == days
    return f"not yet, proposed {ago}" if not_begun else ago


def _cards(way: Way | None) -> list[tuple[str, str, object]]:
    """Return the cards that an action comes from: what each is, its title and its address."""
    found = [one for level in (way.up if way else ()) for one in level]
    return [
        (one.kind.words, one.words, step(one, plan=True)["href"])
        for one in found
        if one.kind is WayKind.REPORT_CARD
    ]


def _others(came_from: Sequence[SourceRow]) -> list[tuple[str, str, object]]:
    """Return the sessions, audit gaps and ideas that an action comes from, in the same way."""
    return [
        (
            OTHER_SOURCES[one.kind],
            one.what,
            f"/sessions?id={one.session_id}" if one.session_id else None,
        )
        for one in came_from
        if one.kind in OTHER_SOURCES
    ]


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


def update_values(update: UpdateRow) -> dict[str, str]:
    """Return what somebody wrote for `updates.html`."""
    return {
        "when": on(london_day(update.at)), "name": update.name, "words": update.text,
        "corrected": update.corrected,
    }  # fmt: skip
