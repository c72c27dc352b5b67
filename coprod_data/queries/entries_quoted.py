"""Texts of staff that wait because they repeat a young person's words, for Youth Voice only."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, PromiseTheme, ReportCard, Rewording
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import after_working_days
from coprod_data.rules.own_words import joined
from coprod_data.scopes.duty import hours_in
from coprod_data.scopes.entries import may_open
from coprod_data.scopes.rewordings import hidden_from, ways_back
from coprod_data.scopes.settings import settings
from coprod_data.scopes.staff_texts import column_of, may_open_its_entry
from coprod_data.vocabulary.rewordings import TextEnd, TextPlace
from coprod_data.vocabulary.settings import DUTY_HOURS, SettingKey

LONGEST_LIST = 200
FOR_SAFEGUARDING = "[words for safeguarding]"


@dataclass(frozen=True)
class WaitingText:
    """A text that waits for other words, by `due`; `longest` is how long the new one may be."""

    id: int
    place: TextPlace
    entry_id: int
    theme: str
    icon: str
    since: datetime
    due: datetime
    late: bool
    signed: bool
    longest: int | None


@dataclass(frozen=True)
class QuotedText:
    """A text that waits, in pieces: each with whether it is the young person's own words.

    `back` are the ways in which it may be put back as it was. `on_hold` says that words of it are,
    and this reader may not read them: `FOR_SAFEGUARDING` is in their place.
    """

    row: WaitingText
    pieces: tuple[tuple[str, bool], ...]
    back: frozenset[TextEnd]
    on_hold: bool = False


def texts_to_reword(db: Session, actor: Actor) -> list[WaitingText]:
    """Return the texts that wait for other words, without the texts, the longest wait first."""
    actor.must(Permission.TEXTS_REWORD)
    return [row for row, _ in _rows(db, actor)]


def text_to_reword(db: Session, actor: Actor, rewording_id: int) -> QuotedText:
    """Return one text that waits, to be read. Raises NotFound."""
    actor.must(Permission.TEXTS_REWORD)
    for row, waiting in _rows(db, actor, Rewording.id == rewording_id):
        hidden = hidden_from(db, actor, waiting)
        ways = frozenset() if hidden else ways_back(db, waiting)
        return QuotedText(row, _pieces(waiting, hidden), ways, bool(hidden))
    raise NotFound("This text is not waiting any more.")


def _rows(
    db: Session, actor: Actor, *which: sa.ColumnElement[bool]
) -> list[tuple[WaitingText, Rewording]]:
    targets = settings(db, SettingKey.READ_WORKING_DAYS, *DUTY_HOURS)
    rows = db.execute(
        sa.select(Rewording, PromiseTheme.title, PromiseTheme.icon)
        .join(CardEntry, CardEntry.id == Rewording.entry_id)
        .join(ReportCard, ReportCard.id == CardEntry.report_card_id)
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .where(Rewording.settled_at.is_(None), may_open(actor), may_open_its_entry(actor), *which)
        .order_by(Rewording.since, Rewording.id)
        .limit(LONGEST_LIST)
    )
    found = []
    for row in rows:
        waiting: Rewording = row.Rewording
        due = after_working_days(
            waiting.since, targets[SettingKey.READ_WORKING_DAYS], hours_in(targets)
        )
        told = WaitingText(
            id=waiting.id,
            place=waiting.place,
            entry_id=waiting.entry_id,
            theme=row.title,
            icon=row.icon,
            since=waiting.since,
            due=due,
            late=due < actor.at,
            signed=waiting.place.table == "outcome",
            longest=column_of(waiting.place).type.length,
        )
        found.append((told, waiting))
    return found


def _pieces(waiting: Rewording, hidden: list[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    text, at = waiting.text or "", 0
    pieces: list[tuple[str, bool]] = []
    for start, end in joined([*map(tuple, waiting.spans), *hidden]):
        is_hidden = any(start < last and first < end for first, last in hidden)
        theirs = FOR_SAFEGUARDING if is_hidden else text[start:end]
        pieces += [(text[at:start], False), (theirs, True)]
        at = end
    pieces.append((text[at:], False))
    return tuple(piece for piece in pieces if piece[0])
