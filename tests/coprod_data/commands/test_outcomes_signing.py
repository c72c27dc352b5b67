"""Together means co-signed: who signs, and what the second signature sets off."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.outcomes import (
    co_sign,
    propose_outcome,
)
from coprod_data.models import (
    CoSignature,
    Event,
    Outcome,
    SafeguardingHold,
)
from coprod_data.permissions import NotAllowed, Role
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.opportunities import InvitationReply
from coprod_data.vocabulary.outcomes import Capacity, Side
from tests.helpers.builders import (
    NOW,
    an_entry,
    an_opportunity,
    days_ago,
    holding_the_code,
    somebody,
    the_public,
    the_system,
    unrecorded,
)
from tests.helpers.working_together import (
    TOLD,
    Work,
    a_seat,
    a_source,
    an_action_of,
    an_invitation,
    holding,
    signatures,
    the_person,
)


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


def test_the_second_signature_moves_the_actions_it_names_and_verifies_the_done_ones(
    db: Session, together: Work
):
    done, going = an_action_of(db, together), an_action_of(db, together, stage=Stage.IN_PROGRESS)
    not_named = an_action_of(db, together)
    id_ = propose_outcome(
        db,
        together.worker,
        together.opportunity.id,
        **TOLD,
        what_changed="Every flat has a heater.",
        action_ids=[done.id, going.id],
    )

    co_sign(db, together.member, id_)
    assert done.stage is Stage.DONE

    co_sign(db, together.author, id_)
    assert (done.stage, done.moved_at) == (Stage.VERIFIED, NOW)
    assert (going.stage, going.moved_at) == (Stage.IN_PROGRESS, NOW)
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
