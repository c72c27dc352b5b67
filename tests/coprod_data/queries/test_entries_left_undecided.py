"""What a colleague opened and left undecided: urgent words stay, the others come back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.entries_checks import open_to_read
from coprod_data.models import Absence, AuthSession, ReportCard
from coprod_data.permissions import Actor, Role
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.queries.entries_urgent import urgent_moments
from coprod_data.queries.entries_work import work_on_entries
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.builders import NOW, TODAY, add, somebody
from tests.helpers.entries_read import later, read


@pytest.fixture
def ben(db: Session) -> Actor:
    return somebody(db, Role.YOUTH_VOICE, name="Ben Ali")


def mine(db: Session, actor: Actor) -> list[int]:
    return [row.id for row in entries_to_check(db, actor) if row.for_me]


def test_a_flagged_entry_stays_in_everybodys_work_until_it_is_decided(
    db: Session, card: ReportCard, worker: Actor, ben: Actor
):
    entry = read(db, worker, card, sent_at=NOW, flags=["hurt"])

    assert mine(db, ben) == [entry.id]
    [row] = work_on_entries(db, ben)
    assert (row.kind, row.entry_id) == (WorkKind.URGENT, entry.id)
    assert (row.who, row.taken_at) == (worker.name, NOW)
    assert urgent_moments(db, ben) == [NOW]
    assert work_on_entries(db, worker)[0].who == ""


def test_an_unflagged_entry_returns_after_a_quarter_of_an_hour_or_once_it_is_late(
    db: Session, card: ReportCard, worker: Actor, ben: Actor
):
    entry = read(db, worker, card, sent_at=NOW)
    at_14, at_15 = later(ben, 14), later(ben, 15)

    assert (mine(db, ben), mine(db, at_14), mine(db, at_15)) == ([], [], [entry.id])
    open_to_read(db, later(worker, 10), entry.id)
    assert mine(db, at_15) == []
    assert mine(db, replace(ben, at=NOW + timedelta(days=2))) == [entry.id]
    late = read(db, worker, card)
    assert mine(db, ben) == [late.id]


def test_an_unflagged_entry_returns_when_its_reader_signs_out_or_is_away(
    db: Session, card: ReportCard, worker: Actor, ben: Actor
):
    entry = read(db, worker, card, sent_at=NOW)
    session = AuthSession(
        public_id="one", token_hash="one", person_id=worker.id, began_at=NOW, seen_at=NOW
    )
    add(db, session)
    assert mine(db, later(ben)) == []

    session.ended_at = later(ben).at
    db.flush()
    assert mine(db, later(ben)) == [entry.id]

    other = read(db, worker, card, sent_at=NOW)
    again = AuthSession(
        public_id="two", token_hash="two", person_id=worker.id, began_at=NOW,
        seen_at=later(ben).at,
    )  # fmt: skip
    add(db, again)
    assert mine(db, later(ben)) == []
    add(db, Absence(
        person_id=worker.id, from_day=TODAY, to_day=TODAY, added_at=NOW, added_by_id=worker.id
    ))  # fmt: skip
    assert mine(db, later(ben)) == [entry.id, other.id]


def test_who_opens_what_was_left_has_it(db: Session, card: ReportCard, worker: Actor, ben: Actor):
    entry = read(db, worker, card, sent_at=NOW, flags=["hurt"])
    open_to_read(db, later(ben), entry.id)
    assert entry.taken_by_id == worker.id

    open_to_read(db, later(ben, 20), entry.id)

    assert (entry.taken_by_id, entry.taken_at) == (ben.id, later(ben, 20).at)
