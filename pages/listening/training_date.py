"""One date of a course: the reader's own place, who is booked, who came, and its forms."""

from collections.abc import Callable, Sequence

import streamlit as st

from coprod_data.commands.training import cancel_date, change_date
from coprod_data.commands.training_places import (
    book_place,
    give_place_back,
    record_attendance,
    say_place_is_known,
)
from coprod_data.permissions import Invalid, Permission
from coprod_data.queries.training import DateRow, course, course_date
from coprod_data.queries.training_people import BookingRow, bookable, bookings_of_date
from coprod_data.queries.training_steps import InRole
from coprod_data.queries.venues import venues_in_use
from coprod_data.rules.meeting_plan import hours_words
from coprod_data.rules.training import MOST_PLACES, DatePlan
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.training import BookingState
from pages.parts.boxes import number_box
from pages.parts.carried import Form, carried_form
from pages.parts.faults import refusals
from pages.parts.forms import fresh, inert, saving, sure
from pages.parts.frame import announce
from pages.parts.html import show
from pages.parts.past_days import sure_if_past
from pages.parts.sign_in import reading
from pages.parts.tables import Column, table
from pages.parts.times import A_DAY, A_TIME, on, typed_day, typed_times

UNNAMED = "A young person without an account"
LABELS = {"held_on": "Day", "places": "Places", "venue_id": "Venue", "place": "Or somewhere else"}


def one_date(row: DateRow) -> None:
    """Show a date, and what its reader may do about it."""
    with refusals(stop=True), reading() as (db, actor):
        keeps = actor.may(Permission.TRAINING_KEEP)
        names = keeps or actor.may(Permission.TRAINING_TEAM)
        booked = bookings_of_date(db, actor, row.id) if names else []
        others = bookable(db, actor, row.id) if names else []
        of = course(db, actor, row.course_id)
    show("facts.html", title="About this date", facts=_facts(row))
    if row.cancelled:
        show("lede.html", words="This date was cancelled. Nobody has a place on it.")
        if names:
            table(
                "Who was booked: tell them",
                [Column("Name"), Column("Service")],
                [(one.name, one.where) for one in booked],
                empty="Nobody was booked.",
            )
        return
    if of.mine and not row.past and not of.closed:
        _own(row)
    if names:
        table(
            "Who is booked" if keeps else "Who of your team is booked",
            [Column("Name"), Column("Service"), Column("Place")],
            [(one.name, one.where, _place(one)) for one in booked],
            empty="Nobody is booked yet.",
        )
    if keeps and row.past and booked:
        placed = [one for one in booked if not one.waits_as]
        _attendance(row, placed, young=of.plan.young)
    if names and not of.closed and (keeps or not row.past):
        _book(row, others, young=keeps and of.plan.young)
        if not row.past:
            _tell([one for one in booked if one.to_tell])
        _give_back([one for one in booked if one.state is BookingState.BOOKED])
    if keeps:
        _change(row)
        if not row.recorded and sure(
            "Cancel this date", f"cancel-{row.id}", yes="Yes, cancel it",
            question="Everybody who is booked loses their place, and reads so on My work. "
            "Tell those without an account.",
        ):  # fmt: skip
            with saving("It is cancelled.") as (db, actor):
                cancel_date(db, actor, row.id)


def date_boxes(form: Form, row: DateRow | None = None) -> Callable[[], DatePlan]:
    """Show the boxes of a date. Returns what reads them once they are saved, which may refuse."""
    first = row.plan if row else DatePlan()
    with refusals(stop=True), reading() as (db, actor):
        venues = venues_in_use(db, actor)
    if row and first.venue_id and first.venue_id not in venues:
        venues = {first.venue_id: row.venue, **venues}
    left, right = st.columns(2)
    with left:
        day = form.line(
            f"Day, for example {A_DAY}", "day", place=None,
            first=on(first.held_on) if first.held_on else "",
        )  # fmt: skip
        times = form.line(
            f"From when to when, for example {A_TIME}", "times", place=None,
            first=hours_words(first.begins, first.ends),
        )  # fmt: skip
        places = number_box(
            LABELS["places"], least=1, most=MOST_PLACES, value=None, step=1,
            **form.choice("places", range(MOST_PLACES + 1), form.carried.start["places"]),
        )  # fmt: skip
    with right:
        venue_id = st.selectbox(
            LABELS["venue_id"], list(venues), format_func=venues.__getitem__, index=None,
            placeholder="Choose a venue",
            **form.choice("venue_id", venues, form.carried.start["venue_id"]),
        )  # fmt: skip
        place = form.line(LABELS["place"], "place", place=None, longest=160)

    def said() -> DatePlan:
        held_on = typed_day(day, "held_on", Meant.COMING)
        if row is None or held_on != row.held_on:
            held_on = sure_if_past(held_on, "held_on", form.key)
        begins, ends = typed_times(times)
        return DatePlan(
            held_on=held_on, begins=begins, ends=ends, places=places, venue_id=venue_id, place=place
        )

    return said


def _facts(row: DateRow) -> list[dict[str, object]]:
    texts = [
        ("When", f"{on(row.held_on)} {hours_words(row.plan.begins, row.plan.ends)}".strip()),
        ("Where", ", ".join(part for part in (row.venue, row.plan.place) if part)),
        ("Places", places_words(row)),
        ("You", own_words(row)),
    ]
    return [{"label": label, "words": words, "whole": False} for label, words in texts if words]


