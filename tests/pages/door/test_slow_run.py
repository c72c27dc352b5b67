"""A run waits for a slow read while its session ends: the rest of it shows and saves nothing.

While its tab leaves: what the tab asked is done.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from streamlit.proto.WidgetStates_pb2 import WidgetState

from coprod_data.models import Person
from coprod_data.permissions import Role
from pages.door import farewell
from tests.helpers.door_server import DoorServer
from tests.helpers.raw_socket import Answer, RawSocket

NAMES = "ORDER BY person.name"  # the list of people; a page shows every name
SETTINGS = "FROM setting"  # what every page reads before it draws its heading


class SlowRead:
    """One read of a script that has begun and does not return until it is released."""

    def __init__(self, marked: str) -> None:
        self.marked, self.begun, self.let_go = marked, threading.Event(), threading.Event()

    def hold(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        in_a_script = "script" in threading.current_thread().name.lower()
        if in_a_script and self.marked in statement and not self.begun.is_set():
            self.run = threading.current_thread()
            self.begun.set()
            self.let_go.wait(60)

    def finish(self) -> None:
        """Let the read return, and wait for the end of its run."""
        self.let_go.set()
        self.run.join(60)
        assert not self.run.is_alive()


@contextmanager
def slow_read(door: DoorServer, marked: str) -> Iterator[SlowRead]:
    slow, engine = SlowRead(marked), door.database.engine
    sa.event.listen(engine, "before_cursor_execute", slow.hold)
    try:
        yield slow
    finally:
        slow.let_go.set()
        sa.event.remove(engine, "before_cursor_execute", slow.hold)


def usernames(door: DoorServer) -> set[str]:
    with door.database.engine.connect() as connection:
        return set(connection.scalars(sa.select(Person.username)))


@pytest.mark.parametrize("marked", [SETTINGS, NAMES])
def test_what_a_run_reads_after_the_end_reaches_no_tab(door: DoorServer, marked: str):
    cookie = door.sign_in("ada")
    answers: list[Answer] = []
    with RawSocket(door.url, cookie=cookie) as socket:
        assert "Bea" in socket.rerun(page="people").text
        with slow_read(door, marked) as slow:
            asked = threading.Thread(target=lambda: answers.append(socket.rerun(page="people")))
            asked.start()
            assert slow.begun.wait(60)
            door.end(cookie)
            asked.join(60)
            slow.finish()
        [answer] = answers
        rest = socket.listen(1)

    assert answer.farewell
    assert answer.close_code == farewell.SIGNED_OUT
    assert "Bea" not in answer.text
    assert rest.frames == []


def filled(socket: RawSocket, username: str) -> list[WidgetState]:
    """The form for a new account, filled in, and its button pressed."""
    form = socket.rerun(page="people")
    typed = {"Name": username.title(), "Username": username}
    return [
        *(
            WidgetState(id=form.widget("text_input", label), string_value=value)
            for label, value in typed.items()
        ),
        WidgetState(id=form.widget("checkbox", Role.MANAGER.words), bool_value=True),
        WidgetState(id=form.widget("button", "Add this account"), trigger_value=True),
    ]


@pytest.mark.parametrize("ends", [True, False])
def test_what_a_run_would_save_after_the_end_is_not_saved(door: DoorServer, ends: bool):
    cookie, username = door.sign_in("ada"), f"kit.{ends}".lower()
    with RawSocket(door.url, cookie=cookie) as socket:
        states = filled(socket, username)
        with slow_read(door, SETTINGS) as slow:
            asked = threading.Thread(target=lambda: socket.rerun(page="people", widgets=states))
            asked.start()
            assert slow.begun.wait(60)
            if ends:
                door.end(cookie)
            slow.finish()
            asked.join(60)

    assert (username in usernames(door)) is not ends


def test_what_a_tab_asked_is_done_when_it_leaves_at_once(door: DoorServer):
    with RawSocket(door.url, cookie=door.sign_in("ada")) as socket:
        states = filled(socket, "kit.gone")
        with slow_read(door, SETTINGS) as slow:
            socket.ask(page="people", widgets=states)
            socket.leave()
            assert slow.begun.wait(60)
            time.sleep(0.5)  # Streamlit would hear of it in this time
            slow.finish()

    assert "kit.gone" in usernames(door)
