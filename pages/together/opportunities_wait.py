"""How long an opportunity has waited, in words that say when that is too long."""

from coprod_data.queries.opportunities import OpportunityRow
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.opportunities import OpportunityProgress
from pages.parts.times import days

WAITS = (
    ("", "plain"),
    (": over our {}-day target", "soon"),
    (", too long", "alert"),
    (", for the Board to decide", "alert"),
)


def lateness(row: OpportunityRow) -> tuple[str, str]:
    """Return what comes after its days, and the tone of both.

    Nobody is late once somebody has offered: then a young person is asked.
    """
    if row.state is OpportunityProgress.OFFERED:
        return "", "plain"
    words, tone = WAITS[min(row.tier, len(WAITS) - 1)]
    return labelled(words.format(row.target)), tone


def wait(row: OpportunityRow) -> dict[str, object]:
    """Return the pill that says how long it has waited."""
    words, tone = lateness(row)
    if row.state is OpportunityProgress.OFFERED:
        return {"words": f"Open for {days(row.days)}" if row.days else "New today", "tone": tone}
    return {"words": f"Waiting {days(row.days)}{words}" if row.days else "New today", "tone": tone}
