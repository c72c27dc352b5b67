"""A young person's phone on the plain pages, and a council they can write to."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

import sqlalchemy as sa
from httpx2 import Response
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.testclient import TestClient

from coprod_data.commands.entries_checks import open_to_read, release_entry, take_over
from coprod_data.commands.outcomes import propose_outcome
from coprod_data.models import Base, CardEntry, PromiseTheme
from coprod_data.permissions import Actor, Role
from coprod_data.queries.entries_marks import MARK
from coprod_data.scopes.entries_family import of
from coprod_data.store.database import Database
from coprod_data.store.sealed_texts import seal_text
from coprod_data.vocabulary.opportunities import InvitationReply, OpportunityState
from pages import public
from tests.helpers.builders import (
    NOW,
    a_person,
    a_promise,
    a_report_card,
    an_opportunity,
    somebody,
    the_duty,
)
from tests.helpers.live_server import hidden_fields
from tests.helpers.working_together import TOLD, a_seat, a_source, an_invitation

OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}


def marked(database: Database, entry_id: int) -> str:
    """What stands for an entry in an address."""
    return seal_text(database.keys, MARK, str(entry_id))


def a_phone(address: str = "192.0.2.7") -> TestClient:
    """A browser that keeps cookies and comes from this address."""
    return TestClient(Starlette(routes=public.ROUTES), client=(address, 50_000))


def open_for_words(database: Database) -> None:
    """Somebody is on duty and there is a Promise, each theme with its open card."""
    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        the_duty(db)
        for theme in a_promise(db):
            a_report_card(db, theme)
        db.commit()


def carried(phone: TestClient, address: str = "/share") -> dict[str, str]:
    """The hidden fields of the form at this address."""
    return hidden_fields(phone.get(address).text)


def send(
    phone: TestClient, hidden: dict[str, str] | None = None, **typed: str | list[str]
) -> Response:
    """Send the form with these values and its hidden fields."""
    hidden = carried(phone) if hidden is None else hidden
    return phone.post("/share", data={**hidden, **typed}, headers=OWN_PAGE)


def code_on(page: str) -> str:
    """The card code that the last page shows."""
    return re.search(r"<code data-card-code[^>]*>([^<]*)</code>", page)[1]


def rows(database: Database, model: type[Base]) -> list[Any]:
    with Session(database.engine) as db:
        return list(db.scalars(sa.select(model).order_by(*sa.inspect(model).primary_key)))


@dataclass
class Author:
    """A young person who has sent a card and holds its code."""

    phone: TestClient
    database: Database
    code: str
    entry_id: int

    def do(self, do: str = "", **said: Any):
        return self.phone.post(
            "/card",
            data={**carried(self.phone, "/card"), "code": self.code, "do": do, **said},
            headers=OWN_PAGE,
        )

    @property
    def card(self) -> str:
        return words_of(self.do().text)

    @contextmanager
    def office(self, *roles: Role) -> Iterator[tuple[Session, Actor]]:
        """What somebody at the council does in between."""
        with Session(self.database.engine) as db:
            db.info["keys"] = self.database.keys
            yield db, somebody(db, *(roles or (Role.YOUTH_VOICE,)))
            db.commit()

    def read_by_a_worker(
        self, then: Callable[[Session, Actor], object], *, at: datetime = NOW
    ) -> None:
        with self.office() as (db, worker):
            worker = replace(worker, at=at)
            open_to_read(db, worker, self.entry_id)
            if db.get_one(CardEntry, self.entry_id).dealt_at is None:
                take_over(db, worker, self.entry_id)  # from whoever read it before
            then(db, worker)

    def let_out(self, *, at: datetime = NOW) -> None:
        """The worker lets the words out, once all that waits on the card was read."""

        def out(db: Session, worker: Actor) -> None:
            for number in db.scalars(sa.select(CardEntry.id).where(of([self.entry_id]))).all():
                open_to_read(db, worker, number)
            release_entry(
                db, worker, self.entry_id, shown_thinks="My room is cold.", shown_wants="A heater."
            )

        self.read_by_a_worker(out, at=at)


VOID = {"input", "meta", "link", "br", "img", "hr", "path", "circle", "use"}
INSIDE_A_SENTENCE = {"a", "b", "span", "code", "label", "i"}


class _Visible(HTMLParser):
    def __init__(self, skip: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.blocks: list[str] = [""]
        self._skip, self._hidden = skip, []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in INSIDE_A_SENTENCE:
            self.blocks.append("")
        if tag not in VOID:
            names = {name for name, _ in attrs}
            self._hidden.append(
                tag in ("script", "style", "head") or not names.isdisjoint(self._skip)
            )

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._hidden.pop()
        if tag not in INSIDE_A_SENTENCE:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if not any(self._hidden):
            self.blocks[-1] += f" {data}"


def blocks_of(page: str, *, skip: tuple[str, ...] = ()) -> list[str]:
    """What a page says, a string for each block; blocks with one of `skip` are left out."""
    parser = _Visible(skip)
    parser.feed(page)
    return [said for block in parser.blocks if (said := " ".join(block.split()))]


def words_of(page: str) -> str:
    """What a page says, without its markup."""
    return re.sub(r" (?=[.,:;!?](?:\s|$))", "", " ".join(blocks_of(page)))


def told_in_order(said: str, *sentences: str) -> bool:
    """Say whether a page tells these sentences one after another."""
    at = 0
    for sentence in sentences:
        at = said.find(sentence, at)
        if at == -1:
            return False
        at += len(sentence)
    return True


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


def nobody_has_tried(database: Database) -> None:
    """Forget how often something was tried, so that no limit is met."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM rate_count")


