"""Coming back after the end, signing out, and setting a password by a one-time link."""

import httpx2
import pytest
import sqlalchemy as sa

from coprod_data.commands.people import make_reset_link
from coprod_data.models import Person
from coprod_data.store.actors import System
from pages.door import new_password
from pages.door import sign_in as pages
from pages.door.new_password import HERE
from tests.helpers.door_server import DoorServer, notice, send
from tests.helpers.live_server import PASSWORD, hidden_fields
from tests.helpers.raw_socket import RawSocket


def test_who_is_signed_in_is_not_asked_again(door: DoorServer):
    with door.client() as client:
        answer = client.get("/sign-in?next=/people", headers={"Cookie": door.sign_in("ada")})

    assert (answer.status_code, answer.headers["location"]) == (303, "/people")


def test_whose_session_ended_is_told_and_will_come_back(door: DoorServer):
    cookie = door.sign_in("ada")
    door.end(cookie)

    with door.client() as client:
        answer = client.get("/sign-in?next=/people", headers={"Cookie": cookie})

    assert notice(answer.text) == pages.ENDED
    assert 'action="/sign-in?next=%2Fpeople"' in answer.text


@pytest.mark.parametrize(
    ("before", "goes_to"), [("ada", "/people?show=all"), ("bea", "/"), ("", "/people?show=all")]
)
def test_who_comes_after_somebody_else_does_not_begin_where_they_were(
    door: DoorServer, before: str, goes_to: str
):
    with door.client() as client:
        client.headers["Origin"] = door.url
        if before:
            cookie = door.sign_in(before)
            door.end(cookie)
            client.cookies.set("coprod", cookie.partition("=")[2])
        address = "/sign-in?next=%2Fpeople%3Fshow%3Dall"
        form = hidden_fields(client.get(address).text)

        answer = client.post(address, data={**form, "username": "ada", "password": PASSWORD})

    assert (answer.status_code, answer.headers["location"]) == (303, goes_to)


def test_signing_out_ends_the_session_and_takes_the_cookie(door: DoorServer):
    cookie = door.sign_in("ada")
    with door.client() as client:
        client.headers.update({"Cookie": cookie, "Origin": door.url})
        form = hidden_fields(client.get("/sign-out").text)
        answer = client.post("/sign-out", data=form)

        assert answer.headers["location"] == "/sign-in?note=out"
        assert 'coprod=""' in answer.headers["set-cookie"]
        assert client.get("/people").status_code == 303
        assert notice(client.get("/sign-in?note=out").text) == pages.OUT


def test_leaving_quickly_ends_the_session_from_our_own_pages_only(door: DoorServer):
    cookie = door.sign_in("ada")
    with door.client() as client:
        client.headers["Cookie"] = cookie
        foreign = client.post("/leave", headers={"Origin": "https://evil.example"})
        still = client.get("/people")

        answer = client.post("/leave", headers={"Origin": door.url})

        assert (foreign.status_code, still.status_code) == (403, 200)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        assert 'url=https://www.bbc.co.uk/weather"' in answer.text
        assert 'coprod=""' in answer.headers["set-cookie"]
        assert client.get("/people").status_code == 303


@pytest.mark.parametrize("way", ["/sign-out", "/leave"])
def test_the_tab_that_leaves_comes_to_its_page_before_it_would_be_led_away(
    door: DoorServer, way: str
):
    cookie = door.sign_in("ada")
    with door.client() as client, RawSocket(door.url, cookie=cookie) as socket:
        client.headers.update({"Cookie": cookie, "Origin": door.url})
        socket.rerun()
        client.post(way, data=hidden_fields(client.get("/sign-out").text))

        assert not socket.listen(1.5).farewell
        assert socket.listen(5).farewell


@pytest.mark.parametrize("token", ["", "0" * 64, "ünsinn"])
def test_a_forged_sign_out_ends_nothing(door: DoorServer, token: str):
    cookie = door.sign_in("ada")
    with door.client() as client:
        client.headers.update({"Cookie": cookie, "Origin": door.url})

        assert client.post("/sign-out", data={"token": token}).status_code == 403
        assert client.get("/people").status_code == 200


def test_a_sign_out_from_another_site_ends_nothing(door: DoorServer):
    cookie = door.sign_in("ada")
    with door.client() as client:
        client.headers["Cookie"] = cookie
        form = hidden_fields(client.get("/sign-out").text)

        answer = client.post("/sign-out", data=form, headers={"Origin": "https://evil.example"})

        assert answer.status_code == 403
        assert client.get("/people").status_code == 200


def test_signing_out_while_signed_out_leads_to_the_sign_in(browser: httpx2.Client):
    for method in ("GET", "POST"):
        assert browser.request(method, "/sign-out").headers["location"] == "/sign-in"


@pytest.fixture
def link(door: DoorServer) -> str:
    with door.database.writing(System()) as (db, system):
        person = db.scalars(sa.select(Person).where(Person.username == "bea")).one()
        token = make_reset_link(db, system, person.id)
    return f"/sign-in/new-password?link={token}"


def choose(browser: httpx2.Client, link: str, password: str, again: str | None = None):
    form = opened(browser, link)
    again = password if again is None else again
    return browser.post(HERE, data={**form, "password": password, "again": again})


def opened(browser: httpx2.Client, link: str) -> dict[str, str]:
    """Open a link as a browser does, to an address without the token. Returns its form's fields."""
    led = browser.get(link)
    assert (led.status_code, led.headers["location"]) == (303, HERE)
    return hidden_fields(browser.get(HERE).text)


def test_a_one_time_link_sets_a_password_once(browser: httpx2.Client, link: str):
    form = opened(browser, link)
    answer = choose(browser, link, "kettle-lamp-otter-seven")

    assert answer.headers["location"] == "/sign-in?note=password"
    assert notice(browser.get("/sign-in?note=password").text) == pages.NEW_PASSWORD
    assert send(browser, "bea", "kettle-lamp-otter-seven").status_code == 303
    later = {"password": "another-lamp-otter-seven", "again": "another-lamp-otter-seven"}
    browser.get(link)
    assert browser.post(HERE, data={**form, **later}).status_code == 410
    assert browser.get(HERE).status_code == 410


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("short", None, "12 to 64"),
        ("kettle-lamp-otter-seven", "kettle-lamp-otter-eight", "not the same"),
        ("password-password", None, "easy to guess"),
        ("kettle-bea-otter-seven", None, "Leave your own name"),
    ],
)
def test_a_poor_password_is_refused_beside_the_form(
    browser: httpx2.Client, link: str, password: str, again: str | None, said: str
):
    answer = choose(browser, link, password, again)

    assert answer.status_code == 422
    assert said in notice(answer.text)
    assert password not in answer.text


def test_a_made_up_link_opens_nothing_and_costs_no_hash(
    browser: httpx2.Client, link: str, monkeypatch: pytest.MonkeyPatch
):
    form, typed = opened(browser, link), "kettle-lamp-otter-seven"
    hashed = []
    monkeypatch.setattr(new_password, "hash_password", hashed.append)

    for made_up in ("nonsense", "", "'; --", "x" * 5_000):
        browser.get(HERE, params={"link": made_up})
        assert browser.get(HERE).status_code == 410
        sent = browser.post(HERE, data={**form, "password": typed, "again": typed})
        assert sent.status_code == 410
    assert hashed == []


def test_links_are_tried_so_often_and_no_oftener(
    browser: httpx2.Client, link: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(new_password, "MOST", 3)
    statuses = [choose(browser, link, "short").status_code for _ in range(4)]

    assert statuses[-1] == 429
