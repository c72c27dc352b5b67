"""What may be done with a report card: title, share and close it, or answer it for the staff."""

from datetime import date

import streamlit as st

from coprod_data.commands.entries import change_consent, withdraw_entry
from coprod_data.commands.report_cards import (
    answer_card,
    close_report_card,
    mark_ready,
    share_report_card,
    title_report_card,
)
from coprod_data.permissions import Invalid
from coprod_data.queries.report_cards_rows import CardDetail
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.report_cards import Body, CardProgress
from pages.parts.faults import refusals
from pages.parts.forms import fresh, once, words_of
from pages.parts.frame import announce
from pages.parts.html import show
from pages.parts.sign_in import writing
from pages.parts.times import A_DAY, on, typed_day

WISHES: dict[str, frozenset[ConsentUse] | None] = {
    "The Board may read them, nobody else": frozenset({ConsentUse.BOARD}),
    "Nobody may read them, but they stay with us": frozenset(),
    "Rub them out for good": None,
}


def team_forms(detail: CardDetail, today: date) -> None:
    """Show what the Youth Voice Team does with this card, as far as it has come."""
    st.header("For the Youth Voice Team", anchor=False)
    _title(detail)
    if detail.state is CardProgress.GATHERING and st.button(
        "Mark this card as ready to share", key="ready"
    ):
        with refusals():
            with writing() as (db, actor):
                mark_ready(db, actor, detail.id)
            announce("The card is ready to share.")
            st.rerun()
    given = {body for body, _ in detail.shared}
    if left := [body for body in Body if body not in given]:
        _share(detail, left, today)
    if detail.shared and detail.state is not CardProgress.CLOSED:
        _close(detail)
    _take_back(detail)


def answer_form(detail: CardDetail) -> None:
    """Show the form in which staff say what they did alone."""
    key = fresh(f"answer-{detail.id}")
    with st.expander("Answer this card for the staff side"), st.form(f"{key}-form"):
        text = st.text_area("What staff did about it", key=key)
        if st.form_submit_button("Save this answer", type="primary"):
            with refusals():
                with once(key) as (db, actor):
                    answer_card(db, actor, detail.id, text=text)
                announce("Saved. It counts as “we did”, apart from what was done together.")
                st.rerun()


def _take_back(detail: CardDetail) -> None:
    quoted = {one.entry_id for one in detail.voices}
    numbers = sorted(quoted | {one.entry_id for one in detail.summaries})
    if not numbers:
        return
    with st.expander("Somebody asked us to take their words back"), st.form("take-back"):
        number = st.radio("Which entry", numbers, format_func="No. {}".format, index=None)
        wish = st.radio("What they asked for", list(WISHES), index=None)
        if st.form_submit_button("Do what they asked"):
            with refusals():
                if number is None or wish is None:
                    raise Invalid("Choose the entry and what they asked for.", field="take-back")
                with writing() as (db, actor):
                    uses = WISHES[wish]
                    if uses is None:
                        withdraw_entry(db, actor, number)
                    else:
                        change_consent(db, actor, number, uses=uses)
                announce("Done. It is so on every screen from now on.")
                st.rerun()


def _title(detail: CardDetail) -> None:
    with st.form("title"):
        title = st.text_input(
            "Title of this card, from released words",
            value=detail.title if detail.titled else "",
            max_chars=160,
            key=f"title-{detail.id}",
        )
        if st.form_submit_button("Save the title"):
            with refusals():
                with writing() as (db, actor):
                    title_report_card(db, actor, detail.id, title=title)
                announce("The title is saved.")
                st.rerun()


def _share(detail: CardDetail, left: list[Body], today: date) -> None:
    key = fresh(f"share-{detail.id}")  # a second press must not hand it to the other body too
    with st.form(f"{key}-form"):
        body = st.radio(
            "Hand it to the",
            left,
            index=None,
            format_func=words_of,
            key=f"{key}-body",
        )
        typed = st.text_input(f"On the day, as {A_DAY}", value=on(today), key=f"{key}-on")
        if st.form_submit_button("Hand it over", type="primary"):
            with refusals():
                given = typed_day(typed, "share-on")
                if body is None:
                    raise Invalid("Choose whom you hand it to.", field="share-body")
                if given is None:
                    raise Invalid(f"Write the day as {A_DAY}.", field="share-on")
                with once(key) as (db, actor):
                    share_report_card(db, actor, detail.id, body=body, on=given)
                announce("Handed over. A new card gathers words on this theme.")
                st.rerun()


def _close(detail: CardDetail) -> None:
    if detail.owed:
        show("lede.html", words=f"It can be closed when {detail.owed} more have their reply.")
    elif st.button("Close this card", key="close"):
        with refusals():
            with writing() as (db, actor):
                close_report_card(db, actor, detail.id)
            announce("The card is closed.")
            st.rerun()
