"""What may be done with a report card: title, share and close it, or give staff's answer."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from coprod_data.commands.entries_consent import change_consent, withdraw_entry
from coprod_data.commands.opportunities import add_source
from coprod_data.commands.report_cards import (
    answer_card,
    close_report_card,
    mark_ready,
    open_report_card,
    title_report_card,
)
from coprod_data.permissions import Invalid
from coprod_data.queries.report_cards_rows import CardDetail
from coprod_data.rules.texts import LONGEST
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.report_cards import Body, CardProgress
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.boxes import text_line
from pages.parts.carried import carried_form
from pages.parts.forms import inert, saving
from pages.parts.frame import announce
from pages.parts.html import show
from pages.voice.report_cards_sharing import share, take_shares_back
from pages.voice.report_cards_ties import tie_forms

ANSWERED = "Saved. Your answer shows on this card under “What staff did”."
WISHES: dict[str, frozenset[ConsentUse] | None] = {
    "Only the Board may read them": frozenset({ConsentUse.BOARD}),
    "Nobody may read them, but they stay with us": frozenset(),
    "Delete them for good": None,
}

DONE = "Done. This now applies on every screen."
ASKED = (
    "A second person is asked, because nothing brings deleted words back. Until then they stay "
    "where they are. To take them out of every view now, choose that nobody may read them."
)


def team_forms(detail: CardDetail, today: date) -> None:
    """Show what the Youth Voice Team can do with this card in its present state."""
    st.header("For the Youth Voice Team", anchor=False)
    _title(detail)
    tie_forms(detail)
    if detail.state is CardProgress.GATHERING and st.button(
        "Mark this card as ready to share", key="ready"
    ):
        with saving("The card is ready to share.") as (db, actor):
            mark_ready(db, actor, detail.id)
    given = {body for body, _ in detail.shared}
    if left := [body for body in Body if body not in given]:
        share(detail, left, today)
    take_shares_back(detail)
    if detail.shared and detail.state is not CardProgress.CLOSED:
        _close(detail)
    _take_back(detail)


def answer_form(detail: CardDetail) -> None:
    """Show the form in which staff say what they did by themselves."""
    form = carried_form("card answer", detail.id, key=f"answer-{detail.id}")
    with st.expander("Reply for your service", expanded=form.restored):
        form.begin()
        text = form.area("What staff did about it", "text", place=TextPlace.ANSWER)
        if st.button("Save this answer", type="primary", key=f"{form.key}-save"):
            with form.saving(ANSWERED) as (db, actor):
                answer_card(db, actor, detail.id, text=text)


def add_to_opportunity(
    detail: CardDetail, found: Mapping[int, str], names: Mapping[int, str]
) -> None:
    """Show the form that adds this card, or words on it, to an opportunity in `found`."""
    numbers = [None, *(voice.entry_id for voice in detail.voices)]
    with st.expander("Add this card to an opportunity"), st.form("add-to-opportunity"):
        opportunity_id = st.selectbox(
            "Opportunity", list(found), index=None, format_func=found.__getitem__
        )
        entry_id = st.radio(
            "What to add",
            numbers,
            format_func=lambda number: names[number] if number else "All of the card",
        )
        if st.form_submit_button("Add it"):
            with saving("Added. The opportunity now comes from this too.") as (db, actor):
                if opportunity_id is None:
                    raise Invalid("Choose an opportunity.", field="opportunity")
                card_id = None if entry_id else detail.id
                add_source(db, actor, opportunity_id, entry_id=entry_id, report_card_id=card_id)


def open_by_hand(themes: Mapping[int, str]) -> None:
    """Show the form that opens a card for a theme without one that is collecting words."""
    if not themes:
        return
    with st.expander("Open a card by hand"), st.form("open-card"):
        theme_id = st.radio(
            "Theme without a card", list(themes), format_func=lambda key: inert(themes[key])
        )
        if st.form_submit_button("Open it"):
            with saving("Opened. It now collects words on this theme.") as (db, actor):
                open_report_card(db, actor, theme_id)


def _take_back(detail: CardDetail) -> None:
    quoted = {one.entry_id for one in detail.voices}
    numbers = sorted(quoted | {one.entry_id for one in detail.summaries})
    if not numbers:
        return
    with st.expander("Somebody asked us to take their words back"), st.form("take-back"):
        number = st.radio("Which entry is theirs", numbers, format_func="No. {}".format, index=None)
        wish = st.radio("What they asked for", list(WISHES), index=None, format_func=labelled)
        why = text_line("Who asked, and how did they tell you?", longest=LONGEST)
        if st.form_submit_button("Do what they asked"):
            with saving() as (db, actor):
                if number is None or wish is None:
                    raise Invalid("Choose the entry and what they asked for.", field="take-back")
                uses = WISHES[wish]
                done = True
                if uses is None:
                    done = withdraw_entry(db, actor, number, why=why)
                else:
                    change_consent(db, actor, number, uses=uses, why=why)
                announce(DONE if done else ASKED)


def _title(detail: CardDetail) -> None:
    label, title = "Title of this card, from released words", detail.title if detail.titled else ""
    form = carried_form(
        "card title", detail.id, {"title": title}, {"title": label}, key=f"title-{detail.id}"
    )
    with st.container(border=True):
        form.begin()
        typed = form.line(label, "title", place=TextPlace.CARD_TITLE, longest=160)
        if st.button("Save the title", key=f"{form.key}-save"):
            with form.saving("The title is saved.") as (db, actor):
                title_report_card(db, actor, detail.id, title=typed, opened=form.opened)


def _close(detail: CardDetail) -> None:
    if detail.owed:
        show("lede.html", words=f"Replies still owed before it can be closed: {detail.owed}.")
    elif st.button("Close this card", key="close"):
        with saving("The card is closed.") as (db, actor):
            close_report_card(db, actor, detail.id)
