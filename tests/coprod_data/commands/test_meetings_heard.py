"""For how long an item was talked about: one clock, missed stops, overlaps; what a card says."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.meetings import plan_meeting
from coprod_data.commands.meetings_agenda import add_item, draw_up_agenda
from coprod_data.commands.meetings_heard import (
    correct_heard,
    end_meeting,
    resume_meeting,
    start_item,
    start_meeting,
    stop_item,
)
from coprod_data.models import CardShare, HeardTime, ReportCard
from coprod_data.permissions import Actor, Invalid, Refused, Role
from coprod_data.queries.meetings_agenda import agenda
from coprod_data.queries.meetings_heard import HeardRow, heard_of_entry
from coprod_data.rules.clocks import london_day
from coprod_data.rules.meeting_plan import MeetingPlan
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.meetings import AgendaKind
from coprod_data.vocabulary.report_cards import Body
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_person,
    acting,
    add,
    an_entry,
    holding_the_code,
    somebody,
)
from tests.helpers.meetings import a_meeting

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def at(clerk: Actor, minutes: float) -> Actor:
    return Actor(**{**clerk.__dict__, "at": NOW + minutes * MINUTE})


@pytest.fixture
def clerk(db: Session) -> Actor:
    return somebody(db, Role.CLERK)


@pytest.fixture
def number(db: Session, clerk: Actor) -> int:
    return a_meeting(db, clerk, days=0)


def minutes(db: Session, clerk: Actor, number: int) -> dict[str, int | None]:
    return {row.title: row.heard_minutes for row in agenda(db, clerk, number).rows}


def test_one_clock_runs_and_starting_another_item_stops_it(db: Session, clerk: Actor, number: int):
    one, two = (add_item(db, clerk, number, title=title) for title in ("One", "Two"))
    with pytest.raises(Refused, match="Begin the meeting"):
        start_item(db, clerk, one)
    start_meeting(db, clerk, number)
    with pytest.raises(Refused, match="begun already"):
        start_meeting(db, clerk, number)
    start_item(db, clerk, one)
    with pytest.raises(Refused, match="running already"):
        start_item(db, at(clerk, 1), one)  # the other clerk's press
    start_item(db, at(clerk, 6), two)
    with pytest.raises(Refused, match="not running any more"):
        stop_item(db, at(clerk, 7), one)  # from a stale tab
    running = agenda(db, at(clerk, 8), number)
    assert (running.running.title, running.running.heard_minutes) == ("Two", 2)  # type: ignore[union-attr]
    end_meeting(db, at(clerk, 10), number)

    seen = minutes(db, clerk, number)
    assert (seen["One"], seen["Two"]) == (6, 4)
    assert agenda(db, clerk, number).minutes(young=False) == 10
    with pytest.raises(Refused, match="already: held"):
        start_item(db, at(clerk, 11), one)


def test_a_missed_stop_is_put_right_and_a_forgotten_clock_stops_counting(
    db: Session, clerk: Actor, number: int
):
    one, two = (add_item(db, clerk, number, title=title) for title in ("One", "Two"))
    start_meeting(db, clerk, number)
    start_item(db, clerk, one)
    for wrong in (0, 91):
        with pytest.raises(Invalid, match="between its start and now"):
            stop_item(db, at(clerk, 90), one, stopped_at=NOW + wrong * MINUTE)
    stop_item(db, at(clerk, 90), one, stopped_at=NOW + 12 * MINUTE)
    start_item(db, at(clerk, 90), two)
    end_meeting(db, at(clerk, 90 + 24 * 60), number)  # the next day

    seen = minutes(db, clerk, number)
    assert (seen["One"], seen["Two"]) == (12, 240)


def test_times_that_overlap_are_refused_with_both(db: Session, clerk: Actor, number: int):
    one, two = (add_item(db, clerk, number, title=title) for title in ("One", "Two"))
    start_meeting(db, clerk, number)
    start_item(db, clerk, one)
    start_item(db, at(clerk, 10), two)
    end_meeting(db, at(clerk, 20), number)
    late = at(clerk, 60)
    with pytest.raises(Invalid, match="10:05 to 10:15 overlaps .* 10:10 to\n? ?10:20"):
        correct_heard(
            db, late, one, started_at=NOW + 5 * MINUTE, stopped_at=NOW + 15 * MINUTE
        )  # fmt: skip
    for began, ended in ((15, 5), (5, 61), (-24 * 60, -24 * 60 + 5)):
        with pytest.raises(Invalid):
            correct_heard(
                db, late, one, started_at=NOW + began * MINUTE, stopped_at=NOW + ended * MINUTE
            )  # fmt: skip

    correct_heard(db, late, one, started_at=NOW + 2 * MINUTE, stopped_at=NOW + 10 * MINUTE)

    assert minutes(db, clerk, number)["One"] == 8
    rows = db.scalars(sa.select(HeardTime).filter_by(item_id=one)).all()
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("lasted", "told"),
    [
        (12 * MINUTE + 59 * SECOND, HeardRow(TODAY, True, 12)),
        (MINUTE, HeardRow(TODAY, True, 1)),
        (MINUTE - SECOND, HeardRow(TODAY, False, 0)),
        (None, HeardRow(TODAY, False, 0)),
    ],
)
def test_a_young_person_reads_for_how_long_the_board_talked_about_it(
    db: Session, card: ReportCard, clerk: Actor, number: int, lasted: timedelta | None,
    told: HeardRow,
):  # fmt: skip
    entry = an_entry(db, card, released=True, consents=[ConsentUse.BOARD])
    hers = an_entry(db, card, released=True, consents=[])
    person = a_person(db, Role.YOUTH_VOICE)
    add(db, CardShare(
        report_card_id=card.id, body=Body.CPB, shared_on=TODAY, person_id=person.id
    ))  # fmt: skip
    draw_up_agenda(db, clerk, number)
    start_meeting(db, clerk, number)
    [item] = [row for row in agenda(db, clerk, number).rows if row.kind is AgendaKind.CARD]
    assert item.young
    if lasted is not None:
        start_item(db, clerk, item.id)
        stop_item(db, at(clerk, lasted / MINUTE), item.id)
    assert heard_of_entry(db, holding_the_code(entry), entry.id) is None  # it goes on
    end_meeting(db, at(clerk, 60), number)

    assert heard_of_entry(db, holding_the_code(entry), entry.id) == told
    assert heard_of_entry(db, holding_the_code(hers), hers.id) is None  # only the team reads it
    following = a_meeting(db, clerk, days=30)
    draw_up_agenda(db, acting(person, Role.CLERK, at=NOW + timedelta(days=1)), following)
    first = next(row for row in agenda(db, clerk, following).rows if row.tier)
    assert (first.report_card_id == card.id) is not told.reached


def test_a_meeting_that_was_ended_by_mistake_goes_on(db: Session, clerk: Actor, number: int):
    item = add_item(db, clerk, number, title="One")
    start_meeting(db, clerk, number)
    end_meeting(db, at(clerk, 5), number)
    with pytest.raises(Refused, match="Its day has passed"):
        resume_meeting(db, at(clerk, 24 * 60), number)
    resume_meeting(db, at(clerk, 6), number)
    start_item(db, at(clerk, 7), item)
    assert agenda(db, at(clerk, 8), number).runs


@pytest.mark.parametrize("hour", ["2026-10-25T00:30", "2026-03-29T00:30"])
def test_an_item_that_runs_while_the_clock_changes_was_heard_for_as_long_as_it_lasted(
    db: Session, clerk: Actor, hour: str
):
    begins = datetime.fromisoformat(f"{hour}+00:00")
    late = replace(clerk, at=begins)
    number = plan_meeting(
        db, replace(clerk, at=begins - timedelta(days=9)), meets_on=london_day(begins),
        begins="00:15", ends="03:30", plan=MeetingPlan(place="Town Hall"),
    )  # fmt: skip
    item = add_item(db, late, number, title="Late")
    start_meeting(db, late, number)
    start_item(db, late, item)

    stop_item(db, replace(clerk, at=begins + timedelta(minutes=50)), item)

    assert minutes(db, clerk, number)["Late"] == 50
