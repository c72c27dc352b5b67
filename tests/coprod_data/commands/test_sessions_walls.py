"""Who reads words for a wall, from when on they are asked for it, and how it ends for good."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.entries_checks import (
    open_to_read,
)
from coprod_data.commands.entries_room import keep_off_screen, show_in_room
from coprod_data.commands.sessions_after import (
    close_session,
    record_who_came,
    reopen_session,
    review_session,
    write_up_session,
)
from coprod_data.commands.sessions_joining import make_join_code
from coprod_data.commands.sessions_screens import open_screen
from coprod_data.models import CardEntry
from coprod_data.permissions import Actor, Refused, Role
from coprod_data.queries.sessions_joining import join_code, joined
from coprod_data.queries.sessions_screens import room_queue, screen_now
from coprod_data.vocabulary.sessions import SessionWay
from tests.helpers.builders import NOW, a_promise, somebody, the_duty
from tests.helpers.sessions import HOUR, WHY_NOTHING, YOUNG, a_session
from tests.helpers.walls import a_wall, let_up, public, send, shown


def test_two_who_read_at_once_get_different_words(db: Session, worker: Actor):
    number, code = a_wall(db, worker)
    ids = [send(db, code, f"Words of phone {one}") for one in range(3)]
    other = somebody(db, Role.YOUTH_VOICE)

    def next_for(who: Actor, opened: int | None = None) -> int | None:
        return room_queue(db, who, number, opened=opened).next_id

    open_to_read(db, worker, ids[0], to_check=False)
    assert (next_for(worker), next_for(other)) == (ids[0], ids[1])
    open_to_read(db, other, ids[1], to_check=False)
    keep_off_screen(db, worker, ids[0])
    assert (next_for(worker), next_for(other, ids[1])) == (ids[2], ids[1])
    open_to_read(db, worker, ids[2], to_check=False)
    keep_off_screen(db, other, ids[1])
    assert next_for(other) == ids[2]  # none is left that nobody has: both are named beside it
    later = replace(other, at=NOW + HOUR / 3)
    more = send(db, code, "Words of phone 3")
    assert (next_for(other), next_for(later), next_for(later, more)) == (more, ids[2], more)


def test_words_of_a_room_are_asked_before_its_wall_is_open_and_go_up_then(
    db: Session, worker: Actor
):
    the_duty(db)
    a_promise(db)
    for way, asked in ((SessionWay.IN_PERSON, True), (SessionWay.BOTH, True),
                       (SessionWay.ONLINE, False)):  # fmt: skip
        number = a_session(db, worker, starts_at=NOW, way=way)
        code = make_join_code(db, worker, number)
        assert joined(db, public(), code).wall is asked
        if asked:
            early = send(db, code, f"Sent early {way.value}")
            open_screen(db, worker, number)
            assert room_queue(db, worker, number).next_id == early


def test_closing_a_session_ends_its_wall_for_good_and_its_code_takes_no_more(
    db: Session, worker: Actor
):
    number, code = a_wall(db, worker)
    for one in range(5):
        let_up(db, worker, send(db, code, f"Words of phone {one}"), f"Words of phone {one}")
    waits = send(db, code, "Words that wait")
    record_who_came(db, worker, number, came={YOUNG: 6})
    review_session(db, worker, number, nothing_because=WHY_NOTHING)
    write_up_session(db, worker, number, done="We talked.", heard="Keep one worker.")
    assert shown(db, worker, number)

    close_session(db, worker, number)
    now = screen_now(db, worker, number)
    assert (now.open, now.words, now.on, now.left) == (False, "", False, 0)
    for refused in (make_join_code, open_screen):
        with pytest.raises(Refused, match="session is (over|closed)"):
            refused(db, worker, number)
    assert join_code(db, worker, number).over
    told = joined(db, public(), code)
    assert (told.over, told.wall, told.heard) == (True, False, "Keep one worker.")
    late = db.get_one(CardEntry, send(db, code, "Sent after it was closed"))
    assert late.session_id is None
    assert room_queue(db, worker, number).waiting == 0

    reopen_session(db, worker, number)
    assert not screen_now(db, worker, number).open
    open_screen(db, worker, number)
    assert (shown(db, worker, number), room_queue(db, worker, number).next_id) == ("", None)
    open_to_read(db, worker, waits)
    with pytest.raises(Refused, match="colleague has decided"):
        show_in_room(db, worker, waits, shown="Words that wait")
