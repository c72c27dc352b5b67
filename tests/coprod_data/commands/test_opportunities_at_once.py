"""Two people, or one person in two tabs, at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.opportunities_joining import AlreadyAnswered, offer_to_join
from coprod_data.commands.outcomes import co_sign, propose_outcome
from coprod_data.models import CoSignature, Invitation, Outcome
from coprod_data.permissions import Refused, Role
from coprod_data.store.database import Database
from coprod_data.vocabulary.opportunities import OpportunityState
from tests.helpers.builders import somebody
from tests.helpers.working_together import TOLD, work

Step = Callable[[Session], object]


def at_once(database: Database, *steps: Step) -> list[str]:
    """Run each step in its own transaction, all started together. Returns what was refused."""
    start = Barrier(len(steps))

    def run(step: Step) -> str:
        start.wait()
        with Session(database.engine, expire_on_commit=False) as db:
            db.info["keys"] = database.keys
            try:
                step(db)
            except Refused as refused:
                return type(refused).__name__
            db.commit()
        return ""

    with ThreadPoolExecutor(len(steps)) as pool:
        return sorted(pool.map(run, steps))


def test_one_member_in_two_tabs_offers_once(database: Database, db: Session):
    together = work(db, OpportunityState.OPEN)
    member = somebody(db, Role.MANAGER)
    db.commit()

    def offer(other: Session) -> None:
        offer_to_join(other, member, together.opportunity.id)

    assert at_once(database, offer, offer, offer) == ["", *[AlreadyAnswered.__name__] * 2]
    offers = sa.select(sa.func.count(Invitation.id)).where(Invitation.person_id == member.id)
    assert db.scalar(offers) == 1


def test_two_members_may_offer_at_the_same_moment(database: Database, db: Session):
    together = work(db, OpportunityState.OPEN)
    members = [somebody(db, Role.MANAGER) for _ in range(2)]
    db.commit()

    refused = at_once(
        database,
        *(
            lambda other, member=member: offer_to_join(other, member, together.opportunity.id)
            for member in members
        ),
    )

    assert refused == ["", ""]


def test_both_sides_signing_at_the_same_moment_make_it_together(database: Database, db: Session):
    together = work(db)
    id_ = propose_outcome(
        db, together.member, together.opportunity.id, **TOLD, what_changed="Every flat is warm."
    )
    db.commit()

    refused = at_once(
        database,
        lambda other: co_sign(other, together.member, id_),
        lambda other: co_sign(other, together.author, id_),
    )

    assert refused == ["", ""]
    db.expire_all()
    assert db.get_one(Outcome, id_).co_signed_at is not None
    assert db.scalar(sa.select(sa.func.count(CoSignature.id))) == 2


def test_two_proposals_at_the_same_moment_are_one(database: Database, db: Session):
    together = work(db)
    db.commit()

    def propose(other: Session) -> None:
        propose_outcome(
            other, together.worker, together.opportunity.id, **TOLD, what_changed="It is warm."
        )

    assert at_once(database, propose, propose) == ["", "Refused"]
