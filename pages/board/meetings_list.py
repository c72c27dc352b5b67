"""The lists of meetings: to come, before today, cancelled."""

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.meetings import PAGE_SIZE, MeetingRow, meetings, meetings_counted
from coprod_data.rules.meeting_plan import hours_words
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.meetings import AHEAD, MeetingsListed
from pages.parts.address import address_now, page_in
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.looks import look
from pages.parts.sign_in import reading
from pages.parts.tables import download
from pages.parts.times import on
from pages.shared.lists import address, choice, choices

HERE = "/meetings"


def every() -> None:
    """Show the list that the address names; without a name, those to come."""
    named = st.query_params.get("show", "")
    listed = MeetingsListed(named) if named in list(MeetingsListed) else MeetingsListed.AHEAD
    with refusals(stop=True), reading() as (db, actor):
        writes = actor.may(Permission.MEETINGS_WRITE)
        numbers = meetings_counted(db, actor)
        page = page_in(address_now(), numbers[listed], PAGE_SIZE)
        rows = meetings(db, actor, listed, page=page)
    if not any(numbers.values()):
        show(
            "empty.html", title="No meetings yet", icon="calendar",
            words=labelled("The chair or the clerk writes down when the Board meets this year."),
            more=("Plan a meeting", f"{HERE}?new=1") if writes else None,
        )  # fmt: skip
        return
    choices(
        "Which meetings",
        [
            choice(which.words, address(HERE, show=which), number=number, chosen=which is listed)
            for which, number in numbers.items()
            if number or which in (listed, MeetingsListed.AHEAD)
        ],
    )
    show("list.html", rows=[line(row) for row in rows], empty="There are none of this kind.")
    if page > 1:
        href = address(HERE, show=listed, page=page - 1 if page > 2 else None)
        show("more.html", words="The meetings before these", href=href)
    if page * PAGE_SIZE < numbers[listed]:
        href = address(HERE, show=listed, page=page + 1)
        show("more.html", words="The meetings after these", href=href)
    if writes:
        show("link.html", words="Plan a meeting", href=f"{HERE}?new=1")
    if numbers[listed]:
        download("meetings", "this list", show=listed)


def line(row: MeetingRow) -> dict[str, object]:
    """Return a meeting as a row of `list.html`."""
    parts = [
        row.theme or "No theme yet",
        hours_words(row.begins, row.ends),
        row.place,
        _invited(row),
    ]
    return {
        "title": day_of(row),
        "detail": " · ".join(part for part in parts if part),
        "state": look(row.state),
        "word": None,
        "href": f"{HERE}?id={row.id}",
    }


def _invited(row: MeetingRow) -> str:
    if not row.invited:
        return ""
    ahead = row.state in AHEAD
    return f"{row.coming} of {row.invited} coming" if ahead else f"{row.invited} invited"


def day_of(row: MeetingRow) -> str:
    """Return the day of a meeting with its day of the week."""
    return f"{row.on:%A} {on(row.on)}"
