"""The council while it is being played: what its sheets have named so far, with its number."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import sent_before
from coprod_data.files.csv_in import Row
from coprod_data.permissions import Actor
from coprod_data.store.actors import Played, actor_for
from coprod_data.vocabulary.heard import HeardGroup

CARD = "card:"


def form_id(entry: str) -> str:
    """Return the fixed form id of an entry, so that its card code is the same in any year."""
    return "invented-" + re.sub(r"[^a-z0-9-]+", "-", entry.lower())


def groups_said(row: Row) -> frozenset[HeardGroup]:
    """Return the broad groups of the cell `heard`. Raises SheetRefused."""
    said = row["heard"] or ()
    if unknown := set(said) - set(HeardGroup):
        raise row.refused("heard", f"write one of: {', '.join(HeardGroup)}, not {min(unknown)}.")
    return frozenset(map(HeardGroup, said))


@dataclass
class Council:
    """One transaction in which sheets are played. Every account has the same `password_hash`."""

    db: Session
    now: datetime
    password_hash: str
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def name(self, kind: str, name: str, number: int) -> None:
        """Remember the number of something that later rows refer to by name."""
        self.numbers[kind, name] = number

    def number(self, row: Row, column: str, kind: str = "") -> int:
        """Return the number of what a cell names. Raises SheetRefused."""
        name = row[column]
        if name is None:
            raise row.refused(column, "this step needs this cell.")
        return self.number_of(row, column, kind or column, name)

    def number_of(self, row: Row, column: str, kind: str, name: str) -> int:
        """Return the number of a named thing that a cell refers to. Raises SheetRefused."""
        if (kind, name) not in self.numbers:
            raise row.refused(column, f'there is no {kind} "{name}" yet on that day.')
        return self.numbers[kind, name]

    def name_words(self, row: Row) -> None:
        """Remember which entry the words with a choice became, if there were any."""
        if row["words_as"] is None:
            return
        entry = sent_before(self.db, form_id(row["words_as"]))
        if entry is None:
            raise row.refused("words_as", "no words of a young person were kept here.")
        self.name("entry", row["words_as"], entry.id)

    def actor(self, row: Row) -> Actor:
        """Return the person who did what a row says, on its day. Raises SheetRefused, NotFound."""
        by, at = row["by"], row["on"]
        if by == "public":
            who = Played(None, at)
        elif by.startswith(CARD):
            entry = self.number_of(row, "by", "entry", by.removeprefix(CARD))
            who = Played(None, at, entry)
        else:
            who = Played(by, at)
        return actor_for(self.db, who, self.now, [])


Step = Callable[[Council, Actor, Row], None]
Steps = dict[tuple[str, str | None], Step]
