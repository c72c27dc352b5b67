"""The upgrade that brings the trail keeps sessions and tries; taken down, too."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import AuthSession, LoginAttempt, Trail
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0024_doors import down_revision, revision
from coprod_data.store.schema import downgrade, is_current, migrate
from tests.helpers.signing_in import a_council, enter, fail, is_live
from tests.helpers.source import ROOT

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"


def test_it_goes_down_and_up_with_sessions_tries_and_a_trail(database: Database):
    a_council(database)
    fail(database)
    session = enter(database)

    downgrade(database.engine, down_revision)
    migrate(database.engine)

    assert is_current(database.engine)
    assert is_live(database, session)
    with Session(database.engine) as db:
        assert [row.proved_at for row in db.scalars(sa.select(AuthSession))] == [None]
        assert [row.browser_hash for row in db.scalars(sa.select(LoginAttempt))] == ["", ""]
        assert db.scalars(sa.select(Trail)).all() == []


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_doors.py").exists()
