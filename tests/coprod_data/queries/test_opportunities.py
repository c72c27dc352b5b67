"""Opportunities as they are read: clocks, derived states and counts."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import NotYet, Opportunity, PromiseTheme, ReportCard
from coprod_data.permissions import Actor, NotAllowed, NotFound, Role
from coprod_data.queries.opportunities import (
    opportunities,
    opportunities_asking_me,
    opportunities_awaiting_members,
    opportunity,
)
from coprod_data.queries.opportunities_counted import tally
from coprod_data.store.database import Database
from coprod_data.vocabulary.opportunities import InvitationReply, OpportunityState
from tests.helpers.builders import (
    NOW,
    a_person,
    a_promise,
    acting,
    add,
    an_entry,
    an_opportunity,
    an_outcome,
    days_ago,
    holding_the_code,
    somebody,
    the_public,
    the_system,
    unrecorded,
)
from tests.helpers.databases import statements
from tests.helpers.working_together import an_invitation, the_person, work

S = OpportunityState
YES = InvitationReply.YES
READERS = [Role.YOUTH_VOICE, Role.MANAGER, Role.BOARD_MEMBER, Role.CHAIR, Role.CLERK]


@pytest.mark.parametrize("role", Role)
def test_staff_of_the_board_read_and_nobody_else(
    db: Session, opportunity_: Opportunity, role: Role
):
    reader = somebody(db, role)
    if role in READERS:
        assert [row.id for row in opportunities(db, reader)] == [opportunity_.id]
        return
    for read in (opportunities, opportunities_awaiting_members, tally):
        with pytest.raises(NotAllowed):
            read(db, reader)
    with pytest.raises(NotAllowed):
        opportunity(db, reader, opportunity_.id)


def test_strangers_read_nothing(db: Session, card: ReportCard, opportunity_: Opportunity):
    for actor in (the_public(), the_system(), holding_the_code(an_entry(db, card))):
        with pytest.raises(NotAllowed):
            opportunities(db, actor)
        with pytest.raises(NotAllowed):
            opportunity(db, actor, opportunity_.id)


def test_what_is_not_there_is_not_found(db: Session, chair: Actor):
    with pytest.raises(NotFound):
        opportunity(db, chair, 4711)


# Clocks


def test_the_oldest_stands_first(db: Session, theme: PromiseTheme, chair: Actor):
    by = a_person(db)
    opened = [an_opportunity(db, theme, by, opened_at=days_ago(n)).id for n in (3, 40, 20)]

    rows = opportunities_awaiting_members(db, chair)

    assert [row.id for row in rows] == [opened[1], opened[2], opened[0]]
    assert [row.days for row in rows] == [40, 20, 3]


def test_what_ended_stands_last_and_the_newest_of_it_first(
    db: Session, theme: PromiseTheme, chair: Actor
):
    by = a_person(db)
    old, new, waiting = (
        an_opportunity(db, theme, by, opened_at=days_ago(days), state=state).id
        for days, state in ((90, S.DECLINED), (60, S.DECLINED), (5, S.OPEN))
    )

    assert [row.id for row in opportunities(db, chair)] == [waiting, new, old]


def test_a_few_of_each_state_are_the_first_of_each(db: Session, theme: PromiseTheme, chair: Actor):
    by = a_person(db)
    parked = [
        an_opportunity(db, theme, by, opened_at=days_ago(days), state=S.PARKED).id
        for days in (9, 7, 8)
    ]
    ended = [
        an_opportunity(db, theme, by, opened_at=days_ago(days), state=S.DECLINED).id
        for days in (9, 7, 8)
    ]

    first = opportunities(db, chair, each=2)

    assert [row.id for row in first] == [parked[0], parked[2], ended[1], ended[2]]
    only = opportunities(db, chair, states=["parked"], each=1)
    assert [row.id for row in only] == [parked[0]]


@pytest.mark.parametrize(
    ("days", "tier"), [(0, 0), (13, 0), (14, 1), (27, 1), (28, 2), (55, 2), (56, 3), (400, 3)]
)
def test_a_wait_passes_the_tiers_at_14_28_and_56_days(
    db: Session, theme: PromiseTheme, chair: Actor, days: int, tier: int
):
    an_opportunity(db, theme, a_person(db), opened_at=days_ago(days))

    (row,) = opportunities(db, chair)

    assert (row.days, row.tier) == (days, tier)


def test_days_are_counted_to_the_actors_moment(db: Session, opportunity_: Opportunity):
    later = acting(a_person(db), Role.CHAIR, at=NOW + timedelta(days=5))

    assert opportunity(db, later, opportunity_.id).days == 15


@pytest.mark.parametrize(("days", "state"), [(20, "invited"), (21, "lapsed"), (90, "lapsed")])
def test_an_invitation_lapses_after_21_days(
    db: Session, opportunity_: Opportunity, chair: Actor, days: int, state: str
):
    member = somebody(db, Role.BOARD_MEMBER)
    an_invitation(db, opportunity_, member, asked_at=days_ago(days))

    (asked,) = opportunity(db, chair, opportunity_.id).members

    assert (asked.state, asked.days) == (state, days)
    assert [row.id for row in opportunities_asking_me(db, member)] == (
        [opportunity_.id] if state == "invited" else []
    )


# States that are read, not stored


def test_a_yes_that_waits_for_a_young_person_reads_offered(
    db: Session, opportunity_: Opportunity, chair: Actor
):
    offer = an_invitation(db, opportunity_, somebody(db, Role.MANAGER), reply=YES)
    assert opportunity(db, chair, opportunity_.id).state == "offered"
    assert opportunities_awaiting_members(db, chair) == []

    with unrecorded(db):
        offer.refused_at = days_ago(1)
    assert opportunity(db, chair, opportunity_.id).state == "open"


def test_outcomes_tell_how_work_reads(db: Session, chair: Actor):
    together = work(db)
    number = together.opportunity.id
    assert opportunity(db, chair, number).state == "working"

    outcome = an_outcome(db, together.opportunity, the_person(db, together.worker))
    assert opportunity(db, chair, number).state == "outcome_proposed"

    not_yet = add(db, NotYet(outcome_id=outcome.id, entry_id=together.entry.id, at=days_ago(1)))
    row = opportunity(db, chair, number)
    assert (row.state, row.disputed) == ("working", True)
    assert not_yet.id

    an_outcome(db, together.opportunity, the_person(db, together.worker), co_signed_at=days_ago(1))
    row = opportunity(db, chair, number)
    assert (row.state, row.disputed) == ("co_signed", False)


def test_the_tally_counts_each_as_it_reads(db: Session, chair: Actor):
    by, (theme, other, *_) = a_person(db), a_promise(db)
    an_opportunity(db, theme, by, opened_at=days_ago(9))
    an_opportunity(db, theme, by, state=S.PARKED, reason="Away.")
    an_opportunity(db, other, by, opened_at=days_ago(30))

    whole, part = tally(db, chair), tally(db, chair, theme_id=theme.id)

    assert (whole.by_state, whole.longest) == ({"open": 2, "parked": 1}, 30)
    assert whole.by_theme == part.by_theme == {theme.id: 2, other.id: 1}
    assert (part.by_state, part.longest) == ({"open": 1, "parked": 1}, 9)


def test_filters_leave_what_is_asked_for(db: Session, theme: PromiseTheme, chair: Actor):
    by, other = a_person(db), a_promise(db)[1]
    open_one = an_opportunity(db, theme, by)
    parked = an_opportunity(db, other, by, state=S.PARKED)

    assert [r.id for r in opportunities(db, chair, theme_id=theme.id)] == [open_one.id]
    assert [r.id for r in opportunities(db, chair, states=["parked"])] == [parked.id]
    assert opportunities(db, chair, page=2) == []


# Size


def test_three_rows_need_as_many_statements_as_one(database: Database, db: Session):
    reader = somebody(db, Role.CHAIR)
    counted = []
    for number in (1, 2):
        for _ in range(number):
            together = work(db)
            an_invitation(db, together.opportunity, somebody(db, Role.MANAGER))
        db.commit()
        with statements(database) as sent, Session(database.engine) as other:
            rows = opportunities(other, reader)
        counted.append((len(rows), len([one for one in sent if one.reads])))

    assert [rows for rows, _ in counted] == [1, 3]
    assert counted[0][1] == counted[1][1] == 5
    assert db.scalar(sa.select(sa.func.count(Opportunity.id))) == 3
