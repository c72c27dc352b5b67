"""The participation audit: how well does each service listen, and is it better than last year?"""

from collections.abc import Sequence

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.audits import Heat, round_standards, rounds
from coprod_data.queries.audits_gaps import (
    ApartRow,
    GapRow,
    MissingRow,
    top_gaps,
    views_apart,
)
from coprod_data.rules.due_days import due_says
from pages.listening.audits_answer import TITLE, answer
from pages.listening.audits_form import level_words
from pages.listening.audits_office import show_office
from pages.listening.audits_return import HERE, show_return
from pages.parts.address import address_now, number_in_address
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.html import draw, show
from pages.parts.looks import Look
from pages.parts.sign_in import reading
from pages.parts.tables import Column, download, table
from pages.parts.times import on
from pages.shared.lists import address

WEAK = {True: ("alert", "warning"), False: ("plain", "dashed")}


def show_audit() -> None:
    """Show what the reader has to do, then the newest round or the chosen one."""
    with refusals(stop=True), reading() as (db, actor):
        said = answer(db, actor, address_now())
        reads_all, opens = actor.may(Permission.AUDITS_READ), actor.may(Permission.AUDITS_OPEN)
        known = rounds(db, actor)
        standards = round_standards(db, actor, known[0].id) if opens and known else []
    if said is None:
        return
    draw(*said.blocks)
    if said.heat:
        show_round(said.heat, said.missing, reads_all=reads_all)
    if opens:
        show_office(said.known, standards)


def show_round(heat: Heat, missing: Sequence[MissingRow], *, reads_all: bool) -> None:
    """Show below the table of a round what is missing from it, and where it is weak."""
    download("audits", "this table", round=heat.round.id)
    if reads_all:
        with refusals(stop=True), reading() as (db, actor):
            gaps = top_gaps(db, actor, heat.round.id)
            apart = views_apart(db, actor, heat.round.id)
        left, right = st.columns(2)
        with left:
            if missing:
                st.header("Not returned", anchor=False)
                show("list.html", rows=[missing_values(row) for row in missing], empty="")
            if len(heat.rows) == 1:
                st.header("Where it is weak", anchor=False)
            else:
                st.header("Where most services are weak", anchor=False)
            show(
                "list.html", rows=[gap_values(row, heat.round.id) for row in gaps],
                empty="No standard is rated as weak."
                if heat.round.returned
                else "No service has sent its return yet.",
            )  # fmt: skip
        with right:
            st.header("Where young auditors rated lower", anchor=False)
            show(
                "list.html", rows=[apart_values(row) for row in apart],
                empty="Young auditors agree with the services."
                if any(cell.young is not None for row in heat.rows for cell in row.cells)
                else "Young auditors have not looked yet. "
                "The Youth Voice Team writes down what they find.",
            )  # fmt: skip
    with st.expander("What each standard says, and where it comes from"):
        table(
            "The standards of this audit",
            [Column("No."), Column("Standard"), Column("What good looks like"), Column("From")],
            [(one.reference, one.short, one.wording, one.source) for one in heat.standards],
            empty="This round has no standards yet.",
        )


def missing_values(row: MissingRow) -> dict[str, object]:
    """Return a return that is owed as a row."""
    who = ", ".join(row.managers) or "Nobody is responsible for it"
    return {
        "title": row.service,
        "detail": f"{row.answered} of {row.whole} answered. {who}. By {on(row.due_on)}.",
        "state": Look(due_says(-row.days_late).capitalize(), "alert", "clock")
        if row.days_late > 0
        else Look(due_says(-row.days_late).capitalize(), "plain", "dashed"),
        "word": None,
        "href": f"{HERE}?return={row.return_id}",
    }


def gap_values(row: GapRow, round_id: int) -> dict[str, object]:
    """Return a weak standard as a row, which opens the answers of every service on it."""
    more = [f"{row.not_looked} did not look"] if row.not_looked else []
    more += [f"{row.bare} gave no evidence"] if row.bare else []
    return {
        "title": f"{row.reference} {row.short}",
        "detail": f"{row.wording} {', '.join(more)}".strip(),
        "state": Look(_weak_in(row), *WEAK[bool(row.weak)]),
        "word": None,
        "href": address(HERE, round=round_id, show=f"standard-{row.standard_id}"),
    }


def _weak_in(row: GapRow) -> str:
    if not row.rated:
        return "Not looked at"
    if row.rated == 1:
        return "Weak" if row.weak else "Not weak"
    return f"Weak in {row.weak} of {row.rated}"


def lower_words(steps: int) -> str:
    """Return by how many levels young auditors rated lower."""
    return "One level lower" if steps == 1 else f"{('Two', 'Three')[steps - 2]} levels lower"


def apart_values(row: ApartRow) -> dict[str, object]:
    """Return two differing views as a row."""
    return {
        "title": f"{row.service}: {row.short}",
        "detail": f"The service says {level_words(row.service_level)}, young auditors "
        f"{level_words(row.young_level)}. {row.young_say}",
        "state": Look(lower_words(row.service_level - row.young_level), "alert", "frown"),
        "word": None,
        "href": f"{HERE}?return={row.return_id}&standard={row.standard_id}",
    }


one_return = number_in_address("return")
open_page(
    TITLE,
    (Permission.AUDITS_READ, Permission.AUDITS_READ_OWN),
    back=("Back to the audit", HERE) if one_return else None,
)
if one_return:
    show_return(one_return, number_in_address("standard"))
else:
    show_audit()
