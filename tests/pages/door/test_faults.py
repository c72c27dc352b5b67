"""The database goes away and comes back while people are at the door and inside."""

import re
import time

import httpx2
import pytest

from pages.door import demo, sessions
from pages.parts import frame
from tests.helpers.door_server import AWAY, DoorServer, activity_is_written, led_away, wait_until
from tests.helpers.live_server import PASSWORD, hidden_fields
from tests.helpers.raw_socket import RawSocket


@pytest.fixture
def cookie(door: DoorServer) -> str:
    return door.sign_in("ada")


def get(door: DoorServer, address: str, cookie: str = "") -> httpx2.Response:
    with door.client() as client:
        return client.get(address, headers={"Cookie": cookie})


def test_ready_says_so_and_alive_goes_on(door: DoorServer):
    with door.without_database():
        answer = get(door, "/readyz")
        assert answer.status_code == 503
        assert answer.text == "database away"
        assert get(door, "/healthz").status_code == 200

    assert get(door, "/readyz").status_code == 200


def test_the_sign_in_page_says_so_with_a_reference_and_works_after(door: DoorServer):
    with door.client() as client:
        client.headers["Origin"] = door.url
        form = hidden_fields(client.get("/sign-in").text)
        with door.without_database():
            answer = client.post("/sign-in", data={**form, "username": "ada", "password": PASSWORD})
            assert answer.status_code == 503
            assert AWAY in answer.text
            assert "Reference" in answer.text
        again = client.post("/sign-in", data={**form, "username": "ada", "password": PASSWORD})

    assert again.status_code == 303


def test_a_session_known_a_moment_ago_keeps_its_page(door: DoorServer, cookie: str):
    assert get(door, "/people", cookie).status_code == 200
    with door.without_database():
        assert get(door, "/people", cookie).status_code == 200


def test_a_session_not_seen_before_gets_a_sentence(door: DoorServer, cookie: str):
    sessions._last_good.clear()
    with door.without_database():
        answer = get(door, "/people", cookie)
        assert answer.status_code == 503
        assert AWAY in answer.text

    assert get(door, "/people", cookie).status_code == 200


def test_a_tab_shows_a_plain_sentence_and_works_again_by_itself(door: DoorServer, cookie: str):
    with RawSocket(door.url, cookie=cookie) as socket:
        assert socket.rerun(page="people").elements
        with door.without_database():
            socket.ask(page="people")
            away = socket.until(AWAY)
            assert "Traceback" not in away.text
            assert "sqlite" not in away.text.lower()
        socket.until("Add somebody")


def test_a_tab_that_waits_for_the_database_still_does_what_is_asked_of_it(
    door: DoorServer, cookie: str
):
    with RawSocket(door.url, cookie=cookie) as socket:
        socket.rerun(page="people")
        with door.without_database():
            socket.ask(page="people")
            socket.until(AWAY)
            socket.ask(page="history")
        socket.until("What was done")


def test_a_frame_is_held_when_nothing_good_is_remembered(
    door: DoorServer, cookie: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sessions, "GRACE", 0.0)
    with RawSocket(door.url, cookie=cookie) as socket:
        socket.rerun(page="people")
        with door.without_database():
            assert socket.rerun(page="people", seconds=1.5).frames == []
        socket.until("Add somebody")


def test_a_held_frame_of_an_ended_session_never_runs(
    door: DoorServer, cookie: str, monkeypatch: pytest.MonkeyPatch
):
    with RawSocket(door.url, cookie=cookie) as socket:
        socket.rerun(page="people")
        door.end(cookie)
        monkeypatch.setattr(sessions, "GRACE", 0.0)
        with door.without_database():
            held = socket.rerun(page="people", seconds=1.5)
        answer = socket.listen()

    assert held.elements == []
    assert led_away(answer)


def test_a_new_tab_is_not_let_in_meanwhile(door: DoorServer, cookie: str):
    sessions._last_good.clear()
    with door.without_database(), pytest.raises(Exception, match="403"):
        RawSocket(door.url, cookie=cookie)


def test_nobody_is_signed_out_by_a_fault(door: DoorServer, cookie: str):
    with RawSocket(door.url, cookie=cookie) as socket:
        socket.rerun()
        with door.without_database():
            assert not socket.listen(2.5).farewell
        assert socket.rerun().elements


def test_what_was_noted_meanwhile_is_written_after(door: DoorServer, cookie: str):
    session = door.session_of(cookie)
    activity_is_written()
    with door.without_database():
        sessions.note_activity(session)
        time.sleep(1.2)
        assert session in sessions._to_touch

    wait_until(lambda: session not in sessions._to_touch)


def test_a_fault_of_ours_gets_a_reference_and_shows_no_trace(
    door: DoorServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(demo, "COUNCILS", {"demo": "no folder at all"})
    demo.listed_forms.cache_clear()

    answer = get(door, "/sign-in")

    assert answer.status_code == 500
    assert re.search(r"Try again soon\. Reference [0-9a-f]{8}\.", answer.text)
    assert "Traceback" not in answer.text
    assert "TypeError" not in answer.text


def test_a_page_that_breaks_shows_a_reference_and_no_trace(
    door: DoorServer, cookie: str, monkeypatch: pytest.MonkeyPatch
):
    def break_down(*_: object) -> None:
        raise ZeroDivisionError("what nobody should read")

    monkeypatch.setattr(frame, "labels", break_down)
    with RawSocket(door.url, cookie=cookie) as socket:
        answer = socket.rerun(page="people")

    assert "Something went wrong on our side. Try again soon. Reference" in answer.text
    assert "what nobody should read" not in answer.text
    assert "ZeroDivisionError" not in answer.text


def test_a_locked_database_lets_people_read_on(door: DoorServer, cookie: str):
    sessions._touched.clear()
    with door.nothing_is_saved(), RawSocket(door.url, cookie=cookie) as socket:
        for _ in range(5):
            assert "Add somebody" in socket.rerun(page="people").text
            time.sleep(1)  # the watch tries to write now, and has to wait
        assert sessions._to_touch
