"""What people do to the action plan: update an action, meet a milestone, approve, drop, propose."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from coprod_data.commands.actions import (
    add_milestone,
    approve_action,
    drop_action,
    meet_milestone,
    propose_action,
    update_action,
)
from coprod_data.commands.actions_rules import Clash
from coprod_data.permissions import Invalid
from coprod_data.queries.actions import ActionRow
from coprod_data.queries.actions_detail import MilestoneRow
from coprod_data.queries.actions_progress import CommitmentProgress
from coprod_data.queries.people import NamedRow, PersonRow
from coprod_data.queries.promise import CommitmentRow
from coprod_data.vocabulary import DueKind, Rag, Stage, WorkedOnBy
from pages.parts.forms import fresh, inert, once
from pages.parts.frame import plainly, say
from pages.parts.html import show
from pages.parts.plan import RAG_WORDS, STAGE_WORDS, WORKED_ON_BY_WORDS
from pages.parts.sign_in import writing
from pages.parts.times import A_DAY, on, typed_day

DUE_WORDS = {
    DueKind.DAY: "On that very day",
    DueKind.MONTH: "In that month",
    DueKind.QUARTER: "In that quarter",
    DueKind.ONGOING: "It goes on and on",
}


def update_form(row: ActionRow) -> None:
    """Say what happened, where it stands and how it is going; a clash shows both texts."""
    mine, key = row.mine, fresh(f"update-{row.id}")
    seen = st.session_state.setdefault(f"{key}-seen", row.seen)
    stage, rag, reason = row.stage, row.rag, row.rag_reason
    if mine:
        stages = [stage for stage in STAGE_WORDS if stage in (row.stage, *_BY_HAND)]
        stage = st.radio(
            "Where does it stand?",
            stages,
            index=stages.index(row.stage),
            format_func=STAGE_WORDS.__getitem__,
            horizontal=True,
            key=f"{key}-stage",
        )
        rag, reason = _colour(row, stage, key)
    text = st.text_area("What happened?", key=f"{key}-text")
    clash: Clash | None = st.session_state.get(f"{key}-clash")
    if clash is not None:
        show("clash.html", by=clash.by, on=on(clash.on), text=clash.text)
    if st.button("Save the update", type="primary", key=f"{key}-save"):
        with plainly():
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
            _done("Your update is saved.")


_BY_HAND = (Stage.IN_PROGRESS, Stage.DONE, Stage.ON_HOLD)


def _colour(row: ActionRow, stage: Stage, key: str) -> tuple[Rag | None, str]:
    """Ask for the colour of an action in progress, and for the words a colour needs."""
    if stage is not Stage.IN_PROGRESS:
        return None, ""
    colours = list(RAG_WORDS)
    rag = st.radio(
        "How is it going?",
        colours,
        index=colours.index(row.rag) if row.rag else None,
        format_func=RAG_WORDS.__getitem__,
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
    """Meet a milestone with evidence, or add one."""
    to_meet = {one.id: one.title for one in milestones if one.state != "met"}
    meet, step = fresh(f"meet-{row.id}"), fresh(f"step-{row.id}")
    if to_meet and row.stage in STAGE_WORDS:
        with st.expander("Meet a milestone with evidence"):
            chosen = st.radio(
                "Which one is met?",
                list(to_meet),
                index=0 if len(to_meet) == 1 else None,
                format_func=lambda number: inert(to_meet[number]),
                key=f"{meet}-which",
            )
            evidence = st.text_area(
                "What shows it? Say where somebody can look.", key=f"{meet}-evidence"
            )
            typed = st.text_input(f"Day it was met, as {A_DAY}", value=on(today), key=f"{meet}-day")
            if st.button("Count it as met", type="primary", key=f"{meet}-save"):
                with plainly():
                    met_on = typed_day(typed, "met_on")
                    if chosen is None or met_on is None:
                        raise Invalid("Choose which one is met, and write the day.")
                    with once(meet) as (db, actor):
                        meet_milestone(db, actor, chosen, evidence=evidence, met_on=met_on)
                    _done("The milestone counts as met.")
    with st.expander("Add a milestone"):
        title = st.text_input("What will be reached?", key=f"{step}-title")
        typed = st.text_input(f"By which day, as {A_DAY} (may stay empty)", key=f"{step}-day")
        if st.button("Add this milestone", key=f"{step}-save"):
            with plainly():
                due_on = typed_day(typed, "due_on")
                with once(step) as (db, actor):
                    add_milestone(db, actor, row.id, title=title, due_on=due_on)
                _done("The milestone stands in the plan.")


def approve_form(row: ActionRow) -> None:
    """Approve a proposed action, or turn it down with a reason."""
    if st.button(f"Approve action no. {row.id}", type="primary", key=f"approve-{row.id}"):
        with plainly():
            with writing() as (db, actor):
                approve_action(db, actor, row.id)
            _done("The action is agreed and stands in the plan.")
    drop_form(row, "Turn it down", "The proposal is turned down. Whoever made it sees why.")


def drop_form(row: ActionRow, label: str, sentence: str) -> None:
    """Take an action out of the plan with a reason."""
    with st.expander(label):
        reason = st.text_area("Why? Those who waited for it read this.", key=f"drop-{row.id}-why")
        if st.button(f"{label} (no. {row.id})", key=f"drop-{row.id}-save"):
            with plainly():
                with writing() as (db, actor):
                    drop_action(db, actor, row.id, reason=reason)
                _done(sentence)


def propose_form(
    commitments: Sequence[CommitmentProgress | CommitmentRow],
    people: Sequence[PersonRow],
    services: Sequence[NamedRow],
    groups: Sequence[NamedRow],
    mine: tuple[int, ...],
    me: int,
    *,
    opportunity_id: int | None = None,
) -> None:
    """Propose an action for the chair to approve. `mine` are the services one answers for.

    `opportunity_id` names the chance it follows from; its form stands open.
    """
    key = fresh(propose_key(opportunity_id))
    promised = {row.id: f"{row.reference} {row.wording}" for row in commitments}
    owners = {person.id: person.name for person in people}
    named = {service.id: service.name for service in services}
    partners: dict[int | None, str] = {None: "Nobody named"}
    partners.update({group.id: group.name for group in groups})
    label, opened = "Propose an action", opportunity_id is not None
    with st.expander(label, expanded=opened), st.form(f"{key}-form", border=False):
        commitment_id = st.selectbox(
            "Under which commitment?", list(promised), index=None,
            format_func=promised.__getitem__, key=f"{key}-commitment",
        )  # fmt: skip
        title = st.text_input("What will be done?", key=f"{key}-title")
        will_see = st.text_area("What will you see when it is done?", key=f"{key}-see")
        owner_id = st.selectbox(
            "Who owns it?", list(owners), index=_place(owners, me),
            format_func=owners.__getitem__, key=f"{key}-owner",
        )  # fmt: skip
        service_id = st.selectbox(
            "Which service?", list(named), index=_place(named, mine[0] if mine else None),
            format_func=named.__getitem__, key=f"{key}-service",
        )  # fmt: skip
        worked_on_by = st.radio(
            "Who works on it?", list(WORKED_ON_BY_WORDS), horizontal=True,
            format_func=WORKED_ON_BY_WORDS.__getitem__, key=f"{key}-by",
        )  # fmt: skip
        group_id = st.selectbox(
            "Together with which group?", list(partners),
            format_func=partners.__getitem__, key=f"{key}-group",
        )  # fmt: skip
        wording = st.text_input("When, in your plan's own words", key=f"{key}-wording")
        typed = st.text_input(f"By which day, as {A_DAY}", key=f"{key}-day")
        kind = st.radio(
            "What does that day stand for?", list(DUE_WORDS), horizontal=True,
            format_func=DUE_WORDS.__getitem__, key=f"{key}-kind",
        )  # fmt: skip
        if st.form_submit_button("Propose it to the chair", type="primary"):
            with plainly():
                _propose(
                    key, commitment_id, title, will_see, owner_id, service_id, worked_on_by,
                    group_id, wording, typed_day(typed, "due_on"), kind, opportunity_id,
                )  # fmt: skip


def propose_key(opportunity_id: int | None) -> str:
    """Return what the boxes of a proposal are named by."""
    return "propose" if opportunity_id is None else f"propose-from-{opportunity_id}"


def _propose(
    key: str, commitment_id: int | None, title: str, will_see: str, owner_id: int | None,
    service_id: int | None, worked_on_by: WorkedOnBy, group_id: int | None, wording: str,
    due_on: date | None, kind: DueKind, opportunity_id: int | None,
) -> None:  # fmt: skip
    if commitment_id is None or owner_id is None or service_id is None:
        raise Invalid("Choose the commitment, the owner and the service.")
    with once(key) as (db, actor):
        propose_action(
            db, actor, commitment_id=commitment_id, title=title, will_see=will_see,
            owner_id=owner_id, service_id=service_id, worked_on_by=worked_on_by,
            together_with_id=group_id, due_on=due_on, due_wording=wording, due_kind=kind,
            opportunity_id=opportunity_id,
        )  # fmt: skip
    _done("The action is proposed. The chair reads it next.")


def _place(known: dict[int, str], chosen: int | None) -> int | None:
    return list(known).index(chosen) if chosen in known else None


def _done(sentence: str) -> None:
    """Say what was done, and draw the page anew."""
    say(sentence)
    st.rerun()
