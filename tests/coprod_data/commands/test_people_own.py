"""An owner is told who reset their password and when, until they have read it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.people import make_reset_link, set_password_by_link
from coprod_data.commands.people_own import note_resets_read
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.queries.people_own import must_be_told, resets_of_mine
from coprod_data.queries.people_requests import asked_about_accounts
from tests.helpers.builders import NOW, somebody, the_public


def set_by_link(db: Session, ada: Actor, owner: Actor) -> None:
    token = make_reset_link(db, ada, owner.id)
    assert token
    set_password_by_link(db, the_public(), token, "new")


def test_the_owner_reads_who_reset_their_password_and_when(db: Session):
    ada = somebody(db, Role.ADMINISTRATOR, name="Ada")
    owner = somebody(db, Role.MANAGER, password_hash="old")

    set_by_link(db, ada, owner)

    assert must_be_told(db, owner)
    [row] = resets_of_mine(db, owner)
    assert (row.by, row.used_at, row.told, row.watched) == ("Ada", NOW, False, True)
    week = replace(owner, at=NOW + timedelta(days=7))
    for reader, told in ((owner, False), (week, True), (week, True)):
        note_resets_read(db, reader)
        assert must_be_told(db, reader) is not told
        assert [row.told for row in resets_of_mine(db, reader)] == [told]


def test_a_first_password_is_no_reset(db: Session):
    owner = somebody(db, Role.MANAGER)
    set_by_link(db, somebody(db, Role.ADMINISTRATOR), owner)

    assert not must_be_told(db, owner)


def test_what_is_asked_about_an_account_is_told_to_its_owner_alone(db: Session):
    ada, owner = somebody(db, Role.ADMINISTRATOR), somebody(db, Role.SAFEGUARDING)
    make_reset_link(db, ada, owner.id)

    assert must_be_told(db, owner)
    assert [row.stops for row in asked_about_accounts(db, owner, owner.id)] == [True]
    with pytest.raises(NotAllowed):
        asked_about_accounts(db, somebody(db, Role.MANAGER), owner.id)
    assert not must_be_told(db, somebody(db, Role.MANAGER))
    assert NOW + timedelta(hours=24) == asked_about_accounts(db, owner, owner.id)[0].counts_at
