"""The upgrade that finds by an index what somebody has read, up, down and up again with rows."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import EntryReading
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0027_words_read import down_revision, revision
from coprod_data.store.schema import downgrade, is_current, migrate
from tests.coprod_data.store.test_migration_held_with import guards
from tests.helpers.builders import a_promise, a_report_card, somebody
from tests.helpers.entries_read import read
from tests.helpers.source import ROOT

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"


def indexes(database: Database) -> set[str | None]:
    inspector = sa.inspect(database.engine)
    return {
        one["name"] for name in ("entry_reading", "card_entry")
        for one in inspector.get_indexes(name)
    }  # fmt: skip


def test_it_goes_down_and_up_with_what_was_read(database: Database):
    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        card = a_report_card(db, a_promise(db)[0])
        read(db, somebody(db, Role.YOUTH_VOICE), card)
        db.commit()
    before, made = guards(database), {"ix_entry_reading_person", "ix_card_entry_typed"}

    downgrade(database.engine, down_revision)
    assert not made & indexes(database)
    migrate(database.engine)

    assert is_current(database.engine)
    assert guards(database) == before
    assert made <= indexes(database)
    with Session(database.engine) as db:
        assert len(db.scalars(sa.select(EntryReading)).all()) == 1


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_words_read.py").exists()
