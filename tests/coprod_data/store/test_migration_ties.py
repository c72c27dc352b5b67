"""The upgrade that lets cards and entries be tied to a commitment keeps rows and guards."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, ReportCard
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0015_ties import TABLES, down_revision, revision
from coprod_data.store.schema import downgrade, is_current, migrate
from tests.coprod_data.store.test_migration_held_with import guards
from tests.helpers.builders import a_promise, a_report_card, an_entry
from tests.helpers.source import ROOT

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"


def test_it_goes_down_and_up_with_cards_and_entries(database: Database):
    with Session(database.engine) as db:
        card = a_report_card(db, a_promise(db)[0], title="Cold rooms")
        entry_id, card_id = an_entry(db, card, flags=["hurt"], released=True).id, card.id
        db.commit()
    before = guards(database)

    downgrade(database.engine, down_revision)
    for table in TABLES:
        columns = {one["name"] for one in sa.inspect(database.engine).get_columns(table)}
        assert "commitment_id" not in columns
    migrate(database.engine)

    assert is_current(database.engine)
    assert guards(database) == before
    with Session(database.engine) as db:
        entry, card = db.get_one(CardEntry, entry_id), db.get_one(ReportCard, card_id)
        assert (entry.flags, entry.commitment_id) == (["hurt"], None)
        assert (card.title, card.commitment_id) == ("Cold rooms", None)


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_ties.py").exists()
