"""Rows of somebody's work for their template: what it is, how long it has waited, one button."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from coprod_data.queries.entries_work import EntryWork
from coprod_data.rules.clocks import LONDON, days_between, london_day
from coprod_data.vocabulary.work import URGENT_WORK, WorkKind
from pages.parts.times import days

NUMBERS = (
    "Nothing is", "One thing is", "Two things are", "Three things are", "Four things are",
    "Five things are", "Six things are", "Seven things are", "Eight things are",
    "Nine things are", "Ten things are",
)  # fmt: skip
CHECKING = "/checking"
ICONS = {
    WorkKind.HOLD_UNOPENED: "shield",
    WorkKind.MESSAGE_LEFT: "phone",
    WorkKind.TAKEN_BACK: "undo",
    WorkKind.URGENT: "flag",
    WorkKind.SECOND: "people",
    WorkKind.WISH: "phone",
    WorkKind.TO_READ: "inbox",
    WorkKind.REPLIES: "send",
    WorkKind.REWORD: "pen",
    WorkKind.FOR_OTHERS: "clock",
}


@dataclass(frozen=True)
class WorkRow:
    """One row; `mine`: this person acts next, and the heading counts `count` things."""

    title: str
    detail: str
    wait: str
    tone: str
    icon: str
    button: str
    href: str
    count: int = 1
    mine: bool = True


def heading(number: int) -> str:
    """Return the answer to: is anything waiting for me?"""
    words = NUMBERS[number] if number < len(NUMBERS) else f"{number} things are"
    return f"{words} waiting for you."


def of_entries(found: Iterable[EntryWork], now: datetime) -> list[WorkRow]:
    """Return the rows about entries."""
    return [_entry(one, now) for one in found]


def nobody_row(count: int) -> WorkRow:
    """Return the administrator's one row about entries: that nobody of the teams may read some."""
    several = f"{count} entries" if count > 1 else "1 entry"
    return WorkRow(
        title=f"{several} that nobody here may read",
        detail="It may be about everybody who reads. Call the council's LADO contact. "
        "The LADO can ask for a safeguarding account that reads it.",
        wait="",
        tone="alert",
        icon="warning",
        button="Go to People",
        href="/people",
        count=count,
    )


def _entry(one: EntryWork, now: datetime) -> WorkRow:
    many = f" ({one.count})" if one.entry_id is None else f": no. {one.entry_id}"
    urgent = one.kind in URGENT_WORK or one.late
    soon = one.kind in (WorkKind.TAKEN_BACK, WorkKind.URGENT, WorkKind.WISH)
    button, href = _way(one)
    return WorkRow(
        title=f"{one.kind.words}{many}",
        detail=_detail(one, now),
        wait=_wait(one, now),
        tone="alert" if urgent else "soon" if soon else "plain",
        icon=ICONS[one.kind],
        button=button,
        href=href,
        count=one.count,
        mine=one.kind is not WorkKind.FOR_OTHERS,
    )


def _way(one: EntryWork) -> tuple[str, str]:
    match one.kind:
        case WorkKind.TO_READ:
            return "Go to the queue", f"{CHECKING}?show=mine"
        case WorkKind.REPLIES:
            return "Write the replies", f"{CHECKING}?show=owed"
        case WorkKind.REWORD:
            return "Write other words", f"{CHECKING}?show=reword"
        case WorkKind.HOLD_UNOPENED | WorkKind.MESSAGE_LEFT:
            return "See the hold", f"{CHECKING}?hold={one.entry_id}"
        case _:
            return "Open it", f"{CHECKING}?entry={one.entry_id}"


def _detail(one: EntryWork, now: datetime) -> str:
    parts = [one.theme] if one.theme else []
    if one.step is not None:
        parts.append(one.step.words if one.kind is WorkKind.FOR_OTHERS
                     else f"{one.who} proposes: {one.step.words.lower()}")  # fmt: skip
    if one.kind is WorkKind.HOLD_UNOPENED and one.who:
        parts.append(f"held by {one.who}")
    if one.kind is WorkKind.MESSAGE_LEFT:
        parts.append(f"{one.who} left a message at {one.since.astimezone(LONDON):%H:%M}")
    if one.due is not None:
        parts.append(f"{'overdue since' if one.due < now else 'by'} {_moment(one.due, now)}")
    return " · ".join(parts)


def _wait(one: EntryWork, now: datetime) -> str:
    waited = days_between(one.since, now)
    if waited:
        return days(waited)
    hours = int((now - one.since).total_seconds() // 3600)
    return f"{hours} h" if hours else "under 1 h"


def _moment(when: datetime, now: datetime) -> str:
    local = when.astimezone(LONDON)
    today = local.date() == london_day(now)
    return f"{local:%H:%M} today" if today else f"{local:%A} {local.day} {local:%B}, {local:%H:%M}"
