"""Is the server alive, and is it ready? For those who run it."""

import shutil
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from coprod_data.queries.event_seals import last_check
from coprod_data.queries.settings import labels
from coprod_data.store import database
from coprod_data.store.actors import Public, System
from coprod_data.store.database import Unavailable
from coprod_data.store.places import ROOT
from coprod_data.store.schema import MissingGuards, check_guards, is_current
from pages.parts.plain import in_thread

LEAST_FREE = 50 * 1024 * 1024  # bytes


async def alive(_request: Request) -> Response:
    """Answer as long as the process runs."""
    return PlainTextResponse("alive", headers={"Cache-Control": "no-store"})


async def ready(_request: Request) -> Response:
    """Answer 200 when the database, its schema and guards and the disk are in order, else 503."""
    fault = await in_thread(_fault)
    status = 503 if fault else 200
    return PlainTextResponse(fault or "ready", status, headers={"Cache-Control": "no-store"})


def _fault() -> str:
    opened = database.current()
    if opened.is_sqlite and not Path(opened.engine.url.database or "").is_file():
        return "The database file is not where it was."  # open connections still work
    try:
        with opened.reading(Public()) as (db, actor):
            labels(db, actor)
        with opened.reading(System()) as (db, system):
            checked = last_check(db, system)
        with database.database_faults():
            if not is_current(opened.engine):
                return "The database has another schema than this release."
            check_guards(opened.engine)
    except Unavailable:
        return "The database does not answer."
    except MissingGuards:
        return "The database has lost its guards."
    if checked is not None and checked.fault is not None:
        return f"{checked.fault.words}. Run: python -m coprod_data check"
    try:
        opened.check_writable()
    except Unavailable:
        return "The database saves nothing."
    place = Path(opened.engine.url.database or ROOT).parent if opened.is_sqlite else ROOT
    if shutil.disk_usage(place).free < LEAST_FREE:
        return "The disk is nearly full."
    return ""


ROUTES = [Route("/healthz", alive), Route("/readyz", ready)]