def places_words(row: DateRow) -> str:
    """Return how many places there are, and how many are taken where the reader may know."""
    if row.cancelled:
        return f"{row.places}, nobody has one any more"
    if row.taken is None and row.full is None:
        return f"{row.places}"
    if row.taken is None:
        return f"{row.places}, all taken" if row.full else f"{row.places}, some are free"
    waits = f", {row.waiting} waiting" if row.waiting else ""
    return f"{row.taken} of {row.places} taken{waits}"


def own_words(row: DateRow) -> str:
    """Return what the reader has here: a place, a number on the waiting list, or nothing."""
    if row.state is None:
        return ""
    if row.state is not BookingState.BOOKED:
        return row.state.words
    if row.cancelled:
        return "You were booked. Choose another date."
    if row.past:
        return "Booked. Nobody has recorded yet who came."
    if row.placed:
        return "You have a place"
    number = f"number {row.waits_as} " if row.waits_as else ""
    return f"You are {number}on the waiting list"


def _place(one: BookingRow) -> str:
    if one.waits_as:
        return f"Waits as number {one.waits_as}"
    return "Has a place" if one.state is BookingState.BOOKED else one.state.words


def _own(row: DateRow) -> None:
    if row.booking_id is None:
        words = "Go on the waiting list" if row.full else "Book a place for me"
        if st.button(words, type="primary", key=f"book-me-{row.id}"):
            with saving() as (db, actor):
                book_place(db, actor, row.id, person_id=actor.id)
                placed = course_date(db, actor, row.id).placed
                announce("You have a place." if placed else "You are on the waiting list.")
        return
    if row.got and st.button("I will come", type="primary", key=f"come-{row.id}"):
        with saving("Thank you. We expect you.") as (db, actor):
            say_place_is_known(db, actor, row.booking_id)
    if st.button("Give my place back", key=f"give-back-{row.id}"):
        with saving("Given back. Who waits first has it now.") as (db, actor):
            give_place_back(db, actor, row.booking_id)


def _attendance(row: DateRow, placed: Sequence[BookingRow], *, young: bool) -> None:
    start = {str(one.id): one.state is BookingState.CAME for one in placed}
    values = {**start, "send_came": row.send_came}
    labels = {**{str(one.id): one.name for one in placed}, "send_came": "With SEND"}
    form = carried_form("course-came", row.id, values, labels)
    with st.expander("Say who came", expanded=not row.recorded):
        form.begin()
        st.text("Tick who was there. Who is not ticked did not come.")
        came = {
            int(number): st.checkbox(
                labels[number], **form.choice(number, (False, True), start[number])
            )
            for number in start
        }
        send = row.send_came
        if young:
            send = number_box(
                "How many of the young people who came have SEND (a number, never who)",
                least=0, most=MOST_PLACES, value=None, step=1,
                **form.choice("send_came", range(MOST_PLACES + 1), row.send_came),
            )  # fmt: skip
        if st.button("Save who came", type="primary", key=f"{form.key}-save"):
            with form.saving("Saved. Who came counts as trained.") as (db, actor):
                opened = {
                    int(name) if name.isdecimal() else name: seen
                    for name, seen in form.opened.items()
                }
                record_attendance(
                    db, actor, row.id, came=came, send_came=send, opened=opened
                )  # fmt: skip


def _book(row: DateRow, others: Sequence[InRole], *, young: bool) -> None:
    names = {
        one.key: f"{one.name}, {one.where}" if one.where else one.name for one in others
    }  # fmt: skip
    if young:
        names = {(None, None, None): UNNAMED, **names}
    if not names:
        return
    key = fresh(f"book-{row.id}")
    with st.expander("Book somebody"), st.form(f"{key}-form", border=False):
        chosen = st.selectbox(
            "Who", list(names), index=None, format_func=names.__getitem__,
            placeholder="Choose somebody", key=f"{key}-who",
        )  # fmt: skip
        if st.form_submit_button("Book a place", type="primary"):
            with saving("", key) as (db, actor):
                if chosen is None:
                    raise Invalid("Choose who it is.", field="who")
                number = book_place(db, actor, row.id, person_id=chosen[0], learner_id=chosen[1])
                booked = {one.id: one for one in bookings_of_date(db, actor, row.id)}
                announce(f"{booked[number].name}: {_place(booked[number]).lower()}.")


def _tell(got: Sequence[BookingRow]) -> None:
    if got:
        st.text("They waited and have a place now. They read it nowhere: tell them.")
    for one in got:
        if st.button(f"{inert(one.name)} knows", key=f"told-{one.id}"):
            with saving("Recorded.") as (db, actor):
                say_place_is_known(db, actor, one.id)


def _give_back(booked: Sequence[BookingRow]) -> None:
    if not booked:
        return
    names = {
        one.id: f"{number}. {one.name}, {_place(one).lower()}"
        for number, one in enumerate(booked, start=1)
    }
    key = fresh("give-back")
    with st.expander("Give a place back"), st.form(f"{key}-form", border=False):
        number = st.selectbox(
            "Whose", list(names), index=None, format_func=names.__getitem__,
            placeholder="Choose somebody", key=f"{key}-who",
        )  # fmt: skip
        if st.form_submit_button("Give it back"):
            with saving("Given back. Who waits first has it now.", key) as (db, actor):
                if number is None:
                    raise Invalid("Choose whose place it is.", field="who")
                give_place_back(db, actor, number)


def _change(row: DateRow) -> None:
    form = carried_form("course-date", row.id, row.plan.values, LABELS)
    with st.expander("Change this date", expanded=form.restored):
        form.begin()
        said = date_boxes(form, row)
        if st.button("Save this date", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                change_date(db, actor, row.id, plan=said(), opened=form.opened)
