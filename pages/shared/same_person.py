"""Whether somebody about to be added is here already: asked on People and in Set-up."""

from collections.abc import Iterable, Mapping

import streamlit as st

from coprod_data.queries.people import AccountRow, accounts
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading


def may_be_added(key: str, people: Mapping[str, str]) -> bool:
    """Ask about those who seem to be here already, name or work e-mail. Says whether to go on.

    `people` are names, each with a work e-mail or "". The question stays until it is answered.
    """
    with refusals(stop=True), reading() as (db, actor):
        known = accounts(db, actor)
    found = {
        row.id: row
        for name, work_email in people.items()
        for row in same_person(known, name, work_email)
    }
    if not found:
        return True
    st.session_state[asking(key)] = True
    show("list.html", rows=[_row(row) for row in found.values()], empty="")
    return st.button(
        "Add another person" if len(people) == 1 else "Add all of them as other people",
        key=f"{key}-another",
    )


def asking(key: str) -> str:
    """Return where it is kept that the form with this key has asked."""
    return f"{key}-is-here"


def same_person(known: Iterable[AccountRow], name: str, work_email: str) -> list[AccountRow]:
    """Return the accounts with this name or this work e-mail."""
    wanted, address = _plain(name), work_email.strip().casefold()
    return [
        row
        for row in known
        if _plain(row.name) == wanted or (address and row.work_email.casefold() == address)
    ]


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _row(row: AccountRow) -> dict[str, object]:
    roles = ", ".join(role.words for role in sorted(row.roles | row.waiting)) or "no role yet"
    state = "account closed" if row.disabled else roles
    return {
        "title": f"{row.name} is here already ({state})",
        "detail": "Same person? Open the account and add a role there. "
        "Somebody else? Add another person below.",
        "state": None,
        "word": None,
        "href": f"/people?id={row.id}",
    }
