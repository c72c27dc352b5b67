"""Open tabs over a raw websocket: nothing for strangers, nothing after the end, no takeover."""

import gc
import time
import weakref

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from websockets.exceptions import InvalidStatus

from pages.door import sessions, watcher
from pages.parts import tabs
from tests.helpers.door_server import DoorServer, activity_is_written, led_away, wait_until
from tests.helpers.raw_socket import Answer, RawSocket


@pytest.mark.parametrize(
    "origin", [None, "https://evil.example", "null", "https://share.streamlit.io"]
)
@pytest.mark.parametrize("cookie", ["", "coprod=" + "A" * 43])
def test_a_strangers_socket_is_refused(door: DoorServer, origin: str | None, cookie: str):
    with pytest.raises(InvalidStatus, match="403"):
        RawSocket(door.url, cookie=cookie, origin=origin)


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_a_live_session_is_not_used_from_another_site(door: DoorServer, origin: str):
    with pytest.raises(InvalidStatus, match="403"):
        RawSocket(door.url, cookie=door.sign_in("ada"), origin=origin)


def test_a_foreign_host_is_refused_on_sockets(door: DoorServer):
    with pytest.raises(InvalidStatus, match="403"):
        RawSocket(
            door.url, cookie=door.sign_in("ada"), origin="http://evil.example",
            headers={"Host": "evil.example"},
        )  # fmt: skip


@pytest.mark.parametrize("cookie", ["", "coprod=" + "A" * 43])
def test_our_own_page_without_a_session_is_led_to_the_sign_in(door: DoorServer, cookie: str):
    with RawSocket(door.url, cookie=cookie) as socket:
        assert led_away(socket.rerun())


def test_a_page_deeper_in_the_site_is_led_away_as_well(door: DoorServer):
    with RawSocket(door.url, path="/people") as socket:
        assert led_away(socket.listen())


def test_a_live_session_gets_its_pages(door: DoorServer):
    with RawSocket(door.url, cookie=door.sign_in("ada")) as socket:
        answer = socket.rerun()

    assert "people" in answer.pages
    assert answer.elements
    assert not answer.farewell


@pytest.fixture
def ended(door: DoorServer):
    """A tab that saw its page, and whose session has since ended."""
    cookie = door.sign_in("ada")
    with RawSocket(door.url, cookie=cookie) as socket:
        seen = socket.rerun(page="people")
        door.end(cookie)
        yield socket, seen


def test_after_the_end_a_rerun_shows_nothing(ended: tuple[RawSocket, Answer]):
    socket, seen = ended
    assert seen.elements

    assert led_away(socket.rerun(page="people"))


def test_after_the_end_a_callback_does_not_run(ended: tuple[RawSocket, Answer]):
    socket, seen = ended

    assert led_away(socket.press(seen.widget("button", "Add this account")))


def test_after_the_end_a_fragment_does_not_run(ended: tuple[RawSocket, Answer]):
    socket, _ = ended

    assert led_away(socket.rerun(fragment="anything"))


def test_after_the_end_a_file_is_not_asked_for(ended: tuple[RawSocket, Answer]):
    socket, _ = ended
    message = BackMsg()
    message.file_urls_request.request_id = "1"

    assert led_away(socket.send(message))


def test_after_the_end_an_idle_tab_is_led_away_within_two_seconds(door: DoorServer):
    taken: list[float] = []
    while min(taken, default=3) > 2:  # a busy machine is sometimes slow, but not each time
        assert len(taken) < 5, taken
        cookie = door.sign_in("ada")
        with RawSocket(door.url, cookie=cookie) as socket:
            socket.rerun(page="people")
            door.end(cookie)
            began = time.monotonic()
            assert led_away(socket.listen())
            taken.append(time.monotonic() - began)


def test_every_tab_of_an_ended_session_is_led_away(door: DoorServer):
    cookie, other = door.sign_in("ada"), door.sign_in("bea")
    sockets = [RawSocket(door.url, cookie=cookie) for _ in range(3)]
    with RawSocket(door.url, cookie=other) as untouched:
        assert untouched.rerun().elements
        for socket in sockets:
            socket.rerun()
        door.end(cookie)

        for socket in sockets:
            with socket:
                assert led_away(socket.listen())
        assert untouched.rerun().elements


def test_after_the_end_media_and_pages_are_closed(door: DoorServer):
    cookie = door.sign_in("ada")
    door.end(cookie)

    with door.client() as client:
        assert client.get("/media/x.png", headers={"Cookie": cookie}).status_code == 401
        assert client.get("/people", headers={"Cookie": cookie}).status_code == 303


@pytest.mark.parametrize("is_open", [True, False], ids=["active", "disconnected"])
@pytest.mark.parametrize("forges_the_header", [True, False])
def test_nobody_takes_over_a_tab_by_its_streamlit_id(
    door: DoorServer, is_open: bool, forges_the_header: bool
):
    mine = RawSocket(door.url, cookie=door.sign_in("ada"))
    assert "Ada" in mine.rerun(page="people").text
    if not is_open:
        mine.__exit__(None, None, None)
    forged = (
        {"X-Coprod-Session": "anything", "x-coprod-session": "more"} if forges_the_header else {}
    )

    with RawSocket(
        door.url, cookie=door.sign_in("cyd"), streamlit_session=mine.session_id, headers=forged
    ) as thief:
        stolen = thief.rerun(page="people")

    assert thief.session_id != mine.session_id
    assert "people" not in stolen.pages
    assert "You cannot open this page" in stolen.text
    if is_open:
        assert mine.rerun(page="people").elements
        mine.__exit__(None, None, None)


