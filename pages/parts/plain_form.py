"""A plain page's form: accepted only from our own page, small and without files.

The check needs no stored state and works after a restart: a random cookie, and in the form its hash
under the server's key.
"""

import asyncio
import hmac
import secrets
from urllib.parse import urlsplit

from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from coprod_data.permissions import Refused
from coprod_data.store import database
from pages.parts.cookies import cookie, set_cookie

FORM_COOKIE = "coprod-form"
FIELD = "form_pass"
PURPOSE = "form-pass"  # of the hash of its cookie
LARGEST = 64 * 1024
MOST_FIELDS = 40
SLOWEST = 60.0  # seconds


class FormRefused(Refused):
    """A form that did not come from our own page, or is too large; `data` is the part that could be
    read.
    """

    def __init__(self, status: int, sentence: str, data: FormData | None = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.data = data or FormData()


class FormPass:
    """The cookie and the hidden field that belong together."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._sent = cookie(request.scope, FORM_COOKIE)
        self._value = self._sent or secrets.token_urlsafe(32)
        self._used = False

    def field(self) -> Markup:
        """Return the hidden field that goes into the form."""
        self._used = True
        return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, self._token())

    def hand_over(self, response: Response) -> None:
        """Give the browser the cookie if a form was drawn and it had none."""
        if self._used and not self._sent:
            set_cookie(response, self._request.scope, FORM_COOKIE, self._value)

    def fits(self, data: FormData) -> bool:
        """Say whether a form carries the field that belongs to the cookie it came with."""
        typed = data.get(FIELD)
        if self._sent is None or not isinstance(typed, str):
            return False
        fitting = database.current().keys.keyed_hashes(PURPOSE, self._value)
        return any(hmac.compare_digest(typed.encode(), one.encode()) for one in fitting)

    def _token(self) -> str:
        return database.current().keys.keyed_hash(PURPOSE, self._value)


def sign_out_token(public_id: str) -> str:
    """Return the token that shows that a sign-out button was on a page of this session."""
    return database.current().keys.keyed_hash("sign-out", public_id)


async def form(request: Request, *, largest: int = LARGEST) -> FormData:
    """Return the fields of a form sent from our own page. Raises FormRefused."""
    data = await fields(request, largest=largest)
    if not is_from_our_page(request):
        raise FormRefused(403, "This form came from another site. Open our page and send it there.")
    if not FormPass(request).fits(data):
        raise FormRefused(
            403,
            "We could not take this form. Your browser must allow cookies from this site. "
            "Open the page again and send it again.",
            data,
        )
    return data


def is_from_our_page(request: Request) -> bool:
    """Say whether the browser names our own address as the form's."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


async def fields(request: Request, *, largest: int = LARGEST) -> FormData:
    """Return the fields of a form from any page. Raises FormRefused if large, slow or broken."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > largest:
        raise FormRefused(413, "That is more than we can take at once. Make it shorter.")
    try:
        async with asyncio.timeout(SLOWEST):
            request._body = await _body(request, largest)
    except TimeoutError as error:
        raise FormRefused(408, "That took too long to reach us. Send it again.") from error
    try:
        return await request.form(max_files=0, max_fields=MOST_FIELDS)
    except HTTPException as error:
        raise FormRefused(400, "We could not read this form. Open the page again.") from error


async def _body(request: Request, largest: int) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            raise FormRefused(413, "That is more than we can take at once. Make it shorter.")
    return body
