"""Rows about young people's entries for My work and the Overview, without a word of any."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from coprod_data.queries.entries_work import MAY_BE_OVERDUE, EntryWork
from coprod_data.queries.notices_lado import LeftToLado
from coprod_data.rules.clocks import LONDON, days_between, london_day
from coprod_data.vocabulary.work import URGENT_WORK, WorkKind
from pages.parts.times import days, on_and_at
from pages.shared.hold_words import last_step, who_deals
from pages.shared.work_rows import WorkRow

CHECKING = "/checking"
A_FEW = 10  # rows of one kind, before the others are one row
ALL_OF = {  # where all of a kind are; what is urgent is never folded
    WorkKind.SECOND: f"{CHECKING}?show=mine&everything=1",
}
ICONS = {
    WorkKind.HOLD_UNOPENED: "shield",
    WorkKind.MESSAGE_LEFT: "phone",
    WorkKind.NOT_TOLD: "phone",
    WorkKind.HOLD_OPEN: "shield",
    WorkKind.TAKEN_BACK: "undo",
    WorkKind.URGENT: "flag",
    WorkKind.SECOND: "people",
    WorkKind.WISH_TAKEN_BACK: "undo",
    WorkKind.WISH: "phone",
    WorkKind.TO_READ: "inbox",
    WorkKind.REPLIES: "send",
    WorkKind.REWORD: "pen",
    WorkKind.FOR_OTHERS: "clock",
}


def of_entries(found: Iterable[EntryWork], now: datetime) -> list[WorkRow]:
    """Return the rows about entries; of many steps ten, and one row that counts the others."""
    rows: list[WorkRow] = []
    for kind, alike in groupby(found, key=lambda one: one.kind):
        drawn = [_entry(one, now) for one in alike]
        if kind in ALL_OF and len(drawn) > A_FEW + 1:
            drawn = [*drawn[:A_FEW], _others(kind, drawn[A_FEW:])]
        rows += drawn
    return rows


def nobody_row(left: LeftToLado, lado: str, phone: str) -> WorkRow:
    """Return the administrator's one row about entries: that nobody on duty may read some.

    `lado` and `phone` are the name and number of the LADO that Settings give, or empty.
    """
    name = f"the LADO, {lado}" if lado else "the LADO"
    call = f"Call {name}: {phone}. " if phone else f"Call {name}. "
    several = f"{left.count} entries" if left.count > 1 else "1 entry"
    whom, all_of = (
        ("here", "who reads") if left.unreadable == left.count else ("on duty", "on duty")
    )
    told = f"A notice went to the LADO on {on_and_at(left.sent_at)}. " if left.sent_at else ""
    return WorkRow(
        title=f"{several} that nobody {whom} may read",
        detail=f"It may be about everybody {all_of}. {call}{told}"
        "The LADO can ask for a safeguarding account that reads it.",
        wait="",
        tone="alert",
        icon="warning",
        button="Go to People",
        href="/people",
        count=left.count,
        in_menu=False,
        over=left.count,
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
    soon = one.kind in MAY_BE_OVERDUE
    button, href = _way(one)
    return WorkRow(
        title=f"Nobody has been told that no. {one.entry_id} is on hold. Ring now."
        if one.kind is WorkKind.NOT_TOLD
        else f"{one.kind.words}{many}",
        detail=_detail(one, now),
        wait=_wait(one, now),
        tone="alert" if urgent else "soon" if soon else "plain",
        icon=ICONS[one.kind],
        button=button,
        href=href,
        count=one.count,
        mine=one.kind is not WorkKind.FOR_OTHERS,
        in_menu=one.kind in (WorkKind.REPLIES, WorkKind.REWORD),
        waited=days_between(one.since, now),
        over=one.over,
    )


def _way(one: EntryWork) -> tuple[str, str]:
    match one.kind:
        case WorkKind.TO_READ:
            return "Go to the queue", f"{CHECKING}?show=mine"
        case WorkKind.REPLIES:
            return "Write the replies", f"{CHECKING}?show=owed"
        case WorkKind.REWORD:
            return "Write other words", f"{CHECKING}?show=reword"
        case (
            WorkKind.HOLD_UNOPENED | WorkKind.HOLD_OPEN | WorkKind.MESSAGE_LEFT | WorkKind.NOT_TOLD
        ):
            return "See the hold", f"{CHECKING}?hold={one.entry_id}"
        case WorkKind.WISH | WorkKind.WISH_TAKEN_BACK:
            return "Open it", f"{CHECKING}?wish={one.wish_id}"
        case _:
            return "Open it", f"{CHECKING}?entry={one.entry_id}"


def _detail(one: EntryWork, now: datetime) -> str:
    parts = [one.theme] if one.theme else []
    if one.wished_at is not None:
        wish = f"{one.which} wish, asked" if one.which else "asked"
        parts.append(f"{wish} {_moment(one.wished_at, now)}")
    if one.step is not None:
        parts.append(one.step.words if one.kind is WorkKind.FOR_OTHERS
                     else f"{one.who} proposes: {one.step.words.lower()}")  # fmt: skip
    if one.kind in (WorkKind.HOLD_UNOPENED, WorkKind.NOT_TOLD) and one.who:
        parts.append(f"held by {one.who}")
    if one.hold is not None:
        parts += [who_deals(one.hold), last_step(one.hold, now)]
    if one.kind is WorkKind.MESSAGE_LEFT:
        parts.append(f"{one.who} left a message at {one.since.astimezone(LONDON):%H:%M}")
    if one.kind is WorkKind.URGENT and one.who and one.taken_at:
        parts.append(f"{one.who} opened it {_at(one.taken_at, now)} and has not decided")
    if one.entry_id is None and one.over and one.kind is not WorkKind.REWORD:
        parts.append(f"{one.over} over our target")
    if one.due is not None:
        over = "over our target since" if one.due < now else "next step by" if one.hold else "by"
        parts.append(f"{over} {_moment(one.due, now)}")
    return " · ".join(parts)


def _wait(one: EntryWork, now: datetime) -> str:
    waited = days_between(one.since, now)
    if waited:
        return days(waited)
    hours = int((now - one.since).total_seconds() // 3600)
    return f"waiting {hours} h" if hours else "waiting under 1 h"


def _at(when: datetime, now: datetime) -> str:
    local = when.astimezone(LONDON)
    return f"at {local:%H:%M}" if local.date() == london_day(now) else f"on {_moment(when, now)}"


def _moment(when: datetime, now: datetime) -> str:
    local = when.astimezone(LONDON)
    today = local.date() == london_day(now)
    return f"{local:%H:%M} today" if today else f"{local:%A} {local.day} {local:%B}, {local:%H:%M}"
