"""What members were asked, offered and took up: for the chair alone, and without their noes."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.models import Opportunity, PromiseTheme
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.queries.opportunities_shares import ShareRow, shares
from coprod_data.vocabulary.opportunities import InvitationReply
from tests.helpers.builders import NOW, a_person, an_opportunity, somebody
from tests.helpers.working_together import an_invitation

YES, NO = InvitationReply.YES, InvitationReply.NOT_THIS_TIME


def another(db: Session, beside: Opportunity) -> Opportunity:
    theme = db.get_one(PromiseTheme, beside.theme_id)
    return an_opportunity(db, theme, a_person(db, Role.YOUTH_VOICE))


def of(db: Session, person: Actor) -> ShareRow:
    return next(row for row in shares(db, somebody(db, Role.CHAIR)) if row.id == person.id)


def counted(row: ShareRow) -> tuple[int, int, int]:
    return row.asked, row.offered, row.taken


def test_asked_offered_and_taken_are_counted_each(
    db: Session, opportunity_: Opportunity, member: Actor, worker: Actor
):
    an_invitation(db, opportunity_, member, asked_by_id=worker.id)
    an_invitation(db, another(db, opportunity_), member, reply=YES)
    an_invitation(db, another(db, opportunity_), member, reply=YES, confirmed_at=NOW)

    assert counted(of(db, member)) == (1, 2, 1)


def test_a_no_counts_as_asked_only_and_somebody_else_wanted_as_nothing(
    db: Session, opportunity_: Opportunity, member: Actor, worker: Actor
):
    an_invitation(db, opportunity_, member, asked_by_id=worker.id, reply=NO)
    an_invitation(db, another(db, opportunity_), member, reply=YES, refused_at=NOW)

    assert counted(of(db, member)) == (1, 0, 0)


def test_what_is_older_than_a_year_does_not_count(
    db: Session, opportunity_: Opportunity, member: Actor, worker: Actor
):
    before = NOW - timedelta(days=366)
    an_invitation(
        db, opportunity_, member, asked_by_id=worker.id, asked_at=before, reply=YES,
        confirmed_at=before,
    )  # fmt: skip

    row = of(db, member)

    assert (counted(row), row.never_asked) == ((0, 0, 0), True)


def test_members_come_first_and_of_them_those_who_were_never_asked(
    db: Session, opportunity_: Opportunity, member: Actor, worker: Actor
):
    an_invitation(db, opportunity_, member, asked_by_id=worker.id)
    quiet = a_person(db, Role.BOARD_MEMBER, name="Zoe")
    officer = a_person(db, Role.MANAGER, name="Abe")
    gone = a_person(db, Role.BOARD_MEMBER, disabled_at=NOW)

    found = [row.id for row in shares(db, somebody(db, Role.CHAIR))]

    assert found.index(quiet.id) < found.index(member.id) < found.index(officer.id)
    assert gone.id not in found


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CHAIR])
def test_nobody_but_the_chair_reads_it(db: Session, role: Role):
    with pytest.raises(NotAllowed):
        shares(db, somebody(db, role))
