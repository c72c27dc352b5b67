"""A session after it was held: the question that closes it, the write-up, the end."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coprod_data.commands.opportunities import suggest_opportunity
from coprod_data.commands.sessions_after import (
    close_session,
    link_opportunity,
    reopen_session,
    review_session,
    unlink_opportunity,
    write_up_session,
)
from coprod_data.permissions import Invalid
from coprod_data.queries.promise import theme_now, themes
from coprod_data.queries.sessions import SessionDetail
from coprod_data.queries.sessions_beside import FoundRow, found_at, who_came, work_to_meet_for
from coprod_data.rules.clocks import london_day
from coprod_data.rules.join_hours import TOLD_FOR
from coprod_data.rules.opportunity_wording import TEXTS, Wording
from coprod_data.vocabulary.rewordings import TextPlace
from coprod_data.vocabulary.sessions import AFTER, AHEAD, WAS_HELD, SessionState
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import saving, sure
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import on
from pages.together.sessions_channels import reached
from pages.together.sessions_costs import bill
from pages.together.sessions_feedback import said_of_it, to_change
from pages.together.sessions_goals import did_we_get_there
from pages.together.sessions_needs import needs
from pages.together.sessions_room import numbers

STEPS = (
    (SessionState.HELD, "Held"),
    (SessionState.REVIEWED, "What could we do together?"),
    (SessionState.WRITTEN_UP, "Written up"),
    (SessionState.CLOSED, "Closed"),
)


def after(one: SessionDetail) -> DeltaGenerator | None:
    """Show what comes out of a session, the next step first. Returns where its history comes."""
    row = one.row
    if row.state in AHEAD:
        words = (
            "Say who came, under In the room. Then comes the question: what could we do together?"
        )
        title = "Was it held?" if row.begun else "This comes after the session"
        show("empty.html", title=title, icon="clock", words=words)
        return None
    show("session_steps.html", steps=_steps(one))
    with refusals(stop=True), reading() as (db, actor):
        found = found_at(db, actor, row.id)
        came = who_came(db, actor, row.id)
    left, right = st.columns([2, 1])
    with left:
        if row.state is SessionState.HELD and one.may_change:
            _question(one, found)
        else:
            show(
                "session_found.html", rows=found, nothing=one.nothing_because,
                waits=row.state is SessionState.HELD,
            )  # fmt: skip
        if one.done:
            show(
                "facts.html", title="The write-up",
                facts=[
                    {"label": "What we did together", "words": one.done, "whole": True},
                    {"label": "What we heard", "words": one.heard, "whole": True},
                ],
            )  # fmt: skip
        did_we_get_there(one)
        if one.may_change and row.state in (SessionState.REVIEWED, SessionState.WRITTEN_UP):
            _write_up(one)
        _end(one)
        to_change(one)
    with right:
        said_of_it(one)
        show("session_came.html", rows=[(line.part, line.words) for line in came])
        if one.may_change and row.state in AFTER:
            with st.expander("Correct who came"):
                numbers(one, came)
        needs(one)
        reached(one)
        bill(one)
    return left


def _steps(one: SessionDetail) -> list[dict[str, object]]:
    at = WAS_HELD.index(one.row.state)
    due = {SessionState.REVIEWED: one.review_by, SessionState.WRITTEN_UP: one.write_up_by}
    steps = []
    for place, (state, words) in enumerate(STEPS):
        day = due.get(state)
        by = ""
        if day and place > at:
            by = f" By {on(day)}" if words.endswith("?") else f", by {on(day)}"
        steps.append({"words": words + by, "done": place <= at, "next": place == at + 1})
    return steps


def _question(one: SessionDetail, found: list[FoundRow]) -> None:
    with st.container(key="session-question"):
        show("session_question.html", due=on(one.review_by) if one.review_by else "", rows=found)
        _another(one)
        if found and st.button("Go to the write-up", type="primary", key="session-review"):
            with saving("Now write down what you did and what you heard.") as (db, actor):
                review_session(db, actor, one.row.id)
    if found:
        _not_this(one, found)
    else:
        _nothing(one)


def _another(one: SessionDetail) -> None:
    with refusals(stop=True), reading() as (db, actor):
        parts = {part.id: part.names for part in themes(db, actor)}
        start = theme_now(db, actor, one.row.theme_id) if one.row.theme_id else None
        known = work_to_meet_for(db, actor)
    form = carried_form("session-found", one.row.id)
    with st.expander("Add an opportunity", expanded=form.restored):
        form.begin()
        title = form.line(
            TEXTS["title"].label, "title", place=TextPlace.OPPORTUNITY_TITLE, longest=160
        )
        wanted = form.area(TEXTS["help_wanted"].label, "help", place=TextPlace.HELP_WANTED)
        theme_id = st.selectbox(
            "Theme", list(parts), index=None, format_func=parts.__getitem__,
            **form.choice("theme", parts, start),
        )  # fmt: skip
        if st.button("Add it", key=f"{form.key}-save"):
            with form.saving("Added. The group that reviews opportunities sees it.") as (db, actor):
                if theme_id is None:
                    raise Invalid("Choose a theme.", field="theme_id")
                number = suggest_opportunity(
                    db, actor, wording=Wording(title=title, help_wanted=wanted),
                    theme_id=theme_id,
                )  # fmt: skip
                link_opportunity(db, actor, one.row.id, number)
    with st.expander("Link an existing opportunity"):
        named = st.selectbox(
            "Which opportunity", list(known), index=None, format_func=known.__getitem__,
            key="session-found-known",
        )  # fmt: skip
        if named is not None and st.button("Name it", key="session-found-name"):
            with saving("Added.") as (db, actor):
                link_opportunity(db, actor, one.row.id, named)


def _not_this(one: SessionDetail, found: list[FoundRow]) -> None:
    names = {row.id: row.title for row in found}
    with st.expander("Take one away from this list"):
        number = st.selectbox(
            "Which one", list(names), index=None, format_func=names.__getitem__,
            key="session-not-found",
        )  # fmt: skip
        if number is not None and st.button("It was not found here", key="session-not-found-save"):
            with saving("It is off this list. The opportunity itself stays.") as (db, actor):
                unlink_opportunity(db, actor, one.row.id, number)


def _nothing(one: SessionDetail) -> None:
    form = carried_form("session-nothing", one.row.id)
    with st.expander("Nothing this time? Say why", expanded=form.restored):
        form.begin()
        why = form.area(
            "Why is there nothing to do together this time?", "why", place=TextPlace.SESSION_NOTHING
        )
        if st.button("Go to the write-up", key=f"{form.key}-save"):
            with form.saving("Now write down what you did and what you heard.") as (db, actor):
                review_session(db, actor, one.row.id, nothing_because=why)


def _write_up(one: SessionDetail) -> None:
    values = {"done": one.done, "heard": one.heard}
    labels = {"done": "What you did together", "heard": "What you heard, in your own words"}
    form = carried_form("session-write-up", one.row.id, values, labels)
    first = one.row.state is SessionState.REVIEWED
    with st.expander(
        "Write it up" if first else "Change the write-up", expanded=form.restored or first
    ):
        form.begin()
        last = on(london_day(one.row.ends_at + TOLD_FOR))
        st.text(
            f"Everybody who came can read it: where they joined in until {last}, with our thanks, "
            "and on each card that was sent there. Do not name a child, a school or a street."
        )
        done = form.area(labels["done"], "done", place=TextPlace.SESSION_DONE)
        heard = form.area(labels["heard"], "heard", place=TextPlace.SESSION_HEARD)
        if st.button("Save the write-up", type="primary" if first else "secondary",
                     key=f"{form.key}-save"):  # fmt: skip
            with form.saving("It is written up.") as (db, actor):
                write_up_session(
                    db, actor, one.row.id, done=done, heard=heard, opened=form.opened
                )  # fmt: skip


def _end(one: SessionDetail) -> None:
    if not one.may_close:
        return
    if one.row.state is SessionState.WRITTEN_UP and sure(
        "Close this session", f"close-{one.row.id}", yes="Yes, close it",
        question="Its plan, numbers and write-up stay here to read, and it can be opened again.",
    ):  # fmt: skip
        with saving("It is closed.") as (db, actor):
            close_session(db, actor, one.row.id)
    if one.row.state is SessionState.CLOSED and st.button("Open it again", key="session-reopen"):
        with saving("It is open again.") as (db, actor):
            reopen_session(db, actor, one.row.id)
