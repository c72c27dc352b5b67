"""A flagged entry is released when two people have read it, and neither of them typed it."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.entries_checks import (
    confirm_release,
    open_to_read,
    release_entry,
    return_to_queue,
)
from coprod_data.models import (
    ReportCard,
)
from coprod_data.permissions import Actor, NotAllowed, Refused, Role
from coprod_data.vocabulary.entries import Review
from tests.helpers.builders import NOW, somebody
from tests.helpers.entries_read import AS_WRITTEN, later, read


def test_a_flagged_entry_waits_for_a_second_reader(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card, flags=["secret"])

    assert release_entry(db, worker, entry.id, **AS_WRITTEN) is False
    assert (entry.released_at, entry.proposed_by_id) == (None, worker.id)

    open_to_read(db, later(second), entry.id)
    confirm_release(db, later(second, 2), entry.id)
    assert (entry.review, entry.released_by_id) == (Review.RELEASED, second.id)


def test_the_same_person_is_never_both_readers(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card, flags=["hurt"])
    release_entry(db, worker, entry.id, **AS_WRITTEN)
    open_to_read(db, later(worker), entry.id)

    with pytest.raises(NotAllowed, match="You proposed this"):
        confirm_release(db, later(worker), entry.id)
    assert release_entry(db, later(worker), entry.id, **AS_WRITTEN) is False


def test_who_typed_a_flagged_entry_is_not_its_second_reader(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card, flags=["hurt"], typed_by_id=second.id)
    release_entry(db, worker, entry.id, **AS_WRITTEN)

    with pytest.raises(NotAllowed, match="You typed this"):
        confirm_release(db, later(second), entry.id)


def test_the_second_reader_reads_what_was_proposed_last(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card, thinks="Dave hits me.", wants=None, flags=["hurt"])
    release_entry(db, worker, entry.id, shown_thinks="Dave hits me.", shown_wants="")
    open_to_read(db, later(second), entry.id)
    release_entry(
        db, later(worker, 5), entry.id, shown_thinks="[Somebody] hits me.", shown_wants=""
    )

    with pytest.raises(Refused, match="read it first"):
        confirm_release(db, later(second, 6), entry.id)


def test_without_a_proposal_there_is_nothing_to_confirm(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card, flags=["hurt"])

    with pytest.raises(Refused, match="proposed"):
        confirm_release(db, worker, entry.id)


def test_a_proposal_put_back_is_gone(db: Session, card: ReportCard, worker: Actor, second: Actor):
    entry = read(db, worker, card, flags=["hurt"])
    release_entry(db, worker, entry.id, **AS_WRITTEN)

    return_to_queue(db, second, entry.id)

    assert (entry.review, entry.proposed_version_id, entry.taken_by_id) == (
        Review.SUBMITTED, None, None,
    )  # fmt: skip


def test_the_deputy_lead_is_second_where_the_team_has_one_worker(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card, flags=["hurt"])
    deputy = somebody(db, Role.SAFEGUARDING, at=NOW + timedelta(minutes=1))
    with pytest.raises(NotAllowed):
        open_to_read(db, deputy, entry.id)
    release_entry(db, worker, entry.id, **AS_WRITTEN)

    open_to_read(db, deputy, entry.id)
    confirm_release(db, deputy, entry.id)

    assert entry.released_by_id == deputy.id


@pytest.mark.usefixtures("second")
def test_the_deputy_lead_is_not_second_where_there_are_two_workers(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card, flags=["hurt"])
    release_entry(db, worker, entry.id, **AS_WRITTEN)
    deputy = somebody(db, Role.SAFEGUARDING, at=NOW + timedelta(minutes=1))

    with pytest.raises(NotAllowed):
        open_to_read(db, deputy, entry.id)
    with pytest.raises(NotAllowed):
        confirm_release(db, deputy, entry.id)
