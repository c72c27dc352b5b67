"""Pages without Streamlit: a Jinja2 template, filled and escaped, and what happens when one fails.

Templates are in `pages/public/templates` and `pages/door/templates` and extend `base.html`.
"""

import asyncio
import gzip
import logging
import secrets
import sys
import traceback
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial, wraps
from hashlib import sha256
from pathlib import Path
from typing import ParamSpec, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from coprod_data.permissions import NotAllowed, NotFound, Refused
from coprod_data.queries.settings import Labels, labels
from coprod_data.rules.reaching import NAME_PATTERN, NUMBER_PATTERN
from coprod_data.store import database
from coprod_data.store.actors import Public
from coprod_data.store.database import Unavailable
from coprod_data.vocabulary.labels import BOARD, PROMISE
from coprod_data.vocabulary.settings import Mode
from pages.parts.help_lines import (
    help_lines,
    here_words,
    late_words,
    names_kept,
    read_later_words,
    whom_to_call_linked,
)
from pages.parts.labels import LabelsInTemplates
from pages.parts.plain_form import FormPass, FormRefused
from pages.parts.wording import by_words, date_words, day_words, say

log = logging.getLogger("coprod_data")

MOST_DIGITS = 9  # more than any record's number has, and both engines accept it

PAGES = Path(__file__).parents[1]
Given = ParamSpec("Given")
Answer = TypeVar("Answer")
Handler = Callable[[Request], Awaitable[Response]]

# Enough threads that those waiting to write into a locked database leave some for readers.
_workers = ThreadPoolExecutor(32, thread_name_prefix="plain-page")
TAKES_GZIP = "coprod.takes_gzip"  # in the scope of a request, as the wall saw its headers
PATIENCE = 3.0  # seconds for reading the council's words; after that earlier ones are shown
_last_labels = Labels("Our council", BOARD, PROMISE, Mode.DEMO)


def static(name: str) -> str:
    """Return the address of a file of `pages/static`; it changes with the file's contents."""
    return static_holding(name, (PAGES / "static" / name).read_bytes())


def static_holding(name: str, contents: bytes) -> str:
    """Return the address of a static file from its contents, for one that is assembled."""
    return f"/app/static/{name}?v={sha256(contents).hexdigest()[:12]}"


_templates = Environment(
    loader=FileSystemLoader(
        [PAGES / "public" / "templates", PAGES / "door" / "templates", PAGES / "static" / "icons"]
    ),
    autoescape=True,
    undefined=StrictUndefined,
    extensions=[LabelsInTemplates],
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_templates.globals.update(
    static=static,
    say=say,
    by_words=by_words,
    day_words=day_words,
    date_words=date_words,
    read_later_words=read_later_words,
    here_words=here_words,
    late_words=late_words,
    help_lines=help_lines,
    whom_to_call_linked=whom_to_call_linked,
    one_time=partial(secrets.token_urlsafe, 18),
    number_pattern=NUMBER_PATTERN,
    name_pattern=NAME_PATTERN,
)

_templates.filters["names_kept"] = names_kept


async def page(request: Request, template: str, *, status: int = 200, **values: object) -> Response:
    """Fill a template. It gets `csrf()`, the hidden field of its form, `council`, `board`,
    `promise`, `demo` and `today` beside its own values."""
    words = await _council_words()
    form_pass = FormPass(request)
    html = _templates.get_template(template).render(
        csrf=form_pass.field,
        council=words.council,
        board=words.board,
        promise=words.promise,
        demo=words.mode is Mode.DEMO,
        today=date_words(database.current().clock()),
        **values,
    )
    response = HTMLResponse(html, status, {"Cache-Control": "no-store"})
    form_pass.hand_over(response)
    return response


def packed(request: Request, response: Response) -> Response:
    """Compress a page for a browser that takes that: a slow line is why young people give up.

    Only for a page that repeats nothing of its request. In one that does, its size would tell what
    else is in it, piece by piece.
    """
    if request.scope.get(TAKES_GZIP):
        response.body = gzip.compress(bytes(response.body), 6)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.body))
    response.headers["Vary"] = "Accept-Encoding"
    return response


def plain_page(handler: Handler) -> Handler:
    """Turn any exception of a handler into a page that says so in plain words."""

    @wraps(handler)
    async def answered(request: Request) -> Response:
        try:
            return await handler(request)
        except FormRefused as refused:
            return await sorry(request, refused.status, refused.sentence)
        except Unavailable as refused:
            return await sorry(request, 503, refused.sentence)
        except Refused as refused:
            status = {NotFound: 404, NotAllowed: 403}.get(type(refused), 400)
            return await sorry(request, status, refused.sentence)
        except Exception:
            reference = note_fault(request)
            sentence = f"Something went wrong on our side. Try again soon. Reference {reference}."
            return await sorry(request, 500, sentence)

    return answered


def note_fault(request: Request) -> str:
    """Log the exception being handled and return its reference.

    It logs where it happened and of what kind, never the message: a database quotes the row it
    refused.
    """
    reference, fault = secrets.token_hex(4), sys.exception()
    where = "".join(traceback.format_tb(fault.__traceback__ if fault else None))
    log.error("Fault %s on %s: %s\n%s", reference, request.url.path, type(fault).__name__, where)
    return reference


async def sorry(request: Request, status: int, sentence: str) -> Response:
    """Return a page with one sentence that says what to do."""
    return await page(request, "sorry.html", status=status, sentence=sentence)


async def in_thread(
    work: Callable[Given, Answer], *args: Given.args, **kwargs: Given.kwargs
) -> Answer:
    """Run slow work, for example with the database, off the event loop."""
    loop = asyncio.get_running_loop()
    told = copy_context()  # what is logged there names the request too
    return await loop.run_in_executor(_workers, partial(told.run, work, *args, **kwargs))


async def _council_words() -> Labels:
    """Return the council's words, without waiting long for a slow database."""
    try:
        return await asyncio.wait_for(in_thread(_labels), PATIENCE)
    except TimeoutError:
        log.warning("Showing a plain page while the database is slow.")
        return _last_labels


def _labels() -> Labels:
    """Return the council's words; the last known ones while the database is away."""
    global _last_labels
    try:
        with database.reading(Public()) as (db, actor):
            _last_labels = labels(db, actor)
    except Unavailable:
        log.warning("Showing a plain page while the database is away.")
    return _last_labels


def number_in_path(request: Request, name: str, noun: str) -> int:
    """Return a number of the address. Raises NotFound for more digits than any record has."""
    number = int(request.path_params[name])
    if number >= 10**MOST_DIGITS:
        raise NotFound(f"We could not find that {noun}.")
    return number
