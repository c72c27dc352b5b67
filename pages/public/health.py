"""Is the server alive, and is it ready? For those who run it."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from coprod_data.readiness import server_fault
from coprod_data.store import database
from pages.parts.plain import in_thread


async def alive(_request: Request) -> Response:
    """Answer as long as the process runs."""
    return PlainTextResponse("alive", headers={"Cache-Control": "no-store"})


async def ready(_request: Request) -> Response:
    """Answer 200 when nothing is wrong with the server, else 503 and the name of the fault."""
    fault = await in_thread(server_fault, database.current())
    said, status = ("ready", 200) if fault is None else (fault.words, 503)
    return PlainTextResponse(said, status, headers={"Cache-Control": "no-store"})


ROUTES = [Route("/healthz", alive), Route("/readyz", ready)]
