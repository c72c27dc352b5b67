"""The agenda of a meeting as shown: its items in order, why, and for how long each was heard."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    AgendaItem,
    HeardTime,
    Invitation,
    Meeting,
    Opportunity,
    PromiseCommitment,
    PromiseTheme,
    ReportCard,
)
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.meeting_time import running_for, whole_minutes
from coprod_data.scopes.opportunities import said_yes
from coprod_data.vocabulary.meetings import YOUNG_WORDS, AgendaKind, AgendaTier


@dataclass(frozen=True, kw_only=True)
class AgendaRow:
    """One item. `waited` are days on the day of the meeting, of an opportunity; `offered` says
    that somebody has said yes to it. `apart` is how many steps staff rate a commitment better.

    `heard` are seconds so far, None where it never ran; it runs since `running_since`. `changed_on`
    is the day of a change after the agenda was out, and `removed` says that it was taken off then.
    """

    id: int
    kind: AgendaKind
    tier: AgendaTier
    title: str
    own_title: str
    detail: str
    paper: str
    minutes: int
    private: bool
    opportunity_id: int | None
    commitment_id: int | None
    report_card_id: int | None
    waited: int | None
    offered: bool
    apart: int | None
    heard: float | None
    running_since: datetime | None
    started_at: datetime | None
    stopped_at: datetime | None
    changed_on: date | None
    removed: bool

    @property
    def young(self) -> bool:
        """Say whether its minutes count as young people's words."""
        return self.kind in YOUNG_WORDS

    @property
    def heard_minutes(self) -> int | None:
        """Whole minutes that it was talked about, None where it never ran."""
        return None if self.heard is None else whole_minutes(self.heard)


@dataclass(frozen=True)
class Agenda:
    """The agenda of a meeting. `last_on` is the day of the last meeting that was held before, and
    `off` what was taken off it.
    """

    rows: tuple[AgendaRow, ...]
    off: tuple[AgendaRow, ...]
    published_on: date | None
    started_at: datetime | None
    ended_at: datetime | None
    last_on: date | None

    @property
    def runs(self) -> bool:
        """Say whether the meeting is in progress."""
        return self.started_at is not None and self.ended_at is None

    @property
    def running(self) -> AgendaRow | None:
        """The item that runs now."""
        return next((row for row in self.rows if row.running_since), None)

    def minutes(self, *, young: bool) -> int:
        """Return the minutes heard of young people's words, or of the other items."""
        return whole_minutes(sum(row.heard or 0 for row in self.rows if row.young is young))


def agenda(db: Session, actor: Actor, meeting_id: int) -> Agenda:
    """Return the agenda of a meeting, in three statements. Raises NotFound."""
    actor.must(Permission.MEETINGS_READ)
    one = db.get(Meeting, meeting_id)
    if one is None:
        raise NotFound("We could not find that meeting.")
    heard = _heard(db, actor, meeting_id)
    last = db.scalar(
        sa.select(sa.func.max(Meeting.meets_on)).where(
            Meeting.ended_at.is_not(None), Meeting.meets_on < one.meets_on
        )
    )
    every = [
        (row.AgendaItem, _row(row, one, heard.get(row.AgendaItem.id)))
        for row in db.execute(_items(meeting_id))
    ]
    out = one.published_at is not None
    return Agenda(
        rows=tuple(row for item, row in every if not row.removed or out and _still_told(item)),
        off=tuple(row for _, row in every if row.removed),
        published_on=london_day(one.published_at) if one.published_at else None,
        started_at=one.started_at,
        ended_at=one.ended_at,
        last_on=last,
    )


def _still_told(item: AgendaItem) -> bool:
    return item.changed_at is not None


@dataclass
class _Heard:
    seconds: float = 0
    running: datetime | None = None
    first: datetime | None = None
    last: datetime | None = None


def _heard(db: Session, actor: Actor, meeting_id: int) -> dict[int, _Heard]:
    found: dict[int, _Heard] = {}
    for item_id, started, stopped in db.execute(
        sa.select(HeardTime.item_id, HeardTime.started_at, HeardTime.stopped_at)
        .join(AgendaItem, AgendaItem.id == HeardTime.item_id)
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(HeardTime.started_at)
    ):
        one = found.setdefault(item_id, _Heard(first=started))
        lasted = stopped - started if stopped else running_for(started, actor.at)
        one.seconds += lasted.total_seconds()
        one.running, one.last = (None, stopped) if stopped else (started, None)
    return found


def _items(meeting_id: int) -> Any:
    offered = sa.exists().where(Invitation.opportunity_id == Opportunity.id, said_yes())
    card = sa.func.coalesce(sa.func.nullif(ReportCard.title, ""), PromiseTheme.title)
    return (
        sa.select(
            AgendaItem, Opportunity.title.label("opportunity"), Opportunity.opened_at,
            offered.label("offered"),
            (PromiseCommitment.reference + " " + PromiseCommitment.wording).label("commitment"),
            card.label("card"),
        )
        .outerjoin(Opportunity, Opportunity.id == AgendaItem.opportunity_id)
        .outerjoin(PromiseCommitment, PromiseCommitment.id == AgendaItem.commitment_id)
        .outerjoin(ReportCard, ReportCard.id == AgendaItem.report_card_id)
        .outerjoin(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(AgendaItem.private, AgendaItem.tier, AgendaItem.place, AgendaItem.id)
    )  # fmt: skip


def _row(row: Any, meeting: Meeting, heard: _Heard | None) -> AgendaRow:
    item: AgendaItem = row.AgendaItem
    waited = (meeting.meets_on - london_day(row.opened_at)).days if row.opened_at else None
    title = item.title or row.opportunity or row.commitment or row.card or item.kind.words
    return AgendaRow(
        id=item.id, kind=item.kind, tier=AgendaTier(item.tier), title=title, own_title=item.title,
        detail=item.detail, paper=item.paper, minutes=item.minutes, private=item.private,
        opportunity_id=item.opportunity_id, commitment_id=item.commitment_id,
        report_card_id=item.report_card_id, waited=waited, offered=bool(row.offered),
        apart=item.apart, heard=heard.seconds if heard else None,
        running_since=heard.running if heard else None,
        started_at=heard.first if heard else None, stopped_at=heard.last if heard else None,
        changed_on=london_day(item.changed_at) if item.changed_at else None,
        removed=item.removed_at is not None,
    )  # fmt: skip
