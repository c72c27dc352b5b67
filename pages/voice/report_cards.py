"""Report cards: what young people said, by theme; one card with what followed."""

from dataclasses import replace
from functools import partial

import streamlit as st

from coprod_data.commands.report_cards_sharing import note_read_as_shared
from coprod_data.permissions import Permission
from coprod_data.queries.entries_marks import mark_of_entry
from coprod_data.queries.entries_released import public_among
from coprod_data.queries.events_of import history_of_card
from coprod_data.queries.opportunities_sources import opportunities_to_add_to
from coprod_data.queries.promise import named_now
from coprod_data.queries.report_cards import CardPage, themes_without_card
from coprod_data.queries.report_cards_detail import report_card
from coprod_data.queries.report_cards_rows import CardDetail
from coprod_data.queries.way import way_of_card
from coprod_data.queries.way_steps import Way
from coprod_data.rules.clocks import london_day
from coprod_data.rules.excerpts import MOST
from coprod_data.vocabulary.way import WayKind
from pages.parts.address import address_now, number_in_address, row_in_address
from pages.parts.boxes import text_line
from pages.parts.faults import refusals
from pages.parts.frame import open_page, show_help
from pages.parts.html import draw, show
from pages.parts.sign_in import reading, writing
from pages.parts.tables import download
from pages.shared.entry_names import names_of, numbers_them
from pages.shared.happened import show_happened
from pages.shared.lists import address
from pages.shared.own_eyes import for_own_eyes
from pages.shared.way import came_of, crumbs, way_to
from pages.shared.worry import beside, worry
from pages.voice.report_cards_acts import add_to_opportunity, answer_form, open_by_hand, team_forms
from pages.voice.report_cards_answer import (
    HERE,
    MORE_THAN_PUBLIC,
    TITLE,
    Chosen,
    gallery,
    older_and_newer,
)
from pages.voice.report_cards_rows import (
    match,
    opportunity,
    panels,
    sent_back,
    shared_with,
    voices,
)

SEARCH = "cards-search"  # pages/static/js/search.js finds the box by it


def card_in_address() -> CardDetail | None:
    """Return the card that the address names, if there is one for this reader."""
    page = number_in_address("page") or 1
    return row_in_address(lambda db, actor, number: report_card(db, actor, number, page=page))


def note_reading(detail: CardDetail) -> None:
    """Note that somebody outside the team reads a card that was shared a moment ago."""
    if not detail.just_shared:
        return
    with refusals(), writing() as (db, actor):
        note_read_as_shared(db, actor, detail.id)


def one(detail: CardDetail, way: Way | None) -> None:
    """Show one card with its words, its people, its outcome, and what may be done."""
    with refusals(stop=True), reading() as (db, actor):
        can = frozenset(permission for permission in Permission if actor.may(permission))
        today = london_day(actor.at)
        adds = actor.may(Permission.OPPORTUNITIES_OPEN)
        to_add_to = opportunities_to_add_to(db, actor) if adds else {}
        reads = actor.may(Permission.REPORT_CARDS_READ)
        now = named_now(db, actor, detail.theme_id)
        happened = history_of_card(db, actor, detail.id) if reads else None
        may_suggest = Permission.OPPORTUNITIES_SUGGEST in can and bool(can & MORE_THAN_PUBLIC)
        quoted = [voice.entry_id for voice in detail.voices] if may_suggest else []
        marks = {number: mark_of_entry(db, actor, number) for number in quoted}
    covered = bool(can & MORE_THAN_PUBLIC) and not for_own_eyes()
    if covered:
        detail = without_words(detail)
    elif can & MORE_THAN_PUBLIC:
        note_reading(detail)
    show(
        "card_head.html",
        theme={"title": detail.young_theme, "icon": detail.icon},
        now=now,
        state=detail.state,
        shared=shared_with(detail),
    )
    if detail.page == 1:
        show("card_detail.html", **panels(detail))
        came_of(way, but=WayKind.OPPORTUNITY)
        if (said := sent_back(detail)) is not None and said.say_entry is not None:
            worry(said.say_entry, can)
    if detail.opportunities and detail.page == 1:
        may_open = Permission.OPPORTUNITIES_READ in can
        if may_open:
            st.header("Opportunities", anchor=False)
        else:
            st.header("Chances to work together", anchor=False)
        show(
            "list.html",
            rows=[opportunity(row, may_open=may_open) for row in detail.opportunities],
            empty="",
        )
    may_add = bool(to_add_to)
    if may_suggest:
        show(
            "link.html",
            words="Suggest an opportunity from this card",
            href=f"/opportunities?new=1&card={detail.id}",
        )
    st.header("In their own words", anchor=False)
    own_words = [*detail.voices, *detail.alone]
    numbers = [one.entry_id for one in own_words] + [one.entry_id for one in detail.summaries]
    names = names_of(numbers, numbered=numbers_them(can))
    rows = voices(detail, names if may_add or Permission.ENTRIES_WITHDRAW_FOR in can else {}, marks)
    for at, (number, row) in enumerate(zip(numbers, rows, strict=True)):
        # An entry's words and its summary have the same buttons: once is enough.
        beside(number, row, can if number not in numbers[:at] else frozenset())
    if not rows and not covered:
        show(
            "empty.html",
            title="No words can be shown yet",
            words="Words appear here once a person has checked them and their author agreed.",
            icon="inbox",
        )
    draw(*older_and_newer("words", partial(address, HERE, id=detail.id), detail))
    if may_add:
        add_to_opportunity(detail, to_add_to, names)
    if Permission.ANSWERS_GIVE in can and detail.shared:
        answer_form(detail)
    if Permission.REPORT_CARDS_WRITE in can:
        team_forms(detail, today)
    if happened is not None:
        show_happened(happened, here=f"{HERE}?id={detail.id}")


