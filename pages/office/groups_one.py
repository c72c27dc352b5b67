"""One group: what it is for, its members by kind, its meetings, and what the team may change."""

from datetime import date

import streamlit as st

from coprod_data.commands.groups import (
    MOST_SEATS,
    add_member,
    change_group,
    close_group,
    end_membership,
    hand_over_seat,
    record_group_meeting,
    reopen_group,
)
from coprod_data.permissions import Invalid, Permission, Role
from coprod_data.queries.events_of import history_of_group
from coprod_data.queries.groups import GroupRow, SeatRow, group_meetings, members_of_group
from coprod_data.queries.people import PersonRow, persons_with_role
from coprod_data.rules.clocks import london_day
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.groups import GroupKind, MemberKind, Sector
from coprod_data.vocabulary.heard import HeardGroup
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.boxes import DAY, number_box, text_line
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import fresh, saving, sure, words_of
from pages.parts.html import show
from pages.parts.looks import Look
from pages.parts.sign_in import reading
from pages.parts.tables import Column, table
from pages.parts.times import A_DAY, on, typed_day
from pages.shared.happened import show_happened

LABELS = {
    "name": "Name of the group",
    "kind": "What it is for",
    "terms": "Terms of reference",
    "quorum": "Quorum",
    "young_people": "How many young people are in it",
    "owns_queue": "It reviews the opportunities",
    "hears": "Who is heard there, if it is for them",
    "meets": "When and where it meets",
}
SEATS = range(MOST_SEATS + 1)
ADULTS = tuple(role for role in Role if role is not Role.YOUNG_PERSON)


def one(row: GroupRow, lacks: Look | None) -> None:
    """Show a group, and its forms to those who manage it."""
    with refusals(stop=True), reading() as (db, actor):
        seats = members_of_group(db, actor, row.id)
        meetings = group_meetings(db, actor, group_id=row.id)
        may_write = actor.may(Permission.GROUPS_WRITE)
        writes = may_write and not row.closed
        people = persons_with_role(db, actor, *ADULTS) if writes else []
        today = london_day(actor.at)
    if lacks:
        show("list.html", rows=[{"title": lacks.word, "detail": advice(row), "state": lacks,
                                 "word": None, "href": None}], empty="")  # fmt: skip
    show("facts.html", title="About this group", facts=facts(row))
    table(
        "Who is in it",
        [
            Column("Name"),
            Column("Role in the group"),
            Column("From"),
            Column("Since"),
            Column("Term"),
        ],
        [seat_cells(seat) for seat in seats],
        empty="Nobody is named yet.",
    )
    table(
        "When it met",
        [Column("Day"), Column("Opportunities reviewed", number=True)],
        [(on(meeting.met_on), meeting.reviewed) for meeting in meetings],
        empty="No meeting has been recorded yet.",
    )
    if writes:
        _meeting(row, today)
        _member(row, people, today)
        if seats:
            _leaving(seats, people)
        _change(row)
        _close(row)
    elif row.closed and may_write and st.button("Open this group again", key=f"open-{row.id}"):
        with saving("The group is open again.") as (db, actor):
            reopen_group(db, actor, row.id)
    if may_write:
        with refusals(stop=True), reading() as (db, actor):
            happened = history_of_group(db, actor, row.id)
        show_happened(happened, here=f"/groups?id={row.id}")


def count_words(row: GroupRow) -> str:
    """Return who is in a group; how many young people only where the reader may know."""
    adults = f"{row.members} adult{'' if row.members == 1 else 's'}"
    if not row.has_young:
        return f"{adults}, no young people"
    if row.young_people is None:
        return f"young people and {adults}"
    return f"{young_words(row)} and {adults}"


def young_words(row: GroupRow) -> str:
    """Return that young people are in a group, or how many where the reader may know."""
    if not row.has_young:
        return "None"
    if row.young_people is None:
        return "Yes"
    return "1 young person" if row.young_people == 1 else f"{row.young_people} young people"


def advice(row: GroupRow) -> str:
    """Return what to do about what a group lacks."""
    if row.closed:
        return "It does not meet any more."
    if row.lacks_young_people:
        return "Nothing is done together in a room of adults. Invite young people first."
    return f"It needs {row.quorum} to decide and has {count_words(row)}."


def facts(row: GroupRow) -> list[dict[str, object]]:
    """Return what a group is for, for facts.html."""
    texts = [
        ("What it is for", row.kind.words, False),
        ("Young people in it", young_words(row), False),
        ("Quorum", str(row.quorum) if row.quorum else "Not set", False),
        (
            "Opportunities",
            "Reviews the queue" if row.owns_queue else "Not reviewed by this group",
            False,
        ),
        ("Who is heard there", row.hears.words if row.hears else "", False),
        ("When and where it meets", row.meets, True),
        ("Terms of reference", row.terms, True),
    ]
    return [{"label": label, "words": said, "whole": whole} for label, said, whole in texts if said]


def seat_cells(seat: SeatRow) -> tuple[str, ...]:
    """Return a member as a row of the table."""
    term = f"Until {on(seat.term_ends_on)}" if seat.term_ends_on else ""
    return (
        f"{seat.name} (has left)" if seat.gone else seat.name,
        seat.kind.words,
        seat.sector.words,
        on(seat.joined_on),
        f"{term} (ended)" if seat.overdue else term,
    )


