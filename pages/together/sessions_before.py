"""A session before it begins: what is left to do, the plan, the ground rules."""

import streamlit as st

from coprod_data.commands.sessions import cancel_session, confirm_session, move_session
from coprod_data.commands.sessions_before import add_task, tick_task
from coprod_data.queries.sessions import SessionDetail
from coprod_data.queries.sessions_beside import TaskRow, tasks_before, who_may_lead
from coprod_data.rules.session_plan import session_times
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.rewordings import TextPlace
from coprod_data.vocabulary.sessions import AHEAD, SessionState
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import fresh, inert, saving
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import A_DAY, clock, on, typed_day
from pages.together.sessions_dates import days
from pages.together.sessions_feedback import asked_for, asking
from pages.together.sessions_goals import aims_to_reach, ground_rules
from pages.together.sessions_joining import joining
from pages.together.sessions_plan import A_TIME, changing, typed_times


def before(one: SessionDetail) -> None:
    """Show what is left to do first, then the plan and the ground rules."""
    with refusals(stop=True), reading() as (db, actor):
        tasks = tasks_before(db, actor, one.row.id)
    ahead = one.row.state in AHEAD
    left, right = st.columns([2, 1]) if ahead and one.may_change else (st.container(), None)
    if right is not None:
        with right:
            joining(one)
    with left:
        asked_for(one)
        open_day = _plan(one, tasks)
    if one.may_change:
        if one.row.state is SessionState.PLANNED and not open_day:
            _confirm(one)
        changing(one)
        if ahead:
            asking(one)
            _move(one)
            _cancel(one)


def _plan(one: SessionDetail, tasks: list[TaskRow]) -> bool:
    """Show the plan. Returns whether its day is still to be chosen."""
    ahead = one.row.state in AHEAD
    if ahead or tasks:
        _tasks(one, tasks)
    if one.school_hours and ahead:
        show(
            "notice.html", tone="soon", icon="warning", urgent=False,
            title="This is in school hours",
            words="Most young people can only come if their school agrees. Is there another time?",
        )  # fmt: skip
    open_day = days(one)
    show("session_plan.html", facts=plan_facts(one))
    aims_to_reach(one)
    ground_rules(one)
    return open_day


def left_words(tasks: list[TaskRow]) -> str:
    """Return how much is left to do, as the heading of the list."""
    left = sum(not task.done for task in tasks)
    if not tasks:
        return "Nothing is written down to do"
    return "Everything is done" if not left else f"{left} left to do"


def plan_facts(one: SessionDetail) -> list[dict[str, str]]:
    """Return the plan of a session as label, words, what is under them, and an icon."""
    plan, row = one.plan, one.row
    led = " and ".join(
        part for part in (row.facilitator, plan.young_leaders, plan.led_with) if part
    )
    where = row.venue or ("Not chosen yet" if row.state in AHEAD else "")
    offers = ", ".join(one.venue_offers)
    who = f"Up to {plan.largest} young people" if plan.largest else ""
    helpers = f"{plan.helpers} adults help" if plan.helpers else ""
    if plan.for_each_helper:
        helpers += f", one for every {plan.for_each_helper} young people at most"
    facts = [
        ("Why", plan.aims, one.opportunity, "flag"),
        ("How people take part", row.way.words, plan.joining, "together"),
        ("Where", where, " · ".join(filter(None, (one.venue_address, offers))), "home"),
        ("Getting there", one.getting_there, "", "next"),
        ("Who", who or helpers, helpers if who else "", "people"),
        ("Led by", led, plan.independent, "person"),
        ("Access", plan.access, plan.other_ways, "heart"),
        ("Food and travel", plan.food or plan.travel, plan.travel if plan.food else "", "paper"),
        ("Told first: what happened after the last one", plan.since_last, "", "voice"),
        ("How it begins", plan.warm_up, "", "voice"),
        ("Pace", plan.pace, "", "clock"),
    ]
    return [
        {"label": label, "words": words, "more": more, "icon": icon}
        for label, words, more, icon in facts
        if words
    ]


