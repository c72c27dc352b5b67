"""How many are trained: of those in role, small numbers private, young people never named."""

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.people import disable_person
from coprod_data.commands.training_places import add_learner, book_place, end_learner
from coprod_data.permissions import Actor, Invalid, NotAllowed, Role
from coprod_data.queries.training import course_date, courses
from coprod_data.queries.training_coverage import CoveredRow, coverage
from coprod_data.queries.training_people import bookings_of_date, learners
from coprod_data.vocabulary.training import Audience
from tests.helpers.builders import a_person, a_service, somebody
from tests.helpers.training import a_course, a_date, at, everybody_came


@pytest.fixture
def basics(db: Session, worker: Actor) -> int:
    return a_course(db, worker)


def covered(db: Session, reader: Actor, who: str, **which: int) -> CoveredRow:
    (row,) = [one for one in coverage(db, reader, **which) if one.who == who]
    return row


def test_coverage_is_of_those_in_role_and_small_numbers_are_private(
    db: Session, worker: Actor, member: Actor, basics: int
):
    date_id = a_date(db, worker, basics, places=30)
    team, few = a_service(db), a_service(db)
    for number, of in enumerate([team] * 12 + [few] * 3):
        learner = add_learner(
            db, worker, name=f"Officer {number}", audience=Audience.OFFICERS, service_id=of.id
        )
        if number not in range(6, 12):
            book_place(db, worker, date_id, learner_id=learner)
    row = covered(db, member, team.name)
    assert (row.base, row.trained) == (12, None)
    everybody_came(db, at(worker, 8), date_id)
    later = at(member, 8)
    row = covered(db, later, team.name)
    assert (row.base, row.trained, row.per_hundred) == (12, 6, 50)
    assert covered(db, later, few.name).trained is None
    assert covered(db, later, "Officers", course_id=basics).trained == 9
    for one in learners(db, worker)[:2]:  # Officer 0 and Officer 1 leave
        end_learner(db, at(worker, 9), one.learner_id or 0)
    row = covered(db, at(member, 9), team.name)
    assert (row.base, row.trained) == (10, None)  # four are left who came


def test_young_people_book_for_themselves_and_are_never_named_to_who_does_not_know_them(
    db: Session, worker: Actor
):
    number = a_course(
        db, worker, title="Our turn", managers=False, officers=False, young=True, required=False
    )  # fmt: skip
    date_id = a_date(db, worker, number, places=12)
    jay, keeper, manager = (
        somebody(db, role, name=name)
        for role, name in (
            (Role.YOUNG_PERSON, "Jay"), (Role.ADMINISTRATOR, "Tessa"), (Role.MANAGER, "Priya")
        )
    )  # fmt: skip
    book_place(db, jay, date_id, person_id=jay.id)
    for _ in range(5):
        book_place(db, keeper, date_id)
    assert [one.id for one in courses(db, jay)] == [number]
    with pytest.raises(NotAllowed):
        book_place(db, keeper, date_id, person_id=jay.id)
    assert [one.name for one in bookings_of_date(db, keeper, date_id)] == [
        f"A young person ({number})" for number in range(1, 7)
    ]
    assert "Jay" in {one.name for one in bookings_of_date(db, worker, date_id)}
    assert bookings_of_date(db, manager, date_id) == []
    row = course_date(db, manager, date_id)  # how many young people is told to few
    assert (row.taken, row.waiting, row.full) == (None, None, False)
    assert course_date(db, keeper, date_id).taken == 6
    after = at(worker, 8)
    with pytest.raises(Invalid):
        everybody_came(db, after, date_id, send_came=7)
    everybody_came(db, after, date_id, send_came=5)
    reader = at(manager, 8)
    young = covered(db, reader, "Young people")
    assert (young.base, young.trained, young.per_hundred) == (5, 5, None)  # of six: in whole fives
    assert covered(db, reader, "Young people with SEND").trained == 5
    assert course_date(db, reader, date_id).send_came is None
    over = at(manager, 400)  # who has no name cannot be asked again, and one is too few to tell
    assert covered(db, over, "Young people").base is None
    assert covered(db, over, "Young people with SEND").trained is None


def test_an_account_with_two_roles_is_counted_once_and_leaves_with_its_role(
    db: Session, worker: Actor, basics: int
):
    both = a_person(db, Role.SAFEGUARDING, Role.CLERK)
    assert covered(db, worker, "Officers", course_id=basics).base == 2  # and the worker
    assert covered(db, worker, "In no service").base == 2
    disable_person(db, somebody(db, Role.ADMINISTRATOR), both.id)
    assert covered(db, worker, "Officers").base == 2  # the administrator came, they left
