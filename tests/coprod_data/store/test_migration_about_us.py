"""The upgrade that asks for two people where an entry is about one of us."""

from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, Consent, EntryMeant
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0028_about_us_flagged import down_revision, revision
from coprod_data.store.schema import downgrade, is_current, migrate
from coprod_data.vocabulary.entry_care import AboutUs
from tests.helpers.builders import a_person, a_promise, a_report_card, add, an_entry
from tests.helpers.source import ROOT

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"


def test_it_goes_down_and_up_with_entries_about_one_of_us(database: Database):
    with Session(database.engine) as db:
        card = a_report_card(db, a_promise(db)[0])
        named, plain = an_entry(db, card, flags=["hurt"]), an_entry(db, card)
        beside = an_entry(db, card, about_id=named.id)
        unsaid = an_entry(db, card, about_us=AboutUs.NOT_SAID)
        add(db, EntryMeant(entry_id=named.id, person_id=a_person(db).id))
        db.commit()
        numbers = [one.id for one in (named, beside, unsaid, plain)]

    downgrade(database.engine, down_revision)
    migrate(database.engine)

    assert is_current(database.engine)
    with Session(database.engine) as db:
        flags = [db.get_one(CardEntry, number).flags for number in numbers]
        assert flags == [["hurt", "about_us"], ["about_us"], ["about_us"], []]
        assert {one.ended_because for one in db.query(Consent)} == {None}


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_about_us_flagged.py").exists()
