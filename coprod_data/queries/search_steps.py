"""What reads of the search share: a hit, the condition that texts hold all words, plain reads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.permissions import Actor
from coprod_data.vocabulary.search import FoundKind

MOST_FOUND = 20  # of each kind

Text = sa.ColumnElement[Any] | Any
Read = Callable[[Session, Actor, list[str]], Iterator["Hit"]]


@dataclass(frozen=True)
class Hit:
    """A thing that was found; `id` is that of what is opened, for words their report card.

    `entry_id` is the words' own, for what their reader may do about them.
    """

    kind: FoundKind
    id: int
    title: str
    detail: str = ""
    entry_id: int | None = None


def holding(words: list[str], *texts: Text) -> sa.ColumnElement[bool]:
    """Return the condition that each word is somewhere in these texts; % and _ are letters."""
    return sa.and_(
        *(sa.or_(*(text.icontains(word, autoescape=True) for text in texts)) for word in words)
    )


def by_words(
    kind: FoundKind, noun: Any, title: Text, *more: Text, order: Text, detail: Callable[[Any], str]
) -> Read:
    """Return the read of a noun that everybody who may open its page reads whole."""

    def read(db: Session, _actor: Actor, words: list[str]) -> Iterator[Hit]:
        which = sa.select(noun).where(holding(words, title, *more))
        for row in db.scalars(which.order_by(order).limit(MOST_FOUND + 1)):
            yield Hit(kind, row.id, getattr(row, str(title.key)), detail(row))

    return read
