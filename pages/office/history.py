"""History: who did what, when. Only the Youth Voice Team sees holds and releases, and only
safeguarding who opened words.
"""

from datetime import datetime
from urllib.parse import urlencode

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.event_seals import CheckRow, last_check, newest_seal
from coprod_data.queries.events import PAGE_SIZE, event_at, history, mark_of, openings
from pages.office.history_trail import TRAIL, show_trail
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.tables import Column, table
from pages.parts.times import on_and_at
from pages.shared.happened import what

OPENINGS = "openings"  # in the address: who opened words


def seal_words(last: tuple[int, datetime, int, str] | None) -> str:
    """Say which seal is the newest: whoever noted an earlier one can compare."""
    if last is None:
        return "None yet. The server seals what is ten minutes old."
    number, made_at, to_event, sealed_as = last
    return f"No. {number}, {on_and_at(made_at)}, up to event {to_event:,}: {sealed_as}"


def check_words(checked: CheckRow | None) -> str:
    """Say what the last check of the log found."""
    if checked is None:
        return "None yet. The server checks once a day."
    found = "Whole." if checked.fault is None else f"{checked.fault.words}. Tell whoever runs this."
    return f"{on_and_at(checked.at)}. {found}"


def show_openings() -> None:
    """Show who opened words of young people, to safeguarding only; the words are not here."""
    with refusals(stop=True), reading() as (db, actor):
        before = event_at(db, actor, st.query_params.get("before", ""))
        rows = openings(db, actor, before=before)
        earlier = mark_of(db, actor, rows[-1].id) if len(rows) == PAGE_SIZE else ""
    table(
        "Who opened words, newest first",
        [Column("When"), Column("Who"), Column("What they did"), Column("About")],
        [(on_and_at(row.at), row.who, row.did, row.about) for row in rows],
        empty="Nobody has opened any words yet.",
    )
    if earlier:
        href = f"/history?{urlencode({'show': OPENINGS, 'before': earlier})}"
        show("more.html", words="Show what came before", href=href)


def show_history(*, may_see_openings: bool, may_see_trail: bool) -> None:
    """Show everything that was done, and what proves that nothing of it was changed."""
    visits = st.query_params.get("visits") == "1"
    with refusals(stop=True), reading() as (db, actor):
        before = event_at(db, actor, st.query_params.get("before", ""))
        rows = history(db, actor, before=before, visits=visits)
        sealed, checked = newest_seal(db, actor), last_check(db, actor)
        earlier = mark_of(db, actor, rows[-1].id) if len(rows) == PAGE_SIZE else ""

    table(
        "What was done",
        [Column("When"), Column("Who"), Column("What they did"), Column("About")],
        [(on_and_at(row.at), row.who, what(row), row.about) for row in rows],
        empty="Nothing has been done yet.",
        sheet="history",
        visits="1" if visits else None,
    )
    show(
        "facts.html",
        title="How the log proves itself",
        facts=[
            {"label": "Newest seal", "words": seal_words(sealed), "whole": True},
            {"label": "Last check", "words": check_words(checked), "whole": True},
        ],
    )
    if earlier:
        more = f"/history?{urlencode({'before': earlier})}" + ("&visits=1" if visits else "")
        show("more.html", words="Show what came before", href=more)
    if visits:
        show("more.html", words="Leave out sign-ins", href="/history")
    else:
        show("more.html", words="Show sign-ins too", href="/history?visits=1")
    if may_see_trail:
        words = "Show sign-ins, refusals and downloads"
        show("more.html", words=words, href=f"/history?show={TRAIL}")
    if may_see_openings:
        show("more.html", words="Show who opened words", href=f"/history?show={OPENINGS}")


open_page(
    "History",
    (Permission.HISTORY_READ, Permission.OPENINGS_READ),
    lede="What was done here, newest first. None of it can be changed or removed.",
)
with refusals(stop=True), reading() as (_, reader):
    sees_all, sees_openings, sees_trail = (
        reader.may(right)
        for right in (Permission.HISTORY_READ, Permission.OPENINGS_READ, Permission.TRAIL_READ)
    )
chosen = st.query_params.get("show")
if sees_openings and (not sees_all or chosen == OPENINGS):
    show_openings()
elif sees_trail and chosen == TRAIL:
    show_trail()
    show("more.html", words="Show everything that was done", href="/history")
else:
    show_history(may_see_openings=sees_openings, may_see_trail=sees_trail)
