"""What somebody took up and what came of it, as the rows of its table."""

from coprod_data.queries.work_taken import TakenUp
from coprod_data.vocabulary.opportunities import OpportunityProgress
from pages.parts.times import in_month, on

SIGNED = "A young person has signed."


def taken_rows(found: list[TakenUp]) -> list[dict[str, object]]:
    """Return each with where it is, what came of it, and what young people say."""
    return [
        {
            "title": one.title,
            "href": f"/opportunities?id={one.id}",
            "since": f"You said no on {on(one.since)}"
            if one.said_no
            else f"Since {in_month(one.since)}",
            "said_no": one.said_no,
            "state": one.state,
            "came": _came(one),
            "words": one.words,
            "say": _say(one),
        }
        for one in found
    ]


def _say(one: TakenUp) -> str:
    if one.said_no:
        return ""
    return SIGNED if one.state is OpportunityProgress.CO_SIGNED else "Nothing yet"


def _came(one: TakenUp) -> str:
    if one.said_no:
        return one.came
    again = f"We look again on {on(one.review_on)}." if one.review_on else ""
    return " ".join(part for part in (one.came, again) if part) or "Nothing yet"
