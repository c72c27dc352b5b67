"""Who signs in with a password that perhaps somebody else chose does not sign an outcome."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.outcomes import co_sign, propose_outcome
from coprod_data.models import Outcome, ResetLink
from coprod_data.permissions import Refused
from tests.helpers.builders import add
from tests.helpers.working_together import TOLD, Work


@pytest.mark.parametrize(
    ("days", "by_second", "signs"), [(6, False, False), (6, True, True), (7, False, True)]
)
def test_a_password_that_perhaps_somebody_else_chose_signs_nothing_for_seven_days(
    db: Session, together: Work, outcome: Outcome, days: int, by_second: bool, signs: bool
):
    member, used = together.member, together.member.at - timedelta(days=days)
    made = {"token_hash": "x", "made_at": used, "used_at": used, "set_at": used}
    add(db, ResetLink(person_id=member.id, by_second=by_second, **made))

    with nullcontext() if signs else pytest.raises(Refused, match="you can sign from"):
        co_sign(db, member, outcome.id)
    if not signs:
        with pytest.raises(Refused, match="you can sign from"):
            propose_outcome(db, member, together.opportunity.id, **TOLD, what_changed="Warm.")
