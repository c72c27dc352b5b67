"""Rows of what waits, for My work and the Overview: what it is, how long, and one button."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from coprod_data.queries.entries_work import EntryWork
from coprod_data.queries.work_steps import Turn
from coprod_data.rules.clocks import LONDON, days_between, london_day
from coprod_data.rules.due_days import days_to, due_says
from coprod_data.rules.number_words import in_words
from coprod_data.vocabulary.work import URGENT_WORK, ActionWait, WorkKind
from pages.parts.times import days, on
from pages.shared.accounts_asked import asked_words
from pages.shared.work_actions import of_action
from pages.shared.work_owners import OWNERLESS, of_ownerless
from pages.shared.work_sessions import OF_SESSIONS, of_session

CHECKING = "/checking"
A_FEW = 10  # rows of one kind, before the others are one row
ALL_OF = {  # where all of a kind are
    WorkKind.URGENT: f"{CHECKING}?show=urgent&everything=1",
    WorkKind.WISH: f"{CHECKING}?show=wish&everything=1",
    WorkKind.SECOND: f"{CHECKING}?show=mine&everything=1",
}
SOON, LATE = 14, 28  # days after which a wait for somebody's answer is yellow, and red
OF_ENTRIES = "Entries and replies"
GROUPS = {  # the headings of the page; kinds in none of them are about entries
    "People who need your answer": (
        WorkKind.ACCOUNT, WorkKind.INVITED, WorkKind.SIGN, WorkKind.WITNESS, WorkKind.APPROVE,
        WorkKind.BEGIN, WorkKind.OFFERED,
    ),
    "Actions to update": (WorkKind.ACTION,),
    "Sessions": tuple(OF_SESSIONS),
    "Without an owner": tuple(OWNERLESS),
    "Returns": (WorkKind.RETURN_OWED, WorkKind.RETURN_REVIEW),
}  # fmt: skip
BUTTONS = {
    WorkKind.ACCOUNT: ("Answer", "/people"),
    WorkKind.WAITS_ACCOUNT: ("See it", "/people?id={}"),
    WorkKind.INVITED: ("Answer", "/opportunities?id={}"),
    WorkKind.SIGN: ("Read and sign", "/opportunities?id={}"),
    WorkKind.WITNESS: ("Read and confirm", "/opportunities?id={}"),
    WorkKind.APPROVE: ("Read and approve", "/actions?action={}"),
    WorkKind.BEGIN: ("Start it", "/opportunities?id={}"),
    WorkKind.OFFERED: ("Ask them", "/opportunities?id={}"),
    WorkKind.ACTION: ("Update", "/my_work?action={}"),
    WorkKind.RETURN_OWED: ("Fill it in", "/audits?return={}"),
    WorkKind.RETURN_REVIEW: ("Review", "/audits?return={}"),
    **OF_SESSIONS,
    **OWNERLESS,
    WorkKind.WAITS_CHAIR: ("See it", "/actions?action={}"),
    WorkKind.WAITS_SEAT: ("See it", "/groups?id={}"),
    WorkKind.WAITS_RETURNER: ("See it", "/audits?return={}"),
    WorkKind.WAITS_REVIEW: ("See it", "/audits?return={}"),
}
AN_OPPORTUNITY = ("See it", "/opportunities?id={}")
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
    """One row; `mine`: this person acts next, and the heading counts `count` things.

    `waited` is the wait in days, for the oldest; `late` is how many of them are past their date,
    `over` how many are over our target; `quote` are a young person's words for a room.
    """

    title: str
    detail: str
    wait: str
    tone: str
    icon: str
    button: str
    href: str
    group: str = OF_ENTRIES
    count: int = 1
    mine: bool = True
    waited: int = 0
    late: int = 0
    over: int = 0
    quote: str = ""


def heading(number: int) -> str:
    """Return the answer to: is anything waiting for me?"""
    if not number:
        return "Nothing is waiting for you."
    return f"{in_words(number)} {'thing is' if number == 1 else 'things are'} waiting for you."


def oldest(rows: Iterable[WorkRow]) -> str:
    """Return how long the oldest has waited, and how many are late or over our target."""
    waits, late, over = [0], 0, 0
    for row in rows:
        waits.append(row.waited)
        late, over = late + row.late, over + row.over
    which = "It" if len(waits) == 2 else "The oldest"
    parts = [f"{which} has waited {days(max(waits))}."] if max(waits) else []
    for number, what in ((late, "late"), (over, "over our target")):
        if number:
            parts.append(f"{'One is' if number == 1 else f'{number} are'} {what}.")
    return " ".join(parts)


def in_groups(rows: Iterable[WorkRow]) -> list[tuple[str, list[WorkRow]]]:
    """Return rows under the headings of their kinds, in order."""
    found: dict[str, list[WorkRow]] = {}
    for row in rows:
        found.setdefault(row.group, []).append(row)
    return list(found.items())


def of_turns(
    found: Iterable[Turn], now: datetime, quotes: Mapping[int, str] | None = None
) -> list[WorkRow]:
    """Return the rows of waits that are about one record each.

    `quotes` are words that may be shown to a room, by the opportunity they are behind.
    """
    return [_turn(one, now, quotes or {}) for one in found]


def of_entries(found: Iterable[EntryWork], now: datetime) -> list[WorkRow]:
    """Return the rows about entries; of many alike ten, and one row that counts the others."""
    rows: list[WorkRow] = []
    for kind, alike in groupby(found, key=lambda one: one.kind):
        drawn = [_entry(one, now) for one in alike]
        if kind in ALL_OF and len(drawn) > A_FEW + 1:
            drawn = [*drawn[:A_FEW], _others(kind, drawn[A_FEW:])]
        rows += drawn
    return rows


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
        over=count,
    )


def _others(kind: WorkKind, rows: list[WorkRow]) -> WorkRow:
    title, waited = f"{kind.words}: {len(rows)} more", max(row.waited for row in rows)
    return replace(
        rows[0], title=title, detail="", wait="", button="Show the others", href=ALL_OF[kind],
        count=len(rows), waited=waited, over=sum(row.over for row in rows),
    )  # fmt: skip


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
        waited=days_between(one.since, now),
        over=one.late,
    )


def _turn(one: Turn, now: datetime, quotes: Mapping[int, str]) -> WorkRow:
    mine = not one.kind.value.startswith("waits_")
    waited = days_between(one.since, now) if one.since else 0
    button, href = BUTTONS.get(one.kind, AN_OPPORTUNITY)
    of_person = one.kind is WorkKind.OFFERED
    what = f"{one.kind.words} about {one.who}" if of_person else one.kind.words
    if one.kind is WorkKind.RETURN_OWED and not one.met:
        button = "Begin"
    return WorkRow(
        title=f"{what}: {one.title}" if mine else one.title,
        detail=_why(one, now) if mine else _whom(one),
        wait=days(waited) if one.since else due_says(days_to(one.due_on, london_day(now))),
        tone=_tone(one, waited),
        icon="clock",
        button=button,
        href=href.format(one.about),
        group=next((words for words, kinds in GROUPS.items() if one.kind in kinds), ""),
        mine=mine,
        waited=waited,
        late=one.late,
        quote=quotes.get(one.source_id or 0, ""),
    )


def _why(one: Turn, now: datetime) -> str:
    match one.kind:
        case WorkKind.ACCOUNT:
            return asked_words(one.note, one.who)
        case WorkKind.INVITED:
            return f"By {one.who}. {one.note}" if one.who else one.note
        case WorkKind.SIGN:
            signed = "A young person has signed. Your signature makes it done together."
            return signed if one.note else "Read what changed, and say whether it is true."
        case WorkKind.WITNESS:
            return f"{one.who} wrote it down. A second worker confirms it."
        case WorkKind.APPROVE:
            source = f" It comes from: {one.source}." if one.source else ""
            seen = f"People will see: {one.note}"
            return f"Proposed by {one.who} for {one.reference}.{source} {seen}"
        case WorkKind.BEGIN:
            return "A member and a young person have said yes to each other."
        case WorkKind.OFFERED:
            return "Young people have not said yes or no yet."
        case WorkKind.ACTION:
            return " · ".join(of_action(one, now))
        case kind if kind in OF_SESSIONS:
            return of_session(one)
        case kind if kind in OWNERLESS:
            return of_ownerless(one, now)
        case _:
            due = f"by {on(one.due_on)}" if one.due_on else ""
            answered = f"{one.met} of {one.whole} standards answered" if one.whole else ""
            return " · ".join(part for part in (answered, due) if part)


def _whom(one: Turn) -> str:
    return f"{one.who}, {one.kind.words}" if one.kind is WorkKind.WAITS_ANSWER else one.kind.words


def _tone(one: Turn, waited: int) -> str:
    if one.late or one.note == ActionWait.NO_NOTE:
        return "alert"
    if one.kind is WorkKind.ACTION:
        return "soon" if one.note == ActionWait.UNMOVED else "plain"
    return "alert" if waited >= LATE else "soon" if waited >= SOON else "plain"


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
        over = "over our target since" if one.due < now else "by"
        parts.append(f"{over} {_moment(one.due, now)}")
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
