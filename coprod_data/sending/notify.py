"""One notice through GOV.UK Notify: https://docs.notifications.service.gov.uk/rest-api.html.

Its key ends with the service's id and the secret that signs each request (a JSON Web Token, HS256).
"""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from coprod_data.queries.notices import Letter
from coprod_data.scopes.notices import NotifyHost
from coprod_data.sending.words import subject_of, text_of
from coprod_data.vocabulary.notices import NoticeFault

NOTIFY = "https://api.notifications.service.gov.uk"
PATIENCE = 15.0  # seconds
ID = 36  # letters of a UUID


def send_by_notify(
    host: NotifyHost, site: str, letter: Letter, secret: str | None
) -> NoticeFault | None:
    """Send a notice. Returns None once Notify has taken it, else why not."""
    if not secret:
        return NoticeFault.NO_SECRET
    asked = {
        "email_address": letter.to,
        "template_id": host.template_id,
        "personalisation": {"subject": subject_of(letter), "message": text_of(letter, site)},
        "reference": letter.mark,
    }
    request = Request(  # noqa: S310 - a fixed address
        f"{NOTIFY}/v2/notifications/email",
        data=json.dumps(asked).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {_token(secret)}"},
    )
    try:
        with urlopen(request, timeout=PATIENCE):  # noqa: S310 - a fixed address
            return None
    except HTTPError as error:
        with error:
            return _fault_of(error.code, error.read(10_000))
    except URLError as error:
        unsafe = "SSL" in type(error.reason).__name__
        return NoticeFault.NOT_SECURE if unsafe else NoticeFault.NO_ANSWER
    except (OSError, HTTPException):
        return NoticeFault.NO_ANSWER


def _fault_of(status: int, body: bytes) -> NoticeFault:
    if status in (401, 403):
        return NoticeFault.NOT_SIGNED_IN
    if status >= 500 or status == 429:
        return NoticeFault.NO_ANSWER
    return NoticeFault.ADDRESS_REFUSED if b"email_address" in body else NoticeFault.REFUSED


def _token(key: str) -> str:
    service, secret = key[-2 * ID - 1 : -ID - 1], key[-ID:]
    claims = {"iss": service, "iat": int(time.time())}
    signed = f"{_part({'typ': 'JWT', 'alg': 'HS256'})}.{_part(claims)}"
    return f"{signed}.{_text(hmac.digest(secret.encode(), signed.encode(), 'sha256'))}"


def _part(said: dict[str, Any]) -> str:
    return _text(json.dumps(said).encode())


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
