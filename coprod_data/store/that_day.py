"""The rows of the plan, and of what the Board counts, as they were at an earlier moment.

Today's rows are copied into a database in memory, and each event since that moment is taken back
there, the newest first. So the reads of today answer for that day as well. No words of young people
are copied, and what staff wrote is as it is today, because what has left must stay away: of that
day is only whether there was a text. Settings are those of that day.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from coprod_data.models import (
    Action,
    Answer,
    AuditAnswer,
    AuditReturn,
    AuditRound,
    Base,
    CommitmentSuccessor,
    CoproductionSession,
    CoSignature,
    Event,
    EventSeal,
    EventText,
    Invitation,
    Milestone,
    NotYet,
    Opportunity,
    OpportunitySource,
    Outcome,
    OutcomeAction,
    Person,
    Project,
    PromiseCommitment,
    PromiseTheme,
    PromiseVersion,
    ReportCard,
    RoleGrant,
    Service,
    ServiceMember,
    SessionCame,
    SessionCost,
    Setting,
    ViewMonth,
)
from coprod_data.store.row_digests import row_name

COPIED: tuple[type[Base], ...] = (
    Action, Answer, AuditAnswer, AuditReturn, AuditRound, CommitmentSuccessor, CoproductionSession,
    CoSignature, Invitation, Milestone, NotYet, Opportunity, OpportunitySource, Outcome,
    OutcomeAction, Person, Project, PromiseCommitment, PromiseTheme, PromiseVersion, ReportCard,
    RoleGrant, Service, ServiceMember, SessionCame, SessionCost, Setting,
)  # fmt: skip
BESIDE_THEM = (
    "card_entry", "entry_meant", "safeguarding_hold", "commitment_tag", "view_month", "view_face"
)  # fmt: skip
TABLES = {one.__tablename__: Base.metadata.tables[one.__tablename__] for one in COPIED}
BESIDE = {name: Base.metadata.tables[name] for name in BESIDE_THEM}
NOT_SHOWN = "Not shown any more"
AT_ONCE = 500

Values = dict[str, Any]
Rows = dict[str, Values]  # by their names in the log


@contextmanager
def as_it_was(db: Session, moment: datetime) -> Iterator[Session]:
    """Open a database in memory with these rows as they were at a moment; nothing of it is kept."""
    engine = sa.create_engine("sqlite://", poolclass=StaticPool)
    try:
        Base.metadata.create_all(engine, tables=[*TABLES.values(), *BESIDE.values()])
        with Session(engine) as then:
            then.execute(sa.text("PRAGMA ignore_check_constraints=ON"))  # texts are today's
            for table, rows in _rows_of(db, moment):
                if rows:
                    then.execute(sa.insert(table), rows)
            yield then
    finally:
        engine.dispose()


def _rows_of(db: Session, moment: datetime) -> Iterator[tuple[sa.Table, list[Values]]]:
    rows: Rows = {}
    for name, table in TABLES.items():
        for row in _all(db, sa.select(table)):
            rows[row_name(name, [row[key.name] for key in table.primary_key])] = row
    later = sa.and_(Event.id > _sealed_by(db, moment), Event.at > moment)
    for changes in db.scalars(sa.select(Event.changes).where(later).order_by(Event.id.desc())):
        _take_back(rows, changes)
    _take_back_texts(db, rows, later, moment)
    found: dict[str, list[Values]] = defaultdict(list)
    for named, values in rows.items():
        found[named.partition(":")[0]].append(_whole(named, values))
    for name, table in TABLES.items():
        yield table, found[name]
    entries, months, faces = (BESIDE[name] for name in ("card_entry", "view_month", "view_face"))
    # Which card a source is on; no words are in that table.
    sources = {row["entry_id"] for row in found[OpportunitySource.__tablename__]} - {None}
    yield entries, _all(db, sa.select(entries).where(entries.c.id.in_(sources)))
    newest = (
        sa.select(sa.func.max(ViewMonth.month))
        .where(ViewMonth.made_at <= moment)  # counted by then: the job may come later in a day
        .scalar_subquery()
    )
    shown = sa.select(ViewMonth.id).where(ViewMonth.month == newest)
    yield months, _all(db, sa.select(months).where(months.c.id.in_(shown)))
    yield faces, _all(db, sa.select(faces).where(faces.c.view_month_id.in_(shown)))


def _sealed_by(db: Session, moment: datetime) -> int:
    """Return the last event that was sealed by a moment: none up to it is later."""
    sealed = sa.select(sa.func.max(EventSeal.to_id)).where(EventSeal.made_at <= moment)
    return db.scalar(sealed) or 0


def _take_back(rows: Rows, changes: Values) -> None:
    """Take an event back in `rows`; a row that it made is not there before."""
    made = set()
    for name, values in changes.items():
        row, _, column = name.rpartition(".")
        table = TABLES.get(row.partition(":")[0])
        if table is None or column not in table.c or not isinstance(values, list):
            continue
        old = _value(table.c[column], values[0])
        if old is None and not table.c[column].nullable:
            made.add(row)
        rows.setdefault(row, {})[column] = old
    for row in made:
        rows.pop(row, None)


def _take_back_texts(
    db: Session, rows: Rows, later: sa.ColumnElement[bool], moment: datetime
) -> None:
    changed = [
        field
        for field in db.scalars(
            sa.select(EventText.field)
            .join(Event, Event.id == EventText.event_id)
            .where(later)
            .distinct()
        )
        if field.rpartition(".")[0] in rows
    ]
    for first in range(0, len(changed), AT_ONCE):
        fields = changed[first : first + AT_ONCE]
        told = (
            sa.select(EventText.field, EventText.text)
            .join(Event, Event.id == EventText.event_id)
            .where(EventText.field.in_(fields), Event.at <= moment)
            .order_by(EventText.id)
        )
        known = {row.field: row.text for row in db.execute(told)}
        for field in fields:
            name, _, column = field.rpartition(".")
            if name.startswith(f"{Setting.__tablename__}:"):
                _put_setting(rows, name, known.get(field))
            elif known.get(field) == "":
                rows[name][column] = ""
            elif not rows[name].get(column):
                rows[name][column] = NOT_SHOWN


def _put_setting(rows: Rows, name: str, text: str | None) -> None:
    if text is None:
        rows.pop(name, None)  # it had its default
        return
    value: Any = text
    with suppress(ValueError):
        value = json.loads(text)
    rows[name]["value"] = value


def _whole(name: str, row: Values) -> Values:
    """Return a row with all of its columns, empty where the log never kept one that is gone."""
    table = TABLES[name.partition(":")[0]]
    whole = {column.name: row.get(column.name) for column in table.columns}
    if "id" in whole and whole["id"] is None:
        whole["id"] = int(name.partition(":")[2])
    for column in table.columns:
        if whole[column.name] is None and not column.nullable:
            whole[column.name] = _nothing(column)
    return whole


def _nothing(column: sa.Column[Any]) -> Any:
    if isinstance(column.type, sa.LargeBinary):
        return b""
    return NOT_SHOWN if isinstance(column.type, sa.String) else 0


def _value(column: sa.Column[Any], told: Any) -> Any:
    """Return a value of the log as its column has it."""
    kind = column.type
    if told is None:
        return None
    if isinstance(kind, sa.Enum) and kind.enum_class is not None:
        member: Enum = kind.enum_class(told)
        return member
    if isinstance(kind, sa.Date):
        return date.fromisoformat(told)
    if isinstance(told, str) and not isinstance(kind, sa.String):
        return datetime.fromisoformat(told)
    return told


def _all(db: Session, statement: sa.Select[Any]) -> list[Values]:
    return [dict(row) for row in db.execute(statement).mappings()]
