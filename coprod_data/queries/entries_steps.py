"""What is told on both sides about a young person's own entries, and what waits for an answer.

Asked for by `entries`, which passes only entries of the reader's own.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    CardEntry,
    Consent,
    ContactWish,
    EntryQuestion,
    EntrySummary,
    EntryVersion,
    Recall,
    Reply,
    UseDecision,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes import entries_family
from coprod_data.scopes.entries import held, released
from coprod_data.vocabulary.entries import ConsentUse, EntryKind, QuestionKind, VersionKind
from coprod_data.vocabulary.entry_care import WishEnd
from coprod_data.vocabulary.rewordings import BEING_REWORDED


@dataclass(frozen=True)
class OpenQuestion:
    """A question from the team, with the wording or the summary that it is about."""

    id: int
    kind: QuestionKind
    text: str
    thinks: str
    wants: str
    summary: str


@dataclass(frozen=True)
class ReplyRow:
    """What the team told the young person, and when."""

    text: str
    at: datetime


@dataclass(frozen=True)
class OwnSummary:
    """The team's wording of an entry; `agreed` is None while its author has not answered."""

    text: str
    agreed: bool | None


class Told(StrEnum):
    """What a line of a conversation is."""

    ASKED = "asked"  # by the team; it has had its answer
    WROTE = "wrote"  # the author's own words: an answer, why not yet, how a job feels
    REPLIED = "replied"  # by the team


@dataclass(frozen=True)
class TalkLine:
    """One line of a conversation, in the order in which it was said.

    Of a question: `agreed`, the yes or no of its author, and when they gave it. Of own words:
    `entry_id`, who may read them (`uses`), who can at this moment, and `nots`, for whom they were
    not let out and why.
    """

    told: Told
    at: datetime
    text: str
    agreed: bool | None = None
    answered_at: datetime | None = None
    entry_id: int | None = None
    uses: frozenset[ConsentUse] = frozenset()
    board_reads: bool = False
    work_reads: bool = False
    nots: Mapping[ConsentUse, str] = field(default_factory=dict)


