"""What an event changed, old and new, in the words of its columns.

Each table says in `told` which of its columns are shown. Texts, and the first values of a new row,
are not shown here.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    ActionChange,
    Base,
    Group,
    Person,
    PromiseCommitment,
    PromiseTheme,
    Service,
    Venue,
)
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.vocabulary.actions import DueKind
from coprod_data.vocabulary.base import Worded
from coprod_data.vocabulary.policies import PolicyStep
from coprod_data.vocabulary.settings import told_as

Value = str | date | None

# How a record is named where a change says who or what something belongs to.
NAMES: dict[str, sa.SQLColumnExpression[str]] = {
    "person": sa.type_coerce(Person.name, sa.String),
    "service": sa.type_coerce(Service.name, sa.String),
    "group": sa.type_coerce(Group.name, sa.String),
    "venue": sa.type_coerce(Venue.name, sa.String),
    "promise_theme": sa.type_coerce(PromiseTheme.title, sa.String),
    "promise_commitment": sa.type_coerce(PromiseCommitment.reference, sa.String),
}
# Facts that an event holds besides its changes, and how each reads.
FACTS: dict[str, Callable[[str], str]] = {
    "setting": told_as,
    "role": lambda value: Role(value).words,
    "key": "key {}".format,
    "policy_step": lambda value: PolicyStep(value).words,
    "policy_version": "version {}".format,
}


@dataclass(frozen=True)
class Change:
    """One value that changed: what people call it, what it was and what it is.

    A day stays a date, everything else is in words; None means no value. A fact has no old value
    and no name.
    """

    what: str
    old: Value
    new: Value


def changes_told(
    db: Session, actor: Actor, events: Collection[tuple[int, dict[str, Any]]]
) -> dict[int, tuple[Change, ...]]:
    """Return, by event id, what changed, from (id, `changes`), to any reader of a record.

    Each kind of name is read once.
    """
    actor.must(
        Permission.HISTORY_READ,
        Permission.ACTIONS_READ,
        Permission.OPPORTUNITIES_READ,
        Permission.REPORT_CARDS_READ,
        Permission.AUDITS_READ,
        Permission.AUDITS_READ_OWN,
        Permission.PEOPLE_READ,
        Permission.MEETINGS_READ,
        Permission.PAPERS_READ,
        Permission.POLICIES_READ,
        Permission.SURVEYS_WRITE,
        Permission.SESSIONS_READ,
        Permission.GROUPS_WRITE,
        Permission.TRAINING_KEEP,
    )
    found = [(id_, *one) for id_, changes in events for one in _columns(changes)]
    found = _as_said(db, dict(events), found)
    names = _names(db, found)
    told: dict[int, list[Change]] = {id_: list(_facts(changes)) for id_, changes in events}
    for id_, _, what, column, old, new in found:
        told[id_].append(Change(what, _value(column, old, names), _value(column, new, names)))
    return {id_: tuple(changes) for id_, changes in told.items()}


@cache
def _told() -> dict[str, dict[str, str]]:
    """The columns that each table shows, by the table's name."""
    return {str(mapper.local_table): mapper.class_.told for mapper in Base.registry.mappers}


def _columns(changes: dict[str, Any]) -> Iterator[tuple[str, str, sa.Column[Any], Any, Any]]:
    """Give each shown column with its row, its words, its old and its new value, for rows that
    existed before.

    A row is new if a column that is never empty had no value before.
    """
    born, seen = set(), []
    for name, values in changes.items():
        row, _, column_name = name.partition(".")
        table = Base.metadata.tables.get(row.partition(":")[0])
        if table is None or column_name not in table.c:
            continue
        column, (old, new) = table.c[column_name], values
        if old is None and not column.nullable:
            born.add(row)
        if what := _told()[table.name].get(column_name):
            seen.append((row, what, column, old, new))
    return (one for one in seen if one[0] not in born)


def _as_said(
    db: Session, events: dict[int, dict[str, Any]], found: list[tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    """Return what changed, with the date of an action no closer than it was said.

    What kind of date it was is in the same event where that changed too, else in the change that
    was proposed or made, else as it is now.
    """
    dated = [one for one in found if one[3] is Action.__table__.c.due_on]
    if not dated:
        return found
    kinds: dict[tuple[str, str], DueKind] = {}
    for table in (Action, ActionChange):
        named = {name.partition(".")[0] for id_, *_ in dated for name in events[id_]}
        ids = [int(id_) for name in named for kind, _, id_ in [name.partition(":")]
               if kind == table.__tablename__]  # fmt: skip
        for row in db.execute(sa.select(table.id, table.due_kind).where(table.id.in_(ids))):
            kinds[table.__tablename__, str(row.id)] = row.due_kind

    def said(id_: int, row: str, value: str | None, which: int) -> str | None:
        changes = events[id_]
        both = changes.get(f"{row}.due_kind")
        made = (name.partition(".")[0].split(":") for name in changes)
        own = next((one for one in made if one[0] == ActionChange.__tablename__), row.split(":"))
        kind = DueKind(both[which]) if both else kinds.get((own[0], own[1]))
        in_month = value is not None and kind in (DueKind.MONTH, DueKind.QUARTER)
        return f"{date.fromisoformat(value):%B %Y}" if value and in_month else value

    return [
        (id_, row, what, column, said(id_, row, old, 0), said(id_, row, new, 1))
        if column is Action.__table__.c.due_on
        else (id_, row, what, column, old, new)
        for id_, row, what, column, old, new in found
    ]


def _facts(changes: dict[str, Any]) -> Iterator[Change]:
    for name, words in FACTS.items():
        if name in changes and (said := words(changes[name])):
            yield Change("", None, said)


def _names(db: Session, found: Collection[tuple[Any, ...]]) -> dict[tuple[str, int], str]:
    wanted: dict[str, set[int]] = {}
    for *_, column, old, new in found:
        if table := _target(column):
            wanted.setdefault(table, set()).update(value for value in (old, new) if value)
    return {
        (table, row.id): row.name
        for table, ids in wanted.items()
        for row in db.execute(
            sa.select(Base.metadata.tables[table].c.id, NAMES[table].label("name")).where(
                Base.metadata.tables[table].c.id.in_(ids)
            )
        )
    }


def _target(column: sa.Column[Any]) -> str:
    return next((key.column.table.name for key in column.foreign_keys), "")


def _value(column: sa.Column[Any], value: Any, names: dict[tuple[str, int], str]) -> Value:
    if value is None:
        return None
    if table := _target(column):
        return names.get((table, value), "somebody")
    if isinstance(column.type, sa.Date):  # what was said in words is told in them
        return date.fromisoformat(value) if value[:1].isdecimal() else str(value)
    if isinstance(column.type, sa.Enum) and column.type.enum_class is not None:
        member = column.type.enum_class(value)
        return member.words if isinstance(member, Worded) else str(member.value)
    if isinstance(column.type, sa.Boolean):
        return "yes" if value else "no"
    return str(value)
