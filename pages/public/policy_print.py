"""Print pages of a policy, for those who are signed in: its story, and both texts side by side."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coprod_data.permissions import NotFound
from coprod_data.queries.policies import policy
from coprod_data.queries.policies_asked import activities, boards, comments
from coprod_data.queries.policies_text import versions
from coprod_data.rules.clocks import day_words
from coprod_data.store import database
from coprod_data.store.actors import BySession
from coprod_data.vocabulary.policies import ActivityKind
from pages.parts.plain import in_thread, page, plain_page
from pages.public.papers import SESSION, number_of


@plain_page
async def story_page(request: Request) -> Response:
    """Show the life of a policy on one side, as a line of steps with reach and replies."""
    read = await in_thread(_story, request.headers[SESSION], number_of(request))
    return await page(request, "policy_story.html", **read)


@plain_page
async def twin_page(request: Request) -> Response:
    """Show a version beside its easy-read twin, for A4 landscape."""
    asked = request.query_params.get("version", "")
    read = await in_thread(_twin, request.headers[SESSION], number_of(request), asked)
    return await page(request, "policy_twin_print.html", **read)


def _story(session: str, number: int) -> dict[str, Any]:
    with database.reading(BySession(session)) as (db, actor):
        row, asked = policy(db, actor, number), activities(db, actor, number)
        written, seen = versions(db, actor, number), boards(db, actor, number)
        said = comments(db, actor, number)
    signed = next((one for one in seen if one.signed), None)
    return {
        "row": row,
        "steps": [(one, day_words(one.done_on) if one.done_on else "") for one in row.life],
        "asked": [
            one for one in asked if one.held_on and one.kind is not ActivityKind.PROMOTION
        ],
        "written": written[::-1],
        "signed": signed and (signed, day_words(signed.seen_on)),
        "said": said,
        "until": day_words(row.valid_to) if row.valid_to else "",
    }  # fmt: skip


def _twin(session: str, number: int, asked: str) -> dict[str, Any]:
    with database.reading(BySession(session)) as (db, actor):
        row, written = policy(db, actor, number), versions(db, actor, number)
    if not written:
        raise NotFound("This policy has no text yet.")
    chosen = next((one for one in written if str(one.number) == asked), written[0])
    return {"row": row, "version": chosen, "day": day_words(chosen.made_on)}


ROUTES = [
    Route("/policy/{number}/story", story_page),
    Route("/policy/{number}/twin", twin_page),
]
