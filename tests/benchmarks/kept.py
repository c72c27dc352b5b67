"""What a database has of the cards that phones sent, compared with what they were shown."""

from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import sqlalchemy as sa

from coprod_data.models import CardEntry, Consent, EntryVersion, Event
from coprod_data.permissions import NotFound
from coprod_data.store.actors import ByCode
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.events import EventKind
from tests.benchmarks.phones import Card

AT_ONCE = 4  # a card code is slow to check, on purpose


@dataclass(frozen=True)
class Kept:
    """What is wrong, in numbers. Whole means it has one event, one version and the consent that was
    given.
    """

    acknowledged: int
    lost: int  # a code was shown, and there is no entry of these words
    doubled: int  # entries of the same words beyond the first
    not_whole: int
    codes_astray: int  # codes that open nothing, or another entry, and second codes of one card


def count_kept(database: Database, cards: Sequence[Card]) -> Kept:
    """Compare every acknowledged card with the rows, and open each by its code."""
    acknowledged = [card for card in cards if card.codes]
    with database.engine.connect() as connection:
        rows = connection.execute(
            sa.select(EntryVersion.thinks, EntryVersion.entry_id, EntryVersion.number)
        ).all()
        entries = Counter(connection.scalars(sa.select(CardEntry.id)))
        sent = sa.select(Event.subject_id).where(Event.kind == EventKind.ENTRY_SENT)
        events = Counter(subject or 0 for subject in connection.scalars(sent))
        consents = Counter(
            connection.scalars(sa.select(Consent.entry_id).where(Consent.use == ConsentUse.BOARD))
        )
    by_words: dict[str, set[int]] = {}
    for words, entry_id, _ in rows:
        by_words.setdefault(words or "", set()).add(entry_id)
    versions = Counter(entry_id for _, entry_id, _ in rows)
    every_id = set(entries) | set(versions) | set(events) | set(consents)
    return Kept(
        acknowledged=len(acknowledged),
        lost=sum(card.words not in by_words for card in acknowledged),
        doubled=sum(len(ids) - 1 for ids in by_words.values()),
        not_whole=sum(
            {part[entry_id] for part in (entries, versions, events, consents)} != {1}
            for entry_id in every_id
        ),
        codes_astray=_astray(database, acknowledged, by_words),
    )


def _astray(database: Database, cards: Iterable[Card], by_words: dict[str, set[int]]) -> int:
    def opens_its_own(card: Card) -> bool:
        [code, *more] = card.codes
        try:
            with database.reading(ByCode(code)) as (_, actor):
                return not more and {actor.entry_id} == by_words.get(card.words)
        except NotFound:
            return False

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(not opened for opened in pool.map(opens_its_own, cards))
