"""How few young people came: all that others can see of a session, on two days, tells no number."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.sessions_after import record_needs, record_who_came
from coprod_data.commands.sessions_costs import record_costs, record_reach, record_thanks
from coprod_data.files.exports import EXPORTS, export
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.queries.sessions import every_session, session
from coprod_data.queries.sessions_beside import who_came
from coprod_data.queries.sessions_channels import channels
from coprod_data.queries.sessions_costs import bill_of, costs_by_quarter
from coprod_data.queries.sessions_feedback import feedback_counted
from coprod_data.queries.sessions_year import conversations
from coprod_data.rules.session_costs import Costs, Thanks
from coprod_data.rules.session_reach import Reach
from coprod_data.scopes.papers import spent_between
from coprod_data.vocabulary.sessions import AttendeeKind, NeedsMet, ThanksKind, TravelMode
from tests.helpers.builders import NOW, a_service, somebody
from tests.helpers.sessions import BOARD, DAY, YOUNG, held

STAFF = 3
READERS = [
    role
    for role in Role
    if role in Permission.SESSIONS_READ.holders and role not in Permission.SESSIONS_WRITE.holders
]


def came(db: Session, actor: Actor, number: int, young: int, service_id: int) -> None:
    """All that grows with those who came: parts, meals, fares, thanks, replies, needs."""
    part = (AttendeeKind.SERVICE, service_id)
    record_who_came(db, actor, number, came={YOUNG: young, part: STAFF, BOARD: 0})
    heads = young + STAFF
    bill = Costs(
        miles=12, mode=TravelMode.TAXI, meals=heads, meals_pence=600 * heads,
        travel_pence=250 * young, venue_pence=4500,
    )  # fmt: skip
    record_costs(db, actor, number, costs=bill)
    for kind in ThanksKind:
        record_thanks(db, actor, number, kind, thanks=Thanks(young, young, young // 2))
    record_reach(db, actor, number, reach=Reach(40 + young, heads))
    record_needs(db, actor, number, needs_met=NeedsMet.PARTLY)


def all_told(db: Session, role: Role, number: int) -> str:
    """Everything that somebody of this role can read of sessions, sheets and papers included."""
    reader = somebody(db, role)
    sheets = (
        [export(db, reader, sheet, {}) for sheet in EXPORTS if "session" in sheet]
        if reader.may(Permission.EXPORTS_READ)
        else []
    )
    first, last = (NOW - 90 * DAY).date(), NOW.date()
    return repr([
        who_came(db, reader, number), bill_of(db, reader, number), session(db, reader, number),
        feedback_counted(db, reader, number), every_session(db, reader), channels(db, reader),
        costs_by_quarter(db, reader), conversations(db, reader, first, last), sheets,
        spent_between(db, first, last),
    ])  # fmt: skip


@pytest.mark.parametrize("role", READERS)
def test_all_that_one_role_sees_on_two_days_leaves_each_small_number_possible(
    db: Session, worker: Actor, role: Role
):
    service, kept_by = a_service(db), worker
    number = held(db, kept_by, young=2)
    told: dict[int, set[str]] = {}
    for day in (0, 1):  # on the next another session of the same quarter is in each total
        if day:
            came(db, kept_by, held(db, kept_by, young=9, starts_at=NOW - DAY), 9, service.id)
        for young in (1, 2, 3, 4):
            came(db, kept_by, number, young, service.id)
            told.setdefault(day, set()).add(all_told(db, role, number))
    assert [len(worlds) for worlds in told.values()] == [1, 1]

    came(db, kept_by, number, 5, service.id)  # it is told from five on, so this looks at it
    assert all_told(db, role, number) not in told[1]


def test_who_did_not_reply_is_no_small_number_either(db: Session, worker: Actor):
    member = somebody(db, Role.BOARD_MEMBER)
    number = held(db, worker, young=9)
    told = {}
    for replies in range(10, 21):
        record_reach(db, replace(worker, at=NOW), number, reach=Reach(20, replies))
        ((one,),) = [row.times for row in channels(db, member)]
        told[replies] = (one.reached, one.replies, one.per_hundred)
    assert {told[replies] for replies in (16, 17, 18, 19)} == {(20, None, None)}
    assert (told[15], told[20]) == ((20, 15, 75), (20, 20, 100))
