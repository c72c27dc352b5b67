"""The life of a report card: it collects words, gets a title, is shared, and is closed."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.commands.entries_keeping import open_card
from coprod_data.commands.event_log import record
from coprod_data.commands.rows import kept, locked, must_be_as_opened
from coprod_data.models import (
    Answer,
    CardEntry,
    EntryVersion,
    ReportCard,
)
from coprod_data.models.links import cards_of_officer
from coprod_data.permissions import Actor, Invalid, NotAllowed, Permission, Refused, Role
from coprod_data.rules.own_words import runs_in, whole_in, windows_of
from coprod_data.rules.texts import required_line, required_text
from coprod_data.scopes.entries import let_out
from coprod_data.vocabulary.entries import EntryKind, VersionKind
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.report_cards import CardState

QUOTED_WORDS = 4


class CardNotReady(Refused):
    """The card lacks something that this step needs."""


def open_report_card(db: Session, actor: Actor, theme_id: int) -> int:
    """Open the card that collects a theme's words, and return its id; there is one at a time."""
    actor.must(Permission.REPORT_CARDS_WRITE)
    return open_card(db, actor, theme_id).id


def title_report_card(
    db: Session,
    actor: Actor,
    report_card_id: int,
    *,
    title: str,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Give a card its title, made from released words.

    `opened` is the `title` that the form showed. Raises NotFound, Refused before any words are
    released, ChangedMeanwhile, and Invalid for a title that quotes words that are not.
    """
    actor.must(Permission.REPORT_CARDS_WRITE)
    card = _card(db, report_card_id)
    title = required_line(title, "title", "Give the card a title.")
    must_be_as_opened({"title": card.title or ""}, opened, {"title": title})
    _must_hold_words(db, card)
    if _quotes_unreleased(db, card, title):
        raise Invalid(
            "This title quotes words that are not released. Use released words.", field="title"
        )
    if title != card.title:
        card.title = title
        record(db, actor, EventKind.CARD_TITLED, card)


def mark_ready(db: Session, actor: Actor, report_card_id: int) -> None:
    """Mark a card as ready to be shared. Raises NotFound, CardNotReady, Refused."""
    actor.must(Permission.REPORT_CARDS_WRITE)
    card = _card(db, report_card_id)
    if card.state is not CardState.GATHERING:
        raise Refused("This card is no longer collecting words.")
    _must_hold_words(db, card)
    if not card.title:
        raise CardNotReady("Give the card a title first.")
    card.state = CardState.READY
    record(db, actor, EventKind.CARD_READY, card)


def close_report_card(db: Session, actor: Actor, report_card_id: int) -> None:
    """Close a shared card once every young person on it has a reply. Raises NotFound, Refused."""
    actor.must(Permission.REPORT_CARDS_WRITE)
    card = _card(db, report_card_id)
    if card.state is not CardState.SHARED:
        raise CardNotReady("Only a card that has been shared can be closed.")
    owed = db.scalar(
        sa.select(sa.func.count()).where(
            CardEntry.report_card_id == card.id,
            CardEntry.kind == EntryKind.WORDS,
            CardEntry.released_at.is_not(None),
            CardEntry.withdrawn_at.is_(None),
            CardEntry.replied_at.is_(None),
        )
    )
    if owed:
        raise Refused("Some entries on this card have no reply yet. Reply to each one first.")
    card.state, card.closed_at = CardState.CLOSED, actor.at
    record(db, actor, EventKind.CARD_CLOSED, card)


def answer_card(db: Session, actor: Actor, report_card_id: int, *, text: str) -> int:
    """Say what staff did by themselves about a shared card. Returns the answer's id.

    It counts as "we did", never as together. The chair may answer any card, a manager those linked
    to their work. Raises NotFound, NotAllowed, CardNotReady, Invalid.
    """
    actor.must(Permission.ANSWERS_GIVE)
    card = _card(db, report_card_id)
    if Role.CHAIR not in actor.roles and card.id not in set(db.scalars(cards_of_officer(actor.id))):
        raise NotAllowed("You can only answer cards that your actions and opportunities come from.")
    if card.state not in (CardState.SHARED, CardState.CLOSED):
        raise CardNotReady(labelled("The Board can answer a card once it has been shared."))
    answer = Answer(
        report_card_id=card.id,
        text=required_text(text, "text", "Write what you did."),
        person_id=actor.id,
        at=actor.at,
    )
    return kept(db, actor, EventKind.CARD_ANSWERED, answer)


def _card(db: Session, report_card_id: int) -> ReportCard:
    return locked(db, ReportCard, report_card_id, "report card")


def _must_hold_words(db: Session, card: ReportCard) -> None:
    words = sa.select(CardEntry.id).where(CardEntry.report_card_id == card.id, let_out())
    if db.scalars(words.limit(1)).first() is None:
        raise CardNotReady("No words are released on this card yet.")


def _quotes_unreleased(db: Session, card: ReportCard, title: str) -> bool:
    """Say whether a title holds a hidden span, or a run of words found only in originals.

    Capitals, accents, spaces and hyphens make no difference.
    """
    if any(whole_in(title, phrase) for phrase in _hidden_phrases(db, card)):
        return True
    here = (
        sa.select(EntryVersion.thinks, EntryVersion.wants)
        .join(CardEntry, CardEntry.id == EntryVersion.entry_id)
        .where(CardEntry.report_card_id == card.id)
    )
    shown = here.where(EntryVersion.id == CardEntry.released_version_id, let_out())
    sealed = here.where(EntryVersion.kind == VersionKind.ORIGINAL)
    out = windows_of((text for row in db.execute(shown) for text in row), (QUOTED_WORDS,))
    only = windows_of((text for row in db.execute(sealed) for text in row), (QUOTED_WORDS,)) - out
    return bool(only & runs_in(title, {len(run) for run in only}).keys())


def _hidden_phrases(db: Session, card: ReportCard) -> set[str]:
    original = aliased(EntryVersion)
    rows = db.execute(
        sa.select(original.thinks, original.wants, EntryVersion.spans)
        .join(CardEntry, CardEntry.id == EntryVersion.entry_id)
        .join(original, original.entry_id == CardEntry.id)
        .where(
            CardEntry.report_card_id == card.id,
            EntryVersion.id == CardEntry.released_version_id,
            original.kind == VersionKind.ORIGINAL,
        )
    )
    return {
        ((thinks if field == "thinks" else wants) or "")[start:end]
        for thinks, wants, spans in rows
        for field, start, end, _ in spans
    }
