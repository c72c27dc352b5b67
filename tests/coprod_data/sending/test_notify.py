"""A notice through GOV.UK Notify: what is asked, how it is signed, what each fault is called."""

import hmac
import json
import threading
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from coprod_data.queries.notices import Letter
from coprod_data.scopes.notices import NotifyHost
from coprod_data.sending import notify
from coprod_data.sending.letters import send_letter
from coprod_data.vocabulary.notices import NoticeFault, NoticeKind
from tests.helpers.notices import SITE

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"together-{SERVICE}-{SECRET}"
HOST = NotifyHost(template_id="f33517ff-2a88-4f6e-b855-c550268ce08a")
LETTER = Letter(
    notice_id=7, kind=NoticeKind.URGENT, to="robin@westmarch.gov.uk", mark="abcdef",
    phone="01632 960002",
)  # fmt: skip


TO_LADO = Letter(
    notice_id=8, kind=NoticeKind.LADO, to="nora@westmarch.gov.uk", mark="fedcba",
    phone="Sam Okoro, 01632 960050", council="Westmarch Council",
)  # fmt: skip


class Service(ThreadingHTTPServer):
    """It listens where Notify does for this test, and answers with `status` and `body`."""

    daemon_threads = True
    status, body = 201, b"{}"
    asked: list[tuple[str, str, dict[str, Any]]]


class _Talk(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers["Authorization"], said))
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    with Service(("127.0.0.1", 0), _Talk) as service:
        service.asked = []
        threading.Thread(target=service.serve_forever, args=(0.02,), daemon=True).start()
        monkeypatch.setattr(notify, "NOTIFY", f"http://127.0.0.1:{service.server_address[1]}")
        yield service
        service.shutdown()


def test_it_asks_for_one_message_signed_with_the_key(service: Service):
    assert send_letter(HOST, SITE, LETTER, KEY) is None

    [(path, authorization, said)] = service.asked
    assert path == "/v2/notifications/email"
    assert said["email_address"] == "robin@westmarch.gov.uk"
    assert said["template_id"] == HOST.template_id
    assert said["reference"] == "abcdef"
    assert said["personalisation"]["subject"] == "Together: something urgent is waiting"
    assert "ring 01632 960002 now" in said["personalisation"]["message"]
    assert KEY not in json.dumps(said)
    head, claims, signature = authorization.removeprefix("Bearer ").split(".")
    assert unpacked(head) == {"typ": "JWT", "alg": "HS256"}
    assert unpacked(claims)["iss"] == SERVICE
    expected = hmac.digest(SECRET.encode(), f"{head}.{claims}".encode(), "sha256")
    assert urlsafe_b64decode(f"{signature}==") == expected


def unpacked(part: str) -> Any:
    return json.loads(urlsafe_b64decode(f"{part}=="))


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [
        (403, b'{"errors": [{"message": "Invalid token"}]}', NoticeFault.NOT_SIGNED_IN),
        (400, b'{"errors": [{"message": "email_address is not valid"}]}',
         NoticeFault.ADDRESS_REFUSED),
        (400, b'{"errors": [{"message": "Template not found"}]}', NoticeFault.REFUSED),
        (429, b"{}", NoticeFault.NO_ANSWER),
        (503, b"", NoticeFault.NO_ANSWER),
    ],
)  # fmt: skip
def test_each_fault_has_its_name(service: Service, status: int, body: bytes, fault: NoticeFault):
    service.status, service.body = status, body
    assert send_letter(HOST, SITE, LETTER, KEY) is fault


def test_without_a_key_or_an_answer_nothing_is_sent(monkeypatch: pytest.MonkeyPatch):
    assert send_letter(HOST, SITE, LETTER, None) is NoticeFault.NO_SECRET
    monkeypatch.setattr(notify, "NOTIFY", "http://127.0.0.1:9")
    assert send_letter(HOST, SITE, LETTER, KEY) is NoticeFault.NO_ANSWER


def test_the_lado_gets_no_link_and_whom_to_ring(service: Service):
    assert send_letter(HOST, SITE, TO_LADO, KEY) is None

    [(_, _, said)] = service.asked
    assert said["email_address"] == "nora@westmarch.gov.uk"
    told = said["personalisation"]
    assert told["subject"] == "Together: please ring the council"
    assert "Please ring Sam Okoro, 01632 960050." in told["message"]
    assert SITE not in told["message"]
    assert "Sign in" not in told["message"]
