"""A yes said in the room: the form on the page of a meeting that runs, its undo, and the answer."""

import pytest
import sqlalchemy as sa

from coprod_data.commands.meetings import plan_meeting
from coprod_data.commands.meetings_decisions import record_present
from coprod_data.commands.meetings_heard import start_meeting
from coprod_data.models import Invitation
from coprod_data.rules.clocks import london_day
from coprod_data.rules.meeting_plan import MeetingPlan
from coprod_data.store.actors import Played
from coprod_data.store.database import Database
from coprod_data.vocabulary.meetings import MeetingPart
from coprod_data.vocabulary.opportunities import InvitationReply
from tests.helpers.builders import NOW
from tests.helpers.opening import OpenAs, words

PAGE = "board/meetings.py"
FORM = "Somebody said yes in the room"
MEMBER = "Cllr Joan Finch, Board member, Harbour ward"


def press(at, label: str):
    return next(button for button in at.button if button.label == label).click().run()


def pick(at, label: str, which: int | str = 0):
    box = next(one for one in at.selectbox if one.label == label)
    return box.set_value(box.options[which] if isinstance(which, int) else which).run()


def forms(at) -> list[str]:
    return [one.label for one in at.expander]


@pytest.fixture
def today(small_council: Database) -> int:
    with small_council.writing(Played("chair", NOW)) as (db, actor):
        return plan_meeting(
            db, actor, meets_on=london_day(NOW), begins="00:30", ends="23:30",
            plan=MeetingPlan(place="Town Hall", quorum=2),
        )  # fmt: skip


@pytest.fixture
def running(small_council: Database, today: int) -> int:
    with small_council.writing(Played("chair", NOW)) as (db, actor):
        start_meeting(db, actor, today)
    return today


def answers(council: Database) -> list[tuple[InvitationReply | None, bool]]:
    with council.reading(Played("chair", NOW)) as (db, _):
        rows = db.scalars(sa.select(Invitation).where(Invitation.said_meeting_id.is_not(None)))
        return [(row.reply, row.said_at is not None) for row in rows]


def test_there_is_no_form_before_it_begins_nor_for_those_who_keep_no_meetings(
    open_as: OpenAs, today: int, small_council: Database
):
    assert FORM not in forms(open_as("chair", PAGE, id=str(today)))
    with small_council.writing(Played("chair", NOW)) as (db, actor):
        start_meeting(db, actor, today)
    assert FORM in forms(open_as("chair", PAGE, id=str(today)))
    assert FORM not in forms(open_as("board.member", PAGE, id=str(today)))


def test_what_is_missing_is_said_and_nothing_is_written(
    open_as: OpenAs, running: int, small_council: Database
):
    at = press(open_as("chair", PAGE, id=str(running)), "Write down the yes")
    assert "Choose what they said yes to." in words(at)
    at = press(pick(at, "To what"), "Write down the yes")
    assert "Choose who said yes." in words(at)
    assert answers(small_council) == []


def test_it_is_written_down_undone_and_written_again_and_its_member_answers(
    open_as: OpenAs, running: int, small_council: Database
):
    at = open_as("chair", PAGE, id=str(running))
    at = press(pick(pick(at, "To what"), "Who", MEMBER), "Write down the yes")
    assert "Who said yes in the room" in words(at)
    at = press(at, "Undo: Cllr Joan Finch did not say yes")
    assert "Who said yes in the room" not in words(at)
    assert answers(small_council) == []

    at = press(pick(pick(at, "To what"), "Who", MEMBER), "Write down the yes")
    mine = open_as("cllr.finch", "board/my_work.py")
    assert "You said yes in the meeting" in words(mine)
    assert answers(small_council) == [(None, True)]
    assert (
        "said yes in the meeting" in words(open_as("board.member", PAGE, id=str(running))).lower()
    )


@pytest.mark.parametrize(
    ("members", "says"),
    [(1, "Taken without a quorum: 1 member was there"), (2, "Quorate: 2 members were there")],
)
def test_once_it_has_begun_its_quorum_is_of_those_who_were_there(
    open_as: OpenAs, running: int, small_council: Database, members: int, says: str
):
    assert "needed" not in words(open_as("board.member", PAGE, id=str(running)))
    with small_council.writing(Played("chair", NOW)) as (db, actor):
        record_present(db, actor, running, present={MeetingPart.MEMBERS: members})

    assert says in words(open_as("board.member", PAGE, id=str(running)))
