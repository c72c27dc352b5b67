"""Training: who waited and has a place now is told of it, until somebody says they know."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.people import disable_person
from coprod_data.commands.training import (
    change_date,
)
from coprod_data.commands.training_places import (
    add_learner,
    book_place,
    end_learner,
    give_place_back,
    say_place_is_known,
)
from coprod_data.models import Service
from coprod_data.permissions import Actor, NotAllowed, Refused, Role
from coprod_data.queries.training import course_date
from coprod_data.queries.training_people import (
    bookings_of_date,
)
from coprod_data.queries.work import turns
from coprod_data.rules.training import DatePlan
from coprod_data.vocabulary.training import Audience
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.builders import TODAY, somebody
from tests.helpers.training import WEEK, a_course, a_date, at

OF_TRAINING = (
    WorkKind.TRAINING_RECORD,
    WorkKind.TRAINING_TELL,
    WorkKind.TRAINING_PLACE,
    WorkKind.TRAINING_OFF,
    WorkKind.TRAINING_DUE,
)


@pytest.fixture
def basics(db: Session, worker: Actor) -> int:
    return a_course(db, worker)


def work(db: Session, actor: Actor) -> list[tuple[WorkKind, int, str]]:
    return [(row.kind, row.about, row.note) for row in turns(db, actor) if row.kind in OF_TRAINING]


def test_who_waited_and_has_a_place_now_is_told_until_they_say_that_they_know(
    db: Session, worker: Actor, manager: Actor, service: Service, basics: int
):
    """By each way up: a place given back, an account closed, somebody who left, more places."""
    plan = DatePlan(held_on=TODAY + WEEK, places=1)
    admin = somebody(db, Role.ADMINISTRATOR)
    first, left, member = (somebody(db, Role.MANAGER) for _ in range(3))
    date_id = a_date(db, worker, basics, places=1)
    gone, new = (
        add_learner(
            db, worker, name=name, audience=Audience.OFFICERS, service_id=service.id
        )
        for name in ("Vicky Amos", "Raj Sandhu")
    )  # fmt: skip
    placed = book_place(db, first, date_id, person_id=first.id)
    mine = book_place(db, manager, date_id, person_id=manager.id)
    book_place(db, left, date_id, person_id=left.id)
    book_place(db, worker, date_id, learner_id=gone)
    theirs = book_place(db, worker, date_id, learner_id=new)
    last = book_place(db, member, date_id, person_id=member.id)
    place, tell = (WorkKind.TRAINING_PLACE, date_id, ""), (WorkKind.TRAINING_TELL, date_id, "")
    assert work(db, first) == work(db, manager) == work(db, worker)[1:] == []
    with pytest.raises(Refused, match="no place for them"):
        say_place_is_known(db, manager, mine)
    with pytest.raises(NotAllowed):
        say_place_is_known(db, left, mine)

    give_place_back(db, first, placed)
    assert (work(db, manager), work(db, left)) == ([place], [])
    assert course_date(db, manager, date_id).got
    assert work(db, at(manager, 8)) == [(WorkKind.TRAINING_DUE, basics, "")]  # it has passed
    say_place_is_known(db, manager, mine)
    say_place_is_known(db, manager, mine)
    assert (work(db, manager), course_date(db, manager, date_id).got) == ([], False)
    disable_person(db, admin, manager.id)
    assert work(db, left) == [place]
    disable_person(db, admin, left.id)
    assert tell in work(db, worker)
    end_learner(db, worker, gone)
    assert [row.name for row in bookings_of_date(db, worker, date_id) if row.to_tell] == [
        "Raj Sandhu"
    ]
    say_place_is_known(db, worker, theirs)
    assert (tell in work(db, worker), work(db, member)) == (False, [])
    change_date(db, worker, date_id, plan=replace(plan, places=2))
    assert work(db, member) == [place]
    give_place_back(db, member, last)
    book_place(db, member, date_id, person_id=member.id)  # a place at once is no news
    assert work(db, member) == []


def test_a_young_person_who_has_a_place_now_is_told_by_who_knows_their_name(
    db: Session, worker: Actor
):
    number = a_course(
        db, worker, title="Our turn", managers=False, officers=False, young=True, required=False
    )  # fmt: skip
    date_id = a_date(db, worker, number, places=1)
    admin, jay = (somebody(db, role) for role in (Role.ADMINISTRATOR, Role.YOUNG_PERSON))
    placed = book_place(db, worker, date_id)
    mine = book_place(db, jay, date_id, person_id=jay.id)
    book_place(db, worker, date_id)
    give_place_back(db, worker, placed)

    tell = [(WorkKind.TRAINING_TELL, date_id, "")]
    assert (work(db, worker), work(db, admin)) == (tell, [])
    assert [row.to_tell for row in bookings_of_date(db, worker, date_id)] == [True, False]
    assert not any(row.to_tell for row in bookings_of_date(db, admin, date_id))
    with pytest.raises(NotAllowed):
        say_place_is_known(db, admin, mine)
    say_place_is_known(db, jay, mine)
    assert work(db, worker) == []
    give_place_back(db, jay, mine)
    assert work(db, worker) == work(db, admin) == tell  # without an account: either tells them
