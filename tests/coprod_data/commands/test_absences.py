"""Being away: who may say it, from when it counts, and what follows for duty."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.absences import add_absence, remove_absence
from coprod_data.commands.entries_keeping import NobodyOnDuty, must_have_duty
from coprod_data.models import Absence, Event
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Role
from coprod_data.queries.absences import absences, may_be_away
from coprod_data.queries.settings import duty, reading_promise
from coprod_data.queries.settings_duty import rota_state
from coprod_data.queries.teams import team_names
from coprod_data.queries.work import turns_of_others
from coprod_data.scopes.duty import is_away, people_on_duty, somebody_on_duty
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.settings import DutyPost
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_person,
    acting,
    nobody_on_duty,
    somebody,
    the_duty,
    the_public,
    unrecorded,
)

TEAMS = (Role.YOUTH_VOICE, Role.SAFEGUARDING, Role.CHAIR)
A_DAY = timedelta(days=1)


def away(
    db: Session, actor: Actor, person_id: int, first: date = TODAY, last: date | None = None
) -> int:
    return add_absence(db, actor, person_id=person_id, from_day=first, to_day=last)


@pytest.mark.parametrize("role", TEAMS)
def test_members_of_the_two_teams_and_the_chair_say_it_of_themselves(db: Session, role: Role):
    me = somebody(db, role)

    away(db, me, me.id, TODAY, TODAY + A_DAY)

    assert is_away(db, me.id, NOW)
    assert [(row.name, row.added_by, row.now) for row in absences(db, me)] == [(me.name, "", True)]
    assert db.scalars(sa.select(Event.kind)).all() == [EventKind.ABSENCE_ADDED]


@pytest.mark.parametrize("role", [Role.YOUTH_VOICE, Role.CHAIR])
def test_they_do_not_say_it_of_others_nor_take_back_what_others_said(db: Session, role: Role):
    me, other = somebody(db, role), somebody(db, Role.SAFEGUARDING)
    theirs = away(db, other, other.id)

    with pytest.raises(NotAllowed):
        away(db, me, other.id)
    with pytest.raises(NotAllowed):
        remove_absence(db, me, theirs)
    assert is_away(db, other.id, NOW)
    assert [row.may_remove for row in absences(db, me)] == [False]


@pytest.mark.parametrize("role", [Role.SAFEGUARDING, Role.ADMINISTRATOR])
def test_safeguarding_and_the_administrator_say_it_of_any_of_them(
    db: Session, worker: Actor, role: Role
):
    me = somebody(db, role)

    absence = away(db, me, worker.id)

    row = absences(db, worker)[0]
    assert (row.name, row.added_by, row.may_remove) == (worker.name, me.name, True)
    remove_absence(db, worker, absence)
    assert not is_away(db, worker.id, NOW)


@pytest.mark.parametrize("role", [R for R in Role if R not in (*TEAMS, Role.ADMINISTRATOR)])
def test_nobody_else_has_anything_to_do_with_it(db: Session, worker: Actor, role: Role):
    me = somebody(db, role)
    for act in (lambda: away(db, me, worker.id), lambda: away(db, me, me.id),
                lambda: absences(db, me), lambda: may_be_away(db, me)):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()


def test_an_administrator_is_not_away_in_their_own_name(db: Session):
    administrator = somebody(db, Role.ADMINISTRATOR)
    for person_id in (administrator.id, a_person(db, Role.MANAGER).id, 987_654):
        with pytest.raises(Invalid, match="two teams"):
            away(db, administrator, person_id)


def test_one_chooses_among_those_one_may_say_it_of(db: Session, worker: Actor, lead: Actor):
    a_person(db, Role.MANAGER)
    a_person(db, Role.YOUTH_VOICE, disabled_at=NOW)

    assert [one.id for one in may_be_away(db, worker)] == [worker.id]
    assert [one.id for one in may_be_away(db, lead)] == [lead.id, worker.id]


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (None, TODAY, "from_day"),
        (TODAY, TODAY - A_DAY, "to_day"),
        (TODAY - 3 * A_DAY, TODAY - A_DAY, "to_day"),
        (TODAY, TODAY + timedelta(days=367), "to_day"),
    ],
)
def test_days_that_cannot_be_are_refused(
    db: Session, worker: Actor, first: date | None, last: date, field: str
):
    with pytest.raises(Invalid) as refused:
        add_absence(db, worker, person_id=worker.id, from_day=first, to_day=last)
    assert refused.value.field == field
    assert db.scalars(sa.select(Absence)).all() == []


def test_the_same_days_said_twice_are_one_absence(db: Session, worker: Actor):
    assert away(db, worker, worker.id) == away(db, worker, worker.id)
    assert len(absences(db, worker)) == 1


def test_what_was_taken_back_cannot_be_taken_back_again(db: Session, worker: Actor):
    absence = away(db, worker, worker.id)
    remove_absence(db, worker, absence)
    with pytest.raises(NotFound):
        remove_absence(db, worker, absence)
    assert db.scalars(sa.select(Event.kind).order_by(Event.id)).all() == [
        EventKind.ABSENCE_ADDED, EventKind.ABSENCE_REMOVED,
    ]  # fmt: skip


def test_days_are_those_of_london_first_and_last_included(db: Session, worker: Actor):
    away(db, worker, worker.id, date(2026, 7, 1), date(2026, 7, 2))

    for moment, there in (
        (datetime(2026, 6, 30, 22, 59, tzinfo=UTC), True),
        (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), False),  # midnight in London
        (datetime(2026, 7, 2, 22, 59, tzinfo=UTC), False),
        (datetime(2026, 7, 2, 23, 0, tzinfo=UTC), True),
    ):
        assert is_away(db, worker.id, moment) is not there


def test_absences_that_are_over_are_not_listed(db: Session, worker: Actor):
    away(db, worker, worker.id)
    later = acting(a_person(db), Role.YOUTH_VOICE, at=NOW + A_DAY)
    assert absences(db, later) == []


# ---- what follows for duty ----


def test_whoever_is_away_is_not_on_duty_and_the_last_one_shuts_the_form(db: Session):
    lead, deputy = the_duty(db)
    acting_lead = acting(lead, Role.SAFEGUARDING)

    away(db, acting_lead, lead.id)
    assert [one.post for one in people_on_duty(db, NOW)] == [DutyPost.DEPUTY]
    must_have_duty(db, the_public())

    absence = away(db, acting_lead, deputy.id)
    assert not somebody_on_duty(db, NOW)
    with pytest.raises(NobodyOnDuty):
        must_have_duty(db, the_public())

    remove_absence(db, acting_lead, absence)
    must_have_duty(db, the_public())

    with unrecorded(db):
        deputy.password_hash = None  # who never set one is not there, whatever is recorded
    assert not somebody_on_duty(db, NOW)
    administrator = somebody(db, Role.ADMINISTRATOR)
    waits = [row.title for row in turns_of_others(db, administrator)]
    assert waits == [deputy.name]


def test_a_day_is_promised_only_when_somebody_who_reads_is_there(db: Session):
    lead, deputy = the_duty(db)
    one, two = (
        a_person(db, Role.YOUTH_VOICE, name=name, password_hash="set once")
        for name in ("Amara Oduya", "Ben Cole")
    )
    new = a_person(db, Role.YOUTH_VOICE, name="Cleo New")  # has not used her link
    usual = reading_promise(db, the_public()).by
    safe = acting(lead, Role.SAFEGUARDING)

    away(db, safe, one.id, last=TODAY + 6 * A_DAY)
    assert reading_promise(db, the_public()).by == usual
    assert [row.name for row in team_names(db, the_public(), usual) if row.there] == [
        deputy.name, two.name, lead.name,
    ]  # fmt: skip
    away(db, safe, two.id, last=TODAY + 7 * A_DAY)
    assert reading_promise(db, the_public()).by == TODAY + 7 * A_DAY
    assert duty(db, the_public()).reads_by == TODAY + 7 * A_DAY
    named = team_names(db, the_public(), TODAY + 7 * A_DAY)
    assert not {row.id for row in named if row.there} & {two.id, new.id}

    evening = the_public(NOW + timedelta(hours=9))
    for person in (lead, deputy):
        away(db, safe, person.id, first=TODAY + A_DAY, last=TODAY + 9 * A_DAY)
    later = duty(db, evening)
    assert later.then
    assert later.opening_day == later.reads_by == TODAY + 12 * A_DAY  # past a weekend


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 4, 23, tzinfo=UTC),
        datetime(2026, 3, 7, 12, tzinfo=UTC),
        datetime(2026, 12, 25, 12, tzinfo=UTC),
    ],
    ids=["an evening", "a Saturday", "Christmas Day"],
)
def test_an_evening_a_weekend_or_a_holiday_is_not_nobody_on_duty(db: Session, moment: datetime):
    the_duty(db)
    must_have_duty(db, the_public(at=moment))


def test_settings_warn_of_days_to_come_on_which_all_are_away(db: Session):
    lead, deputy = the_duty(db)
    me = acting(lead, Role.SAFEGUARDING)
    away(db, me, lead.id, TODAY + 3 * A_DAY, TODAY + 9 * A_DAY)
    assert rota_state(db, me).gaps == ()

    away(db, me, deputy.id, TODAY + 5 * A_DAY, TODAY + 6 * A_DAY)
    away(db, me, deputy.id, TODAY + 9 * A_DAY, TODAY + 12 * A_DAY)
    assert rota_state(db, me).gaps == (
        (TODAY + 5 * A_DAY, TODAY + 6 * A_DAY),
        (TODAY + 9 * A_DAY, TODAY + 9 * A_DAY),
    )


def test_a_council_that_names_nobody_is_warned_of_no_days(db: Session):
    lead, _ = the_duty(db)
    nobody_on_duty(db)
    assert rota_state(db, acting(lead, Role.SAFEGUARDING)).gaps == ()
