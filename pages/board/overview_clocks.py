"""Each current wait as a row: how many are waiting, the longest wait, how many are overdue."""

from typing import NamedTuple

from coprod_data.queries.overview import Wait, Waits
from coprod_data.vocabulary.outcomes import OutcomeProgress
from pages.parts.looks import Look
from pages.parts.times import days

Row = dict[str, object]
NOTHING = "Nothing is waiting."


class Clock(NamedTuple):
    """One of the six waits: its words for one, for many and for none."""

    wait: Wait
    one: str
    many: str
    none: str
    href: str | None = None
    state: OutcomeProgress | None = None


def clock_rows(waiting: Waits) -> list[Row]:
    """Return a row for each wait with something waiting, and one that names the others.

    When nothing at all is waiting there are no rows.
    """
    clocks = _clocks(waiting)
    rows = [_row(clock) for clock in clocks if clock.wait.count]
    none = [clock.none for clock in clocks if not clock.wait.count]
    return rows + [_nothing_else(none)] if rows and none else rows


def _clocks(waiting: Waits) -> list[Clock]:
    return [
        Clock(
            waiting.unread,
            "entry waiting to be read",
            "entries waiting to be read",
            "unread entries",
        ),
        Clock(
            waiting.opportunities,
            "opportunity waiting for one of us",
            "opportunities waiting for one of us",
            "opportunities without a member",
            "/opportunities",
        ),
        Clock(
            waiting.invitations,
            "invitation has no answer",
            "invitations have no answer",
            "unanswered invitations",
            "/opportunities",
        ),
        Clock(
            waiting.actions,
            "action is stuck",
            "actions are stuck",
            "stuck actions",
            "/actions?state=stuck",
        ),
        Clock(
            waiting.replies,
            "entry has no reply yet",
            "entries have no reply yet",
            "replies owed",
        ),
        Clock(
            waiting.disputed,
            "outcome was sent back",
            "outcomes were sent back",
            "outcomes sent back",
            "/opportunities?show=going",
            OutcomeProgress.DISPUTED,
        ),
    ]


def _row(clock: Clock) -> Row:
    wait = clock.wait
    if wait.count == 1:
        since = f"For {days(wait.longest)}" if wait.longest else "Since today"
        detail = since + (", over our target." if wait.late else ".")
    else:
        over = (
            f"All {wait.late} are"
            if wait.late == wait.count
            else f"{wait.late} {'is' if wait.late == 1 else 'are'}"
        )
        late = f" {over} over our target." if wait.late else ""
        longest = (
            f"The longest has waited {days(wait.longest)}." if wait.longest else "All since today."
        )
        detail = f"{longest}{late}"
    late_look = Look("Overdue", "alert", "clock") if wait.late else None
    return {
        "title": f"{wait.count} {clock.one if wait.count == 1 else clock.many}",
        "detail": detail,
        "state": clock.state or late_look,
        "word": None,
        "href": clock.href,
    }


def _nothing_else(names: list[str]) -> Row:
    *others, last = names
    listed = f"{', '.join(others)} or {last}" if others else last
    return {
        "title": "Nothing else is waiting",
        "detail": f"No {listed}.",
        "state": None,
        "word": None,
        "href": None,
    }
