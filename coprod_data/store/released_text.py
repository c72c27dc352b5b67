"""The full-text index of released words, updated in the transaction that releases or takes back.

It has one row for each released entry, known by its `place`. The release gate decides at each
search what may be found; being in this index is not enough.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry
from coprod_data.rules.letters import normal

LONGEST_WORD = 40
MOST_WORDS_ASKED = 12
RUNS_ASKED = 100  # in one statement
WINDOW, WIDER = 10_000, 100_000  # how many of the newest places PostgreSQL searches first

_WORD = re.compile(r"[^\W_]+")


def index_words(db: Session, place: int, *texts: str | None) -> None:
    """Make the words released at this place findable, replacing any there before."""
    forget_words(db, [place])
    words = [word for text in texts for word in _words(text or "")]
    table, key = _table(db)
    value = (
        sa.literal(" ".join(words))
        if _is_sqlite(db)
        else sa.func.array_to_tsvector(sa.literal(sorted(set(words)), sa.ARRAY(sa.Text)))
    )
    db.execute(table.insert().values({key: place, table.c.words: value}))


def forget_words(db: Session, places: list[int]) -> None:
    """Make the words of these places unfindable, and leave no trace of them in the index."""
    table, key = _table(db)
    kept = sa.select(sa.func.count()).select_from(table).where(key.in_(places))
    if not places or not db.scalar(kept):
        return
    db.execute(table.delete().where(key.in_(places)))
    if _is_sqlite(db):
        # FTS5 keeps deleted words in older segments until all segments are merged into one.
        db.execute(sa.text("INSERT INTO released_text (released_text) VALUES ('optimize')"))


def newest_places(
    db: Session, typed: str, readable: sa.ColumnElement[bool], *, limit: int
) -> list[int]:
    """Return the newest places, newest first, whose words begin with each of the words typed.

    `readable` is the release gate's condition on CardEntry for this reader; the entry of each place
    passes it. Capitals and accents make no difference. An empty search finds nothing.
    """
    words = _words(typed)[:MOST_WORDS_ASKED]
    if not words:
        return []
    table, key = _table(db)
    if _is_sqlite(db):
        beginnings = " ".join(f'"{word}"*' for word in words)
        matches = sa.literal_column("released_text").op("MATCH")(beginnings)
        # In order of row number, newest first, the index gives places one by one until there are
        # enough.
        return _first_readable(db, table, key, matches, readable, limit)
    asked = sa.cast(" & ".join(f"'{word}':*" for word in words), TSQUERY)
    # PostgreSQL uses either the index by place, which is quick for common words, or the index of
    # words, which is quick for rare ones. The number found among the newest places shows whether a
    # wider search among the newest will find enough.
    for newest in (WINDOW, WIDER):
        window = sa.select(key, table.c.words).order_by(key.desc()).limit(newest).subquery()
        matches = window.c.words.op("@@")(asked)
        recent = _first_readable(db, window, window.c.place, matches, readable, limit)
        if len(recent) == limit:
            return recent
        if len(recent) * WIDER < limit * newest:
            break
    found = sa.select(key).where(table.c.words.op("@@")(asked)).cte().prefix_with("MATERIALIZED")
    return _first_readable(db, found, found.c.place, sa.true(), readable, limit)


def places_saying(
    db: Session, runs: Sequence[str], readable: sa.ColumnElement[bool], *, limit: int
) -> list[int]:
    """Return the newest places whose words may hold one of these runs of words, newest first.

    They have all words of one run; whether in a row, the caller looks. `readable` is as above. Only
    the newest places are searched, so that the time it takes does not grow.
    """
    said = [words for run in runs if (words := _words(run))]
    table, key = _table(db)
    last = sa.select(sa.func.coalesce(sa.func.max(CardEntry.place), 0)).scalar_subquery()
    found: set[int] = set()
    for at in range(0, len(said), RUNS_ASKED):
        asked = said[at : at + RUNS_ASKED]
        if _is_sqlite(db):
            ways = (" AND ".join(f'"{word}"' for word in words) for words in asked)
            matches = sa.literal_column("released_text").op("MATCH")(_any_of(ways, " OR "))
        else:
            ways = (" & ".join(f"'{word}'" for word in words) for words in asked)
            matches = table.c.words.op("@@")(sa.cast(_any_of(ways, " | "), TSQUERY))
        newest = sa.and_(key > last - WINDOW, matches)
        found.update(_first_readable(db, table, key, newest, readable, limit))
    return sorted(found, reverse=True)[:limit]


def _any_of(ways: Iterable[str], by: str) -> str:
    return by.join(f"({way})" for way in ways)


def _first_readable(
    db: Session,
    places: sa.FromClause,
    place: sa.ColumnElement[int],
    matches: sa.ColumnElement[bool],
    readable: sa.ColumnElement[bool],
    limit: int,
) -> list[int]:
    allowed = sa.exists().where(CardEntry.place == place, readable).correlate(places)
    return list(
        db.scalars(
            sa.select(place)
            .select_from(places)
            .where(matches, allowed)
            .order_by(place.desc())
            .limit(limit)
        )
    )


def _words(text: str) -> list[str]:
    spelt = normal("NFKD", text.casefold())
    plain = "".join(letter for letter in spelt if not unicodedata.combining(letter))
    return [word[:LONGEST_WORD] for word in _WORD.findall(plain)]


def _is_sqlite(db: Session) -> bool:
    return db.get_bind().dialect.name == "sqlite"


def _table(db: Session) -> tuple[sa.TableClause, sa.ColumnElement[int]]:
    key: sa.ColumnClause[int] = sa.column("rowid" if _is_sqlite(db) else "place", sa.Integer)
    table = sa.table(
        "released_text", key, sa.column("words", TSVECTOR().with_variant(sa.Text(), "sqlite"))
    )
    return table, table.c[key.name]
