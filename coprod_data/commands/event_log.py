"""record(): one event for one change, read from what a command really touched.

A listener collects every column that a flush is about to write. `record` turns what was collected
into one event. A commit that would leave something unrecorded is refused.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from secrets import token_bytes
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, UOWTransaction

from coprod_data.commands.left_words import (
    refuse_left_words,
    refuse_unread_words,
    refuse_words_for_the_board,
)
from coprod_data.commands.quotes_steps import keep_quotes
from coprod_data.commands.rewordings import stop_rewording
from coprod_data.models import (
    Base,
    Event,
    EventText,
    Rewording,
)
from coprod_data.permissions import Actor, ActorKind, Invalid
from coprod_data.rules.own_words import RARE, letters_of, own_words_in, repeats, runs_of
from coprod_data.scopes.staff_texts import texts_with, words_not_out
from coprod_data.store.keys import Keys
from coprod_data.store.row_digests import (
    GONE,
    UNTOLD_COLUMNS,
    UNTOLD_TABLES,
    digest,
    row_name,
    written,
)
from coprod_data.store.staff_runs import index_runs
from coprod_data.store.wiping import owe_wiping
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.rewordings import BEING_REWORDED, NOT_WRITTEN, TextEnd, TextPlace

UNLOGGED_TABLES: tuple[type[Base], ...] = tuple(
    mapper.class_
    for mapper in Base.registry.mappers
    if str(mapper.local_table.description) in UNTOLD_TABLES
)
UNLOGGED_COLUMNS = frozenset({"id", "salt", "password_hash", "token_hash"}) | UNTOLD_COLUMNS
IDENTIFYING_COLUMNS = frozenset({"form_hash", "code_hash", "code_key", "language"})
_PLACES = frozenset(TextPlace)
_ANYBODY_READS = _PLACES - {TextPlace.REPLY, TextPlace.SUMMARY}  # those: their author

_Gathered = tuple[Base, str, Any, Any]
_Text = tuple[str, str | None, bytes]  # beside an event: its field, itself and its salt
_Columns = tuple[tuple[str, str], ...]  # of a table: its name and the attribute's


@dataclass(frozen=True)
class _Kept:
    """What the log keeps of the rows of a class: columns it tells of, and all a digest covers."""

    told: tuple[str, ...]
    beside: frozenset[str]  # changed, they tell nothing but make another digest
    digested: _Columns


class Unrecorded(RuntimeError):
    """A command changed something and recorded no event for it."""


def record(
    db: Session,
    actor: Actor,
    kind: EventKind,
    subject: Base | None,
    *,
    on_behalf: str | None = None,
    **facts: int | str | None,
) -> Event:
    """Write one event about `subject` with all that changed since the last one.

    `facts` are further ids or closed-list values; never free text. Returns the event. A new text in
    the place of one that is being reworded ends its wait. Raises Invalid when a text of staff holds
    a young person's own words that were out and may not be read now, or that left in the last
    hours, or that its writer has read in the team and the Board may not, or that only the Board may
    read and young people read the text.
    """
    db.flush()
    changes: dict[str, Any] = {}
    texts: list[_Text] = []
    gathered = _drain(db)
    rows = {id(row): (row, _name(row)) for row, _, _, _ in gathered}
    for row, column, old, new in gathered:
        if old is None and new is None:
            continue
        name = f"{rows[id(row)][1]}.{column}"
        if _is_text(row, column):
            text = None if new is None else str(new)
            texts.append((name[:80], text, token_bytes(16)))
            if (place := f"{row.__tablename__}.{column}") in _PLACES:
                _look_through(db, actor, kind, row, TextPlace(place), old, new)
        else:
            changes[name] = [_plain(old), _plain(new)]
    changes.update(facts)
    event = Event(
        at=actor.at,
        recorded_at=actor.recorded_at,
        actor_kind=actor.kind,
        actor_id=actor.entry_id if actor.kind is ActorKind.CARD_CODE else actor.person_id,
        on_behalf=on_behalf,
        kind=kind,
        subject_type=subject.__tablename__ if subject is not None else "",
        subject_id=getattr(subject, "id", None),
        changes=changes,
        digests=_digests(db.info["keys"], rows.values(), texts),
    )
    db.add(event)
    db.flush()
    if texts:
        db.add_all(
            EventText(
                event_id=event.id, field=field, text=text, salt=None if text is None else salt
            )
            for field, text, salt in texts
        )
        db.flush()
    return event


def _digests(keys: Keys, rows: Iterable[tuple[Base, str]], texts: Iterable[_Text]) -> str:
    """Return the digests of rows as they are now, and of texts beside their event."""
    secret = keys.newest.of_rows
    made = []
    for row, name in rows:
        if sa.inspect(row).deleted:
            made.append((name, GONE))
            continue
        values = row.__dict__
        columns = [
            (column, values[key] if key in values else getattr(row, key))
            for column, key in _kept(type(row)).digested
        ]
        made.append((name, digest(secret, name, columns)))
    for field, text, salt in texts:
        if text is not None:
            name = row_name("event_text", [field])
            made.append((name, digest(secret, name, [("salt", salt), ("text", text)])))
    return written(keys, made)


def record_if_changed(db: Session, actor: Actor, kind: EventKind, subject: Base) -> None:
    """Write one event, as `record` does, unless nothing got another value: saving is no change."""
    db.flush()
    if db.info.get("gathered"):
        record(db, actor, kind, subject)


def _settle_rewording(db: Session, actor: Actor, row: Any, place: TextPlace, text: str) -> None:
    def rare(words: Iterable[str]) -> bool:
        found = texts_with(db, letters_of(" ".join(words)), RARE)
        return any(len(texts - {(place, row.id)}) < RARE for texts in found.values())

    for waiting in db.scalars(
        sa.select(Rewording).where(
            Rewording.place == place, Rewording.row_id == row.id, Rewording.settled_at.is_(None)
        )
    ):
        runs = runs_of((waiting.text or "")[start:end] for start, end in waiting.spans)
        if own_words_in(text, runs, rare):
            raise Invalid(
                "A young person's own words are still in it. Say it in other words.",
                field=place.column,
            )
        waiting.settled_at, waiting.settled_by_id = actor.at, actor.person_id
        waiting.ending, waiting.text, waiting.spans = TextEnd.REWORDED, None, []
        owe_wiping(db, actor.at)


def _look_through(
    db: Session,
    actor: Actor,
    kind: EventKind,
    row: Any,
    place: TextPlace,
    old: str | None,
    new: str | None,
) -> None:
    """Look through a text of staff for words of young people that may not be there."""
    if old == BEING_REWORDED and new:
        _settle_rewording(db, actor, row, place, new)
    elif old == BEING_REWORDED:
        stop_rewording(db, actor, [(place, row.id)])  # its row has gone, or it was left empty
    index_runs(db, place, row.id, old, new)
    if kind is EventKind.TEXT_PUT_BACK:
        return
    text = keep_quotes(db, row, place, old, new)
    if not text or text in NOT_WRITTEN:
        return
    refuse_left_words(db, actor, row, place, text)
    refuse_unread_words(db, actor, row, place, text)
    refuse_words_for_the_board(db, actor, row, place, text)
    if place in _ANYBODY_READS and repeats(text, words_not_out(db)):
        raise Invalid(
            "A young person's own words are in it, and nobody may use them now. "
            "Say it in other words.",
            field=place.column,
        )


@cache
def _kept(table: type[Base]) -> _Kept:
    columns = {one.key: one.columns[0].name for one in sa.inspect(table).column_attrs}
    untold = UNLOGGED_COLUMNS | table.unlogged
    digested = sorted((name, key) for key, name in columns.items() if name not in UNTOLD_COLUMNS)
    return _Kept(
        told=tuple(key for key in columns if key not in untold),
        beside=frozenset(columns) & untold - UNTOLD_COLUMNS,
        digested=tuple(digested),
    )


def _gather(db: Session, _context: UOWTransaction, _instances: Any) -> None:
    gathered: list[_Gathered] = db.info.setdefault("gathered", [])
    for row in db.new:
        if isinstance(row, Base) and not isinstance(row, UNLOGGED_TABLES):
            # A default that was never set by hand is in no history, but it is the value in the row.
            gathered += [(row, key, None, getattr(row, key)) for key in _kept(type(row)).told]
    for row in db.deleted:
        if isinstance(row, Base) and not isinstance(row, UNLOGGED_TABLES):
            gathered += [(row, key, getattr(row, key), None) for key in _kept(type(row)).told]
    for row in db.dirty:
        if isinstance(row, Base) and not isinstance(row, UNLOGGED_TABLES):
            gathered += _changed(row)


def _changed(row: Base) -> Iterator[_Gathered]:
    state = sa.inspect(row)
    if row.salted and all(getattr(row, text) is None for text in row.salted):
        row.salt = None  # type: ignore[attr-defined]
    kept = _kept(type(row))
    for key in (*kept.told, *kept.beside):
        if key not in state.committed_state:
            continue
        history = state.attrs[key].history
        old = history.deleted[0] if history.deleted else None
        new = history.added[0] if history.added else None
        if history.has_changes() and old != new:
            yield (row, key, None, None) if key in kept.beside else (row, key, old, new)


def _drain(db: Session) -> list[_Gathered]:
    """Take what was gathered; of a column written twice, what it was at first and is at last."""
    drained: dict[tuple[int, str], _Gathered] = {}
    for row, column, old, new in db.info.pop("gathered", []):
        first = drained.get((id(row), column))
        drained[id(row), column] = (row, column, first[2] if first else old, new)
    return list(drained.values())


def _refuse_unrecorded(db: Session) -> None:
    db.flush()
    left = db.info.get("gathered", [])
    if left:
        row, column, _, _ = left[0]
        raise Unrecorded(f"{row.__tablename__}.{column} was changed without an event.")


def _forget(db: Session) -> None:
    db.info.pop("gathered", None)


def _name(row: Base) -> str:
    return row_name(row.__tablename__, sa.inspect(row).identity or ())


def _is_text(row: Base, column: str) -> bool:
    if column in IDENTIFYING_COLUMNS:
        return False
    kind = row.__table__.c[column].type
    if isinstance(kind, sa.JSON):
        return column not in {"flags", "hints"}
    return isinstance(kind, sa.String) and not isinstance(kind, sa.Enum)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


sa.event.listen(Session, "before_flush", _gather)
sa.event.listen(Session, "before_commit", _refuse_unrecorded)
sa.event.listen(Session, "after_rollback", _forget)
