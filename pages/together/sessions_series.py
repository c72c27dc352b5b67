"""A series of workshops: planned in one act, the way from one to the next, hand-outs to print."""

from datetime import datetime

import streamlit as st

from coprod_data.commands.sessions_series import plan_series
from coprod_data.permissions import Invalid
from coprod_data.queries.sessions import SessionDetail
from coprod_data.queries.sessions_series import series
from coprod_data.rules.clocks import london_day
from coprod_data.rules.number_words import in_words
from coprod_data.rules.session_plan import SessionPlan, session_times
from coprod_data.rules.session_templates import Workshop, workshops
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.sessions import SeriesTemplate
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import A_DAY, on, typed_day
from pages.shared.lists import address
from pages.together.sessions_plan import LABELS, shared_boxes, typed_times

HERE = "/sessions"
TEMPLATE = SeriesTemplate.SERVICE_DESIGN
A_MORNING = "10am to 1.30pm"
LINES = ("food", "travel", "pace")


def planning_series() -> None:
    """Show the workshops of the template, and the form that plans all of them in one act."""
    its = workshops(TEMPLATE)
    show(
        "session_series_plan.html", title=TEMPLATE.words,
        workshops=[(one.title, one.aims, one.goals) for one in its],
    )  # fmt: skip
    first = SessionPlan()
    form = carried_form("session-series", "new", first.values, LABELS)
    form.begin()
    days: list[str] = []
    beside_each_other = [box for _ in its[::2] for box in st.columns(2)]
    for place, (one, box) in enumerate(zip(its, beside_each_other, strict=False)):
        with box:
            label = f"Day of workshop {place + 1}, {one.title.lower()}"
            days.append(form.line(label, f"day_{place + 1}", place=None, placeholder=A_DAY))
    times = form.line(f"From when to when, for example {A_MORNING}", "times", place=None)
    plan = shared_boxes(form, first, LINES)
    count = in_words(len(its)).lower()
    if st.button(f"Plan all {count} workshops", type="primary", key=f"{form.key}-save"):
        with form.saving("They are planned. Confirm each once it will not change.") as (db, actor):
            numbers = plan_series(
                db, actor, template=TEMPLATE, plan=plan, times=_times(days, times)
            )  # fmt: skip
            st.query_params.from_dict({"id": str(numbers[0])})


def _times(days: list[str], times: str) -> list[tuple[datetime, datetime]]:
    begins, ends = typed_times(times)
    found = []
    for place, day in enumerate(days, 1):
        try:
            found.append(session_times(typed_day(day, f"day_{place}", Meant.COMING), begins, ends))
        except Invalid as fault:
            raise Invalid(f"Workshop {place}: {fault.sentence}", field=f"day_{place}") from None
    return found


def beside(one: SessionDetail) -> None:
    """Show which workshop of a series this is, and the way to the others and to the hand-outs."""
    if one.series_id is None or one.template is None:
        return
    with refusals(stop=True), reading() as (db, actor):
        rows = series(db, actor, one.series_id)
    show(
        "session_series.html", title=one.template.words, place=one.series_place, count=len(rows),
        rows=[
            {
                "place": row.place, "title": row.title, "day": on(london_day(row.starts_at)),
                "href": address(HERE, id=row.id), "this": row.id == one.row.id,
            }
            for row in rows
        ],
        handouts=address(HERE, id=one.row.id, handouts=1) if workshop_of(one) else "",
    )  # fmt: skip


def workshop_of(one: SessionDetail) -> Workshop | None:
    """Return the workshop of the template that a session was planned from, if it was."""
    if one.template is None or one.series_place is None:
        return None
    return workshops(one.template)[one.series_place - 1]


def handouts(one: SessionDetail) -> None:
    """Show the hand-outs of a workshop, each on a page of its own when it is printed."""
    workshop = workshop_of(one)
    if workshop is None:
        show(
            "empty.html", title="This session has no hand-outs", icon="paper",
            words="Only workshops of a series bring some with them.",
        )  # fmt: skip
        return
    show(
        "session_handouts.html", title=one.row.title, day=on(london_day(one.row.starts_at)),
        group=one.row.group, rules=one.plan.ground_rules.splitlines(),
        goals=workshop.goals, sheets=workshop.handouts,
    )  # fmt: skip
