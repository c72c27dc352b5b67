"""What every step of checking an entry holds to: who may, what was read, and who is at it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    CardEntry,
    CheckStep,
    Consent,
    ContactWish,
    EntryVersion,
    SafeguardingHold,
)
from coprod_data.permissions import Actor, NotAllowed, NotFound, Permission, Refused
from coprod_data.scopes.entries import may_open
from coprod_data.scopes.entries_readings import has_read, not_read, read_by_one
from coprod_data.scopes.held_cards import unread_with_hold, why_not_to_write
from coprod_data.scopes.one_person import same_person
from coprod_data.scopes.presence import others_at
from coprod_data.scopes.second_person import about_whom
from coprod_data.scopes.watched_cards import unread_beside_entry, unread_on_card, unread_taken_back
from coprod_data.vocabulary.entries import ConsentUse, VersionKind
from coprod_data.vocabulary.entry_care import StepKind

WAITS_TOO = "Something else waits on this card."
GONE = "This entry is not here any more. It may have been taken back."


class SomebodyElseHasIt(Refused):
    """A colleague opened the entry, or typed over it, since this person did."""


def entry_of(db: Session, actor: Actor, entry_id: int, *, taken_back: bool = False) -> CardEntry:
    """Return an entry that this person may know of, locked until the transaction ends.

    With `taken_back` also one that was taken back while it is held or kept unread. An entry that
    may be about this person is not there for them. Raises NotFound.
    """
    entry = db.get(CardEntry, entry_id, with_for_update=True, populate_existing=True)
    if entry is None or is_about(db, actor, entry):
        raise NotFound(GONE)
    if entry.withdrawn_at is not None:
        kept = entry.kept_unread or open_hold(db, entry) is not None
        if not (taken_back and kept):
            raise NotFound(GONE)
    return entry


def is_about(db: Session, actor: Actor, entry: CardEntry) -> bool:
    """Say whether an entry may be about this person, or is for the lead and the deputy only."""
    about = about_whom(db, CardEntry.id == entry.id)[entry.id]
    if about.sealed and not actor.may(Permission.ENTRIES_READ_HELD):
        return True
    return actor.person_id in about.meant


def entry_to_check(
    db: Session, actor: Actor, entry_id: int, *, after: StepKind | None = None
) -> CardEntry:
    """Return an entry that this person may decide now.

    A proposal is open for at most one step; `after` names the one that is being settled. Raises
    NotFound, NotAllowed for whoever typed it, SomebodyElseHasIt, and Refused while it is held or
    once it has left the queue.
    """
    entry = entry_of(db, actor, entry_id)
    if same_person(db, actor.id, entry.typed_by_id):
        raise NotAllowed("You typed this entry. Somebody else in the team checks it.")
    if open_hold(db, entry) is not None:
        raise Refused("This entry is with safeguarding. It can be checked after that.")
    if entry.dealt_at is not None:
        raise Refused("This entry has been dealt with since you opened it. Open the next one.")
    step = open_step(db, entry)
    if step is not None and step.kind is not after:
        raise Refused("A second person is deciding about this entry. Wait for their answer.")
    if after is None:
        must_be_alone(db, actor, entry)
    return entry


def open_step(db: Session, entry: CardEntry, *kinds: StepKind) -> CheckStep | None:
    """Return the step that waits for a second person: one of these kinds, else one of checking."""
    kinds = kinds or (
        StepKind.RELEASE,
        StepKind.KEEP,
        StepKind.ASK_BACK,
        StepKind.PASS_ON,
        StepKind.CLOSE,
        StepKind.WITHDRAW,
    )
    return db.scalars(
        sa.select(CheckStep).where(
            CheckStep.entry_id == entry.id,
            CheckStep.kind.in_(kinds),
            CheckStep.settled_at.is_(None),
        )
    ).first()


def open_hold(db: Session, entry: CardEntry) -> SafeguardingHold | None:
    """Return the hold that is open on an entry, or on one that it is held with."""
    return db.scalars(
        sa.select(SafeguardingHold)
        .where(
            SafeguardingHold.entry_id.in_([entry.id, entry.about_id, entry.held_with_id]),
            SafeguardingHold.closed_at.is_(None),
        )
        .order_by(SafeguardingHold.entry_id != entry.id)
    ).first()


def must_write(db: Session, actor: Actor, entry: CardEntry) -> None:
    """Go on only where somebody may write to an entry's author. Raises Refused.

    While anything on a card is on hold, only safeguarding writes on it, from its short list.
    """
    if why_not := why_not_to_write(db, actor, entry):
        raise Refused(why_not)


def must_have_read(
    db: Session,
    actor: Actor,
    entry: CardEntry,
    since: datetime | None = None,
    *,
    unread: str = "",
) -> None:
    """Check that this person has opened the words after `since`, else since the clock began.

    What came back must be opened again, whatever an older page still shows. Raises Refused.
    """
    if not has_read(db, actor, entry, since):
        raise Refused(unread or not_read(db, actor, entry))


def must_have_read_beside(db: Session, actor: Actor, hold: SafeguardingHold) -> None:
    """Check that somebody of safeguarding has read what the author wrote beside a held entry.

    Only what this person may open counts: the rest stays with others when the hold ends. Raises
    Refused.
    """
    beside = sa.select(CardEntry.id).join(SafeguardingHold, SafeguardingHold.id == hold.id)
    _none_unread(db, actor, beside.where(unread_with_hold(CardEntry)), "They wrote again.")


def open_wishes_of(db: Session, entry: CardEntry) -> list[ContactWish]:
    """Return the wishes on an entry that nobody has closed: first the one that counts, then those
    that were taken back before anybody had opened them, the newest first.
    """
    return list(
        db.scalars(
            sa.select(ContactWish)
            .where(ContactWish.entry_id == entry.id, ContactWish.closed_at.is_(None))
            .order_by(ContactWish.taken_back_at.is_not(None), ContactWish.id.desc())
        )
    )


def unread_wish(db: Session, entry: CardEntry) -> str:
    """Return what somebody has to read first, where a wish on an entry was never opened, or
    nothing.
    """
    unread = [one for one in open_wishes_of(db, entry) if one.opened_at is None]
    if not unread:
        return ""
    if unread[0].taken_back_at is None:
        return "They want somebody to talk to them. Open how to reach them first."
    return "They asked for somebody to talk to, and took it back. Safeguarding reads that first."


def must_have_read_card(
    db: Session, actor: Actor, entry: CardEntry, *, wishes: bool = True
) -> None:
    """Check, where anything on a card asks for care, that somebody has read all that waits on it,
    and every wish to talk, which is for whoever decides about the words.

    What its author wrote last may change what is decided. Raises Refused.
    """
    if wishes:
        _none_unread_wish(db, entry)
    this = aliased(CardEntry)
    beside = sa.select(CardEntry.id).join(this, this.id == entry.id)
    _none_unread(db, actor, beside.where(unread_on_card(this)), WAITS_TOO)


def must_have_read_before_others(db: Session, actor: Actor, entry: CardEntry) -> None:
    """Check, before words go to others, that somebody has read all else that waits on the card, and
    every wish to talk. Raises Refused.
    """
    _none_unread_wish(db, entry)
    this = aliased(CardEntry)
    beside = sa.select(CardEntry.id).join(this, this.id == entry.id)
    _none_unread(db, actor, beside.where(unread_beside_entry(this)), WAITS_TOO)


def must_have_read_taken_back(db: Session, actor: Actor, entry: CardEntry) -> None:
    """Check, before anything of a card is let go, that somebody has read all of it that was taken
    back unread, and all that waits on it. Raises Refused.
    """
    this = aliased(CardEntry)
    beside = sa.select(CardEntry.id).join(this, this.id == entry.id)
    unread = sa.or_(unread_taken_back(this), unread_beside_entry(this))
    _none_unread(db, actor, beside.where(unread), WAITS_TOO)


def _none_unread_wish(db: Session, entry: CardEntry) -> None:
    main = entry if entry.about_id is None else db.get_one(CardEntry, entry.about_id)
    if first := unread_wish(db, main):
        raise Refused(first)


def _none_unread(db: Session, actor: Actor, unread: sa.Select[int], sentence: str) -> None:
    """Refuse while there is something unread that this person may open."""
    first = db.scalars(unread.where(may_open(actor)).order_by(CardEntry.id).limit(1)).first()
    if first is not None:
        raise Refused(f"{sentence} Open no. {first} and read it first.")


def must_be_translated(entry: CardEntry) -> None:
    """Go on only once somebody said who put words in another language into English.

    Raises Refused.
    """
    if not entry.needs_translator:
        return
    if entry.translated is None:
        raise Refused("This is in another language. Say who translated it first.")
    raise Refused(
        "Only a machine translated this, and somebody may be at risk. Ask a person who speaks the "
        "language, and say who it was."
    )


def original_of(db: Session, entry: CardEntry) -> EntryVersion:
    """Return the sealed original of an entry, or what is shown once only that is kept."""
    original = db.scalars(
        sa.select(EntryVersion).where(
            EntryVersion.entry_id == entry.id, EntryVersion.kind == VersionKind.ORIGINAL
        )
    ).one()
    if original.thinks is None and original.wants is None and entry.released_version_id:
        return db.get_one(EntryVersion, entry.released_version_id)
    return original


def with_its_words(db: Session, entry: CardEntry) -> list[CardEntry]:
    """Return an entry and every entry that belongs to it or is held with it, locked."""
    return list(
        db.scalars(
            sa.select(CardEntry)
            .where(
                sa.or_(
                    CardEntry.id == entry.id,
                    CardEntry.about_id == entry.id,
                    CardEntry.held_with_id == entry.id,
                )
            )
            .order_by(CardEntry.id)
            .with_for_update()
        )
    )


def must_be_alone(db: Session, actor: Actor, entry: CardEntry) -> None:
    """Go on only where no colleague has the entry open too. Raises SomebodyElseHasIt."""
    names = others_at(db, actor, entry)
    if names:
        raise SomebodyElseHasIt(
            f"{' and '.join(names)} has this entry open too. Talk to each other, then press Take "
            "over if you are the one who decides."
        )


def allowed_uses(db: Session, entry: CardEntry) -> frozenset[ConsentUse]:
    """Return the uses that the author allows now."""
    live = sa.select(Consent.use).where(
        Consent.entry_id == entry.id, Consent.withdrawn_at.is_(None)
    )
    return frozenset(db.scalars(live))


def one_decided(db: Session, entry: CardEntry) -> bool:
    """Say whether one person alone has read and decided about an entry, so that nobody else knows
    what it said.
    """
    if entry.dealt_at is None or open_hold(db, entry) is not None:
        return False
    return read_by_one(db, entry)


def undecided(db: Session, entry: CardEntry) -> bool:
    """Say whether a flagged entry still waits for somebody of the team."""
    if open_hold(db, entry) is not None:
        return False
    return entry.flagged and entry.dealt_at is None
