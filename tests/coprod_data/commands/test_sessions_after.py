"""Sessions once held: numbers, never names; nothing closes without an answer to the question."""

import random
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.opportunities import suggest_opportunity
from coprod_data.commands.sessions import (
    cancel_session,
    confirm_session,
    restore_session,
)
from coprod_data.commands.sessions_after import (
    close_session,
    link_opportunity,
    record_who_came,
    reopen_session,
    review_session,
    unlink_opportunity,
    write_up_session,
)
from coprod_data.models import CoproductionSession
from coprod_data.permissions import Actor, Invalid, Refused, Role
from coprod_data.queries.opportunities_sources import sources
from coprod_data.queries.sessions import session
from coprod_data.queries.sessions_beside import found_at, who_came
from coprod_data.queries.work import turns
from coprod_data.rules.opportunity_wording import Wording
from coprod_data.vocabulary.sessions import AttendeeKind
from coprod_data.vocabulary.sessions import SessionState as S
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.builders import NOW, a_person, a_promise, a_service, acting, unrecorded
from tests.helpers.sessions import (
    BOARD,
    DAY,
    HOUR,
    WHY_NOTHING,
    YOUNG,
    a_session,
    held,
)


def state_of(db: Session, number: int) -> S:
    return db.get_one(CoproductionSession, number).state


def at(actor: Actor, moment: datetime) -> Actor:
    return Actor(**{**actor.__dict__, "at": moment, "recorded_at": moment})


def test_attendance_is_numbers_by_part_and_says_that_it_was_held(db: Session, worker: Actor):
    service = a_service(db)
    number = a_session(db, worker, starts_at=NOW + HOUR)
    with pytest.raises(Refused):
        record_who_came(db, worker, number, came={YOUNG: 3})
    now = at(worker, NOW + 2 * HOUR)
    for came in (
        {YOUNG: 0},
        {YOUNG: -1},
        {YOUNG: 2_001},
        {(AttendeeKind.SERVICE, None): 1},
        {(AttendeeKind.BOARD, service.id): 1},
    ):
        with pytest.raises(Invalid):
            record_who_came(db, now, number, came=came)
    assert state_of(db, number) is S.PLANNED

    part = (AttendeeKind.SERVICE, service.id)
    record_who_came(db, now, number, came={YOUNG: 400, BOARD: 2, part: 1})
    record_who_came(db, now, number, came={BOARD: 0})

    rows = [(row.part, row.number) for row in who_came(db, worker, number)]
    assert rows == [("Young people", 400), (service.name, 1)]
    assert state_of(db, number) is S.HELD


@pytest.mark.parametrize(("young", "shown"), [(1, "fewer than 5"), (4, "fewer than 5"), (5, "5")])
def test_few_young_people_are_no_number_to_the_board(
    db: Session, worker: Actor, member: Actor, young: int, shown: str
):
    number = held(db, worker, young=young)
    assert [row.words for row in who_came(db, member, number)] == [shown]
    assert [row.words for row in who_came(db, worker, number)] == [str(young)]


def test_nothing_closes_without_an_answer_to_the_question(db: Session, worker: Actor):
    number = held(db, worker)
    for step in (
        lambda: close_session(db, worker, number),
        lambda: write_up_session(db, worker, number, done="Drew.", heard="Buses."),
        lambda: review_session(db, worker, number),
        lambda: review_session(db, worker, number, nothing_because="None."),
    ):
        with pytest.raises(Refused):
            step()
    theme = a_promise(db)[0]
    chance = suggest_opportunity(
        db, worker, wording=Wording(title="Ride with us", help_wanted="Come."), theme_id=theme.id
    )
    link_opportunity(db, worker, number, chance)
    link_opportunity(db, worker, number, chance)
    assert [row.id for row in found_at(db, worker, number)] == [chance]
    assert [row.session_id for row in sources(db, worker, chance)] == [None, number]
    unlink_opportunity(db, worker, number, chance)
    with pytest.raises(Invalid):
        review_session(db, worker, number)
    link_opportunity(db, worker, number, chance)

    review_session(db, worker, number)
    with pytest.raises(Invalid):
        write_up_session(db, worker, number, done="Drew.", heard=" ")
    write_up_session(db, worker, number, done="Drew.", heard="Buses.")
    close_session(db, worker, number)

    assert state_of(db, number) is S.CLOSED
    with pytest.raises(Refused):
        record_who_came(db, worker, number, came={YOUNG: 1})
    reopen_session(db, worker, number)
    assert state_of(db, number) is S.WRITTEN_UP


def test_random_moves_never_close_a_session_without_its_answer(db: Session, worker: Actor):
    chance = random.Random(15)  # noqa: S311
    theme = a_promise(db)[0]
    known = suggest_opportunity(
        db, worker, wording=Wording(title="Ride with us", help_wanted="Come."), theme_id=theme.id
    )
    number = a_session(db, worker, starts_at=NOW - HOUR)
    moves = [
        lambda: confirm_session(db, worker, number),
        lambda: cancel_session(db, worker, number, why="Ill."),
        lambda: restore_session(db, worker, number),
        lambda: record_who_came(db, worker, number, came={YOUNG: chance.randrange(4)}),
        lambda: link_opportunity(db, worker, number, known),
        lambda: unlink_opportunity(db, worker, number, known),
        lambda: review_session(
            db, worker, number, nothing_because=chance.choice(["", WHY_NOTHING])
        ),
        lambda: write_up_session(db, worker, number, done="Drew.", heard="Buses."),
        lambda: close_session(db, worker, number),
        lambda: reopen_session(db, worker, number),
    ]
    seen = set()
    for _ in range(60):
        step = db.begin_nested()
        try:
            chance.choice(moves)()
            step.commit()
        except Refused:
            step.rollback()
        row = db.get_one(CoproductionSession, number)
        seen.add(row.state)
        if row.state in (S.REVIEWED, S.WRITTEN_UP, S.CLOSED):
            assert row.nothing_because or found_at(db, worker, number)
        if row.state is S.CANCELLED:  # it begins again with another
            number = a_session(db, worker, starts_at=NOW - HOUR)
    assert S.CLOSED in seen


def test_what_is_owed_waits_for_who_leads_it(db: Session, worker: Actor, second: Actor):
    number = a_session(db, worker, starts_at=NOW - 3 * HOUR)
    kinds = {row.kind for row in turns(db, worker)}
    assert WorkKind.SESSION in kinds
    assert WorkKind.SESSION not in {row.kind for row in turns(db, second)}

    record_who_came(db, worker, number, came={YOUNG: 9})
    row = next(one for one in turns(db, worker) if one.kind is WorkKind.SESSION)
    assert (row.due_on, row.late) == (session(db, worker, number).review_by, False)
    later = at(worker, NOW + 14 * DAY)
    assert next(one for one in turns(db, later) if one.kind is WorkKind.SESSION).late
    review_session(db, worker, number, nothing_because=WHY_NOTHING)
    write_up_session(db, worker, number, done="Drew.", heard="Buses.")
    assert {row.kind for row in turns(db, second)} >= {WorkKind.SESSION_CLOSE}


def test_what_a_leaver_leads_is_found_by_the_team(db: Session, worker: Actor):
    leaver = a_person(db, Role.YOUTH_VOICE)
    number = held(db, acting(leaver, Role.YOUTH_VOICE))
    assert WorkKind.NO_FACILITATOR not in {row.kind for row in turns(db, worker)}

    with unrecorded(db):
        leaver.disabled_at = NOW

    row = next(one for one in turns(db, worker) if one.kind is WorkKind.NO_FACILITATOR)
    assert row.about == number