def an_author(database: Database) -> Author:
    """Somebody who has just sent a card about Homes that the Board may read."""
    open_for_words(database)
    phone = a_phone()
    theme = next(row.id for row in rows(database, PromiseTheme) if row.title == "Homes")
    said = {"thinks": "My room is cold.", "wants": "A heater.", "theme": theme, "board": "yes"}
    answer = phone.post("/share", data={**carried(phone), **said}, headers=OWN_PAGE)
    return Author(phone, database, code_on(answer.text), rows(database, CardEntry)[0].id)


def an_offer(author: Author, state: OpportunityState = OpportunityState.OPEN) -> tuple[int, int]:
    """A member who offered to work on what this card says. Returns invitation and opportunity."""
    author.let_out()
    with author.office() as (db, _):
        worker = a_person(db, Role.YOUTH_VOICE)
        theme = db.scalars(sa.select(PromiseTheme).where(PromiseTheme.title == "Homes")).one()
        opportunity = an_opportunity(db, theme, worker, state=state)
        entry = db.get_one(CardEntry, author.entry_id)
        a_source(db, opportunity, entry)
        member = somebody(db, Role.BOARD_MEMBER, name="Cllr Dawn Pryce")
        working = state is OpportunityState.WORKING
        if working:
            a_seat(db, opportunity, entry=entry)
        invitation = an_invitation(
            db, opportunity, member, reply=InvitationReply.YES, replied_at=NOW,
            confirmed_at=NOW if working else None,
        )  # fmt: skip
        return invitation.id, opportunity.id


def an_outcome_proposed(author: Author) -> int:
    _, opportunity = an_offer(author, OpportunityState.WORKING)
    with author.office() as (db, worker):
        return propose_outcome(
            db, worker, opportunity, **TOLD, what_changed="Every room has a heater."
        )


def readers(page: str) -> dict[str, str]:
    """What the card says of each reader: yes, no, not yet, in other words."""
    found = re.findall(r"<li><p><b>([^<]*)</b> <span class=\"answer \w+\">([^<]*)<", page)
    return dict(found)
