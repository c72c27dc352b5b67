"""What a second person answers about accounts: new members of a team, links, opening again."""

import streamlit as st

from coprod_data.commands.people_requests import (
    agree_to_request,
    confirm_role,
    stop_request,
    stop_role,
)
from coprod_data.queries.people_requests import WaitingRow
from coprod_data.rules.clocks import london_day
from coprod_data.vocabulary.people import RequestKind
from pages.parts.forms import saving
from pages.parts.html import show
from pages.parts.times import on
from pages.shared.accounts_asked import asked_words

AGREED = {
    RequestKind.RESET: "Agreed. Hand over the link below yourself.",
    RequestKind.REOPEN: "The account is open again.",
}
CONFIRMED = "Confirmed. If there is a link below, hand it over yourself: they need it to sign in."


def answer_requests(waiting: list[WaitingRow]) -> None:
    """Show what waits for the reader's answer, each with a button to agree and one to stop it."""
    if waiting:
        st.header("Waiting for a second person", anchor=False)
    for row in waiting:
        words = asked_words(row.what, row.by, row.counts_at)
        show("request.html", request=row, words=words, asked=on(london_day(row.at)))
        key = f"{'role' if row.of_role else 'request'}-{row.id}"
        with st.container(horizontal=True):
            if row.answers and st.button(f"Agree: {row.person}", key=f"agree-{key}"):
                _agree(row)
            if row.stops and st.button(f"Stop it: {row.person}", key=f"stop-{key}"):
                with saving("Stopped. Nothing has changed.") as (db, actor):
                    (stop_role if row.of_role else stop_request)(db, actor, row.id)


def _agree(row: WaitingRow) -> None:
    if row.of_role:
        with saving(CONFIRMED) as (db, actor):
            confirm_role(db, actor, row.id)
    else:
        with saving(AGREED[RequestKind(row.what)]) as (db, actor):
            agree_to_request(db, actor, row.id)
