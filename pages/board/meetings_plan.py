"""The forms that plan a meeting, change it, move it and cancel it."""

import streamlit as st

from coprod_data.commands.meetings import (
    cancel_meeting,
    change_meeting,
    move_meeting,
    plan_meeting,
)
from coprod_data.queries.meetings import MeetingDetail
from coprod_data.queries.promise import themes
from coprod_data.rules.meeting_plan import MOST_PEOPLE, MeetingPlan, hours_words
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.boxes import number_box
from pages.parts.carried import Form, carried_form
from pages.parts.faults import refusals
from pages.parts.past_days import sure_if_past
from pages.parts.sign_in import reading
from pages.parts.times import A_DAY, A_TIME, on, typed_day, typed_times

LABELS = {
    "theme_id": "Theme",
    "place": "Place",
    "online": "How to join online (a link or a number is sent by the clerk)",
    "open_to_public": "The public may come to the public part",
    "private_part": "What is discussed without the public, and why (can be left empty)",
    "quorum": "Quorum: how many members it needs to decide",
    "young_people": "How many young people are invited",
}
NUMBERS = range(MOST_PEOPLE + 1)


def planning() -> None:
    """Show the form that plans a meeting."""
    first = MeetingPlan()
    form = carried_form("meeting", "new", first.values, LABELS)
    form.begin()
    day = form.line(f"Day, for example {A_DAY}", "day", place=None)
    times = form.line(f"From when to when, for example {A_TIME}", "times", place=None)
    plan = _boxes(form, first)
    if st.button("Plan this meeting", type="primary", key=f"{form.key}-save"):
        done = labelled("It is planned. The members of the Board are invited.")
        with form.saving(done) as (db, actor):
            begins, ends = typed_times(times)
            meets_on = sure_if_past(typed_day(day, "day", Meant.COMING), "day", form.key)
            number = plan_meeting(
                db, actor, meets_on=meets_on, begins=begins, ends=ends, plan=plan
            )  # fmt: skip
            st.query_params.from_dict({"id": str(number)})


def changing(one: MeetingDetail) -> None:
    """Show the forms that change, move and cancel a meeting."""
    form = carried_form("meeting", one.row.id, one.plan.values, LABELS)
    with st.expander("Change this meeting", expanded=form.restored):
        form.begin()
        plan = _boxes(form, one.plan)
        if st.button("Save this meeting", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                change_meeting(db, actor, one.row.id, plan=plan, opened=form.opened)
    _move(one)
    _cancel(one)


def _boxes(form: Form, start: MeetingPlan) -> MeetingPlan:
    with refusals(stop=True), reading() as (db, actor):
        parts = {part.id: part.names for part in themes(db, actor)}
    if start.theme_id is not None and start.theme_id not in parts:
        parts = {start.theme_id: "As it is now", **parts}
    left, right = st.columns(2)
    with left:
        theme_id = st.selectbox(
            LABELS["theme_id"], list(parts), format_func=parts.__getitem__, index=None,
            placeholder="No theme yet", **form.choice("theme_id", parts, start.theme_id),
        )  # fmt: skip
        place = form.line(LABELS["place"], "place", place=None, longest=160)
        online = form.line(LABELS["online"], "online", place=None, longest=240)
    with right:
        quorum = _number(form, "quorum", start.quorum)
        young = _number(form, "young_people", start.young_people)
        public = st.checkbox(
            LABELS["open_to_public"],
            **form.choice("open_to_public", (True, False), start.open_to_public),
        )
    private = form.line(
        LABELS["private_part"], "private_part", place=TextPlace.MEETING_PRIVATE, longest=240
    )
    return MeetingPlan(
        theme_id=theme_id, place=place, online=online, open_to_public=public,
        private_part=private, quorum=quorum, young_people=young,
    )  # fmt: skip


def _number(form: Form, name: str, start: int | None) -> int | None:
    number: int | None = number_box(
        f"{LABELS[name]} (can be left empty)", least=0, most=MOST_PEOPLE, value=None,
        step=1, **form.choice(name, NUMBERS, start),
    )  # fmt: skip
    return number


def _move(one: MeetingDetail) -> None:
    row = one.row
    opened = {"meets_on": row.on, "begins": row.begins, "ends": row.ends}
    labels = {"meets_on": "Day", "begins": "It begins", "ends": "It ends"}
    form = carried_form("meeting-move", row.id, opened, labels)
    hours = hours_words(row.begins, row.ends)
    with st.expander("Move it", expanded=form.restored):
        form.begin()
        day = form.line(f"New day (empty: {on(row.on)})", "day", place=None)
        times = form.line(
            f"From when to when (empty: {hours or 'as it is, not known'})", "times", place=None,
            placeholder=A_TIME,
        )  # fmt: skip
        why = form.area(
            "Why? Everybody who is invited can read it", "why", place=TextPlace.MEETING_MOVED
        )
        if st.button("Move this meeting", key=f"{form.key}-save"):
            with form.saving("It has been moved. Those who answered are asked again.") as (
                db,
                actor,
            ):
                begins, ends = typed_times(times) if times.strip() else (row.begins, row.ends)
                move_meeting(
                    db, actor, row.id, meets_on=typed_day(day, "day", Meant.COMING) or row.on,
                    begins=begins, ends=ends, why=why, opened=form.opened,
                )  # fmt: skip


def _cancel(one: MeetingDetail) -> None:
    form = carried_form("meeting-cancel", one.row.id)
    with st.expander("Cancel it", expanded=form.restored):
        form.begin()
        why = form.area(
            "Why? Everybody who is invited can read it", "why", place=TextPlace.MEETING_CANCELLED
        )
        if st.button("Cancel this meeting", key=f"{form.key}-save"):
            with form.saving("It is cancelled. Tell everybody who was invited.") as (db, actor):
                cancel_meeting(db, actor, one.row.id, why=why)
