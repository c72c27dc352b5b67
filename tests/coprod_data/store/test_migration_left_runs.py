"""The upgrade that keeps hashes of words that left, up, down and up again with rows."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.models import CardEntry, LeftRun
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0020_left_runs import down_revision, revision
from coprod_data.store.schema import downgrade, is_current, migrate
from tests.coprod_data.store.test_migration_held_with import guards
from tests.helpers.builders import a_promise, a_report_card, holding_the_code, somebody
from tests.helpers.entries_read import let_out
from tests.helpers.source import ROOT

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"


def test_it_goes_down_and_up_with_words_that_left(database: Database):
    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        card = a_report_card(db, a_promise(db)[0])
        entry = let_out(
            db, somebody(db, Role.YOUTH_VOICE), card, thinks="They put my stuff in bin bags.",
            wants=None,
        )  # fmt: skip
        withdraw_entry(db, holding_the_code(entry), entry.id)
        db.commit()
        entry_id = entry.id
        assert len(db.scalars(sa.select(LeftRun)).all()) == 2  # seven words have two runs of six
    before = guards(database)

    downgrade(database.engine, down_revision)
    assert "left_run" not in sa.inspect(database.engine).get_table_names()
    migrate(database.engine)

    assert is_current(database.engine)
    assert guards(database) == before
    with Session(database.engine) as db:
        assert db.get_one(CardEntry, entry_id).withdrawn_at is not None
        assert db.scalars(sa.select(LeftRun)).all() == []


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_left_runs.py").exists()
