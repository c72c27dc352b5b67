"""Sessions: planned, moved with a reason, held by numbers, closed only with an answer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.sessions import (
    cancel_session,
    change_session,
    confirm_session,
    move_session,
    plan_session,
    restore_session,
)
from coprod_data.commands.sessions_after import (
    close_session,
    record_who_came,
)
from coprod_data.commands.sessions_before import add_task, set_run_sheet, tick_step, tick_task
from coprod_data.commands.sessions_joining import make_join_code
from coprod_data.models import CoproductionSession
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.sessions import session, sessions, sessions_counted
from coprod_data.queries.sessions_beside import run_sheet, tasks_before, who_may_lead
from coprod_data.queries.sessions_joining import join_code, joined
from coprod_data.queries.sessions_year import conversations
from coprod_data.queries.work import turns
from coprod_data.rules.run_sheets import Step
from coprod_data.vocabulary.sessions import AFTER, AHEAD, SessionKind, SessionWay
from coprod_data.vocabulary.sessions import SessionState as S
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.builders import NOW, a_person, a_promise, somebody, the_public
from tests.helpers.sessions import (
    DAY,
    HOUR,
    YOUNG,
    a_plan,
    a_session,
    held,
    reviewed,
)


def state_of(db: Session, number: int) -> S:
    return db.get_one(CoproductionSession, number).state


def at(actor: Actor, moment: datetime) -> Actor:
    return Actor(**{**actor.__dict__, "at": moment, "recorded_at": moment})


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"kind": None}, "kind"),
        ({"way": None}, "way"),
        ({"kind": SessionKind.THEMED_CONVERSATION}, "theme_id"),
        ({"facilitator_id": None}, "facilitator_id"),
        ({"largest": 0}, "largest"),
        ({"helpers": 2_001}, "helpers"),
        ({"food": "x" * 241}, "food"),
    ],
)
def test_a_plan_says_what_a_session_must_have(
    db: Session, worker: Actor, said: dict[str, Any], field: str
):
    with pytest.raises(Invalid) as refused:
        a_session(db, worker, **said)
    assert refused.value.field == field


@pytest.mark.parametrize("hours", [0, -1, 13])
def test_it_ends_after_it_begins_and_within_a_day(db: Session, worker: Actor, hours: int):
    with pytest.raises(Invalid):
        plan_session(
            db, worker, plan=a_plan(worker), starts_at=NOW + DAY, ends_at=NOW + DAY + hours * HOUR
        )


def test_nobody_young_leads_it_and_nothing_is_named_that_is_gone(db: Session, worker: Actor):
    for role in (Role.YOUNG_PERSON, Role.BOARD_MEMBER, Role.CHAIR, Role.ADMINISTRATOR):
        person = a_person(db, role)  # none of them could see what it asks of them
        with pytest.raises(Invalid):
            a_session(db, worker, facilitator_id=person.id)
        with pytest.raises(Invalid):
            add_task(db, worker, a_session(db, worker), text="Print", person_id=person.id)
    assert set(who_may_lead(db, worker)) == {worker.person_id}
    for name in ("theme_id", "group_id", "venue_id", "opportunity_id"):
        with pytest.raises(NotFound):
            a_session(db, worker, **{name: 9_999})


def test_it_is_confirmed_once_people_can_find_it(db: Session, worker: Actor):
    number = a_session(db, worker, way=SessionWay.BOTH)
    with pytest.raises(Invalid) as refused:
        confirm_session(db, worker, number)
    assert refused.value.field == "venue_id"
    change_session(db, worker, number, plan=a_plan(worker))
    confirm_session(db, worker, number)

    with pytest.raises(Invalid) as refused:  # and stays findable
        change_session(db, worker, number, plan=a_plan(worker, joining=""))
    assert refused.value.field == "joining"
    assert state_of(db, number) is S.CONFIRMED


def test_it_is_moved_and_cancelled_with_a_reason_that_stays(db: Session, worker: Actor):
    number, later = a_session(db, worker), NOW + 9 * DAY
    before = session(db, worker, number).row.starts_at
    for why, to in (("", later), ("No room.", NOW - DAY), ("No room.", before)):
        with pytest.raises(Invalid):
            move_session(db, worker, number, starts_at=to, ends_at=to + 2 * HOUR, why=why)

    move_session(db, worker, number, starts_at=later, ends_at=later + HOUR, why="No room.")

    one = session(db, worker, number)
    assert (one.moved_from, one.why_moved, one.row.starts_at) == (before, "No room.", later)
    with pytest.raises(Invalid):
        cancel_session(db, worker, number, why=" ")
    cancel_session(db, worker, number, why="Two of us are ill.")
    assert session(db, worker, number).why_cancelled == "Two of us are ill."
    with pytest.raises(Refused):
        cancel_session(db, worker, number, why="Again.")
    with pytest.raises(Refused):
        restore_session(db, at(worker, later + DAY), number)
    restore_session(db, worker, number)
    assert state_of(db, number) is S.PLANNED


def test_a_manager_changes_only_what_they_lead(db: Session, worker: Actor, member: Actor):
    manager = somebody(db, Role.MANAGER)
    mine, theirs = a_session(db, manager), a_session(db, worker)

    confirm_session(db, manager, mine)
    for call in (
        lambda: confirm_session(db, manager, theirs),
        lambda: cancel_session(db, manager, theirs, why="Why."),
        lambda: set_run_sheet(db, manager, theirs, steps=[]),
        lambda: a_session(db, member, facilitator_id=worker.person_id),
        lambda: close_session(db, manager, mine),
    ):
        with pytest.raises(NotAllowed):
            call()
    assert not session(db, manager, theirs).may_change
    assert session(db, manager, mine).may_change


def test_a_run_sheet_is_kept_in_order_and_its_ticks_stay(db: Session, worker: Actor):
    number = a_session(db, worker)
    set_run_sheet(db, worker, number, steps=[Step("17:00", "Talk"), Step("16:30", "Food")])
    first = run_sheet(db, worker, number)[0]
    tick_step(db, worker, first.id)

    set_run_sheet(
        db, worker, number, steps=[Step("16:30", "Food"), Step("18:00", "Thanks", "Vouchers")]
    )

    steps = run_sheet(db, worker, number)
    assert [(step.title, step.done_at is not None) for step in steps] == [
        ("Food", True),
        ("Thanks", False),
    ]
    for bad in ([Step("25:00", "Late")], [Step("16:30", " ")], [Step("16:30", "x")] * 41):
        with pytest.raises(Invalid):
            set_run_sheet(db, worker, number, steps=bad)


def test_whoever_does_a_task_ticks_it(db: Session, worker: Actor, second: Actor):
    manager = somebody(db, Role.MANAGER)
    number, before = a_session(db, worker), held(db, worker)
    task = add_task(
        db, worker, number, text="Print hand-outs", person_id=manager.person_id,
        due_on=NOW.date(), asked_at_id=before,
    )  # fmt: skip
    assert WorkKind.SESSION_TASK in {row.kind for row in turns(db, manager)}
    with pytest.raises(NotAllowed):
        tick_task(db, somebody(db, Role.MANAGER), task)

    tick_task(db, manager, task)

    row = tasks_before(db, second, number)[0]
    assert (row.done, row.asked_at) == (True, "What makes a good school day?")
    assert WorkKind.SESSION_TASK not in {row.kind for row in turns(db, manager)}


def test_lists_and_counts_are_of_the_same_sessions(db: Session, worker: Actor, member: Actor):
    a_session(db, worker)
    held(db, worker)
    reviewed(db, worker)

    counted = sessions_counted(db, member)

    assert len(sessions(db, member, AHEAD)) == sum(counted[state] for state in AHEAD) == 1
    assert len(sessions(db, member, AFTER)) == sum(counted[state] for state in AFTER) == 2


@pytest.mark.parametrize(
    ("starts", "hours"),
    [
        (datetime(2026, 3, 28, 22, 0, tzinfo=UTC), "from 9.45pm to 3.15am"),  # clocks go forward
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), "from 10.45pm to 2.15am"),  # and back
    ],
)
def test_a_clock_that_changes_keeps_the_hours_of_a_session(
    db: Session, worker: Actor, starts: datetime, hours: str
):
    ends = starts + timedelta(hours=4)
    number = plan_session(db, worker, plan=a_plan(worker), starts_at=starts, ends_at=ends)
    words = make_join_code(db, worker, number)
    row = session(db, worker, number).row
    assert row.ends_at - row.starts_at == timedelta(hours=4)
    assert join_code(db, worker, number).hours == hours
    for minutes, over in ((14, False), (16, True)):
        then = ends + timedelta(minutes=minutes)
        assert joined(db, at(the_public(), then), words).over is over


def test_the_year_shows_each_theme_with_its_days(db: Session, worker: Actor, member: Actor):
    homes, health, _ = a_promise(db)
    for theme, moment in (
        (homes, NOW - 3 * HOUR),
        (homes, NOW + 9 * DAY),
        (health, NOW - 400 * DAY),
        (health, NOW - 800 * DAY),
    ):
        number = a_session(
            db, worker, kind=SessionKind.THEMED_CONVERSATION, theme_id=theme.id, starts_at=moment
        )
        if moment < NOW:
            record_who_came(db, worker, number, came={YOUNG: 7})
    off = a_session(db, worker, kind=SessionKind.THEMED_CONVERSATION, theme_id=health.id)
    cancel_session(db, worker, off, why="Ill.")

    year = conversations(db, member, (NOW - 180 * DAY).date(), (NOW + 180 * DAY).date())

    assert [(row.theme_id, [held for _, held, _ in row.days]) for row in year] == [
        (homes.id, [True, False]),
        (health.id, []),
    ]
    assert year[1].last_on == (NOW - 400 * DAY).date()
