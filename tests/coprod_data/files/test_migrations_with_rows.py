"""Every migration goes up and down with a lived-in council in the tables."""

from datetime import date

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from coprod_data.database import Database
from coprod_data.files.seed import play_seed
from coprod_data.models import Base
from coprod_data.schema import _config, check_guards, downgrade, is_current, migrate

REVISIONS = [
    revision.revision for revision in ScriptDirectory.from_config(_config()).walk_revisions()
]


def tables(database: Database) -> set[str]:
    return set(sa.inspect(database.engine).get_table_names()) - {"alembic_version"}


@pytest.fixture
def full(database: Database) -> Database:
    play_seed(database, date(2026, 11, 21))
    return database


def test_each_step_goes_down_and_all_of_them_up_again(full: Database) -> None:
    before = tables(full)
    for revision in [*REVISIONS[1:], "base"]:
        downgrade(full.engine, revision)
        assert not is_current(full.engine)
    assert tables(full) == set()

    migrate(full.engine)

    assert is_current(full.engine)
    assert tables(full) == before >= set(Base.metadata.tables)
    check_guards(full.engine)


@pytest.mark.parametrize("revision", REVISIONS[1:4])
def test_a_step_down_and_up_leaves_the_other_tables_rows(full: Database, revision: str) -> None:
    def counted() -> dict[str, int]:
        standing = tables(full)
        with full.engine.connect() as connection:
            return {
                name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
                for name, table in Base.metadata.tables.items()
                if name in standing
            }

    before = counted()
    downgrade(full.engine, revision)
    kept = counted()
    migrate(full.engine)

    assert kept == {name: before[name] for name in kept}
    assert {name: count for name, count in counted().items() if name in kept} == kept
    check_guards(full.engine)
