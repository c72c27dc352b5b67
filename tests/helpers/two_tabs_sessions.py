"""Forms of sessions and venues, as two people have them open."""

import random
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.heard import set_totals
from coprod_data.commands.sessions import change_session, move_session
from coprod_data.commands.sessions_after import record_needs, record_who_came, write_up_session
from coprod_data.commands.sessions_before import set_run_sheet
from coprod_data.commands.sessions_costs import record_costs, record_reach, record_thanks
from coprod_data.commands.sessions_dates import propose_days
from coprod_data.commands.sessions_feedback import set_questions
from coprod_data.commands.sessions_goals import say_reached, set_goals
from coprod_data.commands.venues import add_venue, change_venue
from coprod_data.models import CoproductionSession, Venue
from coprod_data.permissions import Role
from coprod_data.queries.heard import totals_written
from coprod_data.queries.sessions_beside import run_sheet
from coprod_data.queries.sessions_beside import who_came as counted
from coprod_data.queries.sessions_channels import reach_of
from coprod_data.queries.sessions_costs import bill_of
from coprod_data.queries.sessions_dates import asked_for
from coprod_data.queries.sessions_feedback import own_questions
from coprod_data.queries.sessions_series import goals
from coprod_data.rules.run_sheets import Step
from coprod_data.rules.session_costs import Costs, Thanks
from coprod_data.rules.session_parts import Part, by_name
from coprod_data.rules.session_plan import SessionPlan
from coprod_data.rules.session_reach import Reach
from coprod_data.vocabulary.heard import HeardGroup
from coprod_data.vocabulary.sessions import (
    GoalReached,
    NeedsMet,
    SessionKind,
    SessionWay,
    ThanksKind,
)
from tests.helpers.builders import NOW, somebody
from tests.helpers.sessions import BOARD, DAY, HOUR, YOUNG, a_session, held, reviewed
from tests.helpers.two_tabs import Open, Values, of_row, word
from tests.helpers.working_together import work


