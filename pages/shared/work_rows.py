"""Rows of what waits, for My work and the Overview: what it is, how long, and one button."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coprod_data.queries.work_steps import Turn
from coprod_data.rules.clocks import days_between, london_day
from coprod_data.rules.due_days import days_to, due_says
from coprod_data.rules.number_words import in_words
from coprod_data.vocabulary.work import ActionWait, WorkKind
from pages.parts.times import days, on
from pages.shared.accounts_asked import asked_words
from pages.shared.work_actions import of_action
from pages.shared.work_meetings import OF_MEETINGS, of_meeting, title_of
from pages.shared.work_owners import OWNERLESS, of_ownerless
from pages.shared.work_policies import OF_POLICIES, of_policy
from pages.shared.work_projects import OF_PROJECTS, of_project
from pages.shared.work_sessions import NOT_FIXED, OF_SESSIONS, of_day, of_session

SOON, LATE = 14, 28  # days after which a wait for somebody's answer is yellow, and red
OF_ENTRIES = "Entries and replies"
GROUPS = {  # the headings of the page; kinds in none of them are about entries
    "People who need your answer": (
        WorkKind.ACCOUNT, WorkKind.INVITED, WorkKind.SAID, WorkKind.SIGN, WorkKind.WITNESS,
        WorkKind.APPROVE, WorkKind.CHANGE, WorkKind.HAND_OVER, WorkKind.BEGIN, WorkKind.OFFERED,
        WorkKind.LOOK_AGAIN,
    ),
    "Meetings": tuple(OF_MEETINGS),
    "Actions to update": (WorkKind.ACTION,),
    "Sessions": tuple(OF_SESSIONS),
    "Policies": tuple(OF_POLICIES),
    "Projects, recruitment and the library": tuple(OF_PROJECTS),
    "Without an owner": tuple(OWNERLESS),
    "Returns": (WorkKind.RETURN_OWED, WorkKind.RETURN_REVIEW),
    "Training": (
        WorkKind.TRAINING_RECORD, WorkKind.TRAINING_TELL, WorkKind.TRAINING_PLACE,
        WorkKind.TRAINING_OFF, WorkKind.TRAINING_DUE,
    ),
}  # fmt: skip
BUTTONS = {
    WorkKind.ACCOUNT: ("Answer", "/people"),
    WorkKind.WAITS_ACCOUNT: ("See it", "/people?id={}"),
    WorkKind.WAITS_LINK: ("See it", "/people?id={}"),
    WorkKind.INVITED: ("Answer", "/opportunities?id={}"),
    WorkKind.SAID: ("Answer", "/opportunities?id={}"),
    WorkKind.SIGN: ("Read and sign", "/opportunities?id={}"),
    WorkKind.WITNESS: ("Read and confirm", "/opportunities?id={}"),
    WorkKind.APPROVE: ("Read and approve", "/actions?action={}"),
    WorkKind.CHANGE: ("Read and decide", "/actions?action={}"),
    WorkKind.HAND_OVER: ("Read and decide", "/actions?action={}"),
    WorkKind.BEGIN: ("Start it", "/opportunities?id={}"),
    WorkKind.OFFERED: ("Ask them", "/opportunities?id={}"),
    WorkKind.LOOK_AGAIN: ("See it", "/opportunities?id={}"),
    WorkKind.ACTION: ("Update", "/my_work?action={}"),
    WorkKind.RETURN_OWED: ("Fill it in", "/audits?return={}"),
    WorkKind.RETURN_REVIEW: ("Review", "/audits?return={}"),
    WorkKind.TRAINING_RECORD: ("Say who came", "/training?date={}"),
    WorkKind.TRAINING_TELL: ("See who", "/training?date={}"),
    WorkKind.TRAINING_PLACE: ("Say that you will come", "/training?date={}"),
    WorkKind.TRAINING_OFF: ("Choose another date", "/training?id={}"),
    WorkKind.TRAINING_DUE: ("Choose a date", "/training?id={}"),
    **OF_MEETINGS,
    **OF_SESSIONS,
    **OF_POLICIES,
    **OF_PROJECTS,
    **OWNERLESS,
    WorkKind.WAITS_CHAIR: ("See it", "/actions?action={}"),
    WorkKind.WAITS_CHANGE: ("See it or take it back", "/actions?action={}"),
    WorkKind.WAITS_HAND_OVER: ("See it or take it back", "/actions?action={}"),
    WorkKind.WAITS_SEAT: ("See it", "/groups?id={}"),
    WorkKind.WAITS_RETURNER: ("See it", "/audits?return={}"),
    WorkKind.WAITS_MEET: ("See it", "/sessions?id={}&tab=before"),
    WorkKind.WAITS_REVIEW: ("See it", "/audits?return={}"),
}
AN_OPPORTUNITY = ("See it", "/opportunities?id={}")


@dataclass(frozen=True)
class WorkRow:
    """One row; `mine`: this person acts next, and the heading counts `count` things.

    `waited` is the wait in days, for the oldest; `late` is how many of them are past their date,
    `over` how many are over our target; `name` is what the heading calls one that is late, by
    `late_by`, or `red`; `in_menu` says that the number in the menu has them;
    `quote` are a young person's words for a room.
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
    in_menu: bool = True
    waited: int = 0
    late: int = 0
    over: int = 0
    quote: str = ""
    name: str = ""
    late_by: str = ""
    red: bool = False


