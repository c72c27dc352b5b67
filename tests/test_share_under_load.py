"""Many phones send at once while the server is killed: what was acknowledged is there, once."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Event

import httpx2

from tests.live_server import LiveServer, hidden_fields
from tests.pages.young import code_on, words_of

PHONES = 20


def send(server: LiveServer, number: int, words: str, *, hurry: Event | None = None) -> str:
    """Send one card from a phone of its own, again and again until it is acknowledged."""
    mine = {"X-Forwarded-For": f"192.0.2.{number}", "Origin": server.url}
    with server.client() as phone:
        form = hidden_fields(phone.get("/share").text)
        while True:
            try:
                answer = phone.post("/share", data={**form, "thinks": words}, headers=mine)
            except httpx2.TransportError:
                time.sleep(0.2)
                continue
            if answer.status_code == 200:
                if hurry:
                    hurry.set()
                return code_on(answer.text)
            assert answer.status_code == 503, answer.status_code


def kept(server: LiveServer, like: str) -> list[str]:
    with closing(sqlite3.connect(server.folder / "coprod.db")) as database:
        rows = database.execute(
            "SELECT thinks FROM entry_version WHERE thinks LIKE ? ORDER BY thinks", (like,)
        )
        return [words for (words,) in rows]


def test_twenty_phones_send_while_the_server_is_killed(own_server: LiveServer):
    begun = Event()
    with ThreadPoolExecutor(PHONES) as phones:
        sending = [
            phones.submit(send, own_server, number, f"Phone {number:02}", hurry=begun)
            for number in range(PHONES)
        ]
        begun.wait(30)
        own_server.kill()
        own_server.start()
        codes = [one.result(120) for one in sending]

    assert kept(own_server, "Phone %") == [f"Phone {number:02}" for number in range(PHONES)]
    assert len(set(codes)) == PHONES
    with own_server.client() as phone:
        for number, code in enumerate(codes):
            form = hidden_fields(phone.get("/card").text)
            card = phone.post(
                "/card", data={**form, "code": code}, headers={"Origin": own_server.url}
            )
            assert f"“Phone {number:02}”" in words_of(card.text)


def test_thirty_presses_at_once_are_one_card_with_one_code(own_server: LiveServer):
    with own_server.client() as phone:
        form = hidden_fields(phone.get("/share").text)

        def press(_: int) -> str:
            return code_on(
                phone.post(
                    "/share", data={**form, "thinks": "One press"},
                    headers={"Origin": own_server.url},
                ).text
            )  # fmt: skip

        with ThreadPoolExecutor(30) as fingers:
            codes = set(fingers.map(press, range(30)))

    assert len(codes) == 1
    assert kept(own_server, "One press") == ["One press"]
