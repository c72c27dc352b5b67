"""What a young person allows, and takes back: a consent, or the whole entry."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_end_steps import take_back
from coprod_data.commands.entries_second_steps import propose
from coprod_data.commands.entries_steps import (
    end_decisions,
    index_again,
    into_queue,
)
from coprod_data.commands.event_log import record
from coprod_data.commands.rows import changed_set
from coprod_data.models import CardEntry, Consent
from coprod_data.permissions import Actor, NotAllowed, NotFound, Permission, Refused
from coprod_data.rules.texts import required_text
from coprod_data.scopes.entries import may_open, own
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.entry_care import Again, StepKind
from coprod_data.vocabulary.events import EventKind

WHY = "Say who asked you, and how."


def withdraw_entry(db: Session, actor: Actor, entry_id: int, *, why: str = "") -> bool:
    """Take an entry back, with every word that belongs to it. It leaves every view at once.

    The words are erased, except those on hold: they stay sealed with safeguarding until
    the hold ends; and except flagged ones that nobody has decided about, and those that one person
    alone has read and decided: safeguarding reads them within one working day, then holds them or
    lets them go. A worker who was asked proposes it and
    says why; a second person agrees first, because nothing brings the words back. Doing it twice is
    once. Returns whether it is taken back. Raises NotFound, Refused, Invalid.
    """
    actor.must(Permission.ENTRIES_OWN, Permission.ENTRIES_WITHDRAW_FOR)
    entry = _own_or_asked(db, actor, entry_id)
    if not _on_behalf(actor):
        take_back(db, actor, entry, on_behalf=None)
        return True
    if entry.withdrawn_at is None:
        propose(db, actor, entry, StepKind.WITHDRAW, why=required_text(why, "why", WHY))
    return entry.withdrawn_at is not None


def change_consent(
    db: Session,
    actor: Actor,
    entry_id: int,
    *,
    uses: frozenset[ConsentUse],
    opened: frozenset[ConsentUse] | None = None,
    why: str = "",
) -> bool:
    """Allow exactly these uses from now on. A worker who was asked may only take uses away.

    They say who asked them and how, which is kept.

    Everyone may read only what the Board may read. What is taken away is out of every view at once,
    and a person decides again before it can come back; what is given later opens nothing: the entry
    returns to the queue to be read for it. With `opened`, the uses that the form showed, only what
    was changed in it is changed. Returns whether anything was. Raises NotFound, NotAllowed,
    Invalid, and Refused once the entry was taken back.
    """
    actor.must(Permission.ENTRIES_OWN, Permission.ENTRIES_WITHDRAW_FOR)
    entry = _own_or_asked(db, actor, entry_id)
    if entry.withdrawn_at is not None:
        raise Refused("You took this card back.")
    live = {
        consent.use: consent
        for consent in db.scalars(
            sa.select(Consent).where(Consent.entry_id == entry.id, Consent.withdrawn_at.is_(None))
        )
    }
    uses = changed_set(live, opened, uses)
    if ConsentUse.BOARD not in uses:
        uses -= {ConsentUse.PUBLIC}
    given = [use for use in ConsentUse if use in uses and use not in live]
    if given and _on_behalf(actor):
        raise NotAllowed("Only the young person says yes. They can do it with their card code.")
    ended = {use: consent for use, consent in live.items() if use not in uses}
    if not given and not ended:
        return False
    because = required_text(why, "why", WHY) if _on_behalf(actor) else None
    for consent in ended.values():
        consent.withdrawn_at, consent.ended_because = actor.at, because
    end_decisions(db, actor, entry, frozenset(ended))
    db.add_all(Consent(entry_id=entry.id, use=use, given_at=actor.at) for use in given)
    if given and entry.dealt_at is not None:
        into_queue(actor, entry, Again.ALLOWED)
    record(db, actor, EventKind.CONSENT_CHANGED, entry, on_behalf=_on_behalf(actor))
    index_again(db, [entry.id])
    return True


def _own_or_asked(db: Session, actor: Actor, entry_id: int) -> CardEntry:
    entry = db.scalar(
        sa.select(CardEntry).where(CardEntry.id == entry_id, own(actor)).with_for_update()
    )
    if entry is None and actor.may(Permission.ENTRIES_WITHDRAW_FOR):
        entry = db.scalar(
            sa.select(CardEntry).where(CardEntry.id == entry_id, may_open(actor)).with_for_update()
        )
    if entry is None:
        raise NotFound("We cannot find that card.")
    return entry


def _on_behalf(actor: Actor) -> str | None:
    return "young_person" if actor.may(Permission.ENTRIES_WITHDRAW_FOR) else None
