"""The upgrade that tells the log of the faces that were counted before."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Event, ViewFace, ViewMonth
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0054_faces_told import down_revision, revision
from coprod_data.store.row_digests import newest_told
from coprod_data.store.schema import downgrade, is_current, migrate
from coprod_data.vocabulary.actions import Face
from tests.helpers.builders import NOW, TODAY, a_promise, add
from tests.helpers.source import ROOT

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"


def told(database: Database) -> set[str]:
    with Session(database.engine) as db:
        kept = sa.select(Event.digests).where(Event.digests.is_not(None)).order_by(Event.id)
        return {name for name in newest_told(db.scalars(kept)) if name.startswith("view_")}


def test_it_goes_up_down_and_up_with_a_shown_face(database: Database):
    with Session(database.engine) as db:
        theme, month = a_promise(db)[0], ViewMonth(month=TODAY.replace(day=1), made_at=NOW)
        add(db, month)
        add(db, ViewFace(
            view_month_id=month.id, theme_id=theme.id, face=Face.SMILE, counted_to=TODAY
        ))  # fmt: skip
        db.commit()

    downgrade(database.engine, down_revision, keys=database.keys)
    assert told(database) == set()
    migrate(database.engine, keys=database.keys)
    assert is_current(database.engine)
    assert told(database) == {"view_month:1", "view_face:1"}
    downgrade(database.engine, down_revision, keys=database.keys)
    assert told(database) == set()


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_faces_told.py").exists()
