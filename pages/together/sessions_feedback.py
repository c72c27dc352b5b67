"""What people said of a session, what is to be changed next time, and what the session asks."""

import streamlit as st

from coprod_data.commands.sessions_changes import drop_change, take_over_change, write_change
from coprod_data.commands.sessions_feedback import MOST_QUESTIONS, set_questions
from coprod_data.permissions import Permission
from coprod_data.queries.sessions import SessionDetail
from coprod_data.queries.sessions_feedback import (
    changes_asked,
    changes_written,
    feedback_counted,
    feedback_read,
    own_questions,
)
from coprod_data.vocabulary.rewordings import TextPlace
from coprod_data.vocabulary.sessions import AHEAD
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import saving
from pages.parts.html import show
from pages.parts.sign_in import reading


def said_of_it(one: SessionDetail) -> None:
    """Show what people said of a session, in shares and once five have answered."""
    with refusals(stop=True), reading() as (db, actor):
        counted = feedback_counted(db, actor, one.row.id)
    show("session_feedback.html", counted=counted)


def to_change(one: SessionDetail) -> None:
    """Show what is to be changed next time, and to the team the box for it, once it is read."""
    with refusals(stop=True), reading() as (db, actor):
        changes = changes_written(db, actor, one.row.id)
        checks = actor.may(Permission.ENTRIES_QUEUE)
        read = feedback_read(db, actor, one.row.id) if checks else None
    if not changes and not (read and read.texts):
        return
    show("session_changes.html", changes=changes, read=read)
    if read is None or not read.read_by_me:
        return
    form = carried_form("session-change", one.row.id)
    with st.expander("Write down what will be different", expanded=form.restored):
        form.begin()
        st.text("In your words, not theirs. Whoever leads the next one takes it over as a job.")
        text = form.line(
            "What will be different next time", "text", place=TextPlace.SESSION_CHANGE,
            longest=240,
        )  # fmt: skip
        if st.button("Add this", key=f"{form.key}-save"):
            with form.saving("Added. The next session is offered it.") as (db, actor):
                write_change(db, actor, one.row.id, text=text)


def asked_for(one: SessionDetail) -> None:
    """Offer what earlier sessions of this kind asked for, to be taken over as something to do."""
    if not one.may_change or one.row.state not in AHEAD:
        return
    with refusals(stop=True), reading() as (db, actor):
        changes = changes_asked(db, actor, one.row.id)
    for change in changes:
        with st.container(border=True, key=f"session-asked-{change.id}"):
            show("session_asked.html", change=change)
            with st.container(horizontal=True):
                if st.button("We will do this", type="primary", key=f"change-take-{change.id}"):
                    with saving("It is on the list of what is left to do.") as (db, actor):
                        take_over_change(db, actor, change.id, one.row.id)
                if st.button("Not this time", key=f"change-drop-{change.id}"):
                    with saving("It is not offered any more.") as (db, actor):
                        drop_change(db, actor, change.id, one.row.id)


def asking(one: SessionDetail) -> None:
    """Let whoever may change a session write questions of its own, before the first answer."""
    with refusals(stop=True), reading() as (db, actor):
        now = tuple(own_questions(db, actor, one.row.id).values())
    form = carried_form(
        "session-questions", one.row.id, {"questions": "\n".join(now)},
        {"questions": "Your own questions"},
    )  # fmt: skip
    with st.expander("Ask questions of your own at the end", expanded=form.restored):
        form.begin()
        st.text(
            f"Everybody is asked how it was, on their phone. Add {MOST_QUESTIONS} questions at "
            "most, one a line. They are answered with a face, so ask: How was the food?"
        )
        text = form.area(
            "Your own questions", "questions", place=TextPlace.SESSION_QUESTION, height=140
        )
        if st.button("Save the questions", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                set_questions(
                    db, actor, one.row.id, questions=_lines(text),
                    opened=_lines(form.opened["questions"]),
                )  # fmt: skip


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
