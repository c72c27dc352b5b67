"""The declarative base and the column types every table shares."""

from datetime import UTC, datetime
from enum import Enum
from functools import partial
from secrets import token_bytes
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment in UTC. SQLite returns naive moments; naive ones are refused when saving."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC. Raises ValueError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return every moment as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def choice(enum: type[Enum]) -> sa.Enum:
    """Return the column type of a closed list, stored as text by value."""
    return sa.Enum(
        enum,
        native_enum=False,
        create_constraint=False,
        length=40,
        values_callable=lambda members: [member.value for member in members],
        validate_strings=True,
    )


NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Every table: keyword-only dataclass, integer key, named constraints.

    `told` names the columns whose changes the history tells, old and new, each as people call it:
    only closed lists, days, numbers and references to staff records, never a count of people nor
    anything of a young person. `unlogged` names the columns whose words the log never keeps.
    `salted` names texts that are erased; the row's `salt` goes with the last of them.
    """

    told: ClassVar[dict[str, str]] = {}
    unlogged: ClassVar[frozenset[str]] = frozenset()
    salted: ClassVar[tuple[str, ...]] = ()

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: sa.JSON, list[Any]: sa.JSON}


class Row(Base, kw_only=True):
    """A table with an integer key of its own."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True, init=False)


def salt() -> Any:
    """Return the column of random bytes that keep an erased text from being guessed."""
    return mapped_column(sa.LargeBinary, default_factory=partial(token_bytes, 16), init=False)


def exactly_one(*columns: str) -> sa.CheckConstraint:
    """Return the check that exactly one of these columns is filled."""
    filled = " + ".join(f"(CASE WHEN {column} IS NULL THEN 0 ELSE 1 END)" for column in columns)
    return sa.CheckConstraint(f"{filled} = 1", name="exactly_one_" + "_".join(columns)[:30])
