"""A young person's phone before the plain pages, and a council they can tell something."""

from html.parser import HTMLParser
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.testclient import TestClient

from coprod_data.database import Database
from coprod_data.models import Base
from pages import public
from tests.builders import a_promise, a_report_card, the_duty
from tests.live_server import hidden_fields


def a_phone(address: str = "192.0.2.7") -> TestClient:
    """A browser that keeps cookies and comes from this address."""
    return TestClient(Starlette(routes=public.ROUTES), client=(address, 50_000))


def open_for_words(database: Database) -> None:
    """Somebody is on duty and there is a Promise, each theme with its gathering card."""
    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        the_duty(db)
        for theme in a_promise(db):
            a_report_card(db, theme)
        db.commit()


def carried(phone: TestClient, address: str = "/share") -> dict[str, str]:
    """What the form of this address carries along unseen."""
    return hidden_fields(phone.get(address).text)


def rows(database: Database, model: type[Base]) -> list[Any]:
    with Session(database.engine) as db:
        return list(db.scalars(sa.select(model)))


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._skipped = 0

    def handle_starttag(self, tag: str, _attrs: Any) -> None:
        if tag in ("script", "style", "head"):
            self._skipped += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "head"):
            self._skipped -= 1

    def handle_data(self, data: str) -> None:
        if not self._skipped and data.strip():
            self.said.append(" ".join(data.split()))


def words_of(page: str) -> str:
    """What a page says, without its markup."""
    parser = _Visible()
    parser.feed(page)
    return " ".join(parser.said)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.seen.append((tag, tuple(name for name, _ in attrs)))


def tags_of(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """The elements a page is made of: equal for two texts that both show as typed."""
    parser = _Tags()
    parser.feed(page)
    return parser.seen
