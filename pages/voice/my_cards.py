"""My cards: a young person with an account keeps their cards here, by the code of each."""

import streamlit as st

from coprod_data.commands.entries import hold_card
from coprod_data.commands.limits import count_visit, uncount_visit
from coprod_data.permissions import NotFound, Permission, Refused
from coprod_data.queries.limits import is_within_limit
from coprod_data.queries.settings import Duty, duty
from coprod_data.rules.code_words import UnknownWord, is_no_code, put_right, unknown_words
from coprod_data.store import database
from coprod_data.store.actors import ByCode, System
from coprod_data.store.card_codes import LISTS, tidy_code, words
from pages.parts.boxes import text_line
from pages.parts.faults import refusals
from pages.parts.frame import open_page, show_help
from pages.parts.html import draw, show
from pages.parts.sign_in import reading, writing
from pages.parts.wording import say
from pages.shared.entry_names import entry_in_address
from pages.shared.read_later import read_later
from pages.shared.young_card import read_card
from pages.voice.my_cards_answer import TITLE, answer
from pages.voice.my_cards_meetings import meetings_waiting
from pages.voice.my_cards_one import offers_waiting, outcomes_waiting, whole_card
from pages.voice.my_cards_talk import done

CODE = "card-code"
MINUTES = 15
LIMITS = {"card": (20, "code.limit"), "card_right": (120, "code.limit_right")}


def all_cards() -> None:
    """Show what the reader was invited to and all their cards, and accept another code."""
    with refusals(stop=True), reading() as (db, actor):
        said, now = answer(db, actor, {}), duty(db, actor)
    if said is None:
        return
    desk = said.desk
    draw(*said.blocks)
    if desk.outcomes:
        read_later(now)
    meetings_waiting(desk.meetings)
    offers_waiting(desk.offers)
    outcomes_waiting(desk.outcomes, now, desk.teams)
    draw(*said.rest)
    show("section.html", title=say("mine.add"), count=None)
    with st.form("add-card"):
        code = text_line(say("code.label"), longest=120, key=CODE, autocomplete="off")
        sent = st.form_submit_button(say("mine.add"), type="primary")
    unknown = unknown_words(tidy_code(code), words, list(LISTS))
    if unknown and not is_no_code(tidy_code(code), list(LISTS)):
        for word in unknown:
            offer(code, word)
    elif sent:
        add(code)


def offer(code: str, word: UnknownWord) -> None:
    """Show a word that is on no list, with buttons that put a near word in its place."""
    show("unknown_word.html", typed=word.typed, offered=bool(word.nearest))
    for near in word.nearest:
        st.button(
            near, key=f"instead-{word.typed}-{near}", on_click=st.session_state.update,
            args=({CODE: put_right(code, word.typed, near)},),
        )  # fmt: skip


def on_duty() -> Duty:
    """Return who is on duty now, and when somebody reads."""
    with reading() as (db, actor):
        return duty(db, actor)


def add(code: str) -> None:
    """Add the card of a code; right and wrong codes are counted for this person."""
    with refusals():
        if not tidy_code(code):
            raise Refused(say("code.empty"))
        if is_no_code(tidy_code(code), list(LISTS)):
            raise Refused(f"{say('code.not_whole')} {say('code.lost')}")
        with reading() as (_, actor):
            person = f"person {actor.id}"
        with database.reading(System()) as (db, system):
            for what, (most, sentence) in LIMITS.items():
                if not is_within_limit(
                    db, system, what=what, address=person, most=most, minutes=MINUTES
                ):
                    raise Refused(say(sentence))
        count("card", person)  # as wrong before it is looked for, which is slow
        digests = ByCode(code).digests(database.current().keys)  # slow, so made before
        try:
            with writing() as (db, actor):
                hold_card(db, actor, digests)
        except NotFound:
            raise
        except Exception:
            uncount("card", person)
            raise
        uncount("card", person)
        count("card_right", person)
        done(say("mine.added"))


def count(what: str, person: str) -> None:
    """Count one more try of this person."""
    with database.writing(System()) as (db, system):
        most, _ = LIMITS[what]
        count_visit(db, system, what=what, address=person, most=most, minutes=MINUTES)


def uncount(what: str, person: str) -> None:
    """Take back the last try that was counted."""
    with database.writing(System()) as (db, system):
        uncount_visit(db, system, what=what, address=person, minutes=MINUTES)


number = entry_in_address("id")
open_page(
    TITLE if number is None else say("page.card_title"),
    needs=Permission.ENTRIES_HOLD_CARD,
    lede=say("mine.lead") if number is None else "",
    back=(say("mine.all"), "/my_cards") if number is not None else None,
)
if number is not None:
    with refusals():
        card, now = read_card(reading(), number), on_duty()
        if card.entry.withdrawn or not card.entry.read:
            read_later(now)
        whole_card(card, now)
else:
    all_cards()
show_help()
