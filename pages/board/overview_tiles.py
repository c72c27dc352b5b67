"""The three numbers of the overview as sentences, even where there is nothing to count yet.

Each number is a link to the list of exactly what it counts.
"""

from typing import Any

from coprod_data.queries.overview import Numbers, Waits
from coprod_data.vocabulary.labels import labelled
from pages.parts.times import days

CARDS, TOGETHER = "/report_cards", "/opportunities"
Part = tuple[str, str | None]  # words, and where they lead
Tile = dict[str, Any]


def tiles(counted: Numbers, waiting: Waits, *, all_cards: bool, heard: bool) -> list[Tile]:
    """Return three tiles: report cards, what is waiting, and what was done together.

    `all_cards`: the reader may see every card that was handed over, so its number is a link.
    `heard`: words of a card are shown beside them. What has not begun has a sentence and no zero.
    """
    return [
        _cards(counted, link=all_cards, heard=heard),
        _awaited(counted, waiting),
        _together(counted, all_cards),
    ]


def _not_begun(words: str, detail: str, icon: str, href: str) -> Tile:
    return {
        "number": None,
        "words": words,
        "parts": [(detail, None)],
        "tone": "plain",
        "icon": icon,
        "href": href,
    }


def _cards(counted: Numbers, *, link: bool, heard: bool) -> Tile:
    if not counted.cards:
        detail = (
            "The words here are on a card that is still collecting."
            if heard
            else "A card begins with what young people send."
        )
        return _not_begun("No report card brought to a meeting yet", detail, "voice", CARDS)
    new = f"{counted.cards_this_cycle or 'None'} new in three months"
    to_new = f"{CARDS}?show=new" if link and counted.cards_this_cycle else None
    return {
        "number": counted.cards,
        "words": f"{'card' if counted.cards == 1 else 'cards'} brought to us",
        "parts": [
            (new, to_new),
            *([] if link else [(labelled("read by the Board and the Youth Voice Team"), None)]),
        ],
        "tone": "plain",
        "icon": "voice",
        "href": f"{CARDS}?show=shared" if link else None,
    }


def _awaited(counted: Numbers, waiting: Waits) -> Tile:
    awaited = waiting.opportunities
    if not awaited.count and not counted.any_open:
        detail = "They start with what young people say."
        return _not_begun("No opportunity is open", detail, "together", TOGETHER)
    if awaited.count:
        detail, tone, icon = f"The longest wait is {days(awaited.longest)}", "alert", "clock"
    else:
        detail, tone, icon = "Each opportunity has a member", "good", "check"
    return {
        "number": awaited.count,
        "words": "waiting for one of us",
        "parts": [(detail, None)],
        "tone": tone,
        "icon": icon,
        "href": f"{TOGETHER}?show=waiting",
    }


def _together(counted: Numbers, all_cards: bool) -> Tile:
    parts: list[Part] = []
    if counted.together_by_code:
        words = f"{counted.together_by_code} by card code only"
        parts.append((words, f"{TOGETHER}?show=code"))
    if counted.to_be_signed:
        words = f"{counted.to_be_signed} more waiting for a signature"
        parts.append((words, f"{TOGETHER}?show=signature"))
    if counted.answered:
        words = f"{counted.answered} answered by staff only"
        parts.append((words, f"{CARDS}?show=staff" if all_cards else None))
    if not counted.together and not parts:
        detail, href = "It counts once both sides have signed.", f"{TOGETHER}?show=together"
        return _not_begun("Nothing done together yet", detail, "together", href)
    return {
        "number": counted.together,
        "words": "done together",
        "parts": parts or [("Nothing is waiting for a signature", None)],
        "tone": "good" if counted.together else "plain",
        "icon": "check" if counted.together else "together",
        "href": f"{TOGETHER}?show=together",
    }
