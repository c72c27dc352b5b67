"""One course: what it is, its dates, how many are trained, and the forms of who keeps it."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from coprod_data.commands.training import (
    add_course,
    add_date,
    change_course,
    close_course,
    reopen_course,
)
from coprod_data.permissions import Permission
from coprod_data.queries.events_of import history_of_course
from coprod_data.queries.training import CourseRow, DateRow, course_dates
from coprod_data.queries.training_coverage import CoveredRow, coverage
from coprod_data.rules.meeting_plan import hours_words
from coprod_data.rules.small_numbers import SMALLEST
from coprod_data.rules.training import LONGEST, TRAINED, CoursePlan
from coprod_data.vocabulary.rewordings import TextPlace
from coprod_data.vocabulary.training import Audience, Standing, TrainingLevel
from pages.listening.training_date import date_boxes, places_words
from pages.parts.boxes import number_box
from pages.parts.carried import Form, carried_form
from pages.parts.faults import refusals
from pages.parts.forms import saving, sure, words_of
from pages.parts.html import show
from pages.parts.looks import Look
from pages.parts.sign_in import reading
from pages.parts.tables import Column, download, table
from pages.parts.times import on
from pages.shared.happened import show_happened

HERE = "/training"
PRIVATE = "kept private"
FLAGS = {
    "required": "Of these, managers, officers and members have to do it",
    "with_young": "Young people deliver it with us",
    "accessible": "It is accessible, also for people with SEND",
}
LABELS = {
    "title": "Name of the course",
    "level": "What it teaches",
    "aims": "What young people expect of it",
    "refresh_months": "It is refreshed after so many months (left empty: never)",
    **FLAGS,
}


def labels() -> dict[str, str]:
    """Return what each box asks; some of it is called otherwise in another council."""
    return {**LABELS, **{one.value: one.words for one in Audience}}


def until_words(row: CourseRow) -> str:
    """Return until when what the reader did counts, or counted."""
    if row.until is None:
        return ""
    counts = "counts" if row.standing in TRAINED else "counted"
    return f"{counts} until {on(row.until)}"


def one_course(row: CourseRow) -> None:
    """Show a course, and its forms to those who keep it."""
    with refusals(stop=True), reading() as (db, actor):
        keeps = actor.may(Permission.TRAINING_KEEP)
        dates = course_dates(db, actor, row.id)
        covers = actor.may(Permission.TRAINING_COVERAGE)
        covered = coverage(db, actor, course_id=row.id) if covers else []
        happened = history_of_course(db, actor, row.id) if keeps else []
    show("facts.html", title="About this course", facts=_facts(row))
    shown = [one for one in dates if keeps or one.state or not (one.past or one.cancelled)]
    show("section.html", title="Dates", count=len(shown))
    show(
        "list.html", rows=[_date_values(one) for one in shown],
        empty="No date is planned. Who waits for one tells the Youth Voice Team.",
    )  # fmt: skip
    if covered:
        people = [one for one in covered if one.service_id is None]
        services = [one for one in covered if one.service_id is not None]
        if people:
            covered_table("How many are trained and in date", people, named="who")
        if services:
            covered_table("Staff by service, beside the participation audit", services, named="who")
        download("training", "these numbers", course=row.id)
    if keeps and row.closed:
        if st.button("Offer this course again", key=f"reopen-{row.id}"):
            with saving("It is offered again.") as (db, actor):
                reopen_course(db, actor, row.id)
    elif keeps:
        _add_date(row)
        _change(row)
        if sure(
            "Do not offer it any more", f"close-{row.id}", yes="Yes, end this course",
            question="Who did it stays trained. It can be offered again.",
        ):  # fmt: skip
            with saving("It is not offered any more.") as (db, actor):
                close_course(db, actor, row.id)
    if happened:
        show_happened(happened, here=f"{HERE}?id={row.id}")


def covered_table(caption: str, rows: Sequence[CoveredRow], *, named: str) -> None:
    """Show how many are trained; of services, beside what each said in its audit."""
    audited = any(row.service_id is not None for row in rows)
    columns = [Column("Course"), Column("Who")] if named == "course" else [Column("Who")]
    numbers = ["In role", "Trained and in date", "Percent"]
    columns += [Column(title, number=True) for title in numbers]
    if audited:
        columns.append(Column("Audit: standards established", number=True))
    table(
        caption,
        columns,
        [
            (
                *((row.course, row.who_counted) if named == "course" else (row.who_counted,)),
                row.base if row.base is not None else "–" if row.trained else PRIVATE,
                PRIVATE if row.trained is None else row.trained,
                "–" if row.per_hundred is None else f"{row.per_hundred}%",
                *([f"{row.audit[0]} of {row.audit[1]}" if row.audit else None] * audited),
            )
            for row in rows
        ],
        empty="",
    )
    if any(row.trained is None for row in rows):
        show(
            "lede.html",
            words=f"A number below {SMALLEST} is private, and so is the next one where it would "
            "tell it.",
        )  # fmt: skip


def add_course_form() -> None:
    """Show the form that adds a course."""
    first = CoursePlan(title="")
    form = carried_form("course", "new", first.values, labels())
    with st.expander("Add a course", expanded=form.restored):
        form.begin()
        plan = _boxes(form)
        if st.button("Add this course", type="primary", key=f"{form.key}-save"):
            with form.saving("Added. Now add its dates.") as (db, actor):
                number = add_course(db, actor, plan=plan)
                st.query_params.from_dict({"id": str(number)})


def _facts(row: CourseRow) -> list[dict[str, object]]:
    plan = row.plan
    months = plan.refresh_months
    texts = [
        ("What it teaches", plan.level.words if plan.level else ""),
        ("For", ", ".join(one.words for one in Audience if one in plan.audiences)),
        ("Has to be done", "Yes" if plan.required else "No, people choose"),
        ("Refreshed", f"After {months} months" if months else "It does not run out"),
        ("Delivered", "Together with young people" if plan.with_young else "By adults"),
        ("Accessible", "Yes, also for people with SEND" if plan.accessible else "Ask us first"),
        (
            "You",
            ", ".join(filter(None, (row.standing.words, until_words(row)))) if row.mine else "",
        ),
    ]
    facts: list[dict[str, object]] = [
        {"label": label, "words": words, "whole": False} for label, words in texts if words
    ]
    if plan.aims:
        aims = "What young people expect of it"
        facts.append({"label": aims, "words": plan.aims, "whole": True})
    return facts


def _date_values(row: DateRow) -> dict[str, object]:
    where = row.venue or row.plan.place
    hours = hours_words(row.plan.begins, row.plan.ends)
    places = f"places: {places_words(row)}"
    return {
        "title": on(row.held_on),
        "detail": " · ".join(part for part in (hours, where, places) if part),
        "state": date_state(row),
        "word": None,
        "href": f"{HERE}?date={row.id}",
    }


def date_state(row: DateRow) -> Look | Standing | None:
    """Return what is to be known of a date first: above all the reader's own place."""
    if row.cancelled:
        return Look("Cancelled", "plain", "cross")
    if row.past:
        if row.recorded:
            return Look(row.state.words if row.state else "Held", "plain", "check")
        return Look("Nobody has recorded who came", "soon", "question")
    if row.state:
        return Standing.PLACED if row.placed else Standing.WAITING
    return Look("Full", "plain", "clock") if row.full else None


