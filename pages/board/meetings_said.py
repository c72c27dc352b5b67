"""Who said yes to an opportunity in the room: what is written down, and the form for it."""

import streamlit as st

from coprod_data.commands.opportunities_said import take_back_yes, write_down_yes
from coprod_data.permissions import Invalid
from coprod_data.queries.meetings import MeetingDetail
from coprod_data.queries.meetings_agenda import Agenda
from coprod_data.queries.opportunities import opportunities_awaiting_members
from coprod_data.queries.opportunities_said import SaidRow, in_the_room, said_in_meeting
from pages.parts.faults import refusals
from pages.parts.forms import fresh, saving
from pages.parts.html import show
from pages.parts.sign_in import reading

WAITS = "Said yes in the meeting. They still confirm it on My work."
CONFIRMED = "Said yes in the meeting, and confirmed it."


def said_yes(one: MeetingDetail) -> None:
    """Show who said yes in this meeting, and for ten minutes a way to take that back."""
    with refusals(stop=True), reading() as (db, actor):
        rows = said_in_meeting(db, actor, one.row.id)
    if not rows:
        return
    show("section.html", title="Who said yes in the room", count=0)
    show("list.html", rows=[_line(row) for row in rows], empty="")
    for row in rows:
        if row.may_undo and st.button(
            f"Undo: {row.name} did not say yes", key=f"said-undo-{row.invitation_id}"
        ):
            with saving("Removed: they did not say yes.") as (db, actor):
                take_back_yes(db, actor, row.invitation_id)


def writing_down(one: MeetingDetail, seen: Agenda) -> None:
    """Show the form that writes down who said yes, on the day of the meeting once it has begun."""
    if seen.started_at is None or one.days:
        return
    with refusals(stop=True), reading() as (db, actor):
        people = {
            row.id: ", ".join(part for part in (row.name, row.job, AWAY * row.away) if part)
            for row in in_the_room(db, actor, one.row.id)
        }
        waiting = {row.id: row.title for row in opportunities_awaiting_members(db, actor)}
    on_agenda = {
        row.opportunity_id: row.title for row in seen.rows if row.opportunity_id and not row.removed
    }
    titles = {**on_agenda, **waiting}
    running = seen.running.opportunity_id if seen.running else None
    with st.expander("Somebody said yes in the room", expanded=running is not None):
        key = fresh(f"said-{one.row.id}-{running}")
        about = st.selectbox(
            "To what", list(titles), format_func=titles.__getitem__, placeholder="Choose one",
            index=list(titles).index(running) if running in titles else None, key=f"{key}-about",
        )  # fmt: skip
        person = st.selectbox(
            "Who", list(people), format_func=people.__getitem__, index=None,
            placeholder="Choose a member or officer", key=f"{key}-person",
        )  # fmt: skip
        show("lede.html", words="This is not a promise until they confirm it on My work.")
        if st.button("Write down the yes", key=f"{key}-save"):
            with saving("Written down. They confirm it themselves.", key) as (db, actor):
                if about is None:
                    raise Invalid("Choose what they said yes to.", field="about")
                if person is None:
                    raise Invalid("Choose who said yes.", field="person")
                write_down_yes(db, actor, one.row.id, opportunity_id=about, person_id=person)


AWAY = "not on the attendance list"


def _line(row: SaidRow) -> dict[str, object]:
    return {
        "title": f"{row.name}: {row.title}",
        "detail": CONFIRMED if row.confirmed else WAITS,
        "state": None,
        "word": None,
        "href": f"/opportunities?id={row.opportunity_id}",
    }
