"""What nobody on duty may read, because it may be about them: the council's LADO is told of it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    CardEntry,
    ContactWish,
    EntryMeant,
    Notice,
    SafeguardingHold,
    ToldToLado,
)
from coprod_data.permissions import Role
from coprod_data.scopes.duty import named_for_duty
from coprod_data.scopes.entries import held, in_hand, unsaid
from coprod_data.scopes.entries_family import main_id
from coprod_data.scopes.one_person import everybody_of
from coprod_data.scopes.second_person import about_whom, members
from coprod_data.scopes.settings import settings
from coprod_data.vocabulary.settings import SettingKey

_BESIDE = aliased(EntryMeant)


@dataclass(frozen=True)
class ForTheLado:
    """An entry that nobody on duty may read. `card_id` is the card that it is on, `unreadable`
    says whether nobody else of the two teams may read it either.
    """

    card_id: int
    unreadable: bool


def needs_somebody() -> sa.ColumnElement[bool]:
    """Return the condition that somebody has still to read or to end something of an entry.

    It waits, is on hold, was taken back unread, or has a wish to talk that nobody has closed. Each
    is asked separately: in one condition the engine would read every entry.
    """
    return CardEntry.id.in_(
        sa.union(
            sa.select(CardEntry.id).where(in_hand()),
            sa.select(CardEntry.id).where(CardEntry.kept_unread),
            sa.select(SafeguardingHold.entry_id).where(SafeguardingHold.closed_at.is_(None)),
            sa.select(ContactWish.entry_id).where(ContactWish.closed_at.is_(None)),
        )
    )


def for_the_lado(db: Session, at: datetime) -> dict[int, ForTheLado]:
    """Return what waits that nobody on duty may read, by entry.

    Somebody named for duty is meant, and no lead, deputy or stand-in is present who is not; or
    nobody of those who may read it is left at all.
    """
    on_it = sa.exists().where(_BESIDE.entry_id.in_([CardEntry.id, CardEntry.about_id]))
    said = sa.or_(unsaid(), on_it, CardEntry.typed_by_id.is_not(None))
    found = about_whom(db, needs_somebody(), said)
    if not found:
        return {}
    rows = db.execute(
        sa.select(
            CardEntry.id,
            main_id(CardEntry).label("card_id"),
            sa.or_(held(), CardEntry.kept_unread).label("guarded"),
        ).where(needs_somebody(), said)
    ).all()
    voice, safe = members(db, Role.YOUTH_VOICE), members(db, Role.SAFEGUARDING)
    named = named_for_duty(db, at)
    posts = everybody_of(db, {one.person_id for one in named})
    there = {one.person_id for one in named if one.present}
    waits = {}
    for row in rows:
        about = found[row.id]
        readers = safe if about.sealed or row.guarded else voice | safe
        unreadable = not readers - about.barred
        if unreadable or (about.meant & posts and not there - about.barred):
            waits[row.id] = ForTheLado(row.card_id, unreadable)
    return waits


def lado_address(db: Session) -> str:
    """Return where the LADO gets notices, or nothing while none are sent."""
    stored = settings(db, SettingKey.NOTICE_HOST, SettingKey.DUTY_LADO_EMAIL)
    return str(stored[SettingKey.DUTY_LADO_EMAIL]) if stored[SettingKey.NOTICE_HOST] else ""


def cards_to_tell_of(db: Session, at: datetime) -> set[int]:
    """Return the cards that the LADO gets a notice of: told of in none, or in one given up."""
    if not lado_address(db):
        return set()
    cards = {one.card_id for one in for_the_lado(db, at).values()}
    given_up = sa.and_(Notice.sent_at.is_(None), Notice.due_at.is_(None))
    told = db.scalars(
        sa.select(ToldToLado.card_id)
        .outerjoin(Notice, Notice.id == ToldToLado.notice_id)
        .where(sa.or_(Notice.id.is_(None), ~given_up))
    )
    return cards - set(told)
