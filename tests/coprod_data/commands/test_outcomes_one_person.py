"""Two accounts of one person are one adult for both sides of an outcome."""

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.outcomes import co_sign
from coprod_data.commands.outcomes_recorded import (
    record_signature,
    witness_signature,
)
from coprod_data.models import Outcome
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.queries.outcomes import outcomes_to_sign
from coprod_data.vocabulary.outcomes import Side
from tests.helpers.builders import (
    an_entry,
    somebody,
)
from tests.helpers.working_together import (
    Work,
    a_source,
)


@pytest.fixture
def chair(chair_in_the_work: Actor) -> Actor:
    return chair_in_the_work


def test_another_account_of_who_let_them_out_does_not_sign_either(
    db: Session, together: Work, outcome: Outcome, chair: Actor
):
    twin = somebody(db, Role.YOUTH_VOICE, name="Martin  ASHBY")
    a_source(db, together.opportunity, an_entry(
        db, together.card, released=True, released_by_id=twin.id
    ))  # fmt: skip

    with pytest.raises(NotAllowed, match="let out the words"):
        co_sign(db, chair, outcome.id)
    assert outcomes_to_sign(db, chair) == []


def test_two_accounts_of_one_worker_are_not_the_two_of_a_signature_on_paper(
    db: Session, together: Work, outcome: Outcome
):
    one, twin = (somebody(db, Role.YOUTH_VOICE, name=name) for name in ("Jo Fry", "Ms Jo Fry"))
    signed = record_signature(db, one, outcome.id, side=Side.YOUNG, entry_id=together.entry.id)

    with pytest.raises(NotAllowed, match="second worker"):
        witness_signature(db, twin, signed)
