"""Steps of reading raw words: questions, proposals, the hold, the wish, the readings beside them.

Asked for by `entries_raw`, which has asked the right to them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    CardEntry,
    CheckStep,
    Consent,
    ContactWish,
    EntryQuestion,
    EntryReading,
    EntrySummary,
    EntryVersion,
    HoldCall,
    Person,
    Reply,
    SafeguardingHold,
    UseDecision,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.second_person import second_people, team_for, waits_for_hold
from coprod_data.vocabulary.entries import ConsentUse, QuestionKind
from coprod_data.vocabulary.entry_care import HoldEnd, StepKind, Told, WishEnd, WordsTo


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
    """A step that waits for a second person, with the words or the text it would show.

    `why` is what its proposer says to the second person; `nots` are the uses that would not be let
    out, each with the reason their author would read. `for_me`: this person may decide it. The
    last three are those of a hold or a wish that would end.
    """

    kind: StepKind
    by: str
    by_me: bool
    for_me: bool
    at: datetime
    thinks: str
    wants: str
    text: str
    why: str
    nots: Mapping[ConsentUse, str]
    ending: HoldEnd | WishEnd | None
    words_to: WordsTo | None
    reference: str


@dataclass(frozen=True)
class AnsweredStep:
    """What a second person did not agree to, and why; for the two teams only."""

    kind: StepKind
    by: str
    answer: str
    at: datetime


@dataclass(frozen=True)
class HoldFacts:
    """A hold that is open: on which entry, since when, and who opened it.

    `calls` are whom somebody told, and when, in order.
    """

    entry_id: int
    opened_at: datetime
    opened_by: str
    first_read_at: datetime | None
    first_read_by: str
    calls: tuple[tuple[Told, datetime, str], ...]


@dataclass(frozen=True)
class WishFacts:
    """A wish to talk; its words only once this person's team has opened it."""

    id: int
    made_at: datetime
    opened_at: datetime | None
    opened_by: str
    taken_back: bool
    first_name: str
    how: str
    when_safe: str


@dataclass(frozen=True)
class ReadingRow:
    """Who opened the raw words, and when."""

    person: str
    at: datetime


def proposals_on(db: Session, actor: Actor, entry: CardEntry) -> list[Proposal]:
    """Return every step on an entry that waits for a second person, the one of a hold first."""
    rows = db.execute(
        sa.select(CheckStep, Person.name, EntryVersion.thinks, EntryVersion.wants)
        .join(Person, Person.id == CheckStep.proposed_by_id)
        .outerjoin(EntryVersion, EntryVersion.id == CheckStep.version_id)
        .where(CheckStep.entry_id == entry.id, CheckStep.settled_at.is_(None))
        .order_by(CheckStep.kind != StepKind.END_HOLD, CheckStep.id)
    ).all()
    is_held = bool(rows) and hold_on(db, entry) is not None
    return [_proposal(db, actor, entry, row, is_held=is_held) for row in rows]


def _proposal(
    db: Session, actor: Actor, entry: CardEntry, row: sa.Row[*tuple[Any, ...]], *, is_held: bool
) -> Proposal:
    step: CheckStep = row.CheckStep
    team, first_id = team_for(step.kind, held=is_held), step.proposed_by_id
    others = second_people(db, team, at=actor.at, first_id=first_id, entry=entry, kind=step.kind)
    return Proposal(
        kind=step.kind,
        by=row.name,
        by_me=step.proposed_by_id == actor.id,
        for_me=actor.id in others and not waits_for_hold(step.kind, held=is_held),
        at=step.proposed_at,
        thinks=row.thinks or "",
        wants=row.wants or "",
        text=step.text or "",
        why=step.why or "",
        nots={ConsentUse(use): why for use, why in step.detail.get("nots", {}).items()},
        ending=_ending(step),
        words_to=WordsTo(step.detail["words_to"]) if "words_to" in step.detail else None,
        reference=str(step.detail.get("reference", "")),
    )


def _ending(step: CheckStep) -> HoldEnd | WishEnd | None:
    if step.kind is StepKind.END_HOLD:
        return HoldEnd(step.detail["ending"])
    return WishEnd(step.detail["ending"]) if step.kind is StepKind.END_WISH else None


def refused_steps(db: Session, entry: CardEntry) -> tuple[AnsweredStep, ...]:
    """Return what second people did not agree to, the newest first."""
    rows = db.execute(
        sa.select(CheckStep.kind, Person.name, CheckStep.answer, CheckStep.settled_at)
        .join(Person, Person.id == CheckStep.settled_by_id)
        .where(CheckStep.entry_id == entry.id, CheckStep.agreed.is_(False))
        .order_by(CheckStep.id.desc())
    )
    return tuple(AnsweredStep(row.kind, row.name, row.answer or "", row.settled_at) for row in rows)


