"""Report cards: what young people said, by theme; one card with what followed."""

from collections.abc import Sequence

import streamlit as st

from coprod_data.commands.report_cards_sharing import note_read_as_shared
from coprod_data.permissions import Permission
from coprod_data.queries.entries_marks import mark_of_entry
from coprod_data.queries.entries_released import search_words
from coprod_data.queries.events_of import history_of_card
from coprod_data.queries.opportunities_sources import opportunities_to_add_to
from coprod_data.queries.promise import named_now
from coprod_data.queries.report_cards import (
    ThemeCards,
    cards_per_theme,
    report_cards,
    themes_without_card,
)
from coprod_data.queries.report_cards_detail import report_card
from coprod_data.queries.report_cards_rows import CardDetail
from coprod_data.queries.way import way_of_card
from coprod_data.queries.way_steps import Way
from coprod_data.rules.clocks import london_day
from coprod_data.vocabulary.report_cards import CardProgress, CardsListed
from coprod_data.vocabulary.way import WayKind
from pages.parts.address import follow, is_as_linked, number_in_address, row_in_address
from pages.parts.faults import refusals
from pages.parts.frame import open_page, show_help
from pages.parts.html import show
from pages.parts.sign_in import reading, writing
from pages.parts.tables import download
from pages.shared.entry_names import names_of, numbers_them
from pages.shared.happened import show_happened
from pages.shared.themes import theme_in_address
from pages.shared.way import came_of, crumbs, way_to
from pages.shared.worry import beside, worry
from pages.voice.report_cards_acts import add_to_opportunity, answer_form, open_by_hand, team_forms
from pages.voice.report_cards_rows import (
    card,
    match,
    opportunity,
    panels,
    sent_back,
    shared_with,
    voices,
)
from pages.voice.report_cards_themes import ALL, theme_filter

HERE = "/report_cards"
SHOWN_MATCHES = 12
MORE_THAN_PUBLIC = frozenset({Permission.REPORT_CARDS_READ, Permission.REPORT_CARDS_READ_LINKED})


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
    if can & MORE_THAN_PUBLIC:
        note_reading(detail)
        show("projector.html")
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
    numbers = [one.entry_id for one in detail.voices] + [one.entry_id for one in detail.summaries]
    names = names_of(numbers, numbered=numbers_them(can))
    rows = voices(detail, names if may_add or Permission.ENTRIES_WITHDRAW_FOR in can else {}, marks)
    for at, (number, row) in enumerate(zip(numbers, rows, strict=True)):
        # An entry's words and its summary have the same buttons: once is enough.
        beside(number, row, can if number not in numbers[:at] else frozenset())
    if not rows:
        show(
            "empty.html",
            title="No words can be shown yet",
            words="Words appear here once a person has checked them and their author agreed.",
            icon="inbox",
        )
    older_and_newer("words", f"{HERE}?id={detail.id}", detail.page, detail.pages)
    if may_add:
        add_to_opportunity(detail, to_add_to, names)
    if Permission.ANSWERS_GIVE in can and detail.shared:
        answer_form(detail)
    if Permission.REPORT_CARDS_WRITE in can:
        team_forms(detail, today)
    if happened is not None:
        show_happened(happened, here=f"{HERE}?id={detail.id}")


def older_and_newer(what: str, href: str, page: int, pages: int) -> None:
    """Show links to the page before and the page after."""
    if pages > 1:
        show("lede.html", words=f"Page {page} of {pages}.")
    if page < pages:
        show("more.html", words=f"Older {what}", href=f"{href}&page={page + 1}")
    if page > 1:
        show("more.html", words=f"Newer {what}", href=f"{href}&page={page - 1}")


def follow_address(themes: Sequence[ThemeCards]) -> None:
    """Choose the theme and the state that a link names."""
    theme_id = theme_in_address([theme.theme_id for theme in themes]) or ALL
    named = st.query_params.get("state")
    state = CardProgress(named) if named in list(CardProgress) else None
    follow("cards", {"cards-theme": theme_id, "cards-state": state})


def page_of_link(theme_id: int | None, state: CardProgress | None) -> int:
    """Return the page that the link names; another theme or state starts at its first page."""
    same = is_as_linked("cards", theme_id or ALL, state)
    return (number_in_address("page") or 1) if same else 1


