"""The upgrade that closes a whole card to those whom one of its answers may be about."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import EntryMeant
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0019_meant_families import down_revision, revision
from coprod_data.store.schema import downgrade, is_current, migrate
from coprod_data.vocabulary.entries import EntryKind
from tests.helpers.builders import a_person, a_promise, a_report_card, add, an_entry
from tests.helpers.source import ROOT

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"


def test_whom_an_answer_was_about_is_written_on_its_entry_once(database: Database):
    with Session(database.engine) as db:
        card = a_report_card(db, a_promise(db)[0])
        main, other = an_entry(db, card), an_entry(db, card)
        added = [
            an_entry(db, card, kind=EntryKind.ANSWER, about_id=main.id, consents=())
            for _ in range(2)
        ]
        first, second = a_person(db), a_person(db)
        for entry, person in ((added[0], first), (added[1], first), (main, second),
                              (added[1], second)):  # fmt: skip
            add(db, EntryMeant(entry_id=entry.id, person_id=person.id))
        ids = main.id, other.id, {first.id, second.id}
        db.commit()
    downgrade(database.engine, down_revision)

    migrate(database.engine)

    assert is_current(database.engine)
    main_id, other_id, both = ids
    with Session(database.engine) as db:
        meant = sa.select(EntryMeant.person_id).where(EntryMeant.entry_id == main_id)
        assert sorted(db.scalars(meant)) == sorted(both)
        assert db.scalars(meant.where(EntryMeant.entry_id == other_id)).all() == []


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_meant_families.py").exists()
