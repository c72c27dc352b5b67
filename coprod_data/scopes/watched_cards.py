"""Cards on which something asks for care: what else waits on them is read as soon."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coprod_data.models import CardEntry, ContactWish, EntryReading, SafeguardingHold
from coprod_data.scopes.entries import built_once, flagged, waiting
from coprod_data.scopes.entries_family import main_id


@built_once
def on_watched_card(entry: Any = CardEntry) -> sa.ColumnElement[bool]:
    """Return the condition that something else on an entry's card is flagged, was ever on hold, or
    comes with a wish to talk that nobody has closed; or that the entry itself was on hold.

    An answer seldom says again what it is about: "no" may be all that somebody dares to write.
    """
    other, own_hold = aliased(CardEntry), aliased(SafeguardingHold)
    hold, wish = aliased(SafeguardingHold), aliased(ContactWish)
    cares = sa.or_(
        flagged(other),
        sa.exists().where(hold.entry_id == other.id),
        sa.exists().where(wish.entry_id == other.id, wish.closed_at.is_(None)),
    )
    # Each way to belong together is asked by itself, so that each uses an index.
    return sa.or_(
        sa.exists().where(own_hold.entry_id == entry.id),
        sa.exists().where(other.id == entry.about_id, cares),
        sa.exists().where(other.about_id == entry.id, cares),
        sa.exists().where(other.about_id == entry.about_id, other.id != entry.id, cares),
    )


@built_once
def unread_on_card(entry: Any) -> sa.ColumnElement[bool]:
    """Return the condition that CardEntry is something else on the card of `entry`, an alias, which
    asks for care itself or is on a watched card; and that it waits and nobody has opened it since
    it came.
    """
    wish = aliased(ContactWish)
    wished = sa.exists().where(wish.entry_id == entry.id, wish.closed_at.is_(None))
    return sa.and_(
        sa.or_(flagged(entry), wished, on_watched_card(entry)), unread_beside_entry(entry)
    )


@built_once
def unread_beside_entry(entry: Any) -> sa.ColumnElement[bool]:
    """Return the condition that CardEntry is something else on the card of `entry`, an alias, that
    waits and that nobody has opened since it came.
    """
    return sa.and_(_beside(entry), waiting(), _not_opened_since(CardEntry.waits_since))


@built_once
def unread_taken_back(entry: Any) -> sa.ColumnElement[bool]:
    """Return the condition that CardEntry is something else on the card of `entry`, an alias, that
    was taken back before anybody decided, and that nobody has opened since.
    """
    since = _not_opened_since(CardEntry.withdrawn_at)
    return sa.and_(_beside(entry), CardEntry.kept_unread, since)


def _beside(entry: Any) -> sa.ColumnElement[bool]:
    main = main_id(entry)
    on_its_card = sa.or_(CardEntry.id == main, CardEntry.about_id == main)
    return sa.and_(on_its_card, CardEntry.id != entry.id)


def _not_opened_since(moment: Any) -> sa.ColumnElement[bool]:
    return ~sa.exists().where(EntryReading.entry_id == CardEntry.id, EntryReading.at >= moment)
