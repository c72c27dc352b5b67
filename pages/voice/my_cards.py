"""My cards: a young person with an account keeps their cards here, by the code of each."""

import streamlit as st

from coprod_data.commands.entries import hold_card
from coprod_data.commands.limits import count_visit
from coprod_data.permissions import NotFound, Permission, Refused
from coprod_data.queries.limits import is_within_limit
from coprod_data.store import database
from coprod_data.store.actors import System
from pages.parts.address import number_in_address
from pages.parts.faults import refusals
from pages.parts.frame import open_page, show_help
from pages.parts.html import show
from pages.parts.sign_in import reading, writing
from pages.parts.wording import say
from pages.shared.young_card import my_desk, read_card
from pages.voice.my_cards_one import offers_waiting, outcomes_waiting, whole_card
from pages.voice.my_cards_talk import done

TITLE = "My cards"
WRONG_CODES, MINUTES = 20, 15


def all_cards() -> None:
    """Show what the reader was invited to and all their cards, and accept another code."""
    with refusals(stop=True):
        desk = my_desk(reading())
    offers_waiting(desk.offers)
    outcomes_waiting(desk.outcomes)
    if desk.cards:
        show("my_cards.html", cards=desk.cards)
    else:
        show(
            "empty.html", title=say("mine.none"), words=say("mine.none_words"), icon="cards",
            more=(say("code.send"), "/share"),
        )  # fmt: skip
    show("section.html", title=say("mine.add"), count=None)
    with st.form("add-card"):
        code = st.text_input(say("code.label"), max_chars=120, key="card-code")
        if st.form_submit_button(say("mine.add"), type="primary"):
            add(code)


def add(code: str) -> None:
    """Add the card of a code; wrong codes are counted for this person."""
    with refusals():
        with reading() as (_, actor):
            visit = {"what": "card", "address": f"person {actor.id}"}
        with database.reading(System()) as (db, system):
            within = is_within_limit(db, system, **visit, most=WRONG_CODES, minutes=MINUTES)
        if not within:
            raise Refused(say("code.limit"))
        try:
            with writing() as (db, actor):
                hold_card(db, actor, code)
        except NotFound:
            with database.writing(System()) as (db, system):
                count_visit(db, system, **visit, most=WRONG_CODES, minutes=MINUTES)
            raise
        done(say("mine.added"))


number = number_in_address("id")
open_page(
    TITLE if number is None else say("page.card_title"),
    needs=Permission.ENTRIES_HOLD_CARD,
    lede=say("mine.lead") if number is None else "",
    back=(say("mine.all"), "/my_cards") if number is not None else None,
)
if number is not None:
    with refusals():
        whole_card(read_card(reading(), number))
else:
    all_cards()
show_help()