def heading(number: int) -> str:
    """Return the answer to: is anything waiting for me?"""
    if not number:
        return "Nothing is waiting for you."
    return f"{in_words(number)} {'thing is' if number == 1 else 'things are'} waiting for you."


def oldest(rows: Iterable[WorkRow]) -> str:
    """Return what is late and what is red by name, how long the oldest has waited, and how many
    are over our target.
    """
    waits, late, over, named = [0], 0, 0, []
    for row in rows:
        waits.append(row.waited)
        over += row.over
        late += 0 if row.late_by else row.late
        named.append(row)
    which = "It" if len(waits) == 2 else "The oldest"
    parts = [f"{which} has waited {days(max(waits))}."] if max(waits) else []
    for number, what in ((late, "late"), (over, "over our target")):
        if number:
            one = "It is" if len(waits) == 2 else "One is"
            parts.append(f"{one if number == 1 else f'{number} are'} {what}.")
    named_late = [f"{row.name} by {row.late_by}" for row in named if row.late_by]
    red = [row.name for row in named if row.red and not row.late_by]
    words = (
        f"{what}: {_first(these)}." for what, these in (("Late", named_late), ("Red", red)) if these
    )
    return " ".join([*words, *parts])


def _first(names: Sequence[str]) -> str:
    """Return the first of some names, and how many more there are."""
    return names[0] + (f", and {len(names) - 1} more" if len(names) > 1 else "")


def menu_counts(rows: Sequence[WorkRow]) -> str:
    """Return why the menu has another number than the heading, or nothing where it has the same."""
    inside = [row.count for row in rows if row.in_menu]
    if len(inside) == len(rows):
        return ""
    return (
        f"The menu counts {sum(inside) or 'none'} of these: it never counts what is urgent, unread "
        "or waits for a second person."
    )


def in_groups(rows: Iterable[WorkRow]) -> list[tuple[str, list[WorkRow]]]:
    """Return rows under the headings of their kinds: those about entries first, then those with
    something late or red in them.
    """
    found: dict[str, list[WorkRow]] = {}
    for row in rows:
        found.setdefault(row.group, []).append(row)
    return sorted(found.items(), key=lambda one: (one[0] != OF_ENTRIES, not pressing(one[1])))


def in_order(rows: Iterable[WorkRow]) -> list[WorkRow]:
    """Return rows as the groups of My work have them."""
    return [row for _, group in in_groups(rows) for row in group]


def pressing(rows: Iterable[WorkRow]) -> bool:
    """Say whether one of these is late or red."""
    return any(row.late_by or row.red for row in rows)


def of_turns(
    found: Iterable[Turn], now: datetime, quotes: Mapping[int, str] | None = None
) -> list[WorkRow]:
    """Return the rows of waits that are about one record each.

    `quotes` are words that may be shown to a room, by the opportunity they are behind.
    """
    return [_turn(one, now, quotes or {}) for one in found]


