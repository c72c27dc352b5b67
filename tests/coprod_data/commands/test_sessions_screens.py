"""The wall of a session: nothing that was not let out for the room ever reaches it."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import end_hold, hold_entry
from coprod_data.commands.entries_checks import (
    ask_back,
    keep_entry,
    open_to_read,
    return_to_queue,
    take_over,
)
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_recall import say_worried
from coprod_data.commands.entries_room import keep_off_screen, show_in_room
from coprod_data.commands.entries_rules import SomebodyElseHasIt
from coprod_data.commands.sessions import move_session
from coprod_data.commands.sessions_joining import make_join_code
from coprod_data.commands.sessions_screens import close_screen, open_screen, turn_screen
from coprod_data.models import CardEntry, EntryVersion, RoomWords
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.queries.sessions_screens import room_queue, screen_now
from coprod_data.vocabulary.entries import Flag, Review
from coprod_data.vocabulary.entry_care import HoldEnd, WordsTo
from tests.helpers.builders import NOW, holding_the_code, somebody
from tests.helpers.sessions import DAY, HOUR, a_session
from tests.helpers.walls import a_wall, let_up, send, shown


def original_words(db: Session, entry_id: int) -> str:
    return db.scalars(sa.select(EntryVersion.thinks).filter_by(entry_id=entry_id)).one() or ""


def seen_on(db: Session, worker: Actor, number: int) -> list[str]:
    """Every text that a whole round of the wall shows, from what is on it now."""
    texts = []
    while (now := screen_now(db, worker, number)).words and now.words not in texts:
        texts.append(now.words)
        turn_screen(db, worker, number, by=1, seen=now.number)
    return texts


def test_the_first_words_appear_when_five_are_let_out_and_nothing_else_ever_does(
    db: Session, worker: Actor
):
    number, code = a_wall(db, worker)
    ids = [send(db, code, f"Words of phone {one}") for one in range(6)]
    silent = send(db, code, "Only for the team", room=False)
    for one in range(4):
        let_up(db, worker, ids[one], f"Words of phone {one}")
        assert screen_now(db, worker, number).number is None
    with pytest.raises(NotFound, match="did not say yes"):
        let_up(db, worker, silent, "Only for the team")
    with pytest.raises(Invalid):
        let_up(db, worker, ids[4], "Other words")
    let_up(db, worker, ids[4], "Words of [somebody] 4")

    first = shown(db, worker, number)
    assert shown(db, worker, number) == first  # a reload shows the same
    texts = seen_on(db, worker, number)
    assert sorted(texts) == sorted([*(f"Words of phone {one}" for one in range(4)),
                                    "Words of [somebody] 4"])  # fmt: skip
    assert shown(db, worker, number) == first  # once round
    positions = db.scalars(sa.select(RoomWords.position).order_by(RoomWords.id))
    lots = {one for one in positions if one is not None}
    assert len(lots) == 5  # what a screen is told instead of a number in the order of sending
    assert screen_now(db, worker, number).number in lots
    entry = db.get_one(CardEntry, ids[0])  # as it was, for everything else
    assert (entry.review, entry.dealt_at, entry.released_at) == (Review.SUBMITTED, None, None)
    assert {row.id for row in entries_to_check(db, worker)} == {*ids, silent}


def test_what_is_flagged_held_or_taken_back_is_gone_at_once_and_never_goes_up(
    db: Session, worker: Actor
):
    number, code = a_wall(db, worker)
    ids = [send(db, code, f"Words of phone {one}") for one in range(7)]
    bad = send(db, code, "My foster dad hits me")
    open_to_read(db, worker, bad, to_check=False)
    with pytest.raises(Refused, match="second person"):
        show_in_room(db, worker, bad, shown="My foster dad hits me")
    queue = room_queue(db, worker, number)
    assert (queue.next_id, queue.waiting, queue.blocked) == (ids[0], 7, 1)
    with pytest.raises(Refused):  # nobody shows what they have not read
        show_in_room(db, worker, ids[0], shown="Words of phone 0")
    for one, entry_id in enumerate(ids):
        let_up(db, worker, entry_id, f"Words of phone {one}")
    assert len(seen_on(db, worker, number)) == 7

    withdraw_entry(db, holding_the_code(db.get_one(CardEntry, ids[0])), ids[0])
    hold_entry(db, worker, ids[1])
    with pytest.raises(NotFound):
        say_worried(db, somebody(db, Role.BOARD_MEMBER), ids[2])
    say_worried(db, worker, ids[2])
    assert Flag.WORRIED.value in db.get_one(CardEntry, ids[2]).flags
    keep_off_screen(db, worker, ids[3])
    assert seen_on(db, worker, number) == []  # three are too few, at any time
    for one in (7, 8):
        let_up(db, worker, send(db, code, f"Words of phone {one}"), f"Words of phone {one}")
    left = {f"Words of phone {one}" for one in (4, 5, 6, 7, 8)}
    assert set(seen_on(db, worker, number)) == left


def test_what_was_held_taken_in_or_ended_stays_off_whatever_becomes_of_it_after_that(
    db: Session, worker: Actor
):
    number, code = a_wall(db, worker)
    lead = somebody(db, Role.SAFEGUARDING)
    ids = [send(db, code, f"Words of phone {one}") for one in range(9)]
    for one, entry_id in enumerate(ids):
        let_up(db, worker, entry_id, f"Words of phone {one}")
    for one, words_to in enumerate((WordsTo.KEPT, WordsTo.QUEUE)):
        hold_entry(db, worker, ids[one])
        open_to_read(db, lead, ids[one])
        end_hold(db, lead, ids[one], ending=HoldEnd.SOCIAL_CARE, words_to=words_to)
    open_to_read(db, worker, ids[2])
    keep_entry(db, worker, ids[2])
    return_to_queue(db, worker, ids[2])
    open_to_read(db, worker, ids[3])
    ask_back(db, worker, ids[3], text="Do you mean the bus to school?")
    assert set(seen_on(db, worker, number)) == {f"Words of phone {one}" for one in range(4, 9)}
    off = sa.select(RoomWords.entry_id).where(RoomWords.kept_off_at.is_not(None))
    assert set(db.scalars(off)) == set(ids[:4])
    for entry_id in ids[1:3]:
        open_to_read(db, worker, entry_id)
        with pytest.raises(Refused, match="colleague has decided"):
            show_in_room(db, worker, entry_id, shown=f"Words of phone {ids.index(entry_id)}")


def test_a_page_of_before_shows_nothing_that_a_colleague_hid_or_kept_off(
    db: Session, worker: Actor
):
    number, code = a_wall(db, worker)
    ids = [send(db, code, f"Words of phone {one}") for one in range(3)]
    other = somebody(db, Role.YOUTH_VOICE)
    for entry_id in ids:
        open_to_read(db, other, entry_id, to_check=False)
        open_to_read(db, worker, entry_id, to_check=False)
        with pytest.raises(SomebodyElseHasIt):
            show_in_room(db, worker, entry_id, shown=original_words(db, entry_id))
        take_over(db, worker, entry_id)
    show_in_room(db, worker, ids[0], shown="Words of [somebody] 0")
    keep_off_screen(db, worker, ids[1])
    for entry_id in ids[:2]:
        with pytest.raises(Refused, match="colleague has decided"):
            show_in_room(db, other, entry_id, shown=original_words(db, entry_id))
    assert len(db.scalars(sa.select(RoomWords.spans).filter_by(entry_id=ids[0])).one()) == 1


def test_a_session_that_people_joined_stays_on_its_day(db: Session, worker: Actor):
    number, _ = a_wall(db, worker)
    later = replace(worker, at=NOW + DAY)
    with pytest.raises(Refused, match="joined in already"):
        move_session(
            db, later, number, starts_at=NOW + 2 * DAY, ends_at=NOW + 2 * DAY + HOUR, why="Rain."
        )
    at_once = a_session(db, worker, starts_at=NOW - HOUR)
    for command in (make_join_code, open_screen):
        with pytest.raises(Refused, match="after it had begun"):
            command(db, worker, at_once)


def test_two_presses_at_once_turn_once_and_it_ends_with_the_session(db: Session, worker: Actor):
    number, code = a_wall(db, worker)
    for one in range(5):
        let_up(db, worker, send(db, code, f"Words of phone {one}"), f"Words of phone {one}")
    before = screen_now(db, worker, number)
    turn_screen(db, worker, number, by=1, seen=before.number)
    after = screen_now(db, worker, number)
    turn_screen(db, worker, number, by=1, seen=before.number)
    assert screen_now(db, worker, number) == after != before
    turn_screen(db, worker, number, by=-1, seen=after.number)
    assert screen_now(db, worker, number) == before

    over = replace(worker, at=NOW + 3 * HOUR)
    assert screen_now(db, over, number).words == ""
    late = send(db, code, "Words of a late phone")
    open_to_read(db, over, late, to_check=False)
    with pytest.raises(Refused, match="closed"):
        show_in_room(db, over, late, shown="Words of a late phone")
    close_screen(db, worker, number)
    assert screen_now(db, worker, number).words == ""
    open_screen(db, worker, number)
    assert screen_now(db, worker, number) == before
    with pytest.raises(Refused):
        open_screen(db, replace(worker, at=NOW + DAY), number)
    for role in (Role.BOARD_MEMBER, Role.MANAGER):
        with pytest.raises(NotAllowed):
            screen_now(db, somebody(db, role), number)
