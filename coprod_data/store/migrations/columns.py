"""What tables are made of, in any migration. Old ones use these too, so never change what they
make.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

CHOICE = sa.String(40)  # a member of a closed list, by value
HASH = sa.String(64)
MOMENT = sa.DateTime(timezone=True)


def key() -> sa.Column[Any]:
    """Return a table's own number."""
    return sa.Column("id", sa.Integer, primary_key=True)


def column(name: str, kind: Any, *, empty: bool = False, **options: Any) -> sa.Column[Any]:
    """Return a column; only one that may be empty takes null."""
    return sa.Column(name, kind, nullable=empty, **options)


def link(
    name: str, table: str, *, empty: bool = False, use_alter: bool = False, **options: Any
) -> sa.Column[Any]:
    """Return a column that holds the number of a row in a table."""
    target = sa.ForeignKey(f"{table}.id", use_alter=use_alter)
    return sa.Column(name, sa.Integer, target, nullable=empty, **options)


def exactly_one(*columns: str) -> sa.CheckConstraint:
    """Return the check that exactly one of these columns is filled."""
    filled = " + ".join(f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)" for name in columns)
    return sa.CheckConstraint(f"{filled} = 1", name="exactly_one_" + "_".join(columns)[:30])


def altered(table: str) -> AbstractContextManager[BatchOperations]:
    """Change a table's columns and checks, which on SQLite makes it anew with its rows.

    It reads that table only, not those that it links to, theirs and so on, which costs as much
    again as the change.
    """
    return op.batch_alter_table(table, reflect_kwargs={"resolve_fks": False})


def index_where(
    name: str, table: str, columns: Sequence[str], condition: str, *, unique: bool = False
) -> None:
    """Make an index over the rows that meet a condition, which may be a yes-or-no column."""
    yes = f"{condition} = 1" if condition.isidentifier() else condition  # SQLite stores 0 and 1
    op.create_index(
        name,
        table,
        columns,
        unique=unique,
        sqlite_where=sa.text(yes),
        postgresql_where=sa.text(condition),
    )


def drop(*tables: str) -> None:
    """Drop tables in this order, with their indexes and triggers."""
    for table in tables:
        op.drop_table(table)
