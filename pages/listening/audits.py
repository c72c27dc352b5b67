"""The participation audit: how well does each service listen, and is it better than last year?"""

from collections.abc import Sequence

import streamlit as st

from coprod_data.commands.audits import open_round, publish_round
from coprod_data.permissions import Invalid, Permission
from coprod_data.queries.audits import Heat, HeatRow, RoundRow, audit_heat, rounds
from coprod_data.queries.audits_gaps import (
    ApartRow,
    GapRow,
    MissingRow,
    returns_missing,
    top_gaps,
    views_apart,
)
from coprod_data.queries.audits_return import my_returns, returns_to_review
from coprod_data.rules.due_days import due_says
from coprod_data.vocabulary.audits import OWED
from pages.listening.audits_counted import show_counted
from pages.listening.audits_form import level_words
from pages.listening.audits_return import HERE, return_values, show_return
from pages.parts.address import number_in_address
from pages.parts.faults import refusals
from pages.parts.forms import fresh, inert, saving
from pages.parts.frame import announce, open_page
from pages.parts.html import show
from pages.parts.looks import Look
from pages.parts.sign_in import reading
from pages.parts.tables import Column, download, table
from pages.parts.times import A_DAY, on, typed_day

WEAK = {True: ("alert", "warning"), False: ("plain", "dashed")}


def show_audit() -> None:
    """Show what the reader has to do, then the newest round or the chosen one."""
    with refusals(stop=True), reading() as (db, actor):
        known = rounds(db, actor)
        mine = my_returns(db, actor) if actor.may(Permission.AUDITS_FILL_OWN) else []
        review = returns_to_review(db, actor) if actor.may(Permission.AUDITS_REVIEW) else []
        reads_all = actor.may(Permission.AUDITS_READ)
        opens = actor.may(Permission.AUDITS_OPEN)
    owed = [return_values(row) for row in mine if row.state in OWED]
    if "show" in st.query_params:  # the rows that a number counts, and no others
        owed, review = [], []
    if owed:
        st.header("My audit return", anchor=False)
        show("list.html", rows=owed, empty="")
    if review:
        st.header("Returned, waiting for our review", anchor=False)
        show("list.html", rows=[return_values(row) for row in review], empty="")
    if known:
        titles = {row.id: row.title for row in known}
        named = number_in_address("round")
        first = named if named in titles else with_results(known).id
        round_id = (
            st.radio(
                "Year",
                list(titles),
                format_func=lambda number: inert(titles[number]),
                index=list(titles).index(first),
                horizontal=True,
                key="audit-round",
            )
            if len(known) > 1
            else known[0].id
        )
        if round_id != known[0].id and not known[0].returned:
            show("lede.html", words=just_opened(known[0]))
        show_round(round_id, reads_all=reads_all)
    else:
        show(
            "empty.html", title="There has been no audit yet", icon="listen",
            words="Open the first one below, once the services are named."
            if opens
            else "The administrator opens one a year. Every service then says how it listens.",
            more=("Name the services in Set-up", "/set_up") if opens else None,
        )  # fmt: skip
    if opens:
        show_office(known)


def with_results(known: Sequence[RoundRow]) -> RoundRow:
    """Return the newest round in which something was returned, else the newest."""
    return next((row for row in known if row.returned), known[0])


def just_opened(row: RoundRow) -> str:
    """Return that a round is open and has no return yet, above the results of the last one."""
    return f"{row.title} is open. No return has been sent yet; they are due on {on(row.due_on)}."


def show_round(round_id: int, *, reads_all: bool) -> None:
    """Show a round: a summary in words, its table, then its weak standards."""
    with refusals(stop=True), reading() as (db, actor):
        heat = audit_heat(db, actor, round_id)
        missing = returns_missing(db, actor, round_id)
        gaps = top_gaps(db, actor, round_id) if reads_all else []
        apart = views_apart(db, actor, round_id)
    if not heat.rows:
        show("empty.html", title=heat.round.title, words=no_rows(reads_all), icon="listen")
        return
    if reads_all:
        show("lede.html", words=in_short(heat, missing))
        if show_counted(heat):
            return
    show(
        "heat.html",
        caption=f"{heat.round.title}: from 0 (not yet) to 3 (advanced)",
        columns=[f"{standard.reference} {standard.short}" for standard in heat.standards],
        rows=[heat_values(row) for row in heat.rows],
    )
    download("audits", "this table", round=round_id)
    if reads_all:
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
                "list.html", rows=[gap_values(row) for row in gaps],
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


