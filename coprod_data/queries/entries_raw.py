"""Raw words, for the person who opened them, and the log of who did."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    CardEntry,
    Consent,
    EntryQuestion,
    EntryReading,
    EntrySummary,
    EntryVersion,
    Person,
    PromiseTheme,
    ReportCard,
)
from coprod_data.permissions import Actor, NotAllowed, NotFound, Permission
from coprod_data.scopes.entries import held
from coprod_data.vocabulary.entries import (
    ConsentUse,
    EntryKind,
    Flag,
    QuestionKind,
    Review,
    VersionKind,
)


@dataclass(frozen=True)
class AskedQuestion:
    """What the young person was asked about this entry, and their yes or no."""

    kind: QuestionKind
    text: str
    asked_at: datetime
    answered_at: datetime | None
    agreed: bool | None


@dataclass(frozen=True)
class Proposal:
    """The words that the first reader proposed to show, for the second reader to confirm."""

    by: str
    by_me: bool
    at: datetime
    thinks: str
    wants: str


@dataclass(frozen=True)
class ReadingRow:
    """Who opened the raw words, and when."""

    person: str
    at: datetime


@dataclass(frozen=True)
class RawEntry:
    """An entry's sealed words and all that a checker needs with them.

    `main_id` is the entry that the words belong to, when the young person wrote them with a choice;
    `about` is the question that they answer.
    """

    id: int
    main_id: int | None
    kind: EntryKind
    review: Review
    held: bool
    theme_id: int
    theme: str
    icon: str
    sent_at: datetime
    thinks: str
    wants: str
    language: str
    feeling: int | None
    flags: tuple[Flag, ...]
    uses: frozenset[ConsentUse]
    typed_by: str
    read_back: bool | None
    about: str
    summary: str
    proposal: Proposal | None
    questions: tuple[AskedQuestion, ...]
    readings: tuple[ReadingRow, ...]


def raw_words(db: Session, actor: Actor, entry_id: int) -> RawEntry:
    """Return an entry's sealed words to somebody who opened them with `open_to_read`.

    Raises NotAllowed without that, or for held words without the right to them, and NotFound for an
    entry that does not exist or was taken back. The lead can read words that were taken back while
    they are held.
    """
    actor.must(Permission.ENTRIES_READ_RAW, Permission.ENTRIES_READ_HELD)
    row = db.execute(_raw_entry(entry_id)).one_or_none()
    if row is None or (row.CardEntry.withdrawn_at is not None and not row.is_held):
        raise NotFound("This entry is not here any more. It may have been taken back.")
    if row.is_held:
        actor.must(Permission.ENTRIES_READ_HELD)
    readings = _readings(db, entry_id)
    if all(person_id != actor.id for person_id, _ in readings):
        raise NotAllowed("Open the entry to read it. We record that you did.")
    return _raw(db, actor, row, tuple(reading for _, reading in readings))


def _raw_entry(entry_id: int) -> sa.Select[*tuple[Any, ...]]:
    original, proposed = aliased(EntryVersion), aliased(EntryVersion)
    typist, proposer = aliased(Person), aliased(Person)
    return (
        sa.select(
            CardEntry,
            held().label("is_held"),
            PromiseTheme.id.label("theme_id"),
            PromiseTheme.title.label("theme"),
            PromiseTheme.icon,
            original.thinks,
            original.wants,
            proposed.thinks.label("proposed_thinks"),
            proposed.wants.label("proposed_wants"),
            typist.name.label("typist"),
            proposer.name.label("proposer"),
        )
        .join(ReportCard, ReportCard.id == CardEntry.report_card_id)
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .join(
            original,
            sa.and_(original.entry_id == CardEntry.id, original.kind == VersionKind.ORIGINAL),
        )
        .outerjoin(proposed, proposed.id == CardEntry.proposed_version_id)
        .outerjoin(typist, typist.id == CardEntry.typed_by_id)
        .outerjoin(proposer, proposer.id == CardEntry.proposed_by_id)
        .where(CardEntry.id == entry_id)
    )


def _raw(
    db: Session, actor: Actor, row: sa.Row[*tuple[Any, ...]], readings: tuple[ReadingRow, ...]
) -> RawEntry:
    entry: CardEntry = row.CardEntry
    proposal = None
    if entry.proposed_at is not None:
        proposal = Proposal(
            by=row.proposer,
            by_me=entry.proposed_by_id == actor.id,
            at=entry.proposed_at,
            thinks=row.proposed_thinks or "",
            wants=row.proposed_wants or "",
        )
    return RawEntry(
        id=entry.id,
        main_id=entry.about_id,
        kind=entry.kind,
        review=entry.review,
        held=bool(row.is_held),
        theme_id=row.theme_id,
        theme=row.theme,
        icon=row.icon,
        sent_at=entry.sent_at,
        thinks=row.thinks or "",
        wants=row.wants or "",
        language=entry.language,
        feeling=entry.feeling,
        flags=tuple(entry.flag_list),
        uses=_uses(db, entry.about_id or entry.id),
        typed_by=row.typist or "",
        read_back=entry.read_back,
        about=_asked_about(db, entry),
        summary=_summary(db, entry),
        proposal=proposal,
        questions=_questions(db, entry),
        readings=readings,
    )


def _readings(db: Session, entry_id: int) -> list[tuple[int, ReadingRow]]:
    return [
        (person_id, ReadingRow(name, at))
        for person_id, name, at in db.execute(
            sa.select(Person.id, Person.name, EntryReading.at)
            .join(Person, Person.id == EntryReading.person_id)
            .where(EntryReading.entry_id == entry_id)
            .order_by(EntryReading.at, EntryReading.id)
        )
    ]


def _uses(db: Session, entry_id: int) -> frozenset[ConsentUse]:
    return frozenset(
        db.scalars(
            sa.select(Consent.use).where(
                Consent.entry_id == entry_id, Consent.withdrawn_at.is_(None)
            )
        )
    )


def _asked_about(db: Session, entry: CardEntry) -> str:
    asked = sa.select(EntryQuestion.text).where(EntryQuestion.answer_id == entry.id)
    return db.scalars(asked).first() or ""


def _summary(db: Session, entry: CardEntry) -> str:
    written = sa.select(EntrySummary.text).where(
        EntrySummary.entry_id == entry.id, EntrySummary.replaced_at.is_(None)
    )
    return db.scalars(written).first() or ""


def _questions(db: Session, entry: CardEntry) -> tuple[AskedQuestion, ...]:
    rows = db.execute(
        sa.select(
            EntryQuestion.kind,
            EntryQuestion.text,
            EntryQuestion.asked_at,
            EntryQuestion.answered_at,
            EntryQuestion.agreed,
        )
        .where(EntryQuestion.entry_id == entry.id)
        .order_by(EntryQuestion.id)
    )
    return tuple(AskedQuestion(*row) for row in rows)
