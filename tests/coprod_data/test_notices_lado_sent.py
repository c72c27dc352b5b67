"""The LADO's notice is tried again, dropped, given up, made anew and forgotten, as it must be."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.absences import add_absence
from coprod_data.commands.notices import forget_notices
from coprod_data.commands.settings import change_notice_host
from coprod_data.models import (
    Notice,
    Person,
    ToldToLado,
)
from coprod_data.permissions import Role
from coprod_data.queries.notices import notices_state
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.vocabulary.notices import NoticeFault, NoticeKind
from tests.helpers.builders import NOW, acting, the_system
from tests.helpers.mail_server import MailServer
from tests.helpers.notices import Office, made, sends_through
from tests.helpers.notices_lado import (
    LADO,
    about,
    lado_office,
    left,
    stand_in,
    the_lado,
    to_lado,
)


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    with lado_office(database) as office:
        yield office


def test_without_an_address_or_a_host_nothing_is_kept_and_it_is_told_once_there_is(office: Office):
    the_lado(office, "")
    about(office, "robin", "alex")
    office.at(NOW)
    assert (to_lado(office), made(office.database, NoticeKind.LADO)) == ([], [])
    with Session(office.database.engine) as db:
        assert db.scalars(sa.select(ToldToLado)).all() == []
    now = left(office)
    assert now is not None
    assert now.sent_at is None

    the_lado(office)
    office.at(NOW + timedelta(minutes=10))
    assert len(to_lado(office)) == 1
    told = left(office, NOW + timedelta(minutes=10))
    assert told is not None
    assert told.sent_at == NOW + timedelta(minutes=10)


def test_one_that_waits_is_dropped_once_somebody_may_read_and_told_if_nobody_may_again(
    database: Database,
):
    database.clock = lambda: NOW
    office = Office(database)
    with MailServer(greeting="421 closed") as shut:
        office.server = shut
        sends_through(database, shut)
        the_lado(office)
        about(office, "robin", "alex")
        office.at(NOW)
    number = stand_in(office)
    with MailServer() as server:
        office.server = server
        sends_through(database, server)
        office.at(NOW + timedelta(minutes=6))
        assert to_lado(office) == []

        lead, day = office.actor("robin", NOW), NOW.date()
        office.does(lambda db: add_absence(db, lead, person_id=number, from_day=day, to_day=day))
        office.at(NOW + timedelta(minutes=20))
        assert len(to_lado(office)) == 1


def test_one_that_fails_is_tried_again_given_up_shown_and_made_anew(office: Office):
    with MailServer(greeting="421 closed") as shut:
        sends_through(office.database, shut)
        about(office, "robin", "alex")
        moment = NOW
        for _ in range(40):
            office.at(moment)
            moment += timedelta(hours=1)
    with Session(office.database.engine) as db:
        first, *_ = db.scalars(
            sa.select(Notice).where(Notice.kind == NoticeKind.LADO).order_by(Notice.id)
        )
        assert (first.tries, first.due_at, first.failed) == (7, None, NoticeFault.NO_ANSWER)
        sam = acting(db.get_one(Person, office.ids["sam"]), Role.ADMINISTRATOR, at=moment)
        state = notices_state(db, sam)
        assert ("LADO", NoticeKind.LADO) in [(one.name, one.kind) for one in state.failed]
        assert (state.lado.address, state.lado.sent_at) == (LADO, None)

    with MailServer() as server:
        office.server = server
        sends_through(office.database, server)
        office.at(moment + timedelta(days=1))
        assert len(to_lado(office)) == 1
        office.at(moment + timedelta(days=2))
        assert len(to_lado(office)) == 1


def test_a_notice_that_was_sent_is_forgotten_and_not_sent_again(office: Office):
    about(office, "robin", "alex")
    office.at(NOW)
    later = NOW + timedelta(days=61)
    office.does(lambda db: forget_notices(db, the_system(later)))
    with Session(office.database.engine) as db:
        [told] = db.scalars(sa.select(ToldToLado))
        assert told.notice_id is None
    office.at(later)
    assert len(to_lado(office)) == 1


def test_with_the_host_taken_away_nothing_is_sent(office: Office):
    with office.database.writing(System()) as (db, actor):
        change_notice_host(db, actor, None)
    about(office, "robin", "alex")
    office.at(NOW)
    assert to_lado(office) == []
