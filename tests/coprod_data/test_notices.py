"""Notices are made for those who may act, at their hours, and no more often than promised."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.absences import add_absence
from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.settings import change_notice_host
from coprod_data.jobs import MAKING, SENDING, run_jobs
from coprod_data.models import CardEntry, ContactWish, EntryMeant, Notice
from coprod_data.permissions import Role
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.vocabulary.notices import NoticeKind
from tests.helpers.builders import (
    NOW,
    a_person,
    add,
    days_ago,
)
from tests.helpers.mail_server import MailServer
from tests.helpers.notices import Office, made, sends_through

SATURDAY = NOW + timedelta(days=3)
MONDAY = NOW + timedelta(days=5)
IN_HOURS = ["alex", "amara", "ben", "robin"]
ON_DUTY = ["alex", "robin"]


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    database.clock = lambda: NOW
    with MailServer() as server:
        office = Office(database)
        sends_through(database, server)
        office.server = server
        yield office


def test_nothing_is_made_or_sent_until_a_host_is_named(database: Database):
    office = Office(database)
    office.sent(flags=["hurt"])

    office.at(NOW)

    assert made(database) == []


def test_what_is_plain_is_not_urgent(office: Office):
    office.sent()
    office.at(NOW)
    assert made(office.database) == []


def test_in_duty_hours_those_on_duty_and_the_workers_hear_of_a_flagged_entry(office: Office):
    office.sent(flags=["hurt"])

    assert run_jobs(office.database)[-2:] == [MAKING, SENDING]
    assert not {MAKING, SENDING} & set(run_jobs(office.database, now=True))

    assert made(office.database, NoticeKind.URGENT) == IN_HOURS
    assert len(office.server.received) == 4


def test_a_wish_a_hold_and_what_was_taken_back_unread_are_urgent_too(office: Office):
    wished = office.sent(released=True)
    office.does(lambda db: db.add(ContactWish(
        entry_id=wished, first_name=None, how="text", when_safe=None, made_at=NOW,
    )))  # fmt: skip
    office.at(NOW)
    assert made(office.database, NoticeKind.URGENT) == IN_HOURS


def test_a_hold_is_for_safeguarding_and_who_opened_it(office: Office):
    held = office.sent()
    office.does(lambda db: hold_entry(db, office.actor("amara", NOW), held))

    office.at(NOW + timedelta(minutes=5))

    assert made(office.database, NoticeKind.URGENT) == ["alex", "amara", "robin"]


def test_what_was_taken_back_unread_is_for_safeguarding(office: Office):
    gone = office.sent(flags=["hurt"])

    def take_back(db: Session) -> None:
        entry = db.get_one(CardEntry, gone)
        entry.kept_unread, entry.withdrawn_at = True, NOW - timedelta(seconds=5)

    office.does(take_back)
    office.at(NOW)

    assert made(office.database, NoticeKind.URGENT) == ON_DUTY


def test_at_a_weekend_only_who_is_on_duty_hears_of_it_with_the_number_that_is_answered(
    office: Office,
):
    office.sent(flags=["hurt"], sent_at=SATURDAY - timedelta(minutes=3))

    office.at(SATURDAY)

    assert made(office.database, NoticeKind.URGENT) == ON_DUTY
    for message in office.server.received:
        assert "ring 01632 960002 now" in message.get_content()

    office.at(MONDAY)
    assert made(office.database, NoticeKind.URGENT).count("amara") == 1


def test_on_christmas_eve_after_hours_it_rings_on_the_same_evening(office: Office):
    evening = datetime.fromisoformat("2026-12-24T18:30:00+00:00")
    office.sent(flags=["hurt"], sent_at=evening)
    office.at(evening + timedelta(minutes=1))
    assert made(office.database) == ON_DUTY


def test_nobody_hears_of_what_may_be_about_them(office: Office):
    entry = office.sent(flags=["about_us"])
    office.does(lambda db: db.add(EntryMeant(entry_id=entry, person_id=office.ids["robin"])))

    office.at(SATURDAY)

    assert made(office.database) == ["alex"]


def test_who_is_away_gets_none_neither_made_nor_waiting(office: Office):
    office.sent(flags=["hurt"])
    lead = office.actor("robin", NOW)

    def away(db: Session) -> None:
        for name in ("amara", "alex"):
            add_absence(
                db, lead, person_id=office.ids[name], from_day=NOW.date(), to_day=NOW.date()
            )

    office.does(away)
    office.at(NOW)

    assert made(office.database) == ["ben", "robin"]


def test_a_notice_that_waits_is_dropped_when_its_person_goes_away(database: Database):
    office = Office(database)
    with MailServer(greeting="421 closed") as shut:
        database.clock = lambda: NOW
        sends_through(database, shut)
        office.sent(flags=["hurt"])
        office.at(NOW)
    assert made(database) == IN_HOURS
    day = NOW.date()
    lead = office.actor("robin", NOW)
    office.does(lambda db: add_absence(
        db, lead, person_id=office.ids["amara"], from_day=day, to_day=day
    ))  # fmt: skip

    with MailServer() as server:
        sends_through(database, server)
        office.at(NOW + timedelta(minutes=6))

    assert made(database) == ["alex", "ben", "robin"]
    assert len(server.received) == 3


def test_the_same_is_said_once_a_day_until_somebody_opens_their_work(office: Office):
    office.sent(flags=["hurt"])
    for minutes in (0, 10, 20, 300):
        office.at(NOW + timedelta(minutes=minutes))
    assert made(office.database).count("amara") == 1

    office.at(NOW + timedelta(days=1))
    assert made(office.database).count("amara") == 2


def test_after_opening_only_what_is_new_or_newly_overdue_is_said(office: Office):
    office.sent(flags=["hurt"])
    office.at(NOW)
    office.opens_work("amara", NOW + timedelta(minutes=5))

    office.at(NOW + timedelta(minutes=30))
    assert made(office.database).count("amara") == 1

    office.sent(flags=["hurt"], sent_at=NOW + timedelta(minutes=40))
    office.at(NOW + timedelta(minutes=45))
    assert made(office.database).count("amara") == 2
    assert made(office.database).count("ben") == 1, "ben has not opened his"

    office.opens_work("amara", NOW + timedelta(minutes=50))
    office.at(NOW + timedelta(hours=6))  # four duty hours to read it are over
    assert made(office.database).count("amara") == 3


def test_your_turn_is_said_once_a_week_after_a_day_and_never_beside_an_urgent_one(office: Office):
    office.sent(sent_at=days_ago(2))

    office.at(NOW)
    assert made(office.database, NoticeKind.TURN) == ["amara", "ben"]
    for days in (1, 2, 5, 6):
        office.at(NOW + timedelta(days=days))
    assert made(office.database, NoticeKind.TURN).count("amara") == 1

    office.sent(flags=["hurt"], sent_at=NOW + timedelta(days=6, hours=23))
    office.at(NOW + timedelta(days=7))
    assert made(office.database, NoticeKind.TURN).count("amara") == 1
    office.opens_work("amara", NOW + timedelta(days=7, hours=6))
    office.at(NOW + timedelta(days=8))
    assert made(office.database, NoticeKind.TURN).count("amara") == 2


def test_your_turn_waits_for_duty_hours(office: Office):
    office.sent(sent_at=days_ago(2))
    office.at(SATURDAY)
    assert made(office.database) == []


def test_a_message_holds_nothing_of_what_is_waiting(office: Office):
    entry = office.sent(flags=["hurt"], thinks="Zanzibar hits me.")

    office.at(NOW)

    for message in office.server.received:
        assert message["Subject"] == "Together: something urgent is waiting"
        text = message.get_content()
        assert "https://together.westmarch.gov.uk/my_work" in text
        assert not [letter for letter in text if letter.isdigit()]
        for word in ("Zanzibar", "Homes", "hurt", f"no. {entry}"):
            assert word not in message.as_string()


def test_an_account_without_an_address_has_no_notice(office: Office):
    office.does(lambda db: a_person(db, Role.YOUTH_VOICE, name="Cy"))
    office.sent(flags=["hurt"])
    office.at(NOW)
    assert made(office.database) == IN_HOURS


def test_old_notices_are_forgotten(office: Office):
    office.does(lambda db: add(db, Notice(
        person_id=office.ids["ben"], kind=NoticeKind.TURN, made_at=days_ago(61), due_at=None
    )))  # fmt: skip
    office.at(NOW)
    assert made(office.database) == []


def test_with_the_host_taken_away_nothing_more_is_sent(office: Office):
    with office.database.writing(System()) as (db, actor):
        change_notice_host(db, actor, None)
    office.sent(flags=["hurt"])
    office.at(NOW)
    assert (made(office.database), office.server.received) == ([], [])


def test_an_administrator_hears_that_nobody_may_read_an_entry(office: Office):
    entry = office.sent(sent_at=days_ago(2))

    def about_all(db: Session) -> None:
        for name in ("robin", "alex", "amara", "ben"):
            db.add(EntryMeant(entry_id=entry, person_id=office.ids[name]))

    office.does(about_all)
    office.at(NOW)
    assert made(office.database) == ["sam"]
