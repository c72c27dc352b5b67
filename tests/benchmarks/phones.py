"""Young people's phones and the real server: each opens the form, sends it, reads its code.

Every card is from a different young person, so it has its own address, as if named by the proxy in
front of a server. The limit for one address is the same as for a council.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import IPv4Address
from itertools import count, islice

import httpx2

from tests.helpers.live_server import LiveServer, hidden_fields
from tests.helpers.young import OWN_PAGE, code_on

FIRST_ADDRESS = IPv4Address("198.18.0.0")  # 131,072 addresses are set aside for benchmarks
PATIENCE = 900.0  # seconds for which somebody tries to send the same words
PAUSE = 0.5  # seconds before pressing again; people take longer


@dataclass
class Card:
    """What one young person sends, and every answer that they got."""

    number: int
    codes: set[str] = field(default_factory=set)
    seconds: float = 0.0  # from pressing Send to the answer with the code
    faults: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return f"Card {self.number}: my room is cold at night."

    @property
    def address(self) -> str:
        return str(FIRST_ADDRESS + self.number)


class Phones:
    """Several phones that send at the same time, each one card after another."""

    def __init__(self, server: LiveServer, phones: int) -> None:
        self._server, self._phones = server, phones
        self._lock, self._next = threading.Lock(), count()
        self.cards: list[Card] = []
        self.are_sending = False
        self._given_up = threading.Event()

    @property
    def acknowledged(self) -> list[Card]:
        """The cards whose phone was shown a code."""
        with self._lock:
            return [card for card in self.cards if card.codes]

    def send(self, cards: int) -> None:
        """Send so many cards, from all phones at once, each card once, and wait for the answers."""
        numbers = iter(list(islice(self._next, cards)))
        self._all(lambda: self._card(next(numbers, None)), Phones.once)

    @contextmanager
    def sending(self) -> Iterator[None]:
        """Keep sending during the block; at its end finish every card already begun."""
        enough = threading.Event()
        with ThreadPoolExecutor(1) as aside:
            self.are_sending = True
            work = aside.submit(
                self._all,
                lambda: None if enough.is_set() else self._card(next(self._next)),
                self.until_acknowledged,
            )
            work.add_done_callback(lambda _: setattr(self, "are_sending", False))
            try:
                yield
            except BaseException:
                self._given_up.set()
                raise
            finally:
                enough.set()
            work.result()

    @staticmethod
    def once(phone: httpx2.Client, card: Card) -> None:
        """Open the form and send it once, as with a server that works well."""
        try:
            _press(phone, card, hidden_fields(phone.get("/share").text))
        except httpx2.TransportError as fault:
            card.faults.append(type(fault).__name__)

    def until_acknowledged(self, phone: httpx2.Client, card: Card) -> None:
        """Open the form, and send the same form again until it is answered with a code."""
        hidden: dict[str, str] = {}
        end = time.monotonic() + PATIENCE
        while not card.codes and not self._given_up.is_set():
            assert time.monotonic() < end, f"no code in {PATIENCE} s: {Counter(card.faults)}"
            try:
                hidden = hidden or hidden_fields(phone.get("/share").text)
                if "key" in hidden:
                    _press(phone, card, hidden)
                else:  # the page said that the form is closed, while the database is away
                    hidden = {}
            except httpx2.TransportError as fault:
                card.faults.append(type(fault).__name__)
            if not card.codes:
                time.sleep(PAUSE)

    def _card(self, number: int | None) -> Card | None:
        if number is None:
            return None
        card = Card(number)
        self.cards.append(card)
        return card

    def _all(
        self, next_card: Callable[[], Card | None], send: Callable[[httpx2.Client, Card], None]
    ) -> None:
        begin = threading.Barrier(self._phones)

        def one_phone() -> None:
            with self._server.client() as phone:
                begin.wait()
                while True:
                    with self._lock:
                        card = next_card()
                    if card is None:
                        return
                    phone.cookies.clear()
                    phone.headers["X-Forwarded-For"] = card.address
                    send(phone, card)

        with ThreadPoolExecutor(self._phones) as pool:
            for phone in [pool.submit(one_phone) for _ in range(self._phones)]:
                phone.result()


def _press(phone: httpx2.Client, card: Card, hidden: dict[str, str]) -> None:
    """Press Send once, and note the code or what came instead."""
    began = time.monotonic()
    said = {**hidden, "thinks": card.words, "board": "yes"}
    answer = phone.post("/share", data=said, headers=OWN_PAGE)
    if answer.status_code == 200:
        card.codes.add(code_on(answer.text))
        card.seconds = time.monotonic() - began
    else:
        card.faults.append(f"HTTP {answer.status_code}")
