"""What people say of a session: counted once, shown from five on, words read like all words."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries import send_entry
from coprod_data.commands.entries_checks import keep_entry, open_to_read
from coprod_data.commands.sessions_after import record_who_came
from coprod_data.commands.sessions_changes import drop_change, take_over_change, write_change
from coprod_data.commands.sessions_feedback import (
    Feedback,
    count_feedback,
    give_feedback,
    set_questions,
    write_feedback,
)
from coprod_data.commands.sessions_joining import make_join_code, stop_join_code
from coprod_data.models import (
    CardEntry,
    Event,
    FeedbackWaiting,
    Group,
    SessionFeedback,
    SessionTask,
)
from coprod_data.permissions import Actor, ActorKind, Invalid, NotAllowed, Refused, Role
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.queries.sessions_feedback import (
    changes_asked,
    changes_written,
    feedback_counted,
    feedback_read,
    own_questions,
)
from coprod_data.store.card_codes import new_code
from coprod_data.vocabulary.entries import EntryKind, Review
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.groups import GroupKind
from coprod_data.vocabulary.sessions import FeedbackAnswer, FeedbackFace, FeedbackShare
from tests.helpers.builders import NOW, a_promise, add, somebody, the_duty, the_system
from tests.helpers.sessions import DAY, HOUR, YOUNG, a_session

GOOD, MIDDLE, BAD = FeedbackFace


def public(at=NOW) -> Actor:
    return Actor(kind=ActorKind.PUBLIC, at=at, recorded_at=at)


def say(db: Session, code: str, phone: int, *, at=NOW, **said) -> bool:
    form = {"code": code, "form_id": f"feedback:phone-{phone}", "said": Feedback(**said)}
    return write_feedback(db, public(at), **form) | give_feedback(db, public(at), **form)


def a_council(db: Session, worker: Actor, **said) -> tuple[int, str]:
    the_duty(db)
    a_promise(db)
    number = a_session(db, worker, starts_at=NOW, **said)
    return number, make_join_code(db, worker, number)


def test_faces_are_told_once_it_is_over_and_from_five_people_on_and_never_a_total(
    db: Session, worker: Actor
):
    number, code = a_council(db, worker)
    set_questions(db, worker, number, questions=["How was the food?", " ", "How was the room?"])
    food, room = own_questions(db, public(), number)
    assert say(db, code, 1, face=GOOD, welcome=FeedbackAnswer.YES, own={food: BAD, 9999: GOOD})
    assert not say(db, code, 1, face=BAD)  # the same phone again counts once
    for phone in range(2, 5):
        say(db, code, phone, face=GOOD, welcome=FeedbackAnswer.YES, helped=True)
    over = replace(worker, at=NOW + DAY)
    record_who_came(db, over, number, came={YOUNG: 9})
    for phone in range(5, 8):
        say(db, code, phone, face=GOOD if phone < 7 else MIDDLE, own={food: GOOD, room: GOOD})

    assert feedback_counted(db, over, number).collecting  # until all are counted at once
    assert [count_feedback(db, the_system(at)) for at in (NOW + 3 * HOUR, over.at, over.at)] == [
        0, 1, 0
    ]  # fmt: skip
    assert db.scalar(sa.select(sa.func.count()).select_from(SessionFeedback)) == 7
    assert not db.scalar(sa.select(sa.func.count()).select_from(FeedbackWaiting))
    on = replace(worker, at=NOW + 2 * HOUR)
    assert feedback_counted(db, on, number).collecting
    counted = feedback_counted(db, replace(somebody(db, Role.BOARD_MEMBER), at=over.at), number)
    assert not counted.collecting
    assert [(one.words, one.share) for one in counted.faces] == [
        ("Good", FeedbackShare.MOST), ("In the middle", FeedbackShare.FEW),
        ("Not good", FeedbackShare.FEW),
    ]  # fmt: skip
    assert counted.said_yes == ()  # four said it
    assert [(one.text, one.faces) for one in counted.own] == [
        ("How was the food?", ()), ("How was the room?", ()),
    ]  # fmt: skip
    record_who_came(db, over, number, came={YOUNG: 6})  # seven answered: one was made up
    counted = feedback_counted(db, over, number)
    assert (counted.too_many, counted.faces, counted.own) == (True, (), ())
    with pytest.raises(Refused, match="answered already"):
        set_questions(db, worker, number, questions=["How was the bus?"])


def test_the_log_joins_no_words_to_faces_and_tells_of_a_session_once(db: Session, worker: Actor):
    number, code = a_council(db, worker)
    for phone in range(6):
        say(db, code, phone, face=GOOD, change=f"More of number {phone}.")
    count_feedback(db, the_system(NOW + DAY))
    told = [
        {line.partition(":")[0] for line in (digests or "").splitlines()[1:]}
        for digests in db.scalars(sa.select(Event.digests).order_by(Event.id))
    ]
    assert not any({"session_feedback", "card_entry"} <= tables for tables in told)
    assert sum("session_feedback" in tables for tables in told) == 1
    rows = db.execute(sa.select(Event.subject_type).where(Event.kind == EventKind.FEEDBACK_GIVEN))
    assert rows.scalars().all() == ["coproduction_session"]
    assert [db.scalar(sa.select(SessionFeedback.face).limit(1))] == [GOOD]


def test_nothing_is_counted_without_a_word_or_a_code_that_counts(db: Session, worker: Actor):
    number, code = a_council(db, worker)
    for said, fault in (({}, Invalid), ({"good": "x" * 5_001}, Invalid)):
        with pytest.raises(fault):
            say(db, code, 1, **said)
    with pytest.raises(Refused):
        say(db, "amber kite", 1, face=GOOD)
    with pytest.raises(Refused):
        say(db, code, 1, at=NOW + DAY, face=GOOD)
    assert say(db, code, 1, at=NOW + 3 * HOUR, face=GOOD)  # begun in time
    stop_join_code(db, worker, number)
    with pytest.raises(Refused):
        say(db, code, 2, face=GOOD)
    with pytest.raises(Invalid):
        set_questions(db, worker, number, questions=[f"Question {one}?" for one in range(6)])


def test_words_wait_at_the_gate_first_while_it_is_on_then_in_the_second_list(
    db: Session, worker: Actor
):
    number, code = a_council(db, worker)
    say(db, code, 1, good="The pizza", change="My foster dad hits me.")
    say(db, code, 2, change="Say the questions before.")
    told = db.scalars(sa.select(CardEntry).order_by(CardEntry.id)).all()
    assert [(one.kind, one.code_hash, one.session_id) for one in told] == [
        (EntryKind.FEEDBACK, None, number)
    ] * 2
    assert [one.flagged for one in told] == [True, False]
    card = CardEntry.__table__.c
    db.execute(sa.update(CardEntry).where(card.id == told[1].id).values(waits_since=NOW))
    other = send_entry(
        db, public(), form_id="share:later-on", code=new_code("share:later-on", db.info["keys"]),
        theme_id=None, thinks="Hello.", wants="", feeling=None, uses=frozenset(),
    ).entry_id  # fmt: skip
    order = [row.id for row in entries_to_check(db, replace(worker, at=NOW + HOUR))]
    assert order == [told[0].id, told[1].id, other]
    later = [row.id for row in entries_to_check(db, replace(worker, at=NOW + DAY))]
    assert later == [told[0].id, other, told[1].id]


def test_what_to_change_is_reworded_after_reading_and_taken_over_by_the_next_session(
    db: Session, worker: Actor
):
    group = add(db, Group(name="Westmarch Voices", kind=GroupKind.YOUNG_PEOPLE))
    number, code = a_council(db, worker, group_id=group.id)
    say(db, code, 1, change="Please send the questions before so i can read them first")
    [entry] = db.scalars(sa.select(CardEntry))
    with pytest.raises(Refused, match="Nobody has read"):
        write_change(db, worker, number, text="Send the questions early.")
    open_to_read(db, worker, entry.id)
    keep_entry(db, worker, entry.id, why="")
    assert (entry.review, entry.kind) == (Review.KEPT, EntryKind.FEEDBACK)
    read = feedback_read(db, worker, number)
    assert (read.texts, read.unread, read.read_by_me) == (1, 0, True)
    change = write_change(db, worker, number, text="Send the questions two days early.")
    no = write_change(db, worker, number, text="Chairs in a circle.")

    late = NOW + 7 * DAY
    leader = somebody(db, Role.MANAGER)
    follows = a_session(db, leader, starts_at=late, group_id=group.id)
    other = a_session(db, worker, starts_at=late)
    assert [row.id for row in changes_asked(db, leader, follows)] == [change, no]
    assert changes_asked(db, worker, other) == []
    with pytest.raises(NotAllowed):
        write_change(db, leader, number, text="Anything")
    with pytest.raises(Refused):
        take_over_change(db, worker, change, other)
    task = db.get_one(SessionTask, take_over_change(db, leader, change, follows))
    assert (task.session_id, task.person_id, task.asked_at_id, task.text) == (
        follows, leader.id, number, "Send the questions two days early.",
    )  # fmt: skip
    drop_change(db, leader, no, follows)
    with pytest.raises(Refused):
        drop_change(db, leader, change, follows)
    assert changes_asked(db, leader, follows) == []
    assert [row.state for row in changes_written(db, leader, number)] == [
        "taken over", "not this time",
    ]  # fmt: skip
    with pytest.raises(Invalid):  # a copy is no wording
        write_change(db, worker, number, text="They say the questions before so i can think")
