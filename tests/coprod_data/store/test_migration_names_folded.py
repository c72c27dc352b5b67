"""The upgrade that keeps the folded name of each account."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Person
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0029_names_folded import down_revision, revision
from coprod_data.store.schema import downgrade, is_current, migrate
from tests.helpers.builders import a_person
from tests.helpers.source import ROOT

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"


def test_it_goes_down_and_up_with_accounts(database: Database):
    with Session(database.engine) as db:
        a_person(db, name="Cllr Zoë  Field-Hay")
        db.commit()

    downgrade(database.engine, down_revision)
    migrate(database.engine)

    assert is_current(database.engine)
    with Session(database.engine) as db:
        assert db.scalars(sa.select(Person.name_key)).all() == ["zoe fieldhay"]


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_names_folded.py").exists()
