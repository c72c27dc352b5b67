"""Who reviews an audit return: nobody who had a part in it."""

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.audits import (
    review_return,
)
from coprod_data.commands.audits_standards import name_auditors
from coprod_data.models import AuditReturn
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.queries.audits import rounds
from coprod_data.queries.audits_answers import answers_of
from coprod_data.queries.audits_return import audit_return, returns_to_review
from coprod_data.queries.work import turns
from coprod_data.vocabulary.audits import Rater, ReturnState
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.audit_returns import TWO, handed_in, rate
from tests.helpers.builders import somebody


def test_whoever_wrote_down_what_young_auditors_say_does_not_review_it(
    db: Session, manager: Actor, owed: AuditReturn
):
    first, second = somebody(db, Role.YOUTH_VOICE), somebody(db, Role.YOUTH_VOICE)
    chair, lead = somebody(db, Role.CHAIR), somebody(db, Role.SAFEGUARDING)
    twin = somebody(db, Role.YOUTH_VOICE, name=f"Cllr {first.name}")
    handed_in(db, manager, owed)
    rate(db, first, owed, rater=Rater.YOUNG_AUDITORS, plan="")
    auditor = somebody(db, Role.YOUNG_PERSON)
    name_auditors(db, second, owed.id, [auditor.id])
    rate(db, auditor, owed, rater=Rater.YOUNG_AUDITORS, plan="", evidence="")  # written over

    for nobody in (first, twin, chair, lead):
        with pytest.raises(NotAllowed):
            review_return(db, nobody, owed.id)
    assert [row.id for row in returns_to_review(db, second)] == [owed.id]
    assert returns_to_review(db, first) == returns_to_review(db, chair) == []

    for one in (second, twin):
        rate(db, one, owed, 1, rater=Rater.YOUNG_AUDITORS, plan="")
    with pytest.raises(NotAllowed):
        review_return(db, second, owed.id)
    assert [row.id for row in returns_to_review(db, chair)] == [owed.id]
    assert WorkKind.RETURN_REVIEW not in {one.kind for one in turns(db, first)}
    for review in (chair, lead):  # where nobody of the team is left, safeguarding can too
        assert WorkKind.RETURN_REVIEW in {one.kind for one in turns(db, review)}
        assert audit_return(db, review, owed.id).service == "Fostering"
        assert len(answers_of(db, review, owed.id)) == len(TWO)
        assert [row.id for row in rounds(db, review)] == [owed.round_id]
    review_return(db, lead, owed.id)
    assert owed.state is ReturnState.REVIEWED
