"""My work: what waits for its reader, one button each; what they wait for; what they took up."""

import streamlit as st

from coprod_data.permissions import Permission
from pages.board.my_work_action import forms_of
from pages.board.my_work_answer import MyWork, what_waits
from pages.board.my_work_notices import note_opened, where_notices_go
from pages.parts.address import address_now
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.html import columns, draw
from pages.parts.sign_in import reading
from pages.shared.own_eyes import for_own_eyes
from pages.shared.undo_action import undo_button


def work(*, words: bool = True) -> MyWork:
    """Return what this page says to its reader, or to whoever else can see the screen."""
    with refusals(stop=True), reading() as (db, actor):
        return what_waits(db, actor, address_now(), words=words)


said = work()
open_page(said.title, Permission.WORK_OWN, lede=said.lede)
if said.board_only and not for_own_eyes(marked=True):
    said = work(words=False)
draw(*said.above)
if said.undo:
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
