"""The upgrade that brings notices keeps accounts; taken down, it leaves nothing of them."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.notices import Waits, make_notices
from coprod_data.commands.settings import change_notice_host
from coprod_data.models import Notice, Person
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0008_notices import down_revision, revision
from coprod_data.store.schema import downgrade, is_current, migrate
from tests.helpers.builders import NOW
from tests.helpers.notices import SITE, a_host, the_office
from tests.helpers.source import ROOT

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"


def names(database: Database) -> dict[int, tuple[str, str | None]]:
    with Session(database.engine) as db:
        return {one.id: (one.name, one.work_email) for one in db.scalars(sa.select(Person))}


def test_it_goes_down_and_up_with_people_notices_and_a_host(database: Database):
    people = the_office(database)
    with database.writing(System()) as (db, actor):
        change_notice_host(db, actor, a_host(), address=SITE)
        make_notices(db, actor, {person_id: Waits(urgent=(NOW,)) for person_id in people.values()})
    before = names(database)

    downgrade(database.engine, down_revision)
    with database.engine.connect() as connection:
        looked = sa.inspect(connection)
        assert not looked.has_table("notice")
        assert "work_email" not in {one["name"] for one in looked.get_columns("person")}
        settings = set(connection.scalars(sa.text('SELECT "key" FROM setting')))
        assert settings & {"notice_host", "public_address"} == set()
        assert "duty_lead" in settings
    migrate(database.engine)

    assert is_current(database.engine)
    assert names(database) == {number: (name, None) for number, (name, _) in before.items()}
    with Session(database.engine) as db:
        assert db.scalars(sa.select(Notice)).all() == []


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_notices.py").exists()