def _turn(one: Turn, now: datetime, quotes: Mapping[int, str]) -> WorkRow:
    mine = not one.kind.value.startswith("waits_")
    waited = days_between(one.since, now) if one.since else 0
    button, href = BUTTONS.get(one.kind, AN_OPPORTUNITY)
    of_person = one.kind is WorkKind.OFFERED
    what = f"{one.kind.words} about {one.who}" if of_person else one.kind.words
    if one.kind is WorkKind.RETURN_OWED and not one.met:
        button = "Begin"
    return WorkRow(
        title=f"{what}: {title_of(one)}" if mine else _for_whom(one),
        detail=_why(one, now) if mine else _whom(one),
        wait=_asked(waited)
        if one.kind is WorkKind.INVITED
        else days(waited)
        if one.since
        else due_says(days_to(one.due_on, london_day(now))),
        tone=_tone(one, waited),
        icon="clock",
        button=button,
        href=href.format(one.about),
        group=next((words for words, kinds in GROUPS.items() if one.kind in kinds), ""),
        mine=mine,
        waited=waited,
        late=one.late,
        name=one.title if one.kind is WorkKind.ACTION else f"{one.kind.words} ({one.title})",
        late_by=_late_by(one, now) if mine else "",
        red=one.red,
        quote=quotes.get(one.source_id or 0, ""),
    )


def _asked(waited: int) -> str:
    """Return since when somebody was asked: what they were asked for may have waited longer."""
    return f"asked {days(waited)} ago" if waited else "asked today"


def _late_by(one: Turn, now: datetime) -> str:
    left = days_to(one.due_on, london_day(now))
    return days(-left) if one.late and left is not None and left < 0 else ""


def _why(one: Turn, now: datetime) -> str:
    match one.kind:
        case WorkKind.ACCOUNT:
            return asked_words(one.note, one.who)
        case WorkKind.INVITED:
            return f"By {one.who}. {one.note}" if one.who else one.note
        case WorkKind.SAID:
            return f"It counts once you have said so here. {one.note}"
        case WorkKind.SIGN:
            signed = "A young person has signed. Your signature makes it done together."
            return signed if one.note else "Read what changed, and say whether it is true."
        case WorkKind.WITNESS:
            return f"{one.who} wrote it down. A second worker confirms it."
        case WorkKind.APPROVE:
            source = f" It comes from: {one.source}." if one.source else ""
            seen = f"People will see: {one.note}"
            return f"Proposed by {one.who} for {one.reference}.{source} {seen}"
        case WorkKind.CHANGE:
            return f"Proposed by {one.who} for {one.reference}. Why: {one.note}"
        case WorkKind.HAND_OVER:
            return f"{one.who} asks to hand it over. {one.reference}. Why: {one.note}"
        case WorkKind.BEGIN:
            return "A member and a young person have said yes to each other."
        case WorkKind.OFFERED:
            return "Young people have not said yes or no yet."
        case WorkKind.LOOK_AGAIN if one.due_on:
            return f"It was to be looked at again on {on(one.due_on)}."
        case WorkKind.ACTION:
            return " · ".join(of_action(one, now))
        case WorkKind.TRAINING_RECORD if one.due_on:
            return f"It was on {on(one.due_on)}. Only who came counts as trained."
        case WorkKind.TRAINING_TELL if one.due_on:
            return f"They waited for {on(one.due_on)}. They read it nowhere: tell them."
        case WorkKind.TRAINING_PLACE if one.due_on:
            return f"You waited for {on(one.due_on)}. Somebody gave a place back."
        case WorkKind.TRAINING_OFF if one.due_on:
            return f"You were booked for {on(one.due_on)}. It was cancelled."
        case WorkKind.TRAINING_DUE:
            return "It has to be refreshed." if one.note else "You have not done it yet."
        case kind if kind in OF_MEETINGS:
            return of_meeting(one)
        case kind if kind in OF_SESSIONS:
            return of_session(one)
        case kind if kind in OF_POLICIES:
            return of_policy(one)
        case kind if kind in OF_PROJECTS:
            return of_project(one)
        case kind if kind in OWNERLESS:
            return of_ownerless(one, now)
        case _:
            due = f"by {on(one.due_on)}" if one.due_on else ""
            answered = f"{one.met} of {one.whole} standards answered" if one.whole else ""
            return " · ".join(part for part in (answered, due) if part)


def _for_whom(one: Turn) -> str:
    return NOT_FIXED if one.kind is WorkKind.WAITS_MEET else title_of(one)


def _whom(one: Turn) -> str:
    if one.kind is WorkKind.WAITS_MEET:
        return f"{of_day(one)} · {one.kind.words}"
    return f"{one.who}, {one.kind.words}" if one.kind is WorkKind.WAITS_ANSWER else one.kind.words


def _tone(one: Turn, waited: int) -> str:
    if one.late or one.red:
        return "alert"
    if one.kind is WorkKind.ACTION:
        return "soon" if one.note == ActionWait.UNMOVED else "plain"
    return "alert" if waited >= LATE else "soon" if waited >= SOON else "plain"