def open_questions(
    db: Session, actor: Actor, ids: Sequence[int]
) -> dict[int, tuple[OpenQuestion, ...]]:
    """Return every unanswered question about these entries and the words that belong to them."""
    actor.must(Permission.ENTRIES_OWN)
    rows = db.execute(
        sa.select(
            entries_family.main_id().label("main_id"),
            EntryQuestion.id,
            EntryQuestion.kind,
            EntryQuestion.text,
            EntryVersion.thinks,
            EntryVersion.wants,
            EntrySummary.text.label("summary"),
        )
        .join(CardEntry, CardEntry.id == EntryQuestion.entry_id)
        .outerjoin(EntryVersion, EntryVersion.id == EntryQuestion.version_id)
        .outerjoin(EntrySummary, EntrySummary.id == EntryQuestion.summary_id)
        .where(
            entries_family.of(ids),
            EntryQuestion.answered_at.is_(None),
            sa.or_(
                EntryQuestion.summary_id.is_(None),
                sa.and_(EntrySummary.replaced_at.is_(None), EntrySummary.text != BEING_REWORDED),
            ),
            sa.or_(~held(), EntryQuestion.while_held),
        )
        .order_by(EntryQuestion.id)
    )
    found: defaultdict[int, tuple[OpenQuestion, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.main_id] += (
            OpenQuestion(
                row.id, row.kind, row.text, row.thinks or "", row.wants or "", row.summary or ""
            ),
        )
    return found


def replies_told(db: Session, actor: Actor, ids: Sequence[int]) -> dict[int, tuple[ReplyRow, ...]]:
    """Return what the team told the author of each entry, in order."""
    actor.must(Permission.ENTRIES_OWN)
    found: defaultdict[int, tuple[ReplyRow, ...]] = defaultdict(tuple)
    for entry_id, text, at in db.execute(
        sa.select(Reply.entry_id, Reply.text, Reply.at)
        .where(Reply.entry_id.in_(ids))
        .order_by(Reply.at, Reply.id)
    ):
        found[entry_id] += (ReplyRow(text, at),)
    return found


def conversations(db: Session, actor: Actor, ids: Sequence[int]) -> dict[int, tuple[TalkLine, ...]]:
    """Return answered questions, the author's own words and the replies of each entry, in order."""
    actor.must(Permission.ENTRIES_OWN)
    found: defaultdict[int, list[TalkLine]] = defaultdict(list)
    for entry_id, text, at, agreed, answered_at in db.execute(
        sa.select(
            entries_family.main_id(),
            EntryQuestion.text,
            EntryQuestion.asked_at,
            EntryQuestion.agreed,
            EntryQuestion.answered_at,
        )
        .join(CardEntry, CardEntry.id == EntryQuestion.entry_id)
        .where(entries_family.of(ids), EntryQuestion.answered_at.is_not(None))
        .order_by(EntryQuestion.id)
    ):
        found[entry_id].append(TalkLine(Told.ASKED, at, text, agreed, answered_at))
    own = _own_words(db, ids)
    allowed = uses_given(db, actor, [row.id for row in own])
    nots = nots_told(db, actor, [row.id for row in own if not row.is_held])
    for row in own:
        found[row.about_id].append(
            TalkLine(
                Told.WROTE,
                row.sent_at,
                row.thinks or "",
                entry_id=row.id,
                uses=allowed.get(row.id, frozenset()),
                board_reads=bool(row.board_reads),
                work_reads=bool(row.work_reads),
                nots=nots.get(row.id, {}),
            )
        )
    for entry_id, replies in replies_told(db, actor, ids).items():
        found[entry_id] += [TalkLine(Told.REPLIED, reply.at, reply.text) for reply in replies]
    return {
        entry_id: tuple(sorted(lines, key=lambda line: line.at))
        for entry_id, lines in found.items()
    }


def _own_words(db: Session, ids: Sequence[int]) -> Sequence[sa.Row[*tuple[Any, ...]]]:
    original, shown = aliased(EntryVersion), aliased(EntryVersion)
    return db.execute(
        sa.select(
            CardEntry.id,
            CardEntry.about_id,
            CardEntry.sent_at,
            sa.func.coalesce(original.thinks, shown.thinks).label("thinks"),
            released(ConsentUse.BOARD).label("board_reads"),
            released(ConsentUse.WORK).label("work_reads"),
            held().label("is_held"),
        )
        .join(
            original,
            sa.and_(original.entry_id == CardEntry.id, original.kind == VersionKind.ORIGINAL),
        )
        .outerjoin(shown, shown.id == CardEntry.released_version_id)
        .where(
            CardEntry.about_id.in_(ids),
            CardEntry.kind != EntryKind.WORDS,
            CardEntry.withdrawn_at.is_(None),
        )
        .order_by(CardEntry.id)
    ).all()


def summaries_of_own(db: Session, actor: Actor, ids: Sequence[int]) -> dict[int, OwnSummary]:
    """Return the summary in place of each entry, and whether its author agreed to it."""
    actor.must(Permission.ENTRIES_OWN)
    rows = db.execute(
        sa.select(
            EntrySummary.entry_id,
            EntrySummary.text,
            EntrySummary.agreed_at,
            EntrySummary.refused_at,
        ).where(EntrySummary.entry_id.in_(ids), EntrySummary.replaced_at.is_(None))
    )
    return {
        row.entry_id: OwnSummary(
            row.text or "", True if row.agreed_at else False if row.refused_at else None
        )
        for row in rows
    }


def nots_told(db: Session, actor: Actor, ids: Sequence[int]) -> dict[int, dict[ConsentUse, str]]:
    """Return the uses that the team did not let out, each with the reason its author reads."""
    actor.must(Permission.ENTRIES_OWN)
    found: defaultdict[int, dict[ConsentUse, str]] = defaultdict(dict)
    for entry_id, use, reason in db.execute(
        sa.select(UseDecision.entry_id, UseDecision.use, UseDecision.reason).where(
            UseDecision.entry_id.in_(ids),
            UseDecision.let_out.is_(False),
            UseDecision.ended_at.is_(None),
        )
    ):
        found[entry_id][use] = reason or ""
    return found


def uses_given(db: Session, actor: Actor, ids: Sequence[int]) -> dict[int, frozenset[ConsentUse]]:
    """Return what the author of each entry allows now."""
    actor.must(Permission.ENTRIES_OWN)
    found: defaultdict[int, frozenset[ConsentUse]] = defaultdict(frozenset)
    for entry_id, use in db.execute(
        sa.select(Consent.entry_id, Consent.use).where(
            Consent.entry_id.in_(ids), Consent.withdrawn_at.is_(None)
        )
    ):
        found[entry_id] |= {use}
    return found


def not_reached() -> sa.ColumnElement[bool]:
    """Return the condition that somebody tried to reach an entry's author last, and could not."""
    newest = (
        sa.select(ContactWish.ending)
        .where(ContactWish.entry_id == CardEntry.id)
        .order_by(ContactWish.id.desc())
        .limit(1)
        .correlate(CardEntry)
        .scalar_subquery()
    )
    return sa.func.coalesce(newest, "") == WishEnd.NOT_REACHED.value


def newest_recall() -> sa.ScalarSelect[str | None]:
    """Return why an entry was taken back in last."""
    return (
        sa.select(Recall.reason)
        .where(Recall.entry_id == CardEntry.id)
        .order_by(Recall.id.desc())
        .limit(1)
        .correlate(CardEntry)
        .scalar_subquery()
    )
