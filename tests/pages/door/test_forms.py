"""The door's forms are accepted only from our own page, are small, and lead nowhere else."""

import re
from collections.abc import Iterator

import httpx2
import pytest

from pages.door import sign_in as pages
from pages.door.addresses import safe_next
from pages.parts.limits import client_address
from pages.parts.plain_form import LARGEST
from tests.helpers.door_server import DoorServer, notice
from tests.helpers.live_server import PASSWORD, hidden_fields


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
