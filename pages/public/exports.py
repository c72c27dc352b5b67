"""Tables to download: `/export/<sheet>.csv`, read as the person whose cookie asks. Never stored."""

import re
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coprod_data.commands.trail import note_export
from coprod_data.files.csv_out import to_csv
from coprod_data.files.exports import export
from coprod_data.permissions import NotAllowed, NotFound, Refused
from coprod_data.queries.settings import labels
from coprod_data.rules.clocks import london_day
from coprod_data.rules.letters import normal
from coprod_data.store import database
from coprod_data.store.actors import BySession, SignedOut
from coprod_data.store.database import Unavailable
from pages.parts.plain import sorry
from pages.parts.plain_form import FormRefused, fields, is_from_our_page

SESSION = "x-coprod-session"  # only the wall sets it
SEARCH = "search"


async def answer(request: Request) -> Response:
    """Return one sheet, or a sentence that says why not.

    Filters are in the address; what was typed into a search comes in a form, so that it is in no
    address and no log.
    """
    sheet = request.path_params["sheet"]
    try:
        filters = {name: value for name, value in request.query_params.items() if name != SEARCH}
        if request.method == "POST":
            filters[SEARCH] = await _search(request)
        name, file = await run_in_threadpool(_made, request.headers[SESSION], sheet, filters)
    except FormRefused as refused:
        return await sorry(request, refused.status, refused.sentence)
    except Refused as refused:
        return await sorry(request, _status(refused), refused.sentence)
    plain = normal("NFKD", name).encode("ascii", "ignore").decode().strip("-")
    return Response(
        file,
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{plain}.csv"; '
            f"filename*=UTF-8''{quote(name)}.csv",
            "Cache-Control": "no-store",
        },
    )


async def _search(request: Request) -> str:
    if not is_from_our_page(request):
        raise FormRefused(403, "This form came from another site. Open our page and try again.")
    typed = (await fields(request)).get(SEARCH, "")
    return typed if isinstance(typed, str) else ""


def _made(session: str, sheet: str, filters: dict[str, str]) -> tuple[str, bytes]:
    """Return the name of the file, with council and day, and the file."""
    with database.reading(BySession(session)) as (db, actor):
        council, today = labels(db, actor).council, london_day(actor.at)
        headings, rows = export(db, actor, sheet, filters)
        made = _name(council, sheet, f"{today}"), to_csv(headings, rows)
    with database.writing(BySession(session)) as (db, actor):
        note_export(db, actor, sheet)
    return made


def _name(*parts: str) -> str:
    return "-".join(re.sub(r"\W+|_", "-", part.casefold()).strip("-") for part in parts)


def _status(refused: Refused) -> int:
    match refused:
        case SignedOut():
            return 401
        case NotAllowed():
            return 403
        case NotFound():
            return 404
        case Unavailable():
            return 503
        case _:
            return 400


ROUTES = [Route("/export/{sheet:str}.csv", answer, methods=["GET", "POST"])]
