"""Rows of the index over released words, as `coprod_data/store/released_text.py` makes them."""

from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from coprod_data.store.released_text import _words

COLUMNS = {"sqlite": ("rowid", "words"), "postgresql": ("place", "words")}


class SearchRows:
    """What was released in a batch, by its place."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, list[str]]] = []

    def add(self, place: int, *texts: str | None) -> None:
        """Make the words released at a place findable."""
        self._rows.append(
            (place, [one for text in texts if text for word in text.split() for one in _part(word)])
        )

    def take(self, engine: str) -> list[tuple[Any, ...]]:
        """Return the rows in the engine's form, and forget them."""
        rows, self._rows = self._rows, []
        if engine == "sqlite":
            return [(place, " ".join(words)) for place, words in rows]
        return [
            (place, " ".join(f"'{word}'" for word in sorted(set(words)))) for place, words in rows
        ]


@lru_cache(50_000)
def _part(word: str) -> list[str]:
    # No word contains a space, so handling words one by one gives the words of the text.
    return _words(word)


def check_columns(connection: sa.Connection) -> None:
    """Raise RuntimeError if the index has other columns than those written here."""
    columns = {column["name"] for column in sa.inspect(connection).get_columns("released_text")}
    written = set(COLUMNS[connection.dialect.name]) - {"rowid"}
    if columns != written:
        raise RuntimeError(f"The index of released words has changed: it holds {sorted(columns)}.")
