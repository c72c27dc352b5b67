"""Meetings of the Board: one truth about the next one, who comes, moved and cancelled with why."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.groups import add_group, change_group
from coprod_data.commands.meetings import (
    cancel_meeting,
    change_meeting,
    declare_interest,
    move_meeting,
    reply_to_meeting,
    restore_meeting,
    set_invited,
)
from coprod_data.models import MeetingInvited, Setting
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.events import history
from coprod_data.queries.meetings import meeting, meetings, meetings_counted, next_meeting
from coprod_data.rules.meeting_plan import MeetingPlan, hours_words
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0050_meetings import down_revision, revision
from coprod_data.store.schema import downgrade, is_current, migrate
from coprod_data.vocabulary.groups import GroupKind
from coprod_data.vocabulary.meetings import MeetingReply, MeetingsListed
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_person,
    a_promise,
    acting,
    somebody,
    the_duty,
    the_public,
)
from tests.helpers.meetings import DAY, a_meeting
from tests.helpers.source import ROOT


@pytest.fixture
def clerk(db: Session) -> Actor:
    return somebody(db, Role.CLERK)


def test_the_next_meeting_is_the_first_from_today_on_and_everybody_is_told(
    db: Session, clerk: Actor
):
    the_duty(db)
    theme = a_promise(db)[0]
    assert next_meeting(db, the_public()) is None
    later = a_meeting(db, clerk, days=60)
    soon = a_meeting(db, clerk, days=0, theme_id=theme.id)
    over = a_meeting(db, clerk, days=-1)

    coming = next_meeting(db, the_public())

    assert coming
    assert (coming.id, coming.on, coming.theme) == (soon, TODAY, theme.title)
    cancel_meeting(db, clerk, soon, why="Snow.")
    assert next_meeting(db, the_public()).id == later  # type: ignore[union-attr]
    assert [row.id for row in meetings(db, clerk)] == [later]
    assert [row.id for row in meetings(db, clerk, MeetingsListed.BEFORE)] == [over]
    assert list(meetings_counted(db, clerk).values()) == [1, 1, 1]


def test_members_are_invited_and_the_quorum_is_the_boards(db: Session, clerk: Actor):
    worker = somebody(db, Role.YOUTH_VOICE)
    board = add_group(db, worker, name="The Board", kind=GroupKind.BOARD)
    change_group(db, worker, board, name="The Board", kind=GroupKind.BOARD, quorum=2)
    chair, member = a_person(db, Role.CHAIR), a_person(db, Role.BOARD_MEMBER)
    officer = a_person(db, Role.MANAGER)
    number = a_meeting(db, clerk, young_people=3)
    reply_to_meeting(db, acting(member, Role.BOARD_MEMBER), number, reply=MeetingReply.COMING)
    reply_to_meeting(db, clerk, number, reply=MeetingReply.APOLOGIES, person_id=chair.id)
    set_invited(
        db, clerk, number, person_ids=[chair.id, member.id, officer.id],
        opened=[chair.id, member.id],
    )  # fmt: skip

    seen = meeting(db, acting(member, Role.BOARD_MEMBER), number)

    assert {one.person_id: one.reply for one in seen.invited} == {
        chair.id: MeetingReply.APOLOGIES, member.id: MeetingReply.COMING, officer.id: None,
    }  # fmt: skip
    assert (seen.row.quorum, seen.members_coming, seen.row.invited) == (2, 1, 3)
    assert (seen.has_young, seen.young_people) == (True, None)
    assert meeting(db, clerk, number).young_people == 3
    assert meeting(db, worker, number).young_people == 3


def test_only_whoever_keeps_meetings_answers_for_others(db: Session, clerk: Actor):
    one, other = a_person(db, Role.BOARD_MEMBER), a_person(db, Role.BOARD_MEMBER)
    number = a_meeting(db, clerk)
    member = acting(one, Role.BOARD_MEMBER)
    declare_interest(db, member, number, interest="Governor of  a school")
    with pytest.raises(NotAllowed):
        declare_interest(db, member, number, interest="Theirs", person_id=other.id)
    with pytest.raises(NotFound, match="not invited"):
        reply_to_meeting(db, somebody(db, Role.MANAGER), number, reply=MeetingReply.COMING)

    assert meeting(db, member, number).mine.interest == "Governor of a school"  # type: ignore[union-attr]


def test_a_young_person_is_counted_and_never_named_unless_they_sit_on_the_board(
    db: Session, clerk: Actor
):
    young, member = a_person(db, Role.YOUNG_PERSON), a_person(db, Role.YOUNG_PERSON, Role.CHAIR)
    number = a_meeting(db, clerk)

    with pytest.raises(Invalid, match="not named"):
        set_invited(db, clerk, number, person_ids=[young.id, member.id])
    set_invited(db, clerk, number, person_ids=[member.id])
    assert [one.person_id for one in meeting(db, clerk, number).invited] == [member.id]


def test_a_moved_meeting_says_why_and_asks_again(db: Session, clerk: Actor):
    a_person(db, Role.BOARD_MEMBER)
    number = a_meeting(db, clerk)
    [seat] = db.scalars(sa.select(MeetingInvited).filter_by(meeting_id=number))
    reply_to_meeting(db, clerk, number, reply=MeetingReply.COMING, person_id=seat.person_id)
    there = {"begins": "18:00", "ends": "20:00"}
    move_meeting(db, clerk, number, meets_on=TODAY + 8 * DAY, **there, why="The room.")
    assert seat.reply is MeetingReply.COMING  # the same day

    move_meeting(db, clerk, number, meets_on=TODAY + 15 * DAY, **there, why="A hearing.")

    seen = meeting(db, clerk, number)
    assert seat.reply is None
    assert (seen.moved_from, seen.why_moved) == (TODAY + 8 * DAY, "A hearing.")
    assert hours_words(seen.row.begins, seen.row.ends) == "6pm to 8pm"
    told = history(db, somebody(db, Role.YOUTH_VOICE))[0]
    assert told.did == "moved a meeting of the Board, with a reason"
    assert [(one.what, one.old, one.new) for one in told.changes if one.what == "day"] == [
        ("day", TODAY + 8 * DAY, TODAY + 15 * DAY)
    ]


def test_what_cannot_be_is_refused_with_what_to_do(db: Session, clerk: Actor):
    number = a_meeting(db, clerk)
    with pytest.raises(Invalid, match="already a meeting"):
        a_meeting(db, clerk)
    with pytest.raises(Invalid, match="still to come"):
        move_meeting(
            db, clerk, number, meets_on=TODAY - DAY, begins="17:30", ends="19:30", why="No."
        )  # fmt: skip
    with pytest.raises(Invalid, match="end after it begins"):
        move_meeting(db, clerk, number, meets_on=TODAY, begins="19:30", ends="17:30", why="No.")
    for plan in (MeetingPlan(quorum=0), MeetingPlan(young_people=201)):
        with pytest.raises(Invalid, match="Give a number"):
            change_meeting(db, clerk, number, plan=plan)
    with pytest.raises(Invalid, match="Say why"):
        cancel_meeting(db, clerk, number, why=" ")
    cancel_meeting(db, clerk, number, why="Snow.")
    with pytest.raises(Refused, match="already: cancelled"):
        change_meeting(db, clerk, number, plan=MeetingPlan())
    restore_meeting(db, clerk, number)
    assert meeting(db, clerk, number).ahead
    for role in (Role.BOARD_MEMBER, Role.ADMINISTRATOR, Role.YOUTH_VOICE):
        with pytest.raises(NotAllowed):
            cancel_meeting(db, somebody(db, role), number, why="Snow.")


def test_what_was_set_becomes_a_meeting_and_the_setting_is_gone(database: Database):
    downgrade(database.engine, down_revision)
    with Session(database.engine) as db:
        for key, value in (("next_meeting", '"2026-06-04"'), ("next_meeting_theme", "null")):
            db.execute(
                sa.text('INSERT INTO setting ("key", value, changed_at) VALUES (:k, :v, :at)'),
                {"k": key, "v": value, "at": NOW},
            )
        db.commit()

    migrate(database.engine)
    with Session(database.engine) as db:
        coming = next_meeting(db, the_public())
        assert coming
        assert (coming.on, coming.begins, coming.theme) == (date(2026, 6, 4), "", "")
        assert not db.scalars(sa.select(sa.cast(Setting.key, sa.String))).all()
    downgrade(database.engine, down_revision)
    with database.engine.connect() as connection:
        kept = set(connection.scalars(sa.text('SELECT "key" FROM setting')))
    assert kept == {"next_meeting", "next_meeting_theme"}
    migrate(database.engine)
    assert is_current(database.engine)
    versions = ROOT / "coprod_data" / "store" / "migrations" / "versions"
    assert (versions / f"{revision}_meetings.py").exists()
