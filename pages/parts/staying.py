"""A warning before somebody is signed out for having done nothing, and a button against it.

A timer of the tab asks; the door does not count what a timer asks for as activity.
"""

from datetime import timedelta

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from coprod_data.queries.auth_sessions import idle_end
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading, session_id
from pages.parts.tabs import IDLE_WHILE_CHECKING, shows_raw_words
from pages.parts.times import clock

EVERY = 20  # seconds
BEFORE = timedelta(minutes=2, seconds=EVERY)


@st.fragment(run_every=EVERY)
def warn_before_the_end(*, kept: bool) -> None:
    """Show when this person will be signed out, from two minutes before, with a way to stay.

    `kept` says whether what they type is kept here until then.
    """
    context = get_script_run_ctx()
    if context is None or not context.fragment_ids_this_run:
        return  # the page itself is being drawn, because they did something just now
    session = session_id()
    at_most = IDLE_WHILE_CHECKING if shows_raw_words(session) else None
    with refusals(), reading() as (db, actor):
        ends_at, now = idle_end(db, actor, session, at_most=at_most), actor.at
    if ends_at is None or ends_at - now > BEFORE:
        return
    with st.container(key="stay"):
        show("stay.html", at=clock(ends_at), kept=kept)
        if st.button("Stay signed in", key="stay-signed-in", type="primary"):
            st.rerun()  # the press itself is the activity; the page is drawn without the warning
