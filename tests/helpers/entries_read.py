"""What tests of checking start with: an entry that somebody has opened to read."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_checks import (
    allowed_uses,
    keep_entry,
    open_to_read,
    release_entry,
)
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_second import agree_step
from coprod_data.commands.entries_wishes import open_wish
from coprod_data.models import CardEntry, ContactWish, EntryVersion, ReportCard
from coprod_data.permissions import Actor, Role
from coprod_data.store.card_codes import NewCode, new_code
from coprod_data.vocabulary.entry_care import StepKind
from tests.helpers.builders import an_entry, somebody

AS_WRITTEN = {"shown_thinks": "My room is cold at night.", "shown_wants": "Fix the heating."}


def read(db: Session, actor: Actor, card: ReportCard, **said: Any) -> CardEntry:
    """A new entry on a card that this worker has opened to read."""
    entry = an_entry(db, card, **said)
    open_to_read(db, actor, entry.id)
    return entry


def open_its_wish(db: Session, actor: Actor, entry_id: int) -> None:
    """Read how the author of an entry can be reached: nothing is passed on before."""
    open_wish(
        db,
        actor,
        db.scalars(sa.select(ContactWish.id).where(ContactWish.entry_id == entry_id)).one(),
    )


def let_out(db: Session, actor: Actor, card: ReportCard, **said: Any) -> CardEntry:
    """An entry on a card that this worker has read and released as it was written.

    Where its author allows nothing it is kept with the team.
    """
    entry = read(db, actor, card, **said)
    if not allowed_uses(db, entry):
        keep_entry(db, actor, entry.id)
        return entry
    words = db.scalars(sa.select(EntryVersion).where(EntryVersion.entry_id == entry.id)).one()
    release_entry(
        db, actor, entry.id, shown_thinks=words.thinks or "", shown_wants=words.wants or ""
    )
    return entry


def read_by_another(db: Session, entry: CardEntry) -> None:
    """A second member of the team opens an entry, so that taking it back erases it at once."""
    open_to_read(db, somebody(db, Role.YOUTH_VOICE), entry.id, to_check=False)


def taken_back_for(db: Session, worker: Actor, entry: CardEntry) -> None:
    """An entry is taken back for its author, who asked a worker, with a second person."""
    second = somebody(db, Role.YOUTH_VOICE, at=later(worker).at)
    withdraw_entry(db, worker, entry.id, why="They rang.")
    open_to_read(db, second, entry.id)
    agree_step(db, second, entry.id, StepKind.WITHDRAW)


def later(actor: Actor, minutes: int = 1) -> Actor:
    """The same person, minutes later."""
    at = actor.at + timedelta(minutes=minutes)
    return replace(actor, at=at, recorded_at=at)


def the_code(db: Session, form_id: str) -> NewCode:
    """The code that a form will have, as a page makes it before it sends an entry."""
    return new_code(form_id, db.info["keys"])


def original(db: Session, entry_id: int) -> EntryVersion:
    """The words of an entry that has one version."""
    return db.scalars(sa.select(EntryVersion).where(EntryVersion.entry_id == entry_id)).one()
