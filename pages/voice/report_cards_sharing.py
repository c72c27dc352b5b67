"""Sharing a card: what goes along is listed and asked about once; it can be undone for a while."""

from datetime import date

import streamlit as st

from coprod_data.commands.report_cards_sharing import share_report_card, take_share_back
from coprod_data.permissions import Invalid
from coprod_data.queries.report_cards_rows import CardDetail
from coprod_data.queries.report_cards_sharing import entries_going_along, sharings_to_take_back
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.report_cards import Body, CardProgress
from pages.parts.boxes import DAY, text_line
from pages.parts.faults import refusals
from pages.parts.forms import fresh, saving, words_of
from pages.parts.frame import announce
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import A_DAY, clock, on, typed_day


def share(detail: CardDetail, left: list[Body], today: date) -> None:
    """Show what would be shared, and the form that records that it was."""
    if detail.state is CardProgress.GATHERING:
        return
    with refusals(stop=True), reading() as (db, actor):
        along = entries_going_along(db, actor, detail.id)
    now = [one.id for one in along]
    looked_at = st.session_state.get(f"going-along-{detail.id}", now)  # what this tab showed last
    st.session_state[f"going-along-{detail.id}"] = now
    show(
        "going_along.html",
        rows=along,
        first=not detail.shared,
    )
    key = fresh(f"share-{detail.id}")  # a second press must not share it with the other body too
    with st.form(f"{key}-form"):
        body = st.radio(
            "Shared with the",
            left,
            index=None,
            format_func=words_of,
            key=f"{key}-body",
        )
        typed = text_line(
            f"Date it was shared, for example {A_DAY}",
            longest=DAY,
            value=on(today),
            key=f"{key}-on",
        )
        above = "entry" if len(along) == 1 else f"{len(along)} entries"
        sure = st.checkbox(f"I have looked at the {above} above", key=f"{key}-sure")
        if st.form_submit_button("Record that it was shared", type="primary"):
            with saving(key=key) as (db, actor):
                given = typed_day(typed, "share-on", Meant.GONE)
                if body is None:
                    raise Invalid("Choose who it was shared with.", field="share-body")
                if given is None:
                    raise Invalid(f"Write the date like this: {A_DAY}.", field="share-on")
                if not sure:
                    raise Invalid("Look at the entries above, then tick the box.", field="share")
                went = share_report_card(
                    db, actor, detail.id, body=body, on=given, with_entries=looked_at
                )
                announce(_shared(went, len(looked_at)))


def _shared(went: int, listed: int) -> str:
    """Say that it was shared, and what of the list did not go along."""
    done = "Shared. You can take it back for ten minutes."
    if went == listed:
        return done
    return f"{done} {went} of the {listed} entries that you looked at went along, not the rest."


def take_shares_back(detail: CardDetail) -> None:
    """Offer to undo what was shared in the last ten minutes and read by nobody."""
    with refusals(stop=True), reading() as (db, actor):
        recent = sharings_to_take_back(db, actor, detail.id)
    for body, until in recent:
        st.text(f"Shared with the {words_of(body)}. Until {clock(until)} you can take it back.")
        if st.button(f"Take it back from the {words_of(body)}", key=f"unshare-{body}"):
            with saving("Taken back. The card collects words again.") as (db, actor):
                take_share_back(db, actor, detail.id, body=body)
