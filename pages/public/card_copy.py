"""A copy of one's own card as a text file: to whoever sent its code, or holds it by account."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coprod_data.queries.entries_marks import entry_of_mark
from coprod_data.queries.settings import contacts, labels
from coprod_data.store import database
from coprod_data.store.actors import BySession, Who
from pages.parts.plain import plain_page
from pages.parts.wording import date_words
from pages.shared.card_copy import NAME, copy_of
from pages.shared.young_card import Card, read_card

SESSION = "x-coprod-session"  # only the wall sets it


def copy_for(who: Who, card: Card) -> Response:
    """Return a card as a file that no browser keeps by itself; it is stored nowhere here."""
    with database.reading(who) as (db, actor):
        council, contact = labels(db, actor).council, contacts(db, actor).privacy
    today = date_words(database.current().clock())
    return Response(
        copy_of(card, council=council, contact=contact, today=today),
        media_type="text/plain; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{NAME}"',
            "Cache-Control": "no-store",
        },
    )


@plain_page
async def answer(request: Request) -> Response:
    """Return the copy of one of the cards that this person's account holds."""
    who, mark = BySession(request.headers[SESSION]), request.path_params["mark"]
    return await run_in_threadpool(lambda: copy_of_mark(who, mark))


def copy_of_mark(who: Who, mark: str) -> Response:
    """Return a copy of the card that a mark in the address means. Raises NotFound."""
    with database.reading(who) as (db, actor):
        entry_id = entry_of_mark(db, actor, mark) or 0  # of no card
    return copy_for(who, read_card(database.reading(who), entry_id))


ROUTES = [Route("/export/card-{mark}.txt", answer)]
