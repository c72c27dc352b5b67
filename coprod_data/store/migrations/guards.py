"""Triggers that keep rows as they were written, on both engines. Old migrations use these too."""

from collections.abc import Sequence

from alembic import op


def make_refusal() -> None:
    """Make the function that PostgreSQL's triggers call; SQLite's triggers need none."""
    if not _is_sqlite():
        op.execute(
            "CREATE FUNCTION coprod_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is kept as it was written', TG_TABLE_NAME; END $$"
        )


def drop_refusal() -> None:
    """Drop that function, once no table needs it."""
    if not _is_sqlite():
        op.execute("DROP FUNCTION coprod_refuse()")


def keep(table: str) -> None:
    """Refuse to delete rows of a table, one by one or all at once."""
    _guard(f"{table}_keep", "DELETE", table, f"{table} is never deleted")
    if not _is_sqlite():  # SQLite has no TRUNCATE
        op.execute(
            f"CREATE TRIGGER {table}_keep_whole BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION coprod_refuse()"
        )


def append_only(table: str) -> None:
    """Refuse to change rows of a table."""
    _guard(f"{table}_append_only", "UPDATE", table, f"{table} is append-only")


def erase_only(table: str, *, texts: Sequence[str], kept: Sequence[str]) -> None:
    """Refuse every change of a row except setting its texts to null."""
    differs = "IS NOT" if _is_sqlite() else "IS DISTINCT FROM"
    changed = " OR ".join(
        [f"NEW.{text} IS NOT NULL" for text in texts]
        + [f"NEW.{column} {differs} OLD.{column}" for column in kept]
    )
    _guard(f"{table}_erase_only", "UPDATE", table, f"{table} can only be erased", changed)


def _guard(name: str, act: str, table: str, why: str, when: str = "") -> None:
    if _is_sqlite():
        condition = f"WHEN {when} " if when else ""
        refusal = f"{condition}BEGIN SELECT RAISE(ABORT, '{why}'); END"
    else:
        condition = f"WHEN ({when}) " if when else ""
        refusal = f"FOR EACH ROW {condition}EXECUTE FUNCTION coprod_refuse()"
    op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} {refusal}")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
