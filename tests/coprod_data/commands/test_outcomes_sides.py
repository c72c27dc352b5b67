"""One person signs one side, and a card typed by a worker cannot sign by its code only."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.outcomes import (
    co_sign,
    say_not_yet,
)
from coprod_data.commands.outcomes_rules import AlreadySigned
from coprod_data.models import (
    NotYet,
    Outcome,
)
from coprod_data.permissions import NotAllowed, Role
from coprod_data.vocabulary.opportunities import InvitationReply
from coprod_data.vocabulary.outcomes import Capacity, Side
from tests.helpers.builders import a_person, acting, days_ago, somebody, unrecorded
from tests.helpers.working_together import Work, a_seat, an_invitation, holding, signatures


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

    with pytest.raises(NotAllowed, match="sign for one side only"):
        co_sign(db, member, outcome.id)
    assert outcome.co_signed_at is None


def test_the_code_of_a_card_that_a_worker_typed_says_neither_yes_nor_not_yet(
    db: Session, together: Work, outcome: Outcome
):
    with unrecorded(db):
        together.entry.typed_by_id = together.worker.id

    with pytest.raises(NotAllowed, match="worker wrote this card"):
        co_sign(db, together.author, outcome.id)
    with pytest.raises(NotAllowed, match="write back to us"):
        say_not_yet(db, together.author, outcome.id, reason="It is cold.", form_id="f")
    assert db.scalars(sa.select(NotYet)).all() == []

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
