"""A release is for a use: what nobody decided is not out, whatever its author allows later."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries import answer_question
from coprod_data.commands.entries_checks import keep_entry, open_to_read, release_entry
from coprod_data.commands.entries_consent import change_consent
from coprod_data.commands.entries_replies import write_summary
from coprod_data.models import CardEntry, EntryQuestion, ReportCard
from coprod_data.permissions import Actor, Invalid, Refused
from coprod_data.queries.entries import follow_entry
from coprod_data.queries.entries_queue import entries_to_check, replies_owed
from coprod_data.scopes.entries import released, summary_out
from coprod_data.vocabulary.entries import ConsentUse, EntryKind, Review
from coprod_data.vocabulary.entry_care import Again
from tests.helpers.builders import NOW, an_entry, holding_the_code
from tests.helpers.entries_read import AS_WRITTEN, later, let_out, read

BOARD, PUBLIC, SUMMARY = ConsentUse.BOARD, ConsentUse.PUBLIC, ConsentUse.SUMMARY
BOTH = (BOARD, PUBLIC)


def out(db: Session, entry: CardEntry) -> set[ConsentUse]:
    return {
        use
        for use in ConsentUse
        if db.scalar(sa.select(CardEntry.id).where(CardEntry.id == entry.id, released(use)))
    }


def shows_summary(db: Session, entry: CardEntry) -> bool:
    return bool(db.scalar(sa.select(CardEntry.id).where(CardEntry.id == entry.id, summary_out())))


def test_each_use_is_let_out_or_not_and_a_not_has_a_reason(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card, consents=BOTH)
    why = "Somebody could tell it is you."

    with pytest.raises(Invalid, match="Say why not"):
        release_entry(db, worker, entry.id, **AS_WRITTEN, nots={PUBLIC: " "})
    release_entry(db, worker, entry.id, **AS_WRITTEN, nots={PUBLIC: why})

    assert out(db, entry) == {BOARD}
    seen = follow_entry(db, holding_the_code(entry))
    assert (seen.board_reads, seen.public_reads, seen.nots) == (True, False, {PUBLIC: why})


def test_what_the_board_does_not_read_nobody_reads(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card, consents=BOTH)

    release_entry(db, worker, entry.id, **AS_WRITTEN, nots={BOARD: "It names your school."})

    assert (out(db, entry), entry.review, entry.released_at) == (set(), Review.KEPT, None)
    assert [row.id for row in replies_owed(db, worker)] == [entry.id]


def test_consent_given_later_opens_nothing_and_brings_it_back_to_be_read(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card, consents=())
    keep_entry(db, worker, entry.id)
    author = holding_the_code(entry)

    change_consent(db, later(author, 60), entry.id, uses=frozenset(BOTH))

    assert out(db, entry) == set()
    assert (entry.again, entry.waits_since, entry.dealt_at) == (
        Again.ALLOWED, later(author, 60).at, None,
    )  # fmt: skip
    assert [row.again for row in entries_to_check(db, worker)] == [Again.ALLOWED]
    assert follow_entry(db, author).again is Again.ALLOWED
    open_to_read(db, later(worker, 61), entry.id)
    release_entry(db, later(worker, 62), entry.id, **AS_WRITTEN)
    assert out(db, entry) == set(BOTH)


def test_what_is_out_stays_out_while_a_further_use_is_decided(
    db: Session, card: ReportCard, worker: Actor
):
    entry = let_out(db, worker, card, consents=(BOARD,))

    change_consent(db, holding_the_code(entry), entry.id, uses=frozenset(BOTH))

    assert out(db, entry) == {BOARD}
    assert entry.dealt_at is None


def test_consent_taken_away_works_at_once_and_takes_the_public_one_along(
    db: Session, card: ReportCard, worker: Actor
):
    entry = let_out(db, worker, card, consents=BOTH)
    author = holding_the_code(entry)

    change_consent(db, author, entry.id, uses=frozenset({PUBLIC}))
    assert out(db, entry) == set()

    change_consent(db, later(author), entry.id, uses=frozenset(BOTH))
    assert out(db, entry) == set()


def test_public_without_the_board_is_no(db: Session, card: ReportCard):
    entry = an_entry(db, card, consents=())

    change_consent(db, holding_the_code(entry), entry.id, uses=frozenset({PUBLIC}))

    assert follow_entry(db, holding_the_code(entry)).uses == frozenset()


def test_without_a_yes_to_the_words_a_summary_waits_for_its_author(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card, consents=(SUMMARY,))
    with pytest.raises(Refused, match="Write the summary first"):
        release_entry(db, worker, entry.id, **AS_WRITTEN)
    write_summary(db, worker, entry.id, text="Bedrooms are cold.")
    release_entry(db, worker, entry.id, **AS_WRITTEN)

    assert (out(db, entry) & {BOARD, PUBLIC}, shows_summary(db, entry)) == (set(), False)
    question = db.scalars(sa.select(EntryQuestion.id)).one()
    answer_question(
        db, later(holding_the_code(entry)), question, agreed=True, words="", form_id="f" * 8
    )
    assert shows_summary(db, entry)


def test_beside_words_the_board_reads_a_summary_need_not_be_agreed_yet(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card, consents=(BOARD,))
    write_summary(db, worker, entry.id, text="Bedrooms are cold.")
    release_entry(db, worker, entry.id, **AS_WRITTEN)
    assert shows_summary(db, entry)

    change_consent(db, holding_the_code(entry), entry.id, uses=frozenset())
    assert not shows_summary(db, entry)


@pytest.mark.parametrize("agreed", [True, False, None])
def test_a_summary_written_after_the_words_are_out_waits_for_its_author(
    db: Session, card: ReportCard, worker: Actor, agreed: bool | None
):
    entry = let_out(db, worker, card, consents=(BOARD,))
    write_summary(db, later(worker), entry.id, text="Bedrooms are cold.")
    assert (shows_summary(db, entry), card.summaries) == (False, 0)

    if agreed is not None:
        question = db.scalars(sa.select(EntryQuestion.id)).one()
        author = later(holding_the_code(entry), 2)
        answer_question(db, author, question, agreed=agreed, words="", form_id="f" * 8)
        db.refresh(card)
    assert (shows_summary(db, entry), card.summaries) == (bool(agreed), int(bool(agreed)))


def test_a_summary_that_takes_the_place_of_a_shown_one_is_not_shown_before_it_is_decided(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card, consents=(BOARD,))
    write_summary(db, worker, entry.id, text="Bedrooms are cold.")
    release_entry(db, worker, entry.id, **AS_WRITTEN)
    write_summary(db, later(worker), entry.id, text="Dave's bedroom is cold.")
    assert not shows_summary(db, entry)

    change_consent(db, later(holding_the_code(entry), 2), entry.id, uses=frozenset(BOTH))
    assert not shows_summary(db, entry)
    open_to_read(db, later(worker, 3), entry.id)
    release_entry(db, later(worker, 3), entry.id, **AS_WRITTEN)
    assert shows_summary(db, entry)


def test_words_beside_a_card_have_no_consent_of_the_cards(
    db: Session, card: ReportCard, worker: Actor
):
    main = let_out(db, worker, card, consents=BOTH)
    answer = read(db, worker, card, about_id=main.id, kind=EntryKind.ANSWER, consents=())

    with pytest.raises(Refused, match="Keep it with the team"):
        release_entry(db, worker, answer.id, **AS_WRITTEN)
    keep_entry(db, worker, answer.id)

    assert (out(db, answer), answer.review) == (set(), Review.KEPT)
    assert answer.id not in {row.id for row in replies_owed(db, worker)}


def test_an_entry_that_others_may_read_is_not_kept_without_a_reason(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card, consents=(BOARD,))

    with pytest.raises(Refused, match="why not"):
        keep_entry(db, worker, entry.id)
    assert entry.dealt_at is None
    assert NOW