def a_plan(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    row = db.get_one(CoproductionSession, a_session(db, worker))
    names = ("title", "aims", "kind", "way", "largest", "food")

    def vary(chance: random.Random, name: str) -> Any:
        match name:
            case "kind":
                return chance.choice([SessionKind.FORUM, SessionKind.WORKSHOP, SessionKind.STAND])
            case "way":
                return chance.choice([*SessionWay])
            case "largest":
                return chance.choice([None, 4, 8, 12])
            case _:
                return word(chance, name)

    def save(typed: Values, opened: Values) -> None:
        plan = SessionPlan(**{**SessionPlan.of(row).values, **typed})
        change_session(db, worker, row.id, plan=plan, opened=opened)

    return Open(of_row(row, *names), save, vary, names)


def a_move(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    row = db.get_one(CoproductionSession, a_session(db, worker))
    names = ("starts_at", "ends_at")

    def vary(chance: random.Random, name: str) -> Any:
        begins = NOW + chance.randrange(2, 9) * DAY
        return begins if name == "starts_at" else begins + HOUR

    def save(typed: Values, opened: Values) -> None:
        begins = typed["starts_at"]
        ends = begins + HOUR if typed["ends_at"] <= begins else typed["ends_at"]
        ends = min(ends, begins + 9 * HOUR)
        move_session(
            db, worker, row.id, starts_at=begins, ends_at=ends, why="The room.", opened=opened
        )

    return Open(of_row(row, *names), save, vary, names)


def goals_written(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    number = a_session(db, worker)
    set_goals(db, worker, number, goals=["We know each other."])

    def read() -> Values:
        return {"goals": tuple(row.text for row in goals(db, worker, number))}

    def vary(chance: random.Random, name: str) -> Any:
        return (word(chance, name), word(chance, name))

    def save(typed: Values, opened: Values) -> None:
        set_goals(db, worker, number, goals=typed["goals"], opened=opened["goals"])

    return Open(read, save, vary, ("goals",))


def goals_reached(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    number = held(db, worker)
    set_goals(db, worker, number, goals=["We know each other.", "We chose two."])
    names = tuple(str(row.id) for row in goals(db, worker, number))

    def read() -> Values:
        return {str(row.id): row.reached for row in goals(db, worker, number)}

    def vary(chance: random.Random, _name: str) -> Any:
        return chance.choice([*GoalReached])

    def save(typed: Values, opened: Values) -> None:
        said, seen = ({int(name): one for name, one in v.items()} for v in (typed, opened))
        say_reached(db, worker, number, reached=said, opened=seen)

    return Open(read, save, vary, names)


def who_came(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    number = held(db, worker)

    def read() -> Values:
        found = {(row.kind, row.service_id): row.number for row in counted(db, worker, number)}
        return by_name({part: found.get(part) or 0 for part in (YOUNG, BOARD)})

    def parts(named: Values) -> dict[Part, int]:
        return {part: named[name] for part, name in zip((YOUNG, BOARD), names, strict=True)}

    def save(typed: Values, opened: Values) -> None:
        record_who_came(db, worker, number, came=parts(typed), opened=parts(opened))

    names = tuple(by_name({YOUNG: 0, BOARD: 0}))
    return Open(read, save, lambda chance, _name: chance.randrange(1, 9), names)


def a_run_sheet(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    number = a_session(db, worker)

    def read() -> Values:
        rows = run_sheet(db, worker, number)
        return {"steps": tuple(Step(row.begins, row.title, row.detail) for row in rows)}

    def save(typed: Values, opened: Values) -> None:
        set_run_sheet(db, worker, number, steps=typed["steps"], opened=opened["steps"])

    def vary(chance: random.Random, name: str) -> Any:
        return (Step("16:30", word(chance, name)),)

    return Open(read, save, vary, ("steps",))


def days_proposed(db: Session) -> Open:
    together = work(db)
    number = a_session(db, together.worker, opportunity_id=together.opportunity.id)

    def read() -> Values:
        days = asked_for(db, together.worker, number).days
        return {"days": tuple((day.starts_at, day.ends_at) for day in days)}

    def vary(chance: random.Random, _name: str) -> Any:
        begins = NOW + chance.randrange(2, 90) * DAY
        return ((begins, begins + HOUR),)

    def save(typed: Values, opened: Values) -> None:
        propose_days(db, together.worker, number, days=typed["days"], opened=opened)

    return Open(read, save, vary, ("days",))


def some_costs(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    number = held(db, worker)
    names = ("miles", "meals", "venue_pence")

    def read() -> Values:
        now = bill_of(db, worker, number).costs.values
        return {name: now[name] for name in names}

    def save(typed: Values, opened: Values) -> None:
        record_costs(db, worker, number, costs=Costs(**typed), opened=opened)

    return Open(read, save, lambda chance, _name: chance.randrange(1, 90), names)


def some_needs(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    row = db.get_one(CoproductionSession, held(db, worker))

    def save(typed: Values, opened: Values) -> None:
        record_needs(db, worker, row.id, **typed, opened=opened)

    return Open(
        of_row(row, "needs_met"), save, lambda chance, _name: chance.choice([*NeedsMet]),
        ("needs_met",),
    )  # fmt: skip


def some_thanks(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    number, kind = held(db, worker), ThanksKind.VOUCHER
    names = ("offered", "taken", "given")

    def read() -> Values:
        return bill_of(db, worker, number).thanks.get(kind, Thanks()).values

    def save(typed: Values, opened: Values) -> None:
        record_thanks(db, worker, number, kind, thanks=Thanks(**typed), opened=opened)

    def vary(chance: random.Random, name: str) -> Any:
        return 100 * (3 - names.index(name)) + chance.randrange(90)

    return Open(read, save, vary, names)


def some_questions(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    number = a_session(db, worker)

    def read() -> Values:
        return {"questions": tuple(own_questions(db, worker, number).values())}

    def save(typed: Values, opened: Values) -> None:
        set_questions(db, worker, number, questions=typed["questions"], opened=opened["questions"])

    return Open(read, save, lambda chance, name: (word(chance, name),), ("questions",))


def a_write_up(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    row = db.get_one(CoproductionSession, reviewed(db, worker))
    write_up_session(db, worker, row.id, done="We drew.", heard="Buses.")
    names = ("done", "heard")

    def save(typed: Values, opened: Values) -> None:
        write_up_session(db, worker, row.id, **typed, opened=opened)

    return Open(of_row(row, *names), save, word, names)


def some_reach(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    number = held(db, worker)

    def read() -> Values:
        return (reach_of(db, worker, number) or Reach()).values

    def save(typed: Values, opened: Values) -> None:
        record_reach(db, worker, number, reach=Reach(**typed), opened=opened)

    def vary(chance: random.Random, name: str) -> Any:
        return chance.randrange(100, 200) if name == "reached" else chance.randrange(100)

    return Open(read, save, vary, ("reached", "replies"))


def some_totals(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    names = (HeardGroup.PARENT.value, HeardGroup.SEND.value)

    def now() -> Values:
        numbers, _ = totals_written(db, worker)
        return {name: numbers.get(HeardGroup(name)) for name in names}

    def vary(chance: random.Random, _name: str) -> Any:
        return chance.choice([None, 5, 17, 40])

    def save(typed: Values, opened: Values) -> None:
        numbers = {HeardGroup(name): number for name, number in typed.items()}
        set_totals(db, worker, numbers=numbers, as_of=NOW.date(), opened=opened)

    return Open(now, save, vary, names)


def a_venue(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    row = db.get_one(Venue, add_venue(db, worker, name="The Hub"))
    names = ("name", "address", "getting_there", "friendly", "step_free", "quiet_room")

    def vary(chance: random.Random, name: str) -> Any:
        return chance.random() < 0.5 if name in names[3:] else word(chance, name)

    def save(typed: Values, opened: Values) -> None:
        change_venue(db, worker, row.id, **typed, opened=opened)

    return Open(of_row(row, *names), save, vary, names)