def test_ones_own_tab_comes_back_to_its_streamlit_session(door: DoorServer):
    cookie = door.sign_in("ada")
    with RawSocket(door.url, cookie=cookie) as socket:
        socket.rerun()
        before = socket.session_id

    with RawSocket(door.url, cookie=cookie, streamlit_session=before) as again:
        again.rerun()

    assert again.session_id == before


@pytest.mark.parametrize("kind", ["clear_cache", "set_run_on_save", "load_git_info"])
def test_frames_that_no_page_needs_are_dropped(door: DoorServer, kind: str):
    message = BackMsg()
    setattr(message, kind, True)

    with RawSocket(door.url, cookie=door.sign_in("ada")) as socket:
        socket.rerun()
        assert socket.send(message, seconds=0.7).frames == []
        assert socket.rerun().elements


def test_nothing_is_installed_on_the_server_from_a_browser(door: DoorServer):
    message = BackMsg()
    message.backend_operation_request.request_id = "1"
    message.backend_operation_request.install_skills.SetInParent()

    with RawSocket(door.url, cookie=door.sign_in("ada")) as socket:
        socket.rerun()
        assert socket.send(message, seconds=0.7).frames == []


def test_rubbish_closes_only_the_senders_socket(door: DoorServer):
    cookie = door.sign_in("ada")
    with RawSocket(door.url, cookie=cookie) as socket, RawSocket(door.url, cookie=cookie) as other:
        other.rerun()
        socket._socket.send(b"\xff\xff\xff")
        assert socket.listen().close_code == 1002
        assert other.rerun().elements
    with RawSocket(door.url, cookie=cookie) as socket, RawSocket(door.url, cookie=cookie) as other:
        socket._socket.send(b"x" * (21 * 1024 * 1024))
        assert socket.listen(5).close_code == 1009  # too big
        assert other.rerun().elements


def test_a_session_ends_when_nobody_does_anything_for_half_an_hour(door: DoorServer):
    with RawSocket(door.url, cookie=door.sign_in("ada")) as socket:
        socket.rerun()
        activity_is_written()
        with door.later(minutes=29):
            assert socket.rerun().elements
            activity_is_written()
        with door.later(minutes=58):
            assert not socket.listen(2).farewell
        with door.later(minutes=60):
            assert led_away(socket.listen())


def test_a_session_ends_after_twelve_hours_however_busy(
    door: DoorServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(watcher, "EVERY", 0.02)
    cookie = door.sign_in("ada")
    with door.client() as client:
        for minutes in range(0, 12 * 60, 24):
            with door.later(minutes=minutes):
                assert client.get("/people", headers={"Cookie": cookie}).status_code == 200
                activity_is_written()
        with door.later(hours=12, seconds=1):
            assert client.get("/people", headers={"Cookie": cookie}).status_code == 303


def test_a_timer_on_a_page_keeps_no_session_alive(door: DoorServer):
    cookie = door.sign_in("ada")
    message = BackMsg()
    message.rerun_script.is_auto_rerun = True
    with RawSocket(door.url, cookie=cookie) as socket:
        socket.rerun()
        activity_is_written()
        with door.later(minutes=29):
            socket.send(message)
            assert door.session_of(cookie) not in sessions._touched
            socket.rerun()
            assert door.session_of(cookie) in sessions._touched


def test_while_the_checking_page_is_open_a_quarter_of_an_hour_is_enough(door: DoorServer):
    cookie = door.sign_in("ada")
    with RawSocket(door.url, cookie=cookie) as socket:
        socket.rerun()
        activity_is_written()
        tabs.note_tab("a tab", door.session_of(cookie), raw_words=True)
        with door.later(minutes=14):
            assert not socket.listen(2).farewell
        with door.later(minutes=16):
            assert led_away(socket.listen())
        tabs.forget_tab("a tab")

    with pytest.raises(AssertionError, match="no live session"):
        door.session_of(cookie)


def test_a_closed_tab_is_forgotten(door: DoorServer):
    with RawSocket(door.url, cookie=door.sign_in("ada")) as socket:
        socket.rerun(page="people")
        assert socket.session_id in tabs._shown

    wait_until(lambda: socket.session_id not in tabs._shown)


def test_of_two_hundred_closed_tabs_nothing_stays_in_memory(
    door: DoorServer, monkeypatch: pytest.MonkeyPatch
):
    made: weakref.WeakSet[AppSession] = weakref.WeakSet()
    begin, others = AppSession.__init__, set(tabs._shown)

    def noted(session: AppSession, *said: object, **more: object) -> None:
        begin(session, *said, **more)  # type: ignore[arg-type]
        made.add(session)

    monkeypatch.setattr(AppSession, "__init__", noted)
    cookie = door.sign_in("ada")
    for number in range(200):
        with RawSocket(door.url, cookie=cookie) as socket:
            if number % 40 == 0:
                assert socket.rerun(page="people").finished
    wait_until(lambda: not Runtime.instance()._session_mgr.num_active_sessions())
    assert len(made) > 100  # for two minutes, so that a tab finds its session again
    Runtime.instance()._session_mgr._session_storage._cache.expire(  # type: ignore[attr-defined]
        time.monotonic() + 121  # after two minutes nobody can come back to them
    )

    wait_until(lambda: bool(gc.collect()) and len(made) < 3)  # one may still be in a frame
    assert set(tabs._shown) <= others
