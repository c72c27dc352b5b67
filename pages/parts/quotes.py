"""Below a box for a text of staff: a young person's words in it can be put in as a quote.

Then only that place is emptied when they take their words back, and the text is not being reworded.
"""

from collections.abc import Callable

import streamlit as st

from coprod_data.commands.quotes import choose_quote
from coprod_data.queries.quotes import QuoteOffer, quotes_to_offer
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading, writing

OFFER = "Put it in as a quote"
OPENING, CLOSING = "“", "”"
MARKS = "\"'‘’“”"  # may be round the words already


def offer_quotes(
    place: TextPlace,
    form: str,
    about: str,
    name: str,
    typed: str,
    *,
    before: str,
    key: str,
    put: Callable[[str], None],
) -> None:
    """Show which words in a box are a young person's own, with a button that makes them a quote.

    `form`, `about` and `name` are those of the box's draft. `put` writes a text into the box.
    """
    if typed == before:
        return
    with refusals(), reading() as (db, actor):
        offers = quotes_to_offer(db, actor, form, about, name, typed, place=place, there=before)
        waiting = [one for one in offers if not one.chosen]
        if offers:
            show("quote_offer.html", offers=offers)
        for number, offer in enumerate(waiting, start=1):
            st.button(
                OFFER if len(waiting) == 1 else f"{OFFER} ({number})",
                key=f"{key}-quote-{number}",
                on_click=_choose,
                args=(place, form, about, name, offer, put, _with_marks(typed, offer)),
            )


def _choose(
    place: TextPlace,
    form: str,
    about: str,
    name: str,
    offer: QuoteOffer,
    put: Callable[[str], None],
    text: str,
) -> None:
    with refusals():
        with writing() as (db, actor):
            choose_quote(db, actor, form, about, name, offer.entry_id, place=place)
        put(text)


def _with_marks(typed: str, offer: QuoteOffer) -> str:
    """Return the text with the words as they were said, in quotation marks."""
    before, after = typed[: offer.start], typed[offer.end :]
    quoted = bool(before and after) and before[-1] in MARKS and after[0] in MARKS
    words = offer.words if quoted else f"{OPENING}{offer.words}{CLOSING}"
    return f"{before}{words}{after}"
