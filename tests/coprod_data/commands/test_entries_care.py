"""Holds, passing on and closing: the words go where the child is safest."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import end_hold, hold_entry, tell_of_hold, write_on_held_card
from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_endings import close_entry, pass_to_worker
from coprod_data.commands.entries_second import agree_step
from coprod_data.commands.entries_wishes import open_wish, wish_to_talk
from coprod_data.models import (
    CardEntry,
    CheckStep,
    ContactWish,
    Draft,
    EntryVersion,
    HoldCall,
    Reply,
    ReportCard,
    SafeguardingHold,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.entries import follow_entry
from coprod_data.queries.entries_holds import open_holds
from coprod_data.queries.entries_queue import ended_entries, entries_to_check
from coprod_data.scopes.entries import released
from coprod_data.vocabulary.entries import ConsentUse, EntryKind, Review
from coprod_data.vocabulary.entry_care import (
    Again,
    HoldEnd,
    HoldLine,
    Told,
    WordsTo,
)
from tests.helpers.builders import NOW, add, an_entry, holding_the_code, somebody
from tests.helpers.entries_read import AS_WRITTEN, later, let_out, read

BOTH = (ConsentUse.BOARD, ConsentUse.PUBLIC)
TALKED = {"ending": HoldEnd.TALKED, "words_to": WordsTo.QUEUE}


def words_of(db: Session, entry: CardEntry) -> list[tuple[str | None, str | None]]:
    rows = db.execute(
        sa.select(EntryVersion.thinks, EntryVersion.wants)
        .where(EntryVersion.entry_id == entry.id)
        .order_by(EntryVersion.number)
    )
    return [(row.thinks, row.wants) for row in rows]


def a_draft(db: Session, actor: Actor, entry: CardEntry) -> None:
    add(db, Draft(
        person_id=actor.id, form="check", subject=f"{entry.id}:thinks", text="words", saved_at=NOW
    ))  # fmt: skip


def test_a_hold_says_who_and_when_and_tells_no_story(db: Session, card: ReportCard, worker: Actor):
    entry = an_entry(db, card)

    hold_entry(db, worker, entry.id)

    hold = db.scalars(sa.select(SafeguardingHold)).one()
    assert (hold.entry_id, hold.opened_by_id, hold.opened_at, hold.closed_at) == (
        entry.id, worker.id, NOW, None,
    )  # fmt: skip
    assert (entry.review, entry.withdrawn_at) == (Review.SUBMITTED, None)


def test_a_held_entry_is_held_once(db: Session, card: ReportCard, worker: Actor):
    entry = an_entry(db, card)
    hold_entry(db, worker, entry.id)

    with pytest.raises(Refused, match="already"):
        hold_entry(db, worker, entry.id)


def test_held_words_open_for_safeguarding_alone(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = read(db, worker, card)
    hold_entry(db, worker, entry.id)

    with pytest.raises(NotAllowed):
        open_to_read(db, worker, entry.id)
    open_to_read(db, lead, entry.id)


@pytest.mark.usefixtures("worker")  # while somebody of the team is there
def test_safeguarding_opens_nothing_else(db: Session, card: ReportCard, lead: Actor):
    with pytest.raises(NotAllowed):
        open_to_read(db, lead, an_entry(db, card).id)


def test_only_safeguarding_ends_a_hold_and_only_after_reading(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = read(db, worker, card)
    hold_entry(db, worker, entry.id)

    for role in (Role.YOUTH_VOICE, Role.CHAIR, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            end_hold(db, somebody(db, role), entry.id, **TALKED)
    with pytest.raises(Refused, match="read it first"):
        end_hold(db, lead, entry.id, **TALKED)
    open_to_read(db, lead, entry.id)
    assert end_hold(db, lead, entry.id, **TALKED, reference="2026-0417")

    hold = db.scalars(sa.select(SafeguardingHold)).one()
    assert (hold.ending, hold.reference, hold.words_to) == (
        HoldEnd.TALKED, "2026-0417", WordsTo.QUEUE,
    )  # fmt: skip
    assert (entry.again, entry.dealt_at) == (Again.HOLD_ENDED, None)
    with pytest.raises(NotFound, match="not on hold any more"):
        end_hold(db, lead, entry.id, **TALKED)


@pytest.mark.parametrize("ending", [end for end in HoldEnd if end.needs_second])
def test_no_risk_is_found_by_two(
    db: Session, card: ReportCard, worker: Actor, lead: Actor, ending: HoldEnd
):
    deputy = later(somebody(db, Role.SAFEGUARDING), 2)
    entry = read(db, worker, card)
    hold_entry(db, worker, entry.id)
    open_to_read(db, lead, entry.id)

    assert not end_hold(db, lead, entry.id, ending=ending, words_to=WordsTo.QUEUE)
    step = db.scalars(sa.select(CheckStep)).one()
    assert db.scalars(sa.select(SafeguardingHold.closed_at)).all() == [None]

    with pytest.raises(NotAllowed, match="You proposed"):
        agree_step(db, later(lead), entry.id, step.kind)
    open_to_read(db, deputy, entry.id)
    agree_step(db, deputy, entry.id, step.kind)
    assert db.scalars(sa.select(SafeguardingHold.ending)).all() == [ending]


def test_a_reference_is_a_number_and_words_taken_back_are_erased_only(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = read(db, worker, card)
    hold_entry(db, worker, entry.id)
    open_to_read(db, lead, entry.id)

    with pytest.raises(Invalid, match="digits and dashes"):
        end_hold(db, lead, entry.id, **TALKED, reference="Ella, uncle")
    with pytest.raises(Invalid, match="taken back"):
        end_hold(db, lead, entry.id, ending=HoldEnd.TALKED, words_to=WordsTo.ERASED)


def test_a_hold_takes_a_proposal_and_drafts_away(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card, flags=["hurt"])
    release_entry(db, worker, entry.id, **AS_WRITTEN)
    a_draft(db, worker, entry)

    hold_entry(db, worker, entry.id)

    assert db.scalars(sa.select(CheckStep.id).where(CheckStep.settled_at.is_(None))).all() == []
    assert db.scalars(sa.select(Draft)).all() == []


def test_whom_a_worker_told_is_written_down_and_the_first_reading_too(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = read(db, worker, card)
    hold_entry(db, worker, entry.id)

    tell_of_hold(db, worker, entry.id, Told.LEFT_LEAD)
    with pytest.raises(Refused, match="Ring another number"):
        tell_of_hold(db, later(worker, 4), entry.id, Told.LEFT_LEAD)
    tell_of_hold(db, later(worker, 20), entry.id, Told.LEAD)
    open_to_read(db, later(lead, 30), entry.id)
    open_to_read(db, later(lead, 50), entry.id)

    calls = db.scalars(sa.select(HoldCall).order_by(HoldCall.id)).all()
    assert [(call.told_to, call.by_id) for call in calls] == [
        (Told.LEFT_LEAD, worker.id), (Told.LEAD, worker.id),
    ]  # fmt: skip
    hold = db.scalars(sa.select(SafeguardingHold)).one()
    assert (hold.first_read_at, hold.first_read_by_id) == (later(lead, 30).at, lead.id)


def test_a_held_child_is_spoken_to_and_the_card_does_not_say_it_is_held(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = read(db, worker, card)
    hold_entry(db, worker, entry.id)
    author = holding_the_code(entry)

    with pytest.raises(NotAllowed):
        write_on_held_card(db, worker, entry.id, HoldLine.REACH)
    write_on_held_card(db, lead, entry.id, HoldLine.REACH)
    write_on_held_card(db, lead, entry.id, HoldLine.THANKS)

    seen = follow_entry(db, author)
    assert [question.text for question in seen.questions] == [HoldLine.REACH.words]
    assert [reply.text for reply in seen.replies] == [HoldLine.THANKS.words]
    assert (seen.reading, seen.asked, seen.closed) == (True, False, False)


def test_nothing_is_written_on_a_held_card_that_its_author_took_back(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = read(db, worker, card)
    hold_entry(db, worker, entry.id)
    withdraw_entry(db, holding_the_code(entry), entry.id)

    with pytest.raises(Refused, match="would not reach them"):
        write_on_held_card(db, lead, entry.id, HoldLine.REACH)

    [hold] = open_holds(db, lead)
    assert hold.taken_back_at == NOW


def test_passing_on_needs_a_way_to_reach_them(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card)
    with pytest.raises(Refused, match="not said how to reach them"):
        pass_to_worker(db, worker, entry.id)

    wish_to_talk(
        db, holding_the_code(entry), entry.id, first_name="Jo", how="Text me", when_safe="Fridays"
    )
    with pytest.raises(Refused, match="Open how to reach them first"):
        pass_to_worker(db, worker, entry.id)
    open_wish(db, worker, db.scalars(sa.select(ContactWish.id)).one())
    assert pass_to_worker(db, worker, entry.id)
    assert (entry.review, entry.dealt_at) == (Review.PERSONAL_HELP, NOW)
    assert [row.id for row in ended_entries(db, worker)] == [entry.id]


def test_closing_ends_with_a_reply_and_stays_listed_to_be_held(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card)

    assert close_entry(db, worker, entry.id, text="Your worker rang the landlord.")

    assert (entry.review, entry.replied_at, entry.released_at) == (Review.CLOSED, NOW, None)
    assert db.scalars(sa.select(Reply.text)).all() == ["Your worker rang the landlord."]
    assert [row.id for row in ended_entries(db, later(worker, 60))] == [entry.id]
    hold_entry(db, later(worker, 60), entry.id)
    assert ended_entries(db, later(worker, 61)) == []


def test_an_entry_is_not_closed_without_a_word(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card)

    with pytest.raises(Invalid, match="what you did"):
        close_entry(db, worker, entry.id, text=" ")


def test_an_unread_entry_is_neither_closed_nor_passed_on(
    db: Session, card: ReportCard, worker: Actor
):
    entry = an_entry(db, card)

    with pytest.raises(Refused, match="read it first"):
        close_entry(db, worker, entry.id, text="Done.")
    with pytest.raises(Refused, match="read it first"):
        pass_to_worker(db, worker, entry.id)


@pytest.mark.parametrize("words_to", [WordsTo.QUEUE, WordsTo.KEPT])
def test_an_answer_that_was_out_beside_a_held_entry_is_read_again_too(
    db: Session, card: ReportCard, worker: Actor, lead: Actor, words_to: WordsTo
):
    entry = let_out(db, worker, card)
    answer = let_out(db, worker, card, about_id=entry.id, kind=EntryKind.ANSWER)
    kept = let_out(db, worker, card, about_id=entry.id, kind=EntryKind.ANSWER, consents=())
    hold_entry(db, worker, entry.id)
    open_to_read(db, lead, entry.id)

    end_hold(db, lead, entry.id, ending=HoldEnd.TALKED, words_to=words_to)

    out = sa.select(CardEntry.id).where(sa.or_(*(released(use) for use in ConsentUse)))
    assert db.scalars(out).all() == []
    assert (answer.released_at, answer.again, answer.dealt_at) == (None, Again.HOLD_ENDED, None)
    assert (kept.review, kept.again) == (Review.KEPT, None)
    assert answer.id in [row.id for row in entries_to_check(db, worker)]


def test_words_that_were_out_go_back_to_the_queue_when_a_hold_ends(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = let_out(db, worker, card)
    hold_entry(db, worker, entry.id)
    open_to_read(db, lead, entry.id)

    end_hold(db, lead, entry.id, **TALKED)

    assert (entry.released_at, entry.again) == (None, Again.HOLD_ENDED)
    assert [row.id for row in entries_to_check(db, worker)] == [entry.id]
