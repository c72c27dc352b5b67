"""What sessions cost, by quarter, and thanks: totals, owed until given, told to few."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.sessions_after import record_needs
from coprod_data.commands.sessions_costs import record_costs, record_reach, record_thanks
from coprod_data.permissions import Actor, Invalid, NotAllowed, Refused, Role
from coprod_data.queries.sessions import every_session, session
from coprod_data.queries.sessions_channels import channels
from coprod_data.queries.sessions_costs import bill_of, costs_by_quarter
from coprod_data.queries.work import turns
from coprod_data.rules.session_costs import Costs, Thanks
from coprod_data.rules.session_reach import Reach
from coprod_data.scopes.papers import spent_between
from coprod_data.vocabulary.sessions import (
    NeedsMet,
    SessionChannel,
    SessionKind,
    SessionWay,
    ThanksKind,
    TravelMode,
)
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.builders import NOW, somebody
from tests.helpers.sessions import DAY, a_session, held

A_BILL = Costs(
    miles=42, mode=TravelMode.CAR, meals=9, meals_pence=5400, travel_pence=2160, venue_pence=0
)


def owed(db: Session, actor: Actor) -> list[tuple[int, bool]]:
    return [(row.about, row.late) for row in turns(db, actor) if row.kind is WorkKind.THANKS_OWED]


def test_miles_and_money_are_for_all_and_meals_for_who_counted_them(
    db: Session, worker: Actor, member: Actor
):
    number = held(db, worker)
    record_costs(db, worker, number, costs=A_BILL)
    record_thanks(db, worker, number, ThanksKind.VOUCHER, thanks=Thanks(9, 3, 3))

    mine, theirs = bill_of(db, worker, number), bill_of(db, member, number)

    assert (mine.costs, mine.thanks) == (A_BILL, {ThanksKind.VOUCHER: Thanks(9, 3, 3)})
    assert (theirs.costs, theirs.thanks) == (replace(A_BILL, meals=0), {})  # nobody is counted
    few = held(db, worker, young=2)
    record_costs(db, worker, few, costs=A_BILL)
    assert bill_of(db, worker, few).costs == A_BILL
    parts = [bill_of(db, actor, one).part for actor in (worker, member) for one in (number, few)]
    assert parts == [False, False, False, True]
    told = replace(A_BILL, meals=0, meals_pence=0, travel_pence=0)  # money divides by heads
    assert bill_of(db, member, few).costs == told
    manager = somebody(db, Role.MANAGER)
    for call in (
        lambda: record_costs(db, manager, number, costs=A_BILL),
        lambda: record_thanks(db, manager, number, ThanksKind.VOUCHER, thanks=Thanks()),
        lambda: record_costs(db, member, number, costs=A_BILL),
    ):
        with pytest.raises(NotAllowed):
            call()
    with pytest.raises(Refused):
        record_costs(db, worker, a_session(db, worker), costs=A_BILL)  # it was not held


def test_whether_needs_were_met_is_told_to_all_where_five_came(
    db: Session, worker: Actor, member: Actor
):
    many, few = held(db, worker, young=5), held(db, worker, young=4)
    for number in (many, few):
        record_needs(db, worker, number, needs_met=NeedsMet.PARTLY)

    def told(actor: Actor) -> dict[int, NeedsMet | None]:
        return {row.id: row.needs_met for row in every_session(db, actor)}

    assert told(worker) == {many: NeedsMet.PARTLY, few: NeedsMet.PARTLY}
    for stranger in (member, somebody(db, Role.MANAGER)):
        assert told(stranger) == {many: NeedsMet.PARTLY, few: None}
        assert session(db, stranger, few).row.needs_met is None
    manager = somebody(db, Role.MANAGER)
    own = held(db, manager, young=2)
    record_needs(db, manager, own, needs_met=NeedsMet.ALL)
    assert told(manager)[own] is NeedsMet.ALL
    with pytest.raises(NotAllowed):
        record_needs(db, manager, many, needs_met=NeedsMet.ALL)
    with pytest.raises(Invalid):
        record_needs(db, worker, many, needs_met=None)
    with pytest.raises(Refused):
        record_needs(db, worker, a_session(db, worker), needs_met=NeedsMet.ALL)


def test_a_quarter_adds_up_what_was_recorded(db: Session, worker: Actor, member: Actor):
    for starts_at in (NOW - DAY, NOW - 2 * DAY, datetime(2025, 12, 31, 23, 30, tzinfo=UTC)):
        number = held(db, worker, starts_at=starts_at)
        if starts_at != NOW - 2 * DAY:
            record_costs(db, worker, number, costs=A_BILL)

    few = held(db, worker, young=4)
    record_costs(db, worker, few, costs=replace(A_BILL, venue_pence=100))

    now, before, *_ = costs_by_quarter(db, member)

    assert (now.first, now.sessions, now.recorded, now.miles, now.pence) == (
        date(2026, 1, 1), 3, 2, 84, 7660,
    )  # fmt: skip
    assert (before.first, before.sessions, before.miles) == (date(2025, 10, 1), 1, 42)
    paper = spent_between(db, date(2026, 1, 1), NOW.date())
    assert (paper.pence, paper.miles) == (7660, 84)  # a paper of the Board says the same


def test_thanks_are_owed_until_all_who_took_them_have_them(db: Session, worker: Actor):
    number = held(db, worker)
    kind = ThanksKind.VOUCHER
    for wrong in (Thanks(-1), Thanks(9, 10), Thanks(9, 8, 9), Thanks(2_001)):
        with pytest.raises(Invalid):
            record_thanks(db, worker, number, kind, thanks=wrong)
    with pytest.raises(Invalid):
        record_costs(db, worker, number, costs=Costs(miles=-1))
    assert owed(db, worker) == []

    record_thanks(db, worker, number, kind, thanks=Thanks(9, 8, 5))

    assert owed(db, worker) == [(number, False)]
    later = replace(worker, at=NOW + 30 * DAY)
    assert owed(db, later) == [(number, True)]
    record_thanks(db, later, number, kind, thanks=Thanks(9, 8, 8))
    assert owed(db, later) == []


def test_each_way_of_asking_is_told_time_by_time_and_nothing_is_added_up(
    db: Session, worker: Actor
):
    fair = held(db, worker, kind=SessionKind.STAND, title="At the fair")
    market = held(db, worker, kind=SessionKind.STAND, title="At the market")
    letter = held(db, worker, way=SessionWay.POST, title="A letter", starts_at=NOW - 2 * DAY)
    few = held(db, worker, young=3, kind=SessionKind.STAND, title="In the rain")
    online = held(db, worker, kind=SessionKind.PEER_LED, title="Led by us")
    with pytest.raises(Invalid, match="No more can reply"):
        record_reach(db, worker, fair, reach=Reach(10, 11))
    with pytest.raises(NotAllowed):
        record_reach(db, somebody(db, Role.MANAGER), fair, reach=Reach(10, 1))
    for number, reach in ((fair, Reach(200, 20)), (market, Reach(9, 8)), (letter, Reach(2400, 4)),
                          (few, Reach(6, 5))):  # fmt: skip
        record_reach(db, worker, number, reach=reach)

    told = channels(db, somebody(db, Role.BOARD_MEMBER))
    assert [(row.channel, row.sessions) for row in told] == [
        (SessionChannel.STAND, 3), (SessionChannel.LETTER, 1), (SessionChannel.PEER_LED, 1),
    ]  # fmt: skip
    stand, letters, led = told
    assert {(one.title, one.reached, one.replies, one.per_hundred) for one in stand.times} == {
        ("At the fair", 200, 20, 10), ("At the market", 9, None, None),
        ("In the rain", None, None, None),
    }  # fmt: skip
    assert stand.best is not None and stand.best.session_id == fair  # noqa: PT018
    assert [(one.reached, one.replies) for one in letters.times] == [(2400, None)]
    assert (led.times, led.best, online > 0) == ((), None, True)
