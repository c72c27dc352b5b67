"""Erasing words that nobody asks to erase: their time is over, or a restored backup has them."""

from collections import Counter
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_code_steps import stop_waiting
from coprod_data.commands.entries_steps import erase_words, index_again
from coprod_data.commands.event_log import record
from coprod_data.models import CardEntry, ContactWish, EntryVersion
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes import entries_family
from coprod_data.scopes.retention import due, old_originals, over_before
from coprod_data.store.wiping import owe_wiping
from coprod_data.vocabulary.entries import Review
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.retention import OF_ENTRIES, Kept

AT_ONCE = 25  # nobody else can save while a transaction takes words away


def erase_what_is_due(db: Session, actor: Actor) -> Counter[Kept]:
    """Erase the words of some entries whose time is over, as if they had been taken back.

    Returns how many of each kind; nothing once none is left. One event says so for all of them.
    """
    actor.must(Permission.JOBS_RUN)
    before, erased = over_before(db, actor.at), Counter[Kept]()
    gone: list[int] = []
    for kept in OF_ENTRIES:
        chosen = sa.select(CardEntry.id, entries_family.main_id()).where(due(kept, before))
        found = db.execute(chosen.order_by(CardEntry.id).limit(AT_ONCE - erased.total())).all()
        if not found:
            continue
        _lock(db, [main for _, main in found])
        # Somebody may have held one of them, or answered, before they were locked.
        still = due(kept, before), CardEntry.id.in_([one for one, _ in found])
        entries = list(db.scalars(sa.select(CardEntry).where(*still).order_by(CardEntry.id)))
        for entry in entries:
            entry.review, entry.withdrawn_at = Review.TIME_OVER, actor.at
        erase_words(db, actor, entries)
        stop_waiting(db, entries)
        erased[kept] += len(entries)
        gone += [entry.id for entry in entries]
    if gone:
        facts: dict[str, Any] = {kept.value: count for kept, count in erased.items() if count}
        record(db, actor, EventKind.RETENTION_RAN, None, **facts)
        index_again(db, gone)
    return +erased


def keep_only_what_is_shown(db: Session, actor: Actor) -> Counter[Kept]:
    """Erase of some entries what is not shown of them, the sealed original too, once that is due.

    Returns how many entries; nothing once none is left. One event says so for all of them.
    """
    actor.must(Permission.JOBS_RUN)
    old = old_originals(over_before(db, actor.at))
    chosen = sa.select(CardEntry.id, entries_family.main_id()).where(old)
    found = db.execute(chosen.order_by(CardEntry.id).limit(AT_ONCE)).all()
    _lock(db, [main for _, main in found])
    still = sa.select(CardEntry.id).where(old, CardEntry.id.in_([one for one, _ in found]))
    entries = db.scalars(still).all()
    if not entries:
        return Counter()
    for version in db.scalars(
        sa.select(EntryVersion)
        .join(CardEntry, CardEntry.id == EntryVersion.entry_id)
        .where(CardEntry.id.in_(entries), EntryVersion.id != CardEntry.released_version_id)
    ):
        version.thinks = version.wants = None
        version.spans = []
    owe_wiping(db, actor.at)
    facts: dict[str, Any] = {Kept.ORIGINALS.value: len(entries)}
    record(db, actor, EventKind.RETENTION_RAN, None, **facts)
    return Counter({Kept.ORIGINALS: len(entries)})


def _lock(db: Session, main_ids: list[int]) -> None:
    """Lock the whole cards of these entries, in one order for everybody."""
    cards = sa.select(CardEntry).where(entries_family.of(main_ids)).order_by(CardEntry.id)
    db.scalars(cards.with_for_update().execution_options(populate_existing=True)).all()


def erase_again(db: Session, actor: Actor, entry_ids: Collection[int]) -> int:
    """Erase these entries' words where a restored backup still has them. Returns how many had."""
    actor.must(Permission.JOBS_RUN)
    has_words = sa.exists().where(
        EntryVersion.entry_id == CardEntry.id,
        sa.or_(EntryVersion.thinks.is_not(None), EntryVersion.wants.is_not(None)),
    )
    entries = list(
        db.scalars(sa.select(CardEntry).where(CardEntry.id.in_(list(entry_ids)), has_words))
    )
    for entry in entries:
        entry.withdrawn_at = entry.withdrawn_at or actor.at
        entry.kept_unread = False
        open_ones = ContactWish.entry_id == entry.id, ContactWish.closed_at.is_(None)
        for wish in db.scalars(sa.select(ContactWish).where(*open_ones)):
            wish.closed_at = actor.at  # closed before its card was erased, which the backup misses
        db.flush()
        erase_words(db, actor, [entry])
        record(db, actor, EventKind.ENTRY_ERASED_AGAIN, entry)
    index_again(db, [entry.id for entry in entries])
    return len(entries)
