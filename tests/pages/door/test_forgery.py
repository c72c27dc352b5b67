"""What a hostile client invents: addresses, names that look alike, bodies without an end."""

import socket

import httpx2
import pytest

from pages.parts import plain_form
from tests.helpers.door_server import DoorServer, send


def test_an_address_made_up_before_the_proxys_own_dodges_no_limit(browser: httpx2.Client):
    for number in range(21):
        browser.headers["X-Forwarded-For"] = f"10.0.0.{number}, 198.51.100.7"
        last = send(browser, f"somebody.{number}", "wrong-wrong-wrong")

    assert last.status_code == 429


@pytest.mark.parametrize(
    "name", ["аda", "ａｄａ", "ada\u200b", "ad\u0430", "ada'--", "ada%", "_da"], ids=ascii
)
def test_a_name_that_only_looks_alike_is_nobodys(browser: httpx2.Client, name: str):
    assert send(browser, name, "together-we-did-this").status_code == 401


@pytest.mark.parametrize(
    ("data", "status"), [({"token": "a" * 70_000}, 413), ({str(n): "" for n in range(99)}, 400)]
)
def test_a_sign_out_form_is_small(door: DoorServer, data: dict[str, str], status: int):
    cookie = door.sign_in("ada")
    with door.client() as client:
        client.headers.update({"Cookie": cookie, "Origin": door.url})

        assert client.post("/sign-out", data=data).status_code == status
        assert client.get("/people").status_code == 200


@pytest.mark.parametrize("path", ["/share", "/card", "/sign-in"])
def test_a_form_that_does_not_come_to_its_end_is_not_waited_for(
    door: DoorServer, monkeypatch: pytest.MonkeyPatch, path: str
):
    monkeypatch.setattr(plain_form, "SLOWEST", 0.2)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{door.port}\r\nContent-Length: 1000\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\nthinks=Hello"
    )

    with socket.create_connection(("127.0.0.1", door.port), timeout=5) as slow:
        slow.sendall(head.encode())
        assert slow.recv(12) == b"HTTP/1.1 408"


@pytest.mark.parametrize("path", ["/share", "/card", "/sign-in", "/sign-in/new-password"])
@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "null"}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "same-site"}],
)
def test_no_form_is_taken_that_our_page_did_not_make(
    door: DoorServer, path: str, headers: dict[str, str]
):
    said = {"thinks": "Hello", "code": "one two three four", "username": "ada", "password": "x"}
    with door.client() as client:
        answer = client.post(path, data=said, headers=headers)

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers or "coprod=" not in answer.headers["set-cookie"]


@pytest.fixture(scope="module")
def cookie(door: DoorServer) -> str:
    return door.sign_in("ada")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", ["/share", "/card", "/sign-in", "/export/actions.csv", "/people"])
def test_other_methods_do_nothing(door: DoorServer, cookie: str, path: str, method: str):
    with door.client() as client:
        assert client.request(method, path, headers={"Cookie": cookie}).status_code == 405