def _tasks(one: SessionDetail, tasks: list[TaskRow]) -> None:
    with st.container(border=True, key="session-tasks"):
        show("sub_heading.html", title=left_words(tasks), level=2)
        for task in tasks:
            asked = f", asked for at {task.asked_at}" if task.asked_at else ""
            due = f", by {on(task.due_on)}" if task.due_on else ""
            words = f"{task.text} ({task.person or 'nobody yet'}{due}{asked})"
            may = one.may_change or task.mine
            key = fresh(f"task-{task.id}-{task.done}")
            if st.checkbox(inert(words), task.done, key=key, disabled=not may) != task.done:
                with saving("Saved.", key) as (db, actor):
                    tick_task(db, actor, task.id, done=not task.done)
        if one.may_change and one.row.state in AHEAD:
            _add_task(one)


def _add_task(one: SessionDetail) -> None:
    with refusals(stop=True), reading() as (db, actor):
        names = who_may_lead(db, actor)
    form = carried_form("session-task", one.row.id)
    with st.expander("Add something to do", expanded=form.restored):
        form.begin()
        text = form.line("What is to be done", "text", place=TextPlace.SESSION_TASK, longest=240)
        person_id = st.selectbox(
            "Who does it", list(names), format_func=names.__getitem__,
            index=None, placeholder="Nobody yet", **form.choice("person", names),
        )  # fmt: skip
        due = form.line(f"By when, for example {A_DAY} (can be left empty)", "due", place=None)
        if st.button("Add this", key=f"{form.key}-save"):
            with form.saving("Added.") as (db, actor):
                add_task(
                    db, actor, one.row.id, text=text, person_id=person_id,
                    due_on=typed_day(due, "due_on", Meant.COMING),
                )  # fmt: skip


def _confirm(one: SessionDetail) -> None:
    st.text("Confirm it once the day, the place and what it is for will not change.")
    if st.button("Confirm this session", type="primary", key="session-confirm"):
        with saving("It is confirmed.") as (db, actor):
            confirm_session(db, actor, one.row.id)


def _move(one: SessionDetail) -> None:
    row = one.row
    opened = {"starts_at": row.starts_at, "ends_at": row.ends_at}
    labels = {"starts_at": "It begins", "ends_at": "It ends"}
    form = carried_form("session-move", row.id, opened, labels)
    with st.expander("Move it", expanded=form.restored):
        form.begin()
        day = form.line(f"New day, for example {A_DAY}", "day", place=None)
        times = form.line(
            f"From when to when (empty: {clock(row.starts_at)} to {clock(row.ends_at)})", "times",
            place=None, placeholder=A_TIME,
        )  # fmt: skip
        why = form.area(
            "Why? Everybody who was asked can read it", "why", place=TextPlace.SESSION_MOVED
        )
        if st.button("Move this session", key=f"{form.key}-save"):
            with form.saving("It has been moved. Tell everybody who was asked.") as (db, actor):
                typed = times.strip() or f"{clock(row.starts_at)} to {clock(row.ends_at)}"
                starts_at, ends_at = session_times(
                    typed_day(day, "day", Meant.COMING), *typed_times(typed)
                )
                move_session(
                    db, actor, row.id, starts_at=starts_at, ends_at=ends_at, why=why,
                    opened=form.opened,
                )  # fmt: skip


def _cancel(one: SessionDetail) -> None:
    form = carried_form("session-cancel", one.row.id)
    with st.expander("Cancel it", expanded=form.restored):
        form.begin()
        why = form.area(
            "Why? Everybody who was asked can read it", "why", place=TextPlace.SESSION_CANCELLED
        )
        if st.button("Cancel this session", key=f"{form.key}-save"):
            with form.saving("It is cancelled. Tell everybody who was asked.") as (db, actor):
                cancel_session(db, actor, one.row.id, why=why)
