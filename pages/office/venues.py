"""Venues: where sessions are held, and what young people need to know of each place."""

from typing import Any

import streamlit as st

from coprod_data.commands.venues import add_venue, change_venue, close_venue, reopen_venue
from coprod_data.permissions import Permission
from coprod_data.queries.venues import VenueRow, venue, venues
from coprod_data.queries.way_together import way_of_venue
from coprod_data.vocabulary.rewordings import TextPlace
from coprod_data.vocabulary.sessions import VenueOffer
from pages.parts.address import row_in_address, say_if_lost
from pages.parts.carried import Form, carried_form
from pages.parts.faults import refusals
from pages.parts.forms import saving, sure
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.looks import Look
from pages.parts.sign_in import reading
from pages.parts.tables import download
from pages.shared.way import came_of, way_to

HERE = "/venues"
LABELS = {
    "name": "Name of the venue",
    "address": "Address",
    "getting_there": "Getting there: bus, parking, which door",
    **{offer.value: offer.words for offer in VenueOffer},
}


def every() -> None:
    """Show all venues, and the form that adds one to those who keep them."""
    with refusals(stop=True), reading() as (db, actor):
        rows = venues(db, actor)
        writes = actor.may(Permission.VENUES_WRITE)
    if rows:
        show("list.html", rows=[line(row) for row in rows], empty="")
        download("venues", "this list")
    else:
        show(
            "empty.html", title="No venues yet", icon="home",
            words="Add the places where young people like to meet first.",
        )  # fmt: skip
    if writes:
        _add()


def line(row: VenueRow) -> dict[str, object]:
    """Return a venue as a row of `list.html`."""
    held = "1 session" if row.sessions == 1 else f"{row.sessions} sessions"
    parts = [row.address, ", ".join(row.offers), held]
    return {
        "title": row.name,
        "detail": " · ".join(part for part in parts if part),
        "state": Look("Not used any more", "plain", "check") if row.closed else None,
        "word": None,
        "href": f"{HERE}?id={row.id}",
    }


def one(row: VenueRow) -> None:
    """Show a venue, and its forms to those who keep them."""
    facts = [
        ("Address", row.address),
        ("What it offers", ", ".join(row.offers)),
        ("Getting there", row.getting_there),
        ("Sessions there", str(row.sessions)),
    ]
    show(
        "facts.html", title="About this venue",
        facts=[
            {"label": label, "words": words, "whole": False} for label, words in facts if words
        ],
    )  # fmt: skip
    with refusals(stop=True), reading() as (_, actor):
        writes = actor.may(Permission.VENUES_WRITE)
    if writes and row.closed:
        if st.button("Use this venue again", key=f"reopen-{row.id}"):
            with saving("It can be chosen again.") as (db, actor):
                reopen_venue(db, actor, row.id)
    elif writes:
        _change(row)
        if sure(
            "Do not use it any more", f"close-{row.id}", yes="Yes, take it off the list",
            question="Sessions that were planned there keep it. It can be used again.",
        ):  # fmt: skip
            with saving("It cannot be chosen any more.") as (db, actor):
                close_venue(db, actor, row.id)


def _add() -> None:
    form = carried_form("venue", "new", dict.fromkeys([*VenueOffer], False), LABELS)
    with st.expander("Add a venue", expanded=form.restored):
        form.begin()
        said = _boxes(form)
        if st.button("Add this venue", type="primary", key=f"{form.key}-save"):
            with form.saving("Added.") as (db, actor):
                add_venue(db, actor, **said)


def _change(row: VenueRow) -> None:
    values = {name: getattr(row, name) for name in LABELS}
    form = carried_form("venue", row.id, values, LABELS)
    with st.expander("Change this venue", expanded=form.restored):
        form.begin()
        said = _boxes(form)
        if st.button("Save this venue", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                change_venue(db, actor, row.id, opened=form.opened, **said)


def _boxes(form: Form) -> dict[str, Any]:
    return {
        "name": form.line(LABELS["name"], "name", place=None, longest=120),
        "address": form.line(LABELS["address"], "address", place=None, longest=240),
        "getting_there": form.area(
            LABELS["getting_there"], "getting_there", place=TextPlace.VENUE_WAY
        ),
        **{
            name: st.checkbox(
                LABELS[name], **form.choice(name, [False, True], form.carried.start[name])
            )
            for name in VenueOffer
        },
    }


chosen = row_in_address(venue)
open_page(
    chosen.name if chosen else "Venues",
    Permission.VENUES_READ,
    back=("All venues", HERE) if chosen else None,
)
if chosen:
    one(chosen)
    came_of(way_to(way_of_venue, chosen.id), title="Sessions there")
else:
    say_if_lost("venue")
    every()
