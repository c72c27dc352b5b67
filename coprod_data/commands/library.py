"""The library: items, their formats, what belongs together; let out, withdrawn, taken back."""

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.rows import (
    changed_set,
    kept,
    known,
    locked,
    must_be_as_opened,
    must_be_new,
)
from coprod_data.models import LibraryFile, LibraryItem, LibraryTie, Person
from coprod_data.permissions import KEEPERS, Actor, Invalid, NotFound, Permission, Refused
from coprod_data.rules.clocks import london_day
from coprod_data.rules.library import LibraryPlan, checked_link
from coprod_data.rules.texts import required_text
from coprod_data.scopes.library import said_in, tied_to
from coprod_data.scopes.people import holds
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.library import LibraryFormat, LibraryState

WORD = "item of the library"
MOST_BYTES = 5_000_000
ENDINGS = ("pdf", "docx", "png", "jpg", "mp3", "m4a", "ogg")
ITS_TEAM = "The Youth Voice Team lets this out. Ask them to change what is published."


def add_library_item(db: Session, actor: Actor, *, plan: LibraryPlan) -> int:
    """Add an item as a draft. Returns its id. Raises Invalid."""
    actor.must(Permission.LIBRARY_WRITE)
    values = _checked(db, plan)
    must_be_new(db, LibraryItem, WORD, title=values["title"])
    return kept(db, actor, EventKind.LIBRARY_ADDED, LibraryItem(**values))


def change_library_item(
    db: Session,
    actor: Actor,
    item_id: int,
    *,
    plan: LibraryPlan,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Change what is said of an item; `opened` is what the form showed. What is published stays
    whole, and a review date that is changed is not before today.

    Raises NotFound, NotAllowed, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.LIBRARY_WRITE)
    item = _to_change(db, actor, item_id)
    typed = _checked(db, plan, item)
    must_be_as_opened(LibraryPlan.of(item).values, opened, typed)
    must_be_new(db, LibraryItem, WORD, beside=item, title=typed["title"])
    day = typed["review_on"]
    if day is not None and day != item.review_on and day < london_day(actor.at):
        raise Invalid("Give a day that is not before today.", field="review_on")
    if item.state is LibraryState.PUBLISHED:
        LibraryPlan(**typed).must_be_whole(_formats(db, item))
    for name, value in typed.items():
        setattr(item, name, value)
    record_if_changed(db, actor, EventKind.LIBRARY_CHANGED, item)


def keep_link(
    db: Session,
    actor: Actor,
    item_id: int,
    *,
    form: LibraryFormat,
    link: str,
    opened: Mapping[str, Any] | None = None,
) -> int:
    """Give an item a format by a link, in place of what it had; `opened` has the `formats` that
    the form showed. Returns its id.

    Raises NotFound, NotAllowed, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.LIBRARY_WRITE)
    item = _to_change(db, actor, item_id)
    must_be_as_opened(said_in(db, item), opened, {})
    return _keep(db, actor, LibraryFile(
        item_id=item.id, format=form, link=checked_link(link), kept_at=actor.at
    ))  # fmt: skip


def keep_file(
    db: Session,
    actor: Actor,
    item_id: int,
    *,
    form: LibraryFormat,
    file: bytes,
    ending: str,
    opened: Mapping[str, Any] | None = None,
) -> int:
    """Give an item a format by a file that was checked, in place of what it had; `opened` has the
    `formats` that the form showed. Returns its id.

    Raises NotFound, NotAllowed, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.LIBRARY_WRITE)
    item = _to_change(db, actor, item_id)
    must_be_as_opened(said_in(db, item), opened, {})
    if not file or len(file) > MOST_BYTES or ending not in ENDINGS:
        raise Invalid("Choose a file of at most 5 MB.", field="file")
    return _keep(db, actor, LibraryFile(
        item_id=item.id, format=form, file=file, ending=ending, kept_at=actor.at
    ))  # fmt: skip


