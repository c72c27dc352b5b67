"""Print pages of a Board paper: in easy words on two sides, the pack for the Board, the poster; and
each as a tagged PDF.
"""

from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coprod_data.commands.trail import note_export
from coprod_data.files.board_paper import PaperRead, printed_paper
from coprod_data.permissions import NotFound, Permission, Refused
from coprod_data.queries.meetings_decisions import what_we_said
from coprod_data.queries.overview import Numbers, numbers
from coprod_data.queries.papers import PaperRow, papers
from coprod_data.rules.clocks import day_words
from coprod_data.store import database
from coprod_data.store.actors import BySession
from coprod_data.vocabulary.actions import CommitmentState
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.papers import COLUMN_WORDS, COLUMNS, PaperPart, PaperStatus, PaperTable
from pages.parts.pdf import MISSING, pdf_of, pdf_ready
from pages.parts.plain import in_thread, page, plain_page
from pages.parts.times import on
from pages.parts.wording import say
from pages.public.papers import SESSION, a_file, number_of

ICONS = Path(__file__).parents[1] / "static" / "icons"
PART_ICONS = {
    "good": "check", "cards": "voice", "wait": "together", "promise": "promise", "ask": "hand"
}  # fmt: skip
MOST_EASY = 3  # of what changed and what young people said, so that it stays on two sides


@plain_page
async def easy_page(request: Request) -> Response:
    """Show a paper in easy words, with only words that everybody may read."""
    read, _, _ = await in_thread(_read, request.headers[SESSION], number_of(request))
    return await page(request, "paper_easy.html", parts=_easy(read), **_named(read))


@plain_page
async def pack_page(request: Request) -> Response:
    """Show what goes to the Board with a paper: numbers, cards, opportunities, plan, audit."""
    number = number_of(request)
    read, counted, others = await in_thread(_read, request.headers[SESSION], number)
    decided = await in_thread(_decided, request.headers[SESSION], read.detail.row.meets_on)
    return await page(
        request, "paper_pack.html", numbers=_numbers(counted), tables=_tables(read),
        decided=decided,
        papers=[(row.item, row.title, row.state.words) for row in others],
        asked=read.detail.said.texts.get(PaperPart.RECOMMENDATION, ""), **_named(read),
    )  # fmt: skip


@plain_page
async def poster_page(request: Request) -> Response:
    """Show what young people and staff changed together, large, for a wall."""
    read, _, _ = await in_thread(_read, request.headers[SESSION], number_of(request))
    rows = read.figures.counted.outcomes[:6]
    return await page(
        request, "paper_poster.html", changes=[row.change for row in rows],
        icon=icon_address("together"), **_named(read),
    )  # fmt: skip


def icon_address(name: str) -> str:
    """Return a picture of the icon set as an address that needs no request."""
    drawn = (ICONS / f"{name}.svg").read_bytes()
    return f"data:image/svg+xml;base64,{b64encode(drawn).decode()}"


def _read(session: str, number: int) -> tuple[PaperRead, Numbers, list[PaperRow]]:
    with database.reading(BySession(session)) as (db, actor):
        actor.must(Permission.PAPERS_READ)
        read = printed_paper(db, actor, number)
        meeting_id = read.detail.row.meeting_id
        others = [row for row in papers(db, actor) if row.meeting_id == meeting_id]
        return read, numbers(db, actor), others


def _decided(session: str, day: date) -> list[tuple[str, str, str, str]]:
    """Return what was said to be done before this day, in public: what, who, by when, how it is."""
    with database.reading(BySession(session)) as (db, actor):
        rows = [row for row in what_we_said(db, actor, day) if not row.private]
    return [
        (
            row.said.wording,
            row.owner or "–",
            on(row.said.due_on) if row.said.due_on else "–",
            "Done" if row.done else "Late" if row.late else "Not done yet",
        )
        for row in rows
    ]


def _named(read: PaperRead) -> dict[str, Any]:
    return {
        "title": read.detail.said.title,
        "day": day_words(read.detail.row.meets_on),
        "as_at": read.facts.texts[PaperPart.AS_AT],
        "exempt": read.detail.said.status is PaperStatus.EXEMPT,
        "back": f"/papers?id={read.detail.row.id}",
    }


def _easy(read: PaperRead) -> list[dict[str, object]]:
    counted, promise = read.figures.counted, read.figures.promise
    kept = sum(row.state is CommitmentState.KEPT for _, row in promise)
    said = [row["words"].partition("\n")[0] for row in read.facts.tables[PaperTable.CARDS]]
    quotes = [words for words in said if "“" in words]
    asked = read.detail.said.texts.get(PaperPart.RECOMMENDATION, "")
    parts = [
        ("good", _some("easy.good", len(counted.outcomes)),
         [row.change for row in counted.outcomes], False),
        ("cards", _some("easy.cards", len(counted.cards)), quotes, True),
        ("wait", _some("easy.wait", len(counted.opportunities)),
         [row.title for row in counted.opportunities], False),
        ("promise", say("easy.promise_some", count=kept, all=len(promise)), [], False),
        ("ask", say("easy.ask_some"), [asked] if asked else [], False),
    ]  # fmt: skip
    return [
        {
            "title": say(f"easy.{name}"),
            "icon": icon_address(PART_ICONS[name]),
            "words": words,
            "rows": rows[:MOST_EASY],
            "own": own,
        }
        for name, words, rows, own in parts
    ]


def _some(name: str, count: int) -> str:
    if count == 0:
        return say(f"{name}_none")
    return say(f"{name}_one") if count == 1 else say(f"{name}_some", count=count)


def _numbers(counted: Numbers) -> Sequence[tuple[str, int]]:
    return (
        (labelled("Report cards brought to the Board"), counted.cards),
        ("Of these in this cycle", counted.cards_this_cycle),
        ("Done together, signed by both sides", counted.together),
        ("Of these with card codes only", counted.together_by_code),
        ("Waiting for a signature", counted.to_be_signed),
        ("Answered by staff only", counted.answered),
    )


def _tables(read: PaperRead) -> list[dict[str, object]]:
    return [
        {
            "title": which.words,
            "columns": [COLUMN_WORDS[column] for column in COLUMNS[which]],
            "rows": [[row[column] for column in COLUMNS[which]] for row in rows],
        }
        for which in PaperTable
        if (rows := read.facts.tables.get(which, []))
    ]


PRINTED = {"easy": easy_page, "pack": pack_page, "poster": poster_page}


@plain_page
async def pdf_page(request: Request) -> Response:
    """Return one of these pages as a tagged PDF. Raises NotFound for another kind, and Refused
    where the server cannot make one.
    """
    kind, number = request.path_params["kind"], number_of(request)
    if kind not in PRINTED:
        raise NotFound("We could not find that page.")
    if not pdf_ready():
        raise Refused(MISSING)
    answer = await PRINTED[kind](request)
    if answer.status_code != 200:
        return answer
    made = await in_thread(pdf_of, bytes(answer.body).decode())
    await in_thread(_note, request.headers[SESSION], f"paper {number}, {kind} as PDF")
    return a_file(f"paper-{number}-{kind}.pdf", made, "application/pdf")


def _note(session: str, what: str) -> None:
    with database.writing(BySession(session)) as (db, actor):
        note_export(db, actor, what)


ROUTES = [
    Route("/paper/{number}/{kind}.pdf", pdf_page),
    *(Route(f"/paper/{{number}}/{kind}", shown) for kind, shown in PRINTED.items()),
]
