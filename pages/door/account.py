"""The page of one's own account: what happened to it, and what one can do about that.

A plain page, so that no password is ever in a Streamlit box.
"""

from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from coprod_data.commands.people_own import note_resets_read
from coprod_data.commands.people_requests import stop_request, stop_role
from coprod_data.queries.people_own import resets_of_mine
from coprod_data.queries.people_requests import asked_about_accounts
from coprod_data.store import database
from coprod_data.store.actors import BySession
from pages.door.addresses import ACCOUNT, safe_next
from pages.parts.plain import in_thread, page, plain_page
from pages.parts.plain_form import form
from pages.parts.times import on_and_at
from pages.shared.accounts_asked import asked_words

SESSION = "x-coprod-session"  # only the wall sets it


@plain_page
async def account_page(request: Request) -> Response:
    """Show one's own account, or do what was pressed on it."""
    session, after = request.headers[SESSION], safe_next(request.query_params.get("next", "/"))
    if request.method == "POST":
        await in_thread(_do, session, await form(request))
        return RedirectResponse(_here(after), 303, {"Cache-Control": "no-store"})
    return await page(
        request, "account_own.html", action=_here(after), after=after,
        **await in_thread(_about, session),
    )  # fmt: skip


def _about(session: str) -> dict[str, Any]:
    with database.reading(BySession(session)) as (db, actor):
        resets = resets_of_mine(db, actor)
        asked, name = asked_about_accounts(db, actor, actor.id), actor.name
    return {
        "name": name,
        "unread": any(not row.told for row in resets),
        "resets": [
            {
                "by": row.by,
                "made": on_and_at(row.made_at),
                "used": on_and_at(row.used_at),
                "by_second": row.by_second,
            }
            for row in resets
        ],
        "asked": [
            {
                "words": asked_words(row.what, row.by, row.counts_at),
                "at": on_and_at(row.at),
                "value": f"{'role' if row.of_role else 'request'} {row.id}",
            }
            for row in asked
        ],
    }


def _do(session: str, data: FormData) -> None:
    with database.writing(BySession(session)) as (db, actor):
        if "read" in data:
            note_resets_read(db, actor)
        kind, _, number = str(data.get("stop", "")).partition(" ")
        if number.isdecimal() and len(number) < 10:
            (stop_role if kind == "role" else stop_request)(db, actor, int(number))


def _here(after: str) -> str:
    return ACCOUNT if after == "/" else f"{ACCOUNT}?{urlencode({'next': after})}"


ROUTES = [Route(ACCOUNT, account_page, methods=["GET", "POST"])]
