"""Changing the date, wording or commitment of an action, and deciding about any change."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from coprod_data.commands.actions_changes import (
    change_action,
    decide_change,
    propose_change,
    take_back_change,
)
from coprod_data.queries.actions import ActionRow
from coprod_data.queries.actions_detail import ChangeRow
from coprod_data.vocabulary.actions import DueKind, Stage
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.carried import Form, carried_form
from pages.parts.carried_values import shown
from pages.parts.forms import inert, saving, words_of
from pages.parts.frame import announce
from pages.parts.html import show
from pages.parts.past_days import sure_if_past
from pages.parts.times import on
from pages.promise.actions_rows import due_text, due_words
from pages.shared.due_day import BY_WHEN, typed_due

SAYS = {
    "commitment_id": "Commitment",
    "title": "What will be done",
    "will_see": "What you will see",
    "due_on": "By when",
    "due_wording": "When, in the words of the plan",
    "due_kind": "What that date means",
}


def change_form(
    row: ActionRow, commitments: Mapping[int, str], *, decides: bool, frozen: bool
) -> None:
    """Show the form that changes date, wording or commitment, or proposes that to the chair.

    `frozen`: an outcome names the action, so only its date can change.
    """
    known = {row.commitment_id: f"{row.reference} (as now)"} | {
        id_: words for id_, words in commitments.items() if id_ != row.commitment_id
    }
    form = carried_form(
        "change", row.id, {name: getattr(row, name) for name in SAYS}, SAYS,
        tell=lambda name, value: known[value] if name == "commitment_id" else _told(value),
    )  # fmt: skip
    label = "Change date or wording" if decides else "Propose a change"
    with st.expander(label, expanded=form.restored):
        form.begin()
        said = _asked(form, known, frozen=frozen)
        said["reason"] = form.area(
            "Reason for the change, or the decision behind it" if decides else "Why?",
            "why",
            place=TextPlace.CHANGE_REASON,
        )
        done = "" if decides else "Proposed. The chair decides."
        save = "Save this change" if decides else "Propose it to the chair"
        if st.button(save, key=f"{form.key}-save"):
            with form.saving(done) as (db, actor):
                said["due_on"], said["due_kind"] = typed_due(said["due_on"], said["due_kind"])
                if said["due_on"] != row.due_on:
                    sure_if_past(said["due_on"], "due_on", form.key)
                if decides:
                    change_action(db, actor, row.id, **said, opened=form.opened)
                    announce(changed_words(row, said["due_on"]))
                else:
                    propose_change(db, actor, row.id, **said, opened=form.opened)


def changed_words(row: ActionRow, due_on: date | None) -> str:
    """Return what was saved: a new date, or any other change."""
    return "The new date has been saved." if due_on != row.due_on else "The change has been saved."


def _asked(form: Form, known: Mapping[int, str], *, frozen: bool) -> dict[str, Any]:
    """Ask what an action is to say. Returns it, with the date as it was typed."""
    start = form.carried.start
    said = {name: start[name] for name in ("commitment_id", "title", "will_see")}
    if frozen:
        st.text("An outcome names this action, so its wording and commitment stay.")
    else:
        said["commitment_id"] = st.selectbox(
            "Under which commitment?", list(known), format_func=known.__getitem__,
            index=None, **form.choice(
                "commitment_id", known, start["commitment_id"], key="commitment"
            ),
        )  # fmt: skip
        said["title"] = form.line(
            "What will be done?", "title", place=TextPlace.CHANGE_TITLE, longest=240
        )
        said["will_see"] = form.area(
            "What will you see when it is done?", "will_see", place=TextPlace.CHANGE_SEE
        )
    due_on = start["due_on"]
    said["due_on"] = form.line(BY_WHEN, "day", place=None, first=on(due_on) if due_on else "")
    said["due_wording"] = form.line(
        "When, in the words of your plan", "due_wording", place=TextPlace.CHANGE_DUE,
        longest=120,
    )  # fmt: skip
    said["due_kind"] = st.radio(
        "What does that date mean?", [*DueKind], index=None, horizontal=True,
        format_func=words_of, **form.choice("due_kind", DueKind, start["due_kind"], key="kind"),
    )  # fmt: skip
    return said


def _told(value: Any) -> str:
    return on(value) if isinstance(value, date) else shown(value)


def _asked_stage(change: ChangeRow) -> str:
    """Return the stage that a change asks for, in words; nothing where it asks for none."""
    if change.stage is Stage.IN_PROGRESS:
        return "Taken up again"
    return change.stage.words if change.stage else ""


def show_change(row: ActionRow, change: ChangeRow, *, decides: bool) -> None:
    """Show a change that waits, which the chair agrees to or turns down with an answer; about
    another owner the Youth Voice Team may decide too.
    """
    parts = [
        ("Owner", row.owner, change.owner or row.owner),
        ("Commitment", row.reference, change.reference),
        ("What will be done", row.title, change.title),
        ("What you will see", row.will_see, change.will_see),
        ("Stage", row.stage.words, _asked_stage(change) or row.stage.words),
        (
            "When",
            due_words(row),
            due_text(change.due_on, change.due_kind, change.due_wording),
        ),
    ]
    show(
        "change.html",
        by=change.proposed_by,
        asks="asked to hand this action over" if change.owner else "proposed a change",
        who="the chair or the Youth Voice Team" if change.owner else "the chair",
        on=on(change.proposed_on),
        reason=change.reason,
        parts=[part for part in parts if part[1] != part[2]],
        waits=change.waits,
        decided_by=change.decided_by,
        answer=change.answer if change.agreed is False else "",
    )
    if change.waits and change.own:
        if st.button("Take it back", key=f"take-back-{change.id}"):
            with saving("Taken back. Nobody is asked any more.") as (db, actor):
                take_back_change(db, actor, change.id)
        return
    if not decides or not change.waits:
        return
    agree = f"Hand it over to {change.owner}" if change.owner else "Agree to this change"
    if st.button(inert(agree), type="primary", key=f"agree-{change.id}"):
        done = "Handed over, as was asked." if change.owner else "Changed, as proposed."
        with saving(done) as (db, actor):
            decide_change(db, actor, change.id, agreed=True)
    form = carried_form("refuse-change", change.id)
    with st.expander("Turn this change down", expanded=form.restored):
        form.begin()
        answer = form.area("Why not? The owner reads this.", "why", place=TextPlace.CHANGE_ANSWER)
        if st.button("Turn it down", key=f"{form.key}-save"):
            with form.saving("Turned down. The owner can see why.") as (db, actor):
                decide_change(db, actor, change.id, agreed=False, answer=answer)
