"""/privacy and /accessibility: two plain pages that anybody may read, without script."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coprod_data.commands.drafts import DRAFT_DAYS
from coprod_data.commands.notices import KEPT_DAYS
from coprod_data.commands.trail import KEPT as TRAIL_KEPT
from coprod_data.queries.settings import Contacts, contacts
from coprod_data.store import database
from coprod_data.store.actors import Public
from coprod_data.store.database import Unavailable
from pages.parts.plain import in_thread, packed, page, plain_page

# What is said here is what the jobs of the server do, or what nothing does yet.
KEPT = (
    ("What a young person wrote", "Until they take it back, or the council erases it"),
    ("Words that were taken back", "Gone from every page at once, and from the files soon after"),
    ("Words on hold for safeguarding", "Until the safeguarding lead ends the hold"),
    ("A wish to talk", "Until it is settled or taken back"),
    ("What staff began to type", f"{DRAFT_DAYS} days after their last change"),
    ("Sessions that ended", "1 day"),
    ("Sign-ins, refusals and downloads of accounts", f"{TRAIL_KEPT.days} days"),
    ("Scrambled addresses of devices", "24 hours"),
    ("Notices sent to staff", f"{KEPT_DAYS} days"),
    ("The log of what was done, without words", "As long as the council keeps this site’s records"),
    ("Backups", "As the council’s own schedule says"),
)


@plain_page
async def privacy(request: Request) -> Response:
    """Say what is kept of whom, why, for how long, and whom to ask."""
    named = await in_thread(_contacts)
    return packed(request, await page(request, "privacy.html", contact=named.privacy, kept=KEPT))


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


ROUTES = [Route("/privacy", privacy), Route("/accessibility", accessibility)]
