"""Choosing the commitment that a card or an entry is about: on the card, and while checking."""

import streamlit as st

from coprod_data.queries.promise import commitments_to_choose
from pages.parts.carried import Form, carried_form
from pages.parts.faults import refusals
from pages.parts.sign_in import reading

NONE = "None named"


def tie_form(name: str, about: int, now: int | None, label: str) -> Form:
    """Return the form that says which commitment a card or an entry is about."""
    return carried_form(
        name, about, {"commitment_id": now}, {"commitment_id": label}, tell=_told,
        key=f"{name.replace(' ', '-')}-{about}",
    )  # fmt: skip


def choose_commitment(form: Form, theme_id: int, label: str) -> int | None:
    """Show the commitments to choose from, those of a theme first. Returns the chosen one."""
    start = form.carried.start["commitment_id"]
    with refusals(stop=True), reading() as (db, actor):
        known = commitments_to_choose(db, actor, theme_id=theme_id, commitment_id=start)
    words = {None: NONE} | dict[int | None, str](known.items())
    return st.selectbox(
        label, list(words), index=list(words).index(start) if start in words else 0,
        format_func=words.__getitem__, key=form.key_of("commitment_id"),
    )  # fmt: skip


def _told(_name: str, value: int | None) -> str:
    with refusals(stop=True), reading() as (db, actor):
        known = commitments_to_choose(db, actor, commitment_id=value)
    return known.get(value, NONE) if value else NONE
