"""A draft holds all that was typed, also what is longer than its form will save."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.drafts import LONGEST_DRAFT, keep_draft, keep_draft_of_tab
from coprod_data.models import Draft
from coprod_data.permissions import Invalid, Role
from coprod_data.rules.pasted_promise import LONGEST_PASTED
from coprod_data.rules.texts import LONGEST
from tests.helpers.builders import somebody


@pytest.mark.parametrize("letters", [LONGEST + 200, LONGEST_PASTED + 200, LONGEST_DRAFT])
def test_a_draft_longer_than_its_form_takes_is_whole(db: Session, letters: int):
    worker = somebody(db, Role.YOUTH_VOICE)
    typed = ("We ask you first. " * letters)[:letters].strip()

    keep_draft(db, worker, "add", "thinks", typed)
    keep_draft_of_tab(db, worker, "group", "1:terms", typed, showed="", before=None)

    assert set(db.scalars(sa.select(Draft.text))) == {typed}


def test_what_no_draft_can_hold_is_refused_and_never_cut(db: Session):
    worker = somebody(db, Role.YOUTH_VOICE)
    keep_draft(db, worker, "add", "thinks", "My room is cold")

    with pytest.raises(Invalid, match="take out 1\\."):
        keep_draft(db, worker, "add", "thinks", "a" * (LONGEST_DRAFT + 1))

    assert list(db.scalars(sa.select(Draft.text))) == ["My room is cold"]
