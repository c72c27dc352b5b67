"""From a yes to a first meeting: propose days, see who can come, choose one; a member's answer."""

from datetime import datetime
from typing import Any

import streamlit as st

from coprod_data.commands.sessions_dates import MOST_DAYS, answer_days, choose_day, propose_days
from coprod_data.permissions import Invalid, Permission
from coprod_data.queries.sessions import SessionDetail
from coprod_data.queries.sessions_dates import Asked, ReplyRow, asked_for
from coprod_data.rules.clocks import LONDON, clock_words
from coprod_data.rules.session_plan import in_school_hours, session_times
from coprod_data.rules.typed_days import Meant
from coprod_data.store.database import current
from coprod_data.vocabulary.outcomes import Side
from coprod_data.vocabulary.sessions import AHEAD, SessionReply, SessionState
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import saving
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import on, typed_day
from pages.shared.meetings import when_words
from pages.together.sessions_plan import typed_times

OF_MEMBERS = {
    SessionReply.OTHER_DAY: "Another day, please",
    SessionReply.LATER: "Not now, ask me later",
    SessionReply.NO: "I cannot come",
}
SIDES = {Side.YOUNG: "Young person", Side.STAFF: "Member or officer"}
Span = tuple[datetime, datetime]
SCHOOL = {
    "title": "A day is in school hours",
    "words": "Most young people can only come if their school agrees. Is there another time?",
}
AN_EXAMPLE = "3 December 2026, 4.30pm to 5.30pm"


def days(one: SessionDetail) -> bool:
    """Show the days of a session that works on an opportunity, and what this reader does.

    Returns whether the day is still to be chosen.
    """
    if one.plan.opportunity_id is None:
        return False
    with refusals(stop=True), reading() as (db, actor):
        asked = asked_for(db, actor, one.row.id)
        asks = actor.may(Permission.SESSIONS_WRITE)
    if asked.may_answer:
        _answer(one, asked)
    if asks and asked.days:
        show(
            "session_days.html", title=_title(one, asked),
            days=[when_words(day) for day in asked.days],
            rows=[_row(row, asked, silent=_silent(one)) for row in asked.replies],
        )  # fmt: skip
    if asks and one.row.state is SessionState.PLANNED:
        _choose(one, asked)
        _propose(one, asked)
    return len(asked.days) > 1


def _title(one: SessionDetail, asked: Asked) -> str:
    silent = sum(row.answer is None for row in asked.replies)
    left = _silent(one).lower()
    if not _to_come(one):
        return "Who was asked" if not silent else f"Who was asked: {silent} {left}"
    if one.row.state is SessionState.CONFIRMED:
        return "Who comes" if not silent else f"Who comes: {silent} {left}"
    return "Everybody has answered" if not silent else f"{silent} {left}"


def _silent(one: SessionDetail) -> str:
    """Return what is said of somebody without an answer, who may still give one."""
    return "Not answered yet" if _to_come(one) else "Did not answer"


def _to_come(one: SessionDetail) -> bool:
    return one.row.state in AHEAD and one.row.starts_at > current().clock()


def _row(row: ReplyRow, asked: Asked, *, silent: str) -> dict[str, object]:
    words = silent if row.answer is None else row.answer.words
    return {
        "who": row.who,
        "side": SIDES[row.side],
        "cells": [day.id in row.date_ids for day in asked.days],
        "words": "" if row.answer is SessionReply.CAN else words,
    }


def _answer(one: SessionDetail, asked: Asked) -> None:
    number = one.row.id
    with st.container(border=True, key="session-days"):
        chosen = one.row.state is SessionState.CONFIRMED
        title = "Can you come?" if chosen else "On which days can you come?"
        show("sub_heading.html", title=title, level=2)
        st.text("The young people you work with are asked the same. They never meet you alone.")
        if asked.mine is not None:
            own = "yes" if asked.mine is SessionReply.CAN else OF_MEMBERS[asked.mine].lower()
            st.text(f"You answered: {own}. You can still change it.")
        picked = [day.id for day in asked.days]
        if len(asked.days) > 1:
            picked = [
                day.id
                for day in asked.days
                if st.checkbox(when_words(day), day.mine, key=f"days-{number}-{day.id}")
            ]
        else:
            st.text(when_words(asked.days[0]))
        with st.container(horizontal=True):
            label = "I can come" if len(asked.days) == 1 else "I can come on these days"
            if st.button(label, type="primary", key=f"days-can-{number}"):
                with saving("Thank you. Your answer has been saved.") as (db, actor):
                    answer_days(db, actor, number, answer=SessionReply.CAN, date_ids=picked)
            for reply, words in OF_MEMBERS.items():
                if st.button(words, key=f"days-{reply}-{number}"):
                    with saving("Your answer has been saved.") as (db, actor):
                        answer_days(db, actor, number, answer=reply)


def _choose(one: SessionDetail, asked: Asked) -> None:
    if not asked.days:
        return
    st.text(
        "Choose the day once both sides can come. They then read it, and who is there; young "
        "people see the place two days before, and not sooner."
    )
    if any(in_school_hours(day.starts_at, day.ends_at) for day in asked.days):
        show("notice.html", tone="soon", icon="warning", urgent=False, **SCHOOL)
    words = {day.id: when_words(day) for day in asked.days}
    chosen = st.radio(
        "The day", list(words), format_func=words.__getitem__, index=None,
        key=f"choose-{one.row.id}",
    )  # fmt: skip
    if st.button("Choose this day", type="primary", key=f"choose-save-{one.row.id}"):
        with saving("It is confirmed, and both sides see the day.") as (db, actor):
            choose_day(db, actor, one.row.id, chosen or 0)


def _propose(one: SessionDetail, asked: Asked) -> None:
    now = "\n".join(_typed(day.starts_at, day.ends_at) for day in asked.days)
    label = "Change the days" if asked.days else "Ask both sides when they can meet"
    form = carried_form(
        "session-days", one.row.id, {"days": now}, {"days": "Days"}, tell=_told
    )  # fmt: skip
    with st.expander(label, expanded=form.restored or not asked.days):
        form.begin()
        st.text(
            f"One to {MOST_DAYS} days, one a line. Young people read them on their card. "
            "New days begin the answers again."
        )
        text = form.area(
            f"Days with their times, for example: {AN_EXAMPLE}", "days", place=None
        )  # fmt: skip
        if st.button("Ask them", type="primary", key=f"{form.key}-save"):
            with form.saving("Both sides are asked.") as (db, actor):
                propose_days(
                    db, actor, one.row.id, days=_read(text),
                    opened={"days": _opened(form.opened["days"])},
                )  # fmt: skip


def _typed(starts_at: datetime, ends_at: datetime) -> str:
    begins, ends = (moment.astimezone(LONDON) for moment in (starts_at, ends_at))
    times = f"{clock_words(begins.time())} to {clock_words(ends.time())}"
    return f"{on(begins.date())}, {times}"


def _told(_name: str, days: Any) -> str:
    """Return days as people read them, also where they were found changed."""
    return days if isinstance(days, str) else "\n".join(_typed(*span) for span in days)


def _opened(shown: Any) -> tuple[Span, ...]:
    """Return the days that the form shows: as text, or as they were found changed."""
    return tuple(_read(shown)) if isinstance(shown, str) else shown


def _read(text: str) -> list[Span]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = []
    for line in lines:
        day, comma, times = line.rpartition(",")
        if not comma:
            raise Invalid(f"Write a day and its times like this: {AN_EXAMPLE}.", field="days")
        found.append(session_times(typed_day(day, "days", Meant.COMING), *typed_times(times)))
    return found
