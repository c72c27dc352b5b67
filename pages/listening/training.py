"""Training: what its reader has to do, who of their team is not trained, and how many are."""

from collections.abc import Sequence

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.training import CourseRow, course, course_date, courses
from coprod_data.queries.training_coverage import coverage
from coprod_data.queries.training_people import NextRow, Team, my_team, number_next, who_is_next
from coprod_data.rules.training import TRAINED
from coprod_data.vocabulary.training import Standing
from pages.listening.training_course import add_course_form, covered_table, one_course, until_words
from pages.listening.training_date import one_date
from pages.listening.training_learners import learners_form
from pages.parts.address import row_in_address, say_if_lost
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.looks import Look
from pages.parts.sign_in import reading
from pages.parts.tables import Column, download, table
from pages.parts.times import on

HERE = "/training"


def course_values(row: CourseRow) -> dict[str, object]:
    """Return a course as a row of `list.html`, as its reader stands with it."""
    plan = row.plan
    parts = [
        "You have to do it" if row.owed else "You choose" if row.mine else "",
        "" if row.mine else ", ".join(one.words for one in sorted(plan.audiences)),
        until_words(row),
        f"next on {on(row.next_on)}" if row.next_on else "no date yet",
        "with young people" if plan.with_young else "",
        "accessible" if plan.accessible else "",
    ]
    told = row.mine and (row.owed or row.standing is not Standing.NEVER)
    ended = Look("Not offered any more", "plain", "cross") if row.closed else None
    return {
        "title": plan.title,
        "detail": " · ".join(part for part in parts if part),
        "state": ended or (row.standing if told else None),
        "word": None,
        "href": f"{HERE}?id={row.id}",
    }


def lede(rows: Sequence[CourseRow], team: Team | None) -> str:
    """Return who of the reader's team is not trained, and how many courses they owe themselves."""
    owed = [row for row in rows if row.owed and row.standing not in TRAINED]
    booked = sum(row.standing is Standing.PLACED for row in owed)
    placed = f" You have a place on {booked} of these." if booked else ""
    parts = []
    if team and team.size:
        parts.append(
            f"{team.without} of {team.size} in your team have training to do."
            if team.without
            else "Everybody in your team is trained and in date."
        )
    if owed:
        names = [row.plan.title for row in owed]
        one = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
        parts.append(f"You owe {one}.{placed}")
    elif any(row.owed for row in rows):
        parts.append("You owe nothing: you are trained and in date.")
    return " ".join(parts)


def team_values(rows: Sequence[NextRow]) -> list[dict[str, object]]:
    """Return the people of a team who lack a course, as rows of `list.html`."""
    by_person: dict[object, list[NextRow]] = {}
    for row in rows:
        by_person.setdefault(row.who.key, []).append(row)
    return [
        {
            "title": of[0].who.name,
            "detail": " · ".join(
                f"{row.course}: {row.standing.words.lower()}" for row in of
            ),
            "state": Look(
                f"{len(of)} to do", *(("alert", "warning") if lacks else ("soon", "calendar"))
            ),
            "word": None,
            "href": None,
        }
        for of in by_person.values()
        for lacks in [any(row.standing in (Standing.NEVER, Standing.EXPIRED) for row in of)]
    ]  # fmt: skip


def every(rows: Sequence[CourseRow], team: Team | None) -> None:
    """Show the reader's own courses, their team, how many are trained, and all other courses."""
    mine = [row for row in rows if row.mine and not row.closed]
    others = [row for row in rows if not row.mine or row.closed]
    with refusals(stop=True), reading() as (db, actor):
        keeps = actor.may(Permission.TRAINING_KEEP)
        number = number_next(db, actor) if keeps else 0
        covered = coverage(db, actor) if actor.may(Permission.TRAINING_COVERAGE) else []
    if mine:
        show("section.html", title="For you", count=len(mine))
        show("list.html", rows=[course_values(row) for row in mine], empty="")
    elif not rows:
        show(
            "empty.html", title="No training yet", icon="school",
            words="Courses are here once the Youth Voice Team or the administrator adds them.",
        )  # fmt: skip
    if team is not None:
        values = team_values(team.rows)
        show("section.html", title="Your team", count=len(values))
        show(
            "list.html", rows=values,
            empty="Nobody has training to do."
            if team.size
            else "Nobody is in your team yet. An administrator names your service under People.",
        )  # fmt: skip
        if values:
            show("lede.html", words="To book somebody, open a course and choose one of its dates.")
            download("training_next", "who in your team comes next")
    if keeps and number:
        show("more.html", words=f"Who comes next: {number} to train", href=f"{HERE}?next=1")
    told = [row for row in covered if row.service_id is None and row.required]
    if told:
        covered_table("How many are trained in what has to be done", told, named="course")
        download("training", "this table, with each service")
    if others:
        show("section.html", title="Other courses", count=len(others))
        show("list.html", rows=[course_values(row) for row in others], empty="")
    if rows:
        download("courses", "the list of courses")
    if keeps:
        add_course_form()
    if keeps or team is not None:
        learners_form()


def show_next() -> None:
    """Show by name who has a course to do, those who need it most first."""
    with refusals(stop=True), reading() as (db, actor):
        rows = who_is_next(db, actor)
    table(
        "Who comes next",
        [Column("Name"), Column("Service"), Column("Course"), Column("How they stand")],
        [(row.who.name, row.who.where, row.course, row.standing.words) for row in rows],
        empty="Everybody who has to be trained is trained and in date.",
        sheet="training_next",
    )


def show_all() -> None:
    """Show the page of all courses, or of who comes next."""
    with refusals(stop=True), reading() as (db, actor):
        rows = courses(db, actor)
        team = my_team(db, actor) if actor.may(Permission.TRAINING_TEAM) else None
        names = actor.may(Permission.TRAINING_KEEP) or team is not None
    if names and "next" in st.query_params:
        open_page("Who comes next", Permission.TRAINING_READ, back=("All training", HERE))
        show_next()
        return
    open_page("Training", Permission.TRAINING_READ, lede=lede(rows, team))
    say_if_lost("course")
    say_if_lost("course", "date")
    every(rows, team)


chosen = row_in_address(course)
date = row_in_address(course_date, "date")
if chosen:
    open_page(chosen.plan.title, Permission.TRAINING_READ, back=("All training", HERE))
    one_course(chosen)
elif date:
    open_page(
        f"{date.course}, {on(date.held_on)}", Permission.TRAINING_READ,
        back=("The course", f"{HERE}?id={date.course_id}"),
    )  # fmt: skip
    one_date(date)
else:
    show_all()
