"""One meeting of the Board: when and where, who comes, the year ahead."""

import streamlit as st

from coprod_data.commands.meetings import restore_meeting
from coprod_data.queries.events_of import history_of_meeting
from coprod_data.queries.meetings import MeetingDetail, meetings
from coprod_data.queries.meetings_agenda import agenda
from coprod_data.queries.meetings_decisions import who_was_there
from coprod_data.rules.meeting_plan import hours_words
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.meetings import MeetingPart, MeetingsListed, MeetingState
from pages.board.meetings_agenda import agenda_block
from pages.board.meetings_decisions import decided
from pages.board.meetings_heard import clock_panel, correcting
from pages.board.meetings_list import HERE, day_of
from pages.board.meetings_people import keeping_people, my_answer, who_comes
from pages.board.meetings_plan import changing
from pages.board.meetings_present import counting
from pages.board.meetings_recording import recording
from pages.board.meetings_said import said_yes, writing_down
from pages.board.meetings_since import since_last
from pages.parts.faults import refusals
from pages.parts.forms import saving
from pages.parts.html import show
from pages.parts.looks import Look
from pages.parts.sign_in import reading
from pages.parts.times import on
from pages.shared.happened import show_happened

YEAR_AHEAD = 6


def heading(one: MeetingDetail) -> str:
    """Return the heading of a meeting's page."""
    return f"{labelled('The Board')}, {day_of(one.row)}"


def lede(one: MeetingDetail) -> str:
    """Return when and where a meeting is."""
    row = one.row
    online = "and online" if one.plan.online and row.place else "Online" if one.plan.online else ""
    place = ", ".join(part for part in (row.place, online) if part)
    return " · ".join(part for part in (hours_words(row.begins, row.ends), place) if part)


def one(one: MeetingDetail) -> None:
    """Show a meeting, and its forms to those who keep meetings."""
    moved = {"before": on(one.moved_from), "why": one.why_moved} if one.moved_from else None
    with refusals(stop=True), reading() as (db, actor):
        seen = agenda(db, actor, one.row.id)
        there = {row.part: row.number for row in who_was_there(db, actor, one.row.id)}
    members = there.get(MeetingPart.MEMBERS) if seen.started_at else None
    pills = [*_pills(one, begun=seen.started_at is not None), *_were_there(one, members)]
    show("session_head.html", pills=pills, moved=moved, calendar="")
    if one.row.state is MeetingState.CANCELLED:
        _cancelled(one)
        return
    left, right = st.columns([1.9, 1])
    with right:
        clock_panel(one, seen)
        who_comes(one)
        since_last(one, seen)
        _year(one)
    with left:
        my_answer(one)
        agenda_block(one, seen)
        said_yes(one)
        decided(one, seen)
        show("facts.html", title="About this meeting", facts=_facts(one))
        if one.may_write and seen.rows:
            writing_down(one, seen)
            recording(one, seen)
            correcting(one, seen)
            counting(one, seen)
        if one.may_write and one.ahead:
            keeping_people(one)
            if seen.started_at is None:
                changing(one)
        with refusals(stop=True), reading() as (db, actor):
            happened = history_of_meeting(db, actor, one.row.id)
        show_happened(happened, here=f"{HERE}?id={one.row.id}")


def _pills(one: MeetingDetail, *, begun: bool) -> list[Look]:
    row = one.row
    pills = [Look(row.theme, "plain", row.icon or "promise")] if row.theme else []
    if row.state is MeetingState.CANCELLED:
        return [*pills, Look(row.state.words, "plain", "cross")]
    if one.row.state is MeetingState.HELD:
        return [*pills, Look(row.state.words, "plain", "check")]
    if not one.ahead:
        return [*pills, Look("Not ended yet", "soon", "clock")]
    when = "Today" if not one.days else "In 1 day" if one.days == 1 else f"In {one.days} days"
    return [*pills, Look(when, "plain", "clock"), *([] if begun else _quorate(one))]


def _quorate(one: MeetingDetail) -> list[Look]:
    needed, coming = one.row.quorum, one.members_coming
    if needed is None:
        return []
    members = sum(seat.member for seat in one.invited)
    words = f"{coming} of {members} are coming, {needed} needed"
    if coming >= needed:
        return [Look(f"Quorate: {words}", "good", "check")]
    return [Look(f"Not quorate yet: {words}", "soon", "warning")]


def _were_there(one: MeetingDetail, members: int | None) -> list[Look]:
    """Return whether enough members were there once it began; nothing where that is not known."""
    needed = one.row.quorum
    if needed is None or members is None or one.row.state is MeetingState.CANCELLED:
        return []
    were = "1 member was" if members == 1 else f"{members} members were"
    words = f"{were} there, {needed} needed"
    if members >= needed:
        return [Look(f"Quorate: {words}", "good", "check")]
    return [Look(f"Taken without a quorum: {words}", "alert", "warning")]


def _facts(one: MeetingDetail) -> list[dict[str, object]]:
    plan, row = one.plan, one.row
    public = "May come to the public part" if plan.open_to_public else "Not open to the public"
    texts = [
        ("Theme", row.theme or "Not chosen yet", False),
        ("Place", row.place or "Not known yet", False),
        ("Online", plan.online, False),
        ("The public", public, False),
        ("Without the public", plan.private_part, True),
        ("Quorum", f"{plan.quorum} members" if plan.quorum else "Not set", False),
    ]
    return [{"label": label, "words": said, "whole": whole} for label, said, whole in texts if said]


def _year(one: MeetingDetail) -> None:
    with refusals(stop=True), reading() as (db, actor):
        rows = meetings(db, actor, MeetingsListed.AHEAD)[:YEAR_AHEAD]
    show(
        "meeting_year.html",
        rows=[
            {
                "day": on(row.on),
                "theme": row.theme or "No theme yet",
                "href": None if row.id == one.row.id else f"{HERE}?id={row.id}",
            }
            for row in rows
        ],
    )


def _cancelled(one: MeetingDetail) -> None:
    show("session_off.html", why=one.why_cancelled)
    if one.may_write and one.days >= 0 and st.button("It is on after all", key="meeting-on"):
        with saving("It is planned again.") as (db, actor):
            restore_meeting(db, actor, one.row.id)
