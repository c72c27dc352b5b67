"""A server too busy to answer or to save signs nobody out: only an answer of the database does."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx2
import pytest
import sqlalchemy as sa
from websockets.exceptions import InvalidStatus

from coprod_data.store import actors
from coprod_data.store.card_codes import words
from pages.door import sessions, watcher
from pages.parts import plain, tabs
from tests.helpers.door_server import AWAY, DoorServer, activity_is_written, led_away
from tests.helpers.live_server import hidden_fields
from tests.helpers.raw_socket import RawSocket


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The door waits a fifth of a second for an answer, and looks round as often."""
    monkeypatch.setattr(sessions, "PATIENCE", 0.2)
    monkeypatch.setattr(plain, "PATIENCE", 0.2)
    monkeypatch.setattr(watcher, "EVERY", 0.2)


@pytest.fixture
def cookie(door: DoorServer) -> str:
    return door.sign_in("ada")


@contextmanager
def no_answers(door: DoorServer, to: str = "") -> Iterator[None]:
    """Threads of this name get their answers from the database only after the block."""
    let_go, engine = threading.Event(), door.database.engine

    def wait(*_: object) -> None:
        if threading.current_thread().name.startswith(to):
            let_go.wait(60)

    sa.event.listen(engine, "before_cursor_execute", wait)
    try:
        yield
    finally:
        sa.event.remove(engine, "before_cursor_execute", wait)
        let_go.set()


def documents(door: DoorServer, cookie: str, number: int = 1) -> list[httpx2.Response]:
    """The answers to a page of the menu, asked for this many times at once."""

    def ask(_number: int) -> httpx2.Response:
        with door.client() as client:
            return client.get("/people", headers={"Cookie": cookie})

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(ask, range(number)))


def test_an_open_tab_known_a_moment_ago_goes_on(door: DoorServer, cookie: str):
    with RawSocket(door.url, cookie=cookie) as socket:
        socket.rerun()
        with no_answers(door, to="door-reads"):
            assert "Add somebody" in socket.rerun(page="people").text


def test_an_open_tab_waits_for_its_answer_and_goes_on(
    door: DoorServer, cookie: str, monkeypatch: pytest.MonkeyPatch
):
    with RawSocket(door.url, cookie=cookie) as socket:
        socket.rerun()
        monkeypatch.setattr(sessions, "GRACE", 0.0)
        with no_answers(door, to="door-reads"):
            held = socket.rerun(page="people", seconds=1.5)
        after = socket.until("Add somebody")

    assert held.frames == []
    assert not after.farewell


def test_a_tab_whose_session_ended_meanwhile_is_led_away_by_the_late_answer(
    door: DoorServer, cookie: str, monkeypatch: pytest.MonkeyPatch
):
    with RawSocket(door.url, cookie=cookie) as socket:
        socket.rerun()
        monkeypatch.setattr(sessions, "GRACE", 0.0)
        with no_answers(door, to="door-reads"):
            door.end(cookie)
            assert socket.rerun(page="people", seconds=0.7).frames == []
        assert led_away(socket.listen())


@pytest.mark.parametrize("number", [1, 12])
def test_a_page_asked_for_by_somebody_known_a_moment_ago_is_given(
    door: DoorServer, cookie: str, number: int
):
    documents(door, cookie)
    with no_answers(door, to="door-reads"):
        answers = documents(door, cookie, number)

    assert [answer.status_code for answer in answers] == [200] * number


@pytest.mark.parametrize("number", [1, 12])
def test_a_page_asked_for_by_somebody_not_yet_known_is_a_sentence_and_no_sign_in(
    door: DoorServer, cookie: str, number: int
):
    with no_answers(door, to="door-reads"):
        answers = documents(door, cookie, number)

    assert [answer.status_code for answer in answers] == [503] * number
    assert all(AWAY in answer.text for answer in answers)
    assert documents(door, cookie)[0].status_code == 200


def test_the_sentence_itself_does_not_wait_for_the_database(door: DoorServer, cookie: str):
    with no_answers(door):
        [answer] = documents(door, cookie)

    assert answer.status_code == 503
    assert AWAY in answer.text


def test_a_new_tab_is_told_to_try_again_and_not_led_away(door: DoorServer, cookie: str):
    with no_answers(door, to="door-reads"), pytest.raises(InvalidStatus, match="403"):
        RawSocket(door.url, cookie=cookie)

    with RawSocket(door.url, cookie=cookie) as socket:
        assert socket.rerun().elements


def test_who_is_at_work_is_not_idle_though_nothing_can_be_saved(door: DoorServer, cookie: str):
    with RawSocket(door.url, cookie=cookie) as socket:
        socket.rerun()
        activity_is_written()
        with door.nothing_is_saved():
            with door.later(minutes=29):
                socket.rerun()
            with door.later(minutes=58):
                assert not socket.listen(1.5).farewell
                assert documents(door, cookie)[0].status_code == 200
            sessions._touched.clear()
        assert not socket.rerun().farewell


def test_who_is_checking_is_not_idle_though_nothing_can_be_saved(door: DoorServer, cookie: str):
    with RawSocket(door.url, cookie=cookie) as socket:
        socket.rerun()
        activity_is_written()
        tabs.note_tab("a tab", door.session_of(cookie), raw_words=True)
        with door.nothing_is_saved(), door.later(minutes=14):
            socket.rerun()
            with door.later(minutes=28):
                assert not socket.listen(1.5).farewell
        with door.later(minutes=30):
            assert led_away(socket.listen())
        tabs.forget_tab("a tab")


def test_who_is_idle_is_led_away_though_nothing_can_be_saved(door: DoorServer, cookie: str):
    checking = door.sign_in("bea")
    with (
        RawSocket(door.url, cookie=cookie) as idle,
        RawSocket(door.url, cookie=checking) as other,
    ):
        idle.rerun()
        activity_is_written()
        with door.later(minutes=10):
            other.rerun()
            activity_is_written()
        tabs.note_tab("a tab", door.session_of(checking), raw_words=True)
        with door.nothing_is_saved(), door.later(minutes=31):
            assert led_away(idle.listen())
        tabs.forget_tab("a tab")


def test_card_codes_are_hashed_two_at_a_time_so_that_others_are_served(
    door: DoorServer, monkeypatch: pytest.MonkeyPatch
):
    now, most, one_by_one = [0], [0], threading.Lock()

    def slow(_typed: str, _keys: object) -> list[tuple[str, str]]:
        with one_by_one:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.1)
        with one_by_one:
            now[0] -= 1
        return []

    def ask(code: str) -> int:
        with door.client() as client:
            hidden = hidden_fields(client.get("/card").text)
            return client.post("/card", data={**hidden, "code": code}).status_code

    monkeypatch.setattr(actors, "code_digests", slow)
    some = words()
    codes = [" ".join(some[number : number + 5]) for number in range(8)]
    with ThreadPoolExecutor(8) as together:
        answers = set(together.map(ask, codes))

    assert answers == {422}
    assert most == [2]