def _add_date(row: CourseRow) -> None:
    form = carried_form("course-date", f"new-{row.id}", {"venue_id": None, "places": None})
    with st.expander("Add a date", expanded=form.restored):
        form.begin()
        said = date_boxes(form)
        if st.button("Add this date", type="primary", key=f"{form.key}-save"):
            with form.saving("Added. People can book now.") as (db, actor):
                add_date(db, actor, row.id, plan=said())


def _change(row: CourseRow) -> None:
    form = carried_form("course", row.id, row.plan.values, labels())
    with st.expander("Change this course", expanded=form.restored):
        form.begin()
        plan = _boxes(form)
        if st.button("Save this course", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                change_course(db, actor, row.id, plan=plan, opened=form.opened)


def _boxes(form: Form) -> CoursePlan:
    start = form.carried.start
    title = form.line(LABELS["title"], "title", place=None, longest=120)
    level = st.radio(
        LABELS["level"], [*TrainingLevel], index=None, format_func=words_of,
        **form.choice("level", TrainingLevel, start["level"]),
    )  # fmt: skip
    st.text("For whom it is")
    ticks: dict[str, Any] = {}
    for place, column in enumerate(st.columns(3)):
        with column:
            for one in [*Audience][place::3]:
                ticks[one.value] = _tick(form, one.value)
    for name in FLAGS:
        ticks[name] = _tick(form, name)
    months = number_box(
        LABELS["refresh_months"], least=1, most=LONGEST, value=None, step=1,
        **form.choice("refresh_months", range(LONGEST + 1), start["refresh_months"]),
    )  # fmt: skip
    aims = form.area(LABELS["aims"], "aims", place=TextPlace.COURSE_AIMS)
    return CoursePlan(title=title, level=level, aims=aims, refresh_months=months, **ticks)


def _tick(form: Form, name: str) -> bool:
    return st.checkbox(labels()[name], **form.choice(name, (False, True), form.carried.start[name]))
