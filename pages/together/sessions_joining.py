"""How phones join a session: its code, the drawing for cameras, the screen of the room."""

import streamlit as st

from coprod_data.commands.sessions_joining import make_join_code, stop_join_code
from coprod_data.permissions import Permission
from coprod_data.queries.sessions import SessionDetail
from coprod_data.queries.sessions_joining import join_code, sent_at
from coprod_data.vocabulary.sessions import SHUT
from pages.parts.address import whole_address
from pages.parts.faults import refusals
from pages.parts.forms import saving, sure
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import on
from pages.shared.qr_codes import way_in


def joining(one: SessionDetail) -> None:
    """Show the join code of a session to whoever may change it, until it is over."""
    if not one.may_change or one.row.state in SHUT:
        return
    number = one.row.id
    with refusals(stop=True), reading() as (db, actor):
        code = join_code(db, actor, number)
        sent = sent_at(db, actor, number) if actor.may(Permission.ENTRIES_QUEUE) else None
    if code.over:
        return
    with st.container(key="session-joining"):
        way = way_in(code.site or whole_address("/"), code.words) if code.words else None
        show(
            "session_joining.html", code=code, way=way, day=on(code.day), sent=sent,
            room=f"/room/{number}",
        )  # fmt: skip
        if way is None:
            if code.ahead and st.button("Make the code", type="primary", key="session-code"):
                with saving("Here is the code. Show it in the room.") as (db, actor):
                    make_join_code(db, actor, number)
        elif sure(
            "Stop this code", f"session-code-stop-{number}", yes="Yes, stop it",
            question="Phones that have it open nothing any more. You can make another.",
        ):  # fmt: skip
            with saving("It is stopped.") as (db, actor):
                stop_join_code(db, actor, number)
