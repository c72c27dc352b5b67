"""The forms that write down a decision, and change one that is not confirmed."""

from typing import Any

import streamlit as st

from coprod_data.commands.meetings_decisions import (
    change_decision,
    record_decision,
)
from coprod_data.permissions import Role
from coprod_data.queries.meetings import MeetingDetail
from coprod_data.queries.meetings_agenda import Agenda
from coprod_data.queries.meetings_decisions import decisions, newest_decisions
from coprod_data.queries.people import persons_with_role, services
from coprod_data.queries.promise import commitments_to_choose
from coprod_data.rules.meeting_decision import Said
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.meetings import DecisionResult
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.carried import Form, carried_form
from pages.parts.faults import refusals
from pages.parts.forms import fresh, words_of
from pages.parts.sign_in import reading
from pages.parts.times import A_DAY, on, typed_day

ADULTS = tuple(role for role in Role if role is not Role.YOUNG_PERSON)
LABELS = {
    "recommendation": "What was asked (the recommendation)",
    "result": "Result",
    "wording": "What was decided, in a line",
    "owner_id": "Who does it",
    "due_on": "By when",
    "together_with": "Together with whom",
    "commitment_id": "Commitment, if it becomes an action of the plan",
    "service_id": "Service, if it becomes an action of the plan",
}


def recording(one: MeetingDetail, seen: Agenda) -> None:
    """Show the form for a decision about the item that runs, or another one."""
    if not (seen.started_at or seen.ended_at):
        return
    with refusals(stop=True), reading() as (db, actor):
        newest = newest_decisions(db, actor, one.row.id)
        rows = [row for row in decisions(db, actor, one.row.id) if row.confirmed_on is None]
    items = {row.id: row.title for row in seen.rows if not row.removed}
    running = seen.running
    with st.expander("Record a decision", expanded=running is not None):
        key = fresh(f"decide-{one.row.id}")
        item_id = st.selectbox(
            "About which item", list(items), format_func=items.__getitem__,
            placeholder="Choose one",
            index=list(items).index(running.id) if running and running.id in items else None,
            key=f"{key}-item",
        )  # fmt: skip
        if item_id in items:
            form = carried_form(
                "decision", f"new-{item_id}", {"newest": newest.get(item_id, 0)},
                {"newest": "Decisions"},
            )  # fmt: skip
            form.begin()
            said = _boxes(form, Said())
            if st.button("Write it down", key=f"{form.key}-save", type="primary"):
                with form.saving("Written down. The chair confirms it.") as (db, actor):
                    record_decision(
                        db, actor, item_id, said=_typed(said), opened=form.opened
                    )  # fmt: skip
    if rows:
        _changing({row.id: (row.said.wording, row.said) for row in rows})


def _changing(rows: dict[int, tuple[str, Said]]) -> None:
    with st.expander("Change a decision that is not confirmed"):
        decision_id = st.selectbox(
            "Which decision", list(rows), format_func=lambda number: rows[number][0], index=None,
            placeholder="Choose one", key=fresh("decision-which"),
        )  # fmt: skip
        if decision_id not in rows:
            return
        now = rows[decision_id][1]
        form = carried_form("decision", decision_id, now.values, LABELS)
        form.begin()
        said = _boxes(form, now)
        if st.button("Save this decision", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                change_decision(db, actor, decision_id, said=_typed(said), opened=form.opened)


def _typed(said: dict[str, Any]) -> Said:
    return Said(**{**said, "due_on": typed_day(said["due_on"], "due_on", Meant.COMING)})


def _boxes(form: Form, start: Said) -> dict[str, Any]:
    with refusals(stop=True), reading() as (db, actor):
        people = {one.id: one.name for one in persons_with_role(db, actor, *ADULTS)}
        commitments = commitments_to_choose(db, actor, commitment_id=start.commitment_id)
        known = {one.id: one.name for one in services(db, actor)}
    asked = form.area(LABELS["recommendation"], "recommendation", place=TextPlace.DECISION_ASKED)
    result = st.radio(
        LABELS["result"], [*DecisionResult], format_func=words_of, index=None, horizontal=True,
        **form.choice("result", DecisionResult, start.result),
    )  # fmt: skip
    wording = form.line(
        LABELS["wording"], "wording", place=TextPlace.DECISION, longest=240
    )  # fmt: skip
    left, right = st.columns(2)
    with left:
        owner = _one(form, LABELS["owner_id"], "owner_id", people, start.owner_id)
        commitment = _one(
            form, LABELS["commitment_id"], "commitment_id", commitments, start.commitment_id
        )
    with right:
        due = form.line(
            f"{LABELS['due_on']}, for example {A_DAY}", "due", place=None,
            first=on(start.due_on) if start.due_on else "",
        )  # fmt: skip
        service = _one(form, LABELS["service_id"], "service_id", known, start.service_id)
    together = form.line(
        LABELS["together_with"], "together_with", place=TextPlace.DECISION_WITH, longest=160
    )
    return {
        "recommendation": asked, "result": result, "wording": wording, "owner_id": owner,
        "due_on": due, "together_with": together, "commitment_id": commitment,
        "service_id": service,
    }  # fmt: skip


def _one(form: Form, label: str, name: str, options: dict[int, str], start: int | None) -> Any:
    if start is not None and start not in options:
        options = {start: "As it is now", **options}
    return st.selectbox(
        label, list(options), format_func=options.__getitem__, index=None,
        placeholder="Choose one", **form.choice(name, options, start),
    )  # fmt: skip
