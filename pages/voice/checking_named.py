"""The one entry that a link names, before anybody has opened it."""

import streamlit as st

from coprod_data.queries.entries_holds import open_holds
from coprod_data.queries.entries_raw import may_be_mine, why_shut
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.voice.checking_hold import show_hold
from pages.voice.checking_opening import open_entry
from pages.voice.checking_place import back_to_list
from pages.voice.checking_rows import ABOUT_ME


def one_entry(entry_id: int) -> None:
    """Show the one entry that a link names, to be opened by a press, or the hold it is on."""
    with refusals(stop=True), reading() as (db, actor):
        is_held = any(hold.id == entry_id for hold in open_holds(db, actor))
        shut = why_shut(db, actor, entry_id)
        about_me = may_be_mine(db, actor, entry_id)
    if is_held:
        show_hold(entry_id)
        return
    st.button("Back to the list", key="back-to-list", on_click=back_to_list)
    show("section.html", title=f"No. {entry_id}", count=None)
    if shut:
        st.text(shut)
        return
    if about_me:
        show("notice.html", tone="alert", icon="people", urgent=False, title=ABOUT_ME,
             words="Go back to the list, and ask a colleague to read it.")  # fmt: skip
    st.text("We record that you open it.")
    st.button(
        f"Read no. {entry_id}", key=f"read-{entry_id}", type="primary",
        on_click=open_entry, args=(entry_id,),
    )  # fmt: skip
