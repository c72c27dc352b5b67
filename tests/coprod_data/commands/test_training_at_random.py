"""Whatever people do in whatever order, places and coverage hold.

There are never more people with a place than places, nobody both has a place and waits, and whoever
counts as trained is in role and came. The test keeps its own account of who came when.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from coprod_data.commands.people import change_roles, disable_person
from coprod_data.commands.training import change_date
from coprod_data.commands.training_places import (
    add_learner,
    book_place,
    end_learner,
    give_place_back,
    record_attendance,
)
from coprod_data.permissions import Actor, Refused, Role
from coprod_data.queries.training import course, course_date
from coprod_data.queries.training_coverage import coverage
from coprod_data.queries.training_people import bookings_of_date, my_team, number_next, who_is_next
from coprod_data.queries.training_steps import Key, bookings_live, in_role
from coprod_data.rules import small_numbers
from coprod_data.rules.clocks import london_day
from coprod_data.rules.training import good_until
from coprod_data.vocabulary.training import Audience
from tests.helpers.builders import NOW, TODAY, a_person, a_service, somebody
from tests.helpers.training import WEEK, a_course, a_date

ACTS = ("book", "book", "book", "give back", "held", "leave", "role ends", "places", "year", "week")
MOVES = st.tuples(st.sampled_from(ACTS), st.integers(0, 6), st.integers(0, 1))


class World:
    """One service with five managers and two officers without an account, a course, two dates."""

    def __init__(self, db: Session) -> None:
        self.db, self.days = db, 0
        self.keeper, self.admin = somebody(db, Role.YOUTH_VOICE), somebody(db, Role.ADMINISTRATOR)
        people = [a_person(db, Role.MANAGER) for _ in range(5)]
        service = a_service(db, *people)
        added = [
            add_learner(
                db, self.keeper, name=name, audience=Audience.OFFICERS, service_id=service.id
            )
            for name in ("Vicky Amos", "Raj Sandhu")
        ]
        self.who: list[Key] = [(one.id, None, None) for one in people]
        self.who += [(None, one, None) for one in added]
        self.course = a_course(db, self.keeper)
        self.dates = [a_date(db, self.keeper, self.course, TODAY + n * WEEK) for n in (1, 3)]
        self.came: dict[Key, set[date]] = {}
        self.left: set[Key] = set()

    def at(self, actor: Actor) -> Actor:
        now = NOW + timedelta(days=self.days)
        return replace(actor, at=now, recorded_at=now)

    def move(self, act: str, number: int, which: int) -> None:
        db, keeper = self.db, self.at(self.keeper)
        who, date_id = self.who[number], self.dates[which]
        person_id, learner_id, _ = who
        match act:
            case "book":
                book_place(db, keeper, date_id, person_id=person_id, learner_id=learner_id)
            case "give back":
                for one in bookings_live(db, date_id):
                    if one.key == who:
                        give_place_back(db, keeper, one.id)
            case "held":
                placed = [one for one in bookings_live(db, date_id) if one.went.placed]
                came = {one.id: (one.id + number) % 3 > 0 for one in placed}
                record_attendance(db, keeper, date_id, came=came)
                held_on = course_date(db, keeper, date_id).held_on
                for one in placed:
                    days = self.came.setdefault(one.key, set())
                    (days.add if came[one.id] else days.discard)(held_on)
            case "leave" if learner_id is not None:
                end_learner(db, keeper, learner_id)
                self.left.add(who)
            case "leave":
                disable_person(db, self.at(self.admin), person_id or 0)
                self.left.add(who)
            case "role ends" if person_id is not None:
                change_roles(db, self.at(self.admin), person_id, roles=frozenset())
                self.left.add(who)
            case "places":
                plan = replace(course_date(db, keeper, date_id).plan, places=1 + number % 3)
                change_date(db, keeper, date_id, plan=plan)
            case "year":
                self.days += 365
            case "week":
                self.days += 8

    def must_hold(self) -> None:
        db, keeper = self.db, self.at(self.keeper)
        for date_id in self.dates:
            row = course_date(db, keeper, date_id)
            waits = [one.waits_as for one in bookings_of_date(db, keeper, date_id)]
            keys = [one.key for one in bookings_live(db, date_id)]
            assert waits.count(0) == row.taken <= row.places
            assert [one for one in waits if one] == list(range(1, row.waiting + 1))
            assert not row.waiting or row.taken == row.places
            assert len(keys) == len(set(keys))
        today, months = london_day(keeper.at), course(db, keeper, self.course).plan.refresh_months
        base = {one.key for one in in_role(db)} & set(self.who)
        trained = {who for who in base if self.came.get(who)}
        trained = {
            who for who in trained if (good_until(max(self.came[who]), months) or today) >= today
        }
        assert base == set(self.who) - self.left
        (service,) = [one for one in coverage(db, keeper) if one.service_id] or [None]
        numbers = (service.base, service.trained) if service else (0, 0)
        assert numbers == (len(base), len(trained))
        assert number_next(db, keeper) == len(who_is_next(db, keeper))
        for person_id in [who[0] for who in base if who[0]][:1]:
            reader = replace(keeper, person_id=person_id, roles=frozenset({Role.MANAGER}))
            team = my_team(db, reader)
            assert (team.size, team.without) == (len(base), len(base - trained))


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(route=st.lists(MOVES, min_size=8, max_size=16))
def test_places_and_coverage_hold_on_any_route(
    db: Session, route: list[tuple[str, int, int]], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(small_numbers, "SMALLEST", 0)  # so that every number is told
    tried = db.begin_nested()
    world = World(db)
    for act, number, which in route:
        step = db.begin_nested()
        try:
            world.move(act, number, which)
            step.commit()
        except Refused:
            step.rollback()
            db.info.pop("gathered", None)
        world.must_hold()
    tried.rollback()
    db.info.pop("gathered", None)
