"""How a state, a name and a short row of numbers look, wherever they stand."""

from base64 import b64encode
from collections.abc import Sequence
from typing import NamedTuple


class Look(NamedTuple):
    """A state on screen: its word, the tone behind it and the icon beside it."""

    word: str
    tone: str
    icon: str


LOOKS: dict[str, Look] = {
    # report cards
    "gathering": Look("Gathering words", "plain", "voice"),
    "ready": Look("Ready to share", "soon", "send"),
    "shared": Look("With the Board", "moving", "send"),
    "closed": Look("Closed", "plain", "check"),
    "waiting": Look("Waiting for one of us", "alert", "clock"),
    "in_coproduction": Look("Working on it together", "moving", "hand"),
    "answered": Look("Answered by staff", "plain", "paper"),
    "we_did": Look("We did: staff alone", "plain", "paper"),
    # entries
    "submitted": Look("New", "soon", "inbox"),
    "in_review": Look("Being read", "moving", "eye"),
    "asked_back": Look("Asked back", "soon", "question"),
    "personal_help": Look("Passed to their worker", "violet", "person"),
    "held": Look("On hold: safeguarding", "alert", "shield"),
    "released": Look("Released", "good", "check"),
    "withdrawn": Look("Taken back", "plain", "undo"),
    # opportunities and invitations
    "spotted": Look("Spotted", "plain", "search"),
    "reviewed": Look("Reviewed", "plain", "eye"),
    "open": Look("Waiting for one of us", "alert", "clock"),
    "offered": Look("Offered", "moving", "hand"),
    "matched": Look("Picked up", "moving", "hand"),
    "working": Look("Working on it together", "moving", "together"),
    "parked": Look("Parked", "plain", "pause"),
    "declined": Look("Not taken forward", "plain", "cross"),
    "invited": Look("Asked, no answer yet", "soon", "clock"),
    "lapsed": Look("No answer in time", "alert", "clock"),
    "yes": Look("Yes", "good", "check"),
    "not_this_time": Look("Not this time", "plain", "cross"),
    "pass_to": Look("Passed on", "plain", "next"),
    # outcomes
    "staff_say_done": Look("Staff say done", "soon", "question"),
    "outcome_proposed": Look("Staff say done", "soon", "question"),
    "disputed": Look("Not yet, a young person says", "alert", "warning"),
    "co_signed": Look("Done together", "good", "check"),
    # actions
    "proposed": Look("Proposed", "plain", "pen"),
    "agreed": Look("Agreed", "moving", "together"),
    "in_progress": Look("In progress", "moving", "up"),
    "done": Look("Staff say done", "soon", "question"),
    "verified": Look("Done together", "good", "check"),
    "on_hold": Look("On hold", "plain", "pause"),
    "dropped": Look("Dropped", "plain", "cross"),
    "green": Look("Green: on track", "good", "check"),
    "amber": Look("Amber: at risk", "soon", "flag"),
    "red": Look("Red: off track", "alert", "warning"),
    "smile": Look("Good", "good", "smile"),
    "flat": Look("In the middle", "soon", "meh"),
    "frown": Look("Not good", "alert", "frown"),
    # commitments
    "kept": Look("Kept", "good", "check"),
    "moving": Look("Moving", "moving", "up"),
    "stuck": Look("Stuck", "alert", "warning"),
    "not_assessed": Look("Not assessed", "plain", "dashed"),
    # audit returns
    "opened": Look("Not started", "plain", "dashed"),
    "returned": Look("Returned", "moving", "inbox"),
    "published": Look("Published", "good", "check"),
    "overdue": Look("Overdue", "alert", "clock"),
}


def look(state: str) -> Look:
    """The look of a state of the vocabulary, or of one the queries derive. Raises KeyError."""
    return LOOKS[state]


def initials(name: str) -> str:
    """The letters of the round badge beside a name, its title left out: Cllr Dawn Pryce is DP."""
    words = [word for word in name.split() if word.lower().rstrip(".") not in _TITLES]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


_TITLES = {"cllr", "councillor", "mr", "mrs", "ms", "miss", "mx", "dr"}


def sparkline(values: Sequence[float]) -> str:
    """A small line of two or more numbers as an image address; the alt text says its meaning."""
    low, high = min(values), max(values)
    step = 92 / (len(values) - 1)
    points = [
        (4 + i * step, 36 - 28 * (value - low) / ((high - low) or 1))
        for i, value in enumerate(values)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 44">'
        f'<path d="M4 42 L{line.replace(" ", " L")} L96 42Z" fill="#DCE3EC"/>'
        f'<polyline points="{line}" fill="none" stroke="#0B5563" stroke-width="3"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#0B5563"/></svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
