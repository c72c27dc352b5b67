"""A series of workshops from its template, did we get there, and ground rules that are reused."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.groups import add_group
from coprod_data.commands.sessions import cancel_session, change_session, confirm_session
from coprod_data.commands.sessions_before import begin_run_sheet
from coprod_data.commands.sessions_goals import agree_rules, say_reached, set_goals, take_rules
from coprod_data.commands.sessions_series import plan_series
from coprod_data.models import CoproductionSession
from coprod_data.permissions import Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.sessions import session
from coprod_data.queries.sessions_beside import run_sheet
from coprod_data.queries.sessions_series import goals, rules_agreed, series
from coprod_data.rules.session_templates import agendas, workshops
from coprod_data.vocabulary.groups import GroupKind
from coprod_data.vocabulary.sessions import GoalReached, SeriesTemplate, SessionKind
from tests.helpers.builders import NOW, somebody
from tests.helpers.sessions import DAY, HOUR, a_plan, a_session, held

DESIGN = SeriesTemplate.SERVICE_DESIGN
FORTNIGHT = 14 * DAY


def four(begins: datetime, hours: float = 3.5) -> list[tuple[datetime, datetime]]:
    starts = [begins + place * FORTNIGHT for place in range(4)]
    return [(start, start + timedelta(hours=hours)) for start in starts]


def test_four_workshops_are_planned_in_one_act_with_all_that_they_need(db: Session):
    worker = somebody(db, Role.YOUTH_VOICE)
    shared = a_plan(worker, led_with="Leila", independent="Leila has no agenda of the council.")
    begins = datetime(2026, 10, 14, 9, tzinfo=UTC)  # 10:00 in London; the clocks change after it
    for times in (four(begins)[:3], [*four(begins)[1:], four(begins)[0]]):
        with pytest.raises(Invalid) as fault:
            plan_series(db, worker, template=DESIGN, plan=shared, times=times)
        assert fault.value.field == "days"
    winter = [(start + HOUR, end + HOUR) for start, end in four(begins)[1:]]
    numbers = plan_series(
        db, worker, template=DESIGN, plan=shared, times=[four(begins)[0], *winter]
    )  # fmt: skip

    first = session(db, worker, numbers[0])
    assert (first.template, first.series_place, first.row.kind) == (DESIGN, 1, SessionKind.WORKSHOP)
    rows = series(db, worker, first.series_id or 0)
    assert [(row.id, row.place) for row in rows] == list(zip(numbers, (1, 2, 3, 4), strict=True))
    for number, workshop in zip(numbers, workshops(DESIGN), strict=True):
        one = session(db, worker, number)
        assert (one.plan.aims, one.plan.warm_up) == (workshop.aims, workshop.warm_up)
        assert one.plan.independent == "Leila has no agenda of the council."
        assert tuple(row.text for row in goals(db, worker, number)) == workshop.goals
        assert workshop.handouts
        steps = run_sheet(db, worker, number)
        assert (steps[0].begins, len(steps)) == ("10:00", len(workshop.agenda.steps))
    with pytest.raises(NotAllowed):
        plan_series(
            db, somebody(db, Role.BOARD_MEMBER), template=DESIGN, plan=shared, times=four(begins)
        )  # fmt: skip


def test_a_group_is_told_once_a_series_what_happened_since_last_time(db: Session):
    worker = somebody(db, Role.YOUTH_VOICE)
    group_id = add_group(db, worker, name="Voices", kind=GroupKind.ACTION)
    held(db, worker, group_id=group_id)
    begins = NOW + FORTNIGHT

    def planned(since: str) -> list[int]:
        plan = a_plan(worker, group_id=group_id, since_last=since)
        return plan_series(db, worker, template=DESIGN, plan=plan, times=four(begins))

    told = planned("You have keys.")
    said = [session(db, worker, number).plan.since_last for number in told]
    assert said == ["You have keys.", "", "", ""]
    for number in told:
        confirm_session(db, worker, number)
    first, second, third, _ = planned("")
    confirm_session(db, worker, second)
    with pytest.raises(Invalid, match="asked before"):
        confirm_session(db, worker, first)
    cancel_session(db, worker, second, why="The room is shut.")
    cancel_session(db, worker, first, why="The room is shut.")
    with pytest.raises(Invalid, match="asked before"):
        confirm_session(db, worker, third)


def test_it_says_of_each_goal_whether_it_got_there_once_it_has_begun(db: Session):
    worker = somebody(db, Role.YOUTH_VOICE)
    ahead = a_session(db, worker)
    set_goals(db, worker, ahead, goals=["All can say it.", "All can say it.", "We chose two."])
    rows = goals(db, worker, ahead)
    assert [row.text for row in rows] == ["All can say it.", "We chose two."]
    with pytest.raises(Refused, match="not begun"):
        say_reached(db, worker, ahead, reached={rows[0].id: GoalReached.YES})

    number = held(db, worker)
    set_goals(db, worker, number, goals=["All can say it.", "We chose two."])
    first, second = goals(db, worker, number)
    say_reached(db, worker, number, reached={first.id: GoalReached.YES, second.id: None})
    with pytest.raises(NotFound):
        say_reached(db, worker, number, reached={rows[0].id: GoalReached.YES})
    set_goals(db, worker, number, goals=["All can say it.", "We chose one."])
    said = [(row.text, row.reached) for row in goals(db, worker, number)]
    assert said == [("All can say it.", GoalReached.YES), ("We chose one.", None)]
    for bad in ([" "], [f"Goal {n}" for n in range(9)]):
        with pytest.raises(Invalid):
            set_goals(db, worker, number, goals=bad)
    with pytest.raises(NotAllowed):
        set_goals(db, somebody(db, Role.MANAGER), number, goals=["Mine."])


def test_rules_that_a_group_agreed_begin_its_next_session(db: Session):
    worker = somebody(db, Role.YOUTH_VOICE)
    group_id = add_group(db, worker, name="Voices", kind=GroupKind.ACTION)
    first = a_session(db, worker, group_id=group_id, ground_rules="One person talks.")
    assert rules_agreed(db, worker, group_id) is None
    with pytest.raises(Refused, match="changed"):
        agree_rules(db, worker, first, seen="Nobody talks.")
    agree_rules(db, worker, first, seen="One person talks.")
    agree_rules(db, worker, first, seen="One person talks.")

    after = a_session(db, worker, group_id=group_id)
    assert session(db, worker, after).plan.ground_rules == "One person talks."
    own = a_session(db, worker, group_id=group_id, ground_rules="We sing first.")
    elsewhere = a_session(db, worker)
    assert session(db, worker, own).plan.ground_rules == "We sing first."
    assert session(db, worker, elsewhere).plan.ground_rules == ""
    take_rules(db, worker, own, seen="We sing first.")
    assert session(db, worker, own).plan.ground_rules == "One person talks."
    with pytest.raises(Refused, match="not agreed"):
        take_rules(db, worker, elsewhere, seen="")
    with pytest.raises(Refused, match="no ground rules"):
        agree_rules(db, worker, elsewhere, seen="")

    said = session(db, worker, first)
    assert said.rules_agreed_on == NOW.date()
    changed = a_plan(worker, group_id=group_id, ground_rules="Two people talk.")
    change_session(db, worker, first, plan=changed)
    assert session(db, worker, first).rules_agreed_on is None
    assert rules_agreed(db, worker, group_id) is None


def test_an_agenda_takes_the_times_of_its_session_and_never_writes_over_one(db: Session):
    worker = somebody(db, Role.YOUTH_VOICE)
    begins = datetime(2026, 6, 11, 15, 30, tzinfo=UTC)
    for agenda in agendas().values():
        steps = agenda.between(begins, begins + 2 * HOUR)
        assert steps == sorted(steps, key=lambda step: step.begins)
        assert "16:30" == steps[0].begins <= steps[-1].begins < "18:30"
    number = a_session(db, worker, starts_at=begins)
    begin_run_sheet(db, worker, number, agenda="lessons_learnt")
    assert [step.begins for step in run_sheet(db, worker, number)][:2] == ["16:30", "16:45"]
    with pytest.raises(Refused, match="already"):
        begin_run_sheet(db, worker, number, agenda="peer_led")
    with pytest.raises(NotFound):
        begin_run_sheet(db, worker, number, agenda="forum-9")


def test_who_leads_is_said_before_it_is_confirmed(db: Session):
    worker = somebody(db, Role.YOUTH_VOICE)

    def plan(**said: str | SessionKind) -> int:
        return a_session(db, worker, **said)

    with pytest.raises(Invalid) as fault:
        plan(independent="She has no agenda.")
    assert fault.value.field == "led_with"
    number = plan(kind=SessionKind.PEER_LED)
    with pytest.raises(Invalid) as fault:
        confirm_session(db, worker, number)
    assert fault.value.field == "young_leaders"
    change_session(
        db, worker, number,
        plan=a_plan(worker, kind=SessionKind.PEER_LED, young_leaders="Westmarch Voices",
                    largest=12, helpers=5),
    )  # fmt: skip
    confirm_session(db, worker, number)
    plan_now = session(db, worker, number).plan
    assert (plan_now.young_leaders, plan_now.for_each_helper) == ("Westmarch Voices", 3)
    assert db.get_one(CoproductionSession, number).sequence == 1
