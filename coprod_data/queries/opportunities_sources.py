"""Where opportunities come from: the released words behind them, and other sources."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    AuditAnswer,
    AuditReturn,
    AuditStandard,
    CardEntry,
    CoproductionSession,
    EntryVersion,
    Opportunity,
    OpportunitySource,
    Person,
    PromiseTheme,
    ReportCard,
    RoleGrant,
    Service,
    SessionFound,
)
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.rules.clocks import london_day
from coprod_data.rules.statements import statement
from coprod_data.rules.titles import card_title, month_shown
from coprod_data.scopes.entries import released, words_for
from coprod_data.scopes.entries_readers import not_about_reader
from coprod_data.scopes.opportunities import nameable_audit_answer, nameable_card
from coprod_data.vocabulary.actions import Rag, Stage
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.opportunities import OpportunityState

Statement = sa.Select[*tuple[Any, ...]]

_CARD = (ReportCard.title, PromiseTheme.young_title, ReportCard.shared_on, ReportCard.opened_at)


@dataclass(frozen=True)
class Voice:
    """Released words of a young person; `month` is when they were sent, shown no more exactly.

    `public` says whether they may be shown to a room. `direct` is true for an entry that was named
    itself, false for one on a card that was named.
    """

    entry_id: int
    report_card_id: int
    thinks: str
    wants: str
    month: date
    public: bool
    direct: bool


@dataclass(frozen=True)
class SourceRow:
    """What an opportunity comes from: `kind` is entry, report_card, audit, idea or session; `what`
    describes it and names nobody young. An id is set when this reader may open it.
    """

    kind: str
    what: str
    report_card_id: int | None = None
    session_id: int | None = None


@dataclass(frozen=True)
class BeginningRow:
    """What a new opportunity could come from: a card, or an entry with its words."""

    theme_id: int
    title: str
    thinks: str
    wants: str
    public: bool


@dataclass(frozen=True)
class FollowingAction:
    """An action of the plan that came out of an opportunity."""

    id: int
    title: str
    stage: Stage
    rag: Rag | None


def voices_behind(
    db: Session, actor: Actor, opportunity_ids: Collection[int], *, for_a_room: bool, each: int
) -> dict[int, list[Voice]]:
    """Return, by opportunity, the newest words behind it, entries that were named themselves first.

    At most `each` for one opportunity, in two statements. `for_a_room` keeps only the public ones
    that are not about this reader; otherwise all that this reader may read.
    """
    actor.must(Permission.OPPORTUNITIES_READ)
    which, words = _for_a_room(each) if for_a_room else _behind(words_for(actor), each)
    # Find the entries first, then their words: in one join PostgreSQL would read every entry.
    reader = {"reader": actor.person_id} if for_a_room else {}
    behind = db.execute(which, {"ids": list(opportunity_ids), **reader}).all()
    ids = {entry_id for _, *entry_ids in behind for entry_id in entry_ids if entry_id is not None}
    spoken = {row.id: row for row in db.execute(words, {"ids": list(ids), **reader})}
    named = {(row.opportunity_id, row.entry_id) for row in behind}
    heard: defaultdict[int, set[int]] = defaultdict(set)
    for opportunity_id, *entry_ids in behind:
        heard[opportunity_id].update(spoken.keys() & set(entry_ids))
    voices = {
        opportunity_id: [
            _voice(spoken[entry_id], direct=(opportunity_id, entry_id) in named)
            for entry_id in sorted(entry_ids, key=lambda one: spoken[one].place or 0, reverse=True)
        ]
        for opportunity_id, entry_ids in heard.items()
        if entry_ids
    }
    return {
        opportunity_id: sorted(words, key=lambda voice: not voice.direct)[:each]
        for opportunity_id, words in voices.items()
    }


def beginning(
    db: Session, actor: Actor, *, entry_id: int | None = None, report_card_id: int | None = None
) -> BeginningRow | None:
    """Return the entry or the card that this actor may name as a source, or None."""
    actor.must(Permission.OPPORTUNITIES_SUGGEST)
    if entry_id is None:
        card = (
            sa.select(ReportCard.theme_id, *_CARD)
            .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
            .where(ReportCard.id == report_card_id, nameable_card(actor))
        )
        found = db.execute(card).one_or_none()
        return BeginningRow(found.theme_id, _title(found), "", "", True) if found else None
    row = db.execute(
        sa.select(
            ReportCard.theme_id,
            *_CARD,
            EntryVersion.thinks,
            EntryVersion.wants,
            released(ConsentUse.PUBLIC).label("public"),
        )
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .join(CardEntry, CardEntry.report_card_id == ReportCard.id)
        .join(EntryVersion, EntryVersion.id == CardEntry.released_version_id)
        .where(CardEntry.id == entry_id, words_for(actor))
    ).one_or_none()
    if row is None:
        return None
    return BeginningRow(row.theme_id, _title(row), row.thinks or "", row.wants or "", row.public)


def sources(db: Session, actor: Actor, opportunity_id: int) -> list[SourceRow]:
    """Return the sources of an opportunity that this reader may know of, sessions last."""
    actor.must(Permission.OPPORTUNITIES_READ)
    holder = sa.exists().where(
        RoleGrant.person_id == Person.id, RoleGrant.role == Role.YOUNG_PERSON
    )
    rows = db.execute(
        sa.select(
            OpportunitySource,
            ReportCard.id.label("card_id"),
            *_CARD,
            nameable_card(actor).label("may_open"),
            nameable_audit_answer(actor).label("may_read_audit"),
            AuditStandard.short,
            Service.name.label("service"),
            Person.name.label("person"),
            holder.label("young"),
        )
        .outerjoin(CardEntry, CardEntry.id == OpportunitySource.entry_id)
        .outerjoin(
            ReportCard,
            ReportCard.id
            == sa.func.coalesce(OpportunitySource.report_card_id, CardEntry.report_card_id),
        )
        .outerjoin(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .outerjoin(AuditAnswer, AuditAnswer.id == OpportunitySource.audit_answer_id)
        .outerjoin(AuditReturn, AuditReturn.id == AuditAnswer.return_id)
        .outerjoin(AuditStandard, AuditStandard.id == AuditAnswer.standard_id)
        .outerjoin(Service, Service.id == AuditReturn.service_id)
        .outerjoin(Person, Person.id == OpportunitySource.idea_person_id)
        .where(OpportunitySource.opportunity_id == opportunity_id)
        .order_by(OpportunitySource.id)
    )
    return [_source(row) for row in rows] + _sessions(db, actor, opportunity_id)


def opportunities_to_add_to(db: Session, actor: Actor) -> dict[int, str]:
    """Return the opportunities that have not ended, id and title, the newest first."""
    actor.must(Permission.OPPORTUNITIES_OPEN)
    ended = (OpportunityState.CLOSED, OpportunityState.DECLINED)
    rows = db.execute(
        sa.select(Opportunity.id, Opportunity.title)
        .where(Opportunity.state.not_in(ended))
        .order_by(Opportunity.id.desc())
    )
    return {row.id: row.title for row in rows}


def following_actions(db: Session, actor: Actor, opportunity_id: int) -> list[FollowingAction]:
    """Return the actions of the plan that came out of an opportunity."""
    actor.must(Permission.ACTIONS_READ)
    rows = db.execute(
        sa.select(Action.id, Action.title, Action.stage, Action.rag)
        .where(Action.opportunity_id == opportunity_id)
        .order_by(Action.proposed_at, Action.id)
    )
    return [FollowingAction(*row) for row in rows]


@statement
def _for_a_room(each: int) -> tuple[Statement, Statement]:
    return _behind(sa.and_(released(ConsentUse.PUBLIC), not_about_reader()), each)


def _behind(readable: sa.ColumnElement[bool], each: int) -> tuple[Statement, Statement]:
    """Select the entries behind opportunities `ids`, and the words of entries `ids`."""
    newest = (
        sa.select(CardEntry.id)
        .where(
            CardEntry.report_card_id == OpportunitySource.report_card_id,
            CardEntry.kind == EntryKind.WORDS,
            readable,
        )
        .order_by(CardEntry.place.desc())
        .limit(1)
        .correlate(OpportunitySource)
    )
    ids: sa.BindParameter[int] = sa.bindparam("ids", expanding=True)
    which = sa.select(
        OpportunitySource.opportunity_id,
        OpportunitySource.entry_id,
        *(newest.offset(place).scalar_subquery() for place in range(each)),
    ).where(OpportunitySource.opportunity_id.in_(ids))
    return which, _voices().where(CardEntry.id.in_(ids), readable)


def _voices() -> Statement:
    return (
        sa.select(
            CardEntry.id,
            CardEntry.place,
            CardEntry.report_card_id,
            CardEntry.sent_at,
            EntryVersion.thinks,
            EntryVersion.wants,
            released(ConsentUse.PUBLIC).label("public"),
        )
        .join(EntryVersion, EntryVersion.id == CardEntry.released_version_id)
        .where(CardEntry.kind == EntryKind.WORDS)
    )


def _voice(row: Any, *, direct: bool) -> Voice:
    return Voice(
        entry_id=row.id,
        report_card_id=row.report_card_id,
        thinks=row.thinks or "",
        wants=row.wants or "",
        month=london_day(row.sent_at).replace(day=1),
        public=row.public,
        direct=direct,
    )


def _sessions(db: Session, actor: Actor, opportunity_id: int) -> list[SourceRow]:
    if not actor.may(Permission.SESSIONS_READ):
        return []
    rows = db.execute(
        sa.select(CoproductionSession.id, CoproductionSession.title)
        .join(SessionFound, SessionFound.session_id == CoproductionSession.id)
        .where(SessionFound.opportunity_id == opportunity_id)
        .order_by(SessionFound.id)
    )
    return [SourceRow("session", row.title, session_id=row.id) for row in rows]


def _title(row: Any) -> str:
    return card_title(row.title, row.young_title, month_shown(row.shared_on, row.opened_at))


def _source(row: Any) -> SourceRow:
    source: OpportunitySource = row.OpportunitySource
    card_id = row.card_id if row.may_open else None
    if source.entry_id is not None:
        return SourceRow("entry", "A young person’s own words", card_id)
    if source.report_card_id is not None:
        return SourceRow("report_card", _title(row), card_id)
    if source.audit_answer_id is not None:
        gap = f"{row.service}: {row.short}" if row.may_read_audit else "A gap in the yearly audit"
        return SourceRow("audit", gap)
    return SourceRow("idea", "A young person’s idea" if row.young else f"An idea of {row.person}")
