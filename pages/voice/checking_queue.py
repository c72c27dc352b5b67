"""The checking queue on screen: what is waiting, how long and why, without any of the words."""

from datetime import datetime

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.entries_queue import (
    OwedReply,
    QueueClock,
    WaitingEntry,
    entries_to_check,
    queue_clock,
    replies_owed,
)
from coprod_data.queries.promise import themes
from coprod_data.queries.settings import duty
from coprod_data.rules.clocks import LONDON, days_between
from coprod_data.vocabulary.entries import TO_READ, QueueState
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.looks import look
from pages.parts.sign_in import reading
from pages.parts.times import days, on_and_at
from pages.voice.checking_opening import is_next, open_entry


def queue() -> None:
    """Show what is waiting for this person, the most urgent first."""
    with refusals(stop=True), reading() as (db, actor):
        clock = queue_clock(db, actor)
        waiting = entries_to_check(db, actor)
        on_duty, promised = duty(db, actor).complete, bool(themes(db, actor))
    if not waiting:
        if clock.unread:
            show("lede.html", words=clock_words(clock))
        show(
            "empty.html", title="Nothing for you to check", icon="check",
            words=what_opens_the_form(on_duty=on_duty, promised=promised)
            or "New entries appear here as soon as a young person sends one.",
        )  # fmt: skip
        return
    show("lede.html", words=clock_words(clock))
    first = next((row.id for row in waiting if is_next(row)), None)
    for row in waiting:
        with st.container(key=f"queue-{row.id}"):
            show("queue_row.html", row=queue_row(row))
            if not row.typed_by_me:
                st.button(
                    f"Read it (no. {row.id})",
                    key=f"read-{row.id}",
                    type="primary" if row.id == first else "secondary",
                    shortcut="Ctrl+Enter" if row.id == first else None,
                    on_click=open_entry,
                    args=(row.id,),
                )


def what_opens_the_form(*, on_duty: bool, promised: bool) -> str:
    """Return what must be done before young people can write, or nothing when they can."""
    if not on_duty:
        return (
            "The form for young people is closed until somebody is on duty. "
            "The safeguarding lead or the administrator names them in Settings."
        )
    if not promised:
        return (
            "The form for young people is closed until there is a Promise. "
            "The chair and the administrator write it down in Set-up."
        )
    return ""


def owed() -> None:
    """Show released entries without a reply, the longest wait first."""
    with refusals(stop=True), reading() as (db, actor):
        actor.must(Permission.REPLIES_SEND)
        rows = replies_owed(db, actor)
        waits = {row.id: days_between(row.dealt_at, actor.at) for row in rows}
    if not rows:
        show(
            "empty.html", title="No reply is owed", icon="check",
            words="When you release words, the reply you owe their author appears here.",
        )  # fmt: skip
    for row in rows:
        with st.container(key=f"owed-{row.id}"):
            show("queue_row.html", row=owed_row(row, waits[row.id]))
            st.button(
                f"Write a reply (no. {row.id})",
                key=f"reply-{row.id}",
                on_click=open_entry,
                args=(row.id,),
            )


def clock_words(clock: QueueClock) -> str:
    """Return the counts as sentences."""
    if not clock.unread:
        return "Everything has been read."
    if clock.unread == 1:
        late = "overdue" if clock.late else "not overdue"
        return f"1 to check, {late}."
    late = f" {clock.late} overdue." if clock.late else " None overdue."
    since = f" The oldest came on {on_and_at(clock.oldest_at)}." if clock.oldest_at else ""
    return f"{clock.unread} to check.{late}{since}"


def queue_row(row: WaitingEntry) -> dict[str, object]:
    """Return a row of the queue as the template needs it."""
    detail = f"Sent {on_and_at(row.sent_at)}"
    if row.language not in ("en", "English"):
        detail += f" · in another language: {row.language}"
    if row.taken_by and not row.taken_by_me and row.state is not QueueState.SECOND_READER:
        detail += f" · {row.taken_by} has it"
    if row.state is QueueState.SECOND_READER:
        detail += f" · read by {'you' if row.proposed_by_me else row.proposed_by} first"
    if row.typed_by_me:
        detail += " · You typed this, so somebody else must check it."
    pills: list[tuple[str, str, str]] = [look(row.state)]
    if row.state in TO_READ:
        by = f"{'Late since' if row.late else 'Read by'} {_due(row.read_by)}"
        pills.append((by, "alert" if row.late else "plain", "clock"))
    pills += [(flag.words, "alert", "flag") for flag in row.flags]
    return {
        "title": f"{row.theme}: {row.kind.words.lower()}",
        "icon": row.icon,
        "detail": detail,
        "pills": pills,
    }


def _due(moment: datetime) -> str:
    local = moment.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B}, {local:%H:%M}"


def owed_row(row: OwedReply, waited: int) -> dict[str, object]:
    """Return a row of the replies owed."""
    card = row.card_title or "the card that is collecting now"
    return {
        "title": f"{row.theme}: {card}",
        "icon": row.icon,
        "detail": "With the Board" if row.shared else "Not shared with the Board yet",
        "pills": [(f"Released {days(waited)} ago" if waited else "Released today",
                   "alert" if waited >= 28 else "soon" if waited >= 14 else "plain", "clock")],
    }  # fmt: skip
