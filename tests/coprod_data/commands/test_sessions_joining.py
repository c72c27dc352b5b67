"""The join code of a session: two words that work in its hours and open nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries import send_entry
from coprod_data.commands.sessions import cancel_session, move_session
from coprod_data.commands.sessions_after import (
    record_who_came,
    review_session,
    write_up_session,
)
from coprod_data.commands.sessions_joining import make_join_code, stop_join_code
from coprod_data.models import CardEntry, CoproductionSession
from coprod_data.permissions import Actor, ActorKind, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.sessions_joining import (
    conversation,
    heard_there,
    join_code,
    joined,
    sent_at,
)
from coprod_data.store.card_codes import new_code, words
from tests.helpers.builders import NOW, a_promise, holding_the_code, somebody, the_duty
from tests.helpers.sessions import DAY, HOUR, WHY_NOTHING, YOUNG, a_session

MINUTE = timedelta(minutes=1)


def public(at=NOW) -> Actor:
    return Actor(kind=ActorKind.PUBLIC, at=at, recorded_at=at)


def test_a_code_is_two_words_and_works_in_the_hours_of_its_session(db: Session, worker: Actor):
    number = a_session(db, worker, starts_at=NOW + DAY)
    other = a_session(db, worker, starts_at=NOW + DAY)
    code = make_join_code(db, worker, number)

    assert set(code.split()) <= set(words())
    assert len(code.split()) == 2
    assert make_join_code(db, worker, number) == code != make_join_code(db, worker, other)
    starts, ends = NOW + DAY, NOW + DAY + 2 * HOUR
    with pytest.raises(Refused, match=r"This code works on \w+ \d+ \w+, from "):
        joined(db, public(starts - 16 * MINUTE), code)
    for at, over in ((starts - 15 * MINUTE, False), (ends + 15 * MINUTE, False),
                     (ends + 16 * MINUTE, True), (ends + 10 * DAY, True)):  # fmt: skip
        found = joined(db, public(at), f" {code.upper().replace(' ', '-')} ")
        assert (found.session_id, found.over) == (number, over)
    with pytest.raises(Refused, match="another day"):
        joined(db, public(ends + 11 * DAY), code)
    with pytest.raises(NotFound, match="do not know that code"):
        joined(db, public(starts), "amber")
    late = replace(worker, at=ends + HOUR)
    with pytest.raises(Refused, match="over"):
        make_join_code(db, late, other)


def test_a_stopped_code_opens_nothing_and_a_new_one_is_another(db: Session, worker: Actor):
    number = a_session(db, worker, starts_at=NOW)
    code = make_join_code(db, worker, number)
    stop_join_code(db, worker, number)
    stop_join_code(db, worker, number)

    with pytest.raises(NotFound, match="new one"):
        joined(db, public(), code)
    assert conversation(db, public(), code) is None
    assert join_code(db, worker, number).words == ""
    new = make_join_code(db, worker, number)
    assert new != code
    assert joined(db, public(), new).session_id == number


def test_a_code_follows_a_session_that_is_moved_and_ends_with_one_that_is_cancelled(
    db: Session, worker: Actor
):
    number = a_session(db, worker, starts_at=NOW + HOUR)
    code = make_join_code(db, worker, number)
    day = NOW + 3 * DAY
    move_session(db, worker, number, starts_at=day, ends_at=day + HOUR, why="The bus is off.")

    with pytest.raises(Refused, match="This code works on .* because: The bus is off"):
        joined(db, public(NOW + HOUR), code)
    assert not joined(db, public(day), code).over
    cancel_session(db, worker, number, why="Nobody could come.")
    with pytest.raises(Refused, match="off.* because: Nobody could come"):
        joined(db, public(day), code)
    with pytest.raises(Refused):
        make_join_code(db, worker, number)


def test_only_who_leads_it_and_the_team_see_and_make_a_code(db: Session, worker: Actor):
    number = a_session(db, worker, starts_at=NOW)
    manager = somebody(db, Role.MANAGER)
    member = somebody(db, Role.BOARD_MEMBER)
    for actor in (manager, member):
        for step in (make_join_code, stop_join_code, join_code):
            with pytest.raises(NotAllowed):
                step(db, actor, number)
    own = a_session(db, manager, starts_at=NOW)
    assert make_join_code(db, manager, own) == join_code(db, manager, own).words
    with pytest.raises(NotAllowed):
        sent_at(db, manager, own)


def send(db: Session, form: str, code: str, *, at=NOW) -> CardEntry:
    sent = send_entry(
        db, public(at), form_id=form, code=new_code(form, db.info["keys"]), theme_id=None,
        thinks="The bus is late.", wants="", feeling=None, uses=frozenset(), join_code=code,
    )  # fmt: skip
    return db.get_one(CardEntry, sent.entry_id)


def test_a_card_carries_its_conversation_and_nothing_about_who(db: Session, worker: Actor):
    the_duty(db)
    a_promise(db)
    number = a_session(db, worker, starts_at=NOW)
    code = make_join_code(db, worker, number)

    at_it = send(db, "share:at-it", code)
    after = send(db, "share:after-it", code, at=NOW + 3 * HOUR)  # begun while it worked
    late = send(db, "share:too-late", code, at=NOW + 4 * HOUR)
    wrong = send(db, "share:no-code", "amber kite")
    assert [one.session_id for one in (at_it, after, late, wrong)] == [number, number, None, None]
    assert (sent_at(db, worker, number).cards, sent_at(db, worker, number).unread) == (2, 2)

    record_who_came(db, replace(worker, at=NOW + HOUR), number, came={YOUNG: 9})
    still = db.get_one(CoproductionSession, number)
    assert joined(db, public(NOW + HOUR), code).session_id == still.id
    assert db.scalar(sa.select(sa.func.count()).where(CardEntry.session_id == number)) == 2

    over, ids = replace(worker, at=NOW + DAY), [at_it.id, late.id]
    review_session(db, over, number, nothing_because=WHY_NOTHING)
    assert heard_there(db, holding_the_code(at_it), ids) == {}
    write_up_session(db, over, number, done="A map.", heard="The bus comes too late.")
    told = heard_there(db, holding_the_code(at_it), ids)
    assert [(one, there.heard) for one, there in told.items()] == [
        (at_it.id, "The bus comes too late.")
    ]
    assert heard_there(db, holding_the_code(wrong), ids) == {}  # nobody else reads it there
