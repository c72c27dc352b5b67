"""The upgrade that keeps who is in a shown face, as hashes."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import ViewFace, ViewMonth, ViewVoice
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0030_view_voices import down_revision, revision
from coprod_data.store.schema import downgrade, is_current, migrate
from coprod_data.vocabulary.actions import Face
from tests.helpers.builders import NOW, TODAY, a_promise, add
from tests.helpers.source import ROOT

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"


def test_it_goes_down_and_up_with_a_shown_face(database: Database):
    with Session(database.engine) as db:
        month = ViewMonth(month=TODAY.replace(day=1), made_at=NOW)
        theme = a_promise(db)[0]
        add(db, month)
        face = ViewFace(
            view_month_id=month.id, theme_id=theme.id, face=Face.SMILE, counted_to=TODAY
        )
        add(db, face)
        db.add(ViewVoice(view_face_id=face.id, who="a" * 64, said="b" * 64))
        db.commit()

    downgrade(database.engine, down_revision)
    migrate(database.engine)

    assert is_current(database.engine)
    with Session(database.engine) as db:
        assert db.scalars(sa.select(ViewFace.face)).all() == [Face.SMILE]
        assert db.scalars(sa.select(ViewVoice)).all() == []


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_view_voices.py").exists()