def _meeting(row: GroupRow, today: date) -> None:
    key = fresh(f"met-{row.id}")
    with st.expander("Record a meeting"), st.form(f"{key}-form", border=False):
        typed = text_line(
            f"Day it met, for example {A_DAY}", longest=DAY, value=on(today), key=f"{key}-on"
        )
        if st.form_submit_button("Record it", type="primary"):
            with saving("The meeting has been recorded. Opportunities can now name it.", key) as (
                db,
                actor,
            ):
                if (met_on := typed_day(typed, "met_on", Meant.GONE)) is None:
                    raise Invalid("Write the day on which the group met.", field="met_on")
                record_group_meeting(db, actor, row.id, met_on=met_on)


def _member(row: GroupRow, people: list[PersonRow], today: date) -> None:
    key = fresh(f"member-{row.id}")
    names = {person.id: person.name for person in people}
    with st.expander("Add a member"), st.form(f"{key}-form", border=False):
        st.text("Adults only. Young people are counted below and never named.")
        person_id = st.selectbox(
            "Somebody with an account", list(names), index=None, format_func=names.__getitem__,
            key=f"{key}-person",
        )  # fmt: skip
        name = text_line("Or a name, for example of a partner", longest=120, key=f"{key}-who")
        kind = st.radio("Role in the group", [*MemberKind], format_func=words_of, key=f"{key}-kind")
        sector = st.selectbox("From", [*Sector], format_func=words_of, key=f"{key}-sector")
        since = text_line(
            f"Since, for example {A_DAY}", longest=DAY, value=on(today), key=f"{key}-since"
        )
        until = text_line("Until (if they have a term)", longest=DAY, key=f"{key}-until")
        if st.form_submit_button("Add this member", type="primary"):
            with saving("Added.", key) as (db, actor):
                add_member(
                    db,
                    actor,
                    row.id,
                    kind=kind,
                    sector=sector,
                    person_id=person_id,
                    name=name,
                    joined_on=typed_day(since, "joined_on", Meant.GONE),
                    term_ends_on=typed_day(until, "term_ends_on", Meant.COMING),
                )


def _leaving(seats: list[SeatRow], people: list[PersonRow]) -> None:
    names = {seat.id: f"{seat.name}, {seat.kind.words}" for seat in seats}
    others = {person.id: person.name for person in people}
    gone = next((place for place, seat in enumerate(seats) if seat.gone), None)
    with (
        st.expander("Somebody left", expanded=gone is not None),
        st.form("member-left", border=False),
    ):
        seat_id = st.selectbox("Who left", list(names), index=gone, format_func=names.__getitem__)
        person_id = st.selectbox(
            "Who takes their seat (can be left empty)", list(others), index=None,
            format_func=others.__getitem__, key="seat-takes",
        )  # fmt: skip
        if st.form_submit_button("They left today"):
            with saving("Recorded.") as (db, actor):
                if seat_id is None:
                    raise Invalid("Choose who left.", field="member")
                if person_id is None:
                    end_membership(db, actor, seat_id)
                else:
                    hand_over_seat(db, actor, seat_id, person_id)


def _change(row: GroupRow) -> None:
    known = {} if row.young_people is None else {"young_people": row.young_people}
    form = carried_form(
        "group",
        row.id,
        {
            "name": row.name,
            "kind": row.kind,
            "terms": row.terms,
            "quorum": row.quorum,
            "owns_queue": row.owns_queue,
            "hears": row.hears,
            "meets": row.meets or None,
            **known,
        },
        LABELS,
    )
    start = form.carried.start
    with st.expander("Change this group", expanded=form.restored):
        form.begin()
        name = form.line(LABELS["name"], "name", place=None, longest=120)
        kinds = [*GroupKind]
        kind = st.radio(
            LABELS["kind"],
            kinds,
            index=None,
            format_func=words_of,
            **form.choice("kind", kinds, start["kind"]),
        )
        terms = form.area(LABELS["terms"], "terms", place=TextPlace.GROUP_TERMS)
        quorum = number_box(
            "Quorum (can be left empty)",
            least=1, most=MOST_SEATS, value=None, step=1,
            **form.choice("quorum", SEATS, start["quorum"]),
        )  # fmt: skip  # fmt: skip
        young = number_box(
            LABELS["young_people"] + ("" if known else " (left empty, it stays as it is)"),
            least=0, most=MOST_SEATS, value=None, step=1,
            **form.choice("young_people", SEATS, start.get("young_people")),
        )  # fmt: skip  # fmt: skip
        hears = st.selectbox(
            LABELS["hears"], [*HeardGroup], index=None, format_func=words_of,
            **form.choice("hears", HeardGroup, start["hears"]),
        )  # fmt: skip
        meets = form.line(LABELS["meets"], "meets", place=TextPlace.GROUP_MEETS, longest=160)
        owns = st.checkbox(
            LABELS["owns_queue"], **form.choice("owns_queue", (True, False), start["owns_queue"])
        )
        if st.button("Save this group", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                change_group(
                    db,
                    actor,
                    row.id,
                    name=name,
                    kind=kind or start["kind"],
                    terms=terms,
                    quorum=quorum,
                    young_people=young,
                    owns_queue=owns,
                    hears=hears,
                    meets=meets,
                    opened=form.opened,
                )


def _close(row: GroupRow) -> None:
    question = "Its members and meetings stay here to read, and it can be opened again."
    if row.owns_queue:
        question += " Then no group reviews the opportunities: choose another one."
    if sure("Close this group", f"close-{row.id}", question=question, yes="Yes, close it"):
        with saving("The group is closed. It stays in the list.") as (db, actor):
            close_group(db, actor, row.id)
