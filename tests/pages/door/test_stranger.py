"""Generated requests of a stranger through the proxy recipe: no fault, no session, nothing logged.

`STRANGER_REQUESTS` says how many; `-s` prints what was answered.
"""

import os
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote, urlencode

import httpx2
import sqlalchemy as sa

from tests.helpers.live_server import LiveServer
from tests.pages.door.test_proxy import OURS, reached
from tests.pages.door.test_proxy import live as live
from tests.pages.door.test_proxy import ports as ports
from tests.pages.door.test_proxy import pytestmark as pytestmark

MANY, AT_ONCE = int(os.environ.get("STRANGER_REQUESTS", "1000")), 8
METHODS = [*["GET"] * 10, *["POST"] * 6, "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"]
PATHS = (
    *OURS, "/", "/policy", "/my_work", "/checking", "/report_cards", "/opportunities",
    "/actions", "/audits", "/people", "/groups", "/settings", "/history", "/search", "/my_cards",
    "/export/actions.csv", "/export/history.csv", "/export/card-1.txt", "/export/card-x.txt",
    "/healthz", "/readyz", "/static/app.css", "/static/x.js", "/media/x.png", "/component/x/y",
    "/_stcore/health", "/_stcore/host-config", "/_stcore/stream", "/_stcore/upload_file/a/b",
    "/robots.txt", "/.env", "/favicon.ico", "/app/static/x", "/wp-login.php",
)  # fmt: skip
NAMES = ("id", "entry", "link", "before", "show", "visits", "theme", "page", "code", "do", "thinks",
         "wants", "key", "csrf", "name", "password", "uses", "form", "next", "answer")  # fmt: skip
ODD = ("", "1", "-1", "0", "9" * 30, "9" * 5_000, "1 OR 1=1", "' --", "<script>alert(1)</script>",
       "{{7*7}}", "../../etc/passwd", "%00", "\x00", "\r\nX: y", "łąka", "\u202e\u0661", "😀" * 50,
       "gAAAAA" + "A" * 90, "true", "null", "[]", "{}", "a" * 3_000, "b" * 40_000)  # fmt: skip
NO_SESSION = {"__Host-coprod-form", "__Host-coprod-link", "_streamlit_xsrf"}
HEADERS = ("Cookie", "Origin", "Referer", "Sec-Fetch-Site", "X-Forwarded-For", "X-Forwarded-Host",
           "X-Forwarded-Proto", "x-coprod-session", "Accept-Language", "Accept-Encoding", "Range",
           "If-None-Match", "Authorization", "Upgrade", "User-Agent", "Host")  # fmt: skip
KINDS = ("application/x-www-form-urlencoded", "multipart/form-data", "application/json",
         "multipart/form-data; boundary=x", "text/plain", "")  # fmt: skip


def requests(chance: random.Random) -> Iterator[dict[str, Any]]:
    """Give requests that no page of ours sends, and some that it does."""

    def odd() -> str:
        made = "".join(chr(chance.randrange(1, 0x2FF)) for _ in range(chance.randrange(12)))
        return chance.choice([*ODD, made])

    for _ in range(MANY):
        path = chance.choice(PATHS)
        if chance.random() < 0.2:
            path += "/" + quote(odd()[:400])
        if chance.random() < 0.5:
            pairs = {chance.choice(NAMES): odd()[:2_000] for _ in range(chance.randrange(1, 4))}
            path += f"?{urlencode(pairs)}"
        headers = {}
        for name in chance.sample(HEADERS, chance.randrange(4)):
            said = re.sub(r"[^\x20-\x7e]", "", odd())[:500].strip()
            headers[name] = f"__Host-coprod={said}" if name == "Cookie" else said
        method, body = chance.choice(METHODS), b""
        if method in ("POST", "PUT", "PATCH"):
            headers["Content-Type"] = chance.choice(KINDS)
            fields = {chance.choice(NAMES): odd() for _ in range(chance.randrange(5))}
            raw = chance.randbytes(chance.randrange(200))
            body = chance.choice([urlencode(fields).encode(), raw, b"--x\r\n" + raw, b"{"])
        yield {"method": method, "url": path, "headers": headers, "content": body}


def test_nothing_breaks_and_nobody_gets_in(live: LiveServer, ports: tuple[int, int]):
    chance = random.Random(28)  # noqa: S311 - the same requests each time
    answered, wrong = Counter[int](), []

    def ask(request: dict[str, Any]) -> tuple[dict[str, Any], int, list[str]]:
        try:
            answer = client.request(**request)
        except httpx2.RemoteProtocolError:  # the proxy hangs up on what is no HTTP
            return request, 0, []
        return request, answer.status_code, answer.headers.get_list("set-cookie")

    with reached(ports[1]) as client, ThreadPoolExecutor(AT_ONCE) as pool:
        client.timeout = 60
        for request, status, cookies in pool.map(ask, requests(chance)):
            answered[status] += 1
            set_ones = (one.partition(";")[0].partition("=") for one in cookies)
            names = {name for name, _, value in set_ones if value.strip('"')}
            if (status >= 500 and status != 503) or names - NO_SESSION:
                wrong.append((request["method"], request["url"][:200], status, names))
    told = f"{MANY:,} requests of a stranger: {dict(sorted(answered.items()))}\n"
    sys.stdout.write(told)

    assert wrong == []
    assert "Traceback" not in live.log.read_text("utf-8", "replace")
    engine = sa.create_engine(live.environment["COPROD_DATABASE_URL"])
    with engine.connect() as connection:
        for table in ("auth_session", "person", "card_entry"):
            assert connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) == 0, table  # noqa: S608
    engine.dispose()
    with reached(ports[1]) as client:
        assert client.get("/sign-in").status_code == 200
