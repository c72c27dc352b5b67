"""The upgrade moves what is due in a month to its last day, and leaves what is due on a day."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Action
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0026_month_ends import down_revision, revision
from coprod_data.store.schema import downgrade, migrate
from coprod_data.vocabulary.actions import DueKind
from tests.helpers.builders import a_commitment, a_person, a_promise, a_service, an_action
from tests.helpers.source import ROOT

pytestmark = pytest.mark.both_engines

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"
FIRST, LAST = date(2027, 2, 1), date(2027, 2, 28)


def test_a_month_ends_on_its_last_day(database: Database):
    with Session(database.engine) as db:
        owner, service = a_person(db, Role.MANAGER), a_service(db)
        commitment = a_commitment(db, a_promise(db)[0])
        ids = {
            kind: an_action(db, commitment, owner, service, due_on=FIRST, due_kind=kind).id
            for kind in DueKind
        }
        db.commit()

    downgrade(database.engine, down_revision)
    migrate(database.engine)
    downgrade(database.engine, down_revision)
    migrate(database.engine)

    with Session(database.engine) as db:
        found = {row.id: row.due_on for row in db.execute(sa.select(Action.id, Action.due_on))}
    assert {kind: found[id_] for kind, id_ in ids.items()} == {
        DueKind.DAY: FIRST, DueKind.MONTH: LAST, DueKind.QUARTER: LAST, DueKind.ONGOING: FIRST,
    }  # fmt: skip


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_month_ends.py").exists()
