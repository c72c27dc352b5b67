"""The themes of the report cards, to choose from, each with its number in the list below."""

import streamlit as st

from coprod_data.queries.report_cards import ThemeCards, cards_counted
from coprod_data.vocabulary.report_cards import CardProgress, CardsListed
from pages.parts.faults import refusals
from pages.parts.forms import inert
from pages.parts.sign_in import reading

ALL = 0


def theme_filter(themes: list[ThemeCards], cards: CardsListed | None) -> int | None:
    """Show the themes as pills, each with how many cards it has in the list that is shown.

    Returns the chosen theme's id.
    """
    numbers = {theme.theme_id: theme.cards for theme in themes}
    state = st.session_state.get("cards-state")
    search = st.session_state.get("cards-search") or ""
    if state or cards or search:
        with refusals(stop=True), reading() as (db, actor):
            found = cards_counted(
                db,
                actor,
                state=CardProgress(state) if state else None,
                cards=cards,
                search=search,
            )
        numbers = {theme_id: found.get(theme_id, 0) for theme_id in numbers}
    words = {ALL: f"All {sum(numbers.values())}"} | {
        theme.theme_id: f"{inert(theme.young_theme)} {numbers[theme.theme_id]}" for theme in themes
    }
    if st.session_state.get("cards-theme") not in words:
        st.session_state["cards-theme"] = ALL
    chosen_theme = st.pills(
        "Show cards about",
        list(words),
        required=True,
        format_func=lambda theme_id: words[theme_id],
        key="cards-theme",
    )
    return chosen_theme or None
