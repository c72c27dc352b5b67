"""Waits about outcomes: to sign, to confirm a paper signature, and what others still sign."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coprod_data.models import CoSignature, Invitation, Opportunity, Outcome, Person
from coprod_data.queries.work_steps import ME, Statement, wait
from coprod_data.scopes.opportunities import matched
from coprod_data.scopes.outcomes import made_both_sides, signed_by, waits_for_signatures
from coprod_data.vocabulary.opportunities import OpportunityState
from coprod_data.vocabulary.outcomes import Side
from coprod_data.vocabulary.rewordings import BEING_REWORDED
from coprod_data.vocabulary.work import WorkKind

_RECORDER = aliased(Person)
YOUNG_SIGNED = "young_signed"


def outcomes_to_sign_now() -> Statement:
    """Select proposals that wait for this member's or officer's own signature.

    Those of which they made both sides wait for somebody else.
    `note` is YOUNG_SIGNED where a young person has signed already.
    """
    return _proposals(
        WorkKind.SIGN,
        note=sa.case((signed_by(Side.YOUNG), YOUNG_SIGNED), else_=""),
    ).where(
        ~signed_by(Side.STAFF),
        ~made_both_sides(ME),
        Outcome.you_said != BEING_REWORDED,
        Outcome.worked_with != BEING_REWORDED,
        sa.exists().where(
            Invitation.opportunity_id == Outcome.opportunity_id,
            Invitation.person_id == ME,
            matched(),
        ),
    )


def signatures_to_confirm() -> Statement:
    """Select paper signatures that another worker wrote down and a second one confirms."""
    return (
        _proposals(WorkKind.WITNESS, who=_RECORDER.name)
        .join(CoSignature, CoSignature.outcome_id == Outcome.id)
        .join(_RECORDER, _RECORDER.id == CoSignature.recorded_by_id)
        .where(CoSignature.witnessed_by_id.is_(None), CoSignature.recorded_by_id != ME)
    )


def young_signature_under_mine() -> Statement:
    """Select what this person proposed or signed and a young person has not signed."""
    return _mine(WorkKind.WAITS_YOUNG, Side.YOUNG)


def staff_signature_under_mine() -> Statement:
    """Select what this person proposed and a member or officer has not signed."""
    return _mine(WorkKind.WAITS_STAFF, Side.STAFF)


def _mine(kind: WorkKind, side: Side) -> Statement:
    signed = sa.exists().where(CoSignature.outcome_id == Outcome.id, CoSignature.person_id == ME)
    return _proposals(kind).where(
        ~signed_by(side), sa.or_(Outcome.proposed_by_id == ME, signed)
    )  # fmt: skip


def _proposals(kind: WorkKind, **more: object) -> Statement:
    return (
        wait(kind, Opportunity.id, Opportunity.title, Outcome.proposed_at, **more)
        .select_from(Outcome)
        .join(Opportunity, Opportunity.id == Outcome.opportunity_id)
        .where(
            waits_for_signatures(),
            Opportunity.state == OpportunityState.WORKING,
            Outcome.what_changed != BEING_REWORDED,
        )
    )
