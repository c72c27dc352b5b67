"""Signatures on paper: two workers, neither the staff signatory, always shown as on paper."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.outcomes import co_sign
from coprod_data.commands.outcomes_recorded import record_signature, witness_signature
from coprod_data.commands.outcomes_rules import AlreadySigned
from coprod_data.models import (
    CoSignature,
    Outcome,
)
from coprod_data.permissions import Invalid, NotAllowed, NotFound, Role
from coprod_data.vocabulary.opportunities import InvitationReply
from coprod_data.vocabulary.outcomes import Capacity, Side
from tests.helpers.builders import NOW, a_person, acting, an_entry, days_ago, somebody
from tests.helpers.working_together import Work, an_invitation


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


def test_what_is_written_down_or_counts_is_not_written_again(
    db: Session, together: Work, outcome: Outcome
):
    def write_down() -> int:
        return record_signature(
            db, together.worker, outcome.id, side=Side.YOUNG, entry_id=together.entry.id
        )

    second = somebody(db, Role.YOUTH_VOICE)
    id_ = write_down()
    with pytest.raises(AlreadySigned):
        write_down()
    witness_signature(db, second, id_)
    with pytest.raises(AlreadySigned):
        witness_signature(db, second, id_)
    with pytest.raises(NotFound):
        witness_signature(db, second, 4711)
