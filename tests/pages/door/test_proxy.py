"""The proxy recipe of docs/operating.md, really run before a live council: TLS everywhere."""

import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from pages import door, public
from tests.helpers.live_server import LiveServer, free_port
from tests.helpers.source import ROOT

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
MODULES = Path("/etc/nginx/modules-enabled")  # where Debian names what a package adds to nginx
RECIPE = re.compile(r"```nginx\n(.*?)```", re.S)
NAME = "together.example.gov.uk"

# Every address of ours that is no page of Streamlit's, with a number where one belongs.
ROUTES = (public.ROUTES, door.ROUTES, public.FOR_PEOPLE_SIGNED_IN, door.FOR_PEOPLE_SIGNED_IN)
OURS = tuple(re.sub(r"\{[^}]+\}", "1", route.path) for routes in ROUTES for route in routes)
HEALTH = ("/healthz", "/readyz")

pytestmark = pytest.mark.skipif(
    not (NGINX and any(MODULES.glob("*headers-more*"))),
    reason="Install what the proxy recipe names to run it.",
)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    folder = tmp_path_factory.mktemp("live")
    with LiveServer(folder, COPROD_MODE="live", COPROD_SEED="none") as server:
        yield server


@pytest.fixture(scope="module")
def ports(live: LiveServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """The plain and the secure port of a proxy that runs the recipe."""
    folder = tmp_path_factory.mktemp("proxy")
    pem, key = folder / "together.pem", folder / "together.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj",
         f"/CN={NAME}", "-out", pem, "-keyout", key],
        check=True, capture_output=True,
    )  # fmt: skip
    plain, secure = free_port(), free_port()
    found = RECIPE.search((ROOT / "docs" / "operating.md").read_text("utf-8"))
    assert found, "there is no recipe"
    recipe = found[1]
    for theirs, ours in (
        ("/etc/ssl/together.pem", str(pem)), ("/etc/ssl/together.key", str(key)),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{secure} ssl;"),
        ("127.0.0.1:8501", f"127.0.0.1:{live.port}"), (NAME, "127.0.0.1"),
        ("client_header_timeout 10s", "client_header_timeout 2s"),
        ("error_log /var/log/nginx/error.log crit", f"error_log {folder / 'log'} warn"),
    ):  # fmt: skip
        assert theirs in recipe
        recipe = recipe.replace(theirs, ours)
    own = "".join(
        f"{kind}_temp_path {folder / kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"include {MODULES}/*.conf;\n"
        f"pid {folder / 'pid'};\nerror_log {folder / 'log'} warn;\ndaemon off;\n"
        f"events {{}}\nhttp {{\naccess_log {folder / 'access'};\n{own}{recipe}}}\n"
    )
    with subprocess.Popen(
        [NGINX or "", "-c", folder / "nginx.conf", "-e", folder / "log"]
    ) as proxy:
        _until_it_listens(secure, folder)
        yield plain, secure
        proxy.terminate()
    log = (folder / "log").read_text("utf-8", "replace")
    assert "temporary file" not in log, "the proxy wrote what somebody sent to its disk"
    assert "[crit]" not in log, log
    assert not (folder / "access").read_text("utf-8"), (
        "the proxy keeps who asked for what, and when"
    )


def _until_it_listens(port: int, folder: Path) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError((folder / "log").read_text("utf-8"))


def reached(port: int) -> httpx2.Client:
    return httpx2.Client(base_url=f"https://127.0.0.1:{port}", verify=False)


@pytest.mark.parametrize(
    "path", [*(path for path in OURS if path not in HEALTH), "/", "/sign-in/new-password?link=x",
             "/people", "/_stcore/health", "/_stcore/host-config", "/static/x.js"],
)  # fmt: skip
def test_a_live_council_leads_every_address_to_tls(live: LiveServer, path: str):
    with httpx2.Client() as plain:
        read = plain.get(f"{live.url}{path}")
        sent = plain.post(f"{live.url}{path}", data={"thinks": "My room is cold."})

    assert (read.status_code, sent.status_code) == (308, 403)
    assert read.headers["location"] == f"https://127.0.0.1:{live.port}{path}"
    assert "set-cookie" not in read.headers


def test_only_the_two_health_addresses_answer_in_the_open(live: LiveServer):
    with httpx2.Client() as plain:
        for path in HEALTH:
            assert plain.get(f"{live.url}{path}").status_code == 200


def test_a_socket_in_the_open_is_refused(live: LiveServer):
    asked = (
        f"GET /_stcore/stream HTTP/1.1\r\nHost: 127.0.0.1:{live.port}\r\nUpgrade: websocket\r\n"
        f"Origin: {live.url}\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", live.port), 10) as raw:
        raw.sendall(asked.encode())
        assert raw.recv(12) == b"HTTP/1.1 403"


def test_two_hosts_are_none(live: LiveServer):
    asked = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: localhost\r\n\r\n"
    with socket.create_connection(("127.0.0.1", live.port), 10) as raw:
        raw.sendall(asked.encode())
        assert raw.recv(12) == b"HTTP/1.1 400"


def test_behind_the_proxy_all_is_over_tls(ports: tuple[int, int]):
    plain, secure = ports
    with httpx2.Client() as client:
        led = client.get(f"http://127.0.0.1:{plain}/share")
    assert (led.status_code, led.headers["location"]) == (301, "https://127.0.0.1/share")
    with reached(secure) as client:
        page = client.get("/sign-in")
        config = client.get("/_stcore/host-config").json()

    assert page.status_code == 200
    assert "server" not in page.headers
    assert page.headers["strict-transport-security"].startswith("max-age=31536000")
    assert page.headers["set-cookie"].startswith("__Host-coprod-form=")
    assert config["allowedOrigins"] == []


def test_what_the_proxy_answers_itself_does_not_name_it_either(ports: tuple[int, int]):
    with reached(ports[1]) as client:
        refused = client.post("/sign-in", content=b"x" * 1_100_000)

    assert refused.status_code == 413
    assert "server" not in refused.headers


def test_the_proxy_passes_on_all_that_a_form_may_hold_and_no_more(ports: tuple[int, int]):
    with reached(ports[1]) as client:
        long = client.post("/sign-in", content=b"x" * 1_000_000)
        longer = client.post("/sign-in", content=b"x" * 1_100_000)
        files = [
            client.put("/_stcore/upload_file/a/b", content=b"x" * size).status_code
            for size in (5_500_000, 6_500_000)
        ]

    assert (long.status_code, longer.status_code) == (413, 413)
    assert files == [401, 413]  # one of 5 MB comes to the door, which takes none of a stranger
    assert "security-policy" in str(long.headers)  # ours says what to do
    assert "security-policy" not in str(longer.headers)


def test_the_proxy_cuts_headers_that_never_end(ports: tuple[int, int]):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", ports[1]), 20) as raw,
        context.wrap_socket(raw) as slow,
    ):
        slow.sendall(b"GET /share HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        assert slow.recv(4096)[9:12] in (b"408", b"")
