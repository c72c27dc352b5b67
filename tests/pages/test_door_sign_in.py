"""Signing in and out through the plain pages."""

import re
import time
from collections.abc import Iterator
from statistics import median

import bcrypt
import httpx2
import pytest
import sqlalchemy as sa

from coprod_data.actors import System
from coprod_data.commands.people import make_reset_link
from coprod_data.models import Person
from coprod_data.passwords import hash_password, is_weaker
from pages.door import sign_in as pages
from pages.door.addresses import safe_next
from pages.parts.limits import client_address
from pages.parts.plain_form import LARGEST
from tests.builders import NOW, a_person
from tests.live_server import PASSWORD, hidden_fields
from tests.pages.door_server import DoorServer


@pytest.fixture
def browser(door: DoorServer) -> Iterator[httpx2.Client]:
    with door.client() as client:
        client.headers["Origin"] = door.url
        yield client


@pytest.fixture(autouse=True)
def _nobody_is_counted(door: DoorServer) -> None:
    """Tries of one test do not count in the next."""
    with door.database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM login_attempt")


def send(browser: httpx2.Client, username: str, password: str = PASSWORD, **more: str):
    form = hidden_fields(browser.get("/sign-in").text)
    return browser.post(
        "/sign-in", data={**form, "username": username, "password": password, **more}
    )


def notice(page: str) -> str:
    found = re.search(r'<p class="notice[^>]*>(?:<span[^>]*></span>)?(.*?)</p>', page)
    return found[1] if found else ""


def test_the_right_password_opens_the_first_page(browser: httpx2.Client):
    answer = send(browser, "ada")

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize("typed", [" ada ", "ADA", "Ada"])
def test_a_username_is_taken_however_it_is_typed(browser: httpx2.Client, typed: str):
    assert send(browser, typed).status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser: httpx2.Client):
    cookie = send(browser, "ada").headers["set-cookie"]

    assert cookie.startswith("coprod=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Max-Age" not in cookie
    assert "Domain" not in cookie
    assert "Secure" not in cookie


def test_over_tls_the_cookie_is_secure_and_bound_to_the_host(door: DoorServer):
    with door.client() as client:
        client.headers.update({"X-Forwarded-Proto": "https", "Origin": door.url})
        got = client.get("/sign-in")
        form_cookie = got.headers["set-cookie"].split(";")[0]
        answer = client.post(
            "/sign-in",
            data={**hidden_fields(got.text), "username": "ada", "password": PASSWORD},
            headers={"Cookie": form_cookie},
        )

    assert form_cookie.startswith("__Host-coprod-form=")
    assert answer.headers["set-cookie"].startswith("__Host-coprod=")
    assert "Secure" in answer.headers["set-cookie"]


def test_a_new_sign_in_gets_a_new_token_and_ends_the_old_one(
    door: DoorServer, browser: httpx2.Client
):
    form = hidden_fields(browser.get("/sign-in").text)
    old = door.sign_in("ada").partition("=")[2]
    browser.cookies.set("coprod", old)

    answer = browser.post("/sign-in", data={**form, "username": "ada", "password": PASSWORD})

    new = answer.headers["set-cookie"].split(";")[0].partition("=")[2]
    assert new not in ("", old)
    with door.client() as other:
        assert other.get("/", headers={"Cookie": f"coprod={old}"}).status_code == 303
        assert other.get("/", headers={"Cookie": f"coprod={new}"}).status_code == 200


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("ada", "not-the-right-one"),
        ("nobody.here", PASSWORD),
        ("dis.abled", PASSWORD),
        ("no.password", PASSWORD),
        ("", ""),
        ("ada", ""),
        ("ada", "x" * 5_000),
        ("a" * 5_000, PASSWORD),
        ("ada\x00", PASSWORD),
        ("ada' OR 1=1 --", PASSWORD),
    ],
)
@pytest.mark.usefixtures("others")
def test_every_refusal_says_the_same(browser: httpx2.Client, username: str, password: str):
    answer = send(browser, username, password)

    assert answer.status_code == 401
    assert notice(answer.text) == pages.REFUSED
    assert "set-cookie" not in answer.headers
    assert password == "" or password not in answer.text or password == PASSWORD


