"""Papers for the Board as files and print pages, read as the person who asks. Never stored."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coprod_data.commands.trail import note_export
from coprod_data.files.board_paper import written_paper
from coprod_data.files.word_sample import sample_layout
from coprod_data.permissions import NotFound
from coprod_data.queries.papers import layout_file
from coprod_data.store import database
from coprod_data.store.actors import BySession
from pages.parts.plain import in_thread, plain_page

SESSION = "x-coprod-session"  # only the wall sets it
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DIGITS = 9


@plain_page
async def paper_file(request: Request) -> Response:
    """Return a paper as a Word file."""
    number = number_of(request)
    restricted = request.query_params.get("restricted") == "1"
    name, file = await in_thread(_written, request.headers[SESSION], number, restricted)
    return _word(name, file)


@plain_page
async def own_layout_page(request: Request) -> Response:
    """Return the council's own layout."""
    return _word("paper-layout.docx", await in_thread(_layout, request.headers[SESSION], True))


@plain_page
async def sample_layout_page(request: Request) -> Response:
    """Return the sample to begin with."""
    file = await in_thread(_layout, request.headers[SESSION], False)
    return _word("paper-layout-sample.docx", file)


def number_of(request: Request) -> int:
    """Return the number of the paper in the address. Raises NotFound."""
    typed: str = request.path_params["number"]
    if not typed.isdecimal() or not typed.isascii() or len(typed) > DIGITS:
        raise NotFound("We could not find that paper.")
    return int(typed)


def _written(session: str, number: int, restricted: bool) -> tuple[str, bytes]:
    with database.reading(BySession(session)) as (db, actor):
        made = written_paper(db, actor, number, restricted=restricted)
    with database.writing(BySession(session)) as (db, actor):
        note_export(db, actor, f"paper {number}{', restricted' if restricted else ''}")
    return made


def _layout(session: str, own: bool) -> bytes:
    with database.reading(BySession(session)) as (db, actor):
        found = layout_file(db, actor)
    with database.writing(BySession(session)) as (db, actor):
        note_export(db, actor, "layout of papers")
    if own and found is None:
        raise NotFound("There is no layout of your own yet. The sample is used.")
    return found if own and found else sample_layout()


def _word(name: str, file: bytes) -> Response:
    return a_file(name, file, WORD)


def a_file(name: str, file: bytes, kind: str) -> Response:
    """Return a file to download; nothing on the way keeps it."""
    return Response(
        file,
        media_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"; '
            f"filename*=UTF-8''{quote(name)}",
            "Cache-Control": "no-store",
        },
    )


ROUTES = [
    Route("/export/paper-{number}.docx", paper_file),
    Route("/export/layout-own.docx", own_layout_page),
    Route("/export/layout-sample.docx", sample_layout_page),
]
