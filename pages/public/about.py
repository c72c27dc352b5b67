"""/privacy and /accessibility: two plain pages that anybody may read, without script."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from coprod_data.commands.notices import KEPT_DAYS
from coprod_data.queries.retention import kept_times
from coprod_data.queries.settings import Contacts, contacts
from coprod_data.store import database
from coprod_data.store.actors import Public
from coprod_data.store.database import Unavailable
from coprod_data.vocabulary.retention import OF_YOUNG, Kept
from pages.parts.plain import in_thread, packed, page, plain_page

# What is said here is what the jobs of the server do, or what nothing does yet.
WORDS = (
    (
        "What a young person wrote",
        "Until they take it back, the council erases it, or its time below is over. "
        "Words that wait to be read, or that work goes on from, stay as long as they do",
    ),
    ("Words that were taken back", "Gone from every page at once, and from the files soon after"),
    ("Words on hold for safeguarding", "Until safeguarding ends the hold"),
    ("A wish to talk", "Until it is settled or taken back"),
)
REST = (
    ("Sessions that ended", "1 day"),
    ("Scrambled addresses of devices", "24 hours"),
    ("Notices sent to staff", f"{KEPT_DAYS} days"),
    ("The log of what was done, without words", "As long as the council keeps this site’s records"),
    ("Backups", "As the council’s own schedule says"),
)


@plain_page
async def privacy(request: Request) -> Response:
    """Say what is kept of whom, why, for how long, and whom to ask."""
    named, times = await in_thread(_contacts), await in_thread(_times)
    timed = [(kept.words, kept.how_long(times[kept])) for kept in Kept]
    words = len(OF_YOUNG)
    kept = (*WORDS[:1], *timed[:words], *WORDS[1:], *timed[words:], *REST)
    return packed(request, await page(request, "privacy.html", contact=named.privacy, kept=kept))


@plain_page
async def accessibility(request: Request) -> Response:
    """Say how well these pages can be used, what was not tried, and whom to tell."""
    named = await in_thread(_contacts)
    return packed(request, await page(request, "accessibility.html", contact=named.access))


def _contacts() -> Contacts:
    """Return whom to name; nobody while the database is away, as for a council that named nobody.

    A page that anybody may need to read does not wait for it.
    """
    try:
        with database.reading(Public()) as (db, actor):
            return contacts(db, actor)
    except Unavailable:
        return Contacts("", "")


def _times() -> dict[Kept, int]:
    """Return how long each kind is kept; while the database is away, as a new council does."""
    try:
        with database.reading(Public()) as (db, actor):
            return kept_times(db, actor)
    except Unavailable:
        return {kept: kept.setting.default for kept in Kept}


async def help_now(_request: Request) -> Response:
    """Lead whoever looks for help to whom they can call: the address is easily guessed."""
    return RedirectResponse("/share#help", 303)


ROUTES = [
    Route("/privacy", privacy),
    Route("/accessibility", accessibility),
    Route("/help", help_now),
]
