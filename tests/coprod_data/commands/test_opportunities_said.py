"""A yes said aloud in a meeting: written down by the clerk, and no yes until its own press."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.meetings import reply_to_meeting, set_invited
from coprod_data.commands.meetings_heard import end_meeting, start_meeting
from coprod_data.commands.opportunities_joining import (
    confirm_match,
    offer_to_join,
    reply_to_invitation,
)
from coprod_data.commands.opportunities_said import take_back_yes, write_down_yes
from coprod_data.models import CardEntry, Invitation, Opportunity
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.opportunities import opportunity as one_opportunity
from coprod_data.queries.opportunities_said import in_the_room, said_in_meeting
from coprod_data.queries.opportunities_silent import invitations_unanswered
from coprod_data.queries.work import turns
from coprod_data.vocabulary.meetings import MeetingReply
from coprod_data.vocabulary.opportunities import (
    InvitationProgress,
    InvitationReply,
    OpportunityProgress,
)
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.builders import a_person, holding_the_code, somebody
from tests.helpers.meetings import a_meeting
from tests.helpers.working_together import an_invitation

YES, NO = InvitationReply.YES, InvitationReply.NOT_THIS_TIME


@pytest.fixture
def clerk(db: Session) -> Actor:
    return somebody(db, Role.CLERK)


@pytest.fixture
def running(db: Session, clerk: Actor) -> int:
    number = a_meeting(db, clerk, days=0)
    start_meeting(db, clerk, number)
    return number


def said(db: Session, clerk: Actor, running: int, opportunity: Opportunity, who: Actor) -> int:
    return write_down_yes(
        db, clerk, running, opportunity_id=opportunity.id, person_id=who.id
    )  # fmt: skip


def state(db: Session, reader: Actor, opportunity: Opportunity) -> list[InvitationProgress]:
    return [row.state for row in one_opportunity(db, reader, opportunity.id).members]


def test_it_reads_as_said_to_everybody_until_its_member_presses_it(
    db: Session, clerk: Actor, running: int, opportunity: Opportunity, member: Actor
):
    other = somebody(db, Role.BOARD_MEMBER)

    said(db, clerk, running, opportunity, member)

    assert state(db, other, opportunity) == [InvitationProgress.SAID]
    row = one_opportunity(db, other, opportunity.id)
    assert row.state is OpportunityProgress.OPEN  # nobody has offered
    offer_to_join(db, member, opportunity.id)
    assert state(db, other, opportunity) == [InvitationProgress.OFFERED]
    [line] = said_in_meeting(db, other, running)
    assert (line.confirmed, line.may_undo) == (True, False)


def test_no_young_person_can_say_yes_to_it_before_that(
    db: Session, clerk: Actor, running: int, opportunity: Opportunity, member: Actor,
    entry: CardEntry,
):  # fmt: skip
    number = said(db, clerk, running, opportunity, member)

    with pytest.raises(NotFound):
        confirm_match(db, holding_the_code(entry), number, yes=True)

    reply_to_invitation(db, member, number, reply=YES)
    confirm_match(db, holding_the_code(entry), number, yes=True)
    assert one_opportunity(db, member, opportunity.id).state is OpportunityProgress.MATCHED


def test_it_waits_for_its_member_on_their_page_and_for_nobody_as_silent(
    db: Session, clerk: Actor, running: int, opportunity: Opportunity, member: Actor
):
    said(db, clerk, running, opportunity, member)

    mine = [row for row in turns(db, member) if row.kind in (WorkKind.SAID, WorkKind.INVITED)]
    assert [(row.kind, row.about) for row in mine] == [(WorkKind.SAID, opportunity.id)]
    assert invitations_unanswered(db, somebody(db, Role.CHAIR)) == []


def test_its_member_can_say_no_to_it_and_only_those_who_may_know_read_so(
    db: Session, clerk: Actor, running: int, opportunity: Opportunity, member: Actor
):
    number = said(db, clerk, running, opportunity, member)

    reply_to_invitation(db, member, number, reply=NO, reason="I said perhaps.")

    assert state(db, somebody(db, Role.BOARD_MEMBER), opportunity) == []
    assert said_in_meeting(db, somebody(db, Role.BOARD_MEMBER), running) == []
    assert state(db, somebody(db, Role.CHAIR), opportunity) == [InvitationProgress.NOT_THIS_TIME]
    with pytest.raises(Refused, match="change that answer themselves"):
        said(db, clerk, running, opportunity, member)


@pytest.mark.parametrize("reply", [YES, NO, InvitationReply.PASS_TO])
def test_nobody_writes_over_an_answer(
    db: Session, clerk: Actor, running: int, opportunity: Opportunity, member: Actor,
    reply: InvitationReply,
):  # fmt: skip
    invitation = an_invitation(db, opportunity, member, reply=reply)

    with pytest.raises(Refused):
        said(db, clerk, running, opportunity, member)

    assert (invitation.reply, invitation.said_at) == (reply, None)


def test_it_is_taken_back_for_ten_minutes_and_leaves_nothing(
    db: Session, clerk: Actor, running: int, opportunity: Opportunity, member: Actor
):
    number = said(db, clerk, running, opportunity, member)
    late = replace(clerk, at=clerk.at + timedelta(minutes=10))
    with pytest.raises(Refused, match="ten minutes"):
        take_back_yes(db, late, number)
    with pytest.raises(NotAllowed):
        take_back_yes(db, member, number)

    take_back_yes(db, clerk, number)

    assert db.scalar(sa.select(sa.func.count(Invitation.id))) == 0
    with pytest.raises(NotFound):
        take_back_yes(db, clerk, number)


def test_somebody_who_was_asked_before_is_asked_again_once_it_is_taken_back(
    db: Session, clerk: Actor, running: int, opportunity: Opportunity, member: Actor,
    worker: Actor,
):  # fmt: skip
    invitation = an_invitation(db, opportunity, member, asked_by_id=worker.id)

    take_back_yes(db, clerk, said(db, clerk, running, opportunity, member))

    assert state(db, member, opportunity) == [InvitationProgress.INVITED]
    assert invitation.said_meeting_id is None


def test_it_is_not_taken_back_once_it_was_answered(
    db: Session, clerk: Actor, running: int, opportunity: Opportunity, member: Actor
):
    number = said(db, clerk, running, opportunity, member)
    reply_to_invitation(db, member, number, reply=YES)

    with pytest.raises(Refused, match="answered it themselves"):
        take_back_yes(db, clerk, number)


def test_it_is_written_down_on_the_day_of_a_meeting_that_has_begun(
    db: Session, clerk: Actor, running: int, opportunity: Opportunity, member: Actor
):
    ahead = a_meeting(db, clerk, days=9)
    with pytest.raises(Refused, match="Begin the meeting"):
        said(db, clerk, ahead, opportunity, member)
    end_meeting(db, clerk, running)
    tomorrow = replace(clerk, at=clerk.at + timedelta(days=1))
    with pytest.raises(Refused, match="today"):
        said(db, tomorrow, running, opportunity, member)

    said(db, clerk, running, opportunity, member)  # the clerk catches up after the end


def test_only_whoever_keeps_meetings_writes_it_and_never_for_themselves(
    db: Session, clerk: Actor, running: int, opportunity: Opportunity, member: Actor, worker: Actor
):
    for reader in (member, worker, somebody(db, Role.MANAGER), somebody(db, Role.YOUNG_PERSON)):
        with pytest.raises(NotAllowed):
            said(db, reader, running, opportunity, member)
        with pytest.raises(NotAllowed):
            in_the_room(db, reader, running)
    chair = somebody(db, Role.CHAIR)
    with pytest.raises(Invalid, match="yourself"):
        said(db, chair, running, opportunity, chair)
    with pytest.raises(Invalid, match="Board member or an officer"):
        write_down_yes(
            db, clerk, running, opportunity_id=opportunity.id,
            person_id=a_person(db, Role.YOUNG_PERSON).id,
        )  # fmt: skip


def test_it_gives_time_to_answer_again_to_whoever_let_an_invitation_lapse(
    db: Session, clerk: Actor, running: int, opportunity: Opportunity, member: Actor
):
    invitation = an_invitation(
        db, opportunity, member, asked_at=clerk.at - timedelta(days=40)
    )  # fmt: skip

    said(db, clerk, running, opportunity, member)

    reply_to_invitation(db, member, invitation.id, reply=YES)
    assert invitation.reply is YES


def test_those_who_are_there_are_named_first(db: Session, clerk: Actor):
    number = a_meeting(db, clerk, days=0)
    people = [a_person(db, Role.BOARD_MEMBER, name=name) for name in ("Ann", "Bea", "Cem")]
    set_invited(db, clerk, number, person_ids=[one.id for one in people[1:]])
    reply_to_meeting(
        db, clerk, number, reply=MeetingReply.APOLOGIES, person_id=people[1].id, opened=None
    )

    rows = in_the_room(db, clerk, number)

    assert [(row.name, row.away) for row in rows if row.id in {one.id for one in people}] == [
        ("Cem", False), ("Ann", True), ("Bea", True),
    ]  # fmt: skip
