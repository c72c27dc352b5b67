"""The year's themed conversations: which themes nobody has asked about, and whom to go to."""

from collections.abc import Collection
from datetime import date

from coprod_data.permissions import Permission
from coprod_data.queries.meetings import NextMeeting, next_meeting
from coprod_data.queries.sessions_audiences import AudienceRow, audiences
from coprod_data.queries.sessions_year import ThemeYear, board_days, conversations
from coprod_data.rules.clocks import london_day
from coprod_data.rules.number_words import in_words
from coprod_data.rules.session_year import (
    OFTEN,
    Span,
    first_day,
    gap_in,
    last_day,
    months_of,
    months_since,
)
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.sessions import SessionKind
from pages.parts.address import number_in_address
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.looks import Look
from pages.parts.sign_in import reading
from pages.parts.times import on
from pages.shared.lists import address

HERE = "/sessions"


def calendar() -> None:
    """Show the school year that the address names, the present one without a name."""
    with refusals(stop=True), reading() as (db, actor):
        today = london_day(actor.at)
        named = number_in_address("year") or 0
        first = date(named, 9, 1) if 2000 <= named <= 2098 else first_day(today)
        rows = conversations(db, actor, first, last_day(first))
        next_board = next_meeting(db, actor)
        boards = board_days(db, actor, first, last_day(first))
        groups = audiences(db, actor)
        plans = actor.may(Permission.SESSIONS_OWN)
    months = months_of(first)
    gaps = {row.theme_id: gap_of(row, months) for row in rows}
    with_gap = [row for row in rows if _is_open(gaps[row.theme_id], months, today)]
    with_gap.sort(key=lambda row: next_board is None or row.theme_id != next_board.theme_id)
    show(
        "session_year.html",
        heading=heading(len(with_gap), len(rows)),
        lede=f"Themed conversations, {month_words(months[0])} to {month_words(months[-1])}. "
        f"Each theme should be asked about {'twice' if OFTEN == 2 else OFTEN} a year.",
        plan=f"{HERE}?new=1&kind={SessionKind.THEMED_CONVERSATION}" if plans else "",
        board=labelled("The Board meets"),
        months=[_month(month, today, boards) for month in months],
        rows=[_row(row, months, gaps[row.theme_id]) for row in rows],
    )
    show(
        "session_years.html", before=address(HERE, year=first.year - 1),
        after=address(HERE, year=first.year + 1),
    )  # fmt: skip
    if with_gap:
        show(
            "session_gaps.html", plans=plans,
            gaps=[_gap(row, groups, _why(row, next_board, today)) for row in with_gap],
        )  # fmt: skip


def heading(gaps: int, themes: int) -> str:
    """Return the answer to: which themes has nobody asked about?"""
    if not themes:
        return labelled("The Promise has no themes yet")
    if not gaps:
        return "Every theme is asked about this year"
    have = "theme has" if gaps == 1 else "themes have"
    return f"{in_words(gaps)} {have} a gap this year"


def month_words(month: date) -> str:
    """Return a month with its year."""
    return f"{month:%B %Y}"


def gap_of(row: ThemeYear, months: tuple[date, ...]) -> Span | None:
    """Return the gap in a theme's year, if there is one."""
    return gap_in(months, [day for day, _, _ in row.days], row.last_on)


def _is_open(gap: Span | None, months: tuple[date, ...], today: date) -> bool:
    """Say whether a gap goes on: it is not over yet. In a year that is over, each counts."""
    if gap is None:
        return False
    ends = months[gap.first + gap.months - 1]
    return today > last_day(months[0]) or (ends.year, ends.month) >= (today.year, today.month)


def _why(row: ThemeYear, board: NextMeeting | None, today: date) -> Look:
    """Return why this gap matters: the Board speaks about it next, else how long it has been."""
    if board and board.theme_id == row.theme_id:
        return Look(f"{labelled('The Board')} speaks about it on {on(board.on)}", "alert", "flag")
    held = [day for day, was_held, _ in row.days if was_held]
    last = max(held, default=row.last_on)
    if last is None:
        return Look("Nobody has been asked yet", "soon", "clock")
    months = months_since(last, today)
    if months < 1:
        return Look("Asked this month", "plain", "clock")
    return Look(f"{months} {'month' if months == 1 else 'months'} since the last", "soon", "clock")


def _month(month: date, today: date, boards: Collection[date]) -> dict[str, object]:
    here = sorted(day for day in boards if (day.year, day.month) == (month.year, month.month))
    return {
        "short": f"{month:%b}",
        "whole": month_words(month),
        "now": (month.year, month.month) == (today.year, today.month),
        "board": ", ".join(str(day.day) for day in here),
    }


def _row(row: ThemeYear, months: tuple[date, ...], gap: Span | None) -> dict[str, object]:
    cells: list[dict[str, object]] = []
    for place, month in enumerate(months):
        if gap and gap.first < place < gap.first + gap.months:
            continue
        if gap and place == gap.first:
            cells.append({"span": gap.months, "words": _gap_words(row, months, gap)})
            continue
        days = [
            {"day": day.day, "held": held, "href": f"{HERE}?id={number}"}
            for day, held, number in row.days
            if (day.year, day.month) == (month.year, month.month)
        ]
        cells.append({"span": 0, "days": days})
    return {"theme": row.theme, "icon": row.icon, "cells": cells}


def _gap_words(row: ThemeYear, months: tuple[date, ...], gap: Span) -> str:
    before = [(day, held) for day, held, _ in row.days if day < months[gap.first]]
    last, held = max(before, default=(row.last_on, True))
    since = f"Nothing {'since' if held else 'after'} {month_words(last)}" if last else "Nothing yet"
    after = min((day for day, _, _ in row.days if day >= months[gap.first]), default=None)
    return f"{since}, nothing planned" + (f" before {after:%B}" if after else "")


def _gap(row: ThemeYear, groups: list[AudienceRow], why: Look) -> dict[str, object]:
    return {
        "why": why,
        "theme": row.theme,
        "icon": row.icon,
        "groups": [
            {
                "name": group.name,
                "meets": group.meets,
                "asked": asked_words(group),
                "came": group.last_heard,
                "href": f"{HERE}?new=1&theme={row.theme_id}&group={group.id}",
            }
            for group in groups[:2]
        ],
        "href": f"{HERE}?new=1&theme={row.theme_id}",
    }


def asked_words(group: AudienceRow) -> str:
    """Return how often a group was asked in a year, and when it was last."""
    if group.last_on is None:
        return "Not asked before"
    times = {0: "Not asked", 1: "Asked once", 2: "Asked twice"}
    words = times.get(group.asked, f"Asked {group.asked} times")
    return f"{words} in 12 months, last on {on(group.last_on)}"
