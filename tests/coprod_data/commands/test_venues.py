"""Venues: a name is there once; one that is not used any more cannot be chosen."""

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.venues import add_venue, change_venue, close_venue, reopen_venue
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused
from coprod_data.queries.venues import venue, venues, venues_in_use
from coprod_data.vocabulary.sessions import SessionWay
from tests.helpers.sessions import a_session

HUB = {"name": "The Hub", "address": "12 Mill Lane"}


def test_a_venue_says_what_it_offers(db: Session, worker: Actor, member: Actor):
    number = add_venue(db, worker, **HUB, friendly=True, quiet_room=True)

    change_venue(db, worker, number, **HUB, getting_there="Bus 4", step_free=True)

    row = venue(db, member, number)
    assert (row.name, row.getting_there, row.offers) == ("The Hub", "Bus 4", ("Step-free",))


def test_a_name_is_asked_for_and_is_there_once(db: Session, worker: Actor):
    add_venue(db, worker, **HUB)
    for name in ("", " \u3164 ", "The  Hub", "x" * 121):
        with pytest.raises(Invalid) as refused:
            add_venue(db, worker, name=name)
        assert refused.value.field == "name"


def test_one_that_is_not_used_stays_with_its_sessions(db: Session, worker: Actor):
    number = add_venue(db, worker, **HUB)
    room = {"way": SessionWay.IN_PERSON, "venue_id": number}
    a_session(db, worker, **room)

    close_venue(db, worker, number)

    assert venues_in_use(db, worker) == {}
    assert [(row.closed, row.sessions) for row in venues(db, worker)] == [(True, 1)]
    with pytest.raises(NotFound):
        a_session(db, worker, **room)
    for again in (close_venue, lambda *who: change_venue(*who, **HUB)):
        with pytest.raises(Refused):
            again(db, worker, number)
    reopen_venue(db, worker, number)
    with pytest.raises(Refused):
        reopen_venue(db, worker, number)
    assert a_session(db, worker, **room)


def test_members_read_venues_and_do_not_keep_them(db: Session, worker: Actor, member: Actor):
    number = add_venue(db, worker, **HUB)
    for call in (
        lambda: add_venue(db, member, name="Mine"),
        lambda: change_venue(db, member, number, **HUB),
        lambda: close_venue(db, member, number),
        lambda: reopen_venue(db, member, number),
    ):
        with pytest.raises(NotAllowed):
            call()