def without_words(detail: CardDetail) -> CardDetail:
    """Return a card as a screen shows it that others can see: with words that are for everyone."""
    with refusals(stop=True), reading() as (db, actor):
        every = public_among(db, actor, [one.entry_id for one in (*detail.voices, *detail.alone)])
    voices, alone = (
        tuple(replace(one, later=()) for one in said if one.entry_id in every)
        for said in (detail.voices, detail.alone)
    )
    outcomes = tuple(replace(one, say="", say_entry=None) for one in detail.outcomes)
    return replace(detail, voices=voices, alone=alone, summaries=(), outcomes=outcomes)


def every() -> None:
    """Show the gallery: filters, search, a page of twelve."""
    search = (st.session_state.get(SEARCH) or "").strip()
    with refusals(stop=True), reading() as (db, actor):
        said = gallery(db, actor, address_now(), search=search)
        can = frozenset(permission for permission in Permission if actor.may(permission))
        writes = Permission.REPORT_CARDS_WRITE in can
        cardless = themes_without_card(db, actor) if writes else {}
    if said.beyond_public and not for_own_eyes(marked=True):
        with refusals(stop=True), reading() as (db, actor):
            said = gallery(db, actor, address_now(), search=search, words=False)
    if said.filters is None:
        draw(*said.blocks)
        open_by_hand(cardless)
        return
    draw(*said.above)
    with st.container(key="cards-filters"):
        draw(said.filters)
        text_line(
            "Search in titles and words", key=SEARCH, longest=MOST,
            placeholder="Search in titles and words", label_visibility="collapsed",
        )  # fmt: skip
    draw(*said.below)
    if said.matching:
        st.header("Words that match, newest first", anchor=False)
        for row in said.matching:
            beside(row.entry_id, match(row), can)
    if said.found is not None and said.found.cards:
        _whole(said.found, said.at, search)
    open_by_hand(cardless)


def _whole(found: CardPage, at: Chosen, search: str) -> None:
    """Say where a search finds more than is shown, and offer the sheet of all of them."""
    if search and found.pages > 1:  # what was typed is never put into an address
        shown = f"These are {len(found.cards)} of {found.total} cards that match."
        show("lede.html", words=f"{shown} Add a word to find fewer.")
    download(
        "report_cards", "these cards", theme=at.theme_id, state=at.state, show=at.cards,
        search=search,
    )  # fmt: skip


chosen = card_in_address()
way = way_to(way_of_card, chosen.id) if chosen else None
lost = chosen is None and "id" in st.query_params
open_page(
    chosen.title if chosen else TITLE,
    (
        Permission.REPORT_CARDS_READ,
        Permission.REPORT_CARDS_READ_LINKED,
        Permission.REPORT_CARDS_READ_PUBLIC,
    ),
    back=("Back to all cards", HERE) if chosen or lost else None,
    way=crumbs(way),
)
if chosen:
    one(chosen, way)
elif lost:
    show(
        "empty.html",
        title="We could not find that card",
        words="It may not exist, or you may not be able to read it. Go back to all cards.",
        icon="search",
    )
else:
    every()
show_help()
