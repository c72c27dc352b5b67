"""What every step of checking an entry holds to: who may, what was read, and how words go."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entry_words import STANDING, in_turn, open_card
from coprod_data.commands.event_log import record
from coprod_data.models import (
    CardEntry,
    Draft,
    EntryReading,
    EntrySummary,
    EntryVersion,
    Event,
    EventText,
    Person,
    ReportCard,
    RoleGrant,
    SafeguardingHold,
)
from coprod_data.permissions import Actor, NotAllowed, NotFound, Refused, Role
from coprod_data.released_text import forget_words, index_words
from coprod_data.scopes.entries import let_out
from coprod_data.vocabulary import EventKind, Review, VersionKind

DRAFT_FORM = "check"  # a checker's drafts: form "check", subject "<entry id>:<field>"


def entry_of(db: Session, entry_id: int, *, held_too: bool = False) -> CardEntry:
    """Return an entry that was not taken back, locked until the transaction ends.

    With `held_too` also one that was taken back while it is held. Raises NotFound.
    """
    entry = db.get(CardEntry, entry_id, with_for_update=True)
    sealed = entry is not None and held_too and open_hold(db, entry) is not None
    if entry is None or (entry.withdrawn_at is not None and not sealed):
        raise NotFound("This entry is not here any more. It may have been taken back.")
    return entry


def entry_to_check(db: Session, actor: Actor, entry_id: int) -> CardEntry:
    """Return an entry that this person may check now.

    Raises NotFound, NotAllowed for whoever typed it, and Refused while it is held, released or
    closed.
    """
    entry = entry_of(db, entry_id)
    if entry.typed_by_id == actor.id:
        raise NotAllowed("You typed this entry. Somebody else of the team checks it.")
    if open_hold(db, entry) is not None:
        raise Refused("This entry is with the safeguarding lead. It can be checked after that.")
    if entry.released_at is not None or entry.review is Review.CLOSED:
        raise Refused("This entry has been dealt with since you opened it. Open the next one.")
    return entry


def open_hold(db: Session, entry: CardEntry) -> SafeguardingHold | None:
    """Return the hold that is open on an entry, or on the entry it belongs to."""
    return db.scalars(
        sa.select(SafeguardingHold)
        .where(
            SafeguardingHold.entry_id.in_([entry.id, entry.about_id]),
            SafeguardingHold.closed_at.is_(None),
        )
        .order_by(SafeguardingHold.entry_id != entry.id)
    ).first()


def must_have_read(
    db: Session, actor: Actor, entry: CardEntry, since: datetime | None = None
) -> None:
    """Go on only for somebody who opened the words, `since` a moment if given. Raises Refused."""
    reading = sa.select(EntryReading.id).where(
        EntryReading.entry_id == entry.id, EntryReading.person_id == actor.id
    )
    if since is not None:
        reading = reading.where(EntryReading.at >= since)
    if db.scalars(reading.limit(1)).first() is None:
        raise Refused("Open the entry and read it first.")


def one_worker_team(db: Session) -> bool:
    """Say whether at most one person checks entries, so that the deputy lead may be second."""
    workers = db.scalar(
        sa.select(sa.func.count(sa.distinct(RoleGrant.person_id)))
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.role == Role.YOUTH_VOICE,
            RoleGrant.confirmed_at.is_not(None),
            RoleGrant.ended_at.is_(None),
            Person.disabled_at.is_(None),
        )
    )
    return (workers or 0) <= 1


def original_of(db: Session, entry: CardEntry) -> EntryVersion:
    """Return the sealed original of an entry."""
    return db.scalars(
        sa.select(EntryVersion).where(
            EntryVersion.entry_id == entry.id, EntryVersion.kind == VersionKind.ORIGINAL
        )
    ).one()


def let_words_out(db: Session, actor: Actor, entry: CardEntry, version_id: int) -> Event:
    """Release an entry with this version, on the card that gathers now, and make it findable."""
    card = db.get_one(ReportCard, entry.report_card_id)
    if entry.about_id is None and card.state not in STANDING:
        entry.report_card_id = open_card(db, actor, card.theme_id).id
    in_turn(db, "places")
    last = db.scalar(sa.select(sa.func.max(CardEntry.place)))
    entry.review, entry.place = Review.RELEASED, (last or 0) + 1
    entry.released_version_id = version_id
    entry.released_at, entry.released_by_id = actor.at, actor.id
    event = record(db, actor, EventKind.ENTRY_RELEASED, entry)
    index_again(db, [entry.id])
    return event


def with_its_words(db: Session, entry: CardEntry) -> list[CardEntry]:
    """Return an entry and every entry that belongs to it, locked."""
    return list(
        db.scalars(
            sa.select(CardEntry)
            .where(sa.or_(CardEntry.id == entry.id, CardEntry.about_id == entry.id))
            .order_by(CardEntry.id)
            .with_for_update()
        )
    )


def index_again(db: Session, entry_ids: list[int]) -> None:
    """Put these entries' shown words into the search index, or take them out, as the gate says."""
    placed = sa.select(CardEntry.place).where(
        CardEntry.id.in_(entry_ids), CardEntry.place.is_not(None)
    )
    forget_words(db, [place for place in db.scalars(placed) if place is not None])
    for place, thinks, wants in db.execute(
        sa.select(CardEntry.place, EntryVersion.thinks, EntryVersion.wants)
        .join(EntryVersion, EntryVersion.id == CardEntry.released_version_id)
        .where(CardEntry.id.in_(entry_ids), let_out())
    ):
        if place is not None:
            index_words(db, place, thinks, wants)


def forget_drafts(db: Session, entries: list[CardEntry]) -> None:
    """Forget what checkers had typed over these entries: it holds the young person's words."""
    for entry in entries:
        db.execute(
            sa.delete(Draft).where(
                Draft.form == DRAFT_FORM, Draft.subject.startswith(f"{entry.id}:", autoescape=True)
            )
        )


def erase_words(db: Session, entries: list[CardEntry]) -> None:
    """Erase every wording of these entries, summaries and their traces in the log included."""
    ids = [entry.id for entry in entries]
    for version in db.scalars(sa.select(EntryVersion).where(EntryVersion.entry_id.in_(ids))):
        version.thinks = version.wants = None
    for summary in db.scalars(sa.select(EntrySummary).where(EntrySummary.entry_id.in_(ids))):
        summary.text = ""
        db.execute(
            sa.update(EventText)
            .where(EventText.field == f"entry_summary:{summary.id}.text")
            .values(text=None)
        )
    forget_drafts(db, entries)
