"""Rows of the sheets about venues and sessions, as commands."""

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from coprod_data.commands.sessions import (
    cancel_session,
    change_session,
    confirm_session,
    move_session,
    plan_session,
)
from coprod_data.commands.sessions_after import (
    close_session,
    link_opportunity,
    record_needs,
    record_who_came,
    review_session,
    write_up_session,
)
from coprod_data.commands.sessions_before import add_task, set_run_sheet, tick_task
from coprod_data.commands.sessions_changes import write_change
from coprod_data.commands.sessions_costs import record_costs, record_reach, record_thanks
from coprod_data.commands.sessions_dates import answer_days, propose_days
from coprod_data.commands.sessions_feedback import (
    Feedback,
    give_feedback,
    set_questions,
    write_feedback,
)
from coprod_data.commands.sessions_goals import agree_rules, say_reached, set_goals
from coprod_data.commands.sessions_joining import make_join_code
from coprod_data.commands.sessions_series import plan_series
from coprod_data.commands.venues import add_venue
from coprod_data.files.csv_in import Row
from coprod_data.files.seed_call import call, text, the, the_if_any, value, yes
from coprod_data.files.seed_council import Council, Steps, form_id, groups_said
from coprod_data.models import (
    CoproductionSession,
    SessionCode,
    SessionDate,
    SessionGoal,
    SessionQuestion,
    SessionTask,
)
from coprod_data.permissions import Actor
from coprod_data.rules.clocks import LONDON, london_day
from coprod_data.rules.run_sheets import read_lines
from coprod_data.rules.session_costs import Costs, Thanks
from coprod_data.rules.session_parts import Part
from coprod_data.rules.session_plan import TEXTS, SessionPlan
from coprod_data.rules.session_reach import Reach
from coprod_data.rules.session_templates import workshops
from coprod_data.vocabulary.sessions import (
    AttendeeKind,
    FeedbackAsked,
    FeedbackFace,
    GoalReached,
    SeriesTemplate,
    SessionReply,
)

SESSION = the("session")
A_FORTNIGHT = timedelta(days=14)


def _plan(council: Council, actor: Actor, row: Row) -> None:
    number = plan_session(
        council.db, actor, plan=_planned(council, row), starts_at=row["starts"], ends_at=row["ends"]
    )
    council.name("session", row["session"], number)


def _planned(council: Council, row: Row) -> SessionPlan:
    def named(column: str, kind: str = "") -> int | None:
        return council.number(row, column, kind) if row[column] else None

    return SessionPlan(
        title=row["session"],
        kind=row["kind"],
        way=row["way"],
        theme_id=named("theme"),
        group_id=named("group"),
        opportunity_id=named("opportunity"),
        venue_id=named("venue"),
        facilitator_id=council.number(row, "leads", "person"),
        largest=row["largest"],
        helpers=row["helpers"],
        since_last=row["words"] or "",
        **{name: row[name] or "" for name in TEXTS if name != "since_last"},
    )


def _since(council: Council, actor: Actor, row: Row) -> None:
    number = council.number(row, "session")
    plan = SessionPlan.of(council.db.get_one(CoproductionSession, number))
    said = replace(plan, since_last=row["words"] or "")
    change_session(council.db, actor, number, plan=said)


def _came(council: Council, actor: Actor, row: Row) -> None:
    came: dict[Part, int] = {
        (AttendeeKind.YOUNG_PEOPLE, None): row["young_people"] or 0,
        (AttendeeKind.BOARD, None): row["board"] or 0,
        (AttendeeKind.YOUTH_VOICE, None): row["team"] or 0,
    }
    for name in row["services"] or ():
        service_id = council.number_of(row, "services", "service", name)
        came[AttendeeKind.SERVICE, service_id] = 1
    record_who_came(council.db, actor, council.number(row, "session"), came=came)


def _run_sheet(council: Council, actor: Actor, row: Row) -> None:
    steps = read_lines((row["words"] or "").replace("; ", "\n"))
    set_run_sheet(council.db, actor, council.number(row, "session"), steps=steps)


def _task_done(council: Council, actor: Actor, row: Row) -> None:
    task_id = council.db.scalar(
        sa.select(SessionTask.id).filter_by(
            session_id=council.number(row, "session"), text=row["words"]
        )
    )
    if task_id is None:
        raise row.refused("words", "write the task as its row `task` says it.")
    tick_task(council.db, actor, task_id)


def _cost(council: Council, actor: Actor, row: Row) -> None:
    money = {name: row[name] or 0 for name in ("meals_pence", "travel_pence", "venue_pence")}
    costs = Costs(miles=row["miles"] or 0, mode=row["mode"], meals=row["meals"] or 0, **money)
    record_costs(council.db, actor, council.number(row, "session"), costs=costs)


def _given_thanks(council: Council, actor: Actor, row: Row) -> None:
    thanks = Thanks(row["offered"] or 0, row["taken"] or 0, row["given"] or 0)
    record_thanks(
        council.db, actor, council.number(row, "session"), row["kind"], thanks=thanks
    )  # fmt: skip


def _reach(council: Council, actor: Actor, row: Row) -> None:
    """Say whom a session reached, which stands in `offered`, and who replied, in `taken`."""
    reach = Reach(row["offered"] or 0, row["taken"] or 0)
    record_reach(council.db, actor, council.number(row, "session"), reach=reach)


