"""The agenda on a meeting's page: its items in order, with the reason of those that come first."""

from datetime import date, timedelta

import streamlit as st

from coprod_data.commands.meetings_agenda import draw_up_agenda, publish_agenda
from coprod_data.commands.meetings_heard import start_item, stop_item
from coprod_data.permissions import Permission
from coprod_data.queries.actions_since import since_then
from coprod_data.queries.meetings import MeetingDetail
from coprod_data.queries.meetings_agenda import Agenda, AgendaRow
from coprod_data.rules.meeting_plan import minutes_between
from coprod_data.vocabulary.meetings import BY_RULE, AgendaKind, AgendaTier, MeetingState
from pages.board.meetings_items import changing_items
from pages.parts.faults import refusals
from pages.parts.forms import saving
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import on
from pages.shared.lists import address

FIRST = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")
QUARTER = timedelta(days=91)


def agenda_block(one: MeetingDetail, seen: Agenda) -> None:
    """Show the agenda, and its forms to whoever keeps meetings while the meeting is to come."""
    keeps = one.may_write and one.row.state in (MeetingState.PLANNED, MeetingState.PUBLISHED)
    show("agenda_head.html", planned=_planned(seen, one), published=_published(seen))
    if not seen.rows:
        show("lede.html", words="There is no agenda yet.")
    carried = [row for row in seen.rows if row.tier is AgendaTier.NOT_REACHED]
    led = [row.id for row in seen.rows if row.tier in BY_RULE and row not in carried]
    for row in seen.rows:
        if row in carried[:1]:
            show(
                "agenda_carried.html", day=on(seen.last_on) if seen.last_on else "",
                number=sum(not one.removed for one in carried),
            )  # fmt: skip
        if row.private and not any(before.private for before in _before(seen, row)):
            show("agenda_private.html")
        _item(seen, row, _reason(row, led), one)
    if keeps:
        _drawing(one, seen)
        changing_items(one, seen)


def _before(seen: Agenda, row: AgendaRow) -> tuple[AgendaRow, ...]:
    return seen.rows[: seen.rows.index(row)]


def _item(seen: Agenda, row: AgendaRow, reason: str, one: MeetingDetail) -> None:
    with st.container(key=f"agenda-{row.id}", horizontal=True, vertical_alignment="center"):
        show(
            "agenda_item.html", row=row, reason=reason, led=row.tier in BY_RULE,
            beside=_beside(seen, row, one.row.on), number=_number(seen, row),
            changed=on(row.changed_on) if row.changed_on else "",
            href=_href(row),
        )  # fmt: skip
        if one.may_write and seen.runs and not row.removed:
            _press(row)


def _press(row: AgendaRow) -> None:
    with st.container(width="content"):
        if row.running_since:
            if st.button("Stop", key=f"stop-{row.id}", type="primary"):
                with saving("Stopped.") as (db, actor):
                    stop_item(db, actor, row.id)
        elif st.button("Start", key=f"start-{row.id}"):
            with saving("Timing has started.") as (db, actor):
                start_item(db, actor, row.id)


def _drawing(one: MeetingDetail, seen: Agenda) -> None:
    if seen.started_at is not None:
        return
    with st.container(horizontal=True):
        label = "Draw it up again" if seen.rows else "Draw up the agenda"
        if st.button(label, key="agenda-draw", type="secondary" if seen.rows else "primary"):
            with saving("The agenda is drawn up.") as (db, actor):
                draw_up_agenda(db, actor, one.row.id)
        if (
            seen.rows
            and seen.published_on is None
            and one.ahead
            and st.button("Put out the agenda", key="agenda-publish", type="primary")
        ):
            with saving("The agenda is out. What you change from now on is marked.") as (db, actor):
                publish_agenda(db, actor, one.row.id)


def _reason(row: AgendaRow, led: list[int]) -> str:
    if row.id not in led:
        return ""
    place = led.index(row.id)
    which = f"{FIRST[place]} by rule" if place < len(FIRST) else "By rule"
    words = row.tier.words[0].lower() + row.tier.words[1:]
    if row.tier is AgendaTier.WAITED and row.waited is not None:
        return f"{which}: {words}, {row.waited} days on the day of the meeting"
    return f"{which}: {words}"


def _beside(seen: Agenda, row: AgendaRow, day: date) -> str:
    """Return what stands beside an item: what was done since, its words, its paper."""
    parts = []
    if row.apart:
        better = "Staff rate it better than young people do"
        parts.append(
            f"{better}." if row.apart > 0 else "Young people rate it better than staff do."
        )
    if row.opportunity_id:
        parts.append("Somebody has offered to do it." if row.offered else "Nobody has offered yet.")
    if row.tier in BY_RULE and row.commitment_id:
        parts.append(_done_since(seen.last_on or day - QUARTER, row.commitment_id))
    return " ".join(part for part in (*parts, row.detail, row.paper) if part)


def _done_since(day: date, commitment_id: int) -> str:
    with refusals(stop=True), reading() as (db, actor):
        if not actor.may(Permission.ACTIONS_READ):
            return ""
        found = since_then(db, actor, day, commitment_id=commitment_id)
    if found.nothing:
        return f"Nothing was done since {on(day)}."
    met, signed = len(found.milestones), len(found.outcomes)
    parts = [
        f"{met} {'milestone' if met == 1 else 'milestones'} met" if met else "",
        f"{signed} {'outcome' if signed == 1 else 'outcomes'} signed" if signed else "",
    ]
    return f"Since {on(day)}: {', '.join(part for part in parts if part)}."


def _number(seen: Agenda, row: AgendaRow) -> int | None:
    counted = [
        one.id for one in seen.rows if one.kind is not AgendaKind.OPENING and not one.removed
    ]
    return counted.index(row.id) + 1 if row.id in counted else None


def _href(row: AgendaRow) -> str:
    if row.opportunity_id:
        return address("/opportunities", id=row.opportunity_id)
    if row.report_card_id:
        return address("/report_cards", id=row.report_card_id)
    return address("/actions", commitment=row.commitment_id) if row.commitment_id else ""


def _planned(seen: Agenda, one: MeetingDetail) -> str:
    minutes = sum(row.minutes for row in seen.rows if not row.removed)
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} {'hour' if hours == 1 else 'hours'}" if hours else "", f"{rest} minutes"]
    over = minutes - minutes_between(one.row.begins, one.row.ends)
    long = f", {over} more than the meeting has" if one.ahead and one.row.ends and over > 0 else ""
    return f"{' '.join(part for part in parts if part)} planned{long}" if minutes else ""


def _published(seen: Agenda) -> str:
    return f"Put out on {on(seen.published_on)}" if seen.published_on else ""
