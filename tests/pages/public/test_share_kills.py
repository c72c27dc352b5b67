"""The server is killed while twenty phones send, on both engines: no card is lost or doubled."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.settings import settle_mode
from coprod_data.models import CardEntry, Consent, EntryVersion, Event, Setting
from coprod_data.store.database import Database
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.settings import Mode, SettingKey
from tests.helpers.builders import NOW, add, the_system
from tests.helpers.databases import Engine, opened
from tests.helpers.door_server import wait_until
from tests.helpers.live_server import LiveServer, hidden_fields
from tests.helpers.told import tell_all
from tests.helpers.young import OWN_PAGE, code_on, open_for_words

PHONES = 20
KILLS = 1


@dataclass
class Card:
    """What a phone sends, and every code that it was answered with."""

    words: str
    codes: set[str] = field(default_factory=set)


@dataclass
class Phone:
    """Sends one card after another; a card without an answer is sent again, as people do."""

    server: LiveServer
    number: int
    hidden: dict[str, str] = field(default_factory=dict)
    cards: list[Card] = field(default_factory=list)

    def write(self, enough: threading.Event) -> None:
        with self.server.client() as client:
            self.hidden = _patiently(lambda: hidden_fields(client.get("/share").text))
            while not enough.is_set():
                card = Card(f"Card {len(self.cards)} of phone {self.number}.")
                self.cards.append(card)
                _patiently(lambda card=card: self._send(client, card))

    def write_again(self) -> None:
        with self.server.client() as client:
            self.hidden = {
                **hidden_fields(client.get("/share").text), "key": self.hidden["key"]
            }  # fmt: skip
            for card in self.cards:
                assert self._send(client, card)

    def _send(self, client: httpx2.Client, card: Card) -> bool:
        said = {**self.hidden, "thinks": card.words, "board": "yes"}
        answer = client.post("/share", data=said, headers=OWN_PAGE)
        if answer.status_code == 200:
            card.codes.add(code_on(answer.text))
        return answer.status_code == 200


def _patiently(ask):
    """Ask until there is an answer: the server may be dead for a while."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if answer := ask():
                return answer
        except httpx2.TransportError:
            pass
        time.sleep(0.5)
    raise AssertionError("no answer in a minute")


@pytest.fixture
def database(empty_databases: Engine, own_key: Path) -> Iterator[Database]:
    """A council whose form is open and does not count how often one address sends."""
    with opened(empty_databases.fresh(), own_key) as database:
        open_for_words(database)
        with Session(database.engine) as db:
            db.info["keys"] = database.keys
            settle_mode(db, the_system(), Mode.DEMO)
            add(db, Setting(key=SettingKey.SHARE_LIMIT, value=100_000, changed_at=NOW))
            tell_all(db)
            db.commit()
        yield database


@pytest.fixture
def server(database: Database, own_key: Path, tmp_path: Path) -> Iterator[LiveServer]:
    url = database.engine.url.render_as_string(hide_password=False)
    with LiveServer(
        tmp_path, COPROD_DATABASE_URL=url, COPROD_KEY_FILE=str(own_key), COPROD_SEED="none"
    ) as server:
        yield server


def test_every_card_that_got_its_code_is_kept_once(server: LiveServer, database: Database):
    phones = [Phone(server, number) for number in range(PHONES)]
    enough = threading.Event()
    with ThreadPoolExecutor(PHONES) as pool:
        writing = [pool.submit(phone.write, enough) for phone in phones]
        for _ in range(KILLS):
            before = _acknowledged(phones)
            wait_until(lambda before=before: _acknowledged(phones) > before + PHONES, 60)
            server.kill()
            server.start()
        enough.set()
        for one in writing:
            one.result()
        for one in [pool.submit(phone.write_again) for phone in phones]:
            one.result()

    cards = [card for phone in phones for card in phone.cards]
    assert len(cards) > KILLS * PHONES
    assert [card for card in cards if len(card.codes) != 1] == []
    assert len({code for card in cards for code in card.codes}) == len(cards)
    with Session(database.engine) as db:
        words = db.scalars(sa.select(EntryVersion.thinks)).all()
        assert sorted(words) == sorted(card.words for card in cards)
        entries = sorted(db.scalars(sa.select(CardEntry.id)))
        assert len(entries) == len(cards)
        events = db.scalars(sa.select(Event.subject_id).where(Event.kind == EventKind.ENTRY_SENT))
        assert sorted(events) == entries
        assert sorted(db.scalars(sa.select(Consent.entry_id))) == entries


def _acknowledged(phones: list[Phone]) -> int:
    return sum(bool(card.codes) for phone in phones for card in phone.cards)
