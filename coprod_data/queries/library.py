"""The library as it is read: its items, what each is there as, and a file to be sent."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import LibraryFile, LibraryItem, LibraryTie, Person
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.library import LibraryPlan
from coprod_data.scopes.library import FORMATS, tied_to
from coprod_data.vocabulary.library import LibraryFormat, LibraryKind, LibraryState

GONE = "We could not find that file."


@dataclass(frozen=True, kw_only=True)
class FormatRow:
    """A format of an item: a file with its ending, or a link."""

    id: int
    format: LibraryFormat
    ending: str
    link: str
    kept_at: datetime


@dataclass(frozen=True, kw_only=True)
class LibraryRow:
    """An item. `overdue`: it is published, and was to be looked at again before today.

    `may_change` and `may_publish` say what its reader may do with it as it is now.
    """

    id: int
    title: str
    plan: LibraryPlan
    keeper: str
    keeper_gone: bool
    state: LibraryState
    why_withdrawn: str
    formats: tuple[FormatRow, ...]
    overdue: bool
    may_change: bool
    may_publish: bool

    @property
    def keeper_named(self) -> str:
        """The name of who keeps it, and that they have left if they have."""
        return f"{self.keeper} (has left)" if self.keeper_gone else self.keeper

    @property
    def shown(self) -> dict[str, Any]:
        """What its page shows, for who lets it out."""
        formats = tuple((one.format.value, one.kept_at) for one in self.formats)
        return {**self.plan.values, FORMATS: formats}


@dataclass(frozen=True)
class FileToSend:
    """A file of an item, with the title and format to name it by."""

    title: str
    format: LibraryFormat
    ending: str
    file: bytes


def library_items(
    db: Session,
    actor: Actor,
    *,
    kind: LibraryKind | None = None,
    state: LibraryState | None = None,
) -> list[LibraryRow]:
    """Return items by title; of one kind, or in one state only."""
    actor.must(Permission.LIBRARY_READ)
    which: list[sa.ColumnElement[bool]] = [sa.true()]
    if kind is not None:
        which.append(LibraryItem.kind == kind)
    if state is not None:
        which.append(LibraryItem.state == state)
    return _rows(db, actor, sa.and_(*which))


def library_item(db: Session, actor: Actor, library_id: int) -> LibraryRow:
    """Return one item. Raises NotFound."""
    actor.must(Permission.LIBRARY_READ)
    rows = _rows(db, actor, LibraryItem.id == library_id)
    if not rows:
        raise NotFound("We could not find that in the library.")
    return rows[0]


def related_items(db: Session, actor: Actor, library_id: int) -> dict[int, str]:
    """Return the titles of what belongs to an item, by their numbers."""
    actor.must(Permission.LIBRARY_READ)
    rows = db.execute(
        sa.select(LibraryItem.id, LibraryItem.title)
        .join(LibraryTie, sa.or_(
            LibraryTie.item_id == LibraryItem.id, LibraryTie.other_id == LibraryItem.id
        ))
        .where(tied_to(library_id), LibraryItem.id != library_id)
        .order_by(LibraryItem.title)
    )  # fmt: skip
    return {row.id: row.title for row in rows}


def titles(db: Session, actor: Actor) -> dict[int, str]:
    """Return the titles of all items, by their numbers."""
    actor.must(Permission.LIBRARY_READ)
    rows = db.execute(sa.select(LibraryItem.id, LibraryItem.title).order_by(LibraryItem.title))
    return {row.id: row.title for row in rows}


def library_file(db: Session, actor: Actor, file_id: int) -> FileToSend:
    """Return a file of the library. Raises NotFound."""
    actor.must(Permission.LIBRARY_READ)
    row = db.execute(
        sa.select(LibraryItem.title, LibraryFile.format, LibraryFile.ending, LibraryFile.file)
        .join(LibraryItem, LibraryItem.id == LibraryFile.item_id)
        .where(LibraryFile.id == file_id, LibraryFile.file.is_not(None))
    ).first()
    if row is None or row.file is None:
        raise NotFound(GONE)
    return FileToSend(row.title, row.format, row.ending, bytes(row.file))


def _rows(db: Session, actor: Actor, which: sa.ColumnElement[bool]) -> list[LibraryRow]:
    today = london_day(actor.at)
    writes = actor.may(Permission.LIBRARY_WRITE)
    publishes = actor.may(Permission.LIBRARY_PUBLISH)
    found = db.execute(
        sa.select(LibraryItem, Person.name, Person.disabled_at)
        .join(Person, Person.id == LibraryItem.keeper_id)
        .where(which)
        .order_by(LibraryItem.title, LibraryItem.id)
    ).all()
    formats = _formats(db, which)
    return [
        LibraryRow(
            id=one.id,
            title=one.title,
            plan=LibraryPlan.of(one),
            keeper=keeper,
            keeper_gone=gone is not None,
            state=one.state,
            why_withdrawn=one.why_withdrawn,
            formats=tuple(formats.get(one.id, ())),
            overdue=_overdue(one, today),
            may_change=writes and (one.state is LibraryState.DRAFT or (
                publishes and one.state is LibraryState.PUBLISHED
            )),
            may_publish=publishes,
        )
        for one, keeper, gone in found
    ]  # fmt: skip


def _overdue(item: LibraryItem, today: date) -> bool:
    return (
        item.state is LibraryState.PUBLISHED
        and item.review_on is not None
        and item.review_on < today
    )


def _formats(db: Session, which: sa.ColumnElement[bool]) -> dict[int, list[FormatRow]]:
    order = list(LibraryFormat)
    found: dict[int, list[FormatRow]] = {}
    one = LibraryFile
    rows = db.execute(
        sa.select(one.item_id, one.id, one.format, one.ending, one.link, one.kept_at)
        .join(LibraryItem, LibraryItem.id == one.item_id)
        .where(which)
        .order_by(one.id)
    ).all()
    for row in sorted(rows, key=lambda row: order.index(row.format)):
        values = {name: value for name, value in row._mapping.items() if name != "item_id"}
        found.setdefault(row.item_id, []).append(FormatRow(**values))
    return found
