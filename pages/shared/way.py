"""Where a thing comes from, above its heading, and what came of it: on every page about one."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from coprod_data.permissions import NotAllowed, NotFound
from coprod_data.queries.way_steps import Way, WayStep
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.way import WayKind
from pages.parts.html import show
from pages.parts.sign_in import reading

ADDRESSES = {
    WayKind.THEME: "/actions?theme=",
    WayKind.COMMITMENT: "/actions?commitment=",
    WayKind.REPORT_CARD: "/report_cards?id=",
    WayKind.OPPORTUNITY: "/opportunities?id=",
    WayKind.GROUP: "/groups?id=",
    WayKind.VENUE: "/venues?id=",
    WayKind.SESSION: "/sessions?id=",
    WayKind.MEETING: "/meetings?id=",
    WayKind.PAPER: "/papers?id=",
    WayKind.ACTION: "/actions?action=",
    WayKind.OUTCOME: "/opportunities?outcome=",
}
ICONS = {
    WayKind.THEME: "promise",
    WayKind.COMMITMENT: "promise",
    WayKind.REPORT_CARD: "cards",
    WayKind.OPPORTUNITY: "together",
    WayKind.GROUP: "groups",
    WayKind.VENUE: "home",
    WayKind.SESSION: "voice",
    WayKind.MEETING: "calendar",
    WayKind.PAPER: "paper",
    WayKind.ACTION: "up",
    WayKind.OUTCOME: "check",
}
CARDS_OF_THEME = "/report_cards?theme="

Crumbs = list[list[dict[str, object]]]


def way_to(read: Callable[[Any, Any, int], Way], number: int | None) -> Way | None:
    """Return the way to the thing with this number, None where this reader finds none."""
    if number is not None:
        with suppress(NotFound, NotAllowed), reading() as (db, actor):
            return read(db, actor, number)
    return None


def crumbs(way: Way | None) -> Crumbs:
    """Return the levels above a thing, for `open_page`."""
    return [[step(one, plan=way.plan) for one in level] for level in way.up] if way else []


def came_of(way: Way | None, *, but: WayKind | None = None, title: str = "What came of it") -> None:
    """Show what came of a thing, each with a link; `but` is the kind that the page itself lists."""
    rows = [step(one, plan=way.plan) for one in way.down if one.kind is not but] if way else []
    if way and rows:
        show("came_of.html", title=title, rows=rows, more=way.more)


def step(one: WayStep, *, plan: bool) -> dict[str, object]:
    """Return a step with its address; a theme opens its cards for those without the `plan`."""
    address = ADDRESSES[one.kind] if plan or one.kind is not WayKind.THEME else CARDS_OF_THEME
    meets = one.kind is WayKind.MEETING
    return {
        "kind": one.kind.words,
        "icon": ICONS[one.kind],
        "words": f"{labelled('The Board')}, {one.words}" if meets else one.words,
        "state": one.state,
        "href": f"{address}{one.id}",
    }
