"""A file of the library, to be saved: never shown here, and never run."""

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coprod_data.files.library_file import MEDIA
from coprod_data.permissions import NotFound
from coprod_data.queries.library import GONE, FileToSend, library_file
from coprod_data.rules.letters import normal
from coprod_data.store import database
from coprod_data.store.actors import BySession
from pages.parts.plain import in_thread, plain_page

SESSION = "x-coprod-session"  # only the wall sets it
DIGITS = 9


@plain_page
async def file_page(request: Request) -> Response:
    """Return a file under a name of our own: what it was called where it came from is not kept."""
    typed: str = request.path_params["number"]
    if not typed.isdecimal() or not typed.isascii() or len(typed) > DIGITS:
        raise NotFound(GONE)
    found = await in_thread(_read, request.headers[SESSION], int(typed))
    name = re.sub(r"\W+", "-", f"{found.title}-{found.format.words}".casefold()).strip("-")
    plain = normal("NFKD", name).encode("ascii", "ignore").decode().strip("-") or "library"
    ending = found.ending
    return Response(
        found.file,
        media_type=MEDIA[ending],
        headers={
            "Content-Disposition": f'attachment; filename="{plain}.{ending}"; '
            f"filename*=UTF-8''{quote(name)}.{ending}",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _read(session: str, number: int) -> FileToSend:
    with database.reading(BySession(session)) as (db, actor):
        return library_file(db, actor, number)


ROUTES = [Route("/export/library-{number}", file_page)]
