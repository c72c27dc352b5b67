"""What comes first on an agenda by rule, and what always comes. Nothing here writes.

First what the Board did not get to last time, but for cards that are closed since; then the
opportunity that has waited longest, then the commitment whose two views are furthest apart; the
rest is in the chair's order.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    AgendaItem,
    AuditReturn,
    AuditRound,
    CardShare,
    HeardTime,
    Meeting,
    Opportunity,
    PromiseCommitment,
    PromiseTheme,
    ReportCard,
)
from coprod_data.rules.meeting_time import REACHED
from coprod_data.rules.views_gap import staff_view, steps_apart
from coprod_data.scopes.actions import live
from coprod_data.scopes.actions_beside import true_rag
from coprod_data.scopes.actions_faces import faces_of_commitments
from coprod_data.scopes.audits import handed_in
from coprod_data.scopes.opportunities import shown_state
from coprod_data.scopes.promise import lineage, theme_in_force
from coprod_data.vocabulary.actions import Face, Rag, Stage, ViewOf
from coprod_data.vocabulary.meetings import NEVER_CARRIED, YOUNG_WORDS, AgendaKind, AgendaTier
from coprod_data.vocabulary.opportunities import OpportunityProgress
from coprod_data.vocabulary.report_cards import Body

MOST_CARDS = 6  # on one agenda
LED_MINUTES, CARD_MINUTES = 15, 10
ALWAYS = (  # kind, tier, minutes, place among those of its tier
    (AgendaKind.OPENING, AgendaTier.OPENING, 10, 1),
    (AgendaKind.WELCOME, AgendaTier.OPENING, 5, 2),
    (AgendaKind.OPPORTUNITIES, AgendaTier.CHAIR, 10, 20),
    (AgendaKind.PROMISE, AgendaTier.CHAIR, 15, 21),
    (AgendaKind.LOG, AgendaTier.CHAIR, 10, 22),
    (AgendaKind.AUDIT, AgendaTier.CHAIR, 15, 23),
    (AgendaKind.NEXT, AgendaTier.CHAIR, 5, 90),
)


@dataclass(frozen=True)
class Due:
    """An item that belongs on an agenda now; `about` is what makes it the same as another."""

    kind: AgendaKind
    tier: AgendaTier
    minutes: int
    place: int
    title: str = ""
    detail: str = ""
    private: bool = False
    opportunity_id: int | None = None
    commitment_id: int | None = None
    report_card_id: int | None = None
    carried_from_id: int | None = None
    apart: int | None = None

    @property
    def about(self) -> tuple[object, ...]:
        """What it is about: a kind, and a record where it is about one."""
        return about(self)


def about(item: Any) -> tuple[object, ...]:
    """Return what makes an item the same as another, whatever its tier."""
    record = (item.opportunity_id, item.commitment_id, item.report_card_id)
    if any(record):
        return record
    own = item.carried_from_id if item.kind is AgendaKind.PAPER else None
    return (item.kind, own, item.title if item.kind is AgendaKind.PAPER else "")


def due_items(db: Session, meeting: Meeting, today: date) -> list[Due]:
    """Return what belongs on the agenda of a meeting, each thing once, in its highest tier."""
    found = [
        *_not_reached(db, meeting), *_longest_wait(db), *_widest_gap(db, today),
        *_new_cards(db, meeting), *_always(db, meeting),
    ]  # fmt: skip
    once: dict[tuple[object, ...], Due] = {}
    for one in sorted(found, key=lambda due: due.tier):
        once.setdefault(one.about, one)
    return list(once.values())


def last_meeting(db: Session, meeting: Meeting) -> Meeting | None:
    """Return the last meeting that was held before this one."""
    return db.scalars(
        sa.select(Meeting)
        .where(Meeting.ended_at.is_not(None), Meeting.meets_on < meeting.meets_on)
        .order_by(Meeting.meets_on.desc())
        .limit(1)
    ).first()


def heard_seconds(db: Session, meeting_id: int) -> dict[int, float]:
    """Return for how long each item of a meeting was talked about."""
    rows = db.execute(
        sa.select(HeardTime.item_id, HeardTime.started_at, HeardTime.stopped_at)
        .join(AgendaItem, AgendaItem.id == HeardTime.item_id)
        .where(AgendaItem.meeting_id == meeting_id)
    )
    found: dict[int, float] = {}
    for item_id, started, stopped in rows:
        if stopped is not None:
            found[item_id] = found.get(item_id, 0) + (stopped - started).total_seconds()
    return found


def _not_reached(db: Session, meeting: Meeting) -> list[Due]:
    before = last_meeting(db, meeting)
    if before is None:
        return []
    heard = heard_seconds(db, before.id)
    closed = sa.select(ReportCard.id).where(ReportCard.closed_at.is_not(None))
    rows = db.scalars(
        sa.select(AgendaItem)
        .where(
            AgendaItem.meeting_id == before.id,
            AgendaItem.removed_at.is_(None),
            AgendaItem.kind.not_in(NEVER_CARRIED),
            sa.func.coalesce(AgendaItem.report_card_id.not_in(closed), sa.true()),
        )
        .order_by(AgendaItem.tier, AgendaItem.place, AgendaItem.id)
    )
    left = [row for row in rows if heard.get(row.id, 0) < REACHED.total_seconds()]
    left.sort(key=lambda row: row.kind not in YOUNG_WORDS)  # a promise to a child is kept first
    return [
        Due(
            row.kind, AgendaTier.NOT_REACHED, row.minutes, place, row.title, row.detail,
            row.private, row.opportunity_id, row.commitment_id, row.report_card_id, row.id,
            row.apart,
        )
        for place, row in enumerate(left, start=1)
    ]  # fmt: skip


def _longest_wait(db: Session) -> list[Due]:
    longest = db.scalar(
        sa.select(Opportunity.id)
        .where(shown_state() == OpportunityProgress.OPEN.value, Opportunity.opened_at.is_not(None))
        .order_by(Opportunity.opened_at, Opportunity.id)
        .limit(1)
    )
    if longest is None:
        return []
    return [Due(AgendaKind.OPPORTUNITY, AgendaTier.WAITED, LED_MINUTES, 1, opportunity_id=longest)]


def _widest_gap(db: Session, today: date) -> list[Due]:
    views, then = faces_of_commitments(), lineage()
    said = sa.func.coalesce(sa.cast(true_rag(today), sa.String), sa.cast(Action.stage, sa.String))
    statement = (
        sa.select(PromiseCommitment.id, *views.columns, said.label("said"), sa.func.count())
        .join(PromiseTheme, PromiseTheme.id == PromiseCommitment.theme_id)
        .join(then, then.c.now_id == PromiseCommitment.id)
        .join(Action, sa.and_(Action.commitment_id == then.c.then_id, live()))
        .group_by(PromiseCommitment.id, sa.literal_column("said"))
        .group_by(*(part for table, _ in views.joins for part in (table.id, table.face)))
        .group_by(*(table.counted_to for table, _ in views.joins))
    )
    for table, condition in views.joins:
        statement = statement.outerjoin(table, condition)
    staff: dict[int, dict[Rag | Stage, int]] = {}
    faces: dict[int, Face] = {}
    for row in db.execute(statement.where(theme_in_force())):
        if row.face_of == ViewOf.COMMITMENT.value:
            word = Rag(row.said) if row.said in list(Rag) else Stage(row.said)
            staff.setdefault(row[0], {})[word] = row[-1]
            faces[row[0]] = Face(row.face)
    apart = {
        number: steps
        for number, face in faces.items()
        if (steps := steps_apart(staff_view(staff[number]), face))
    }
    if not apart:
        return []
    widest = max(apart, key=lambda one: (abs(apart[one]), apart[one], -one))
    return [
        Due(
            AgendaKind.GAP, AgendaTier.GAP, LED_MINUTES, 1, commitment_id=widest,
            apart=apart[widest],
        )
    ]  # fmt: skip


def _new_cards(db: Session, meeting: Meeting) -> list[Due]:
    before = last_meeting(db, meeting)
    since = sa.true() if before is None else CardShare.shared_on > before.meets_on
    had = sa.exists().where(
        AgendaItem.report_card_id == CardShare.report_card_id,
        AgendaItem.meeting_id != meeting.id,
    )
    cards = db.scalars(
        sa.select(CardShare.report_card_id)
        .where(CardShare.body == Body.CPB, since, ~had)
        .order_by(CardShare.shared_on.desc(), CardShare.report_card_id.desc())
        .limit(MOST_CARDS)
    )
    return [
        Due(AgendaKind.CARD, AgendaTier.CHAIR, CARD_MINUTES, place, report_card_id=card)
        for place, card in enumerate(cards, start=1)
    ]


def _always(db: Session, meeting: Meeting) -> list[Due]:
    audited = db.scalar(
        sa.select(AuditRound.id)
        .join(AuditReturn, AuditReturn.round_id == AuditRound.id)
        .where(AuditRound.due_on <= meeting.meets_on, ~handed_in())
        .limit(1)
    )
    return [
        Due(kind, tier, minutes, place)
        for kind, tier, minutes, place in ALWAYS
        if kind is not AgendaKind.AUDIT or audited is not None
    ]
