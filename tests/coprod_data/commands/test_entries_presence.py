"""Two workers do not decide about the same words without knowing of each other."""

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.drafts import keep_draft
from coprod_data.commands.entries_checks import open_to_read, release_entry, take_over
from coprod_data.commands.entries_endings import close_entry
from coprod_data.commands.entries_rules import SomebodyElseHasIt
from coprod_data.models import ReportCard
from coprod_data.permissions import Actor, Refused
from coprod_data.queries.entries_raw import raw_words
from coprod_data.vocabulary.entries import Review
from tests.helpers.builders import an_entry
from tests.helpers.entries_read import AS_WRITTEN, later, read


def test_a_release_is_refused_while_a_colleague_has_it_open(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card)
    open_to_read(db, later(second, 5), entry.id)

    for act in (
        lambda: release_entry(db, later(worker, 6), entry.id, **AS_WRITTEN),
        lambda: close_entry(db, later(worker, 6), entry.id, text="Done."),
        lambda: release_entry(db, later(second, 6), entry.id, **AS_WRITTEN),
    ):
        with pytest.raises(SomebodyElseHasIt, match="Take over"):
            act()
    assert raw_words(db, later(worker, 6), entry.id).others_here
    assert entry.dealt_at is None


def test_whoever_takes_over_decides(db: Session, card: ReportCard, worker: Actor, second: Actor):
    entry = read(db, worker, card)
    open_to_read(db, later(second, 5), entry.id)

    take_over(db, later(second, 6), entry.id)

    assert release_entry(db, later(second, 7), entry.id, **AS_WRITTEN)
    assert entry.review is Review.RELEASED


def test_a_quarter_of_an_hour_later_nobody_is_in_the_way(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = an_entry(db, card)
    open_to_read(db, second, entry.id)
    open_to_read(db, later(worker, 16), entry.id)

    assert release_entry(db, later(worker, 17), entry.id, **AS_WRITTEN)


def test_a_colleague_who_has_typed_since_is_in_the_way(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = an_entry(db, card)
    open_to_read(db, second, entry.id)
    open_to_read(db, later(worker, 20), entry.id)
    keep_draft(db, later(second, 25), "check", f"{entry.id}:thinks", "[Somebody] was cold.")

    with pytest.raises(SomebodyElseHasIt):
        release_entry(db, later(worker, 26), entry.id, **AS_WRITTEN)


def test_nobody_takes_over_what_they_have_not_read(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card)

    with pytest.raises(Refused, match="read it first"):
        take_over(db, second, entry.id)
