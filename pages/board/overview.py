"""Overview: a young person's words first, then what is waiting, then what was kept."""

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.entries_released import words_to_pin
from pages.board.overview_accounts import ACCOUNTS, asks_for_accounts
from pages.board.overview_answer import TITLE, answer
from pages.board.overview_meeting import opening_words_form
from pages.board.overview_then import HERE, show_overview_then, title
from pages.parts.address import address_now
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.html import draw, show
from pages.parts.sign_in import reading
from pages.shared.as_at import how_it_was
from pages.shared.worry import worry

then = how_it_was()
of_accounts = asks_for_accounts(address_now())
open_page(
    title(then) if then else ACCOUNTS if of_accounts else TITLE,
    Permission.OVERVIEW_READ,
    back=("Back to the Overview", HERE) if then or of_accounts else None,
)
if then:
    show_overview_then(then)
else:
    with refusals(stop=True), reading() as (db, actor):
        said = answer(db, actor, address_now())
        is_chair = actor.may(Permission.OVERVIEW_PIN) and not of_accounts
        to_pin = words_to_pin(db, actor) if is_chair else []
    if said:
        draw(*said.blocks)
    if said and said.voice and Permission.ENTRIES_WORRY in said.can:
        with st.container(key="worried-here", horizontal=True):
            show("overview_worried.html")
            worry(said.voice.entry_id, said.can)
    if said and is_chair:
        opening_words_form(said.pinned, to_pin)
