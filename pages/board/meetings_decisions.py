"""What a meeting decided: read back as written, confirmed by the chair, then carried out."""

from hashlib import sha256

import streamlit as st

from coprod_data.commands.meetings_decisions import (
    confirm_decision,
    finish_line,
    take_confirmation_back,
    take_done_back,
    withdraw_decision,
)
from coprod_data.queries.meetings import MeetingDetail
from coprod_data.queries.meetings_agenda import Agenda
from coprod_data.queries.meetings_decisions import DecisionRow, decisions
from coprod_data.vocabulary.meetings import TO_BE_DONE, DecisionResult
from coprod_data.vocabulary.rewordings import TextPlace
from pages.board.meetings_recording import LABELS
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import saving
from pages.parts.html import show
from pages.parts.looks import Look
from pages.parts.sign_in import reading
from pages.parts.tables import download
from pages.parts.times import on
from pages.shared.lists import address

CONFIRMED = "Confirmed. It is approved."
TO_CONFIRM = Look("To be confirmed", "soon", "clock")
TONES = {
    DecisionResult.AGREED: "good",
    DecisionResult.AMENDED: "good",
    DecisionResult.DEFERRED: "soon",
    DecisionResult.NOTED: "plain",
}


def decided(one: MeetingDetail, seen: Agenda) -> None:
    """Show what was decided, with the chair's button and the owner's form."""
    with refusals(stop=True), reading() as (db, actor):
        rows = decisions(db, actor, one.row.id)
    if not rows:
        return
    items = {row.id: row.title for row in seen.rows}
    title = "Decided" if seen.ended_at else "Decided so far"
    show("section.html", title=title, count=len(rows))
    for row in rows:
        _decision(row, items.get(row.item_id, ""), keeps=one.may_write)
    download("decisions", "what was decided", meeting=one.row.id)


def look_of(row: DecisionRow) -> Look:
    """Return the result of a decision, or that it is to be confirmed, done or late."""
    if row.confirmed_on is None or row.said.result is None:
        return TO_CONFIRM
    if row.done:
        return Look("Done", "good", "check")
    if row.late:
        return Look("Late", "alert", "clock")
    return Look(row.said.result.words, TONES[row.said.result], "check")


def who_when(row: DecisionRow) -> str:
    """Return who does it, by when, together with whom."""
    due = f"by {on(row.said.due_on)}" if row.said.due_on else ""
    together = f"together with {row.said.together_with}" if row.said.together_with else ""
    return ", ".join(part for part in (row.owner, due, together) if part)


def _decision(row: DecisionRow, item: str, *, keeps: bool) -> None:
    amended = row.said.result is DecisionResult.AMENDED and row.said.recommendation
    with st.container(border=True, key=f"decision-{row.id}"):
        show(
            "decision.html", look=look_of(row), item=item, private=row.private,
            wording=row.said.wording,
            before=row.said.recommendation if amended else "",
            asked="" if amended else row.said.recommendation, who=who_when(row),
            commitment=row.commitment, done=row.done_words,
            written=f"Written down by {row.recorded_by}"
            if row.confirmed_on is None
            else f"Confirmed on {on(row.confirmed_on)}",
            href=address("/actions", action=row.action_id) if row.action_id else "",
        )  # fmt: skip
        asks = row.private and row.commitment and row.said.result in TO_BE_DONE
        if row.may_confirm and asks:
            _confirm_for_the_plan(row)
        with st.container(horizontal=True):
            if row.may_confirm and not asks and st.button(
                "Confirm as read out", key=f"confirm-{_read_out(row)}", type="primary"
            ):  # fmt: skip
                with saving(CONFIRMED) as (db, actor):
                    confirm_decision(db, actor, row.id, opened=row.said.values)
            if keeps and row.confirmed_on is None and st.button(
                "Delete it", key=f"withdraw-{row.id}"
            ):  # fmt: skip
                with saving("Deleted.") as (db, actor):
                    withdraw_decision(db, actor, row.id)
            if row.may_unconfirm and st.button(
                "Take the confirmation back", key=f"unconfirm-{row.id}"
            ):  # fmt: skip
                with saving("It is to be confirmed again. Correct it first.") as (db, actor):
                    take_confirmation_back(db, actor, row.id)
            if row.may_reopen and st.button("It is not done yet", key=f"reopen-{row.id}"):
                with saving("It is to be done again.") as (db, actor):
                    take_done_back(db, actor, row.id)
        if row.may_finish:
            _finish(row)


def _read_out(row: DecisionRow) -> str:
    """Return a key of what is shown: a press on other words than these does nothing."""
    return f"{row.id}-{sha256(repr(row.said).encode()).hexdigest()[:12]}"


def _confirm_for_the_plan(row: DecisionRow) -> None:
    """Ask for words of its own: the plan is read by people who were sent out."""
    form = carried_form("decision-plan", row.id, row.said.values, LABELS)
    form.begin()
    st.text(
        "This was talked about without the public. With its commitment it becomes an action of the "
        "plan, and everybody who reads the plan reads that, young people too."
    )
    words = form.line(
        "What the plan may tell everybody", "in_plan", place=TextPlace.ACTION_TITLE, longest=240
    )  # fmt: skip
    if st.button("Confirm as read out", key=f"{form.key}-save", type="primary"):
        with form.saving(CONFIRMED) as (db, actor):
            confirm_decision(db, actor, row.id, opened=form.opened, in_plan=words)


def _finish(row: DecisionRow) -> None:
    form = carried_form("decision-done", row.id)
    with st.expander("It is done", expanded=form.restored):
        form.begin()
        words = form.area("What was done?", "words", place=TextPlace.DECISION_DONE)
        if st.button("Say that it is done", key=f"{form.key}-save"):
            with form.saving("Thank you. It is done.") as (db, actor):
                finish_line(db, actor, row.id, words=words)