@pytest.fixture(scope="module")
def others(door: DoorServer) -> None:
    """A disabled account, and one that has no password yet."""
    with door.database.writing(System()) as (db, _):
        a_person(db, username="dis.abled", password_hash=hash_password(PASSWORD), disabled_at=NOW)
        a_person(db, username="no.password")


def test_a_locked_name_is_refused_even_with_the_right_password(
    browser: httpx2.Client, monkeypatch: pytest.MonkeyPatch
):
    async def no_wait(_seconds: float) -> None: ...

    monkeypatch.setattr(pages, "sleep", no_wait)
    for _ in range(5):
        assert send(browser, "bea", "wrong-wrong-wrong").status_code == 401

    locked = send(browser, "bea")

    assert locked.status_code == 401
    assert notice(locked.text) == pages.REFUSED


@pytest.mark.usefixtures("others")
def test_refusals_take_the_same_time(browser: httpx2.Client):
    def seconds(username: str) -> float:
        began = time.perf_counter()
        send(browser, username, "not-the-right-one")
        return time.perf_counter() - began

    names = ["ada", "dis.abled", "no.password", *(f"nobody.{number}" for number in range(3))]
    times = {name: seconds(name) for name in names}

    middle = median(times.values())
    assert all(0.5 * middle < taken < 2 * middle for taken in times.values()), times


def test_the_wait_grows_with_each_failure(browser: httpx2.Client, monkeypatch: pytest.MonkeyPatch):
    waits = []

    async def no_wait(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(pages, "sleep", no_wait)
    for name in ("bea", "no.such"):
        for _ in range(6):
            send(browser, name, "wrong-wrong-wrong")

    assert waits == [0, 1, 2, 4, 8, 0] * 2


def test_an_address_with_too_many_failures_is_sent_away_before_any_check(
    browser: httpx2.Client, monkeypatch: pytest.MonkeyPatch
):
    checks = []
    real = pages.is_password

    def counted(password: str, stored: str | None) -> bool:
        checks.append(stored)
        return real(password, stored)

    monkeypatch.setattr(pages, "is_password", counted)
    for number in range(25):
        last = send(browser, f"somebody.{number}", "wrong-wrong-wrong")

    assert last.status_code == 429
    assert notice(last.text) == pages.TOO_MANY
    assert len(checks) == 20


def test_what_was_typed_as_name_stays_and_is_escaped(browser: httpx2.Client):
    answer = send(browser, '"><script>alert(1)</script>', "wrong-wrong-wrong")

    assert 'value="&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in answer.text
    assert "<script>" not in answer.text


def test_a_weak_hash_is_made_again_at_the_first_sign_in(door: DoorServer, browser: httpx2.Client):
    with door.database.writing(System()) as (db, _):
        weak = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()
        person = a_person(db, username="old.hash", password_hash=weak)

    assert send(browser, "old.hash").status_code == 303

    with door.database.reading(System()) as (db, _):
        stored = db.get_one(Person, person.id).password_hash
    assert not is_weaker(stored)
    browser.cookies.clear()
    assert send(browser, "old.hash").status_code == 303


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
    ],
)
def test_a_form_on_another_site_signs_nobody_in(
    browser: httpx2.Client, headers: dict[str, str], status: int
):
    form = hidden_fields(browser.get("/sign-in").text)

    answer = browser.post(
        "/sign-in", data={**form, "username": "ada", "password": PASSWORD}, headers=headers
    )

    assert answer.status_code == status


def test_without_an_origin_the_token_decides(door: DoorServer):
    with door.client() as client:
        form = hidden_fields(client.get("/sign-in").text)
        answer = client.post("/sign-in", data={**form, "username": "ada", "password": PASSWORD})

    assert answer.status_code == 303


@pytest.mark.parametrize("forged", ["", "0" * 64, None])
def test_a_form_without_its_pass_is_brought_afresh_with_the_name_in_it(
    browser: httpx2.Client, forged: str | None
):
    browser.get("/sign-in")
    data = {"username": "ada", "password": PASSWORD}

    answer = browser.post(
        "/sign-in", data=data if forged is None else {**data, "form_pass": forged}
    )

    assert answer.status_code == 403
    assert notice(answer.text) == pages.AGAIN
    assert 'value="ada"' in answer.text


