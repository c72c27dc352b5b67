"""Entries that seem to say the same are offered to whoever reads one, and joined by a press."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_checks import open_to_read
from coprod_data.commands.entries_replies import join_entries, part_entries
from coprod_data.models import CardEntry, EntryMeant, ReportCard, SameAs
from coprod_data.permissions import Actor, NotAllowed, NotFound, Refused
from coprod_data.queries.entries_alike import entries_alike
from coprod_data.vocabulary.entries import EntryKind, Review
from tests.helpers.builders import NOW, add, an_entry, unrecorded
from tests.helpers.entries_read import read

LATE = "My taxi is late every morning and I miss period one"
ALSO_LATE = "the taxi is always late so i miss period one"


def alike(db: Session, actor: Actor, entry: CardEntry) -> list[int]:
    return [one.id for one in entries_alike(db, actor, entry.id)]


@pytest.fixture
def entry(db: Session, card: ReportCard, worker: Actor) -> CardEntry:
    return read(db, worker, card, thinks=LATE, wants=None)


@pytest.fixture
def other(db: Session, card: ReportCard) -> CardEntry:
    return an_entry(db, card, thinks=ALSO_LATE, wants=None)


def test_one_that_seems_to_say_the_same_is_offered_without_its_words(
    db: Session, card: ReportCard, worker: Actor, entry: CardEntry, other: CardEntry
):
    an_entry(db, card, thinks="The food is cold", wants=None)

    [found] = entries_alike(db, worker, entry.id)

    assert (found.id, found.joined) == (other.id, False)
    assert found.words is None
    assert "taxi" not in repr(found)


def test_reading_it_beside_is_recorded_and_leaves_it_to_whoever_checks_it(
    db: Session, worker: Actor, entry: CardEntry, other: CardEntry
):
    open_to_read(db, worker, other.id, to_check=False)

    assert [one.words for one in entries_alike(db, worker, entry.id)] == [(ALSO_LATE, "")]
    assert (other.review, other.taken_by_id) == (Review.SUBMITTED, None)


def test_what_a_reader_may_not_open_is_not_offered(
    db: Session, card: ReportCard, worker: Actor, entry: CardEntry, other: CardEntry
):
    held, mine, about_me, back, old, answer = (
        an_entry(db, card, thinks=ALSO_LATE, wants=None) for _ in range(6)
    )
    open_to_read(db, worker, held.id)
    hold_entry(db, worker, held.id)
    with unrecorded(db):
        mine.typed_by_id, mine.read_back = worker.id, True
        back.withdrawn_at = NOW
        old.sent_at = NOW - timedelta(days=181)
        answer.kind, answer.about_id = EntryKind.ANSWER, entry.id
        add(db, EntryMeant(entry_id=about_me.id, person_id=worker.id))

    assert alike(db, worker, entry) == [other.id]


def test_nobody_compares_who_has_not_opened_the_entry(db: Session, card: ReportCard, worker: Actor):
    unread = an_entry(db, card, thinks=LATE)

    with pytest.raises(NotAllowed):
        entries_alike(db, worker, unread.id)


def test_joining_needs_both_read(db: Session, worker: Actor, entry: CardEntry, other: CardEntry):
    with pytest.raises(Refused, match="read it first"):
        join_entries(db, worker, entry.id, other.id)


def test_what_says_the_same_is_one_group_and_one_can_leave_it(
    db: Session, card: ReportCard, worker: Actor, entry: CardEntry, other: CardEntry
):
    third = read(db, worker, card, thinks=LATE, wants=None)
    open_to_read(db, worker, other.id)
    join_entries(db, worker, entry.id, other.id)
    join_entries(db, worker, third.id, entry.id)

    assert {(row.entry_id, row.main_id) for row in db.scalars(sa.select(SameAs))} == {
        (entry.id, other.id), (third.id, other.id),
    }  # fmt: skip
    assert alike(db, worker, entry) == sorted([other.id, third.id])
    part_entries(db, worker, third.id, entry.id)
    assert [one.joined for one in entries_alike(db, worker, third.id)] == [False, False]
    with pytest.raises(Refused, match="not joined"):
        part_entries(db, worker, third.id, entry.id)


def test_parting_needs_both_read_as_joining_does(
    db: Session, worker: Actor, second: Actor, entry: CardEntry, other: CardEntry
):
    open_to_read(db, worker, other.id)
    join_entries(db, worker, entry.id, other.id)
    open_to_read(db, second, entry.id)

    with pytest.raises(Refused, match="read it first"):
        part_entries(db, second, entry.id, other.id)
    add(db, EntryMeant(entry_id=other.id, person_id=worker.id))
    with pytest.raises(NotFound):
        part_entries(db, worker, entry.id, other.id)


@pytest.mark.parametrize("leads", [True, False])
def test_one_joined_with_what_this_reader_may_not_know_of_is_like_any_other(
    db: Session, card: ReportCard, worker: Actor, second: Actor, entry: CardEntry, leads: bool
):
    hidden = read(db, second, card, thinks=ALSO_LATE, wants=None)
    open_to_read(db, second, entry.id, to_check=False)
    join_entries(db, second, *((entry.id, hidden.id) if leads else (hidden.id, entry.id)))
    with unrecorded(db):
        add(db, EntryMeant(entry_id=hidden.id, person_id=worker.id))
    other = read(db, worker, card, thinks=ALSO_LATE, wants=None)

    assert [(one.id, one.joined) for one in entries_alike(db, worker, entry.id)] == [
        (other.id, False)
    ]  # fmt: skip
    join_entries(db, worker, entry.id, other.id)
    assert [(one.id, one.joined) for one in entries_alike(db, worker, entry.id)] == [
        (other.id, True)
    ]  # fmt: skip
    assert set(alike(db, second, entry)) == {hidden.id, other.id}


def test_what_a_colleague_has_opened_is_not_open_to_this_reader(
    db: Session, worker: Actor, second: Actor, entry: CardEntry, other: CardEntry
):
    open_to_read(db, second, other.id, to_check=False)

    assert [(one.id, one.words) for one in entries_alike(db, worker, entry.id)] == [
        (other.id, None)
    ]  # fmt: skip
