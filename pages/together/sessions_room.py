"""A session in the room: the run sheet with one open step, and who is here, in numbers only."""

import streamlit as st

from coprod_data.commands.sessions_after import record_who_came
from coprod_data.commands.sessions_before import begin_run_sheet, set_run_sheet, tick_step
from coprod_data.permissions import Invalid
from coprod_data.queries.people import services
from coprod_data.queries.sessions import SessionDetail
from coprod_data.queries.sessions_beside import CameRow, StepRow, run_sheet, who_came
from coprod_data.queries.settings import duty
from coprod_data.rules.run_sheets import Step, lines_of, read_lines
from coprod_data.rules.session_parts import Part, by_name
from coprod_data.rules.session_plan import MOST_PEOPLE
from coprod_data.rules.session_templates import agendas
from coprod_data.vocabulary.rewordings import TextPlace
from coprod_data.vocabulary.sessions import AHEAD, AttendeeKind, SessionState
from pages.parts.boxes import number_box
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import saving
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import clock
from pages.together.sessions_goals import ground_rules
from pages.together.sessions_joining import joining
from pages.together.sessions_wall import wall

ALWAYS = [kind for kind in AttendeeKind if kind is not AttendeeKind.SERVICE]


def room(one: SessionDetail) -> None:
    """Show the run sheet beside who is here."""
    with refusals(stop=True), reading() as (db, actor):
        steps = run_sheet(db, actor, one.row.id)
        came = who_came(db, actor, one.row.id)
        on_duty = duty(db, actor)
    left, right = st.columns([2, 1])
    with left:
        wall(one)
        with st.expander("Ground rules, to read aloud"):
            ground_rules(one)
        _sheet(one, steps)
        open_now = on_duty.opens_at <= on_duty.at
        show(
            "session_worried.html",
            lead=on_duty.people[0].name if on_duty.people else "",
            phone=on_duty.phone if open_now else on_duty.out_of_hours,
        )
    with right:
        joining(one)
        numbers(one, came)


def numbers(one: SessionDetail, came: list[CameRow]) -> None:
    """Show how many came by part; the boxes to those who may change it."""
    may = one.may_change and one.row.state is not SessionState.CLOSED and one.row.begun
    if not may:
        show("session_came.html", rows=[(row.part, row.words) for row in came])
        return
    with refusals(stop=True), reading() as (db, actor):
        known = {row.id: row.name for row in services(db, actor)}
    opened: dict[Part, int] = {(kind, None): 0 for kind in ALWAYS}
    opened |= {(row.kind, row.service_id): row.number or 0 for row in came}
    names = {part: next(iter(by_name({part: 0}))) for part in opened}
    labels = {name: _part_words(part, known) for part, name in names.items()}
    form = carried_form("session-came", one.row.id, by_name(opened), labels)
    others = [number for number in known if (AttendeeKind.SERVICE, number) not in opened]
    with st.container(border=True, key="session-came"):
        form.begin()
        if one.row.state in AHEAD:
            show("sub_heading.html", title="Who is here", level=2)
        st.text("Numbers only. Never a young person's name.")
        with st.form(f"{form.key}-form", border=False):
            typed = {
                part: number_box(labels[name], least=0, most=MOST_PEOPLE, step=1, **form.box(name))
                for part, name in names.items()
            }
            service_id = st.selectbox(
                "Another service", others, index=None, format_func=known.__getitem__,
                key=form.key_of("service"),
            )  # fmt: skip
            number = number_box(
                "How many of that service", least=0, most=MOST_PEOPLE, step=1,
                key=form.key_of("service-number"),
            )  # fmt: skip
            if st.form_submit_button("Save who came", type="primary"):
                with form.saving("Saved.") as (db, actor):
                    if (service_id is None) != (not number):
                        raise Invalid("Choose the service and say how many.", field="came")
                    if service_id is not None:
                        typed[AttendeeKind.SERVICE, service_id] = number
                    seen = {part: form.opened[name] for part, name in names.items()}
                    record_who_came(db, actor, one.row.id, came=typed, opened=seen)


def _part_words(part: Part, known: dict[int, str]) -> str:
    return part[0].words if part[1] is None else known.get(part[1], "A service")


def _sheet(one: SessionDetail, steps: list[StepRow]) -> None:
    open_now = next((step for step in steps if step.done_at is None), None)
    show("session_sheet.html", steps=[_step(step, step is open_now) for step in steps])
    may = one.may_change and one.row.state is not SessionState.CLOSED
    if not may:
        return
    done = [step for step in steps if step.done_at is not None]
    with st.container(horizontal=True):
        if open_now and st.button(
            "Next step", type="primary", key=f"next-{open_now.id}"
        ):  # fmt: skip
            with saving() as (db, actor):
                tick_step(db, actor, open_now.id)
        if done and st.button("One step back", key=f"back-{done[-1].id}"):
            with saving() as (db, actor):
                tick_step(db, actor, done[-1].id, done=False)
    _write(one, steps)


def _step(step: StepRow, is_open: bool) -> dict[str, object]:
    return {
        "begins": step.begins,
        "title": step.title,
        "detail": step.detail,
        "done": f"Done at {clock(step.done_at)}" if step.done_at else "",
        "open": is_open,
    }


def _write(one: SessionDetail, steps: list[StepRow]) -> None:
    now = [Step(step.begins, step.title, step.detail) for step in steps]
    if not steps:
        _template(one)
    form = carried_form(
        "session-sheet", one.row.id, {"steps": lines_of(now)}, {"steps": "Run sheet"}
    )
    with st.expander("Write the run sheet", expanded=form.restored or not steps):
        form.begin()
        st.text("One step a line: the time, what it is, and more after a stroke, for example:")
        st.text("16:30 Food and hello\n17:10 What gets in the way? | In threes, then out loud")
        text = form.area("Run sheet", "steps", place=TextPlace.STEP_DETAIL, height=240)
        if st.button("Save the run sheet", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                set_run_sheet(
                    db,
                    actor,
                    one.row.id,
                    steps=read_lines(text),
                    opened=read_lines(form.opened["steps"]),
                )


def _template(one: SessionDetail) -> None:
    names = {name: agenda.name for name, agenda in agendas().items()}
    kind = one.row.kind.value
    chosen = st.selectbox(
        "Begin with an agenda", list(names), format_func=names.__getitem__,
        index=list(names).index(kind) if kind in names else None,
        placeholder="Choose one", key="session-agenda",
    )  # fmt: skip
    if chosen and st.button("Begin with this", key="session-agenda-take"):
        with saving("Here it is. Change what does not fit.") as (db, actor):
            begin_run_sheet(db, actor, one.row.id, agenda=chosen)
