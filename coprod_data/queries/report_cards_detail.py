"""One report card: what was said, who works on it, what was done together, and what staff did."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Answer,
    CardEntry,
    CardShare,
    EntrySummary,
    EntryVersion,
    Invitation,
    NotYet,
    Opportunity,
    Outcome,
    Person,
    PromiseCommitment,
    PromiseTheme,
    ReportCard,
)
from coprod_data.models.links import card_opportunities
from coprod_data.models.report_cards import TO_TAKE_BACK
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.queries.report_cards_rows import (
    CardAnswer,
    CardDetail,
    CardOpportunity,
    CardOutcome,
    Picked,
    SummaryRow,
    Voice,
)
from coprod_data.rules.clocks import days_between, london_day
from coprod_data.rules.titles import card_title, month_shown
from coprod_data.scopes.entries import (
    may_open,
    not_about,
    released,
    reply_owed,
    summary_out,
    words_for,
)
from coprod_data.scopes.opportunities import brought_forward, said_yes
from coprod_data.scopes.opportunities import shown_state as opportunity_state
from coprod_data.scopes.outcomes import shown_state
from coprod_data.scopes.report_cards import answers_alone, progress, visible_to, voices_for
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.opportunities import OpportunityProgress
from coprod_data.vocabulary.outcomes import OutcomeProgress
from coprod_data.vocabulary.report_cards import CardProgress

PAGE = 20  # this many voices, and as many summaries


def report_card(db: Session, actor: Actor, report_card_id: int, *, page: int = 1) -> CardDetail:
    """Return one card with a page of its words; a page beyond the last gives the last.

    Raises NotFound for a card that this reader may not see.
    """
    actor.must(
        Permission.REPORT_CARDS_READ,
        Permission.REPORT_CARDS_READ_LINKED,
        Permission.REPORT_CARDS_READ_PUBLIC,
    )
    readable = sa.and_(words_for(actor), CardEntry.kind == EntryKind.WORDS)
    row = db.execute(
        sa.select(
            ReportCard,
            PromiseTheme,
            progress().label("progress"),
            sa.label("number", voices_for(actor)),
            ReportCard.summaries.label("summed_up"),
        )
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .where(ReportCard.id == report_card_id, visible_to(actor))
    ).one_or_none()
    if row is None:
        raise NotFound("We could not find that report card, or you may not see it.")
    card: ReportCard = row.ReportCard
    theme: PromiseTheme = row.PromiseTheme
    on_it = CardEntry.report_card_id == card.id
    alone = answers_alone(actor)
    lonely = sa.select(sa.func.count()).select_from(CardEntry).where(on_it, alone)
    most = max(row.number, row.summed_up, db.scalar(lonely) or 0)
    pages = max(1, -(-most // PAGE))
    page = min(max(page, 1), pages)
    shares = _shares(db, card.id)
    month = month_shown(card.shared_on, card.opened_at)
    opportunity_ids = _opportunity_ids(db, card.id)
    return CardDetail(
        id=card.id,
        title=card_title(card.title, theme.young_title, month),
        titled=bool(card.title),
        theme_id=theme.id,
        theme=theme.title,
        young_theme=theme.young_title,
        icon=theme.icon,
        state=CardProgress(row.progress),
        opened_on=london_day(card.opened_at),
        shared=tuple((one.body, one.shared_on) for one in shares),
        just_shared=any(one.at and one.at >= actor.at - TO_TAKE_BACK for one in shares),
        board_reads=card.board_voices + card.board_answers + card.summaries > 0,
        voices=_voices(db, actor, page, on_it, readable),
        alone=_voices(db, actor, page, on_it, alone),
        page=page,
        pages=pages,
        summaries=_summaries(db, actor, card.id, page) if row.summed_up else (),
        opportunities=_opportunities(db, actor, opportunity_ids),
        outcomes=_outcomes(db, actor, opportunity_ids),
        answers=_answers(db, card.id),
        owed=_owed(db, actor, on_it),
        commitment_id=card.commitment_id,
    )


def _voices(
    db: Session, actor: Actor, page: int, *conditions: sa.ColumnElement[bool]
) -> tuple[Voice, ...]:
    rows = db.execute(
        sa.select(
            CardEntry.id,
            EntryVersion.thinks,
            EntryVersion.wants,
            CardEntry.feeling,
            CardEntry.sent_at,
            CardEntry.commitment_id,
            PromiseCommitment.reference,
        )
        .join(EntryVersion, EntryVersion.id == CardEntry.released_version_id)
        .outerjoin(PromiseCommitment, PromiseCommitment.id == CardEntry.commitment_id)
        .where(*conditions)
        .order_by(CardEntry.place.desc())
        .limit(PAGE)
        .offset(PAGE * (page - 1))
    ).all()
    later = _written_later(db, actor, [row.id for row in rows])
    return tuple(
        Voice(
            row.id,
            row.thinks or "",
            row.wants or "",
            row.feeling,
            _month(row.sent_at),
            row.commitment_id,
            row.reference or "",
            tuple(later.get(row.id, ())),
        )
        for row in rows
    )


def _written_later(db: Session, actor: Actor, ids: list[int]) -> dict[int | None, list[str]]:
    """Return what the authors of these entries wrote back that this reader may read, in order."""
    found: dict[int | None, list[str]] = {}
    rows = db.execute(
        sa.select(CardEntry.about_id, EntryVersion.thinks)
        .join(EntryVersion, EntryVersion.id == CardEntry.released_version_id)
        .where(
            CardEntry.about_id.in_(ids), CardEntry.kind == EntryKind.ANSWER, words_for(actor)
        )
        .order_by(CardEntry.sent_at, CardEntry.id)
    )  # fmt: skip
    for entry_id, words in rows:
        found.setdefault(entry_id, []).append(words or "")
    return found


def _summaries(db: Session, actor: Actor, report_card_id: int, page: int) -> tuple[SummaryRow, ...]:
    staff = actor.may(Permission.REPORT_CARDS_READ) or actor.may(
        Permission.REPORT_CARDS_READ_LINKED
    )
    rows = db.execute(
        sa.select(CardEntry.id, EntrySummary.text, EntrySummary.agreed_at, CardEntry.sent_at)
        .join(EntrySummary, EntrySummary.entry_id == CardEntry.id)
        .where(
            CardEntry.report_card_id == report_card_id,
            CardEntry.summed_up,
            EntrySummary.replaced_at.is_(None),
            EntrySummary.refused_at.is_(None),
            summary_out(),
            not_about(actor),
            sa.true() if staff else released(ConsentUse.PUBLIC),
        )
        .order_by(CardEntry.place.desc())
        .limit(PAGE)
        .offset(PAGE * (page - 1))
    )
    return tuple(
        SummaryRow(row.id, row.text, row.agreed_at is not None, _month(row.sent_at)) for row in rows
    )


def _opportunity_ids(db: Session, report_card_id: int) -> Sequence[int]:
    pairs = card_opportunities()
    hanging = sa.select(pairs.c.opportunity_id).where(pairs.c.report_card_id == report_card_id)
    return db.scalars(hanging).all()


def _opportunities(db: Session, actor: Actor, ids: Sequence[int]) -> tuple[CardOpportunity, ...]:
    people: dict[int, list[Picked]] = {}
    for invitation, name, job in db.execute(
        sa.select(Invitation, Person.name, Person.job)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.opportunity_id.in_(ids), said_yes())
        .order_by(Invitation.replied_at)
    ):
        people.setdefault(invitation.opportunity_id, []).append(
            Picked(
                name,
                job,
                invitation.confirmed_at is not None,
                london_day(invitation.replied_at or invitation.asked_at),
            )
        )
    return tuple(
        CardOpportunity(
            id=one.id,
            title=one.title,
            state=OpportunityProgress(state),
            opened_on=london_day(one.opened_at) if one.opened_at else None,
            waiting_days=(
                days_between(one.opened_at, actor.at)
                if one.opened_at and state == OpportunityProgress.OPEN
                else None
            ),
            people=tuple(people.get(one.id, ())),
        )
        for one, state in db.execute(
            sa.select(Opportunity, opportunity_state())
            .where(Opportunity.id.in_(ids), brought_forward())
            .order_by(Opportunity.spotted_at.desc(), Opportunity.id.desc())
        )
    )


def _outcomes(db: Session, actor: Actor, ids: Sequence[int]) -> tuple[CardOutcome, ...]:
    said: dict[int, tuple[str, int]] = {}
    for outcome_id, words, entry_id in db.execute(
        sa.select(NotYet.outcome_id, EntryVersion.thinks, CardEntry.id)
        .join(CardEntry, CardEntry.id == NotYet.reason_entry_id)
        .join(EntryVersion, EntryVersion.id == CardEntry.released_version_id)
        .join(Outcome, Outcome.id == NotYet.outcome_id)
        .where(Outcome.opportunity_id.in_(ids), words_for(actor))
        .order_by(NotYet.at)
    ):
        said[outcome_id] = words or "", entry_id
    rows = db.execute(
        sa.select(Outcome, shown_state().label("state"))
        .where(Outcome.opportunity_id.in_(ids))
        .order_by(Outcome.proposed_at.desc(), Outcome.id.desc())
    )
    return tuple(
        CardOutcome(
            id=row.Outcome.id,
            opportunity_id=row.Outcome.opportunity_id,
            what_changed=row.Outcome.what_changed,
            state=OutcomeProgress(row.state),
            on=london_day(row.Outcome.co_signed_at or row.Outcome.proposed_at),
            say=said[row.Outcome.id][0] if row.Outcome.id in said else "",
            say_entry=said[row.Outcome.id][1] if row.Outcome.id in said else None,
        )
        for row in rows
    )


def _answers(db: Session, report_card_id: int) -> tuple[CardAnswer, ...]:
    rows = db.execute(
        sa.select(Answer.text, Person.name, Person.job, Answer.at)
        .join(Person, Person.id == Answer.person_id)
        .where(Answer.report_card_id == report_card_id)
        .order_by(Answer.at, Answer.id)
    )
    return tuple(CardAnswer(row.text, row.name, row.job, london_day(row.at)) for row in rows)


def _shares(db: Session, report_card_id: int) -> Sequence[CardShare]:
    return db.scalars(
        sa.select(CardShare)
        .where(CardShare.report_card_id == report_card_id)
        .order_by(CardShare.shared_on, CardShare.id)
    ).all()


def _owed(db: Session, actor: Actor, on_it: sa.ColumnElement[bool]) -> int:
    if not actor.may(Permission.REPLIES_SEND):
        return 0
    owed = sa.select(sa.func.count()).where(on_it, reply_owed(), may_open(actor))
    return db.scalar(owed) or 0


def _month(moment: Any) -> date:
    return london_day(moment).replace(day=1)
