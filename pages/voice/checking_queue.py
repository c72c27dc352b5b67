"""The checking queue on screen: what is waiting, why and until when, without any of the words."""

from datetime import datetime

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.entries_holds import HeldEntry, open_holds
from coprod_data.queries.entries_queue import (
    OwedReply,
    WaitingEntry,
    ended_entries,
    entries_to_check,
    queue_clock,
    replies_owed,
)
from coprod_data.queries.entries_quoted import texts_to_reword
from coprod_data.queries.entries_rows_steps import LONGEST_LIST
from coprod_data.queries.entries_wishes import OpenWish, open_wishes
from coprod_data.queries.promise import themes
from coprod_data.queries.settings import duty, targets
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.shared.lists import explain
from pages.voice.checking_empty import what_opens_the_form
from pages.voice.checking_list import A_PAGE, list_rows, more_button, read_button
from pages.voice.checking_opening import open_entry
from pages.voice.checking_place import (
    COUNTS,
    HERE,
    LISTS,
    NAMED,
    Place,
    cannot_wait,
    go,
    place,
    shown,
)
from pages.voice.checking_reword import list_texts
from pages.voice.checking_rows import ENGLISH, moment, owed_row, queue_row
from pages.voice.checking_wishes import SHOWN_IN, without_a_row


def queue() -> None:
    """Show the four numbers, the filters, and the rows that pass them, the most urgent first."""
    with refusals(stop=True), reading() as (db, actor):
        now = actor.at
        opens = actor.may(Permission.ENTRIES_READ_HELD)
        holds = open_holds(db, actor)
        waiting = entries_to_check(db, actor)
        owed = replies_owed(db, actor)
        texts = texts_to_reword(db, actor) if actor.may(Permission.TEXTS_REWORD) else []
        wishes = open_wishes(db, actor)
        ended = len(ended_entries(db, actor))
        limits = targets(db, actor)
        on_duty, promised = duty(db, actor).takes_words, bool(themes(db, actor))
        clock = queue_clock(db, actor) if len(waiting) == LONGEST_LIST else None
    held = {row.id for row in holds}
    rows = [row for row in waiting if row.id not in held]
    wishes = without_a_row(wishes, waiting, held)
    at = place(rows)
    if clock is not None:
        show("lede.html", words=(
            f"{clock.unread} entries wait to be read, {clock.late} of them over our target. "
            f"These are the {LONGEST_LIST} most urgent; the others move up as they are read."
        ))  # fmt: skip
    _counts(rows, holds, wishes, at, now)
    _filters(rows, holds, wishes, {"owed": len(owed), "reword": len(texts)}, at)
    if at.show == "owed":
        _owed(owed, at, now)
    elif at.show == "reword":
        list_texts(texts, now)
    else:
        list_rows(rows, holds, wishes, at, now, opens=opens)
        if not rows and not holds and not wishes:
            show(
                "empty.html", title="Nothing for you to check", icon="check",
                words=what_opens_the_form(on_duty=on_duty, promised=promised)
                or "New entries appear here as soon as a young person sends one.",
            )  # fmt: skip
    words = f"Closed, kept, passed on or asked back in the last 30 days: {ended}"
    show("link.html", words=words, href=f"{HERE}?{NAMED.ENDED}=1")
    explain(limits)


def urgent_meanwhile() -> None:
    """Show what cannot wait until a call is written down: urgent entries, and steps for me."""
    with refusals(stop=True), reading() as (db, actor):
        waiting, now = entries_to_check(db, actor), actor.at
    rows = [row for row in waiting if cannot_wait(row)]
    if not rows:
        return
    show("section.html", title="Urgent meanwhile", count=len(rows))
    for row in rows:
        with st.container(key=f"queue-{row.id}", horizontal=True):
            show("queue_row.html", row=queue_row(row, now))
            read_button(row.id, primary=False)


