"""Forms of meetings of the Board, as two people have them open."""

import random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.meetings import (
    change_meeting,
    declare_interest,
    move_meeting,
    reply_to_meeting,
    set_invited,
)
from coprod_data.commands.papers import change_paper, move_paper, write_paper
from coprod_data.commands.posts import change_post, give_post
from coprod_data.models import Meeting, MeetingInvited, Paper, Post
from coprod_data.permissions import Role
from coprod_data.queries.papers import paper
from coprod_data.rules.meeting_plan import MeetingPlan
from coprod_data.rules.paper_said import PaperSaid
from coprod_data.vocabulary.meetings import MeetingReply
from coprod_data.vocabulary.papers import Considered, PaperStatus
from coprod_data.vocabulary.posts import Office
from tests.helpers.builders import TODAY, a_person, somebody
from tests.helpers.meetings import DAY
from tests.helpers.meetings import a_meeting as planned
from tests.helpers.two_tabs import Open, Values, a_subset, of_row, word


def a_meeting(db: Session) -> Open:
    clerk = somebody(db, Role.CLERK)
    row = db.get_one(Meeting, planned(db, clerk))
    names = ("place", "online", "private_part", "open_to_public", "quorum")

    def vary(chance: random.Random, name: str) -> Any:
        match name:
            case "open_to_public":
                return chance.choice([True, False])
            case "quorum":
                return chance.choice([None, 3, 4, 5])
            case _:
                return word(chance, name)

    def save(typed: Values, opened: Values) -> None:
        plan = MeetingPlan(**{**MeetingPlan.of(row).values, **typed})
        change_meeting(db, clerk, row.id, plan=plan, opened=opened)

    return Open(of_row(row, *names), save, vary, names)


def a_meeting_moved(db: Session) -> Open:
    clerk = somebody(db, Role.CLERK)
    row = db.get_one(Meeting, planned(db, clerk))
    names = ("meets_on", "begins", "ends")

    def vary(chance: random.Random, name: str) -> Any:
        if name == "meets_on":
            return TODAY + chance.randrange(2, 90) * DAY
        return chance.choice(["16:00", "16:30"] if name == "begins" else ["18:00", "20:00"])

    def save(typed: Values, opened: Values) -> None:
        move_meeting(db, clerk, row.id, **typed, why="The room.", opened=opened)

    return Open(of_row(row, *names), save, vary, names)


def _seat(db: Session) -> tuple[Any, MeetingInvited]:
    clerk, _ = somebody(db, Role.CLERK), a_person(db, Role.BOARD_MEMBER)
    number = planned(db, clerk)
    seat = db.scalars(sa.select(MeetingInvited).filter_by(meeting_id=number)).first()
    assert seat
    return clerk, seat


def an_attendance(db: Session) -> Open:
    clerk, seat = _seat(db)

    def save(typed: Values, opened: Values) -> None:
        reply_to_meeting(
            db, clerk, seat.meeting_id, reply=typed["reply"], person_id=seat.person_id,
            opened=opened["reply"],
        )  # fmt: skip

    def vary(chance: random.Random, _name: str) -> Any:
        return chance.choice([*MeetingReply])

    return Open(of_row(seat, "reply"), save, vary, ("reply",))


def an_interest(db: Session) -> Open:
    clerk, seat = _seat(db)

    def save(typed: Values, opened: Values) -> None:
        declare_interest(
            db, clerk, seat.meeting_id, interest=typed["interest"], person_id=seat.person_id,
            opened=opened,
        )  # fmt: skip

    return Open(of_row(seat, "interest"), save, word, ("interest",))


def some_invited(db: Session) -> Open:
    clerk, seat = _seat(db)
    others = [seat.person_id, *(a_person(db, Role.MANAGER).id for _ in range(3))]

    def read() -> Values:
        rows = db.scalars(sa.select(MeetingInvited.person_id).filter_by(meeting_id=seat.meeting_id))
        return {"person_ids": frozenset(rows)}

    def save(typed: Values, opened: Values) -> None:
        set_invited(
            db, clerk, seat.meeting_id, person_ids=typed["person_ids"],
            opened=opened["person_ids"],
        )  # fmt: skip

    def vary(chance: random.Random, _name: str) -> Any:
        return a_subset(chance, others)

    return Open(read, save, vary, ("person_ids",), sets=frozenset({"person_ids"}))


def a_place(db: Session) -> Open:
    clerk = somebody(db, Role.CLERK)
    meeting = planned(db, clerk)
    number = write_paper(db, clerk, meeting, item=3, title="A bag for every move")
    row = db.get_one(Paper, number)
    writers = [a_person(db, Role.MANAGER).id for _ in range(3)]

    def vary(chance: random.Random, name: str) -> Any:
        return chance.randint(1, 60) if name == "item" else chance.choice(writers)

    def save(typed: Values, opened: Values) -> None:
        move_paper(db, clerk, number, **typed, meeting_id=meeting, opened=opened)

    return Open(of_row(row, "item", "author_id"), save, vary, ("item", "author_id"))


def a_post(db: Session) -> Open:
    clerk = somebody(db, Role.CLERK)
    number = give_post(db, clerk, office=Office.LEAD_OFFICER, name="B")
    row = db.get_one(Post, number)

    def vary(chance: random.Random, name: str) -> Any:
        if name == "began_on":
            return TODAY - chance.randrange(1, 400) * DAY
        return word(chance, name)

    names = ("title", "name", "began_on")

    def save(typed: Values, opened: Values) -> None:
        change_post(db, clerk, number, **typed, opened=opened)

    return Open(of_row(row, *names), save, vary, names)


def a_paper(db: Session) -> Open:
    clerk = somebody(db, Role.CLERK)
    number = write_paper(db, clerk, planned(db, clerk), item=3, title="A bag for every move")
    names = ("title", "reason", "author_title", "status", "considered")

    def now() -> Values:
        return paper(db, clerk, number).said.values

    def read() -> Values:
        said = now()
        return {name: said[name] for name in names}

    def vary(chance: random.Random, name: str) -> Any:
        match name:
            case "status":
                return chance.choice([None, *PaperStatus])
            case "considered":
                return tuple(one for one in Considered if chance.random() < 0.5)
            case _:
                return word(chance, name)

    def save(typed: Values, opened: Values) -> None:
        change_paper(db, clerk, number, said=PaperSaid.of(now() | typed), opened=opened)

    return Open(read, save, vary, names)