def hold_on(db: Session, entry: CardEntry) -> HoldFacts | None:
    """Return the hold that is open on an entry, or on one that it is held with."""
    opener, reader, caller = aliased(Person), aliased(Person), aliased(Person)
    row = db.execute(
        sa.select(SafeguardingHold, opener.name.label("opener"), reader.name.label("reader"))
        .join(opener, opener.id == SafeguardingHold.opened_by_id)
        .outerjoin(reader, reader.id == SafeguardingHold.first_read_by_id)
        .where(
            SafeguardingHold.entry_id.in_([entry.id, entry.about_id, entry.held_with_id]),
            SafeguardingHold.closed_at.is_(None),
        )
        .limit(1)
    ).first()
    if row is None:
        return None
    hold: SafeguardingHold = row.SafeguardingHold
    calls = db.execute(
        sa.select(HoldCall.told_to, HoldCall.at, caller.name)
        .join(caller, caller.id == HoldCall.by_id)
        .where(HoldCall.hold_id == hold.id)
        .order_by(HoldCall.at, HoldCall.id)
    )
    return HoldFacts(
        entry_id=hold.entry_id,
        opened_at=hold.opened_at,
        opened_by=row.opener,
        first_read_at=hold.first_read_at,
        first_read_by=row.reader or "",
        calls=tuple((told, at, name) for told, at, name in calls),
    )


def wish_on(db: Session, actor: Actor, entry: CardEntry) -> WishFacts | None:
    """Return the open wish of an entry's author; its words once somebody has opened them."""
    opener = aliased(Person)
    row = db.execute(
        sa.select(ContactWish, opener.name)
        .outerjoin(opener, opener.id == ContactWish.opened_by_id)
        .where(
            ContactWish.entry_id.in_([entry.id, entry.about_id]),
            ContactWish.closed_at.is_(None),
        )
        .limit(1)
    ).first()
    if row is None:
        return None
    wish: ContactWish = row.ContactWish
    if wish.taken_back_at is not None and not actor.may(Permission.ENTRIES_READ_HELD):
        return None
    seen = wish.opened_at is not None
    return WishFacts(
        id=wish.id,
        made_at=wish.made_at,
        opened_at=wish.opened_at,
        opened_by=row.name or "",
        taken_back=wish.taken_back_at is not None,
        first_name=(wish.first_name or "") if seen else "",
        how=(wish.how or "") if seen else "",
        when_safe=(wish.when_safe or "") if seen else "",
    )


def decisions_on(db: Session, entry: CardEntry) -> dict[ConsentUse, str | None]:
    """Return what was decided for each use: None where the words are out, else why not."""
    rows = db.execute(
        sa.select(UseDecision.use, UseDecision.let_out, UseDecision.reason).where(
            UseDecision.entry_id == entry.id, UseDecision.ended_at.is_(None)
        )
    )
    return {use: None if out else reason or "" for use, out, reason in rows}


def readings_of(db: Session, entry_id: int) -> list[tuple[int, ReadingRow]]:
    """Return who opened an entry's raw words, with their ids, in order."""
    return [
        (person_id, ReadingRow(name, at))
        for person_id, name, at in db.execute(
            sa.select(Person.id, Person.name, EntryReading.at)
            .join(Person, Person.id == EntryReading.person_id)
            .where(EntryReading.entry_id == entry_id)
            .order_by(EntryReading.at, EntryReading.id)
        )
    ]


def uses_of(db: Session, entry_id: int) -> frozenset[ConsentUse]:
    """Return what an entry's author allows now."""
    live = sa.select(Consent.use).where(
        Consent.entry_id == entry_id, Consent.withdrawn_at.is_(None)
    )
    return frozenset(db.scalars(live))


def asked_about(db: Session, entry: CardEntry) -> str:
    """Return the question that an entry answers."""
    asked = sa.select(EntryQuestion.text).where(EntryQuestion.answer_id == entry.id)
    return db.scalars(asked).first() or ""


def summary_of(db: Session, entry: CardEntry) -> str:
    """Return the summary that is in place."""
    written = sa.select(EntrySummary.text).where(
        EntrySummary.entry_id == entry.id, EntrySummary.replaced_at.is_(None)
    )
    return db.scalars(written).first() or ""


def questions_on(db: Session, entry: CardEntry) -> tuple[AskedQuestion, ...]:
    """Return what its author was asked, in order."""
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


def replies_to(db: Session, entry: CardEntry) -> tuple[tuple[str, datetime], ...]:
    """Return what the team told its author, in order."""
    rows = db.execute(
        sa.select(Reply.text, Reply.at)
        .where(Reply.entry_id == (entry.about_id or entry.id))
        .order_by(Reply.at, Reply.id)
    )
    return tuple((row.text, row.at) for row in rows)
