"""One opened entry: which of its screens this person sees."""

import streamlit as st

from coprod_data.commands.entries_checks import take_over
from coprod_data.permissions import Permission, Refused
from coprod_data.queries.entries_raw import RawEntry, raw_words
from coprod_data.store.database import Unavailable
from pages.parts.forms import saving
from pages.parts.frame import announce, name_tab
from pages.parts.html import show
from pages.parts.presses import note_answer
from pages.parts.sign_in import reading
from pages.voice.checking_after import after
from pages.voice.checking_facts import head, readers, sealed_words
from pages.voice.checking_first import first_reading, hold_button
from pages.voice.checking_held import held, taken_back_unread
from pages.voice.checking_left import left_to_us
from pages.voice.checking_opening import leave, open_entry
from pages.voice.checking_second import beside, second_person, waits_for_second
from pages.voice.checking_translated import who_translated
from pages.voice.checking_wish import wish_panel


def check(entry_id: int) -> None:
    """Show the open entry, or go back to the list if this person can no longer open it."""
    try:
        with reading() as (db, actor):
            raw = raw_words(db, actor, entry_id)
            can = frozenset(permission for permission in Permission if actor.may(permission))
    except Unavailable:
        raise
    except Refused as refused:
        announce(refused.sentence)
        leave()
        st.rerun()
    name_tab(f"No. {raw.id}")
    st.button("Back to the list", key="back-to-list", on_click=leave)
    with st.container(key=f"entry-{raw.id}"):
        _one(raw, can)


def _one(raw: RawEntry, can: frozenset[Permission]) -> None:
    head(raw)
    checks = Permission.ENTRIES_CHECK in can
    waits = raw.dealt_at is None and not raw.held and raw.proposal is None
    if raw.others_here and waits and (checks or raw.left):
        _somebody_else(raw)
    for wish in raw.wishes:
        wish_panel(wish, safeguards=Permission.ENTRIES_READ_HELD in can)
    for one in raw.beside:
        beside(raw, one)
    who_translated(raw)
    proposal = raw.proposal
    if raw.read_first and (waits or raw.kept_unread or (proposal and proposal.for_me)):
        _read_first(raw)
    if proposal is not None and proposal.for_me:
        second_person(raw, proposal)
    elif proposal is not None:
        waits_for_second(raw, proposal)
    elif raw.held:
        held(raw)
    elif raw.kept_unread:
        taken_back_unread(raw)
    elif raw.dealt_at is not None:
        after(raw, checks=checks)
    elif raw.came_back and (checks or raw.left):
        _came_back(raw)
    elif checks:
        first_reading(raw)
    elif raw.left:
        left_to_us(raw)
    else:
        sealed_words(raw)
        hold_button(raw.id)
    readers(raw)


def _read_first(raw: RawEntry) -> None:
    """Lead to what else of its card has to be read before this is decided."""
    show(
        "notice.html", tone="soon", icon="inbox", urgent=False,
        title="Something else waits on this card",
        words="Nobody has read it yet. Read it before you decide about this.",
    )  # fmt: skip
    for number in raw.read_first:
        st.button(
            f"Read no. {number} first", key=f"first-{number}", on_click=open_entry, args=(number,)
        )


def _came_back(raw: RawEntry) -> None:
    """Show an entry that came back while it was open in this tab: nothing is decided unread."""
    show(
        "notice.html", tone="soon", icon="undo", urgent=True, answers=True,
        title="It has come back since you opened it", words=raw.came_back,
    )  # fmt: skip
    note_answer()
    st.button("Read it again", key=f"read-again-{raw.id}", on_click=open_entry, args=(raw.id,))


def _somebody_else(raw: RawEntry) -> None:
    names = " and ".join(raw.others_here)
    show(
        "notice.html", tone="soon", icon="people", urgent=False,
        title=f"{names} has this entry open too",
        words="Talk to each other first. Nobody can release it until one of you takes over.",
    )  # fmt: skip
    if st.button("Take over", key=f"take-over-{raw.id}"):
        with saving("It is yours now.") as (db, actor):
            take_over(db, actor, raw.id)
