"""The form that plans a session or changes its plan."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from typing import Any

import streamlit as st

from coprod_data.commands.priorities import tie_priority
from coprod_data.commands.sessions import change_session, plan_session
from coprod_data.permissions import Invalid, Permission
from coprod_data.queries.groups import open_groups
from coprod_data.queries.priorities_choices import priorities_to_meet_about
from coprod_data.queries.promise import themes
from coprod_data.queries.sessions import SessionDetail
from coprod_data.queries.sessions_audiences import audiences
from coprod_data.queries.sessions_beside import who_may_lead, work_to_meet_for
from coprod_data.queries.venues import venues_in_use
from coprod_data.rules.session_plan import MOST_PEOPLE, SessionPlan, session_times
from coprod_data.rules.typed_days import Meant
from coprod_data.rules.typed_hours import typed_spans
from coprod_data.vocabulary.rewordings import TextPlace
from coprod_data.vocabulary.sessions import SessionKind, SessionWay
from coprod_data.vocabulary.surveys import CameOf
from pages.parts.address import number_in_address
from pages.parts.boxes import number_box
from pages.parts.carried import Form, carried_form
from pages.parts.faults import refusals
from pages.parts.forms import words_of
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import A_DAY, typed_day

A_TIME = "4.30pm to 6.30pm"
LABELS = {
    "title": "Title (one that a twelve-year-old understands)",
    "kind": "What kind of session it is",
    "theme_id": "Theme",
    "aims": "What it is for",
    "group_id": "Group that it is with",
    "opportunity_id": "Opportunity that it works on",
    "way": "How people take part",
    "venue_id": "Venue",
    "joining": "How people join from elsewhere (a link or a number is sent by the team)",
    "facilitator_id": "Who leads it",
    "young_leaders": "Young people who lead it (first name or group only)",
    "led_with": "Who leads it with them, and where they work",
    "independent": "Who of them is independent of the council, and why (can be left empty)",
    "largest": "Young people, at most",
    "helpers": "Adults who help (the best small groups had one for three or four)",
    "access": "Access: what is there for everybody, and until when to ask for more",
    "other_ways": "How to take part for who cannot come",
    "food": "Food",
    "travel": "Travel",
    "warm_up": "How it begins: a warm-up",
    "pace": "Pace: breaks, time to think",
    "ground_rules": "Ground rules, one a line (empty: those that the group agreed last)",
    "since_last": "What happened after the last one? They are told it first",
}
PRIORITY = "Priority that it is about (young people chose it)"
CHOOSE = "Choose one"
MANY = range(1, MOST_PEOPLE + 1)
LINE_PLACES = {
    "food": TextPlace.SESSION_FOOD,
    "travel": TextPlace.SESSION_TRAVEL,
    "warm_up": TextPlace.SESSION_WARM_UP,
    "pace": TextPlace.SESSION_PACE,
}
LINES = tuple(LINE_PLACES)


def planning() -> None:
    """Show the form that plans a session; the address may name its kind, theme, group, opportunity
    or priority.
    """
    first = SessionPlan(
        theme_id=number_in_address("theme"),
        group_id=number_in_address("group"),
        opportunity_id=number_in_address("opportunity"),
        kind=_kind(),
    )
    priority_id = number_in_address("priority")
    values = {**first.values, "priority_id": priority_id}
    form = carried_form("session", "new", values, {**LABELS, "priority_id": PRIORITY})
    form.begin()
    day = form.line(f"Day, for example {A_DAY}", "day", place=None)
    times = form.line(f"From when to when, for example {A_TIME}", "times", place=None)
    priority_id = _priority(form, priority_id)
    plan = _boxes(form, first)
    if st.button("Plan this session", type="primary", key=f"{form.key}-save"):
        with form.saving("It is planned. Confirm it once it will not change.") as (
            db,
            actor,
        ):
            begins, ends = typed_times(times)
            starts_at, ends_at = session_times(typed_day(day, "day", Meant.COMING), begins, ends)
            number = plan_session(db, actor, plan=plan, starts_at=starts_at, ends_at=ends_at)
            if priority_id is not None:
                tie_priority(db, actor, priority_id, CameOf.SESSION, number)
            st.query_params.from_dict({"id": str(number)})


def _priority(form: Form, start: int | None) -> int | None:
    """Show the priorities to whoever keeps them, those that nobody met about first."""
    with refusals(stop=True), reading() as (db, actor):
        known = priorities_to_meet_about(db, actor) if actor.may(Permission.SURVEYS_WRITE) else {}
    return named(form, PRIORITY, "priority_id", known, start) if known else None


def _kind() -> SessionKind | None:
    """Return the kind that the address names; a theme alone means a themed conversation."""
    usual = SessionKind.THEMED_CONVERSATION.value if "theme" in st.query_params else ""
    named = st.query_params.get("kind", usual)
    return SessionKind(named) if named in list(SessionKind) else None


def changing(one: SessionDetail) -> None:
    """Show the form that changes the plan of a session."""
    form = carried_form("session", one.row.id, one.plan.values, LABELS)
    with st.expander("Change the plan", expanded=form.restored):
        form.begin()
        plan = _boxes(form, one.plan)
        if st.button("Save the plan", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                change_session(db, actor, one.row.id, plan=plan, opened=form.opened)


def typed_times(typed: str) -> tuple[time, time]:
    """Return the two times that were typed. Raises Invalid."""
    try:
        spans = typed_spans(typed)
    except ValueError as fault:
        raise Invalid(str(fault), field="times") from None
    if len(spans) != 1:
        raise Invalid(f"Write from when to when, for example {A_TIME}.", field="times")
    return spans[0]


def _boxes(form: Form, start: SessionPlan) -> SessionPlan:
    with refusals(stop=True), reading() as (db, actor):
        parts = {part.id: part.names for part in themes(db, actor)}
        works = work_to_meet_for(db, actor)
    title = form.line(LABELS["title"], "title", place=TextPlace.SESSION_TITLE, longest=160)
    left, right = st.columns(2)
    with left:
        kind = st.selectbox(
            LABELS["kind"], [*SessionKind], format_func=words_of,
            index=None, placeholder=CHOOSE, **form.choice("kind", SessionKind, start.kind),
        )  # fmt: skip
    with right:
        theme_id = named(form, LABELS["theme_id"], "theme_id", parts, start.theme_id)
    opportunity_id = named(
        form, LABELS["opportunity_id"], "opportunity_id", works, start.opportunity_id
    )
    aims = form.area(LABELS["aims"], "aims", place=TextPlace.SESSION_AIMS)
    shared = shared_boxes(form, start, LINES)
    return replace(
        shared, title=title, kind=kind, aims=aims, theme_id=theme_id,
        opportunity_id=opportunity_id,
    )  # fmt: skip


def shared_boxes(form: Form, start: SessionPlan, lines: Sequence[str]) -> SessionPlan:
    """Show the boxes about who leads it, where, for whom; `lines` are the short texts after them.

    A series asks the same of all its workshops, and once what happened after the last session.
    """
    if start.group_id is not None:
        _group_so_far(start.group_id)
    since = form.area(LABELS["since_last"], "since_last", place=TextPlace.SESSION_SINCE)
    with refusals(stop=True), reading() as (db, actor):
        groups = open_groups(db, actor) if actor.may(Permission.GROUPS_READ) else {}
        places = venues_in_use(db, actor)
        people = who_may_lead(db, actor)
    left, right = st.columns(2)
    with left:
        group_id = named(form, LABELS["group_id"], "group_id", groups, start.group_id)
        facilitator_id = named(
            form, LABELS["facilitator_id"], "facilitator_id", people, start.facilitator_id
        )
        young = form.line(
            LABELS["young_leaders"], "young_leaders", place=TextPlace.SESSION_YOUNG, longest=160
        )
        largest = number_box(
            LABELS["largest"], least=1, most=MOST_PEOPLE, step=1, value=None,
            **form.choice("largest", MANY, start.largest),
        )  # fmt: skip
    with right:
        way = st.selectbox(
            LABELS["way"], [*SessionWay], format_func=words_of,
            index=None, placeholder=CHOOSE, **form.choice("way", SessionWay, start.way),
        )  # fmt: skip
        venue_id = named(form, LABELS["venue_id"], "venue_id", places, start.venue_id)
        led_with = form.line(
            LABELS["led_with"], "led_with", place=TextPlace.SESSION_LED_WITH, longest=160
        )
        helpers = number_box(
            LABELS["helpers"], least=1, most=MOST_PEOPLE, step=1, value=None,
            **form.choice("helpers", MANY, start.helpers),
        )  # fmt: skip
    independent = form.line(
        LABELS["independent"], "independent", place=TextPlace.SESSION_INDEPENDENT, longest=240
    )
    joining = form.line(LABELS["joining"], "joining", place=TextPlace.SESSION_JOINING, longest=240)
    access = form.area(LABELS["access"], "access", place=TextPlace.SESSION_ACCESS)
    other = form.area(LABELS["other_ways"], "other_ways", place=TextPlace.SESSION_OTHER_WAYS)
    said: dict[str, Any] = {
        name: form.line(LABELS[name], name, place=LINE_PLACES[name], longest=240) for name in lines
    }
    rules = form.area(LABELS["ground_rules"], "ground_rules", place=TextPlace.SESSION_GROUND_RULES)
    return SessionPlan(
        way=way, venue_id=venue_id, joining=joining, access=access, other_ways=other,
        group_id=group_id, facilitator_id=facilitator_id, young_leaders=young, led_with=led_with,
        independent=independent, largest=largest, helpers=helpers, ground_rules=rules,
        since_last=since, **said,
    )  # fmt: skip


def _group_so_far(group_id: int) -> None:
    """Show when a group usually meets, and what was heard at the last session with it."""
    with refusals(stop=True), reading() as (db, actor):
        group = next((one for one in audiences(db, actor) if one.id == group_id), None)
    said = (("Usual time", group.meets), ("Said last", group.last_heard)) if group else ()
    facts = [{"label": label, "words": words, "whole": True} for label, words in said if words]
    if group is not None and facts:
        show("facts.html", title=group.name, facts=facts)


def named(
    form: Form, label: str, name: str, options: dict[int, str], start: int | None
) -> int | None:
    """Show what may be chosen; what was chosen before stays, also where it is no longer offered."""
    if start is not None and start not in options:
        options = {start: "As it is now", **options}
    chosen: int | None = st.selectbox(
        label, list(options), format_func=options.__getitem__, index=None,
        placeholder=CHOOSE, **form.choice(name, options, start),
    )  # fmt: skip
    return chosen
