"""The full-text index of released words, kept in the transaction that releases or takes back.

One row a released entry, known by its `place`. What may be found is asked of the release gate when
somebody searches; this index alone opens nothing.
"""

import re
import unicodedata

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

LONGEST_WORD = 40
MOST_WORDS_ASKED = 12

_WORD = re.compile(r"[^\W_]+")


def index_words(db: Session, place: int, *texts: str | None) -> None:
    """Make the words released at this place findable, in place of what was there."""
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
        # What FTS5 deletes it keeps in older segments until all of them are merged into one.
        db.execute(sa.text("INSERT INTO released_text (released_text) VALUES ('optimize')"))


def places_matching(db: Session, typed: str) -> sa.Select[int]:
    """Return the places whose words begin with each of the words typed; capitals and accents
    make no difference. Nothing typed finds nothing.
    """
    table, key = _table(db)
    words = _words(typed)[:MOST_WORDS_ASKED]
    if not words:
        return sa.select(key).where(sa.false())
    if _is_sqlite(db):
        return sa.select(key).where(
            table.c.words.op("MATCH")(" ".join(f'"{word}"*' for word in words))
        )
    asked = sa.cast(" & ".join(f"'{word}':*" for word in words), TSQUERY)
    return sa.select(key).where(table.c.words.op("@@")(asked))


def _words(text: str) -> list[str]:
    spelt = unicodedata.normalize("NFKD", text.casefold())
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