def in_short(heat: Heat, missing: Sequence[MissingRow]) -> str:
    """Return the round's result in two or three sentences."""
    changes = [cell.change for row in heat.rows for cell in row.cells if cell.change]
    better, worse = sum(c > 0 for c in changes), sum(c < 0 for c in changes)
    returned, whole = heat.round.returned, heat.round.whole
    sentences = [f"{returned} of {whole} services have sent their return."]
    if whole == 1:
        handed_in = "has sent its return" if returned else "has not sent its return yet"
        sentences = [f"{heat.rows[0].service} {handed_in}."]
    late = [row.service for row in missing if row.days_late > 0]
    if late:
        sentences.append(f"{', '.join(late)} {'is' if len(late) == 1 else 'are'} late.")
    if changes:
        sentences.append(
            f"{better or 'No'} {'rating is' if better == 1 else 'ratings are'} up on last year, "
            f"{worse or 'none'} {'is' if worse == 1 else 'are'} down."
        )
    return " ".join(sentences)


def no_rows(reads_all: bool) -> str:
    """Return why this reader sees no return of a round."""
    if reads_all:
        return "No service was named when this round opened. Name them, then open another round."
    return "You are not responsible for a service, so there is no return. Ask the administrator."


def heat_values(row: HeatRow) -> dict[str, object]:
    """Return a service as a row of `heat.html`."""
    owed = row.state in OWED
    return {
        "name": row.service,
        "note": f"Not returned: {due_says(row.due_in)}" if owed else "",
        "blank": _blank(owed, row.mine),
        "href": f"{HERE}?return={row.return_id}",
        "cells": row.cells,
    }


def _blank(owed: bool, mine: bool) -> str:
    """Return the text of an empty cell: *not looked at* is an answer, *none yet* is not."""
    if not owed:
        return "Not looked at"
    return "No answer yet" if mine else "No return yet"


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


def gap_values(row: GapRow) -> dict[str, object]:
    """Return a weak standard as a row."""
    more = [f"{row.not_looked} did not look"] if row.not_looked else []
    more += [f"{row.bare} gave no evidence"] if row.bare else []
    return {
        "title": f"{row.reference} {row.short}",
        "detail": f"{row.wording} {', '.join(more)}".strip(),
        "state": Look(_weak_in(row), *WEAK[bool(row.weak)]),
        "word": None,
        "href": None,
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
        "href": None,
    }


def show_office(known: Sequence[RoundRow]) -> None:
    """Let the administrator open a round and publish what is reviewed."""
    label = "For the administrator: open or publish a round"
    with st.expander(label, expanded=not known):
        key = fresh("round")
        title = st.text_input("Title, for example Audit 2026 to 2027", key=f"{key}-title")
        typed = st.text_input(f"Returns are due on, for example {A_DAY}", key=f"{key}-due")
        if st.button("Open this round for every service", key=f"{key}-open"):
            with saving("The round is open. Every service has its return.", key) as (db, actor):
                due_on = typed_day(typed, "due_on")
                if due_on is None:
                    raise Invalid("Write the date by which returns are due.", field="due_on")
                open_round(db, actor, title=title, due_on=due_on)
                st.session_state.pop("audit-round", None)  # so that the newest round is shown
        for row in known[:1]:
            if st.button(f"Publish the reviewed returns (round no. {row.id})", key="round-publish"):
                with saving() as (db, actor):
                    count = publish_round(db, actor, row.id)
                    announce(f"{count} return{'s are' if count > 1 else ' is'} published.")


one_return = number_in_address("return")
open_page(
    "Are we listening?",
    (Permission.AUDITS_READ, Permission.AUDITS_READ_OWN),
    back=("Back to the audit", HERE) if one_return else None,
)
if one_return:
    show_return(one_return, number_in_address("standard"))
else:
    show_audit()
