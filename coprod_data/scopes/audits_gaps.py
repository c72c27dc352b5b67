"""What counts as a gap in an audit return, and whether anybody works on it: conditions in SQL."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coprod_data.models import AuditAnswer, OpportunitySource
from coprod_data.vocabulary.audits import APART, Rater


def is_gap() -> sa.ColumnElement[bool]:
    """Return the condition that an answer of a service is a gap to work on.

    It gives a level without evidence, or one that is two above what young auditors give.
    """
    young = aliased(AuditAnswer)
    apart = sa.exists().where(
        young.return_id == AuditAnswer.return_id,
        young.standard_id == AuditAnswer.standard_id,
        young.rater == Rater.YOUNG_AUDITORS,
        AuditAnswer.level - young.level >= APART,
    )
    return sa.and_(
        AuditAnswer.rater == Rater.SERVICE,
        AuditAnswer.level.is_not(None),
        sa.or_(AuditAnswer.evidence == "", apart.correlate(AuditAnswer)),
    )


def is_in_hand(answer: Any = AuditAnswer) -> sa.ColumnElement[bool]:
    """Return the condition that an opportunity came from this answer, whatever became of it."""
    return sa.exists().where(OpportunitySource.audit_answer_id == answer.id)
