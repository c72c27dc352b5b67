"""A step beside an entry waits for a second person, and hides neither the entry nor its clock."""

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.commands.entries_second import refuse_step
from coprod_data.models import CardEntry, CheckStep, ReportCard
from coprod_data.permissions import Actor, NotAllowed
from coprod_data.queries.entries_queue import entries_to_check, queue_clock
from coprod_data.queries.entries_raw import raw_words
from coprod_data.queries.entries_work import work_on_entries
from coprod_data.vocabulary.entry_care import BESIDE, StepKind
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.builders import add, an_entry, days_ago
from tests.helpers.entries_read import AS_WRITTEN, let_out, read


def proposed(db: Session, by: Actor, entry: CardEntry, *kinds: StepKind) -> None:
    for kind in kinds:
        add(db, CheckStep(
            entry_id=entry.id, kind=kind, proposed_at=by.at, proposed_by_id=by.id,
            detail={"ending": "spoke"} if kind is StepKind.END_WISH else {},
        ))  # fmt: skip


@pytest.mark.parametrize("kinds", [(kind,) for kind in BESIDE] + [BESIDE])
def test_a_step_beside_a_flagged_entry_leaves_it_urgent_for_everybody(
    db: Session, card: ReportCard, worker: Actor, second: Actor, kinds: tuple[StepKind, ...]
):
    plain, flagged = an_entry(db, card, sent_at=days_ago(5)), an_entry(db, card, flags=["hurt"])
    proposed(db, worker, flagged, *kinds)

    for actor, beside in ((worker, ()), (second, kinds)):
        first, other = entries_to_check(db, actor)
        assert (first.id, other.id) == (flagged.id, plain.id)
        assert (first.state, first.for_me, first.step) == ("submitted", True, None)
        assert (first.late, first.beside) == (True, beside)
        urgent = [row for row in work_on_entries(db, actor) if row.kind is WorkKind.URGENT]
        assert [row.entry_id for row in urgent] == [flagged.id]
    assert queue_clock(db, worker).second_reader == 0
    asked = [row.step for row in work_on_entries(db, second) if row.kind is WorkKind.SECOND]
    assert asked == list(kinds)


def test_of_two_steps_neither_hides_the_other(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card, flags=["hurt"])
    release_entry(db, worker, entry.id, **AS_WRITTEN)
    proposed(db, second, entry, StepKind.END_WISH)

    (mine,), (theirs,) = entries_to_check(db, second), entries_to_check(db, worker)
    assert (mine.step, mine.for_me, mine.beside) == (StepKind.RELEASE, True, ())
    assert (theirs.step, theirs.proposed_by_me) == (StepKind.RELEASE, True)
    assert theirs.beside == (StepKind.END_WISH,)
    open_to_read(db, worker, entry.id)
    raw = raw_words(db, worker, entry.id)
    assert raw.proposal
    assert (raw.proposal.kind, [one.kind for one in raw.beside]) == (
        StepKind.RELEASE, [StepKind.END_WISH],
    )  # fmt: skip


def test_an_entry_that_is_out_is_listed_for_the_step_beside_it(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = let_out(db, worker, card)
    proposed(db, worker, entry, StepKind.RECALL)

    (row,) = entries_to_check(db, second)
    assert (row.id, row.state, row.step) == (entry.id, "second_reader", StepKind.RECALL)
    assert row.for_me


def test_on_a_held_entry_closing_the_wish_asks_safeguarding(
    db: Session, card: ReportCard, worker: Actor, second: Actor, lead: Actor
):
    entry = read(db, worker, card)
    hold_entry(db, worker, entry.id)
    proposed(db, worker, entry, StepKind.END_WISH)

    (row,) = entries_to_check(db, lead)
    assert (row.state, row.for_me, row.beside) == ("held", True, (StepKind.END_WISH,))
    assert WorkKind.SECOND in [row.kind for row in work_on_entries(db, lead)]
    assert WorkKind.SECOND not in [row.kind for row in work_on_entries(db, second)]
    with pytest.raises(NotAllowed):
        refuse_step(db, second, entry.id, StepKind.END_WISH, answer="No.")
    open_to_read(db, lead, entry.id)
    [beside] = raw_words(db, lead, entry.id).beside
    assert beside.for_me
    refuse_step(db, lead, entry.id, StepKind.END_WISH, answer="Ring once more.")


def test_safeguarding_asked_about_a_step_beside_reads_nothing_else_of_the_queue(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    an_entry(db, card)
    asked = an_entry(db, card)
    proposed(db, worker, asked, StepKind.END_WISH)

    (row,) = entries_to_check(db, lead)
    assert (row.id, row.for_me, row.beside) == (asked.id, False, (StepKind.END_WISH,))
    assert [row.kind for row in work_on_entries(db, lead)] == [WorkKind.SECOND]
