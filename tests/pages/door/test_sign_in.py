"""Signing in: same words and same time for every refusal, and no way to guess on."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from statistics import median

import bcrypt
import httpx2
import pytest
import sqlalchemy as sa

from coprod_data.commands.people import make_reset_link, set_password_by_link
from coprod_data.models import Person, ResetLink
from coprod_data.permissions import Role
from coprod_data.store import passwords
from coprod_data.store.actors import Public, System
from coprod_data.store.passwords import COST, DUMMY_HASH, hash_password, is_weaker
from pages.door import sign_in as pages
from pages.parts.turns import PASSWORDS_OF_STRANGERS
from tests.helpers.builders import NOW, a_person, unrecorded
from tests.helpers.door_server import DoorServer, notice, send
from tests.helpers.live_server import PASSWORD, hidden_fields


def test_the_right_password_opens_the_first_page(browser: httpx2.Client):
    answer = send(browser, "ada")

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize("typed", [" ada ", "ADA", "Ada"])
def test_a_username_is_taken_however_it_is_typed(browser: httpx2.Client, typed: str):
    assert send(browser, typed).status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser: httpx2.Client):
    cookie, known = send(browser, "ada").headers.get_list("set-cookie")

    assert "HttpOnly" in known
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


@pytest.fixture
def true_costs(door: DoorServer, others: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    """Password hashes as slow as a council's, including the stored ones."""
    monkeypatch.setattr(passwords, "COST", COST)
    monkeypatch.setattr(passwords, "DUMMY_HASH", DUMMY_HASH)
    with door.database.writing(System()) as (db, _), unrecorded(db):
        db.execute(
            sa.update(Person)
            .where(Person.username.in_(["ada", "dis.abled"]))
            .values(password_hash=hash_password(PASSWORD))
        )


@pytest.mark.usefixtures("true_costs")
def test_refusals_take_the_same_time(browser: httpx2.Client):
    def seconds(username: str) -> float:
        """Seconds of this process's own CPU time, which a busy machine does not change."""
        began = time.process_time()
        send(browser, username, "not-the-right-one")
        return time.process_time() - began

    names = ["ada", "dis.abled", "no.password", *(f"nobody.{number}" for number in range(3))]
    times = {name: seconds(name) for name in names}

    middle = median(times.values())
    assert middle > 0.05, "nothing was checked"
    assert all(middle / 3 < taken < middle * 3 for taken in times.values()), times


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


def test_two_passwords_are_checked_at_a_time_so_that_others_are_served(
    browser: httpx2.Client, monkeypatch: pytest.MonkeyPatch
):
    now, most, one_by_one = [0], [0], threading.Lock()

    def slow(_password: str, _stored: str | None) -> bool:
        with one_by_one:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.1)
        with one_by_one:
            now[0] -= 1
        return False

    monkeypatch.setattr(pages, "is_password", slow)
    names = [f"somebody.{number}" for number in range(8)]
    browser.get("/sign-in")  # all eight forms then go with the one cookie of this browser
    with ThreadPoolExecutor(8) as together:
        answers = list(together.map(lambda name: send(browser, name, "wrong-wrong"), names))

    assert {answer.status_code for answer in answers} == {401}
    assert most == [2]


def test_behind_too_many_strangers_only_strangers_are_sent_away_and_nothing_is_counted(
    browser: httpx2.Client, door: DoorServer
):
    assert send(browser, "ada").status_code == 303
    mark = browser.cookies["coprod-known"]
    with ExitStack() as others, door.client() as stranger, door.client() as elsewhere:
        while others.enter_context(PASSWORDS_OF_STRANGERS.place()):
            pass
        refused = [send(stranger, "ada") for _ in range(6)]
        elsewhere.cookies.set("coprod-known", mark)
        lately = send(elsewhere, "ada")
    with door.client() as afterwards:
        let_in = send(afterwards, "ada")

    assert {answer.status_code for answer in refused} == {503}
    assert notice(refused[0].text) == pages.BUSY
    assert lately.status_code == 303
    assert let_in.status_code == 303


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


def test_a_live_council_signs_people_in_over_tls_alone(
    door: DoorServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COPROD_MODE", "live")
    with door.client() as client:
        plain = client.get("/sign-in")
        posted = client.post("/sign-in", data={"username": "ada", "password": "x"})
        over_tls = client.get("/sign-in", headers={"X-Forwarded-Proto": "https"})

    assert (plain.status_code, posted.status_code, over_tls.status_code) == (308, 403, 200)
    assert plain.headers["location"].startswith("https://")


def test_the_next_sign_in_says_who_reset_the_password_and_when(
    door: DoorServer, browser: httpx2.Client
):
    with door.database.writing(System()) as (db, system):
        owner = a_person(db, Role.MANAGER, username="rita", password_hash=hash_password("old"))
        token = make_reset_link(db, system, owner.id)
    with door.database.writing(Public()) as (db, public):
        set_password_by_link(db, public, token or "", hash_password(PASSWORD))

    led = send(browser, "rita").headers["location"]
    assert led.startswith("/account?next=%2F")
    browser.cookies.set("coprod", door.sign_in("rita").partition("=")[2])
    told = browser.get(led)
    assert "The server made the link on" in told.text
    assert "You see this at each sign-in for seven days" in told.text
    browser.post(led, data={**hidden_fields(told.text), "read": "yes"})
    browser.cookies.clear()
    assert send(browser, "rita").headers["location"].startswith("/account")

    with door.database.writing(System()) as (db, _), unrecorded(db):
        link = db.scalars(sa.select(ResetLink).where(ResetLink.person_id == owner.id)).one()
        link.set_at = link.made_at - timedelta(days=7)
    browser.cookies.set("coprod", door.sign_in("rita").partition("=")[2])
    told = browser.get(led)
    browser.post(led, data={**hidden_fields(told.text), "read": "yes"})
    assert "I have read this" not in browser.get(led).text
    browser.cookies.clear()
    assert not send(browser, "rita").headers["location"].startswith("/account")
