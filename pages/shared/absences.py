"""Who is away: the list, and the form with which one says so. Settings and a page of its own."""

import streamlit as st

from coprod_data.commands.absences import add_absence, remove_absence
from coprod_data.permissions import Invalid, Permission
from coprod_data.queries.absences import AbsenceRow, CanBeAway, absences, may_be_away
from coprod_data.queries.entries_holds import HeldEntry, open_holds
from coprod_data.rules.typed_days import Meant
from pages.parts.boxes import DAY, text_line
from pages.parts.faults import refusals
from pages.parts.forms import fresh, saving
from pages.parts.frame import announce
from pages.parts.sign_in import reading
from pages.parts.times import A_DAY, on, typed_day


def who_is_away() -> None:
    """Show who is away now and later, with a way to say it and to take it back."""
    with refusals(stop=True), reading() as (db, actor):
        rows, people = absences(db, actor), may_be_away(db, actor)
        myself = actor.id
        opens = actor.may(Permission.ENTRIES_READ_HELD)
        holds = open_holds(db, actor) if opens else []
    if not rows:
        st.text("Nobody is away, as far as we know.")
    for row in rows:
        _row(row, still_with(holds, row.person_id))
    if people:
        _form(people, myself)


def still_with(holds: list[HeldEntry], person_id: int) -> str:
    """Return which open holds somebody has who is away, and what to do, or nothing."""
    numbers = [f"no. {hold.id}" for hold in holds if hold.with_id == person_id]
    if not numbers:
        return ""
    return f"Still has on hold: {', '.join(numbers)}. Ask a colleague to take it over in Checking."


def _row(row: AbsenceRow, holding: str) -> None:
    days = on(row.from_day)
    if row.to_day != row.from_day:
        days += f" to {on(row.to_day)}"
    now = ", away now" if row.now else ""
    added = f" Added by {row.added_by}." if row.added_by else ""
    with st.container(key=f"absence-{row.id}"):
        st.text(f"{row.name}: {days}{now}.{added}")
        if holding:
            st.text(holding)
        if row.may_remove and st.button(f"Remove (no. {row.id})", key=f"absence-remove-{row.id}"):
            with saving("Removed.") as (db, actor):
                remove_absence(db, actor, row.id)


def _form(people: list[CanBeAway], myself: int) -> None:
    """Ask for the days, and for whom where one may say it of others."""
    key, names = fresh("absence"), {person.id: person.name for person in people}
    only_me = list(names) == [myself]
    with st.form(f"{key}-form"):
        person_id: int | None = myself
        if not only_me:
            person_id = st.selectbox(
                "Who is away?", list(names), format_func=names.__getitem__, index=None,
                placeholder="Choose somebody", key=f"{key}-person",
            )  # fmt: skip
        first = text_line(f"First day away, for example {A_DAY}", longest=DAY, key=f"{key}-from")
        last = text_line("Last day away (leave empty for one day)", longest=DAY, key=f"{key}-to")
        if st.form_submit_button("I am away" if only_me else "Save", type="primary"):
            done = "Saved. You are not asked while you are away." if only_me else "Saved."
            with saving("", key) as (db, actor):
                if person_id is None:
                    raise Invalid("Choose who is away.", field="person")
                add_absence(
                    db,
                    actor,
                    person_id=person_id,
                    from_day=typed_day(first, "from_day", Meant.NEAREST),
                    to_day=typed_day(last, "to_day", Meant.NEAREST),
                )
                opens = actor.may(Permission.ENTRIES_READ_HELD)
                holding = still_with(open_holds(db, actor), person_id) if opens else ""
                announce(f"{done} {holding}".rstrip())
