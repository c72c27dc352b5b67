"""Tables to download: `/export/<sheet>.csv`, read as the person whose cookie asks. Never stored."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coprod_data.files.csv_out import to_csv
from coprod_data.files.exports import export
from coprod_data.permissions import NotAllowed, NotFound, Refused
from coprod_data.store import database
from coprod_data.store.actors import BySession, SignedOut
from coprod_data.store.database import Unavailable
from pages.parts.plain import sorry

SESSION = "x-coprod-session"  # only the wall sets it


async def answer(request: Request) -> Response:
    """Return one sheet, or a sentence that says why not."""
    sheet = request.path_params["sheet"]
    try:
        file = await run_in_threadpool(
            _made, request.headers[SESSION], sheet, dict(request.query_params)
        )
    except Refused as refused:
        return await sorry(request, _status(refused), refused.sentence)
    return Response(
        file,
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{sheet}.csv"',
            "Cache-Control": "no-store",
        },
    )


def _made(session: str, sheet: str, filters: dict[str, str]) -> bytes:
    with database.reading(BySession(session)) as (db, actor):
        return to_csv(*export(db, actor, sheet, filters))


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


ROUTES = [Route("/export/{sheet:str}.csv", answer, methods=["GET"])]
