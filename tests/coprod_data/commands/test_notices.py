"""Notices are claimed once, tried again with growing gaps, and given up after about a day."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.notices import (
    GAPS,
    Waits,
    ask_for_test,
    claim_notices,
    forget_notices,
    make_notices,
    see_notices,
    settle_notice,
)
from coprod_data.commands.settings import change_notice_host
from coprod_data.models import Notice, Person
from coprod_data.permissions import Refused, Role
from coprod_data.queries.notices import my_notices, notices_are_due, notices_state
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.vocabulary.notices import NoticeFault, NoticeKind
from tests.helpers.builders import NOW, a_person, acting, the_system, unrecorded
from tests.helpers.notices import SITE, a_host, the_office

LATER = NOW + timedelta(days=30)


def with_host(db: Session) -> None:
    change_notice_host(db, the_system(), a_host(), address=SITE)


def a_worker(db: Session) -> int:
    person = a_person(db, Role.YOUTH_VOICE, name="Amara")
    with unrecorded(db):
        person.work_email = "amara@westmarch.gov.uk"
    return person.id


def test_it_is_tried_for_about_a_day_with_growing_gaps_and_then_given_up(db: Session):
    with_host(db)
    person_id = a_worker(db)
    make_notices(db, the_system(), {person_id: Waits(urgent=(NOW,))})
    moment, waited = NOW, []
    while notices_are_due(db, the_system(LATER)):
        due = db.scalars(sa.select(Notice.due_at)).one()
        assert due is not None
        waited.append(due - moment)
        moment = due
        if 9 <= moment.hour < 17:
            [notice_id] = claim_notices(db, the_system(moment))
            settle_notice(db, the_system(moment), notice_id, NoticeFault.NO_ANSWER)
        else:
            assert claim_notices(db, the_system(moment)) == [], "a worker, at night"
        db.flush()

    notice = db.scalars(sa.select(Notice)).one()
    assert notice.tries == len(GAPS) + 1
    assert list(GAPS) == sorted(GAPS)
    assert timedelta(hours=20) < sum(GAPS, timedelta()) < timedelta(hours=28)
    assert notice.failed is NoticeFault.NO_ANSWER
    worker = acting(db.get_one(Person, person_id), Role.YOUTH_VOICE, at=moment)
    assert my_notices(db, worker).failed_at == NOW
    ada = acting(a_person(db, Role.ADMINISTRATOR), Role.ADMINISTRATOR, at=moment)
    [row] = notices_state(db, ada).failed
    assert (row.name, row.why) == ("Amara", NoticeFault.NO_ANSWER)


def test_once_sent_it_is_not_sent_again_and_hides_an_older_failure(db: Session):
    with_host(db)
    person_id = a_worker(db)
    make_notices(db, the_system(), {person_id: Waits(urgent=(NOW,))})
    [notice_id] = claim_notices(db, the_system())
    settle_notice(db, the_system(), notice_id, None)
    settle_notice(db, the_system(), notice_id, NoticeFault.REFUSED)

    notice = db.get_one(Notice, notice_id)
    assert (notice.sent_at, notice.due_at, notice.failed) == (NOW, None, None)
    assert claim_notices(db, the_system(LATER)) == []


def test_it_is_claimed_by_one_of_two_servers(database: Database):
    database.clock = lambda: NOW
    people = the_office(database)
    with database.writing(System()) as (db, actor):
        with_host(db)
        make_notices(db, actor, {person_id: Waits(urgent=(NOW,)) for person_id in people.values()})
    claimed: list[int] = []
    both = threading.Barrier(2)

    def claim() -> None:
        both.wait()
        with database.writing(System()) as (db, actor):
            claimed.extend(claim_notices(db, actor))

    servers = [threading.Thread(target=claim) for _ in range(2)]
    for server in servers:
        server.start()
    for server in servers:
        server.join()

    assert len(claimed) == len(set(claimed)) == len(people)


def test_made_twice_at_once_it_is_made_once(database: Database):
    database.clock = lambda: NOW
    people = the_office(database)
    both = threading.Barrier(2)

    def make() -> None:
        both.wait()
        with database.writing(System()) as (db, actor):
            make_notices(db, actor, {people["ben"]: Waits(urgent=(NOW,), turn=True)})

    servers = [threading.Thread(target=make) for _ in range(2)]
    for server in servers:
        server.start()
    for server in servers:
        server.join()

    with database.reading(System()) as (db, _):
        assert list(db.scalars(sa.select(Notice.kind))) == [NoticeKind.URGENT]


@pytest.mark.parametrize(
    "left", ["person SET disabled_at = added_at", "role_grant SET ended_at = given_at"]
)
def test_somebody_who_has_left_gets_nothing(db: Session, left: str):
    with_host(db)
    person_id = a_worker(db)
    make_notices(db, the_system(), {person_id: Waits(turn=True)})
    with unrecorded(db):
        db.execute(sa.text(f"UPDATE {left}"))
    db.expire_all()

    assert claim_notices(db, the_system()) == []
    assert db.scalars(sa.select(Notice)).all() == []


def test_a_test_goes_to_oneself_is_tried_once_and_needs_host_and_address(db: Session):
    ada = acting(a_person(db, Role.ADMINISTRATOR), Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="First save"):
        ask_for_test(db, ada)
    with_host(db)
    with pytest.raises(Refused, match="your own work e-mail"):
        ask_for_test(db, ada)
    with unrecorded(db):
        db.execute(sa.text("UPDATE person SET work_email = 'ada@westmarch.gov.uk'"))
    db.expire_all()

    ask_for_test(db, ada)
    ask_for_test(db, ada)
    see_notices(db, ada)

    [notice_id] = claim_notices(db, the_system())
    settle_notice(db, the_system(), notice_id, NoticeFault.NOT_SIGNED_IN)
    db.flush()
    test = notices_state(db, ada).test
    assert test is not None
    assert (test.waits, test.sent_at, test.why) == (False, None, NoticeFault.NOT_SIGNED_IN)
    assert notices_state(db, ada).failed == ()


def test_what_somebody_has_seen_is_not_sent_to_them_any_more(db: Session):
    with_host(db)
    person_id = a_worker(db)
    make_notices(db, the_system(), {person_id: Waits(urgent=(NOW,))})
    db.flush()
    worker = acting(db.get_one(Person, person_id), Role.YOUTH_VOICE)
    assert my_notices(db, worker).unseen

    see_notices(db, worker)
    db.expire_all()

    assert not my_notices(db, worker).unseen
    assert claim_notices(db, the_system()) == []
    db.flush()
    assert make_notices(db, the_system(LATER), {person_id: Waits(urgent=(NOW,))}) == 0
    assert my_notices(db, worker).failed_at is None


def test_what_has_waited_a_week_for_a_host_is_forgotten(db: Session):
    person_id = a_worker(db)
    make_notices(db, the_system(), {person_id: Waits(turn=True)})
    db.flush()

    forget_notices(db, the_system(NOW + timedelta(days=6)))
    assert notices_are_due(db, the_system(LATER))
    forget_notices(db, the_system(NOW + timedelta(days=8)))
    assert not notices_are_due(db, the_system(LATER))
