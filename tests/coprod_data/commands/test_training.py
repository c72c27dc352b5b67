"""Training: who may book whom, who has a place and who waits, and who counts as trained."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.event_log_forgetting import forget_old_log
from coprod_data.commands.people import disable_person
from coprod_data.commands.training import (
    add_course,
    add_date,
    cancel_date,
    change_course,
    change_date,
    close_course,
    reopen_course,
)
from coprod_data.commands.training_places import (
    add_learner,
    book_place,
    end_learner,
    give_place_back,
    record_attendance,
)
from coprod_data.models import Learner, Service
from coprod_data.permissions import Actor, ChangedMeanwhile, Invalid, NotAllowed, Refused, Role
from coprod_data.queries.retention import count_due
from coprod_data.queries.search import search
from coprod_data.queries.training import course, course_date, course_dates
from coprod_data.queries.training_people import (
    bookable,
    bookings_of_date,
    learners,
    my_team,
    number_next,
    services_to_train,
    who_is_next,
)
from coprod_data.queries.work import number_of_turns, turns
from coprod_data.rules.training import CoursePlan, DatePlan
from coprod_data.vocabulary.retention import FORMER, Kept
from coprod_data.vocabulary.training import Audience, Standing
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.builders import NOW, TODAY, a_service, somebody, the_system
from tests.helpers.training import BASICS, WEEK, a_course, a_date, at, everybody_came

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
    found = turns(db, actor)
    assert number_of_turns(db, actor) == len(found)
    return [(row.kind, row.about, row.note) for row in found if row.kind in OF_TRAINING]


def test_a_course_says_for_whom_it_is_and_is_there_once(db: Session, worker: Actor, basics: int):
    for wrong, field in (
        ({"title": " "}, "title"),
        ({"title": BASICS["title"]}, "title"),
        ({"title": "A", "level": None}, "level"),
        ({"title": "A", "managers": False, "officers": False}, "managers"),
        ({"title": "A", "refresh_months": 0}, "refresh_months"),
    ):
        with pytest.raises(Invalid) as refused:
            add_course(db, worker, plan=CoursePlan(**{**BASICS, **wrong}))
        assert refused.value.field == field
    plan = CoursePlan(**{**BASICS, "aims": "Ask us before it is decided"})
    change_course(db, worker, basics, plan=plan)
    assert course(db, worker, basics).plan == plan
    close_course(db, worker, basics)
    for act in (close_course, lambda *who: change_course(*who, plan=plan)):
        with pytest.raises(Refused):
            act(db, worker, basics)
    with pytest.raises(Refused):
        a_date(db, worker, basics)
    reopen_course(db, worker, basics)
    with pytest.raises(Refused):
        reopen_course(db, worker, basics)


def test_only_who_keeps_training_changes_it(db: Session, worker: Actor, basics: int):
    date_id, plan = a_date(db, worker, basics), CoursePlan(**BASICS)
    on = DatePlan(held_on=TODAY, places=3)
    for role in (Role.MANAGER, Role.BOARD_MEMBER, Role.YOUNG_PERSON, Role.CLERK):
        reader = somebody(db, role)
        for act in (
            lambda who: add_course(db, who, plan=plan),
            lambda who: change_course(db, who, basics, plan=plan),
            lambda who: close_course(db, who, basics),
            lambda who: reopen_course(db, who, basics),
            lambda who: add_date(db, who, basics, plan=on),
            lambda who: change_date(db, who, date_id, plan=on),
            lambda who: cancel_date(db, who, date_id),
            lambda who: record_attendance(db, who, date_id, came={}),
            lambda who: book_place(db, who, date_id),
        ):
            with pytest.raises(NotAllowed):
                act(reader)
    assert a_course(db, somebody(db, Role.ADMINISTRATOR), title="Another")


def test_a_place_that_becomes_free_goes_to_the_first_who_waits(
    db: Session, worker: Actor, basics: int
):
    date_id = a_date(db, worker, basics)
    first, second, third, fourth = (somebody(db, Role.MANAGER) for _ in range(4))
    numbers = [book_place(db, who, date_id, person_id=who.id) for who in (first, second, third)]
    assert book_place(db, third, date_id, person_id=third.id) == numbers[2]
    numbers.append(book_place(db, fourth, date_id, person_id=fourth.id))

    def waits() -> list[int | None]:
        """Their places in the order of booking, and that each is told the same of their own."""
        order = [one.id for one in bookings_of_date(db, worker, date_id)]
        ranks = [order.index(one) + 1 if one in order else None for one in numbers]
        told = [course_date(db, who, date_id) for who in (first, second, third, fourth)]
        assert [row.placed for row in told] == [rank in (1, 2) for rank in ranks]
        assert [row.waits_as for row in told] == [max((rank or 0) - 2, 0) for rank in ranks]
        return ranks

    row = course_date(db, third, date_id)
    assert (row.taken, row.waiting, row.placed) == (2, 2, False)
    give_place_back(db, first, numbers[0])
    give_place_back(db, first, numbers[0])
    assert waits() == [None, 1, 2, 3]
    assert course_date(db, third, date_id).placed
    book_place(db, first, date_id, person_id=first.id)
    assert waits() == [4, 1, 2, 3]
    disable_person(db, somebody(db, Role.ADMINISTRATOR), second.id)
    assert waits()[2:] == [1, 2]
    with pytest.raises(Invalid):
        change_date(db, worker, date_id, plan=DatePlan(held_on=TODAY + WEEK, places=1))
    change_date(db, worker, date_id, plan=DatePlan(held_on=TODAY + WEEK, places=3))
    assert course_date(db, first, date_id).placed


def test_somebody_is_booked_for_one_day_of_a_course_and_only_if_it_is_for_them(
    db: Session, worker: Actor, member: Actor, basics: int
):
    date_id, later = (a_date(db, worker, basics, TODAY + n * WEEK) for n in (1, 2))
    who = somebody(db, Role.MANAGER)
    booking = book_place(db, who, date_id, person_id=who.id)
    with pytest.raises(Refused, match="11 March 2026"):
        book_place(db, who, later, person_id=who.id)
    with pytest.raises(Refused, match="not for them"):
        book_place(db, member, date_id, person_id=member.id)
    with pytest.raises(Refused, match="not for them"):
        book_place(db, worker, date_id)  # it is not for young people
    with pytest.raises(NotAllowed):
        book_place(db, who, date_id, person_id=worker.id)
    with pytest.raises(NotAllowed):
        give_place_back(db, member, booking)
    with pytest.raises(Refused, match="has passed"):
        give_place_back(db, at(who, 8), booking)
    cancel_date(db, worker, date_id)
    with pytest.raises(Refused, match="cancelled"):
        book_place(db, who, date_id, person_id=who.id)
    assert book_place(db, who, later, person_id=who.id)


def test_a_manager_books_their_own_team_and_no_others(
    db: Session, worker: Actor, manager: Actor, service: Service, basics: int
):
    date_id = a_date(db, worker, basics)
    other = a_service(db)
    officer = {"audience": Audience.OFFICERS}
    mine = add_learner(db, manager, name="Vicky Amos", service_id=service.id, **officer)
    theirs = add_learner(db, worker, name="Hugh Barlow", service_id=other.id, **officer)
    assert services_to_train(db, manager) == {service.id: service.name}
    assert [one.name for one in learners(db, manager)] == ["Vicky Amos"]
    assert {one.name for one in bookable(db, manager, date_id)} == {"Vicky Amos", manager.name}

    book_place(db, manager, date_id, learner_id=mine)
    for refused in (
        lambda: book_place(db, manager, date_id, learner_id=theirs),
        lambda: end_learner(db, manager, theirs),
        lambda: add_learner(db, manager, name="X", service_id=other.id, **officer),
        lambda: add_learner(db, somebody(db, Role.BOARD_MEMBER), name="X", **officer),
    ):
        with pytest.raises(NotAllowed):
            refused()
    for wrong in ({"audience": Audience.YOUNG}, officer):
        with pytest.raises(Invalid):
            add_learner(db, worker, name="Jay", **wrong)
    book_place(db, worker, date_id, learner_id=theirs)
    assert [one.name for one in bookings_of_date(db, manager, date_id)] == ["Vicky Amos"]
    assert len(bookings_of_date(db, worker, date_id)) == 2

    team = my_team(db, manager)
    assert (team.size, team.without) == (2, 2)  # who is booked has not done it
    assert {row.who.name for row in team.rows} == {"Vicky Amos", manager.name}
    assert {row.standing for row in team.rows} == {Standing.NEVER, Standing.PLACED}
    assert len(who_is_next(db, worker)) > len(who_is_next(db, manager))
    end_learner(db, manager, mine)
    assert my_team(db, manager).size == 1
    assert bookings_of_date(db, manager, date_id) == []


def test_a_date_that_is_off_is_told_to_those_who_were_booked_until_they_choose_another(
    db: Session, worker: Actor, manager: Actor, basics: int
):
    date_id, other = a_date(db, worker, basics), a_date(db, worker, basics, TODAY + 2 * WEEK)
    book_place(db, manager, date_id, person_id=manager.id)
    cancel_date(db, worker, date_id)

    off, due = (WorkKind.TRAINING_OFF, basics, ""), (WorkKind.TRAINING_DUE, basics, "")
    assert work(db, manager) == [off, due]
    assert [row.name for row in bookings_of_date(db, worker, date_id)] == [manager.name]
    assert work(db, at(manager, 8)) == [due]  # the day has passed
    book_place(db, manager, other, person_id=manager.id)
    assert work(db, manager) == []


def test_who_came_is_trained_until_it_runs_out_and_nobody_before_it_is_recorded(
    db: Session, worker: Actor, manager: Actor, service: Service, basics: int
):
    date_id = a_date(db, worker, basics)
    assert work(db, manager) == [(WorkKind.TRAINING_DUE, basics, "")]
    mine = book_place(db, manager, date_id, person_id=manager.id)
    assert work(db, manager) == []
    with pytest.raises(Refused, match="not been held"):
        everybody_came(db, worker, date_id)

    after = at(worker, 8)
    assert course(db, at(manager, 8), basics).standing is Standing.NEVER
    assert (WorkKind.TRAINING_RECORD, date_id, "") in work(db, after)
    with pytest.raises(Refused, match="Reload"):
        record_attendance(db, after, date_id, came={})
    record_attendance(db, after, date_id, came={mine: False})
    assert course(db, at(manager, 8), basics).standing is Standing.NEVER
    with pytest.raises(ChangedMeanwhile):
        record_attendance(
            db, after, date_id, came={mine: True}, opened={mine: True, "send_came": None}
        )
    everybody_came(db, after, date_id)
    assert work(db, at(manager, 8)) == []
    assert not [one for one in work(db, after) if one[0] is WorkKind.TRAINING_RECORD]
    with pytest.raises(Refused, match="recorded"):
        give_place_back(db, after, mine)
    with pytest.raises(Refused):
        cancel_date(db, after, date_id)

    for days, standing in ((360, Standing.DUE_SOON), (392, Standing.DUE_SOON),
                           (393, Standing.EXPIRED)):  # fmt: skip
        then = at(manager, days)
        assert course(db, then, basics).standing is standing
        due = [(WorkKind.TRAINING_DUE, basics, "again")]
        assert number_next(db, at(worker, days)) == len(who_is_next(db, at(worker, days)))
        assert work(db, then) == (due if standing is Standing.EXPIRED else [])
    (row,) = my_team(db, then).rows
    assert (row.standing, row.who.where) == (Standing.EXPIRED, service.name)


def test_who_was_not_expected_is_added_afterwards_and_recorded_once_more(
    db: Session, worker: Actor, manager: Actor, basics: int
):
    date_id = a_date(db, worker, basics)
    book_place(db, manager, date_id, person_id=manager.id)
    after, late = at(worker, 8), somebody(db, Role.MANAGER)
    everybody_came(db, after, date_id)
    with pytest.raises(Refused, match="has passed"):
        book_place(db, at(late, 8), date_id, person_id=late.id)
    book_place(db, after, date_id, person_id=late.id)
    assert not course_date(db, after, date_id).recorded
    everybody_came(db, after, date_id)
    assert course(db, at(late, 8), basics).standing is Standing.IN_DATE


def test_a_course_is_found_by_who_may_read_it(db: Session, member: Actor, basics: int):
    assert [found.kind.value for found in search(db, member, "basics")] == ["course"]
    assert search(db, somebody(db, Role.YOUNG_PERSON), "basics") == ()
    assert course_dates(db, somebody(db, Role.YOUNG_PERSON), basics) == []


def test_the_name_of_who_left_long_ago_goes(db: Session, worker: Actor):
    partner = add_learner(db, worker, name="Hal Brisco", audience=Audience.PARTNERS)
    end_learner(db, worker, partner)
    later = the_system(NOW + timedelta(days=6 * 366))
    assert count_due(db, later)[Kept.NAMES] == 1
    forget_old_log(db, later)
    assert db.get_one(Learner, partner).name == FORMER
    assert count_due(db, later)[Kept.NAMES] == 0
