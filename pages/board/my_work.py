"""My work: what waits for its reader, one button each; what they wait for; what they took up."""

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.actions import ActionRow, action
from pages.board.my_work_action import ACTION, CLOSED, forms_of
from pages.board.my_work_answer import MyWork, what_waits
from pages.board.my_work_notices import note_opened, where_notices_go
from pages.board.my_work_shares import how_it_is_shared
from pages.parts.address import address_now
from pages.parts.carried import keep_apart
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.html import columns, draw, show
from pages.parts.sign_in import reading
from pages.shared.own_eyes import for_own_eyes
from pages.shared.undo_action import undo_button

OPENED = "my-work-opened"  # the action that is open in this tab


def work(*, words: bool = True) -> tuple[MyWork, ActionRow | None]:
    """Return what this page says to its reader, and the action that was changed elsewhere while
    this tab had it open with something typed: no other one is opened in its place.

    Without `words` it is fit for a screen that others can see.
    """
    before, named = st.session_state.get(OPENED), address_now()
    with refusals(stop=True), reading() as (db, actor):
        said = what_waits(db, actor, named, words=words)
    now = said.opened.row.id if said.opened else None
    if before in (None, now) or not keep_apart("update", before, "text"):
        st.session_state[OPENED] = now
        return said, None
    left = {name: value for name, value in named.items() if name != ACTION}
    with refusals(stop=True), reading() as (db, actor):
        return (
            what_waits(db, actor, {**left, CLOSED: "1"}, words=words),
            action(db, actor, before),
        )


said, changed = work()
open_page(said.title, Permission.WORK_OWN, lede=said.lede)
if said.board_only and not for_own_eyes(marked=True):
    said, changed = work(words=False)
if changed:
    show("work_changed.html", title=changed.title, href=f"/actions?action={changed.id}")
draw(*said.above)
if said.undo and not changed:
    undo_button(said.undo.action_id, said.undo.last, of=said.undo.of)
if said.opened is None:
    draw(*said.blocks[len(said.above) :])
else:
    wide, *beside = columns() if said.aside else [st.container()]
    with wide:
        *head, facts = said.wide
        draw(*head)
        with st.container(key=f"box-update-{said.opened.row.id}"):
            draw(facts)
            forms_of(said.opened)
        draw(*said.under)
    for column in beside:
        with column:
            draw(*said.aside)
    draw(*said.after)
if said.notices is not None:
    where_notices_go(said.notices)
    note_opened(said.notices)
how_it_is_shared()
