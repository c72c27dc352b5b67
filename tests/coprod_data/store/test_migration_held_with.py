"""The upgrade that lets words be on hold with others keeps every entry and its guards."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0014_held_with import down_revision, revision
from coprod_data.store.schema import downgrade, is_current, migrate
from tests.helpers.builders import a_promise, a_report_card, an_entry
from tests.helpers.source import ROOT

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"


def guards(database: Database) -> list[str]:
    on_sqlite = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    on_postgresql = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    asked = on_sqlite if database.is_sqlite else on_postgresql
    with database.engine.connect() as connection:
        return sorted(connection.scalars(sa.text(asked)))


def test_it_goes_down_and_up_with_entries(database: Database):
    with Session(database.engine) as db:
        card = a_report_card(db, a_promise(db)[0])
        number = an_entry(db, card, flags=["hurt"]).id
        db.commit()
    before = guards(database)

    downgrade(database.engine, down_revision)
    with database.engine.connect() as connection:
        columns = {one["name"] for one in sa.inspect(connection).get_columns("card_entry")}
    assert "held_with_id" not in columns
    migrate(database.engine)

    assert is_current(database.engine)
    assert guards(database) == before
    with Session(database.engine) as db:
        entry = db.get_one(CardEntry, number)
        assert (entry.flags, entry.held_with_id) == (["hurt"], None)


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_held_with.py").exists()