def list_in_address() -> CardsListed | None:
    """Return the list of cards that a number on the overview opens."""
    named = st.query_params.get("show", "")
    return CardsListed(named) if named in list(CardsListed) else None


def who_wrote_them(can: frozenset[Permission]) -> str:
    """Return the sentence above the cards: a young person reads what others like them wrote."""
    if can & MORE_THAN_PUBLIC:
        return "Young people wrote these about us. Read them as they are."
    return "Other young people wrote these."


def no_cards_yet(can: frozenset[Permission]) -> dict[str, object]:
    """Return what to show a reader who has no cards yet, and what to do next."""
    words, more = "A card appears here when other young people have written.", None
    if Permission.ENTRIES_HOLD_CARD in can:
        more = ("Tell us what matters to you", "/share")
    elif Permission.ENTRIES_CHECK in can:
        words = "A card appears when you release the first words on a theme."
        more = ("Go to Checking", "/checking")
    elif Permission.REPORT_CARDS_READ in can:
        words = "The Youth Voice Team reads what young people write first. Then it appears here."
    elif Permission.REPORT_CARDS_READ_LINKED in can:
        words = "You see the cards that your actions and opportunities come from."
        more = ("Go to Opportunities", "/opportunities")
    return {"title": "No report cards yet", "words": words, "icon": "cards", "more": more}


def every() -> None:
    """Show the gallery: filters, search, a page of twelve."""
    with refusals(stop=True), reading() as (db, actor):
        themes = cards_per_theme(db, actor)
        can = frozenset(permission for permission in Permission if actor.may(permission))
        writes = Permission.REPORT_CARDS_WRITE in can
        cardless = themes_without_card(db, actor) if writes else {}
    if not themes:
        show("empty.html", **no_cards_yet(can))
        open_by_hand(cardless)
        return
    show("lede.html", words=who_wrote_them(can))
    if Permission.REPORT_CARDS_READ in can:
        show("projector.html")
    with st.container(key="filters"):
        follow_address(themes)
        cards, adult = list_in_address(), bool(can & MORE_THAN_PUBLIC)
        theme_id = theme_filter(themes, cards)
        narrow = st.columns(2)
        state = narrow[0].selectbox(
            "Stage",
            [None, *CardProgress],
            format_func=lambda value: value.words if value else "Any",
            key="cards-state",
        )
        search = narrow[1].text_input("Search in titles and words", key="cards-search")
    with refusals(stop=True), reading() as (db, actor):
        found = report_cards(
            db,
            actor,
            theme_id=theme_id,
            state=CardProgress(state) if state else None,
            cards=cards,
            search=search,
            page=page_of_link(theme_id, state) if not search else 1,
        )
        matching = search_words(db, actor, search, limit=SHOWN_MATCHES) if search else []
    open_by_hand(cardless)
    if cards:
        show("lede.html", words=f"{cards.words}: {found.total}.")
        show("more.html", words="All cards", href=HERE)
    if not found.cards and (search or state):
        show(
            "empty.html",
            title="No card matches",
            words="Try fewer words, or choose All and Any again.",
            icon="search",
        )
        return
    if not found.cards:
        show(
            "empty.html",
            title="No cards about this yet",
            words="That does not mean all is well. Ask young people what is missing.",
            icon="inbox",
        )
        return
    show("gallery.html", cards=[card(row, adult=adult) for row in found.cards])
    if matching:
        st.header("Words that match, newest first", anchor=False)
        for row in matching:
            beside(row.entry_id, match(row), can)
    if not search:
        href = f"{HERE}?theme={theme_id or ALL}" + (f"&state={state.value}" if state else "")
        href += f"&show={cards.value}" if cards else ""
        older_and_newer("cards", href, found.page, found.pages)
    elif found.pages > 1:  # what was typed is never put into an address
        shown = f"These are {len(found.cards)} of {found.total} cards that match."
        show("lede.html", words=f"{shown} Add a word to find fewer.")
    download(
        "report_cards", "these cards", theme=theme_id, state=state, show=cards, search=search
    )  # fmt: skip


chosen = card_in_address()
way = way_to(way_of_card, chosen.id) if chosen else None
lost = chosen is None and "id" in st.query_params
open_page(
    chosen.title if chosen else "Report cards",
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
