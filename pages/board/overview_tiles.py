"""The three numbers of the overview as sentences, even where there is nothing to count yet."""

from coprod_data.queries.overview import Numbers, Waits
from pages.parts.times import days


def tiles(counted: Numbers, waiting: Waits, *, heard: bool) -> list[dict[str, object]]:
    """Return three tiles: report cards, what is waiting, and what was done together.

    `heard`: words of a card are shown beside them. What has not begun has a sentence and no zero.
    """
    return [_cards(counted, heard=heard), _awaited(counted, waiting), _together(counted)]


def _not_begun(words: str, detail: str, icon: str, href: str) -> dict[str, object]:
    return {
        "number": None,
        "words": words,
        "detail": detail,
        "tone": "plain",
        "icon": icon,
        "href": href,
        "trend": None,
    }


def _cards(counted: Numbers, *, heard: bool) -> dict[str, object]:
    if not counted.cards:
        detail = (
            "The words here are on a card that is still collecting."
            if heard
            else "A card begins with what young people send."
        )
        return _not_begun("No report card shared yet", detail, "voice", "/report_cards")
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
    if not awaited.count and not counted.any_open:
        detail = "They start with what young people say."
        return _not_begun("No opportunity is open", detail, "together", "/opportunities")
    if awaited.count:
        detail, tone, icon = f"The longest wait is {days(awaited.longest)}", "alert", "clock"
    else:
        detail, tone, icon = "Each opportunity has a member", "good", "check"
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
    parts = [f"{counted.to_be_signed} waiting for a signature"] if counted.to_be_signed else []
    parts += [f"{counted.answers} more by staff only"] if counted.answers else []
    if not counted.together and not parts:
        detail = "It counts once both sides have signed."
        href = "/opportunities?show=together"
        return _not_begun("Nothing done together yet", detail, "together", href)
    nothing = "Nothing is waiting for a signature"
    return {
        "number": counted.together,
        "words": "done together",
        "detail": "; ".join(parts) or nothing,
        "tone": "good" if counted.together else "plain",
        "icon": "check" if counted.together else "together",
        "href": "/opportunities?show=together",
        "trend": None,
    }
