"""The schema's version: migrate, refuse a trial's or a later release's schema, check the guards.

Each later change of the schema is a migration of its own.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from coprod_data.store.keys import Keys
from coprod_data.store.migrations.guards import REFUSE, guards
from coprod_data.store.places import opening, shown

TRIAL = frozenset(f"{number:04}" for number in range(1, 14))  # revisions before the first release
VERSION_TABLE = "alembic_version"
SQLITE = sa.text("SELECT name, sql AS text FROM sqlite_master WHERE type = 'trigger'")
POSTGRESQL = sa.text(
    "SELECT tgname AS name, CASE tgenabled WHEN 'O' THEN pg_get_triggerdef(oid) END AS text "
    "FROM pg_trigger WHERE NOT tgisinternal"
)
REFUSAL = sa.text("SELECT prosrc FROM pg_proc WHERE proname = 'coprod_refuse'")
_CHECK_ADDRESS = "Check COPROD_DATABASE_URL."


class SchemaFault(Exception):
    """Why this release cannot work with a database, as sentences that say what to do."""


class TrialSchema(SchemaFault):
    """The database was made before the first release."""


class NewerSchema(SchemaFault):
    """The database was migrated by a later release than this one."""


class OlderSchema(SchemaFault):
    """The database was made by an earlier release and not upgraded yet."""


class ForeignSchema(SchemaFault):
    """The database is not of Together."""


class MissingGuards(SchemaFault):
    """Triggers that protect the log and the sealed words are missing."""


def migrate(engine: Engine, revision: str = "head", *, keys: Keys | None = None) -> None:
    """Bring the database to a revision in one transaction. Raises SchemaFault, PlaceFault.

    With the server's keys, migrations tell the log of the rows they write.
    """
    config = _config()
    config.attributes["keys"] = keys
    with _changing(engine) as connection:
        _refuse_unknown(connection, ScriptDirectory.from_config(config))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str, *, keys: Keys | None = None) -> None:
    """Take the database back to a revision."""
    config = _config()
    config.attributes["keys"] = keys
    with _changing(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def is_current(engine: Engine) -> bool:
    """Say whether the database has this release's schema."""
    with _looking(engine) as connection:
        stored = MigrationContext.configure(connection).get_current_revision()
    return stored == _script().get_current_head()


def check_release(engine: Engine) -> None:
    """Raise SchemaFault unless this is a database of this release, changing nothing."""
    script = _script()
    with _looking(engine) as connection:
        _refuse_unknown(connection, script)
        stored = MigrationContext.configure(connection).get_current_revision()
    if stored is None:
        raise ForeignSchema(f"The database at {shown(engine.url)} is empty. {_CHECK_ADDRESS}")
    if stored != script.get_current_head():
        raise OlderSchema(
            "This database was made by an older release of Together. "
            "Start the server once: that upgrades it."
        )


def refuse_newer(revision: str) -> None:
    """Raise NewerSchema unless this release knows a revision."""
    known = {one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions()}
    if revision not in known:
        raise NewerSchema(
            "This backup was made by a newer release of Together. Install that release first."
        )


def check_guards(engine: Engine) -> None:
    """Raise MissingGuards unless every trigger is there and does what a migration made it do."""
    sqlite = engine.dialect.name == "sqlite"
    made = guards(sqlite=sqlite)
    with _looking(engine) as connection:
        found = {row.name: row.text for row in connection.execute(SQLITE if sqlite else POSTGRESQL)}
        refusal = None if sqlite else connection.scalar(REFUSAL)
    wrong = {name for name, text in made.items() if _plain(found.get(name)) != _plain(text)}
    if refusal is not None and refusal.strip() != REFUSE:
        wrong |= set(made)
    if wrong := wrong | (set(found) - set(made)):
        raise MissingGuards(
            f"The database has lost its guards ({', '.join(sorted(wrong))}). "
            "Restore it from your back-up before anybody signs in."
        )


def _plain(text: str | None) -> str:
    """Return a trigger's text as both engines tell it: PostgreSQL writes its own brackets."""
    return re.sub(r"[\s()]|\bpublic\.|::text", "", text or "").lower()


@contextmanager
def _changing(engine: Engine) -> Iterator[Connection]:
    """Open the transaction in which the schema changes.

    SQLite changes a table by making it again, so its foreign keys are checked at the end instead of
    at every row.
    """
    bind = engine.execution_options(coprod_keys_later=True)
    with opening(engine.url), bind.begin() as connection:
        yield connection
        sqlite = engine.dialect.name == "sqlite"
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first() if sqlite else None
        if broken is not None:
            raise RuntimeError(f"A row of {broken[0]} names one of {broken[2]} that is gone.")
    engine.dispose()  # a connection that checks no foreign keys must never be used again


def _looking(engine: Engine) -> Connection:
    """Connect for reading only, so that it does not wait for writers."""
    return engine.execution_options(coprod_write=False).connect()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    return config


@cache
def _script() -> ScriptDirectory:
    """Return the migrations of this release; reading them takes long, and they never change."""
    return ScriptDirectory.from_config(_config())


def _refuse_unknown(connection: Connection, script: ScriptDirectory) -> None:
    stored = MigrationContext.configure(connection).get_current_revision()
    if stored in TRIAL:
        raise TrialSchema(
            "This database was made by a trial version of Together. Start a new one: name a new "
            "file or an empty database in COPROD_DATABASE_URL. If the old one was only a "
            "demonstration in a file, you can delete that file instead."
        )
    if stored is None and set(sa.inspect(connection).get_table_names()) - {VERSION_TABLE}:
        raise ForeignSchema(
            f"The database at {shown(connection.engine.url)} holds tables of another program. "
            f"{_CHECK_ADDRESS}"
        )
    known = {revision.revision for revision in script.walk_revisions()}
    if stored is not None and stored not in known:
        raise NewerSchema(
            "This database was made by a newer release of Together. "
            "Install that release, or restore a back-up from before the upgrade."
        )
