"""How an entry's words are released, made findable and erased: steps of its commands.

The command that takes a step has already locked the entry and checked the rules.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import in_turn, open_card
from coprod_data.commands.event_log import record
from coprod_data.models import (
    CardEntry,
    Draft,
    EntrySummary,
    EntryVersion,
    Event,
    EventText,
    HandedCode,
    ReportCard,
)
from coprod_data.permissions import Actor
from coprod_data.scopes.entries import let_out
from coprod_data.scopes.entries_codes import purpose
from coprod_data.store.released_text import forget_words, index_words
from coprod_data.store.sealed_texts import seal_text
from coprod_data.vocabulary.entries import Review
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.report_cards import STANDING

DRAFT_FORM = "check"  # a checker's drafts: form "check", subject "<entry id>:<field>"


def let_words_out(db: Session, actor: Actor, entry: CardEntry, version_id: int) -> Event:
    """Release an entry in this version, on the card now collecting, and make it findable."""
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


def index_again(db: Session, entry_ids: list[int]) -> None:
    """Put these entries' shown words into the search index, or take out those that are not
    released.
    """
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
    """Delete checkers' drafts about these entries: they contain the young person's words."""
    for entry in entries:
        db.execute(
            sa.delete(Draft).where(
                Draft.form == DRAFT_FORM, Draft.subject.startswith(f"{entry.id}:", autoescape=True)
            )
        )


def wait_to_hand_over(db: Session, actor: Actor, entry: CardEntry, form_id: str) -> None:
    """Let the worker who typed an entry see its code again until it is handed over."""
    sealed = seal_text(db.info["keys"], purpose(entry.id), form_id)
    db.add(HandedCode(person_id=actor.id, entry_id=entry.id, sealed=sealed, at=actor.at))


def stop_waiting(db: Session, entries: list[CardEntry]) -> None:
    """Forget the codes of these entries that are still to be handed over."""
    ids = [entry.id for entry in entries]
    db.execute(sa.delete(HandedCode).where(HandedCode.entry_id.in_(ids)))


def erase_words(db: Session, entries: list[CardEntry]) -> None:
    """Erase every wording of these entries, including summaries and their copies in the log."""
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
