"""Triggers that keep rows as they were written, on both engines. Old migrations use these too.

The texts of all of them are here, so that a guard that was made again, and guards nothing, is told
from one that a migration made.
"""

from collections.abc import Mapping, Sequence

from alembic import op

REFUSE = "BEGIN RAISE EXCEPTION '% is kept as it was written', TG_TABLE_NAME; END"
KEPT = ("event", "event_seal", "event_text", "entry_version")
ONE_OF = {  # by which columns an insert could replace a row, in SQLite
    "event": (("id",),),
    "event_seal": (("id",), ("to_id",)),
    "event_text": (("id",),),
    "entry_version": (("id",), ("entry_id", "number")),
}
ERASED = {
    "event_text": (("text", "salt"), ("event_id", "field", "id")),
    "entry_version": (("thinks", "wants", "salt"), ("entry_id", "number", "kind", "id")),
}


def make_refusal() -> None:
    """Make the function that PostgreSQL's triggers call; SQLite's triggers need none."""
    if not _is_sqlite():
        op.execute(
            f"CREATE FUNCTION coprod_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ {REFUSE} $$"
        )


def drop_refusal() -> None:
    """Drop that function, once no table needs it."""
    if not _is_sqlite():
        op.execute("DROP FUNCTION coprod_refuse()")


def keep(table: str) -> None:
    """Refuse to delete rows of a table, one by one or all at once."""
    op.execute(_keep(table, sqlite=_is_sqlite()))
    if not _is_sqlite():  # SQLite has no TRUNCATE
        op.execute(_keep_whole(table))


def append_only(table: str) -> None:
    """Refuse to change rows of a table."""
    op.execute(_append_only(table, sqlite=_is_sqlite()))


def erase_only(table: str, *, texts: Sequence[str], kept: Sequence[str]) -> None:
    """Refuse every change of a row except setting its texts to null."""
    op.execute(_erase_only(table, texts, kept, sqlite=_is_sqlite()))


def no_replacing(table: str) -> None:
    """Refuse SQLite's INSERT OR REPLACE, which deletes a row past the trigger of deleting."""
    if _is_sqlite():
        op.execute(_no_replacing(table))


def drop_guard(table: str, name: str) -> None:
    """Drop one guard of a table."""
    op.execute(f"DROP TRIGGER {table}_{name}" + ("" if _is_sqlite() else f" ON {table}"))


def guards(*, sqlite: bool) -> Mapping[str, str]:
    """Return the text of every guard that a database of this release has, by name."""
    made = [_keep(table, sqlite=sqlite) for table in KEPT]
    made += [_append_only(table, sqlite=sqlite) for table in ("event", "event_seal")]
    made += [_erase_only(table, *columns, sqlite=sqlite) for table, columns in ERASED.items()]
    made += [(_no_replacing if sqlite else _keep_whole)(table) for table in KEPT]
    return {text.split()[2]: text for text in made}


def _keep(table: str, *, sqlite: bool) -> str:
    return _guard(f"{table}_keep", "DELETE", table, f"{table} is never deleted", sqlite=sqlite)


def _keep_whole(table: str) -> str:
    return (
        f"CREATE TRIGGER {table}_keep_whole BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION coprod_refuse()"
    )


def _append_only(table: str, *, sqlite: bool) -> str:
    return _guard(f"{table}_append_only", "UPDATE", table, f"{table} is append-only", sqlite=sqlite)


def _erase_only(table: str, texts: Sequence[str], kept: Sequence[str], *, sqlite: bool) -> str:
    differs = "IS NOT" if sqlite else "IS DISTINCT FROM"
    changed = " OR ".join(
        [f"NEW.{text} IS NOT NULL" for text in texts]
        + [f"NEW.{column} {differs} OLD.{column}" for column in kept]
    )
    why = f"{table} can only be erased"
    return _guard(f"{table}_erase_only", "UPDATE", table, why, changed, sqlite=sqlite)


def _no_replacing(table: str) -> str:
    same = " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in columns) + ")"
        for columns in ONE_OF[table]
    )
    there = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - ours
    why = f"{table} is never replaced"
    return _guard(f"{table}_no_replacing", "INSERT", table, why, there, sqlite=True)


def _guard(name: str, act: str, table: str, why: str, when: str = "", *, sqlite: bool) -> str:
    if sqlite:
        condition = f"WHEN {when} " if when else ""
        refusal = f"{condition}BEGIN SELECT RAISE(ABORT, '{why}'); END"
    else:
        condition = f"WHEN ({when}) " if when else ""
        refusal = f"FOR EACH ROW {condition}EXECUTE FUNCTION coprod_refuse()"
    return f"CREATE TRIGGER {name} BEFORE {act} ON {table} {refusal}"


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
