"""One's own account, over HTTP: another password, sessions ended, the password again."""

import re
from datetime import UTC, datetime

import httpx2
import pytest
from websockets.exceptions import InvalidStatus

from coprod_data.permissions import Role
from coprod_data.store.actors import System
from coprod_data.store.passwords import hash_password
from pages.door import watcher
from tests.helpers.builders import a_person, somebody
from tests.helpers.door_server import DoorServer, notice, send
from tests.helpers.live_server import PASSWORD, hidden_fields
from tests.helpers.raw_socket import RawSocket
from tests.helpers.sessions import DAY, a_session

NEW = "kettle-lamp-otter-seven"


@pytest.fixture
def una(door: DoorServer, browser: httpx2.Client, request: pytest.FixtureRequest) -> str:
    """Somebody new, signed in here and in another browser."""
    username = f"una.{abs(hash(request.node.name)) % 10_000}"
    with door.database.writing(System()) as (db, _):
        a_person(db, Role.YOUNG_PERSON, username=username, password_hash=hash_password(PASSWORD))
    browser.cookies.set("coprod", door.sign_in(username).partition("=")[2])
    return username


def press(browser: httpx2.Client, address: str = "/account", **typed: str) -> httpx2.Response:
    form = hidden_fields(browser.get(address).text)
    return browser.post(address, data={**form, **typed})


def test_a_young_person_changes_their_password_and_is_signed_out_elsewhere(
    door: DoorServer, browser: httpx2.Client, una: str
):
    elsewhere = door.sign_in(una)
    wrong = press(browser, current="not-mine-at-all", new=NEW, again=NEW)
    assert (wrong.status_code, notice(wrong.text)) == (422, "That is not your password. Try again.")
    for new, again, said in (("short", "short", "12 to 64"), (NEW, "other", "not the same")):
        refused = press(browser, current=PASSWORD, new=new, again=again)
        assert (refused.status_code, said in notice(refused.text)) == (422, True)

    done = press(browser, current=PASSWORD, new=NEW, again=NEW)

    assert "Your new password is set" in browser.get(done.headers["location"]).text
    with door.client() as other:
        assert other.get("/account", headers={"Cookie": elsewhere}).status_code == 303
    browser.cookies.clear()
    assert send(browser, una, NEW).status_code == 303


def test_a_session_elsewhere_is_ended(door: DoorServer, browser: httpx2.Client, una: str):
    elsewhere = door.sign_in(una)
    assert browser.get("/account").text.count("(this one)") == 1

    assert press(browser, end_others="yes").status_code == 303

    with door.client() as other:
        assert other.get("/account", headers={"Cookie": elsewhere}).status_code == 303
    assert browser.get("/account").status_code == 200


@pytest.mark.usefixtures("una")
def test_the_password_is_asked_again_on_a_page_of_its_own(browser: httpx2.Client):
    again = "/account/again"
    assert press(browser, again, current="not-mine-at-all").status_code == 422
    led = press(browser, again, current=PASSWORD)
    assert "go back to the page you came from" in browser.get(led.headers["location"]).text


@pytest.mark.parametrize("path", ["/account", "/account/again"])
def test_nobody_else_reads_an_account_or_sends_its_forms(
    door: DoorServer, browser: httpx2.Client, una: str, path: str
):
    cookie = door.sign_in(una)
    with door.client() as stranger:
        assert stranger.get(path).status_code == 303
        assert stranger.post(path, data={"end_others": "yes"}).status_code == 303
        sent = stranger.post(path, data={"end_others": "yes"}, headers={"Cookie": cookie})
        assert sent.status_code == 403
    assert browser.get("/account").status_code == 200


def test_a_session_and_an_address_open_so_many_tabs_and_no_more(
    door: DoorServer, una: str, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as few:
        few.setattr(watcher, "TABS_PER_SESSION", 2)
        cookie = door.sign_in(una)
        with RawSocket(door.url, cookie=cookie), RawSocket(door.url, cookie=cookie):
            with pytest.raises(InvalidStatus, match="403"):
                RawSocket(door.url, cookie=cookie)
            with RawSocket(door.url, cookie=door.sign_in(una)) as another:
                assert another.rerun().finished

    class Tab:
        def __init__(self, session: str) -> None:
            self.session = session

    monkeypatch.setattr(watcher, "_open", {Tab("a"): "1" for _ in range(20)})
    assert [watcher.has_room(*who) for who in (("a", "2"), ("b", "1"))] == [False, True]
    monkeypatch.setattr(watcher, "_open", {Tab(f"{number}"): "1" for number in range(400)})
    assert [watcher.has_room("b", address) for address in ("1", "2")] == [False, True]


def test_the_address_of_ones_calendar_is_made_read_by_anybody_and_ended(
    door: DoorServer, browser: httpx2.Client
):
    with door.database.writing(System()) as (db, _):
        hashed = hash_password(PASSWORD)
        worker = somebody(db, Role.YOUTH_VOICE, username="wyn", password_hash=hashed)
        soon = datetime.now(UTC) + DAY
        number = a_session(db, worker, title="What makes a home?", starts_at=soon)
    browser.cookies.set("coprod", door.sign_in("wyn").partition("=")[2])
    assert "/calendar.ics" not in browser.get("/account").text
    assert press(browser, calendar="make").status_code == 303
    page = browser.get("/account").text
    address = re.search(r'value="http[^"]+(/calendar\.ics\?key=[^"]+)"', page)
    assert address
    one, title = f"/export/session-{number}.ics", "SUMMARY:What makes a home?"
    with door.client() as calendar:
        assert title in calendar.get(address[1]).text
        assert calendar.get(one).status_code == 303
        assert title in browser.get(one).text
        assert press(browser, calendar="end").status_code == 303
        assert calendar.get(address[1]).status_code == 404
