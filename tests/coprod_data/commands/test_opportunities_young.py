"""A young person says yes to the person who offered, or asks for somebody else."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.opportunities_joining import (
    AlreadyAnswered,
    confirm_match,
    invite_member,
    invite_young_person,
    offer_to_join,
)
from coprod_data.models import (
    CardEntry,
    Event,
    Invitation,
    Opportunity,
    OpportunitySource,
    OpportunityYoung,
    ReportCard,
    SafeguardingHold,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Role
from coprod_data.scopes.opportunities import own_seat
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.opportunities import OpportunityState
from tests.helpers.builders import (
    NOW,
    a_person,
    acting,
    add,
    an_entry,
    days_ago,
    holding_the_code,
    somebody,
    the_public,
    the_system,
    unrecorded,
)
from tests.helpers.working_together import a_seat, holding, seats, the_person

S = OpportunityState


def test_the_author_of_a_source_says_yes_and_it_is_matched(
    db: Session, opportunity: Opportunity, entry: CardEntry, offer: Invitation
):
    confirm_match(db, holding_the_code(entry), offer.id, yes=True)

    assert (opportunity.state, offer.confirmed_at) == (S.MATCHED, NOW)
    assert [(seat.entry_id, seat.confirmed_at) for seat in seats(db, opportunity)] == [
        (entry.id, NOW)
    ]


def test_an_author_on_a_source_card_says_yes_too(
    db: Session, opportunity: Opportunity, card: ReportCard, offer: Invitation
):
    add(db, OpportunitySource(opportunity_id=opportunity.id, report_card_id=card.id))
    other = an_entry(db, card, released=True)

    confirm_match(db, holding_the_code(other), offer.id, yes=True)

    assert [seat.entry_id for seat in seats(db, opportunity)] == [other.id]


def test_a_holder_of_the_card_says_yes_by_the_card(
    db: Session, opportunity: Opportunity, entry: CardEntry, offer: Invitation
):
    young = somebody(db, Role.YOUNG_PERSON)
    holding(db, young, entry)

    confirm_match(db, young, offer.id, yes=True)

    (seat,) = seats(db, opportunity)
    assert (seat.entry_id, seat.person_id) == (entry.id, None)


def test_an_account_that_was_invited_says_yes(
    db: Session, opportunity: Opportunity, worker: Actor, offer: Invitation
):
    young = somebody(db, Role.YOUNG_PERSON)
    for _ in range(2):
        invite_young_person(db, worker, opportunity.id, young.id)

    confirm_match(db, young, offer.id, yes=True)

    (seat,) = seats(db, opportunity)
    assert (seat.person_id, seat.invited_at, seat.confirmed_at) == (young.id, NOW, NOW)


def test_a_second_young_person_joins_by_saying_yes_too(
    db: Session, opportunity: Opportunity, entry: CardEntry, worker: Actor, offer: Invitation
):
    young = somebody(db, Role.YOUNG_PERSON)
    invite_young_person(db, worker, opportunity.id, young.id)

    for actor in (holding_the_code(entry), young, young):
        confirm_match(db, actor, offer.id, yes=True)

    assert len(seats(db, opportunity)) == 2


def test_strangers_to_the_words_say_nothing(
    db: Session, card: ReportCard, entry: CardEntry, offer: Invitation
):
    other = an_entry(db, card, released=True)
    uninvited = somebody(db, Role.YOUNG_PERSON)

    for actor in (holding_the_code(other), uninvited):
        with pytest.raises(NotFound, match="nothing to answer"):
            confirm_match(db, actor, offer.id, yes=True)
    for role in (Role.YOUTH_VOICE, Role.CHAIR, Role.BOARD_MEMBER, Role.MANAGER):
        with pytest.raises(NotAllowed):
            confirm_match(db, somebody(db, role), offer.id, yes=True)
    assert entry.id


@pytest.mark.parametrize("what", ["raw", "taken back", "held"])
def test_a_card_that_is_not_let_out_answers_nothing(
    db: Session, entry: CardEntry, offer: Invitation, worker: Actor, what: str
):
    with unrecorded(db):
        if what == "raw":
            entry.released_at = entry.place = None
        elif what == "taken back":
            entry.withdrawn_at = days_ago(1)
        else:
            hold = SafeguardingHold(
                entry_id=entry.id, opened_at=days_ago(1), opened_by_id=worker.id
            )
            db.add(hold)

    with pytest.raises(NotFound, match="nothing to answer"):
        confirm_match(db, holding_the_code(entry), offer.id, yes=True)


def test_nobody_says_yes_to_who_did_not(
    db: Session, opportunity: Opportunity, entry: CardEntry, worker: Actor, member: Actor
):
    asked = invite_member(db, worker, opportunity.id, member.id)

    with pytest.raises(NotFound):
        confirm_match(db, holding_the_code(entry), asked, yes=True)
    assert seats(db, opportunity) == []


def test_asking_for_somebody_else_is_a_no_that_stands(
    db: Session, opportunity: Opportunity, entry: CardEntry, offer: Invitation
):
    author = holding_the_code(entry)

    confirm_match(db, author, offer.id, yes=False)

    assert (opportunity.state, offer.refused_at, offer.confirmed_at) == (S.OPEN, NOW, None)
    assert seats(db, opportunity) == []
    with pytest.raises(AlreadyAnswered):
        confirm_match(db, author, offer.id, yes=True)


def test_a_yes_may_become_a_no_until_the_work_begins(
    db: Session, opportunity: Opportunity, entry: CardEntry, offer: Invitation
):
    author = holding_the_code(entry)
    confirm_match(db, author, offer.id, yes=True)

    confirm_match(db, author, offer.id, yes=False)

    assert (opportunity.state, offer.confirmed_at) == (S.OPEN, None)


def test_once_the_work_has_begun_a_worker_helps(
    db: Session, opportunity: Opportunity, entry: CardEntry, offer: Invitation
):
    author = holding_the_code(entry)
    confirm_match(db, author, offer.id, yes=True)
    with unrecorded(db):
        opportunity.state = S.WORKING

    with pytest.raises(AlreadyAnswered, match="Youth Voice worker"):
        confirm_match(db, author, offer.id, yes=False)


def test_the_youth_voice_team_alone_invites_young_people(
    db: Session, opportunity: Opportunity, worker: Actor
):
    young = a_person(db, Role.YOUNG_PERSON)
    for role in Role:
        if role is not Role.YOUTH_VOICE:
            with pytest.raises(NotAllowed):
                invite_young_person(db, somebody(db, role), opportunity.id, young.id)
    for other in (a_person(db, Role.BOARD_MEMBER), a_person(db)):
        with pytest.raises(Invalid):
            invite_young_person(db, worker, opportunity.id, other.id)


def test_nobody_invites_themselves_among_the_young(db: Session, opportunity: Opportunity):
    person = a_person(db, Role.YOUTH_VOICE, Role.YOUNG_PERSON)
    both = acting(person, Role.YOUTH_VOICE, Role.YOUNG_PERSON)

    with pytest.raises(Invalid):
        invite_young_person(db, both, opportunity.id, person.id)


def test_an_invited_account_alone_is_not_yet_in_it(db: Session, opportunity: Opportunity):
    young = somebody(db, Role.YOUNG_PERSON)
    a_seat(db, opportunity, account=young, confirmed=False)

    assert seats(db, opportunity) == []


def test_the_clock_is_the_actors_own(db: Session, opportunity: Opportunity, member: Actor):
    later = NOW + timedelta(days=3)
    invitation = db.get_one(
        Invitation,
        offer_to_join(
            db, acting(the_person(db, member), Role.BOARD_MEMBER, at=later), opportunity.id
        ),
    )

    assert invitation.replied_at == later


def test_each_answer_leaves_its_event(
    db: Session, entry: CardEntry, member: Actor, offer: Invitation
):
    confirm_match(db, holding_the_code(entry), offer.id, yes=True)

    kinds = db.execute(sa.select(Event.kind, Event.actor_id).order_by(Event.id)).all()
    assert [tuple(row) for row in kinds] == [
        (EventKind.MEMBER_OFFERED, member.id),
        (EventKind.MATCH_CONFIRMED, entry.id),
    ]


def test_who_is_nobody_has_no_seat(db: Session, opportunity: Opportunity, entry: CardEntry):
    a_seat(db, opportunity, entry=entry)

    for actor in (the_public(), the_system()):
        assert db.scalars(sa.select(OpportunityYoung.id).where(own_seat(actor))).all() == []
