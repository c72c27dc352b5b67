"""Who is invited to a meeting: answers, apologies, interests, and the forms for them."""

import streamlit as st

from coprod_data.commands.meetings import declare_interest, reply_to_meeting
from coprod_data.permissions import Invalid
from coprod_data.queries.meetings import InvitedRow, MeetingDetail
from coprod_data.queries.meetings_decisions import who_was_there
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.meetings import MeetingReply, MeetingState
from coprod_data.vocabulary.rewordings import TextPlace
from pages.board.meetings_invited import inviting
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import fresh, saving, words_of
from pages.parts.html import show
from pages.parts.sign_in import reading


def who_comes(one: MeetingDetail) -> None:
    """Show who comes, or who was there, by part, with apologies and interests by name."""
    with refusals(stop=True), reading() as (db, actor):
        there = who_was_there(db, actor, one.row.id)
    rows = [(row.part.words, _told(row.number)) for row in there] or _numbers(one)
    title = "Who was there" if there else "Who is coming" if one.ahead else "Who was invited"
    off = one.row.state is MeetingState.CANCELLED
    unsaid = "" if there or one.ahead or off else "Who was there is not written down yet."
    show("meeting_people.html", title=title, rows=rows, named=_named(one), unsaid=unsaid)


def my_answer(one: MeetingDetail) -> None:
    """Ask somebody who is invited whether they come."""
    mine = one.mine
    if mine is None or not one.ahead:
        return
    with st.container(key="meeting-answer", border=True):
        said = {None: "Can you come?", MeetingReply.COMING: "You have said that you will come.",
                MeetingReply.APOLOGIES: "You have sent your apologies."}  # fmt: skip
        show("sub_heading.html", title=said[mine.reply], level=2)
        with st.container(horizontal=True):
            for reply, label in (
                (MeetingReply.COMING, "Yes, I will come"),
                (MeetingReply.APOLOGIES, "Send apologies"),
            ):
                if reply is not mine.reply and st.button(
                    label, key=f"meeting-{reply}", type="primary" if mine.reply is None else
                    "secondary",
                ):  # fmt: skip
                    with saving("Thank you. The clerk can see it.") as (db, actor):
                        reply_to_meeting(db, actor, one.row.id, reply=reply, opened=mine.reply)
        _interest(one, mine, "Declare an interest")


def keeping_people(one: MeetingDetail) -> None:
    """Show to whoever keeps meetings who is invited, and forms to answer for them."""
    inviting(one)
    if not one.invited:
        return
    names = {seat.person_id: seat.name for seat in one.invited}
    comes = "who comes" if one.ahead else "what they answered"
    with st.expander(f"Record {comes}, or an interest"):
        key = fresh(f"meeting-for-{one.row.id}")
        person_id = st.selectbox(
            "Who", list(names), format_func=names.__getitem__, index=None,
            placeholder="Choose somebody", key=f"{key}-who",
        )  # fmt: skip
        seat = next((seat for seat in one.invited if seat.person_id == person_id), None)
        if seat is None:
            return
        reply = st.radio(
            "What they said", [*MeetingReply], format_func=words_of, key=f"{key}-{person_id}",
            index=list(MeetingReply).index(seat.reply) if seat.reply else None,
        )  # fmt: skip
        if st.button("Save their answer", key=f"{key}-save"):
            with saving("Saved.", key) as (db, actor):
                if reply is None:
                    raise Invalid("Choose what they said.", field="reply")
                reply_to_meeting(
                    db, actor, one.row.id, reply=reply, person_id=person_id, opened=seat.reply
                )  # fmt: skip
        _interest(one, seat, "Interest that they declared")


def _interest(one: MeetingDetail, seat: InvitedRow, label: str) -> None:
    about = f"{one.row.id}-{seat.person_id}"
    form = carried_form("meeting-interest", about, {"interest": seat.interest}, {"interest": label})
    mine = one.mine is seat
    with st.expander(label, expanded=form.restored) if mine else st.container():
        form.begin()
        words = form.line(
            "In what, and for which item. Everybody who reads this page sees it" if mine else label,
            "interest", place=TextPlace.MEETING_INTEREST, longest=240,
        )  # fmt: skip
        if st.button("Save the interest", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                declare_interest(
                    db, actor, one.row.id, interest=words, person_id=seat.person_id,
                    opened=form.opened,
                )  # fmt: skip


def _numbers(one: MeetingDetail) -> list[tuple[str, str]]:
    rows = []
    for label, member in ((labelled("Members of the Board"), True), ("Officers", False)):
        of_part = [seat for seat in one.invited if seat.member is member]
        if not of_part:
            continue
        coming = sum(seat.reply is MeetingReply.COMING for seat in of_part)
        away = sum(seat.reply is MeetingReply.APOLOGIES for seat in of_part)
        if one.ahead:
            words = f"{coming} yes, {away} no, {len(of_part) - coming - away} not yet"
        else:
            said = ((coming, "said yes"), (away, "sent apologies"))
            words = ", ".join((f"{len(of_part)}", *(f"{many} {how}" for many, how in said if many)))
        rows.append((label, words))
    young = "not invited" if not one.has_young else "have been invited"
    if one.young_people:
        young = f"{one.young_people} invited" if one.ahead else f"{one.young_people}"
    return [*rows[:1], ("Young people", young), *rows[1:]]


def _told(number: int | None) -> str:
    return "fewer than 5" if number is None else str(number)


def _named(one: MeetingDetail) -> list[tuple[str, str]]:
    away = ", ".join(seat.name for seat in one.invited if seat.reply is MeetingReply.APOLOGIES)
    interests = [(f"Interest, {seat.name}", seat.interest) for seat in one.invited if seat.interest]
    return [("Apologies", away), *interests] if away else interests
