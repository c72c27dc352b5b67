"""Opportunities: worded, reviewed, opened and worked on."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.opportunities import (
    add_source,
    open_opportunity,
    review_opportunity,
    reword_opportunity,
    start_working,
    suggest_opportunity,
)
from coprod_data.commands.opportunities_endings import (
    close_opportunity,
    decline_opportunity,
    park_opportunity,
    reopen_opportunity,
)
from coprod_data.commands.opportunities_rules import NoLongerOpen
from coprod_data.models import (
    Group,
    GroupMeeting,
    Opportunity,
    PromiseTheme,
    ReportCard,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.opportunities import opportunity
from coprod_data.vocabulary.groups import GroupKind
from coprod_data.vocabulary.opportunities import InvitationReply, OpportunityState
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_person,
    add,
    an_entry,
    an_opportunity,
    days_ago,
    somebody,
    unrecorded,
)
from tests.helpers.working_together import WORDED, an_invitation, sources, the_person, work

S = OpportunityState
TOMORROW = TODAY + timedelta(days=1)


# Wording, sources, review, opening


def test_an_opportunity_may_be_worded_anew_before_the_work_begins(
    db: Session, spotted: Opportunity, worker: Actor
):
    reword_opportunity(db, worker, spotted.id, wording=replace(WORDED, title="Furnish every flat"))
    assert spotted.title == "Furnish every flat"

    with unrecorded(db):
        spotted.state = S.WORKING
    with pytest.raises(NoLongerOpen, match="It now reads: Working on it together"):
        reword_opportunity(db, worker, spotted.id, wording=WORDED)


def test_what_is_open_stays_whole(db: Session, spotted: Opportunity, worker: Actor):
    open_opportunity(db, worker, spotted.id)

    with pytest.raises(Invalid) as refused:
        reword_opportunity(db, worker, spotted.id, wording=replace(WORDED, power_shared=""))

    assert refused.value.field == "power_shared"


def test_a_source_may_be_named_later_and_once(
    db: Session, spotted: Opportunity, card: ReportCard, worker: Actor
):
    entry = an_entry(db, card, released=True)

    for _ in range(2):
        add_source(db, worker, spotted.id, entry_id=entry.id)

    assert [source.entry_id for source in sources(db, spotted.id)] == [None, entry.id]


def test_a_source_is_exactly_one_thing(
    db: Session, spotted: Opportunity, card: ReportCard, worker: Actor
):
    entry = an_entry(db, card, released=True)

    with pytest.raises(Invalid):
        add_source(db, worker, spotted.id)
    with pytest.raises(Invalid):
        add_source(db, worker, spotted.id, entry_id=entry.id, report_card_id=card.id)


def test_a_group_reviews_and_then_it_opens_with_its_clock(
    db: Session, spotted: Opportunity, worker: Actor
):
    group = add(db, Group(name="Action Group", kind=GroupKind.ACTION))
    meeting = add(db, GroupMeeting(group_id=group.id, met_on=TODAY))

    with pytest.raises(Invalid, match="after today"):
        review_opportunity(db, worker, spotted.id, meeting_id=meeting.id, review_on=TODAY)
    soon, later = TODAY + timedelta(days=28), TODAY + timedelta(days=56)
    review_opportunity(db, worker, spotted.id, meeting_id=meeting.id, review_on=soon)
    row = opportunity(db, worker, spotted.id)
    assert (spotted.state, row.reviewed_by, row.reviewed_on) == (S.REVIEWED, group.name, TODAY)
    assert row.review_on == soon

    open_opportunity(db, worker, spotted.id)
    assert (spotted.state, spotted.opened_at) == (S.OPEN, NOW)
    review_opportunity(db, worker, spotted.id, meeting_id=meeting.id, review_on=later)
    row = opportunity(db, worker, spotted.id)
    assert (spotted.state, row.review_on) == (S.OPEN, later)  # looked at again, and as open
    with pytest.raises(NoLongerOpen):
        open_opportunity(db, worker, spotted.id)


def test_only_a_meeting_that_was_held_reviews(db: Session, spotted: Opportunity, worker: Actor):
    with pytest.raises(NotFound):
        review_opportunity(db, worker, spotted.id, meeting_id=4711, review_on=TOMORROW)


@pytest.mark.parametrize(
    "field", ["time_needed", "when_and_how", "power_shared", "support", "expenses"]
)
def test_nothing_opens_before_people_know_what_they_join(
    db: Session, theme: PromiseTheme, worker: Actor, field: str
):
    id_ = suggest_opportunity(db, worker, theme_id=theme.id, wording=replace(WORDED, **{field: ""}))

    with pytest.raises(Invalid) as refused:
        open_opportunity(db, worker, id_)

    assert refused.value.field == field


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.YOUTH_VOICE, Role.CHAIR)]
)
def test_the_youth_voice_team_and_the_chair_alone_steer(
    db: Session, spotted: Opportunity, role: Role
):
    other = somebody(db, role)
    steps = [
        lambda: reword_opportunity(db, other, spotted.id, wording=WORDED),
        lambda: add_source(db, other, spotted.id, entry_id=1),
        lambda: review_opportunity(db, other, spotted.id, meeting_id=1, review_on=TOMORROW),
        lambda: open_opportunity(db, other, spotted.id),
        lambda: start_working(db, other, spotted.id),
        lambda: park_opportunity(db, other, spotted.id, reason="x", review_on=TODAY),
        lambda: decline_opportunity(db, other, spotted.id, reason="x"),
        lambda: reopen_opportunity(db, other, spotted.id),
        lambda: close_opportunity(db, other, spotted.id),
    ]

    for step in steps:
        with pytest.raises(NotAllowed):
            step()


# Working


def test_the_work_begins_with_both_sides(db: Session):
    together = work(db, S.MATCHED)

    start_working(db, together.worker, together.opportunity.id)

    assert (together.opportunity.state, together.opportunity.working_at) == (S.WORKING, NOW)


def test_staff_alone_cannot_begin(db: Session, theme: PromiseTheme, worker: Actor):
    opportunity = an_opportunity(db, theme, the_person(db, worker))
    an_invitation(
        db,
        opportunity,
        somebody(db, Role.BOARD_MEMBER),
        reply=InvitationReply.YES,
        confirmed_at=days_ago(1),
    )

    with pytest.raises(Refused, match="young person has said yes"):
        start_working(db, worker, opportunity.id)


def test_work_does_not_begin_on_a_card_that_was_taken_back(db: Session):
    together = work(db, S.MATCHED)
    with unrecorded(db):
        together.entry.withdrawn_at = days_ago(1)

    with pytest.raises(Refused, match="young person has said yes"):
        start_working(db, together.worker, together.opportunity.id)


@pytest.mark.parametrize("what", ["account closed", "role ended", "turned young"])
def test_work_needs_a_member_who_still_is_one(db: Session, what: str):
    together = work(db, S.MATCHED)
    member = the_person(db, together.member)
    with unrecorded(db):
        if what == "account closed":
            member.disabled_at = days_ago(1)
        elif what == "role ended":
            db.execute(sa.text("UPDATE role_grant SET ended_at = given_at WHERE person_id = :id"),
                       {"id": member.id})  # fmt: skip
        else:
            grant = a_person(db, Role.YOUNG_PERSON)
            db.execute(sa.text("UPDATE role_grant SET person_id = :id WHERE person_id = :other"),
                       {"id": member.id, "other": grant.id})  # fmt: skip

    with pytest.raises(Refused, match="member or officer"):
        start_working(db, together.worker, together.opportunity.id)