def remove_format(db: Session, actor: Actor, file_id: int) -> None:
    """Take a format from an item. What is published keeps one.

    Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.LIBRARY_WRITE)
    row = known(db, LibraryFile, id=file_id)
    if row is None:
        raise NotFound("We could not find that format. Reload the page.")
    item = _to_change(db, actor, row.item_id)
    row = locked(db, LibraryFile, file_id, "format")
    if item.state is LibraryState.PUBLISHED and _formats(db, item) == 1:
        raise Refused("What is published has a file or a link. Add another format first.")
    db.delete(row)
    record(db, actor, EventKind.LIBRARY_FORMAT_REMOVED, row)


def relate_items(
    db: Session,
    actor: Actor,
    item_id: int,
    *,
    others: Collection[int],
    opened: Collection[int] | None = None,
) -> None:
    """Say which items belong to this one; `opened` is what the form showed. A tie that somebody
    else made or took away meanwhile stays so.

    Raises NotFound, NotAllowed, Refused, Invalid.
    """
    actor.must(Permission.LIBRARY_WRITE)
    item = _to_change(db, actor, item_id)
    ties = {
        one.other_id if one.item_id == item.id else one.item_id: one
        for one in db.scalars(sa.select(LibraryTie).where(tied_to(item.id)))
    }
    wanted = changed_set(ties, opened, others)
    if item.id in wanted:
        raise Invalid("Choose other items than this one.", field="others")
    for number in sorted(wanted - ties.keys()):
        locked(db, LibraryItem, number, WORD)
        low, high = sorted((item.id, number))
        kept(db, actor, EventKind.LIBRARY_TIED, LibraryTie(item_id=low, other_id=high))
    for number in sorted(ties.keys() - wanted):
        db.delete(ties[number])
        record(db, actor, EventKind.LIBRARY_UNTIED, ties[number])


def publish_item(
    db: Session, actor: Actor, item_id: int, *, opened: Mapping[str, Any] | None = None
) -> None:
    """Let an item out, or put back what was withdrawn; `opened` is what its page showed, formats
    among it, so nothing is let out that nobody has seen.

    Raises NotFound, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.LIBRARY_PUBLISH)
    item = locked(db, LibraryItem, item_id, WORD)
    if item.state is LibraryState.PUBLISHED:
        raise Refused("This is published already. Reload the page.")
    must_be_as_opened(said_in(db, item), opened, {})
    LibraryPlan.of(item).must_be_whole(_formats(db, item))
    item.state, item.why_withdrawn = LibraryState.PUBLISHED, ""
    record(db, actor, EventKind.LIBRARY_PUBLISHED, item)


def withdraw_item(db: Session, actor: Actor, item_id: int, *, reason: str) -> None:
    """Withdraw what is published, with the reason. Raises NotFound, Refused, Invalid."""
    actor.must(Permission.LIBRARY_PUBLISH)
    item = locked(db, LibraryItem, item_id, WORD)
    if item.state is not LibraryState.PUBLISHED:
        raise Refused("This is not published. Reload the page.")
    item.why_withdrawn = required_text(reason, "reason", "Say why it is withdrawn.")
    item.state = LibraryState.WITHDRAWN
    record(db, actor, EventKind.LIBRARY_WITHDRAWN, item)


def back_to_draft(db: Session, actor: Actor, item_id: int) -> None:
    """Take back that an item was published by mistake: it is a draft again.

    Raises NotFound, Refused.
    """
    actor.must(Permission.LIBRARY_PUBLISH)
    item = locked(db, LibraryItem, item_id, WORD)
    if item.state is not LibraryState.PUBLISHED:
        raise Refused("This is not published. Reload the page.")
    item.state = LibraryState.DRAFT
    record(db, actor, EventKind.LIBRARY_TAKEN_BACK, item)


def _to_change(db: Session, actor: Actor, item_id: int) -> LibraryItem:
    item = locked(db, LibraryItem, item_id, WORD)
    if item.state is LibraryState.WITHDRAWN:
        raise Refused("This was withdrawn. Put it back first.")
    if item.state is LibraryState.PUBLISHED and not actor.may(Permission.LIBRARY_PUBLISH):
        raise actor.refusal(Permission.LIBRARY_PUBLISH, ITS_TEAM)
    return item


def _keep(db: Session, actor: Actor, row: LibraryFile) -> int:
    before = known(db, LibraryFile, item_id=row.item_id, format=row.format)
    if before is None:
        return kept(db, actor, EventKind.LIBRARY_FORMAT_KEPT, row)
    for name in ("link", "ending", "file", "kept_at"):
        setattr(before, name, getattr(row, name))
    record(db, actor, EventKind.LIBRARY_FORMAT_KEPT, before)
    return before.id


def _formats(db: Session, item: LibraryItem) -> int:
    count = sa.select(sa.func.count(LibraryFile.id)).where(LibraryFile.item_id == item.id)
    return db.scalar(count) or 0


def _checked(db: Session, plan: LibraryPlan, before: LibraryItem | None = None) -> dict[str, Any]:
    values = plan.checked().values
    keeper = values["keeper_id"]
    if before is None or before.keeper_id != keeper:
        keeps = sa.and_(Person.id == keeper, holds(*KEEPERS))
        if not db.scalar(sa.select(sa.exists().where(keeps))):
            sentence = "Choose a manager or somebody in the Youth Voice Team."
            raise Invalid(sentence, field="keeper_id")
    return values
