"""Young auditors on a phone: the services they were asked to look at, one standard at a time."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from coprod_data.commands.audits import answer_standard
from coprod_data.permissions import ChangedMeanwhile, NotFound
from coprod_data.queries.audits_auditors import LooksAt, ToMark, looks_at, standards_to_mark
from coprod_data.queries.settings import Duty, duty
from coprod_data.store import database
from coprod_data.store.actors import BySession
from coprod_data.vocabulary.audits import AuditLevel, Rater
from pages.parts.plain import MOST_DIGITS, in_thread, page, plain_page
from pages.parts.plain_form import form
from pages.parts.wording import say

HERE = "/auditor"
SESSION = "x-coprod-session"  # only the wall sets it
NOT_LOOKED = "none"
NAMES = {str(level.value): level.name.lower() for level in AuditLevel} | {NOT_LOOKED: "not_looked"}


@dataclass(frozen=True)
class _Desk:
    """What one young auditor sees: the services, one of them, its standards, who is on duty."""

    services: tuple[LooksAt, ...]
    one: LooksAt | None
    standards: tuple[ToMark, ...]
    duty: Duty


@plain_page
async def auditor(request: Request) -> Response:
    """Show the services, or one standard of one; keep the level that was picked."""
    session = request.headers[SESSION]
    if request.method != "POST":
        number = _number(request.query_params.get("return", ""))
        desk = await in_thread(_desk, session, number)
        if desk.one is None:
            return await page(request, "auditor.html", desk=desk)
        return await _standard(request, desk, _number(request.query_params.get("standard", "")))
    said = {name: value for name, value in (await form(request)).items() if isinstance(value, str)}
    return_id, standard_id = _number(said.get("return", "")), _number(said.get("standard", ""))
    desk = await in_thread(_desk, session, return_id)
    if desk.one is None:
        raise NotFound(say("auditor.none"))
    level, opened = said.get("level", ""), said.get("opened", "")
    if level not in NAMES:
        alert = say("auditor.choose")
        return await _standard(request, desk, standard_id, alert=alert, status=422)
    try:
        await in_thread(_keep, session, return_id, standard_id, level, opened)
    except ChangedMeanwhile:
        desk = await in_thread(_desk, session, return_id)
        return await _standard(request, desk, standard_id, chosen=level, changed=True, status=409)
    there = f"{HERE}?return={return_id}&standard={standard_id}&saved=1"
    return RedirectResponse(there, 303, {"Cache-Control": "no-store"})


async def _standard(
    request: Request,
    desk: _Desk,
    standard_id: int,
    *,
    chosen: str = "",
    alert: str = "",
    changed: bool = False,
    status: int = 200,
) -> Response:
    at = next((n for n, one in enumerate(desk.standards) if one.standard_id == standard_id), None)
    if at is None:  # the first that nobody has marked, else the first
        at = next((n for n, one in enumerate(desk.standards) if not one.marked), 0)
    one = desk.standards[at]
    if changed:
        alert = say("auditor.changed", level=say(f"auditor.{NAMES[_mark(one)]}"))
    return await page(
        request, "auditor_one.html", status=status, duty=desk.duty, service=desk.one, one=one,
        place=at + 1, whole=len(desk.standards), mark=_mark(one), chosen=chosen or _mark(one),
        names=NAMES, alert=alert, saved="saved" in request.query_params,
        before=desk.standards[at - 1].standard_id if at else None,
        after=desk.standards[at + 1].standard_id if at + 1 < len(desk.standards) else None,
        said=NAMES["none" if one.service_level is None else str(one.service_level)],
    )  # fmt: skip


def _desk(session: str, return_id: int) -> _Desk:
    with database.reading(BySession(session)) as (db, actor):
        services = tuple(looks_at(db, actor))
        one = next((one for one in services if one.return_id == return_id), None)
        standards = tuple(standards_to_mark(db, actor, return_id)) if one else ()
        return _Desk(services, one, standards, duty(db, actor))


def _keep(session: str, return_id: int, standard_id: int, level: str, opened: str) -> None:
    seen = {"answered": opened in NAMES, "level": _level(opened)}
    with database.writing(BySession(session)) as (db, actor):
        answer_standard(
            db, actor, return_id, standard_id, rater=Rater.YOUNG_AUDITORS, level=_level(level),
            opened=seen,
        )  # fmt: skip


def _mark(one: ToMark) -> str:
    """Return the mark that is saved, as the form sends it; "" where there is none."""
    if not one.marked:
        return ""
    return NOT_LOOKED if one.level is None else str(one.level)


def _level(mark: str) -> int | None:
    return int(mark) if mark.isdecimal() else None


def _number(typed: str) -> int:
    ours = typed.isdecimal() and typed.isascii() and len(typed) <= MOST_DIGITS
    return int(typed) if ours else 0


ROUTES = [Route(HERE, auditor, methods=["GET", "POST"])]
