"""A meeting as it runs: its clock, the minutes so far, and the repair of a missed stop."""

from datetime import datetime, time, timedelta

import streamlit as st

from coprod_data.commands.meetings_heard import (
    correct_heard,
    end_meeting,
    resume_meeting,
    start_meeting,
    stop_item,
)
from coprod_data.permissions import Invalid
from coprod_data.queries.meetings import MeetingDetail
from coprod_data.queries.meetings_agenda import Agenda, AgendaRow
from coprod_data.rules.clocks import LONDON
from coprod_data.vocabulary.meetings import MeetingState
from pages.parts.carried import carried_form
from pages.parts.forms import fresh, saving, sure
from pages.parts.html import show
from pages.parts.times import A_TIME, clock, typed_times

LABELS = {"started_at": "It began", "stopped_at": "It stopped"}
TOO_LONG = 2  # times what was planned: then the clock may have been forgotten
END = (
    "What was not reached comes first at the next meeting, and young people read on their cards "
    "for how long theirs was talked about."
)


def clock_panel(one: MeetingDetail, seen: Agenda) -> None:
    """Show what runs and the minutes so far; begin and end the meeting."""
    if seen.started_at or seen.ended_at:
        young, others = seen.minutes(young=True), seen.minutes(young=False)
        running = seen.running
        show(
            "meeting_clock.html", ended=bool(seen.ended_at), young=young, others=others,
            most=max(young, others, 1),
            running=running and {
                "title": running.title, "minutes": running.heard_minutes,
                "since": clock(running.running_since) if running.running_since else "",
                "young": running.young,
            },
        )  # fmt: skip
        if running and one.may_write:
            _still_running(running)
    if one.row.state in _TO_COME or not one.days:
        words = "Show it on the screen" if one.may_write else "Follow it on this device"
        show("link.html", words=words, href=f"/room/meeting/{one.row.id}")
    if one.may_write and one.days <= 0 and one.row.state in _TO_COME:
        _begin_or_end(one, seen)
    if one.may_write and not one.days and one.row.state is MeetingState.HELD:
        _resume(one)


def _resume(one: MeetingDetail) -> None:
    if st.button("It has not ended: go on", key="meeting-resume"):
        with saving("The meeting goes on.") as (db, actor):
            resume_meeting(db, actor, one.row.id)


_TO_COME = (MeetingState.PLANNED, MeetingState.PUBLISHED)


def correcting(one: MeetingDetail, seen: Agenda) -> None:
    """Show the form that corrects from when to when an item was talked about."""
    if not (seen.started_at or seen.ended_at):
        return
    rows = {row.id: row for row in seen.rows if not row.removed}
    with st.expander("Correct a time"):
        key = fresh(f"heard-{one.row.id}")
        item_id = st.selectbox(
            "Which item was talked about", list(rows), index=None, placeholder="Choose one",
            format_func=lambda number: rows[number].title, key=f"{key}-item",
        )  # fmt: skip
        if item_id not in rows:
            return
        row = rows[item_id]
        opened = {"started_at": row.started_at, "stopped_at": row.stopped_at}
        form = carried_form("heard", item_id, opened, LABELS, tell=_told)
        form.begin()
        typed = form.line(f"From when to when, for example {A_TIME}", "times", place=None)
        if st.button("Save this time", key=f"{form.key}-save"):
            with form.saving("The time is corrected.") as (db, actor):
                begins, ends = typed_times(typed)
                if not begins:
                    raise Invalid(f"Write from when to when, for example {A_TIME}.", field="times")
                correct_heard(
                    db, actor, item_id, started_at=_moment(one, begins),
                    stopped_at=_moment(one, ends), opened=form.opened,
                )  # fmt: skip


def _told(_name: str, moment: datetime | None) -> str:
    return clock(moment) if moment else "not known"


def _moment(one: MeetingDetail, at: str) -> datetime:
    return datetime.combine(one.row.on, time.fromisoformat(at), LONDON)


def _still_running(row: AgendaRow) -> None:
    """Offer the planned end of a clock that has run for twice as long."""
    if row.running_since is None or (row.heard or 0) < TOO_LONG * row.minutes * 60:
        return
    planned = row.running_since + timedelta(minutes=row.minutes)
    show(
        "notice.html", tone="soon", icon="clock", urgent=False, title="Still running?",
        words=f"It was planned for {row.minutes} minutes.",
    )  # fmt: skip
    if st.button(f"Stop it at {clock(planned)}", key=f"stop-then-{row.id}"):
        with saving("Stopped at its planned end.") as (db, actor):
            stop_item(db, actor, row.id, stopped_at=planned)


def _begin_or_end(one: MeetingDetail, seen: Agenda) -> None:
    if seen.started_at is None and not one.days:
        if st.button("Begin the meeting", key="meeting-begin", type="primary"):
            with saving("The meeting has begun. Start the first item.") as (db, actor):
                start_meeting(db, actor, one.row.id)
        return
    if sure("End the meeting", "meeting-end", question=END, yes="Yes, it has ended"):
        with saving("The meeting has ended.") as (db, actor):
            end_meeting(db, actor, one.row.id)
