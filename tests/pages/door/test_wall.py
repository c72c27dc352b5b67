"""The wall: what each address says to a stranger, to an ended session and to a live one."""

import re
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from coprod_data.models import Trail
from coprod_data.permissions import Permission
from coprod_data.store import database as process
from coprod_data.store.actors import System
from coprod_data.vocabulary.trail import TrailKind
from pages.menu import HOME, MENU
from tests.helpers.door_server import DoorServer

PAGES = ["/"] + [f"/{page.file.split('/')[1][:-3]}" for page in MENU if page.file != HOME]
FOR_ALL = {
    "/sign-in": 200,
    "/healthz": 200,
    "/readyz": 200,
    "/share": 200,
    "/privacy": 200,
    "/help": 303,
    "/accessibility": 200,
    "/app/static/app.css": 200,
    "/app/static/fonts/bricolage-latin.woff2": 200,
    "/app/static/nothing.css": 404,
    "/static/nothing.js": 404,
    "/app/static/%2e%2e/%2e%2e/coprod_data/store/keys.py": 404,
    "/_stcore/health": 200,
    "/_stcore/host-config": 200,
    "/people/_stcore/health": 404,  # asked first; the browser then tries the one above
    "/_stcore/metrics": 404,
    "/_stcore/script-health-check": 404,
    "/_stcore/agent/openapi.json": 404,
    "/people/_stcore/agent/mcp": 404,
    "/join": 200,
    "/together": 404,
}
INSIDE = [
    "/media/0123456789.csv",
    "/component/extra_streamlit_components.cookie_manager/index.html",
    "/_stcore/bidi-components/x/y.js",
    "/_stcore/upload_file/session/file",
    "/_stcore/anything",
    "/media/_stcore/health",
    "/_stcore/bidi-components/x/_stcore/host-config",
]
ELSEWHERE = ["/export/actions.csv?theme=1", "/no-such-page", "/favicon.png", "/index.html", "/.env"]


@pytest.fixture(scope="module")
def live(door: DoorServer) -> str:
    return door.sign_in("ada")


@pytest.fixture(scope="module")
def ended(door: DoorServer) -> str:
    cookie = door.sign_in("bea")
    door.end(cookie)
    return cookie


@pytest.fixture(params=["stranger", "ended", "forged"])
def nobody(request: pytest.FixtureRequest, ended: str) -> dict[str, str]:
    cookies = {"stranger": "", "ended": ended, "forged": "coprod=" + "A" * 43}
    return {"Cookie": cookies[request.param]} if cookies[request.param] else {}


@pytest.mark.parametrize(("address", "status"), FOR_ALL.items())
def test_open_and_closed_addresses_are_so_for_everybody(
    door: DoorServer, live: str, ended: str, address: str, status: int
):
    with door.client() as client:
        for cookie in ("", ended, live):
            if address == "/sign-in" and cookie == live:
                continue
            answer = client.get(address, headers={"Cookie": cookie})
            assert answer.status_code == status, cookie


@pytest.mark.parametrize("address", [*PAGES, *ELSEWHERE])
def test_nobody_is_sent_from_a_page_to_the_sign_in_and_told_where_they_were_going(
    door: DoorServer, nobody: dict[str, str], address: str
):
    with door.client() as client:
        answer = client.get(address, headers=nobody)

    expected = "/sign-in" if address == "/" else f"/sign-in?next={quote(address, safe='')}"
    assert (answer.status_code, answer.headers["location"]) == (303, expected)
    assert answer.content == b""


@pytest.mark.parametrize("address", INSIDE)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_nobody_gets_anything_from_inside(
    door: DoorServer, nobody: dict[str, str], address: str, method: str
):
    with door.client() as client:
        answer = client.request(method, address, headers=nobody)

    assert answer.status_code == 401
    assert answer.json() == "You are signed out. Open the page again to sign in."


@pytest.mark.parametrize("address", PAGES)
def test_a_live_session_gets_the_page_in_our_own_dress(door: DoorServer, live: str, address: str):
    with door.client() as client:
        answer = client.get(address, headers={"Cookie": live})

    assert answer.status_code == 200
    assert '<html lang="en-GB">' in answer.text
    assert re.search("<title>(.+ – )?Together</title>", answer.text)
    assert '<a href="/share">' in answer.text or 'id="first"' in answer.text  # its first words
    assert answer.headers["cache-control"] == "no-store"


def test_a_browser_without_gzip_gets_the_same_page(door: DoorServer, live: str):
    with door.client() as client:
        packed = client.get("/people", headers={"Cookie": live})
        plain = client.get("/people", headers={"Cookie": live, "Accept-Encoding": "identity"})

    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text


