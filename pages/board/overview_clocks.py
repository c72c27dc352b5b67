"""Each current wait as a row: how many, the longest wait, how many are over our target."""

from collections.abc import Collection
from typing import NamedTuple

from coprod_data.permissions import Permission
from coprod_data.queries.overview import Wait, Waits
from coprod_data.vocabulary.outcomes import OutcomeProgress
from pages.parts.times import days

Row = dict[str, object]
NOTHING = "Nothing is waiting."
OF_ENTRIES = (Permission.ENTRIES_QUEUE, Permission.REPLIES_SEND)
WHO = {  # sees to what others may not open
    **dict.fromkeys(OF_ENTRIES, "the Youth Voice Team"),
    Permission.OPPORTUNITIES_SEE_SILENT: "the chair and the Youth Voice Team",
}


class Clock(NamedTuple):
    """One of the waits: its words for one, for many and for none."""

    wait: Wait
    one: str
    many: str
    none: str
    href: str
    needs: Permission  # of the list behind it; without it there is no link
    target: str = "day"
    state: OutcomeProgress | None = None


def clock_rows(waiting: Waits, can: Collection[Permission], *, entries: bool = True) -> list[Row]:
    """Return a row for each wait with something waiting, and one that names the others.

    Each is a link to the list of exactly these for those who may see it. When nothing at all is
    waiting there are no rows. Without `entries` the two waits of entries are left out.
    """
    clocks = [clock for clock in _clocks(waiting) if entries or clock.needs not in OF_ENTRIES]
    rows = [_row(clock, can) for clock in clocks if clock.wait.count]
    none = [clock.none for clock in clocks if not clock.wait.count]
    return rows + [_nothing_else(none)] if rows and none else rows


def _clocks(waiting: Waits) -> list[Clock]:
    return [
        Clock(
            waiting.unread,
            "entry waiting to be read",
            "entries waiting to be read",
            "No entry is unread.",
            "/checking?show=waiting",
            Permission.ENTRIES_QUEUE,
            "working day",
        ),
        Clock(
            waiting.opportunities,
            "opportunity waiting for one of us",
            "opportunities waiting for one of us",
            "Each opportunity has a member.",
            "/opportunities?show=waiting",
            Permission.OPPORTUNITIES_READ,
        ),
        Clock(
            waiting.invitations,
            "invitation has no answer",
            "invitations have no answer",
            "Every invitation is answered.",
            "/opportunities?show=asked",
            Permission.OPPORTUNITIES_SEE_SILENT,
        ),
        Clock(
            waiting.actions,
            "action is stuck",
            "actions are stuck",
            "No action is stuck.",
            "/actions?list=stuck",
            Permission.ACTIONS_READ,
        ),
        Clock(
            waiting.unsigned,
            "action that staff say is done is not signed",
            "actions that staff say are done are not signed",
            "What staff say is done is signed.",
            "/actions?list=unsigned",
            Permission.ACTIONS_READ,
        ),
        Clock(
            waiting.replies,
            "entry has no reply yet",
            "entries have no reply yet",
            "No reply is owed.",
            "/checking?show=owed",
            Permission.REPLIES_SEND,
        ),
        Clock(
            waiting.disputed,
            "outcome was sent back",
            "outcomes were sent back",
            "No outcome was sent back.",
            "/opportunities?show=sent_back",
            Permission.OPPORTUNITIES_READ,
            state=OutcomeProgress.DISPUTED,
        ),
        Clock(
            waiting.reviews,
            "session still has to say what we could do together",
            "sessions still have to say what we could do together",
            "Each session says what we could do together.",
            "/sessions?show=held",
            Permission.SESSIONS_READ,
            "working day",
        ),
        Clock(
            waiting.write_ups,
            "session is not written up",
            "sessions are not written up",
            "All session notes are written.",
            "/sessions?show=reviewed",
            Permission.SESSIONS_READ,
            "working day",
        ),
    ]


def _row(clock: Clock, can: Collection[Permission]) -> Row:
    wait = clock.wait
    if wait.count == 1:
        longest = f"For {days(wait.longest)}." if wait.longest else "Since today."
        over = "It is"
    else:
        longest = (
            f"The longest has waited {days(wait.longest)}." if wait.longest else "All since today."
        )
        every = wait.late == wait.count
        over = f"All {wait.late} are" if every else f"{wait.late} {_are(wait.late)}"
    detail = longest
    if wait.target:
        named = f"{wait.target} {clock.target}{'' if wait.target == 1 else 's'}"
        detail += f" {over} over our target of {named}." if wait.late else f" We aim for {named}."
    if clock.state:
        detail += f" {clock.state.words}."
    if clock.needs not in can and clock.needs in WHO:
        detail += f" With {WHO[clock.needs]}."
    return {
        "title": f"{wait.count} {clock.one if wait.count == 1 else clock.many}",
        "detail": detail,
        "late": bool(wait.late or clock.state),
        "href": clock.href if clock.needs in can else None,
    }


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _nothing_else(sentences: list[str]) -> Row:
    one = len(sentences) == 1
    return {
        "title": sentences[0].rstrip(".") if one else "The rest is done",
        "detail": "" if one else " ".join(sentences),
        "late": False,
        "href": None,
    }