def _counts(
    rows: list[WaitingEntry],
    holds: list[HeldEntry],
    wishes: list[OpenWish],
    at: Place,
    now: datetime,
) -> None:
    by_name = {name: shown(rows, Place(name, "", "", everything=True)) for name in COUNTS}
    unopened = sum(row.first_read_at is None for row in holds)
    stopped = sum(row.late for row in holds)
    due = [*(row.read_by for row in by_name["urgent"]), *(wish.due for wish in wishes)]
    first = min(due, default=None)
    late = sum(row.late for row in by_name["read"])
    details = {
        "urgent": f"First one to be read by {moment(first, now)}" if first else "None waiting",
        "hold": f"{unopened} not opened by safeguarding yet"
        if unopened
        else f"{stopped} over our target for the next step"
        if stopped
        else f"{untaken} that nobody present deals with"
        if (untaken := sum(not row.dealt_with for row in holds))
        else "Somebody deals with each"
        if holds
        else "None",
        "read": f"{late} over our target" if late else "None over our target",
        "others": "A colleague decides",
    }
    numbers = {name: len(found) for name, found in by_name.items()}
    numbers["hold"] += len(holds)
    numbers["urgent"] += len(wishes)
    show(
        "counts.html",
        counts=[
            {
                "number": numbers[name],
                "words": words,
                "detail": details[name],
                "href": f"{HERE}?show={name}" if at.show != name else HERE,
                "chosen": at.show == name,
                "alert": (name == "urgent" and numbers[name])
                or (name == "hold" and (unopened or stopped)),
            }
            for name, words in COUNTS.items()
        ],
    )


def _filters(
    rows: list[WaitingEntry],
    holds: list[HeldEntry],
    wishes: list[OpenWish],
    besides: dict[str, int],
    at: Place,
) -> None:
    numbers = {
        name: len(shown(rows, Place(name, at.theme, at.language, everything=True)))
        for name in LISTS
    }
    if not at.theme and not at.language:
        numbers["all"] += len(holds)
        for name in SHOWN_IN & LISTS.keys():
            numbers[name] += len(wishes)
    numbers |= besides
    st.session_state["checking-show"] = at.show if at.show in LISTS else None
    st.session_state["checking-theme"] = at.theme
    st.session_state["checking-language"] = at.language
    with st.container(key="checking-filters"):
        st.pills(
            "Show", list(LISTS), key="checking-show", on_change=_chosen, args=("show",),
            format_func=lambda name: f"{LISTS[name]} {numbers[name]}",
        )  # fmt: skip
        by_theme, by_language = st.columns(2)
        by_theme.selectbox(
            "Theme", ["", *sorted({row.theme for row in rows})], key="checking-theme",
            format_func=lambda theme: theme or "All themes", on_change=_chosen, args=("theme",),
        )  # fmt: skip
        by_language.selectbox(
            "Language", ["", *sorted({row.language for row in rows})], key="checking-language",
            format_func=_language, on_change=_chosen, args=("language",),
        )  # fmt: skip


def _language(name: str) -> str:
    return "All languages" if not name else "English" if name in ENGLISH else name


def _chosen(name: str) -> None:
    value = st.session_state.get(f"checking-{name}") or ""
    go(name, "" if value == "all" else value)


def _owed(owed: list[OwedReply], at: Place, now: datetime) -> None:
    if not owed:
        show(
            "empty.html", title="No reply is owed", icon="check",
            words="When you release or keep words, the reply you owe their author appears here.",
        )  # fmt: skip
        return
    cut = owed if at.everything else owed[:A_PAGE]
    for row in cut:
        with st.container(key=f"owed-{row.id}", horizontal=True):
            show("queue_row.html", row=owed_row(row, now))
            if row.typed_by_me:
                continue
            st.button(
                f"Write a reply (no. {row.id})", key=f"reply-to-{row.id}",
                on_click=open_entry, args=(row.id,),
            )  # fmt: skip
    more_button(len(owed) - len(cut))
