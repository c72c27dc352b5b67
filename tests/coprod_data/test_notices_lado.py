"""The LADO is told once, without a word, of a card that nobody on duty may read."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.absences import add_absence
from coprod_data.commands.entries_care import hold_entry
from coprod_data.jobs import run_jobs
from coprod_data.models import (
    CardEntry,
    ContactWish,
    EntryMeant,
    Person,
    Setting,
    ToldToLado,
)
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.vocabulary.entry_care import AboutUs
from coprod_data.vocabulary.settings import SettingKey
from tests.helpers.builders import NOW, a_person
from tests.helpers.notices import Office
from tests.helpers.notices_lado import (
    LADO,
    NIGHT,
    RINGS,
    about,
    lado_office,
    left,
    stand_in,
    to_lado,
)


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    with lado_office(database) as office:
        yield office


def test_where_lead_and_deputy_are_meant_the_lado_is_told_once(office: Office):
    about(office, "robin", "alex", thinks="Zanzibar hits me.", flags=["hurt"])

    for minutes in (0, 10, 20, 3000):
        office.at(NOW + timedelta(minutes=minutes))

    [text] = to_lado(office)
    assert text.split("\n\n") == [
        "Something waits for you under the safeguarding procedure of Westmarch Council.",
        f"Please ring {RINGS}.",
        "This message says no more on purpose. Nobody reads answers to it.\n",
    ]
    [message] = [one for one in office.server.received if one["To"] == LADO]
    assert message["Subject"] == "Together: please ring the council"
    for word in ("Zanzibar", "hurt", "http", "my_work", "Robin", "Alex", "Homes"):
        assert word not in message.as_string()


def test_it_goes_at_night_too(office: Office):
    about(office, "robin", "alex", sent_at=NIGHT - timedelta(minutes=1))
    office.at(NIGHT)
    assert len(to_lado(office)) == 1


@pytest.mark.parametrize("names", [(), ("robin",), ("alex",), ("amara", "ben")])
def test_while_somebody_on_duty_may_read_it_the_lado_hears_nothing(
    office: Office, names: tuple[str, ...]
):
    about(office, *names)
    office.at(NOW)
    assert (to_lado(office), left(office)) == ([], None)


def test_with_a_stand_in_who_is_there_the_lado_hears_nothing(office: Office):
    stand_in(office)
    about(office, "robin", "alex")
    office.at(NOW)
    assert to_lado(office) == []


def test_a_stand_in_who_never_signed_in_reads_nothing(office: Office):
    stand_in(office, arrived=False)
    about(office, "robin", "alex")
    office.at(NOW)
    assert len(to_lado(office)) == 1


def test_a_stand_in_who_is_away_or_meant_too_reads_nothing(office: Office):
    number = stand_in(office)
    lead = office.actor("robin", NOW)
    day = NOW.date()
    office.does(lambda db: add_absence(db, lead, person_id=number, from_day=day, to_day=day))
    about(office, "robin", "alex")
    office.at(NOW)
    assert len(to_lado(office)) == 1

    tomorrow = NOW + timedelta(days=1)
    other = about(office, "robin", "alex", sent_at=tomorrow)
    office.does(lambda db: db.add(EntryMeant(entry_id=other, person_id=number)))
    office.at(tomorrow)
    assert len(to_lado(office)) == 2


def test_where_one_of_two_is_on_leave_and_the_other_is_meant(office: Office):
    lead, day = office.actor("robin", NOW), NOW.date()
    office.does(lambda db: add_absence(
        db, lead, person_id=office.ids["alex"], from_day=day, to_day=day
    ))  # fmt: skip
    about(office, "robin")
    office.at(NOW)
    assert len(to_lado(office)) == 1


def test_another_account_of_the_one_who_is_meant_reads_nothing_either(office: Office):
    def again(db: Session) -> None:
        alex = db.get_one(Person, office.ids["alex"])
        twin = a_person(db, Role.SAFEGUARDING, name=alex.name, password_hash="x")
        db.add(Setting(
            key=SettingKey.DUTY_STAND_IN, changed_at=NOW,
            value={"person_id": twin.id, "phone": "01632 960003"},
        ))  # fmt: skip

    office.does(again)
    about(office, "robin", "alex")
    office.at(NOW)
    assert len(to_lado(office)) == 1


def test_what_is_on_hold_taken_back_unread_or_wished_for_is_told_of_too(office: Office):
    held = about(office, "robin", "alex")
    office.does(lambda db: hold_entry(db, office.actor("amara", NOW), held))
    office.at(NOW)
    assert len(to_lado(office)) == 1
    now = left(office)
    assert now is not None
    assert (now.count, now.unreadable) == (1, 1)

    gone = about(office, "robin", "alex", flags=["hurt"])

    def take_back(db: Session) -> None:
        entry = db.get_one(CardEntry, gone)
        entry.kept_unread, entry.withdrawn_at = True, NOW

    office.does(take_back)
    office.at(NOW + timedelta(minutes=1))
    assert len(to_lado(office)) == 2

    wished = about(office, "robin", "alex", released=True)
    office.does(lambda db: db.add(ContactWish(
        entry_id=wished, first_name=None, how="text", when_safe=None, made_at=NOW,
    )))  # fmt: skip
    office.at(NOW + timedelta(minutes=2))
    assert len(to_lado(office)) == 3


def test_several_cards_of_one_turn_and_what_follows_on_a_card_are_one_notice(office: Office):
    first = about(office, "robin", "alex")
    about(office, "robin", "alex")
    office.at(NOW)
    assert len(to_lado(office)) == 1

    office.sent(about_id=first)
    office.at(NOW + timedelta(minutes=10))
    assert len(to_lado(office)) == 1
    now = left(office, NOW + timedelta(minutes=10))
    assert now is not None
    assert now.count == 3


def test_a_card_that_was_done_with_and_comes_back_is_told_of_again(office: Office):
    entry = about(office, "robin", "alex")
    office.at(NOW)

    def deal(db: Session, at: datetime | None) -> None:
        db.get_one(CardEntry, entry).dealt_at = at

    office.does(lambda db: deal(db, NOW))
    office.database.clock = lambda: NOW + timedelta(minutes=20)
    run_jobs(office.database)
    with Session(office.database.engine) as db:
        assert db.scalars(sa.select(ToldToLado)).all() == []
    office.does(lambda db: deal(db, None))
    office.at(NOW + timedelta(minutes=40))
    assert len(to_lado(office)) == 2


def test_what_its_author_would_not_say_is_told_of_where_safeguarding_is_meant(office: Office):
    about(office, "robin", about_us=AboutUs.NOT_SAID)
    office.at(NOW)
    assert to_lado(office) == []
    about(office, "robin", "alex", about_us=AboutUs.NOT_SAID)
    office.at(NOW + timedelta(minutes=10))
    assert len(to_lado(office)) == 1
