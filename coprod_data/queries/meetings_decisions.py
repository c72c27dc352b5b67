"""What meetings decided: of one meeting, and the log of what was said would be done."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    Action,
    AgendaItem,
    Decision,
    Meeting,
    MeetingPresent,
    Person,
    PromiseCommitment,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.meeting_decision import Said
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.meetings import TO_BE_DONE, MeetingPart

MOST_LINES = 200
DONE = (Stage.DONE, Stage.VERIFIED)


@dataclass(frozen=True)
class DecisionRow:
    """A decision. `done` says that it was carried out, as a line or as an action of the plan;
    `late` that its day has passed; `private` that it was talked about without the public.
    `may_confirm` and `may_finish` are the reader's, and so are `may_unconfirm` and `may_reopen`,
    which take these two back.
    """

    id: int
    meeting_id: int
    met_on: date
    item_id: int
    said: Said
    owner: str
    commitment: str
    recorded_by: str
    confirmed_on: date | None
    action_id: int | None
    done: bool
    done_words: str
    late: bool
    private: bool
    may_confirm: bool
    may_finish: bool
    may_unconfirm: bool
    may_reopen: bool


@dataclass(frozen=True)
class PresentRow:
    """How many of a part were there; None where the number is too small for this reader."""

    part: MeetingPart
    number: int | None


def decisions(db: Session, actor: Actor, meeting_id: int) -> list[DecisionRow]:
    """Return what a meeting decided, in the order in which it was written down."""
    actor.must(Permission.MEETINGS_READ)
    statement = _listed().where(Decision.meeting_id == meeting_id).order_by(Decision.id)
    return [_row(row, actor) for row in db.execute(statement)]


def every_decision(
    db: Session, actor: Actor, *, meeting_id: int | None = None
) -> list[DecisionRow]:
    """Return what all meetings decided, the newest meeting first, or one of them."""
    actor.must(Permission.MEETINGS_READ)
    which = sa.true() if meeting_id is None else Decision.meeting_id == meeting_id
    statement = _listed().where(which).order_by(Meeting.meets_on.desc(), Decision.id)
    return [_row(row, actor) for row in db.execute(statement)]


def newest_decisions(db: Session, actor: Actor, meeting_id: int) -> dict[int, int]:
    """Return by item the id of its newest decision, for a form to carry."""
    actor.must(Permission.MEETINGS_READ)
    rows = db.execute(
        sa.select(Decision.item_id, sa.func.max(Decision.id))
        .where(Decision.meeting_id == meeting_id)
        .group_by(Decision.item_id)
    )
    return {row[0]: row[1] for row in rows}


def what_we_said(db: Session, actor: Actor, day: date) -> list[DecisionRow]:
    """Return what meetings before this day said would be done: the last meeting's, and what is not
    done of those before it; late ones first, then by day.
    """
    actor.must(Permission.MEETINGS_READ)
    last = sa.select(sa.func.max(Meeting.meets_on)).where(
        Meeting.ended_at.is_not(None), Meeting.meets_on < day
    )
    rows = db.execute(
        _listed()
        .where(
            Decision.confirmed_at.is_not(None),
            Decision.result.in_(TO_BE_DONE),
            Meeting.meets_on < day,
            sa.or_(
                Meeting.meets_on == last.scalar_subquery(),
                sa.and_(
                    Decision.done_at.is_(None),
                    sa.or_(Action.id.is_(None), Action.stage.not_in((*DONE, Stage.DROPPED))),
                ),
            ),
        )
        .order_by(Decision.due_on, Decision.id)
        .limit(MOST_LINES)
    )
    found = [_row(row, actor) for row in rows]
    return sorted(found, key=lambda one: (not one.late, one.done))


def who_was_there(db: Session, actor: Actor, meeting_id: int) -> list[PresentRow]:
    """Return how many of each part were there. One to four young people are told only to those who
    keep meetings and the Youth Voice Team.
    """
    actor.must(Permission.MEETINGS_READ)
    counts = actor.may(Permission.MEETINGS_WRITE) or actor.may(
        Permission.OPPORTUNITIES_INVITE_YOUNG
    )
    rows = db.execute(
        sa.select(MeetingPresent.part, MeetingPresent.number).where(
            MeetingPresent.meeting_id == meeting_id
        )
    )
    found = {row.part: row.number for row in rows}
    return [
        PresentRow(part, None if _too_few(part, found[part]) and not counts else found[part])
        for part in MeetingPart
        if part in found
    ]


def _too_few(part: MeetingPart, number: int) -> bool:
    return part is MeetingPart.YOUNG_PEOPLE and 1 <= number <= 4


def _listed() -> Any:
    owner, wrote = aliased(Person), aliased(Person)
    return (
        sa.select(
            Decision, Meeting.meets_on, owner.name.label("owner"), wrote.name.label("wrote"),
            (PromiseCommitment.reference + " " + PromiseCommitment.wording).label("commitment"),
            Action.stage.label("stage"), AgendaItem.private.label("private"),
        )
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .join(AgendaItem, AgendaItem.id == Decision.item_id)
        .join(wrote, wrote.id == Decision.recorded_by_id)
        .outerjoin(owner, owner.id == Decision.owner_id)
        .outerjoin(PromiseCommitment, PromiseCommitment.id == Decision.commitment_id)
        .outerjoin(Action, Action.id == Decision.action_id)
    )  # fmt: skip


def _row(row: Any, actor: Actor) -> DecisionRow:
    one: Decision = row.Decision
    done = one.done_at is not None or row.stage in DONE
    owed = one.result in TO_BE_DONE and not done and row.stage is not Stage.DROPPED
    line = one.confirmed_at is not None and one.action_id is None
    open_line = line and owed
    mine = one.owner_id == actor.person_id or actor.may(Permission.MEETINGS_WRITE)
    return DecisionRow(
        id=one.id, meeting_id=one.meeting_id, met_on=row.meets_on, item_id=one.item_id,
        said=Said.of(one), owner=row.owner or "", commitment=row.commitment or "",
        recorded_by=row.wrote,
        confirmed_on=london_day(one.confirmed_at) if one.confirmed_at else None,
        action_id=one.action_id, done=done, done_words=one.done_words,
        late=owed and one.due_on is not None and one.due_on < london_day(actor.at),
        private=row.private,
        may_confirm=one.confirmed_at is None and actor.may(Permission.MEETINGS_CONFIRM),
        may_finish=open_line and mine,
        may_unconfirm=line and one.done_at is None and actor.may(Permission.MEETINGS_CONFIRM),
        may_reopen=line and one.done_at is not None and mine,
    )  # fmt: skip
