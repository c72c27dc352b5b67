"""Coming back after the end, signing out, and setting a password by a one-time link."""

import httpx2
import pytest
import sqlalchemy as sa

from coprod_data.commands.people import make_reset_link
from coprod_data.models import Person
from coprod_data.store.actors import System
from pages.door import sign_in as pages
from tests.helpers.door_server import DoorServer, notice, send
from tests.helpers.live_server import PASSWORD, hidden_fields


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
        person = db.scalars(sa.select(Person).where(Person.username == "cyd")).one()
        token = make_reset_link(db, system, person.id)
    return f"/sign-in/new-password?link={token}"


def choose(browser: httpx2.Client, link: str, password: str, again: str | None = None):
    form = hidden_fields(browser.get(link).text)
    again = password if again is None else again
    return browser.post(link, data={**form, "password": password, "again": again})


def test_a_one_time_link_sets_a_password_once(browser: httpx2.Client, link: str):
    form = hidden_fields(browser.get(link).text)
    answer = choose(browser, link, "kettle-lamp-otter-seven")

    assert answer.headers["location"] == "/sign-in?note=password"
    assert notice(browser.get("/sign-in?note=password").text) == pages.NEW_PASSWORD
    assert send(browser, "cyd", "kettle-lamp-otter-seven").status_code == 303
    later = {"password": "another-lamp-otter-seven", "again": "another-lamp-otter-seven"}
    assert browser.post(link, data={**form, **later}).status_code == 404
    assert browser.get(link).status_code == 410


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("short", None, "12 to 64"),
        ("kettle-lamp-otter-seven", "kettle-lamp-otter-eight", "not the same"),
        ("password-password", None, "easy to guess"),
    ],
)
def test_a_poor_password_is_refused_beside_the_form(
    browser: httpx2.Client, link: str, password: str, again: str | None, said: str
):
    answer = choose(browser, link, password, again)

    assert answer.status_code == 422
    assert said in notice(answer.text)
    assert password not in answer.text


def test_a_made_up_link_opens_nothing(browser: httpx2.Client, link: str):
    form, made_up = hidden_fields(browser.get(link).text), "/sign-in/new-password?link=nonsense"
    typed = {"password": "kettle-lamp-otter-seven", "again": "kettle-lamp-otter-seven"}

    assert browser.get(made_up).status_code == 410
    assert browser.post(made_up, data={**form, **typed}).status_code == 404
