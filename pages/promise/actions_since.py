"""What was done in the plan since a day: of all of it, and of the widest gap."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st
from markupsafe import Markup

from coprod_data.permissions import Actor
from coprod_data.queries.actions_progress import CommitmentProgress
from coprod_data.queries.actions_since import (
    DoneRow,
    SinceThen,
    since_then,
)
from coprod_data.queries.groups import board_last_met
from coprod_data.rules.clocks import london_day
from coprod_data.rules.views_counted import next_month
from coprod_data.vocabulary.actions import SINCE_DAYS, Since
from coprod_data.vocabulary.labels import labelled
from pages.parts.faults import refusals
from pages.parts.html import render, show
from pages.parts.sign_in import reading
from pages.parts.times import in_month, on
from pages.promise.actions_plan_rows import commitment_row, gap_words
from pages.promise.actions_rows import HERE
from pages.shared.lists import address, choice, choices

PART = "part"  # in the address: one of the lists


def show_since() -> None:
    """Show what was done since the last meeting, or another day that the address names."""
    asked = st.query_params.get("from")
    with refusals(stop=True), reading() as (db, actor):
        meeting, today = board_last_met(db, actor), london_day(actor.at)
        known = [one for one in Since if meeting or one is not Since.MEETING]
        chosen = Since(asked) if asked in known else known[0]
        found = since_then(db, actor, _day_of(chosen, meeting, today))
    choices(
        "Since when",
        [
            choice(
                labelled(one.words), address(HERE, show="since", **{"from": one}),
                chosen=one is chosen,
            )
            for one in known
        ],
    )  # fmt: skip
    show("lede.html", words=f"From {on(found.day)} to {on(today)}.")
    asked_for = st.query_params.get(PART)
    parts = _parts(found)
    for name, (title, rows, link, empty, verb) in parts.items():
        if asked_for in parts and name != asked_for:
            continue
        show("section.html", title=title, count=len(rows) or None)
        show("list.html", rows=_listed(rows, link, verb), empty=empty)
    if asked_for in parts:
        words = f"All that was done since {on(found.day)}"
        show("more.html", words=words, href=address(HERE, show="since", **{"from": chosen}))


def _day_of(since: Since, meeting: date | None, today: date) -> date:
    if since is Since.MEETING and meeting is not None:
        return meeting
    return today - timedelta(days=SINCE_DAYS.get(since, SINCE_DAYS[Since.QUARTER]))


def widest_gap(
    db: Any, actor: Actor, rows: Sequence[CommitmentProgress], tiers: Sequence[int]
) -> tuple[Markup, ...]:
    """Return the commitment with the widest gap, what staff rate better first, with what was done
    since young people were asked; nothing where no sides differ.
    """
    apart = [row for row in rows if row.gap]
    if not apart:
        return ()
    row = max(apart, key=lambda one: (abs(one.gap or 0), one.gap or 0, one.drift, -one.id))
    if row.face_month is None:
        return ()
    day = next_month(row.face_month)
    found = since_then(db, actor, day, commitment_id=row.id)
    block = render(
        "gap_leads.html",
        row=commitment_row(row, tiers),
        href=address(HERE, commitment=row.id),
        words=gap_words(row.gap),
        when=in_month(row.face_month),
        done=[
            (f"{one.title}: {one.words}", on(one.on)) for one in found.milestones[:5]
        ] + [(one.words, on(one.on)) for one in found.outcomes[:5]],
        more=max(0, len(found.milestones) - 5) + max(0, len(found.outcomes) - 5),
        still=len(found.still),
    )  # fmt: skip
    return (block,)


def _parts(found: SinceThen) -> dict[str, tuple[str, tuple[DoneRow, ...], str, str, str]]:
    return {
        "milestones": (
            "Milestones met, with evidence", found.milestones, "action", "None met.", "met on",
        ),
        "outcomes": (
            "Signed by both sides", found.outcomes, "opportunity", "Nothing signed.", "signed on",
        ),
        "taken_up": (
            "Opportunities taken up", found.taken_up, "opportunity", "None taken up.",
            "taken up on",
        ),
        "still": (
            "What did not move", found.still, "action", "Everything that is owed has moved.",
            "last moved on",
        ),
    }  # fmt: skip


def _listed(rows: Sequence[DoneRow], link: str, verb: str) -> list[dict[str, object]]:
    return [
        {
            "title": row.title,
            "detail": f"{row.words} \u00b7 {verb} {on(row.on)}",
            "state": None,
            "word": None,
            "href": address(HERE, action=row.id)
            if link == "action"
            else address("/opportunities", id=row.id),
        }
        for row in rows
    ]
