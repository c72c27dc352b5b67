"""A text that waits for other words, when what it was in is undone, replaced or gone."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions import add_milestone, meet_milestone, update_action
from coprod_data.commands.actions_undo import undo_last_step
from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_quoted import put_text_back, reword_text
from coprod_data.commands.entries_replies import write_summary
from coprod_data.models import (
    Action,
    CardEntry,
    EntrySummary,
    Milestone,
    PromiseCommitment,
    ReportCard,
    Rewording,
)
from coprod_data.permissions import Actor, Refused
from coprod_data.queries.entries_quoted import texts_to_reword
from coprod_data.vocabulary.actions import Rag, Stage
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.rewordings import REMOVED, TextEnd, TextPlace
from tests.helpers.builders import (
    NOW,
    TODAY,
    add,
    holding_the_code,
)
from tests.helpers.entries_read import later, read
from tests.helpers.plans import owned
from tests.helpers.quoting import OURS, QUOTE, THINKS, recalled


@pytest.fixture
def action(db: Session, commitment: PromiseCommitment, owner: Actor) -> Action:
    """An action on the chain of the entry, set to amber an hour ago."""
    action = owned(db, commitment, owner)
    an_hour_ago = NOW - timedelta(hours=1)
    say(db, replace(owner, at=an_hour_ago, recorded_at=an_hour_ago), action, "Two more vans.")
    return action


def say(db: Session, actor: Actor, action: Action, reason: str, text: str = "Said.") -> None:
    update_action(
        db, actor, action.id, stage=Stage.IN_PROGRESS, rag=Rag.AMBER, rag_reason=reason, text=text
    )


def kept(db: Session) -> list[str]:
    """What is kept of texts that repeat words which left."""
    return [text for text in db.scalars(sa.select(Rewording.text)) if text is not None]


def test_an_undone_update_waits_no_more_and_nothing_of_it_is_kept(
    db: Session, worker: Actor, owner: Actor, quoted: CardEntry, action: Action
):
    say(db, owner, action, QUOTE, QUOTE)
    withdraw_entry(db, holding_the_code(quoted), quoted.id)
    assert kept(db) == [QUOTE, QUOTE]

    undo_last_step(db, later(owner), action.id)

    assert (kept(db), texts_to_reword(db, worker)) == ([], [])
    assert (action.rag, action.rag_reason) == (Rag.AMBER, "Two more vans.")


def test_evidence_of_an_undone_milestone_waits_no_more(
    db: Session, worker: Actor, owner: Actor, quoted: CardEntry, action: Action
):
    step = add_milestone(db, owner, action.id, title="A list of every flat")
    meet_milestone(db, owner, step, evidence=QUOTE, met_on=TODAY)
    withdraw_entry(db, holding_the_code(quoted), quoted.id)

    undo_last_step(db, later(owner), action.id)

    milestone = db.get_one(Milestone, step)
    assert (milestone.met_on, milestone.evidence) == (None, "")
    assert (kept(db), texts_to_reword(db, worker)) == ([], [])


def test_nothing_is_undone_to_a_reason_whose_words_were_taken_back(
    db: Session, owner: Actor, quoted: CardEntry, action: Action
):
    say(db, owner, action, QUOTE)
    say(db, owner, action, "Vans are here.")
    withdraw_entry(db, holding_the_code(quoted), quoted.id)

    with pytest.raises(Refused, match="cannot come back"), db.begin_nested():
        undo_last_step(db, later(owner), action.id)


def test_a_text_whose_place_has_gone_or_has_another_text_is_refused_in_words(
    db: Session, worker: Actor, quoted: CardEntry, card: ReportCard
):
    for place, row_id in ((TextPlace.UPDATE, 4711), (TextPlace.CARD_TITLE, card.id)):
        waiting = add(db, Rewording(
            place=place, row_id=row_id, entry_id=quoted.id, text=QUOTE, since=NOW
        ))  # fmt: skip
        with pytest.raises(Refused, match="has gone or was changed"):
            reword_text(db, worker, waiting.id, text=OURS)
        with pytest.raises(Refused, match="has gone or was changed"):
            put_text_back(db, worker, waiting.id, ending=TextEnd.NOT_THEIRS)


def test_a_new_summary_ends_the_wait_of_the_one_before(
    db: Session, worker: Actor, card: ReportCard
):
    entry = read(db, worker, card, thinks=THINKS, wants=None, consents=(ConsentUse.BOARD,))
    write_summary(db, worker, entry.id, text=QUOTE)
    release_entry(db, worker, entry.id, shown_thinks=THINKS, shown_wants="")
    recalled(db, worker, entry)

    open_to_read(db, later(worker, 2), entry.id)
    write_summary(db, later(worker, 3), entry.id, text=OURS)

    assert (kept(db), texts_to_reword(db, worker)) == ([], [])
    texts = db.scalars(sa.select(EntrySummary.text).order_by(EntrySummary.id)).all()
    assert texts == [REMOVED, OURS]
