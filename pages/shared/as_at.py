"""How it was on an earlier day, for the Overview and the plan: asked for in the address."""

from dataclasses import dataclass

import streamlit as st

from coprod_data.files.as_at import AsAt, as_at, written
from coprod_data.permissions import Invalid
from coprod_data.rules.clocks import london_day
from coprod_data.store.database import current
from pages.parts.address import address_now
from pages.parts.answers import Address
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import on, on_and_at

SHOW = "as_at"  # in the address: the form, before a day is chosen
WORDS = "As at an earlier day"


@dataclass(frozen=True)
class Asked:
    """What the address names, how it was then, or what is wrong with the day."""

    day: str
    clock: str
    found: AsAt | None
    fault: str

    @property
    def when(self) -> str:
        """The day or moment as people read it; none where there is nothing to show."""
        if self.found is None:
            return ""
        return on_and_at(self.found.moment) if self.clock else on(london_day(self.found.moment))


def asks_for_then(address: Address) -> bool:
    """Say whether an address asks how it was."""
    return "at" in address or address.get("show") == SHOW


def how_it_was() -> Asked | None:
    """Return what the address of this page asks; None where it asks how it is now."""
    if not asks_for_then(address_now()):
        return None
    day, clock = st.query_params.get("at", ""), st.query_params.get("time", "")
    if not day:
        return Asked(day, clock, None, "")
    with refusals(stop=True), reading() as (db, actor):
        try:
            return Asked(day, clock, as_at(db, actor, day, clock), "")
        except Invalid as refusal:
            return Asked(day, clock, None, refusal.sentence)


def show_then(asked: Asked, page: str) -> AsAt | None:
    """Show the form, what to know of such a view, and the fingerprint; return the view."""
    show(
        "as_at.html",
        page=page,
        day=asked.day,
        clock=asked.clock,
        fault=asked.fault,
        today=london_day(current().clock()).isoformat(),
        when=asked.when,
        fingerprint=written(asked.found.fingerprint) if asked.found else "",
        named=f"{asked.day} {asked.clock}".strip(),
    )
    return asked.found
