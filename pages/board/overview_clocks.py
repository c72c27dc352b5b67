"""Every wait as a row: how many wait, the longest, how many are past their time."""

from coprod_data.queries.overview import Wait, Waits
from coprod_data.vocabulary.outcomes import OutcomeProgress
from pages.parts.looks import Look
from pages.parts.times import days


def clock_rows(waiting: Waits) -> list[dict[str, object]]:
    """Return the six clocks, those past their time marked."""
    disputed = _row(
        waiting.disputed,
        "outcome was sent back",
        "outcomes were sent back",
        "/opportunities?show=going",
    )
    return [
        _row(waiting.unread, "entry waits to be read", "entries wait to be read", None),
        _row(
            waiting.opportunities,
            "chance waits for one of us",
            "chances wait for one of us",
            "/opportunities",
        ),
        _row(
            waiting.invitations,
            "invitation has no answer",
            "invitations have no answer",
            "/opportunities",
        ),
        _row(waiting.actions, "action is stuck", "actions are stuck", "/actions?state=stuck"),
        _row(
            waiting.replies, "young person is owed a reply", "young people are owed a reply", None
        ),
        {**disputed, "state": OutcomeProgress.DISPUTED if waiting.disputed.count else None},
    ]


def _row(wait: Wait, one: str, many: str, href: str | None) -> dict[str, object]:
    late = f" {wait.late} past the time we set ourselves." if wait.late else ""
    return {
        "title": f"{wait.count} {one if wait.count == 1 else many}",
        "detail": f"The longest: {days(wait.longest)}.{late}" if wait.count else "None waits.",
        "state": Look("Past its time", "alert", "clock") if wait.late else None,
        "word": None,
        "href": href,
    }
