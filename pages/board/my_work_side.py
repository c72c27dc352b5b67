"""Beside what waits on My work: whom its reader waits for, answers, the cards, what they did."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coprod_data.permissions import Actor, Permission
from coprod_data.queries.events_of import UndoRow, undoable
from coprod_data.queries.report_cards import CardPage, report_cards
from coprod_data.queries.work_decided import DecidedRow, decided_lately
from coprod_data.queries.work_lately import LatelyRow, done_lately
from coprod_data.rules.clocks import london_day
from coprod_data.vocabulary.events import EventKind
from pages.parts.times import on
from pages.shared.work_rows import WorkRow

A_FEW = 3
DID = {
    EventKind.ACTION_UPDATED: "You updated it",
    EventKind.ACTION_MOVED: "You changed its stage",
    EventKind.ACTION_HELD: "You put it on hold",
    EventKind.ACTION_TAKEN_UP: "You took it up again",
    EventKind.ACTION_UNDONE: "You undid your last change",
    EventKind.MILESTONE_MET: "You recorded a milestone as met",
}

Part = dict[str, object]


@dataclass(frozen=True)
class Undo:
    """What the reader did last, today, and may still undo; `of` is the title of its action."""

    action_id: int
    of: str
    last: UndoRow


def beside(db: Any, actor: Actor, others: Sequence[WorkRow]) -> tuple[list[Part], Undo | None]:
    """Return the parts that have something in them, for `work_side.html`; and what to undo."""
    linked = actor.may(Permission.REPORT_CARDS_READ_LINKED)
    cards = report_cards(db, actor) if linked else None
    lately = done_lately(db, actor) if actor.may(Permission.ACTIONS_UPDATE_OWN) else []
    today = lately[:1] if lately and lately[0].on == london_day(actor.at) else []
    undo = next(
        (
            Undo(one.action_id, one.title, last)
            for one in today
            if (last := undoable(db, actor, one.action_id))
        ),
        None,
    )
    proposes = actor.may(Permission.ACTIONS_PROPOSE)
    decided = decided_lately(db, actor) if proposes else []
    parts = [
        _others(others), _decided(decided), _cards(cards) if cards else None, _lately(lately)
    ]  # fmt: skip
    return [part for part in parts if part and part["rows"]], undo


def _others(rows: Sequence[WorkRow]) -> Part:
    return {
        "title": "Waiting for others",
        "count": len(rows),
        "rows": [
            {"title": row.title, "detail": row.detail, "word": row.wait, "href": row.href}
            for row in rows
        ],
        "more": None,
    }


def _decided(rows: Sequence[DecidedRow]) -> Part:
    return {
        "title": "What the chair decided",
        "count": len(rows),
        "rows": [
            {
                "title": one.title,
                "detail": f"{one.by} {one.decided.words} on {on(one.on)}"
                + (f": {one.why}" if one.why else "."),
                "word": "",
                "href": f"/actions?action={one.action_id}",
            }
            for one in rows
        ],
        "more": None,
    }


def _cards(page: CardPage) -> Part:
    rows = [
        {
            "title": one.title,
            "detail": one.young_theme if one.voices else "No words released yet",
            "word": _entries(one.voices),
            "href": f"/report_cards?id={one.id}",
        }
        for one in page.cards[:A_FEW]
    ]
    more = (f"All {page.total} cards", "/report_cards") if page.total > A_FEW else None
    return {"title": "Cards your work comes from", "count": page.total, "rows": rows, "more": more}


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries" if count else ""


def _lately(rows: Sequence[LatelyRow]) -> Part:
    return {
        "title": "Your last seven days",
        "count": "",
        "rows": [
            {
                "title": one.title,
                "detail": f"{DID[one.did]} on {on(one.on)}",
                "word": "",
                "href": f"/actions?action={one.action_id}",
            }
            for one in rows
        ],
        "more": None,
    }
