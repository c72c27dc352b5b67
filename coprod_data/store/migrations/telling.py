"""What a migration writes past the commands, told to the log by the migration itself.

`telling` compares rows with the log before it tells of them, so a row that somebody had changed in
its table stays one that no longer fits.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from coprod_data.permissions import ActorKind
from coprod_data.store.keys import Keys
from coprod_data.store.row_digests import (
    GONE,
    UNTOLD_TABLES,
    columns_of,
    digest,
    fits,
    newest_told,
    row_name,
    written,
)
from coprod_data.vocabulary.events import EventKind

AT_ONCE = 1_000  # rows in one event

event = sa.table(
    "event",
    *(sa.column(name) for name in ("id", "actor_kind", "kind", "subject_type", "digests")),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("recorded_at", sa.DateTime(timezone=True)),
    sa.column("changes", sa.JSON),
)


def tell_everything() -> None:
    """Tell the log of every row as it is: what it compares with from now on."""
    if keys := _keys():
        _tell(keys, [(name, _digest(keys, name, row)) for name, row in _rows(_tables())])


def tell_of(*tables: str) -> None:
    """Tell the log of every row of these tables as it is: it did not know of them before."""
    if keys := _keys():
        _tell(keys, [(name, _digest(keys, name, row)) for name, row in _rows(tables)])


def forget(*tables: str) -> None:
    """Tell the log that it knows of no row of these tables any more."""
    if keys := _keys():
        _tell(keys, [(name, GONE) for name, _ in _rows(tables)])


@contextmanager
def telling(*tables: str) -> Iterator[None]:
    """Tell the log of the rows of these tables that a migration makes, changes or deletes."""
    keys = _keys()
    if keys is None:
        yield
        return
    told = newest_told(op.get_bind().scalars(_told()))
    by_number = {key.number: key.of_rows for key in keys.of_log}
    wrong = {name for name, row in _rows(tables) if not fits(by_number, told.get(name), name, row)}
    before = {name for name in told if name.partition(":")[0] in tables}
    yield
    after = dict(_rows(tables))
    _tell(
        keys,
        [(name, _digest(keys, name, row)) for name, row in after.items() if name not in wrong]
        + [(name, GONE) for name in before - set(after) - wrong],
    )


def _told() -> sa.Select[Any]:
    return sa.select(event.c.digests).where(event.c.digests.is_not(None)).order_by(event.c.id)


def _keys() -> Keys | None:
    keys: Keys | None = context.config.attributes.get("keys")
    return keys


def _tables() -> list[str]:
    names = sa.inspect(op.get_bind()).get_table_names()
    return [
        name
        for name in names
        if name not in UNTOLD_TABLES and not name.startswith("released_text_")
    ]


def _rows(tables: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in tables:
        table = sa.Table(name, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)
        for row in op.get_bind().execute(sa.select(table)).mappings():
            yield row_name(name, [row[key.name] for key in table.primary_key]), dict(row)


def _digest(keys: Keys, name: str, row: dict[str, Any]) -> str:
    return digest(keys.newest.of_rows, name, columns_of(row))


def _tell(keys: Keys, digests: list[tuple[str, str]]) -> None:
    now = datetime.now(UTC)
    for first in range(0, len(digests), AT_ONCE):
        op.get_bind().execute(
            sa.insert(event).values(
                at=now,
                recorded_at=now,
                actor_kind=ActorKind.SYSTEM.value,
                kind=EventKind.LOG_UPGRADED.value,
                subject_type="",
                changes={},
                digests=written(keys, digests[first : first + AT_ONCE]),
            )
        )
