"""On one printed side each: a service's audit return, and what came of what young people chose."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coprod_data.permissions import NotFound, Permission
from coprod_data.queries.audits_answers import AnswerRow, answers_of
from coprod_data.queries.audits_return import ReturnRow, audit_return
from coprod_data.queries.priorities import PriorityRow, priorities
from coprod_data.queries.surveys import SurveyRow, survey_round
from coprod_data.rules.clocks import day_words
from coprod_data.store import database
from coprod_data.store.actors import BySession
from coprod_data.vocabulary.audits import AuditLevel
from pages.parts.plain import MOST_DIGITS, in_thread, page, plain_page

SESSION = "x-coprod-session"  # only the wall sets it
MOST_SHOWN = 150  # characters of a text, so that eleven standards fit on one side


@plain_page
async def return_page(request: Request) -> Response:
    """Show a service's return on one side: each standard with last year beside it."""
    number = _number(request.path_params["number"])
    row, answers = await in_thread(_return, request.headers[SESSION], number)
    return await page(
        request, "audit_print.html", service=row.service, round=row.round,
        state=row.progress.words, due=day_words(row.due_on), answered=row.answered, whole=row.whole,
        rows=[_answer(one) for one in answers], back=f"/audits?return={row.id}",
    )  # fmt: skip


@plain_page
async def story_page(request: Request) -> Response:
    """Show each priority from finding to outcome on one side, all or those of one round."""
    of_round = request.query_params.get("round", "")
    number = _number(of_round) if of_round else None
    rows, about, sees = await in_thread(_story, request.headers[SESSION], number)
    return await page(
        request, "story_print.html", about=about and f"{about.survey}, {about.held_on.year}",
        rows=[_priority(row) for row in rows], sees=sees,
        back=f"/priorities?round={number}" if number else "/priorities",
    )  # fmt: skip


def _return(session: str, number: int) -> tuple[ReturnRow, list[AnswerRow]]:
    with database.reading(BySession(session)) as (db, actor):
        return audit_return(db, actor, number), answers_of(db, actor, number)


def _story(session: str, number: int | None) -> tuple[list[PriorityRow], SurveyRow | None, bool]:
    with database.reading(BySession(session)) as (db, actor):
        about = survey_round(db, actor, number) if number else None
        rows = priorities(db, actor, survey_id=number)
        return rows, about, actor.may(Permission.ACTIONS_READ)


def _answer(one: AnswerRow) -> dict[str, Any]:
    return {
        "standard": f"{one.reference} {one.short}",
        "last": "" if one.last_level is None else AuditLevel(one.last_level).words,
        "level": _level(one.level) if one.answered else "No answer yet",
        "evidence": _short(one.evidence) or ("No evidence" if one.level is not None else ""),
        "lacks": one.level is not None and not one.evidence,
        "plan": _short(one.plan),
        "young": "" if one.young_level is None else _level(one.young_level),
    }


def _priority(row: PriorityRow) -> dict[str, Any]:
    found = row.finding
    share = f"{found.percent}% " if found and found.percent is not None else ""
    return {
        "finding": f"{share}{found.indicator}" if found else "Not from a survey",
        "priority": row.title,
        "chosen": f"{row.chosen_how.words}, {row.chosen_on:%B %Y}",
        "met": row.met,
        **{
            name: [f"{one.title} ({one.words})" if one.words else one.title for one in rows]
            for name, rows in (
                ("meetings", row.sessions),
                ("opportunities", row.opportunities),
                ("actions", row.actions),
                ("outcomes", row.outcomes),
            )
        },
    }


def _level(level: int | None) -> str:
    return "Not looked at" if level is None else AuditLevel(level).words


def _short(text: str) -> str:
    """Return a text, cut at a word where it is too long for one side."""
    if len(text) <= MOST_SHOWN:
        return text
    return text[:MOST_SHOWN].rpartition(" ")[0] + " …"


def _number(typed: str) -> int:
    if not typed.isdecimal() or not typed.isascii() or len(typed) > MOST_DIGITS:
        raise NotFound("We could not find that.")
    return int(typed)


ROUTES = [Route("/print/audit/{number}", return_page), Route("/print/priorities", story_page)]