def test_a_browser_without_cookies_is_told_so(door: DoorServer):
    with door.client() as client:
        form = hidden_fields(client.get("/sign-in").text)
        client.cookies.clear()
        answer = client.post("/sign-in", data={**form, "username": "ada", "password": PASSWORD})

    assert answer.status_code == 403
    assert "cookies" in answer.text


def test_a_form_opened_before_a_restart_is_taken_after_it(browser: httpx2.Client):
    form = hidden_fields(browser.get("/sign-in").text)

    assert form == hidden_fields(browser.get("/sign-in").text)  # nothing is kept in the process


@pytest.mark.parametrize("chunked", [True, False])
def test_a_flood_is_not_read_to_its_end(browser: httpx2.Client, chunked: bool):
    def body() -> Iterator[bytes]:
        for _ in range(LARGEST // 1_000 + 2):
            yield b"x" * 1_000

    answer = browser.post(
        "/sign-in",
        content=body() if chunked else b"".join(body()),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )

    assert answer.status_code == 413


def test_a_file_is_not_taken(browser: httpx2.Client):
    form = hidden_fields(browser.get("/sign-in").text)

    answer = browser.post("/sign-in", data=form, files={"username": ("a.txt", b"ada")})

    assert answer.status_code == 400


BAD_NEXT = [
    "//evil.example", "/\\evil.example", "https://evil.example", "evil.example", "///evil.example",
    "javascript:alert(1)", "/%5Cevil.example", "/people\n", "/people/../../x", "/no-such-page", "",
    "\\\\evil.example", "/sign-in?next=/", "/people\\..\\evil", " /people", "/people\r\nX: y",
]  # fmt: skip


@pytest.mark.parametrize("wanted", BAD_NEXT)
def test_a_bad_way_back_leads_to_the_first_page(browser: httpx2.Client, wanted: str):
    assert safe_next(wanted) == "/"

    got = browser.get("/sign-in", params={"next": wanted})
    action = re.search(r'<form method="post" action="([^"]*)"', got.text)[1]
    answer = browser.post(
        "/sign-in", params={"next": wanted},
        data={**hidden_fields(got.text), "username": "ada", "password": PASSWORD},
    )  # fmt: skip

    assert action == "/sign-in"
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize(
    "wanted", ["/people", "/people?id=3", "/history?x=1&y=2", "/export/a.csv?b=c"]
)
def test_a_good_way_back_is_taken(browser: httpx2.Client, wanted: str):
    sent_to = browser.get(wanted).headers["location"]
    got = browser.get(sent_to)
    action = re.search(r'<form method="post" action="([^"]*)"', got.text)[1]

    answer = browser.post(
        action, data={**hidden_fields(got.text), "username": "ada", "password": PASSWORD}
    )

    assert answer.headers["location"] == wanted


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
    answer = choose(browser, link, "kettle-lamp-otter-seven")

    assert answer.headers["location"] == "/sign-in?note=password"
    assert notice(browser.get("/sign-in?note=password").text) == pages.NEW_PASSWORD
    assert send(browser, "cyd", "kettle-lamp-otter-seven").status_code == 303
    assert choose(browser, link, "another-lamp-otter-seven").status_code == 404


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


def test_a_made_up_link_opens_nothing(browser: httpx2.Client):
    answer = choose(browser, "/sign-in/new-password?link=nonsense", "kettle-lamp-otter-seven")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("client", "bucket"),
    [
        (("203.0.113.9", 1), "203.0.113.9"),
        (("::ffff:203.0.113.9", 1), "203.0.113.9"),
        (("2001:db8:1:2:3:4:5:6", 1), "2001:db8:1:2::"),
        (("2001:db8:1:2:ffff::1", 1), "2001:db8:1:2::"),
        (("<script>", 1), "unreadable"),
        (("", 1), "unreadable"),
        (None, "unreadable"),
    ],
)
def test_whose_limit_an_address_counts_against(client: tuple[str, int] | None, bucket: str):
    assert client_address(client) == bucket


def test_a_live_council_signs_people_in_over_tls_alone(
    door: DoorServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COPROD_MODE", "live")
    with door.client() as client:
        plain = client.get("/sign-in")
        posted = client.post("/sign-in", data={"username": "ada", "password": "x"})
        over_tls = client.get("/sign-in", headers={"X-Forwarded-Proto": "https"})

    assert (plain.status_code, posted.status_code, over_tls.status_code) == (403, 403, 200)
    assert "secure address" in plain.text
