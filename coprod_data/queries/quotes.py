"""What somebody is typing that a young person has said: it can be put in as a quote."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, EntryVersion
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.own_words import MANY, letters_of, words_of
from coprod_data.scopes.entries import may_open
from coprod_data.scopes.quotes import quotable, quotables, read_by
from coprod_data.scopes.quotes_chosen import chosen_entries
from coprod_data.store.released_text import places_saying
from coprod_data.vocabulary.rewordings import TextPlace

MOST_ENTRIES = 200  # that are looked through
MOST_OFFERED = 3


@dataclass(frozen=True)
class QuoteOffer:
    """Words of an entry in a text, from `start` to `end`, as shown; `chosen` as a quote or not."""

    entry_id: int
    words: str
    start: int
    end: int
    chosen: bool


def quotes_to_offer(
    db: Session,
    actor: Actor,
    form: str,
    about: str,
    name: str,
    typed: str,
    *,
    place: TextPlace,
    there: str = "",
) -> list[QuoteOffer]:
    """Return which words of a text can be put in as a quote, from its beginning to its end.

    Six or more words in a row of an entry that everybody who reads texts of this place may read.
    What was `there` before somebody typed is not asked about. Of entries that say the same the
    newest is named.
    """
    actor.must(Permission.DRAFTS_OWN)
    runs = list(_runs(typed, there))
    if not runs:
        return []
    may = sa.and_(quotable(read_by(actor, place, about)), may_open(actor))
    places = places_saying(db, runs, may, limit=MOST_ENTRIES)
    if not places:
        return []
    rows = db.execute(
        sa.select(CardEntry.id, EntryVersion)
        .join(EntryVersion, EntryVersion.id == CardEntry.released_version_id)
        .where(CardEntry.place.in_(places), may)
        .order_by(CardEntry.place.desc())
    )
    chosen = chosen_entries(db, actor, form, about, name)
    ordered = sorted(rows, key=lambda row: row.id not in chosen)  # those stay what they are
    offers: list[QuoteOffer] = []
    for entry_id, version in ordered:
        for one in quotables(typed, version):
            if all(one.end <= other.start or other.end <= one.start for other in offers):
                box = (version.wants if one.of_wants else version.thinks) or ""
                words = box[one.starts : one.ends]
                offers.append(QuoteOffer(entry_id, words, one.start, one.end, entry_id in chosen))
    return sorted(offers, key=lambda offer: offer.start)[:MOST_OFFERED]


def _runs(typed: str, there: str) -> Iterator[str]:
    """Give each six words in a row that were typed, and were not there before."""
    words, letters = words_of(typed), "".join(letters_of(there))
    for at in range(len(words) - MANY + 1):
        run = words[at : at + MANY]
        if "".join(word.letters for word in run) not in letters:
            yield typed[run[0].start : run[-1].end]
