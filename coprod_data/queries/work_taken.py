"""What somebody took up or said no to, and what came of it."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    CardEntry,
    EntryVersion,
    Invitation,
    NotYet,
    Opportunity,
    Outcome,
)
from coprod_data.models.base import UtcDateTime
from coprod_data.permissions import Actor, Permission
from coprod_data.queries.work_steps import ME, Statement
from coprod_data.rules.clocks import london_day
from coprod_data.rules.statements import statement
from coprod_data.scopes.entries import released, words_for
from coprod_data.scopes.opportunities import disputed, matched, newest_outcome, shown_state
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.opportunities import InvitationReply, OpportunityProgress

ORDER = (
    OpportunityProgress.DISPUTED,
    OpportunityProgress.OUTCOME_PROPOSED,
    OpportunityProgress.WORKING,
    OpportunityProgress.MATCHED,
    OpportunityProgress.CO_SIGNED,
)


@dataclass(frozen=True)
class TakenUp:
    """An opportunity this person is or was in, since when, and what came of it.

    Of one with `said_no` they said "not this time", on the day `since`.

    `came` is what changed, or why it stopped; `review_on` is when it is looked at again. `words`
    are a young person's "not yet", and `public` says whether they may be shown to a room.
    """

    id: int
    title: str
    since: date
    state: OpportunityProgress
    came: str
    review_on: date | None
    words: str
    public: bool
    said_no: bool = False


def taken_up(db: Session, actor: Actor) -> list[TakenUp]:
    """Return what this member or officer took up: sent back first, then going on, signed, stopped;
    last what they said no to.

    Two statements.
    """
    actor.must(Permission.OPPORTUNITIES_REPLY)
    rows = db.execute(_taken(), {"me": actor.id}).all()
    said = {
        outcome_id: (words or "", bool(public))
        for outcome_id, words, public in db.execute(
            _not_yet().where(words_for(actor)),
            {"ids": [row.outcome_id for row in rows if row.outcome_id]},
        )
    }
    found = []
    for row in rows:
        state = OpportunityProgress.DISPUTED if row.disputed else OpportunityProgress(row.shown)
        stopped = state not in ORDER
        words, public = ("", True) if row.said_no else said.get(row.outcome_id, ("", True))
        found.append(
            TakenUp(
                id=row.id,
                title=row.title,
                since=london_day(row.since),
                said_no=bool(row.said_no),
                state=state,
                came=row.reason if stopped else row.what_changed or "",
                review_on=row.review_on if stopped else None,
                words=words,
                public=public,
            )
        )
    place = {state: number for number, state in enumerate(ORDER)}
    return sorted(found, key=lambda one: (
        one.said_no, place.get(one.state, len(ORDER)), one.since, one.id,
    ))  # fmt: skip


@statement
def _taken() -> Statement:
    newest = aliased(Outcome)
    no = Invitation.reply == InvitationReply.NOT_THIS_TIME
    joined = sa.select(
        Invitation.opportunity_id,
        sa.func.coalesce(
            sa.case((no, Invitation.replied_at)), Invitation.confirmed_at, Invitation.asked_at
        ).label("since"),
        no.label("said_no"),
    )
    mine = joined.where(Invitation.person_id == ME, sa.or_(matched(), no)).subquery("mine")
    return (
        sa.select(
            Opportunity.id,
            Opportunity.title,
            Opportunity.reason,
            Opportunity.review_on,
            sa.type_coerce(mine.c.since, UtcDateTime).label("since"),
            mine.c.said_no,
            shown_state().label("shown"),
            disputed().label("disputed"),
            newest.id.label("outcome_id"),
            newest.what_changed,
        )
        .join(mine, mine.c.opportunity_id == Opportunity.id)
        .outerjoin(newest, newest.id == newest_outcome())
    )


@statement
def _not_yet() -> Statement:
    return (
        sa.select(NotYet.outcome_id, EntryVersion.thinks, released(ConsentUse.PUBLIC))
        .join(CardEntry, CardEntry.id == NotYet.reason_entry_id)
        .join(EntryVersion, EntryVersion.id == CardEntry.released_version_id)
        .where(NotYet.outcome_id.in_(sa.bindparam("ids", expanding=True)))
        .order_by(NotYet.id)
    )
