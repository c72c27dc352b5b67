"""The three numbers of the overview as sentences, even where there is nothing to count yet."""

from coprod_data.queries.overview import Numbers, Waits
from pages.parts.times import days


def tiles(counted: Numbers, waiting: Waits) -> list[dict[str, object]]:
    """Return three tiles: report cards, what is waiting, and what was done together."""
    return [_cards(counted), _awaited(counted, waiting), _together(counted)]


def _cards(counted: Numbers) -> dict[str, object]:
    if not counted.cards:
        detail = "None shared with the Board yet"
    else:
        detail = f"{counted.cards_this_cycle or 'None'} new in three months"
    quarters_with_cards = sum(number > 0 for number in counted.cards_by_cycle)
    return {
        "number": counted.cards,
        "words": "report card" if counted.cards == 1 else "report cards",
        "detail": detail,
        "tone": "plain",
        "icon": "voice",
        "href": "/report_cards",
        "trend": counted.cards_by_cycle if quarters_with_cards > 1 else None,  # no trend in one
        "trend_words": "Cards in each of the last four quarters: "
        + ", ".join(str(number) for number in counted.cards_by_cycle),
    }


def _awaited(counted: Numbers, waiting: Waits) -> dict[str, object]:
    awaited = waiting.opportunities
    if awaited.count:
        detail, tone, icon = f"The longest wait is {days(awaited.longest)}", "alert", "clock"
    elif counted.any_open:
        detail, tone, icon = "Each opportunity has a member", "good", "check"
    else:
        detail, tone, icon = "No opportunity is open", "plain", "together"
    return {
        "number": awaited.count,
        "words": "waiting for one of us",
        "detail": detail,
        "tone": tone,
        "icon": icon,
        "href": "/opportunities",
        "trend": None,
    }


def _together(counted: Numbers) -> dict[str, object]:
    only = counted.together_by_code
    parts = [f"{only} by card code only"] if only else []
    parts += [f"{counted.to_be_signed} waiting for a signature"] if counted.to_be_signed else []
    parts += [f"{counted.answers} more by staff only"] if counted.answers else []
    nothing = "Nothing is waiting for a signature" if counted.together else "Nothing is signed yet"
    return {
        "number": counted.together,
        "words": "done together",
        "detail": "; ".join(parts) or nothing,
        "tone": "good" if counted.together else "plain",
        "icon": "check" if counted.together else "together",
        "href": "/opportunities?show=together",
        "trend": None,
    }
