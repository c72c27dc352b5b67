"""Texts of staff about one young person's words: everything on the chain of their entry."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    CardEntry,
    EntrySummary,
    EntryVersion,
    Reply,
    Rewording,
    SafeguardingHold,
)
from coprod_data.models.base import Row
from coprod_data.permissions import Actor
from coprod_data.rules.own_words import letters_of
from coprod_data.rules.statements import statement
from coprod_data.scopes.entries import may_open
from coprod_data.scopes.staff_texts_chain import rows_of_chain
from coprod_data.vocabulary.rewordings import TextPlace

READ_OF_A_PLACE = 2_000  # newest texts that are read to see how common a word is

OF_ENTRY: dict[TextPlace, Any] = {TextPlace.REPLY: Reply, TextPlace.SUMMARY: EntrySummary}

TextKey = tuple[TextPlace, int]

_MODELS: dict[str, Any] = {row.__tablename__: row for row in Row.__subclasses__()}


@dataclass(frozen=True)
class StaffText:
    """One text of staff and where it is."""

    place: TextPlace
    row_id: int
    text: str

    @property
    def logged_as(self) -> str:
        """The name by which the log keeps this text."""
        return logged_as(self.place, self.row_id)


def logged_as(place: TextPlace, row_id: int) -> str:
    """Return the name by which the log keeps a text of staff."""
    return f"{place.table}:{row_id}.{place.column}"


def model_of(place: TextPlace) -> Any:
    """Return the class of the rows that hold the texts of a place."""
    return _MODELS[place.table]


def column_of(place: TextPlace) -> Any:
    """Return the column that holds the texts of a place."""
    return getattr(_MODELS[place.table], place.column)


def texts_of_chain(db: Session, entry: CardEntry) -> list[StaffText]:
    """Return every text of staff that may repeat an entry's words.

    The chain is the entry's card and theme, and everything linked to them: replies and summaries on
    the card, answers, opportunities, invitations, outcomes, actions, and audit returns that an
    opportunity came from.
    """
    rows = rows_of_chain(entry)
    found = []
    for table, which in rows.items():
        places = [place for place in TextPlace if place.table == table]
        model = _MODELS[table]
        for row in db.execute(sa.select(model.id, *map(column_of, places)).where(which)):
            found += [
                StaffText(place, row[0], text)
                for place, text in zip(places, row[1:], strict=True)
                if text
            ]
    return found


def texts_at(db: Session, keys: Iterable[TextKey]) -> list[StaffText]:
    """Return the texts that are in these places and rows now."""
    rows: dict[TextPlace, set[int]] = {}
    for place, row_id in keys:
        rows.setdefault(place, set()).add(row_id)
    found = []
    for place, ids in sorted(rows.items()):
        model = model_of(place)
        texts = db.execute(sa.select(model.id, column_of(place)).where(model.id.in_(ids)))
        found += [StaffText(place, row_id, text) for row_id, text in texts if text]
    return found


def may_open_its_entry(actor: Actor) -> sa.ColumnElement[bool]:
    """Return the condition that a waiting text belongs to no entry which may be about this person.

    A reply and a summary belong to an entry, which may be another than the one whose words left.
    """
    its = aliased(CardEntry)
    shut = [
        sa.and_(
            Rewording.place == place,
            Rewording.row_id.in_(
                sa.select(row.id).join(its, its.id == row.entry_id).where(~may_open(actor, its))
            ),
        )
        for place, row in OF_ENTRY.items()
    ]
    return ~sa.or_(*shut)


def words_not_out(db: Session) -> Iterator[str | None]:
    """Give one by one the texts that were out, and that nobody may read now: taken in, or held."""
    return (text for row in db.execute(_not_out()) for text in row)


@statement
def _not_out() -> sa.Select[str | None, str | None]:
    one, held = CardEntry, sa.select(SafeguardingHold.entry_id).filter_by(closed_at=None)
    # Each part by its own index; in one condition the engine would read every entry.
    which = sa.union(
        held,
        sa.select(one.id).where(one.about_id.is_not(None), one.about_id.in_(held)),
        sa.select(one.id).where(
            one.dealt_at.is_(None), one.withdrawn_at.is_(None), one.released_at.is_(None)
        ),
    )
    return (
        sa.select(EntryVersion.thinks, EntryVersion.wants)
        .join(one, one.id == EntryVersion.entry_id)
        .where(one.id.in_(which), one.place.is_not(None))
    )


def texts_with(db: Session, words: Collection[str], most: int) -> dict[str, set[TextKey]]:
    """Return for each of these words, given as letters, the texts of staff that hold it.

    More than `most` are not told. The texts are read once, the newest first, and of each place no
    more than `READ_OF_A_PLACE`: in a larger council a word may seem rarer than it is, never more
    common.
    """
    found: dict[str, set[TextKey]] = {word: set() for word in words}
    wanted = set(found)
    for place in TextPlace:
        model, column = model_of(place), column_of(place)
        newest = (
            sa.select(model.id, column)
            .where(column.is_not(None), column != "")
            .order_by(model.id.desc())
            .limit(READ_OF_A_PLACE)
        )
        if not wanted:
            break
        for row_id, text in db.execute(newest):
            for word in wanted.intersection(letters_of(text)):
                found[word].add((place, row_id))
                if len(found[word]) > most:
                    wanted.discard(word)
    return found
