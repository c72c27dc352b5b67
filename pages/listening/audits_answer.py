"""What the audit says at once: what the reader has to do, then a round in words and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from coprod_data.permissions import Actor, Permission
from coprod_data.queries.audits import (
    Heat,
    HeatRow,
    RoundRow,
    StandardRow,
    audit_heat,
    rounds,
)
from coprod_data.queries.audits_gaps import MissingRow, returns_missing
from coprod_data.queries.audits_return import my_returns, returns_to_review
from coprod_data.rules.due_days import due_says
from coprod_data.vocabulary.audits import OWED, ReturnProgress
from pages.listening.audits_counted import counted
from pages.listening.audits_return import HERE, return_values
from pages.parts.address import number_in
from pages.parts.answers import Address, Answer
from pages.parts.html import render
from pages.parts.times import on
from pages.shared.lists import address, choice

TITLE = "Are we listening?"


@dataclass(frozen=True)
class Audit(Answer):
    """The answer, the rounds, and the round whose lists come after it; none where nothing does."""

    known: tuple[RoundRow, ...] = ()
    heat: Heat | None = None
    missing: tuple[MissingRow, ...] = ()


def answer(db: Any, actor: Actor, named: Address) -> Audit | None:
    """Return what the reader has to do, and the newest round or the one that is named."""
    if "return" in named:
        return None
    known = tuple(rounds(db, actor))
    mine = my_returns(db, actor) if actor.may(Permission.AUDITS_FILL_OWN) else []
    review = returns_to_review(db, actor) if actor.may(Permission.AUDITS_REVIEW) else []
    reads_all = actor.may(Permission.AUDITS_READ)
    owed = [return_values(row) for row in mine if row.state in OWED]
    if "show" in named:  # the rows that a number counts, and no others
        owed, review = [], []
    blocks: list[Markup] = []
    if owed:
        blocks += _part("My audit return", owed)
    if review:
        returned = [return_values(row) for row in review]
        blocks += _part("Returned, waiting for our review", returned)
    if not known:
        blocks.append(_no_audit(opens=actor.may(Permission.AUDITS_OPEN)))
        return Audit(TITLE, tuple(blocks))
    chosen = number_in(named, "round")
    if chosen not in {row.id for row in known}:
        chosen = with_results(known).id
    if len(known) > 1:
        years = [
            choice(row.title, address(HERE, round=row.id), chosen=row.id == chosen) for row in known
        ]
        blocks.append(render("choices.html", label="Year", choices=years))
    if chosen != known[0].id and not known[0].returned:
        blocks.append(render("lede.html", words=just_opened(known[0])))
    heat = audit_heat(db, actor, chosen or 0)
    if not heat.rows:
        said = render("empty.html", title=heat.round.title, words=no_rows(reads_all), icon="listen")
        return Audit(TITLE, (*blocks, said), known=known)
    missing = tuple(returns_missing(db, actor, heat.round.id))
    if reads_all:
        blocks.append(render("lede.html", words=in_short(heat, missing)))
        numbers, only_these = counted(heat, named.get("show", ""))
        blocks += numbers
        if only_these:
            return Audit(TITLE, tuple(blocks), known=known)
    table = render(
        "heat.html",
        caption=f"{heat.round.title}: from 0 (not yet) to 3 (advanced)",
        columns=[f"{standard.reference} {standard.short}" for standard in heat.standards],
        rows=[heat_values(row, heat.standards) for row in heat.rows],
    )
    return Audit(TITLE, (*blocks, table), known=known, heat=heat, missing=missing)


def _part(title: str, rows: list[dict[str, object]]) -> list[Markup]:
    return [
        render("section.html", title=title, count=None),
        render("list.html", rows=rows, empty=""),
    ]


def _no_audit(*, opens: bool) -> Markup:
    return render(
        "empty.html", title="There has been no audit yet", icon="listen",
        words="Open the first one below, once the services are named."
        if opens
        else "The administrator opens one a year. Every service then says how it listens.",
        more=("Name the services in Set-up", "/set_up") if opens else None,
    )  # fmt: skip


def with_results(known: Sequence[RoundRow]) -> RoundRow:
    """Return the newest round in which something was returned, else the newest."""
    return next((row for row in known if row.returned), known[0])


def just_opened(row: RoundRow) -> str:
    """Return that a round is open and has no return yet, above the results of the last one."""
    return f"{row.title} is open. No return has been sent yet; they are due on {on(row.due_on)}."


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


def heat_values(row: HeatRow, standards: Sequence[StandardRow]) -> dict[str, object]:
    """Return a service as a row of `heat.html`; each cell opens its standard of the return."""
    owed = row.state in OWED
    return {
        "name": row.service,
        "note": f"Not returned: {due_says(row.due_in)}" if owed else "",
        "state": "" if owed else ReturnProgress(row.state.value).words,
        "hrefs": [f"{HERE}?return={row.return_id}&standard={one.id}" for one in standards],
        "blank": _blank(owed, row.mine),
        "href": f"{HERE}?return={row.return_id}",
        "cells": row.cells,
    }


def _blank(owed: bool, mine: bool) -> str:
    """Return the text of an empty cell: *not looked at* is an answer, *none yet* is not."""
    if not owed:
        return "Not looked at"
    return "No answer yet" if mine else "No return yet"
