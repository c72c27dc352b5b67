"""What people do in the action plan: update an action, record a milestone, approve, drop."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from coprod_data.commands.actions import (
    add_milestone,
    approve_action,
    drop_action,
    meet_milestone,
    update_action,
)
from coprod_data.commands.actions_rules import Clash
from coprod_data.permissions import Invalid
from coprod_data.queries.actions import ActionRow
from coprod_data.queries.actions_detail import MilestoneRow
from coprod_data.vocabulary.actions import BY_HAND, SETTLED, Rag, Stage
from pages.parts.faults import refusals
from pages.parts.forms import fresh, inert, once, saving, words_of
from pages.parts.frame import announce
from pages.parts.html import show
from pages.parts.times import A_DAY, on, typed_day


def update_form(row: ActionRow) -> None:
    """Show the form for an update: what happened, stage and colour; a clash shows both texts."""
    mine, key = row.mine, fresh(f"update-{row.id}")
    seen = st.session_state.setdefault(f"{key}-seen", row.seen)
    stage, rag, reason = row.stage, row.rag, row.rag_reason
    if mine:
        stages = [stage for stage in Stage if stage in (row.stage, *BY_HAND)]
        stage = st.radio(
            "What stage is it at?",
            stages,
            index=stages.index(row.stage),
            format_func=words_of,
            horizontal=True,
            key=f"{key}-stage",
        )
        rag, reason = _colour(row, stage, key)
    text = st.text_area("What happened?", key=f"{key}-text")
    clash: Clash | None = st.session_state.get(f"{key}-clash")
    if clash is not None:
        show("clash.html", by=clash.by, on=on(clash.on), text=clash.text)
    if st.button("Save the update", type="primary", key=f"{key}-save"):
        with refusals():
            try:
                with once(key) as (db, actor):
                    update_action(
                        db, actor, row.id,
                        stage=stage, rag=rag, rag_reason=reason, text=text, seen=seen,
                    )  # fmt: skip
            except Clash as found:
                st.session_state[f"{key}-seen"] = found.newest
                st.session_state[f"{key}-clash"] = found
                show("clash.html", by=found.by, on=on(found.on), text=found.text)
                raise
            announce("Your update is saved.")
            st.rerun()


def _colour(row: ActionRow, stage: Stage, key: str) -> tuple[Rag | None, str]:
    """Ask for the colour of an action in progress, and for the text that a colour needs."""
    if stage is not Stage.IN_PROGRESS:
        return None, ""
    colours = list(Rag)
    rag = st.radio(
        "How is it going?",
        colours,
        index=colours.index(row.rag) if row.rag else None,
        format_func=words_of,
        horizontal=True,
        key=f"{key}-rag",
    )
    if rag in (Rag.AMBER, Rag.RED):
        label = "What will you do to get it back on track?"
    elif rag is Rag.GREEN and row.past_due:
        label = "Its date has passed. Why is it still on track?"
    else:
        return rag, ""
    return rag, st.text_area(label, value=row.rag_reason, key=f"{key}-reason")


def milestone_forms(row: ActionRow, milestones: Sequence[MilestoneRow], today: date) -> None:
    """Show the forms that record a milestone as met, with evidence, and add one."""
    to_meet = {one.id: one.title for one in milestones if one.state != "met"}
    meet, step = fresh(f"meet-{row.id}"), fresh(f"step-{row.id}")
    if to_meet and (row.stage not in SETTLED or row.without_evidence):
        with st.expander("Record a milestone as met"):
            chosen = st.radio(
                "Which milestone?",
                list(to_meet),
                index=0 if len(to_meet) == 1 else None,
                format_func=lambda number: inert(to_meet[number]),
                key=f"{meet}-which",
            )
            evidence = st.text_area(
                "Evidence: what shows this, and where can it be seen?", key=f"{meet}-evidence"
            )
            typed = st.text_input(
                f"Date it was met, for example {A_DAY}", value=on(today), key=f"{meet}-day"
            )
            if st.button("Record as met", type="primary", key=f"{meet}-save"):
                with saving("The milestone has been recorded as met.", meet) as (db, actor):
                    met_on = typed_day(typed, "met_on")
                    if chosen is None or met_on is None:
                        raise Invalid("Choose the milestone, and write the date.")
                    meet_milestone(db, actor, chosen, evidence=evidence, met_on=met_on)
    with st.expander("Add a milestone"):
        title = st.text_input("What will be reached?", key=f"{step}-title")
        typed = st.text_input(
            f"By when, for example {A_DAY} (can be left empty)", key=f"{step}-day"
        )
        if st.button("Add this milestone", key=f"{step}-save"):
            with saving("The milestone is in the plan.", step) as (db, actor):
                add_milestone(db, actor, row.id, title=title, due_on=typed_day(typed, "due_on"))


def approve_form(row: ActionRow) -> None:
    """Approve a proposed action, or turn it down with a reason."""
    if st.button("Approve this action", type="primary", key=f"approve-{row.id}"):
        with saving("The action has been agreed and is in the plan.") as (db, actor):
            approve_action(db, actor, row.id)
    drop_form(
        row,
        "Turn it down",
        "The proposal has been turned down. The person who made it can see why.",
    )


def drop_form(row: ActionRow, label: str, sentence: str) -> None:
    """Show the form that takes an action out of the plan with a reason."""
    with st.expander(label):
        reason = st.text_area(
            "Why? The people waiting for it will read this.", key=f"drop-{row.id}-why"
        )
        if st.button(label, key=f"drop-{row.id}-save"):
            with saving(sentence) as (db, actor):
                drop_action(db, actor, row.id, reason=reason)
