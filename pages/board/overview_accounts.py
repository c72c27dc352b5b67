"""Who is new in a team or on the Board, and what was asked about accounts, on the Overview."""

from typing import Any

from markupsafe import Markup

from coprod_data.permissions import Actor, Permission
from coprod_data.queries.people_requests import NewsRow, news_of_accounts
from coprod_data.rules.accounts import SEATS
from pages.parts.answers import Address
from pages.parts.html import render
from pages.parts.times import on, on_and_at
from pages.shared.accounts_asked import thing_asked
from pages.shared.lists import address

ACCOUNTS = "New members, and what was asked about accounts"
SHOW = "accounts"  # in the address: the whole list
SHOWN = 20


def asks_for_accounts(named: Address) -> bool:
    """Say whether an address asks for the whole list."""
    return named.get("show") == SHOW


def newest_news(db: Any, actor: Actor) -> list[Markup]:
    """Return the newest lines, and a link to all where there are more; nothing where none is."""
    news = news_of_accounts(db, actor, most=SHOWN)
    if not news.count:
        return []
    blocks = [
        render("section.html", title=ACCOUNTS, count=None),
        _list(news.rows, actor),
    ]
    if news.count > SHOWN:
        words = f"See all {news.count:,} of the last 30 days"
        blocks.append(render("more.html", words=words, href=address("/", show=SHOW)))
    return blocks


def all_news(db: Any, actor: Actor) -> list[Markup]:
    """Return every line of the last 30 days, and how many there are."""
    news = news_of_accounts(db, actor)
    said = f"The last 30 days, newest first: {news.count:,} in all."
    if news.count > len(news.rows):
        said = f"{said} These are the newest {len(news.rows):,}; History has the others."
    return [render("lede.html", words=said), _list(news.rows, actor)]


def _list(rows: list[NewsRow], actor: Actor) -> Markup:
    told = _rows(rows, answers=actor.may(Permission.PEOPLE_CONFIRM))
    return render("list.html", rows=told, empty="Nobody is new, and nothing was asked.")


def _rows(rows: list[NewsRow], *, answers: bool) -> list[dict[str, object]]:
    """Return who is new in a team or on the Board, and what was asked about guarded accounts."""
    return [
        {
            "title": f"{row.person}: {thing_asked(row.what)}",
            "detail": f"Asked by {row.by} on {on(row.at.date())}. {_state(row)}",
            "state": None,
            "word": None,
            "href": "/people" if answers and not row.done else None,
        }
        for row in rows
    ]


def _state(row: NewsRow) -> str:
    over = "It has been taken away again." if row.over else ""
    if row.first_setup:
        return f"First set-up of the team. {over}".rstrip()
    if row.done:
        agreed = "A second person agreed, or nobody stopped it for a day."
        agreed = "" if row.what in SEATS else agreed
        return f"{agreed} {over}".strip()
    if row.counts_at is None:
        return "Waiting for a second person."
    return f"It takes effect on {on_and_at(row.counts_at)}, unless somebody stops it."
