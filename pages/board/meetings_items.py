"""The forms that add an item to an agenda, change one, and set their order."""

from typing import Any

import streamlit as st

from coprod_data.commands.meetings_agenda import (
    MOST_MINUTES,
    add_item,
    change_item,
    move_item,
    remove_item,
    restore_item,
)
from coprod_data.queries.meetings import MeetingDetail
from coprod_data.queries.meetings_agenda import Agenda, AgendaRow
from coprod_data.vocabulary.meetings import AgendaKind
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.boxes import number_box
from pages.parts.carried import Form, carried_form
from pages.parts.forms import fresh, inert, saving

LABELS = {
    "title": "Title",
    "detail": "Who brings it, and what is asked",
    "paper": "Paper, for example Paper 2: Virtual School report",
    "minutes": "Minutes planned",
    "private": "Without the public",
}
NUMBERS = range(1, MOST_MINUTES + 1)


def changing_items(one: MeetingDetail, seen: Agenda) -> None:
    """Show the forms for items."""
    form = carried_form("agenda-item", f"new-{one.row.id}")
    with st.expander("Add an item", expanded=form.restored):
        form.begin()
        title = form.line(LABELS["title"], "title", place=TextPlace.AGENDA_TITLE, longest=160)
        said = _boxes(form, None)
        if st.button("Add this item", key=f"{form.key}-save"):
            with form.saving("Added.") as (db, actor):
                add_item(db, actor, one.row.id, title=title, **said)
    if seen.off:
        _put_back(seen.off)
    left = {row.id: row for row in seen.rows if not row.removed}
    if not left:
        return
    with st.expander("Change an item, or the order"):
        key = fresh(f"agenda-{one.row.id}-which")
        item_id = st.selectbox(
            "Which item", list(left), format_func=lambda number: left[number].title, index=None,
            placeholder="Choose one", key=key,
        )  # fmt: skip
        if item_id in left:
            _change(left[item_id])


def _put_back(rows: tuple[AgendaRow, ...]) -> None:
    with st.expander("Put an item back that was taken off"):
        for row in rows:
            if st.button(inert(f"Put back: {row.title}"), key=f"item-{row.id}-on"):
                with saving("It is on the agenda again.") as (db, actor):
                    restore_item(db, actor, row.id)


def _change(row: AgendaRow) -> None:
    with st.container(horizontal=True):
        for label, up in (("Move up", True), ("Move down", False)):
            if st.button(label, key=f"item-{row.id}-{up}"):
                with saving("Moved.") as (db, actor):
                    move_item(db, actor, row.id, up=up)
        if st.button("Take it off", key=f"item-{row.id}-off"):
            with saving("It is off the agenda.") as (db, actor):
                remove_item(db, actor, row.id)
    opened = {
        "title": row.own_title, "detail": row.detail, "paper": row.paper,
        "minutes": row.minutes, "private": row.private,
    }  # fmt: skip
    form = carried_form("agenda-item", row.id, opened, LABELS)
    form.begin()
    title = row.own_title
    if row.kind is AgendaKind.PAPER:
        title = form.line(LABELS["title"], "title", place=TextPlace.AGENDA_TITLE, longest=160)
    said = _boxes(form, row)
    if st.button("Save this item", key=f"{form.key}-save"):
        with form.saving("Saved.") as (db, actor):
            change_item(db, actor, row.id, title=title, **said, opened=form.opened)


def _boxes(form: Form, row: AgendaRow | None) -> dict[str, Any]:
    detail = form.area(LABELS["detail"], "detail", place=TextPlace.AGENDA_DETAIL)
    paper = form.line(LABELS["paper"], "paper", place=TextPlace.AGENDA_PAPER, longest=160)
    minutes = number_box(
        LABELS["minutes"], least=1, most=MOST_MINUTES, value=None, step=1,
        **form.choice("minutes", NUMBERS, row.minutes if row else 10),
    )  # fmt: skip
    private = st.checkbox(
        LABELS["private"], **form.choice("private", (True, False), row.private if row else False)
    )
    return {"detail": detail, "paper": paper, "minutes": minutes, "private": private}
