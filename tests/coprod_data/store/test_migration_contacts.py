"""The upgrade that brings two contacts; taken down, the older release finds neither."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.settings import change_setting
from coprod_data.models import Setting
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0022_contacts import down_revision, revision
from coprod_data.store.schema import downgrade, is_current, migrate
from coprod_data.vocabulary.settings import CONTACTS, SettingKey
from tests.helpers.builders import somebody
from tests.helpers.source import ROOT

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"


def test_it_goes_down_and_up_with_both_set(database: Database):
    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        administrator = somebody(db, Role.ADMINISTRATOR)
        for key in (SettingKey.COUNCIL_NAME, *CONTACTS):
            change_setting(db, administrator, key, "Westmarch")
        db.commit()

    downgrade(database.engine, down_revision)
    with database.engine.connect() as connection:
        kept = set(connection.scalars(sa.text('SELECT "key" FROM setting')))
    migrate(database.engine)

    assert kept & set(CONTACTS) == set()
    assert is_current(database.engine)
    with Session(database.engine) as db:
        assert set(db.scalars(sa.select(Setting.key))) == {SettingKey(key) for key in kept}


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_contacts.py").exists()
