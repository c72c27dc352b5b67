"""Work e-mail addresses: one's own, or anybody's by the administrator; never a young person's."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.people_details import change_work_email
from coprod_data.commands.people_steps import grant_role
from coprod_data.models import Event, EventText, Person
from coprod_data.permissions import Invalid, NotAllowed, Role
from coprod_data.vocabulary.events import EventKind
from tests.helpers.builders import somebody

MINE = "amara@westmarch.gov.uk"


def address(db: Session, person_id: int) -> str | None:
    return db.get_one(Person, person_id).work_email


def test_people_change_their_own_and_take_it_off(db: Session):
    amara = somebody(db, Role.YOUTH_VOICE)
    change_work_email(db, amara, amara.id, f" {MINE} ")
    assert address(db, amara.id) == MINE
    change_work_email(db, amara, amara.id, MINE)
    change_work_email(db, amara, amara.id, "")
    assert address(db, amara.id) is None
    kinds = list(db.scalars(sa.select(Event.kind)))
    assert kinds == [EventKind.PERSON_EMAIL_CHANGED] * 2, "saving the same is no change"


def test_the_log_keeps_no_address(db: Session):
    amara = somebody(db, Role.YOUTH_VOICE)
    change_work_email(db, amara, amara.id, MINE)
    event = db.scalars(sa.select(Event)).one()
    assert event.changes == {}
    assert db.scalars(sa.select(EventText)).all() == []


def test_only_the_administrator_changes_somebody_elses(db: Session):
    amara, ben = somebody(db, Role.YOUTH_VOICE), somebody(db, Role.YOUTH_VOICE)
    with pytest.raises(NotAllowed, match="only your own"):
        change_work_email(db, amara, ben.id, MINE)
    change_work_email(db, somebody(db, Role.ADMINISTRATOR), ben.id, "ben@westmarch.gov.uk")
    assert address(db, ben.id) == "ben@westmarch.gov.uk"


def test_a_young_person_never_has_one_whoever_types_it(db: Session):
    kim, ada = somebody(db, Role.YOUNG_PERSON), somebody(db, Role.ADMINISTRATOR)
    for actor in (kim, ada):
        with pytest.raises(NotAllowed, match="never has a work e-mail"):
            change_work_email(db, actor, kim.id, "kim@westmarch.gov.uk")


def test_an_account_with_an_address_does_not_become_a_young_persons(db: Session):
    cleo, ada = somebody(db, Role.BOARD_MEMBER), somebody(db, Role.ADMINISTRATOR)
    change_work_email(db, ada, cleo.id, "cleo@westmarch.gov.uk")
    with pytest.raises(Invalid, match="Take it off first"):
        grant_role(db, ada, cleo.id, Role.YOUNG_PERSON)
    change_work_email(db, ada, cleo.id, "")
    assert grant_role(db, ada, cleo.id, Role.YOUNG_PERSON)


def test_what_is_no_address_is_refused(db: Session):
    amara = somebody(db, Role.YOUTH_VOICE)
    with pytest.raises(Invalid):
        change_work_email(db, amara, amara.id, "amara@westmarch.gov.uk, ben@westmarch.gov.uk")
