"""Outcomes: who proposes what, and a young person's "not yet"."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.outcomes import co_sign, propose_outcome, say_not_yet
from coprod_data.commands.outcomes_recorded import record_signature
from coprod_data.commands.outcomes_rules import AlreadySigned
from coprod_data.models import (
    CardEntry,
    EntryVersion,
    Event,
    EventText,
    NotYet,
    Outcome,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.entries import EntryKind
from coprod_data.vocabulary.opportunities import InvitationReply, OpportunityState
from coprod_data.vocabulary.outcomes import Side
from tests.helpers.builders import (
    NOW,
    an_entry,
    days_ago,
    holding_the_code,
    somebody,
    the_duty,
    unrecorded,
)
from tests.helpers.working_together import TOLD, Work, a_seat, an_action_of, an_invitation

# Proposing


def test_the_youth_voice_team_may_propose(db: Session, together: Work):
    id_ = propose_outcome(
        db,
        together.worker,
        together.opportunity.id,
        **TOLD,
        what_changed="Every flat has a heater.",
    )

    outcome = db.get_one(Outcome, id_)
    assert (outcome.proposed_by_id, outcome.co_signed_at) == (together.worker.id, None)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.BOARD_MEMBER, Role.CHAIR])
def test_nobody_outside_the_work_proposes(db: Session, together: Work, role: Role):
    with pytest.raises(NotAllowed, match="in this work"):
        propose_outcome(
            db, somebody(db, role), together.opportunity.id, **TOLD, what_changed="All is well."
        )


def test_a_member_who_only_offered_does_not_propose(db: Session, together: Work):
    offered = somebody(db, Role.BOARD_MEMBER)
    an_invitation(db, together.opportunity, offered, reply=InvitationReply.YES)

    with pytest.raises(NotAllowed):
        propose_outcome(db, offered, together.opportunity.id, **TOLD, what_changed="All is well.")


@pytest.mark.parametrize(
    "state", [state for state in OpportunityState if state is not OpportunityState.WORKING]
)
def test_an_outcome_comes_from_work_in_progress(
    db: Session, together: Work, state: OpportunityState
):
    with unrecorded(db):
        together.opportunity.state = state

    with pytest.raises(Refused, match="work in progress"):
        propose_outcome(db, together.worker, together.opportunity.id, **TOLD, what_changed="Done.")


@pytest.mark.usefixtures("outcome")
def test_one_proposal_waits_at_a_time(db: Session, together: Work):
    with pytest.raises(Refused, match="already waiting for signatures"):
        propose_outcome(db, together.worker, together.opportunity.id, **TOLD, what_changed="Again.")


def test_an_outcome_names_only_live_actions_of_its_own_work(db: Session, together: Work):
    elsewhere = an_action_of(db, together, opportunity_id=None)
    dropped = an_action_of(db, together, stage=Stage.DROPPED)
    proposed = an_action_of(db, together, stage=Stage.PROPOSED)

    for action in (elsewhere, dropped, proposed):
        with pytest.raises(Invalid) as refused:
            propose_outcome(
                db,
                together.worker,
                together.opportunity.id,
                **TOLD,
                what_changed="Done.",
                action_ids=[action.id],
            )
        assert refused.value.field == "actions"


def test_an_outcome_says_what_changed(db: Session, together: Work):
    with pytest.raises(Invalid) as refused:
        propose_outcome(db, together.worker, together.opportunity.id, **TOLD, what_changed=" \n ")

    assert refused.value.field == "what_changed"


# Not yet


def test_not_yet_sends_a_proposal_back_and_a_new_one_is_a_new_outcome(
    db: Session, together: Work, outcome: Outcome
):
    co_sign(db, together.member, outcome.id)

    say_not_yet(db, together.author, outcome.id)

    for actor in (together.member, together.author):
        if actor is together.author:
            with pytest.raises(AlreadySigned, match="not yet"):
                co_sign(db, actor, outcome.id)
    assert together.opportunity.state is OpportunityState.WORKING
    again = propose_outcome(
        db, together.worker, together.opportunity.id, **TOLD, what_changed="Now every flat is warm."
    )
    co_sign(db, together.member, again)
    co_sign(db, together.author, again)
    assert again != outcome.id
    assert db.get_one(Outcome, again).co_signed_at == NOW
    assert outcome.co_signed_at is None


def test_the_reason_for_not_yet_is_an_entry_that_waits_at_the_gate(
    db: Session, together: Work, outcome: Outcome
):
    the_duty(db)
    said = "It was bin bags again, zebra."

    id_ = say_not_yet(db, together.author, outcome.id, reason=said, form_id="form-not-yet-1")

    reason = db.get_one(CardEntry, db.get_one(NotYet, id_).reason_entry_id)
    assert (reason.kind, reason.about_id) == (EntryKind.NOT_YET, together.entry.id)
    assert reason.released_at is None
    assert db.scalars(
        sa.select(EntryVersion.thinks).where(EntryVersion.entry_id == reason.id)
    ).all() == [said]
    assert not db.scalars(sa.select(EventText.text).where(EventText.text.contains("zebra"))).all()
    assert not [e for e in db.scalars(sa.select(Event.changes)) if "zebra" in str(e)]


def test_not_yet_needs_no_words(db: Session, together: Work, outcome: Outcome):
    id_ = say_not_yet(db, together.author, outcome.id, reason="  ")

    assert db.get_one(NotYet, id_).reason_entry_id is None


def test_saying_not_yet_twice_is_saying_it_once(db: Session, together: Work, outcome: Outcome):
    the_duty(db)
    ids = {
        say_not_yet(db, together.author, outcome.id, reason="No.", form_id="form-not-yet-2")
        for _ in range(2)
    }

    assert len(ids) == 1
    assert db.scalar(sa.select(sa.func.count(NotYet.id))) == 1


def test_not_yet_after_both_signatures_stands_beside_them(
    db: Session, together: Work, outcome: Outcome
):
    co_sign(db, together.member, outcome.id)
    co_sign(db, together.author, outcome.id)

    say_not_yet(db, together.author, outcome.id)

    assert outcome.co_signed_at == NOW


@pytest.mark.parametrize("who", ["member", "worker"])
def test_staff_cannot_say_not_yet(db: Session, together: Work, outcome: Outcome, who: str):
    actor: Actor = getattr(together, who)

    with pytest.raises(NotAllowed):
        say_not_yet(db, actor, outcome.id)


def test_a_stranger_cannot_say_not_yet(db: Session, together: Work, outcome: Outcome):
    stranger = an_entry(db, together.card, released=True)

    with pytest.raises(NotAllowed):
        say_not_yet(db, holding_the_code(stranger), outcome.id)


def test_nothing_is_signed_while_the_work_is_parked(db: Session, together: Work, outcome: Outcome):
    with unrecorded(db):
        together.opportunity.state = OpportunityState.PARKED

    for actor in (together.member, together.author):
        with pytest.raises(Refused, match="stopped"):
            co_sign(db, actor, outcome.id)


def test_after_one_not_yet_another_young_person_need_not_say_it(
    db: Session, together: Work, outcome: Outcome
):
    other = somebody(db, Role.YOUNG_PERSON)
    a_seat(db, together.opportunity, account=other)
    say_not_yet(db, together.author, outcome.id)

    with pytest.raises(AlreadySigned, match="already"):
        say_not_yet(db, other, outcome.id)


def test_after_both_signatures_each_young_person_may_say_not_yet(
    db: Session, together: Work, outcome: Outcome
):
    other = somebody(db, Role.YOUNG_PERSON)
    a_seat(db, together.opportunity, account=other)
    co_sign(db, together.member, outcome.id)
    co_sign(db, together.author, outcome.id)

    ids = {say_not_yet(db, who, outcome.id) for who in (together.author, other)}

    assert len(ids) == 2


def test_what_is_not_there_is_not_found(db: Session, together: Work):
    with pytest.raises(NotFound):
        propose_outcome(db, together.worker, 4711, **TOLD, what_changed="Nothing.")
    for answer in (co_sign, say_not_yet):
        with pytest.raises(NotFound):
            answer(db, together.author, 4711)


def test_what_both_sides_signed_is_signed(db: Session, together: Work, outcome: Outcome):
    second = somebody(db, Role.MANAGER)
    an_invitation(
        db, together.opportunity, second, reply=InvitationReply.YES, confirmed_at=days_ago(2)
    )
    co_sign(db, together.member, outcome.id)
    co_sign(db, together.author, outcome.id)

    with pytest.raises(AlreadySigned):
        co_sign(db, second, outcome.id)
    with pytest.raises(AlreadySigned):
        record_signature(db, together.worker, outcome.id, side=Side.STAFF, person_id=second.id)
