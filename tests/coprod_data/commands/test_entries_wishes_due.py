"""By when a wish to talk is read, also one that was taken back, and which of several it is."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_wishes import take_wish_back
from coprod_data.models import CardEntry, ReportCard
from coprod_data.permissions import Actor
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.queries.entries_wishes import open_wishes
from coprod_data.queries.entries_work import work_on_entries
from coprod_data.rules.clocks import OFFICE, after_working_days, after_working_hours
from coprod_data.vocabulary.entries import QueueState
from tests.coprod_data.commands.test_entries_wishes_beside import asks
from tests.helpers.builders import NOW, an_entry, holding_the_code
from tests.helpers.entries_read import read


@pytest.fixture
def entry(db: Session, card: ReportCard, worker: Actor) -> CardEntry:
    return read(db, worker, card)


def test_what_was_taken_back_is_read_within_a_working_day_and_told_apart(
    db: Session, entry: CardEntry, lead: Actor
):
    asks(db, entry)
    [alone] = open_wishes(db, lead)
    assert (alone.which, alone.since) == ("", alone.made_at)
    assert alone.due == after_working_hours(alone.made_at, 4, OFFICE)
    take_wish_back(db, holding_the_code(entry, at=NOW + timedelta(hours=3)), entry.id)
    asks(db, entry)

    first, other = open_wishes(db, lead)

    assert (first.which, other.which) == ("first", "second")
    assert first.since == first.taken_back_at == NOW + timedelta(hours=3)
    assert first.due == after_working_days(NOW + timedelta(hours=3), 1, OFFICE)
    rows = [one for one in work_on_entries(db, lead) if one.wish_id is not None]
    assert {(one.which, one.wished_at) for one in rows} == {
        ("first", first.made_at), ("second", other.made_at),
    }  # fmt: skip
    assert {one.due for one in rows} == {first.due, other.due}


def test_flagged_words_that_were_taken_back_unread_have_a_working_day_too(
    db: Session, card: ReportCard, lead: Actor
):
    entry = an_entry(db, card, flags=["hurt"])
    withdraw_entry(db, holding_the_code(entry), entry.id)
    [row] = entries_to_check(db, lead)
    assert (row.state, row.read_by) == (
        QueueState.TAKEN_BACK, after_working_days(row.waits_since, 1, OFFICE),
    )  # fmt: skip