@pytest.mark.parametrize("address", ["/sign-in", "/card"])
def test_a_page_that_holds_a_token_is_never_packed(door: DoorServer, address: str):
    with door.client() as client:
        sent = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert sent.status_code == 200
    assert "content-encoding" not in sent.headers


def test_a_page_takes_no_posts(door: DoorServer, live: str):
    with door.client() as client:
        assert client.post("/people", headers={"Cookie": live}).status_code == 405


def test_an_address_that_is_no_page_says_so_to_a_live_session(door: DoorServer, live: str):
    with door.client() as client:
        answer = client.get("/no-such-page", headers={"Cookie": live})

    assert answer.status_code == 404
    assert "There is no page at this address." in answer.text


def test_a_sheet_is_made_for_whoever_asks(door: DoorServer, live: str):
    with door.client() as client:
        for name in ("no-such-sheet.csv", "layout-x.docx"):
            answer = client.get(f"/export/{name}", headers={"Cookie": live})
            assert answer.status_code == 404


def test_only_who_has_a_page_for_files_may_hand_one_in(door: DoorServer, live: str):
    def put(cookie: str) -> tuple[int, str]:
        with door.client() as client:
            headers = {"Cookie": cookie}
            answer = client.put("/_stcore/upload_file/a/b", headers=headers, content=b"x")
        return answer.status_code, answer.text

    status, said = put(door.sign_in("cyd"))
    assert (status, said) == (403, '"This site takes no files from you."')
    with process.reading(System()) as (db, _):
        refused = sa.select(Trail.about).where(Trail.kind == TrailKind.RIGHT_REFUSED)
        assert Permission.SURVEYS_WRITE in db.scalars(refused).all()
    assert "XSRF" in put(live)[1]  # let through to Streamlit, which asks for its own token


def test_the_session_header_is_the_doors_alone(door: DoorServer, live: str):
    forged = {"X-Coprod-Session": door.session_of(live), "x-coprod-anything": "1"}

    with door.client() as client:
        assert client.get("/people", headers=forged).status_code == 303
        assert client.get("/export/actions.csv", headers=forged).status_code == 303


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "127.0.0.1:port"])
def test_a_foreign_host_gets_a_sentence_on_every_kind_of_address(door: DoorServer, host: str):
    with door.client() as client:
        for address in ("/", "/sign-in", "/share", "/app/static/app.css", "/_stcore/health"):
            answer = client.get(address, headers={"Host": host})
            assert answer.status_code == 400, address


def test_on_the_server_itself_its_health_answers_without_its_name(
    door: DoorServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("pages.door.wall.is_host_allowed", lambda named: named == "council.example")
    with door.client() as client:
        for host in ("127.0.0.1", "127.0.0.1:8501", "localhost:8501", "[::1]"):
            assert client.get("/healthz", headers={"Host": host}).text == "alive"
            assert client.get("/sign-in", headers={"Host": host}).status_code == 400
        assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("cookie", ["coprod", "__Host-coprod"])
def test_each_scheme_knows_its_own_cookie_name_alone(door: DoorServer, live: str, cookie: str):
    token = live.partition("coprod=")[2]
    over_tls = {"X-Forwarded-Proto": "https", "Cookie": f"{cookie}={token}"}
    plain = {"Cookie": f"{cookie}={token}"}

    with door.client() as client:
        statuses = (
            client.get("/", headers=plain).status_code,
            client.get("/", headers=over_tls).status_code,
        )

    assert statuses == ((200, 303) if cookie == "coprod" else (303, 200))


def test_every_answer_carries_the_headers(door: DoorServer, live: str):
    with door.client() as client:
        for address in (
            "/",
            "/people",
            "/sign-in",
            "/no",
            "/media/x",
            "/app/static/app.css",
            "/join",
        ):
            headers = client.get(address, headers={"Cookie": live}).headers
            assert headers["x-content-type-options"] == "nosniff", address
            assert headers["x-frame-options"] == "DENY", address
            assert headers["referrer-policy"] == "same-origin", address
            assert "default-src 'none'" in headers["content-security-policy"], address
            assert "frame-ancestors 'none'" in headers["content-security-policy"], address
            assert "unsafe-eval" not in headers["content-security-policy"], address
            assert "strict-transport-security" not in headers, address


def test_scripts_are_never_allowed_inline(door: DoorServer, live: str):
    with door.client() as client:
        policies = [
            client.get(address, headers={"Cookie": live}).headers["content-security-policy"]
            for address in ("/people", "/sign-in?note=out", "/share")
        ]

    for policy in policies:
        scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
        assert "unsafe" not in scripts


def test_over_tls_a_browser_is_told_to_stay_there(door: DoorServer):
    with door.client() as client:
        headers = client.get("/sign-in", headers={"X-Forwarded-Proto": "https"}).headers

    assert headers["strict-transport-security"].startswith("max-age=31536000")
