"""Steps of reading raw words: what was asked, proposed, decided and told.

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
    EntryQuestion,
    EntryReading,
    EntrySummary,
    EntryVersion,
    PageWords,
    Person,
    Policy,
    PolicyComment,
    PolicyPart,
    PolicyVersion,
    Reply,
    UseDecision,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.queries.entries_raw_care_steps import hold_on
from coprod_data.scopes.entries import held, may_open
from coprod_data.scopes.second_person import (
    second_people,
    team_for,
    void,
    waits_for_hold,
)
from coprod_data.scopes.second_person_maybe import maybe_about
from coprod_data.vocabulary.entries import ConsentUse, QuestionKind, VersionKind
from coprod_data.vocabulary.entry_care import HoldEnd, StepKind, WishEnd, WordsTo


@dataclass(frozen=True)
class AskedQuestion:
    """What the young person was asked about this entry, and their yes or no."""

    kind: QuestionKind
    text: str
    asked_at: datetime
    answered_at: datetime | None
    agreed: bool | None


@dataclass(frozen=True)
class Letter:
    """Words that belong to the same card; their text only for somebody who has opened them."""

    id: int
    sent_at: datetime
    text: str


@dataclass(frozen=True)
class Proposal:
    """A step that waits for a second person, with the words or the text it would show.

    `why` is what its proposer says to the second person; `nots` are the uses that would not be let
    out, each with the reason their author would read. `for_me`: this person may decide it. `void`
    says why nobody can agree to it any more, or nothing. `by_one_of_us`: the entry may be about
    its proposer. The last three are those of a hold or a wish that would end.
    """

    kind: StepKind
    by: str
    by_me: bool
    for_me: bool
    void: str
    by_one_of_us: bool
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
        void=void(db, step),
        by_one_of_us=step.proposed_by_id in maybe_about(db, [entry])[entry.id],
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


def decisions_on(db: Session, entry: CardEntry) -> dict[ConsentUse, str | None]:
    """Return what was decided for each use: None where the words are out, else why not."""
    rows = db.execute(
        sa.select(UseDecision.use, UseDecision.let_out, UseDecision.reason).where(
            UseDecision.entry_id == entry.id, UseDecision.ended_at.is_(None)
        )
    )
    return {use: None if out else reason or "" for use, out, reason in rows}


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


def page_of(db: Session, entry: CardEntry) -> sa.Row[str, str | None] | None:
    """Return the page that an entry is about, and the name of an adult who wants an answer."""
    return db.execute(
        sa.select(PageWords.page, Person.name)
        .outerjoin(Person, Person.id == PageWords.reply_to_id)
        .where(PageWords.entry_id == entry.id)
    ).one_or_none()


def policy_of(db: Session, entry: CardEntry) -> str:
    """Return which part of which version of a policy an entry is about, in words; "" for none."""
    row = db.execute(
        sa.select(
            Policy.title, PolicyVersion.number, PolicyPart.heading,
            PolicyComment.opinion, PolicyComment.way,
        )
        .join(PolicyVersion, PolicyVersion.policy_id == Policy.id)
        .join(PolicyPart, PolicyPart.version_id == PolicyVersion.id)
        .join(PolicyComment, PolicyComment.part_id == PolicyPart.id)
        .where(PolicyComment.entry_id == entry.id)
    ).one_or_none()  # fmt: skip
    if row is None:
        return ""
    title, number, heading, opinion, way = row
    said = f". They chose “{opinion.words}”" if opinion else ""
    return f"“{heading}” in version {number} of “{title}”, {way.words.lower()}{said}"


def settled_of(db: Session, entry: CardEntry) -> dict[str, Any]:
    """Return what became of a comment on a policy, as its form carries it; nothing for others."""
    row = db.scalar(sa.select(PolicyComment).where(PolicyComment.entry_id == entry.id))
    return {"disposition": row.disposition, "changed": row.changed} if row else {}


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


def letters_beside(db: Session, actor: Actor, entry: CardEntry) -> tuple[Letter, ...]:
    """Return what else its author wrote on the same card, in order, as far as this person may know.

    What was taken back is left out, and what is held for all but safeguarding.
    """
    kept = sa.true() if actor.may(Permission.ENTRIES_READ_HELD) else ~held()
    opened = sa.exists().where(
        EntryReading.entry_id == CardEntry.id, EntryReading.person_id == actor.id
    )
    shown, original = aliased(EntryVersion), aliased(EntryVersion)
    rows = db.execute(
        sa.select(
            CardEntry.id,
            CardEntry.sent_at,
            sa.case((opened, sa.func.coalesce(shown.thinks, original.thinks))).label("text"),
        )
        .outerjoin(shown, shown.id == CardEntry.released_version_id)
        .outerjoin(
            original,
            sa.and_(original.entry_id == CardEntry.id, original.kind == VersionKind.ORIGINAL),
        )
        .where(
            CardEntry.about_id == (entry.about_id or entry.id),
            CardEntry.id != entry.id,
            CardEntry.withdrawn_at.is_(None),
            kept,
            may_open(actor),
        )
        .order_by(CardEntry.sent_at, CardEntry.id)
    )
    return tuple(Letter(row.id, row.sent_at, row.text or "") for row in rows)


def replies_to(db: Session, entry: CardEntry) -> tuple[tuple[str, datetime], ...]:
    """Return what the team told its author, in order."""
    rows = db.execute(
        sa.select(Reply.text, Reply.at)
        .where(Reply.entry_id == (entry.about_id or entry.id))
        .order_by(Reply.at, Reply.id)
    )
    return tuple((row.text, row.at) for row in rows)
