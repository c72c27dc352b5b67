"""After a step: what was done, the way back, and the next entry, which opens only on a press."""

from dataclasses import dataclass

import streamlit as st

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_recall import recall_entry
from coprod_data.queries.entries_queue import WaitingEntry, entries_to_check, replies_owed
from coprod_data.rules.texts import LONGEST
from pages.parts.boxes import text_line
from pages.parts.faults import refusals
from pages.parts.frame import announce
from pages.parts.html import show
from pages.parts.sign_in import reading, writing
from pages.voice.checking_opening import leave, open_entry
from pages.voice.checking_place import place, shown

DONE = "checking-done"
TOO_EARLY = "We let your words out too early, so we are reading them again."


@dataclass(frozen=True)
class Done:
    """A step that was taken: of which entry, said how, and whether its words are out now.

    `card_id` is the entry that it belongs to, where it is an answer; `replied`: it was a reply.
    """

    entry_id: int
    sentence: str
    out: bool
    card_id: int | None
    replied: bool


def done() -> Done | None:
    """Return what was just done in this tab, until its person goes on."""
    last = st.session_state.get(DONE)
    return last if isinstance(last, Done) else None


def go_on(
    sentence: str,
    entry_id: int,
    *,
    out: bool = False,
    card_id: int | None = None,
    replied: bool = False,
) -> None:
    """Close the entry, say what was done, and offer the next."""
    announce(sentence)
    st.session_state[DONE] = Done(entry_id, sentence, out, card_id, replied)
    leave()
    st.rerun()


def forget_done() -> None:
    """Go back to the list. Used as a callback."""
    st.session_state.pop(DONE, None)


def open_next(entry_id: int) -> None:
    """Open the next entry. Used as a callback."""
    forget_done()
    open_entry(entry_id)


def show_done() -> None:
    """Show what was done with one entry, and what may come next."""
    last = done()
    if last is None:
        return
    with refusals(stop=True), reading() as (db, actor):
        rows = entries_to_check(db, actor)
        coming = [row for row in rows if row.for_me and row.id != last.entry_id]
        owed = replies_owed(db, actor) if last.replied else []
    reply_to = next((one.id for one in owed if not one.typed_by_me), None)
    following = _next(coming, rows)
    show("done.html", sentence=f"No. {last.entry_id}: {last.sentence}", left=len(coming))
    with st.container(key="done-acts", horizontal=True):
        if reply_to is not None:  # whoever writes replies goes on with them
            st.button(
                f"Write the next reply (no. {reply_to})", key="next-reply", type="primary",
                on_click=open_next, args=(reply_to,),
            )  # fmt: skip
        if following is not None:
            st.button(
                f"Open the next (no. {following.id})", key="open-next",
                type="primary" if reply_to is None else "secondary",
                on_click=open_next, args=(following.id,),
            )  # fmt: skip
        if last.card_id is not None:  # what they ask for is done there: no list says so
            st.button(
                f"Open card no. {last.card_id}: reply, or take it back in", key="open-card",
                on_click=open_next, args=(last.card_id,),
            )  # fmt: skip
        st.button("Back to the list", key="back-to-list", on_click=forget_done)
    if last.out:
        _take_back_in(last)


def _next(coming: list[WaitingEntry], rows: list[WaitingEntry]) -> WaitingEntry | None:
    here = shown(coming, place(rows))
    return next(iter([*here, *coming]), None)


def _take_back_in(last: Done) -> None:
    with st.container(key="box-recall"):
        reason = text_line(
            "Was it too early? Say why, for the young person", value=TOO_EARLY,
            longest=LONGEST, key=f"too-early-{last.entry_id}",
        )  # fmt: skip
        if st.button("Take it back in", key=f"take-in-{last.entry_id}"):
            with refusals():
                with writing() as (db, actor):
                    taken = recall_entry(db, actor, last.entry_id, reason=reason or "")
                announce(
                    "It is back in. Nobody outside the team can read it now."
                    if taken
                    else "A second person is asked. Until they agree it stays out."
                )
                forget_done()
                st.rerun()
        words = "Somebody may be at risk: take it back in and hold it"
        if st.button(words, key=f"take-in-hold-{last.entry_id}"):
            with refusals():
                with writing() as (db, actor):
                    # Held words leave at once, also where taking them in waits for somebody.
                    recall_entry(db, actor, last.entry_id, reason=reason or "")
                    hold_entry(db, actor, last.entry_id)
                announce("It is on hold, and out of every view. Ring safeguarding now.")
                forget_done()
                st.rerun()
