"""How a hold ends: what was allowed has its reason, and what was proposed its answer."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import end_hold, hold_entry
from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.commands.entries_recall import recall_entry
from coprod_data.commands.entries_second import agree_step
from coprod_data.commands.entries_steps import IN_ALREADY
from coprod_data.models import (
    CardEntry,
    CheckStep,
    ReportCard,
)
from coprod_data.permissions import Actor, Refused
from coprod_data.queries.entries import follow_entry
from coprod_data.queries.entries_raw import raw_words
from coprod_data.queries.entries_work import work_on_entries
from coprod_data.scopes.entries import released
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.entry_care import (
    KEPT_BECAUSE,
    HoldEnd,
    StepKind,
    WordsTo,
)
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.builders import holding_the_code
from tests.helpers.entries_read import AS_WRITTEN, later, let_out, read

BOTH = (ConsentUse.BOARD, ConsentUse.PUBLIC)
TALKED = {"ending": HoldEnd.TALKED, "words_to": WordsTo.QUEUE}


def let_out_again(db: Session, actor: Actor, entry: CardEntry) -> None:
    open_to_read(db, actor, entry.id)
    release_entry(db, actor, entry.id, **AS_WRITTEN)


@pytest.mark.parametrize("kind", [EntryKind.WORDS, EntryKind.ANSWER])
def test_kept_after_a_hold_each_use_that_its_author_allows_has_a_reason_they_read(
    db: Session, card: ReportCard, worker: Actor, lead: Actor, kind: EntryKind
):
    main = let_out(db, worker, card)
    entry = main
    if kind is EntryKind.ANSWER:
        entry = read(db, worker, card, about_id=main.id, kind=kind, consents=BOTH)
    hold_entry(db, worker, entry.id)
    author = holding_the_code(main)
    seen = follow_entry(db, author)
    assert (seen.nots, [line.nots for line in seen.talk if line.entry_id]) in (
        ({}, []), ({}, [{}]),
    )  # fmt: skip
    open_to_read(db, lead, entry.id)

    end_hold(db, lead, entry.id, ending=HoldEnd.TALKED, words_to=WordsTo.KEPT)

    seen = follow_entry(db, author)
    if kind is EntryKind.ANSWER:
        told = [line.nots for line in seen.talk if line.entry_id == entry.id]
        assert told == [dict.fromkeys(BOTH, KEPT_BECAUSE)]
    else:
        assert seen.nots == {ConsentUse.BOARD: KEPT_BECAUSE}
    out = sa.select(CardEntry.id).where(CardEntry.id == entry.id, released(ConsentUse.BOARD))
    assert db.scalars(out).all() == []


def test_a_proposal_to_take_words_back_in_waits_for_the_hold_which_answers_it(
    db: Session, card: ReportCard, worker: Actor, second: Actor, lead: Actor
):
    entry = let_out(db, worker, card)
    recall_entry(db, worker, entry.id, reason="A name is in it.")
    let_out_again(db, later(worker, 2), entry)
    assert not recall_entry(db, later(worker, 3), entry.id, reason="A school is in it.")
    hold_entry(db, later(second, 4), entry.id)

    assert [row.kind for row in work_on_entries(db, later(worker, 5))] == [WorkKind.FOR_OTHERS]
    open_to_read(db, later(lead, 6), entry.id)
    with pytest.raises(Refused, match="on hold, so its words are in"):
        agree_step(db, later(lead, 6), entry.id, StepKind.RECALL)
    assert WorkKind.SECOND not in [row.kind for row in work_on_entries(db, later(lead, 6))]
    end_hold(db, later(lead, 7), entry.id, **TALKED)

    assert WorkKind.FOR_OTHERS not in [r.kind for r in work_on_entries(db, later(worker, 8))]
    open_to_read(db, later(worker, 9), entry.id)
    (told,) = raw_words(db, later(worker, 9), entry.id).refused
    assert (told.kind, told.answer) == (StepKind.RECALL, IN_ALREADY)


def test_another_end_of_a_hold_settles_the_one_that_was_proposed(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = read(db, worker, card)
    hold_entry(db, worker, entry.id)
    open_to_read(db, lead, entry.id)
    end_hold(db, lead, entry.id, ending=HoldEnd.NO_RISK, words_to=WordsTo.QUEUE)

    end_hold(db, lead, entry.id, **TALKED)

    assert db.scalars(sa.select(CheckStep.id).where(CheckStep.settled_at.is_(None))).all() == []
