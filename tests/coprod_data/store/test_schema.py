"""The schema is the same on both engines, goes up and down, and keeps its guards."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from coprod_data.commands.people import add_person
from coprod_data.models import Base
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.store.migrations.guards import guards
from coprod_data.store.schema import (
    TRIAL,
    MissingGuards,
    NewerSchema,
    TrialSchema,
    _config,
    check_guards,
    downgrade,
    is_current,
    migrate,
    refuse_newer,
)


def differences(database: Database) -> list[str]:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, Base.metadata)
    return [str(one) for one in found if "released_text" not in str(one)]  # search is separate


def test_migrations_make_the_tables_the_models_describe(database: Database):
    assert differences(database) == []


def test_migrating_twice_changes_nothing(database: Database):
    migrate(database.engine)

    assert is_current(database.engine)


def test_a_schema_goes_down_to_nothing_and_up_again(database: Database):
    downgrade(database.engine, "base")
    left = set(sa.inspect(database.engine).get_table_names())
    assert left <= {"alembic_version"}
    assert not is_current(database.engine)

    migrate(database.engine)

    assert differences(database) == []
    check_guards(database.engine)


def say_it_was_made_by(revision: str, database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE alembic_version SET version_num = '{revision}'"))  # noqa: S608


@pytest.mark.parametrize("revision", ["0001", "0008", "0013"])
def test_a_database_of_the_trial_version_is_refused_and_left_as_it_is(
    database: Database, revision: str
):
    say_it_was_made_by(revision, database)
    assert not is_current(database.engine)

    with pytest.raises(TrialSchema, match="Start a new one: .* in COPROD_DATABASE_URL"):
        migrate(database.engine)

    assert differences(database) == []


def test_the_trial_version_had_thirteen_revisions_and_none_of_ours():
    ours = ScriptDirectory.from_config(_config()).walk_revisions()

    assert len(TRIAL) == 13
    assert TRIAL.isdisjoint(revision.revision for revision in ours)


def test_a_newer_database_is_refused_with_a_sentence(database: Database):
    say_it_was_made_by("9999", database)

    with pytest.raises(NewerSchema, match="newer release"):
        migrate(database.engine)


def test_a_backup_of_a_newer_release_is_refused():
    refuse_newer("r0024")
    with pytest.raises(NewerSchema, match="Install that release first"):
        refuse_newer("r9999")


def test_each_lost_guard_is_noticed(database: Database):
    for guard in guards(sqlite=database.is_sqlite):
        kept = [table for table in Base.metadata.tables if guard.startswith(f"{table}_")]
        where = "" if database.is_sqlite else f" ON {max(kept, key=len)}"
        with database.engine.begin() as connection:
            connection.execute(sa.text(f"DROP TRIGGER {guard}{where}"))

        with pytest.raises(MissingGuards, match=rf"\b{guard}\b"):
            check_guards(database.engine)


@pytest.mark.parametrize("table", ["event", "event_text"])
def test_the_log_cannot_be_emptied_at_a_stroke(database: Database, table: str):
    with database.writing(System()) as (db, actor):
        add_person(db, actor, username="ada", name="Ada")
    # SQLite knows no TRUNCATE: its DELETE without a condition is one.
    empty = "DELETE FROM" if database.is_sqlite else "TRUNCATE"

    with pytest.raises(sa.exc.DBAPIError), database.engine.begin() as connection:
        connection.execute(sa.text(f"{empty} {table}{'' if database.is_sqlite else ' CASCADE'}"))


def test_closed_lists_are_stored_as_text_by_value(database: Database):
    with database.engine.begin() as connection:
        connection.execute(sa.text(
            "INSERT INTO setting (key, value, changed_at)"
            " VALUES ('council_name', '\"Westmarch\"', '2026-03-04 10:00:00')"
        ))  # fmt: skip
        model = Base.metadata.tables["setting"]
        assert connection.scalar(sa.select(model.c.key)).name == "COUNCIL_NAME"


def test_a_foreign_key_to_nothing_is_refused(database: Database):
    with pytest.raises(sa.exc.IntegrityError), database.engine.begin() as connection:
        connection.execute(sa.text(
            "INSERT INTO promise_theme (version_id, position, title, young_title, icon, catch_all)"
            " VALUES (99, 1, 'Homes', 'Home', 'home', false)"
        ))  # fmt: skip
