"""The log of a live server: one JSON object in each line, with no value that came from outside."""

import json
import logging
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pages.parts.log_lines import OneLine, request_id
from tests.helpers.live_server import LiveServer, hidden_fields
from tests.helpers.source import ROOT

PLANTED = (
    "my step dad hits me",
    "anchor apple banana basket beach",
    "coprod=Zm9yZ2VkLXRva2Vu",
    "hunter2-but-longer",
    "Kayleigh Ashdown",
    "next=%2Fqueue",
)
STRANGER = {"X-Forwarded-Proto": "https", "User-Agent": PLANTED[4]}


def line(logger: str, message: object, *args: object, **more: Any) -> dict[str, Any]:
    record = logging.LogRecord(
        logger, logging.ERROR, more.pop("path", __file__), 1, message, args, more.get("fault")
    )
    written = OneLine().format(record)
    assert "\n" not in written
    told = json.loads(written)
    assert not [words for words in PLANTED if words in written]
    return told


def failed() -> Any:
    try:
        raise ValueError(f"null value in row ({PLANTED[0]}, {PLANTED[1]})")
    except ValueError:
        return sys.exc_info()


def test_our_own_line_says_what_happened_without_a_query():
    told = line("coprod_data", "Fault %s on %s\nsecond", "ab12", f"/queue?{PLANTED[5]}")

    assert told["message"] == "Fault ab12 on /queue...\nsecond"
    assert (told["level"], told["logger"]) == ("error", "coprod_data")
    assert told["time"].endswith("+00:00")


def test_of_others_the_words_of_their_program_are_kept_and_numbers_but_no_value():
    access = '%s - "%s %s HTTP/%s" %d'  # as uvicorn writes it
    asked = ("127.0.0.1:1", "GET", f"/card?code={PLANTED[1]}", "1.1", 200)

    assert line("uvicorn.access", access, *asked)["message"] == '... - "... ... HTTP/..." 200'
    assert line("streamlit.web", f"Cannot find {PLANTED[4]}")["message"] == "..."
    assert line("uvicorn.error", PLANTED[0], path=logging.__file__)["message"] == "..."
    assert line("asyncio", ValueError(PLANTED[0]))["message"] == "..."


def test_of_an_exception_its_kind_and_places_are_kept():
    told = line("uvicorn.error", "Exception in ASGI application\n", fault=failed())

    assert told["fault"] == "ValueError"
    assert told["places"][-1].endswith(" failed")


def test_a_line_names_its_request():
    before = request_id.set("0123456789abcdef")
    assert line("coprod_data", "x")["request"] == "0123456789abcdef"
    request_id.reset(before)
    assert "request" not in line("coprod_data", "x")


AFTER_ALL = """
import logging, sys, threading, warnings
import streamlit.logger
early = streamlit.logger.get_logger("streamlit.early")
from pages.parts.log_lines import log_as_json_when_live
log_as_json_when_live()
late = streamlit.logger.get_logger("streamlit.late")
for logger in (early, late, logging.getLogger("uvicorn.error"), logging.getLogger("coprod_data")):
    logger.error("it is said")
streamlit.logger.update_formatter()
early.error("it is said")
warnings.warn("my step dad hits me")
thread = threading.Thread(target=lambda: 1 / 0)
thread.start()
thread.join()
raise ValueError("my step dad hits me")
"""


def test_every_logger_writes_so_whenever_it_was_made_and_so_does_what_nobody_caught():
    ended = subprocess.run(
        [sys.executable, "-c", AFTER_ALL], cwd=ROOT, capture_output=True, text=True, check=False,
        env={"COPROD_MODE": "live"},
    )  # fmt: skip
    lines = [json.loads(one) for one in ended.stderr.splitlines()]

    assert [one["logger"] for one in lines][:4] == [
        "streamlit.early", "streamlit.late", "uvicorn.error", "coprod_data",
    ]  # fmt: skip
    assert [one.get("fault") for one in lines[-2:]] == ["ZeroDivisionError", "ValueError"]
    assert PLANTED[0] not in ended.stderr


def test_a_live_server_logs_no_word_code_token_or_password_of_requests_and_faults(tmp_path: Path):
    asked = quote(PLANTED[1])
    with LiveServer(tmp_path, COPROD_MODE="live") as server:
        with server.client() as client:
            client.headers.update({**STRANGER, "Origin": server.url.replace("http", "https")})
            first = client.get("/sign-in")
            own = first.headers["Set-Cookie"].partition(";")[0]  # for https, so sent by hand
            client.headers["Cookie"] = f"{own}; {PLANTED[2]}"
            form = hidden_fields(first.text)
            told = {**form, "username": PLANTED[4], "password": PLANTED[3], "code": PLANTED[1]}
            for path in ("/card", "/sign-in", f"/{asked}", "/_stcore/stream"):
                client.get(f"{path}?code={asked}&{PLANTED[5]}")
            assert client.post("/sign-in", data=told).status_code == 401
            with closing(sqlite3.connect(tmp_path / "coprod.db")) as database:
                database.execute("ALTER TABLE rate_count RENAME TO away")
            away = client.post("/card", data=told)
        with socket.create_connection(("127.0.0.1", server.port)) as raw:
            raw.sendall(f"{PLANTED[0]}\r\n\r\n".encode())
            raw.recv(999)
    written = server.log.read_text()
    greeting, _, log = written.partition("{")
    lines = [json.loads(one) for one in f"{{{log}".splitlines()]

    assert [words for words in (*PLANTED, asked) if words in written] == []
    assert {"uvicorn.error", "coprod_data"} <= {one["logger"] for one in lines}
    assert away.status_code in (500, 503)
    assert away.headers["X-Request-Id"] in [one.get("request") for one in lines]
    told = [one.strip() for one in greeting.splitlines() if one.strip()]
    assert told[1:] == [
        f"URL: http://localhost:{server.port}"
    ]  # Streamlit's own, on standard output