def _days(council: Council, actor: Actor, row: Row) -> None:
    """Propose the day of `starts` and `ends`, and the same times on the day `due`, if any."""
    days = [(row["starts"], row["ends"])]
    if row["due"]:
        later = row["due"] - london_day(row["starts"])
        days.append((row["starts"] + later, row["ends"] + later))
    propose_days(council.db, actor, council.number(row, "session"), days=days)


def _can_come(council: Council, actor: Actor, row: Row) -> None:
    number = council.number(row, "session")
    days = council.db.scalars(sa.select(SessionDate.id).filter_by(session_id=number))
    answer_days(council.db, actor, number, answer=SessionReply.CAN, date_ids=days.all())


def _questions(council: Council, actor: Actor, row: Row) -> None:
    questions = (row["words"] or "").split("; ")
    set_questions(council.db, actor, council.number(row, "session"), questions=questions)


def _feedback(council: Council, actor: Actor, row: Row) -> None:
    """Say how a session was; a face for each of its own questions stands in `own`, in order."""
    number = council.number(row, "session")
    code = council.db.scalar(sa.select(SessionCode.words).filter_by(session_id=number))
    asked = council.db.scalars(
        sa.select(SessionQuestion.id).filter_by(session_id=number).order_by(SessionQuestion.id)
    )
    said = Feedback(
        face=row["face"],
        helped=row["helped"],
        good=row["good"] or "",
        change=row["change"] or "",
        heard=groups_said(row),
        own=dict(zip(asked, map(FeedbackFace, (row["own"] or "").split()), strict=False)),
        **{one.value: row[one.value] for one in FeedbackAsked},
    )
    name = row["words_as"] or f"feedback {number} {row.number}"
    for keep in (write_feedback, give_feedback):
        keep(council.db, actor, code=code or "", form_id=form_id(name), said=said)
    council.name_words(row)


def _goals(council: Council, actor: Actor, row: Row) -> None:
    said = (row["words"] or "").split("; ")
    set_goals(council.db, actor, council.number(row, "session"), goals=said)


def _reached(council: Council, actor: Actor, row: Row) -> None:
    """Say of each goal whether it was reached; `words` are the values of GoalReached in order."""
    number = council.number(row, "session")
    goals = council.db.scalars(
        sa.select(SessionGoal.id).filter_by(session_id=number).order_by(SessionGoal.id)
    )
    said = map(GoalReached, (row["words"] or "").split())
    reached: dict[int, GoalReached | None] = dict(zip(goals, said, strict=True))
    say_reached(council.db, actor, number, reached=reached)


def _rules_agreed(council: Council, actor: Actor, row: Row) -> None:
    number = council.number(row, "session")
    rules = council.db.get_one(CoproductionSession, number).ground_rules
    agree_rules(council.db, actor, number, seen=rules)


def _series(council: Council, actor: Actor, row: Row) -> None:
    """Plan the workshops of a series from the day of `starts` on, one each fortnight; they are
    called by its name and their place: "Leaving care together 2".
    """
    plan = _planned(council, row)
    begins, ends = (row[name].astimezone(LONDON) for name in ("starts", "ends"))
    times = [
        (begins + place * A_FORTNIGHT, ends + place * A_FORTNIGHT)
        for place in range(len(workshops(SeriesTemplate.SERVICE_DESIGN)))
    ]
    numbers = plan_series(
        council.db, actor, template=SeriesTemplate.SERVICE_DESIGN, plan=plan, times=times
    )
    for place, number in enumerate(numbers, 1):
        council.name("session", f"{row['session']} {place}", number)


STEPS: Steps = {
    ("session_feedback", None): _feedback,
    ("venues", None): call(
        add_venue,
        names="venue",
        name=text("venue"),
        address=text("address"),
        getting_there=text("getting_there"),
        friendly=yes("friendly"),
        step_free=yes("step_free"),
        quiet_room=yes("quiet_room"),
    ),
    ("sessions", "plan"): _plan,
    ("sessions", "since"): _since,
    ("sessions", "confirm"): call(confirm_session, SESSION),
    ("sessions", "move"): call(
        move_session, SESSION, starts_at=value("starts"), ends_at=value("ends"), why=text("words")
    ),
    ("sessions", "cancel"): call(cancel_session, SESSION, why=text("words")),
    ("sessions", "code"): call(make_join_code, SESSION),
    ("sessions", "questions"): _questions,
    ("sessions", "change"): call(write_change, SESSION, text=text("words")),
    ("sessions", "run sheet"): _run_sheet,
    ("sessions", "task"): call(
        add_task,
        SESSION,
        text=text("words"),
        person_id=the_if_any("who", "person"),
        due_on=value("due"),
    ),
    ("sessions", "task done"): _task_done,
    ("sessions", "came"): _came,
    ("sessions", "found"): call(link_opportunity, SESSION, the("opportunity")),
    ("sessions", "nothing"): call(review_session, SESSION, nothing_because=text("words")),
    ("sessions", "reviewed"): call(review_session, SESSION),
    ("sessions", "write up"): call(
        write_up_session, SESSION, done=text("words"), heard=text("heard")
    ),
    ("sessions", "close"): call(close_session, SESSION),
    ("session_costs", "needs"): call(record_needs, SESSION, needs_met=value("needs")),
    ("session_costs", "cost"): _cost,
    ("session_costs", "thanks"): _given_thanks,
    ("session_costs", "reach"): _reach,
    ("sessions", "days"): _days,
    ("sessions", "can come"): _can_come,
    ("sessions", "goals"): _goals,
    ("sessions", "reached"): _reached,
    ("sessions", "rules agreed"): _rules_agreed,
    ("sessions", "series"): _series,
}
