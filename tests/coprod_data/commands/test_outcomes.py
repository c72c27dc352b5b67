"""Together means co-signed: who signs which side, and every way round that."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.outcomes import (
    co_sign,
    propose_outcome,
    record_signature,
    say_not_yet,
    witness_signature,
)
from coprod_data.commands.outcomes_rules import AlreadySigned
from coprod_data.models import (
    Action,
    CardEntry,
    CoSignature,
    EntryVersion,
    Event,
    EventText,
    NotYet,
    Outcome,
    SafeguardingHold,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, Refused, Role
from coprod_data.vocabulary import (
    Capacity,
    EntryKind,
    EventKind,
    InvitationReply,
    OpportunityState,
    Side,
    Stage,
)
from tests.builders import (
    NOW,
    a_commitment,
    a_person,
    a_service,
    acting,
    an_action,
    an_entry,
    an_opportunity,
    days_ago,
    holding_the_code,
    somebody,
    the_duty,
    the_public,
    the_system,
    unrecorded,
)
from tests.working_together import (
    Work,
    a_seat,
    a_source,
    an_invitation,
    holding,
    the_person,
    work,
)


@pytest.fixture
def together(db: Session) -> Work:
    return work(db)


@pytest.fixture
def outcome(db: Session, together: Work) -> Outcome:
    id_ = propose_outcome(
        db, together.member, together.opportunity.id, what_changed="Every flat has a heater."
    )
    return db.get_one(Outcome, id_)


def an_action_of(db: Session, together: Work, **fields: object) -> Action:
    owner = a_person(db, Role.MANAGER)
    return an_action(
        db,
        a_commitment(db, together.theme),
        owner,
        a_service(db),
        **{"opportunity_id": together.opportunity.id, "stage": Stage.DONE, **fields},
    )


def signatures(db: Session, outcome: Outcome) -> set[tuple[Side, Capacity]]:
    return {
        (one.side, one.capacity)
        for one in db.scalars(sa.select(CoSignature).where(CoSignature.outcome_id == outcome.id))
    }


# Proposing


def test_the_youth_voice_team_may_propose(db: Session, together: Work):
    id_ = propose_outcome(
        db, together.worker, together.opportunity.id, what_changed="Every flat has a heater."
    )

    outcome = db.get_one(Outcome, id_)
    assert (outcome.proposed_by_id, outcome.co_signed_at) == (together.worker.id, None)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.BOARD_MEMBER, Role.CHAIR])
def test_nobody_outside_the_work_proposes(db: Session, together: Work, role: Role):
    with pytest.raises(NotAllowed, match="in this work"):
        propose_outcome(
            db, somebody(db, role), together.opportunity.id, what_changed="All is well."
        )


def test_a_member_who_only_offered_does_not_propose(db: Session, together: Work):
    offered = somebody(db, Role.BOARD_MEMBER)
    an_invitation(db, together.opportunity, offered, reply=InvitationReply.YES)

    with pytest.raises(NotAllowed):
        propose_outcome(db, offered, together.opportunity.id, what_changed="All is well.")


@pytest.mark.parametrize(
    "state", [state for state in OpportunityState if state is not OpportunityState.WORKING]
)
def test_an_outcome_comes_from_work_in_progress(
    db: Session, together: Work, state: OpportunityState
):
    with unrecorded(db):
        together.opportunity.state = state

    with pytest.raises(Refused, match="work in progress"):
        propose_outcome(db, together.worker, together.opportunity.id, what_changed="Done.")


@pytest.mark.usefixtures("outcome")
def test_one_proposal_waits_at_a_time(db: Session, together: Work):
    with pytest.raises(Refused, match="waits for signatures already"):
        propose_outcome(db, together.worker, together.opportunity.id, what_changed="Again.")


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
                what_changed="Done.",
                action_ids=[action.id],
            )
        assert refused.value.field == "actions"


def test_an_outcome_says_what_changed(db: Session, together: Work):
    with pytest.raises(Invalid) as refused:
        propose_outcome(db, together.worker, together.opportunity.id, what_changed=" \n ")

    assert refused.value.field == "what_changed"


# Signing


def test_it_is_together_only_when_both_sides_have_signed(
    db: Session, together: Work, outcome: Outcome
):
    co_sign(db, together.member, outcome.id)
    assert outcome.co_signed_at is None

    co_sign(db, together.author, outcome.id)
    assert outcome.co_signed_at == NOW
    assert signatures(db, outcome) == {
        (Side.STAFF, Capacity.BOARD_MEMBER),
        (Side.YOUNG, Capacity.AUTHOR),
    }


def test_the_sides_may_sign_in_either_order(db: Session, together: Work, outcome: Outcome):
    co_sign(db, together.author, outcome.id)
    assert outcome.co_signed_at is None

    co_sign(db, together.member, outcome.id)
    assert outcome.co_signed_at == NOW


def test_signing_twice_is_signing_once(db: Session, together: Work, outcome: Outcome):
    for _ in range(2):
        co_sign(db, together.member, outcome.id)

    assert signatures(db, outcome) == {(Side.STAFF, Capacity.BOARD_MEMBER)}
    assert outcome.co_signed_at is None


def test_the_second_signature_verifies_the_done_actions_it_names(db: Session, together: Work):
    done, going = an_action_of(db, together), an_action_of(db, together, stage=Stage.IN_PROGRESS)
    not_named = an_action_of(db, together)
    id_ = propose_outcome(
        db,
        together.worker,
        together.opportunity.id,
        what_changed="Every flat has a heater.",
        action_ids=[done.id, going.id],
    )

    co_sign(db, together.member, id_)
    assert done.stage is Stage.DONE

    co_sign(db, together.author, id_)
    assert (done.stage, done.moved_at) == (Stage.VERIFIED, NOW)
    assert (going.stage, going.moved_at) == (Stage.IN_PROGRESS, days_ago(5))
    assert not_named.stage is Stage.DONE
    verified = sa.select(Event.subject_id).where(Event.kind == EventKind.ACTION_VERIFIED)
    assert db.scalars(verified).all() == [done.id]


def test_an_officer_signs_as_an_officer(db: Session, together: Work, outcome: Outcome):
    officer = somebody(db, Role.MANAGER)
    an_invitation(
        db,
        together.opportunity,
        officer,
        reply=InvitationReply.YES,
        confirmed_at=days_ago(2),
    )

    co_sign(db, officer, outcome.id)

    assert signatures(db, outcome) == {(Side.STAFF, Capacity.OFFICER)}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"reply": InvitationReply.YES},
        {"reply": InvitationReply.NOT_THIS_TIME},
        {"reply": InvitationReply.YES, "refused_at": days_ago(1)},
    ],
    ids=["only asked", "only offered", "not this time", "somebody else was asked for"],
)
def test_only_a_member_a_young_person_said_yes_to_signs_for_staff(
    db: Session, together: Work, outcome: Outcome, fields: dict[str, object]
):
    other = somebody(db, Role.BOARD_MEMBER)
    an_invitation(db, together.opportunity, other, **fields)

    with pytest.raises(NotAllowed):
        co_sign(db, other, outcome.id)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.BOARD_MEMBER, Role.CHAIR])
def test_a_member_of_other_work_does_not_sign(
    db: Session, together: Work, outcome: Outcome, role: Role
):
    elsewhere = an_opportunity(db, together.theme, the_person(db, together.worker))
    stranger = somebody(db, role)
    an_invitation(db, elsewhere, stranger, reply=InvitationReply.YES, confirmed_at=days_ago(2))

    with pytest.raises(NotAllowed):
        co_sign(db, stranger, outcome.id)


@pytest.mark.parametrize("role", [Role.YOUTH_VOICE, Role.SAFEGUARDING, Role.ADMINISTRATOR])
def test_other_staff_never_sign(db: Session, outcome: Outcome, role: Role):
    with pytest.raises(NotAllowed):
        co_sign(db, somebody(db, role), outcome.id)


def test_neither_the_public_nor_the_server_signs(db: Session, outcome: Outcome):
    for actor in (the_public(), the_system()):
        with pytest.raises(NotAllowed):
            co_sign(db, actor, outcome.id)


def test_a_code_of_another_card_does_not_sign(db: Session, together: Work, outcome: Outcome):
    stranger = an_entry(db, together.card, released=True)

    with pytest.raises(NotAllowed, match="young person who is in this work"):
        co_sign(db, holding_the_code(stranger), outcome.id)


def test_a_code_that_said_yes_to_nobody_does_not_sign(
    db: Session, together: Work, outcome: Outcome
):
    other = an_entry(db, together.card, released=True)
    a_source(db, together.opportunity, other)
    a_seat(db, together.opportunity, entry=other, confirmed=False)

    with pytest.raises(NotAllowed):
        co_sign(db, holding_the_code(other), outcome.id)


@pytest.mark.parametrize("what", ["withdrawn", "held"])
def test_a_card_that_is_taken_back_or_held_does_not_sign(
    db: Session, together: Work, outcome: Outcome, what: str
):
    with unrecorded(db):
        if what == "withdrawn":
            together.entry.withdrawn_at = days_ago(1)
        else:
            db.add(
                SafeguardingHold(
                    entry_id=together.entry.id,
                    opened_at=days_ago(1),
                    opened_by_id=together.worker.id,
                )
            )

    with pytest.raises(NotAllowed) as refused:
        co_sign(db, together.author, outcome.id)
    assert "hold" not in refused.value.sentence.lower()


def test_an_account_that_was_invited_signs_as_a_member_of_the_group(
    db: Session, together: Work, outcome: Outcome
):
    young = somebody(db, Role.YOUNG_PERSON)
    a_seat(db, together.opportunity, account=young)

    co_sign(db, young, outcome.id)

    assert signatures(db, outcome) == {(Side.YOUNG, Capacity.GROUP_MEMBER)}


def test_an_account_that_was_not_invited_does_not_sign(db: Session, outcome: Outcome):
    with pytest.raises(NotAllowed):
        co_sign(db, somebody(db, Role.YOUNG_PERSON), outcome.id)


def test_an_account_signs_by_the_card_it_holds_and_is_not_named_for_it(
    db: Session, together: Work, outcome: Outcome
):
    young = somebody(db, Role.YOUNG_PERSON)
    holding(db, young, together.entry)

    co_sign(db, young, outcome.id)

    signed = db.scalars(sa.select(CoSignature)).one()
    assert (signed.entry_id, signed.person_id) == (together.entry.id, None)


# One human signs one side


def test_a_young_chair_signs_the_young_side_alone(db: Session, together: Work, outcome: Outcome):
    chair = somebody(db, Role.CHAIR, Role.YOUNG_PERSON)
    an_invitation(
        db, together.opportunity, chair, reply=InvitationReply.YES, confirmed_at=days_ago(2)
    )

    with pytest.raises(NotAllowed):
        co_sign(db, chair, outcome.id)

    a_seat(db, together.opportunity, account=chair)
    co_sign(db, chair, outcome.id)
    assert signatures(db, outcome) == {(Side.YOUNG, Capacity.GROUP_MEMBER)}
    assert outcome.co_signed_at is None


@pytest.mark.parametrize("by", ["account", "card"])
def test_a_young_person_who_became_a_member_does_not_sign_for_staff_too(
    db: Session, together: Work, outcome: Outcome, by: str
):
    person = a_person(db, Role.BOARD_MEMBER)
    young, member = acting(person, Role.YOUNG_PERSON), acting(person, Role.BOARD_MEMBER)
    if by == "account":
        a_seat(db, together.opportunity, account=young)
    else:
        holding(db, young, together.entry)
    co_sign(db, young, outcome.id)
    an_invitation(
        db, together.opportunity, member, reply=InvitationReply.YES, confirmed_at=days_ago(2)
    )

    with pytest.raises(NotAllowed, match="One person signs one side"):
        co_sign(db, member, outcome.id)
    assert outcome.co_signed_at is None


def test_the_code_of_a_card_that_a_worker_typed_never_signs_alone(
    db: Session, together: Work, outcome: Outcome
):
    with unrecorded(db):
        together.entry.typed_by_id = together.worker.id

    with pytest.raises(NotAllowed, match="worker wrote this card"):
        co_sign(db, together.author, outcome.id)

    young = somebody(db, Role.YOUNG_PERSON)
    holding(db, young, together.entry)
    co_sign(db, young, outcome.id)
    assert signatures(db, outcome) == {(Side.YOUNG, Capacity.AUTHOR)}


def test_a_signed_side_is_signed(db: Session, together: Work, outcome: Outcome):
    second = somebody(db, Role.YOUNG_PERSON)
    a_seat(db, together.opportunity, account=second)
    co_sign(db, together.author, outcome.id)

    with pytest.raises(AlreadySigned):
        co_sign(db, second, outcome.id)


# On paper


def test_a_paper_signature_counts_when_a_second_worker_saw_it_too(
    db: Session, together: Work, outcome: Outcome
):
    second = somebody(db, Role.YOUTH_VOICE)
    co_sign(db, together.member, outcome.id)

    id_ = record_signature(
        db, together.worker, outcome.id, side=Side.YOUNG, entry_id=together.entry.id
    )
    assert outcome.co_signed_at is None

    witness_signature(db, second, id_)
    assert outcome.co_signed_at == NOW
    paper = db.get_one(CoSignature, id_)
    assert (paper.recorded_by_id, paper.witnessed_by_id) == (together.worker.id, second.id)
    assert (paper.entry_id, paper.capacity) == (together.entry.id, Capacity.AUTHOR)


def test_a_member_may_sign_on_paper_too(db: Session, together: Work, outcome: Outcome):
    id_ = record_signature(
        db, together.worker, outcome.id, side=Side.STAFF, person_id=together.member.id
    )
    witness_signature(db, somebody(db, Role.YOUTH_VOICE), id_)

    co_sign(db, together.author, outcome.id)

    assert outcome.co_signed_at == NOW


def test_one_worker_is_not_two(db: Session, together: Work, outcome: Outcome):
    id_ = record_signature(
        db, together.worker, outcome.id, side=Side.YOUNG, entry_id=together.entry.id
    )

    with pytest.raises(NotAllowed, match="second worker"):
        witness_signature(db, together.worker, id_)


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.YOUTH_VOICE])
def test_workers_alone_write_down_and_witness(
    db: Session, together: Work, outcome: Outcome, role: Role
):
    other = somebody(db, role)
    with pytest.raises(NotAllowed):
        record_signature(db, other, outcome.id, side=Side.YOUNG, entry_id=together.entry.id)

    id_ = record_signature(
        db, together.worker, outcome.id, side=Side.YOUNG, entry_id=together.entry.id
    )
    with pytest.raises(NotAllowed):
        witness_signature(db, other, id_)


@pytest.mark.parametrize("first", [True, False], ids=["wrote it down", "saw it"])
@pytest.mark.parametrize("staff_first", [True, False])
def test_neither_worker_of_a_paper_signature_is_the_staff_signatory(
    db: Session, together: Work, outcome: Outcome, first: bool, staff_first: bool
):
    person = a_person(db, Role.YOUTH_VOICE, Role.MANAGER)
    both = acting(person, Role.YOUTH_VOICE, Role.MANAGER)
    an_invitation(
        db, together.opportunity, both, reply=InvitationReply.YES, confirmed_at=days_ago(2)
    )
    one, two = (both, together.worker) if first else (together.worker, both)

    def write_down() -> None:
        id_ = record_signature(db, one, outcome.id, side=Side.YOUNG, entry_id=together.entry.id)
        witness_signature(db, two, id_)

    steps = [lambda: co_sign(db, both, outcome.id), write_down]
    with pytest.raises(NotAllowed, match="cannot also write down"):
        for step in steps if staff_first else reversed(steps):
            step()
    assert outcome.co_signed_at is None


def test_a_worker_does_not_write_down_their_own_staff_signature(
    db: Session, together: Work, outcome: Outcome
):
    person = a_person(db, Role.YOUTH_VOICE, Role.MANAGER)
    both = acting(person, Role.YOUTH_VOICE, Role.MANAGER)
    an_invitation(
        db, together.opportunity, both, reply=InvitationReply.YES, confirmed_at=days_ago(2)
    )

    with pytest.raises(NotAllowed, match="cannot also write down"):
        record_signature(db, both, outcome.id, side=Side.STAFF, person_id=person.id)


def test_paper_signs_only_for_who_is_in_it(db: Session, together: Work, outcome: Outcome):
    stranger = an_entry(db, together.card, released=True)
    account, member = somebody(db, Role.YOUNG_PERSON), somebody(db, Role.BOARD_MEMBER)

    for side, who in (
        (Side.YOUNG, {"entry_id": stranger.id}),
        (Side.YOUNG, {"person_id": account.id}),
        (Side.YOUNG, {"person_id": together.member.id}),
        (Side.STAFF, {"person_id": member.id}),
        (Side.STAFF, {"person_id": account.id}),
        (Side.STAFF, {"entry_id": together.entry.id}),
        (Side.YOUNG, {}),
        (Side.YOUNG, {"entry_id": together.entry.id, "person_id": account.id}),
    ):
        with pytest.raises((NotAllowed, Invalid)):
            record_signature(db, together.worker, outcome.id, side=side, **who)


def test_ones_own_hand_replaces_paper_that_still_waits(
    db: Session, together: Work, outcome: Outcome
):
    record_signature(db, together.worker, outcome.id, side=Side.YOUNG, entry_id=together.entry.id)

    co_sign(db, together.author, outcome.id)

    own = db.scalars(sa.select(CoSignature)).one()
    assert own.recorded_by_id is None


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
        db, together.worker, together.opportunity.id, what_changed="Now every flat is warm."
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
