"""Beside words that somebody reads: say that one is worried; the team takes in or holds them.

Report cards, opportunities, actions, papers and the search offer it with the words that they show.
"""

import streamlit as st

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_recall import recall_entry, say_worried
from coprod_data.permissions import Permission
from coprod_data.rules.texts import LONGEST
from pages.parts.boxes import text_line
from pages.parts.faults import refusals
from pages.parts.forms import saving
from pages.parts.frame import announce
from pages.parts.html import show
from pages.parts.sign_in import writing
from pages.parts.times import on_and_at
from pages.shared.entry_names import key_here, numbers_them
from pages.shared.worry_words import CALL, THANKS, WHAT_HAPPENS

IN = "It is back in. Nobody outside the team can read it now."
ASKED = "A second person is asked. Until they agree it stays out."
SAID = "worries-said"  # in this tab: when, by entry


def beside(entry_id: int, row: dict[str, object], can: frozenset[Permission]) -> None:
    """Show one voice with what its reader may do about it; a projector shows no such button."""
    show("voices.html", voices=[row])
    worry(entry_id, can)


def worry(entry_id: int, can: frozenset[Permission]) -> None:
    """Offer what a reader of an entry's words may do about them."""
    if Permission.ENTRIES_WORRY not in can:
        return
    team = Permission.ENTRIES_CHECK in can
    label = "Worried about these words?" if team else "I am worried about these words"
    said, here = st.session_state.get(SAID, {}), key_here(entry_id)
    number = f" (no. {entry_id})" if numbers_them(can) else ""
    with (
        st.container(key=f"worry-{here}"),
        # a new key after a press, so that the panel is closed
        st.popover(f"{label}{number}", key=f"worry-{here}-{said.get(entry_id, '')}"),
    ):
        if entry_id in said:
            st.text(f"You said at {said[entry_id]} that you are worried.")
        st.text(WHAT_HAPPENS)
        st.text(CALL)
        if st.button("I am worried", key=f"worried-{here}", type="primary"):
            with saving(f"Thank you. {THANKS}") as (db, actor):
                say_worried(db, actor, entry_id)
                at = on_and_at(actor.at)
                st.session_state[SAID] = {**said, entry_id: at}
        if team:
            _take_back_in(entry_id)
            _hold(entry_id)


def _take_back_in(entry_id: int) -> None:
    reason = text_line(
        "Take it back in: why? The young person reads this", longest=LONGEST, key=f"why-{entry_id}"
    )
    if st.button("Take it back in", key=f"recall-{entry_id}"):
        with saving() as (db, actor):
            taken = recall_entry(db, actor, entry_id, reason=reason or "")
            announce(IN if taken else ASKED)


def _hold(entry_id: int) -> None:
    if st.button("Hold for safeguarding", key=f"hold-{entry_id}"):
        with refusals():
            with writing() as (db, actor):
                hold_entry(db, actor, entry_id)
            st.switch_page("voice/checking.py")  # it asks whom this person told
