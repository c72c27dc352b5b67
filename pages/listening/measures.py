"""Figures: what the council publishes each year about health, education, homes and work."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from coprod_data.commands.measures import remove_figures
from coprod_data.permissions import Invalid, Permission
from coprod_data.queries.measures import MeasureRow, days_of_figures
from coprod_data.rules.measures import figure_words
from pages.listening.measures_answer import TITLE, Figures, answer
from pages.listening.measures_import import bring_in
from pages.parts.address import address_now
from pages.parts.faults import refusals
from pages.parts.forms import fresh, saving
from pages.parts.frame import announce, open_page
from pages.parts.html import draw
from pages.parts.sign_in import reading
from pages.parts.tables import Column, download, table
from pages.parts.times import on


def show_figures(said: Figures) -> None:
    """Show the figures, their table, and the forms of those who bring them in."""
    draw(*said.blocks)
    with refusals(stop=True), reading() as (db, actor):
        writes = actor.may(Permission.SURVEYS_WRITE)
        days = days_of_figures(db, actor) if writes else []
    if said.rows:
        _numbers(said)
    if not writes:
        return
    bring_in()
    if days:
        _take_out(days)


def _numbers(said: Figures) -> None:
    with st.expander("See all the figures and where they are from"):
        table(
            "Every figure of every year",
            [Column("Measure"), Column("Day"), Column("Figure", number=True),
             Column("Out of", number=True), Column("Target", number=True),
             Column("Others", number=True), Column("Good is"), Column("Source")],
            [
                (row.title, on(one.as_at), figure_words(one.value, row.unit), one.base,
                 _words(row.target, row), _words(one.comparator, row), row.better.words, one.source)
                for row in said.rows
                for one in row.figures
            ],
            empty="",
        )  # fmt: skip
        download("measures", "these figures")


def _words(value: int | None, row: MeasureRow) -> str | None:
    return None if value is None else figure_words(value, row.unit)


def _take_out(days: Sequence[date]) -> None:
    key = fresh("figures-out")
    with st.expander("Take the figures of a day out"):
        day = st.selectbox("Of which day?", days, index=None, format_func=on, key=f"{key}-day")
        if st.button("Take them out", key=f"{key}-save"):
            with saving(key=key) as (db, actor):
                if day is None:
                    raise Invalid("Choose the day.", field="as_at")
                count = remove_figures(db, actor, day)
                announce(f"{count} figure{' is' if count == 1 else 's are'} out.")


open_page(TITLE, Permission.FIGURES_READ)
with refusals(stop=True), reading() as (db, actor):
    said = answer(db, actor, address_now())
show_figures(said)
