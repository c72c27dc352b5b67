"""Waits about opportunities: to answer, to ask a young person, to start, to take up, to open, to
look at again.
"""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coprod_data.models import Invitation, Opportunity, Person
from coprod_data.queries.work_steps import ASKED_AFTER, ME, TODAY, Statement, wait
from coprod_data.scopes.opportunities import (
    matched,
    of_somebody_here,
    said_aloud,
    said_yes,
    shown_state,
)
from coprod_data.vocabulary.opportunities import (
    JOINABLE,
    LOOKED_AT_AGAIN,
    OpportunityProgress,
    OpportunityState,
)
from coprod_data.vocabulary.work import WorkKind

_ASKER = aliased(Person)


def invitations_to_answer() -> Statement:
    """Select opportunities that this person was asked to join and may still answer in time."""
    return (
        wait(
            WorkKind.INVITED, Opportunity.id, Opportunity.title, Invitation.asked_at,
            who=sa.func.coalesce(_ASKER.name, ""), note=Opportunity.help_wanted,
        )
        .join(Invitation, Invitation.opportunity_id == Opportunity.id)
        .outerjoin(_ASKER, _ASKER.id == Invitation.asked_by_id)
        .where(Invitation.person_id == ME, Invitation.said_at.is_(None), *_unanswered())
    )  # fmt: skip


def yes_to_confirm() -> Statement:
    """Select opportunities to which this person said yes in a meeting and has not pressed it."""
    return (
        wait(
            WorkKind.SAID, Opportunity.id, Opportunity.title, Invitation.said_at,
            note=Opportunity.help_wanted,
        )
        .join(Invitation, Invitation.opportunity_id == Opportunity.id)
        .where(Invitation.person_id == ME, said_aloud(), *_unanswered())
    )  # fmt: skip


def offers_to_settle() -> Statement:
    """Select offers that wait for a young person's yes, which the Youth Voice Team asks for."""
    return _offers(WorkKind.OFFERED)


def work_to_start() -> Statement:
    """Select opportunities with a member and a young person that nobody has started yet."""
    return wait(
        WorkKind.BEGIN, Opportunity.id, Opportunity.title, _since_matched()
    ).where(Opportunity.state == OpportunityState.MATCHED)  # fmt: skip


def opportunities_to_review() -> Statement:
    """Select opportunities to look at again, parked ones too, because the day for that has come."""
    return wait(
        WorkKind.LOOK_AGAIN, Opportunity.id, Opportunity.title, sa.null(),
        due_on=Opportunity.review_on, late=Opportunity.review_on < TODAY,
    ).where(Opportunity.review_on <= TODAY, Opportunity.state.in_(LOOKED_AT_AGAIN))  # fmt: skip


def answers_to_me() -> Statement:
    """Select people whom this person asked and who may still answer in time."""
    return (
        wait(
            WorkKind.WAITS_ANSWER, Opportunity.id, Opportunity.title, Invitation.asked_at,
            who=Person.name,
        )
        .join(Invitation, Invitation.opportunity_id == Opportunity.id)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.asked_by_id == ME, *_unanswered())
    )  # fmt: skip


def yes_to_me() -> Statement:
    """Select what this person offered to do and no young person has said yes to."""
    return _offers(WorkKind.WAITS_YES).where(Invitation.person_id == ME)


def start_of_mine() -> Statement:
    """Select what this person is in and may begin."""
    mine = sa.exists().where(
        Invitation.opportunity_id == Opportunity.id, Invitation.person_id == ME, matched()
    )
    begins = wait(WorkKind.WAITS_START, Opportunity.id, Opportunity.title, _since_matched())
    return begins.where(Opportunity.state == OpportunityState.MATCHED, mine)


def members_for_mine() -> Statement:
    """Select what this person suggested and nobody has taken up."""
    return wait(
        WorkKind.WAITS_MEMBER, Opportunity.id, Opportunity.title, Opportunity.opened_at
    ).where(Opportunity.spotted_by_id == ME, shown_state() == OpportunityProgress.OPEN)  # fmt: skip


def opening_of_mine() -> Statement:
    """Select what this person suggested and nobody has opened to members."""
    suggested = (OpportunityState.SPOTTED, OpportunityState.REVIEWED)
    return wait(
        WorkKind.WAITS_OPENING, Opportunity.id, Opportunity.title, Opportunity.spotted_at
    ).where(Opportunity.spotted_by_id == ME, Opportunity.state.in_(suggested))  # fmt: skip


def _offers(kind: WorkKind) -> Statement:
    offered_at = sa.func.coalesce(Invitation.replied_at, Invitation.asked_at)
    return (
        wait(kind, Opportunity.id, Opportunity.title, offered_at, who=Person.name)
        .join(Invitation, Invitation.opportunity_id == Opportunity.id)
        .join(Person, Person.id == Invitation.person_id)
        .where(
            said_yes(),
            of_somebody_here(),
            Invitation.confirmed_at.is_(None),
            Opportunity.state.in_(JOINABLE),
        )
    )


def _unanswered() -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Invitation.reply.is_(None),
        of_somebody_here(),
        Invitation.asked_at > ASKED_AFTER,
        Opportunity.state.in_(JOINABLE),
    )


def _since_matched() -> sa.ColumnElement[object]:
    """Return when the first member was said yes to."""
    joined = aliased(Invitation)
    first = (
        sa.select(sa.func.min(joined.confirmed_at))
        .where(joined.opportunity_id == Opportunity.id, joined.refused_at.is_(None))
        .correlate(Opportunity)
        .scalar_subquery()
    )
    return sa.func.coalesce(first, Opportunity.opened_at, Opportunity.spotted_at)
