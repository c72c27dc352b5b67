"""Surveys: two rounds side by side, who answered, and the results brought in."""

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.events_of import history_of_survey
from coprod_data.queries.priorities import priorities
from coprod_data.queries.surveys import FindingRow
from coprod_data.rules.survey_changes import CONFIDENCE
from pages.listening.surveys_answer import TITLE, Surveys, answer, plain_words
from pages.listening.surveys_forms import add_round, change_round, move_on, take_back
from pages.listening.surveys_import import bring_in
from pages.parts.address import address_now
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.html import draw, show
from pages.parts.sign_in import reading
from pages.parts.tables import Column, download, table
from pages.shared.happened import show_happened


def show_surveys(said: Surveys) -> None:
    """Show a round, then what stands behind its numbers, and the forms of those who keep it."""
    draw(*said.blocks)
    with refusals(stop=True), reading() as (db, actor):
        writes = actor.may(Permission.SURVEYS_WRITE)
        chosen = priorities(db, actor)
    if chosen:
        show(
            "link.html",
            words="See what young people chose, and what came of it",
            href="/priorities",
        )
    if said.now and said.found:
        with st.expander("Read it in plain words"):
            for sentence in plain_words(said.now, said.found):
                st.text(sentence)
        _numbers(said)
    if not writes:
        return
    if said.now:
        bring_in(said.now)
        change_round(said.now)
        move_on(said.now)
        take_back(said.now)
    add_round()
    if said.now:
        with refusals(stop=True), reading() as (db, actor):
            happened = history_of_survey(db, actor, said.now.id)
        show_happened(happened, here=f"/surveys?round={said.now.id}")


def _numbers(said: Surveys) -> None:
    with st.expander("See the numbers and how we worked them out"):
        st.text(
            f"A change counts when we can be {CONFIDENCE:.0%} sure that it is no accident of who "
            "answered (Newcombe’s interval of two shares). A share is hidden where it would tell "
            "of fewer than five young people. Points are counted between whole numbers."
        )
        table(
            "Every finding with its numbers",
            [
                Column("What they said"),
                Column("Before", number=True),
                Column("Answered before", number=True),
                Column("Now", number=True),
                Column("Answered now", number=True),
                Column("Points, from and to"),
                Column("Other councils", number=True),
                Column("As the source says it"),
            ],
            [_cells(row) for row in said.found],
            empty="",
        )
        if said.now:
            download("surveys", "these results", round=said.now.id)
            if said.now.source:
                st.text(f"Source: {said.now.source}")
            if said.now.reached_by:
                st.text(f"What was done so that more could answer: {said.now.reached_by}")


def _cells(row: FindingRow) -> tuple[object, ...]:
    between = row.compared
    sure = None if between.low is None else f"{between.low:.0f} to {between.high:.0f}"
    return (
        row.indicator, _percent(row.before), row.base_before, _percent(row.now), row.base, sure,
        _percent(row.comparator), row.said,
    )  # fmt: skip


def _percent(share: int | None) -> str | None:
    return None if share is None else f"{share}%"


open_page(TITLE, Permission.SURVEYS_READ)
with refusals(stop=True), reading() as (db, actor):
    said = answer(db, actor, address_now())
show_surveys(said)
