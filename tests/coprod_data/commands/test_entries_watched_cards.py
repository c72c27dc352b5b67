"""Where something on a card asks for care, what else its author writes there is read as soon, and
before anything on the card is decided.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries import answer_question
from coprod_data.commands.entries_care import end_hold, hold_entry, write_on_held_card
from coprod_data.commands.entries_checks import (
    ask_back,
    keep_entry,
    open_to_read,
    release_entry,
)
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_endings import close_entry, pass_to_worker
from coprod_data.commands.entries_second import agree_step
from coprod_data.commands.entries_wishes import close_wish, open_wish, wish_to_talk
from coprod_data.commands.entries_writing_back import write_back
from coprod_data.models import CardEntry, ContactWish, EntryVersion, ReportCard
from coprod_data.permissions import Actor, Invalid, NotAllowed, Refused
from coprod_data.queries.entries import follow_entry
from coprod_data.queries.entries_queue import entries_to_check, queue_clock
from coprod_data.queries.entries_urgent import urgent_moments
from coprod_data.queries.entries_work import work_on_entries
from coprod_data.vocabulary.entries import ConsentUse, EntryKind, Flag, Review
from coprod_data.vocabulary.entry_care import HoldEnd, HoldLine, StepKind, WishEnd, WordsTo
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.builders import NOW, an_entry, holding_the_code
from tests.helpers.entries_read import AS_WRITTEN, later, let_out, read, read_by_another

NO_RISK = "Nobody is at risk here."
Care = Callable[[Session, Actor, Actor, ReportCard], CardEntry]


def answer_flagged(db: Session, worker: Actor, _lead: Actor, card: ReportCard) -> CardEntry:
    out = let_out(db, worker, card)
    an_entry(db, card, kind=EntryKind.ANSWER, about_id=out.id, flags=["hurt"])
    return out


def answer_held(db: Session, worker: Actor, lead: Actor, card: ReportCard) -> CardEntry:
    out = let_out(db, worker, card)
    answer = an_entry(db, card, kind=EntryKind.ANSWER, about_id=out.id)
    held_and_ended(db, worker, lead, answer, WordsTo.QUEUE)
    return out


def words_held(db: Session, worker: Actor, lead: Actor, card: ReportCard) -> CardEntry:
    entry = read(db, worker, card)
    held_and_ended(db, worker, lead, entry, WordsTo.KEPT)
    return entry


def wished(db: Session, worker: Actor, _lead: Actor, card: ReportCard) -> CardEntry:
    out = let_out(db, worker, card)
    code = holding_the_code(out)
    wish_to_talk(db, code, out.id, first_name="", how="At school.", when_safe="")
    return out


def held_and_ended(
    db: Session, worker: Actor, lead: Actor, entry: CardEntry, words_to: WordsTo
) -> None:
    hold_entry(db, worker, entry.id)
    open_to_read(db, lead, entry.id)
    write_on_held_card(db, lead, entry.id, HoldLine.SAFE_NOW)
    end_hold(db, lead, entry.id, ending=HoldEnd.TALKED, words_to=words_to)


def words_are_there(db: Session, entry: CardEntry) -> bool:
    words = sa.select(EntryVersion.thinks).where(EntryVersion.entry_id == entry.id)
    return all(text is not None for text in db.scalars(words))


@pytest.mark.parametrize("care", [answer_flagged, answer_held, words_held, wished])
def test_it_is_as_urgent_as_what_asks_for_care_and_not_erased_unread(
    db: Session, card: ReportCard, worker: Actor, lead: Actor, care: Care
):
    entry = care(db, worker, lead, card)
    urgent, rang = queue_clock(db, worker).urgent, len(urgent_moments(db, worker))

    number = write_back(db, holding_the_code(entry), entry.id, words="no", form_id="form-of-no")

    (row,) = (one for one in entries_to_check(db, worker) if one.id == number)
    assert (row.urgent, row.for_me, row.read_by) == (True, True, NOW + timedelta(hours=4))
    assert queue_clock(db, worker).urgent == urgent + 1
    assert len(urgent_moments(db, worker)) == rang + 1
    assert (WorkKind.URGENT, number) in [
        (one.kind, one.entry_id) for one in work_on_entries(db, worker)
    ]
    answer = db.get_one(CardEntry, number)
    read_by_another(db, entry)
    withdraw_entry(db, holding_the_code(entry, later(worker).at), entry.id)
    assert (answer.kept_unread, words_are_there(db, answer)) == (True, True)


def test_a_question_of_safeguarding_is_answered_in_words_which_are_on_a_list(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = words_held(db, worker, lead, card)
    code = holding_the_code(entry)
    (question,) = follow_entry(db, code).questions
    with pytest.raises(Invalid, match="Write your answer"):
        answer_question(db, code, question.id, agreed=False, words="", form_id="form-of-no")


def test_beside_nothing_of_the_kind_it_waits_its_turn(db: Session, card: ReportCard, worker: Actor):
    let_out(db, worker, card, flags=[])
    out = let_out(db, worker, card)
    code = holding_the_code(out)
    number = write_back(db, code, out.id, words="Thank you.", form_id="form-of-thanks")

    (row,) = (one for one in entries_to_check(db, worker) if one.id == number)
    assert not row.urgent
    assert urgent_moments(db, worker) == []


def test_words_that_a_person_held_come_back_flagged_and_need_a_second_person(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = read(db, worker, card)
    held_and_ended(db, worker, lead, entry, WordsTo.QUEUE)

    assert entry.flag_list == [Flag.WORRIED]
    open_to_read(db, later(worker), entry.id)
    release_entry(db, later(worker), entry.id, **AS_WRITTEN)
    assert entry.released_at is None
    assert follow_entry(db, holding_the_code(entry)).board_reads is False


Decision = Callable[[Session, Actor, CardEntry], object]
DECISIONS: list[Decision] = [
    lambda db, actor, entry: close_entry(db, actor, entry.id, text="Thank you.", why=NO_RISK),
    lambda db, actor, entry: keep_entry(db, actor, entry.id, why=NO_RISK),
    lambda db, actor, entry: release_entry(db, actor, entry.id, **AS_WRITTEN, why=NO_RISK),
    lambda db, actor, entry: pass_to_worker(db, actor, entry.id, why=NO_RISK),
    lambda db, actor, entry: ask_back(db, actor, entry.id, text="Which room?", why=NO_RISK),
]
ENDINGS = [StepKind.CLOSE, StepKind.KEEP, StepKind.RELEASE, StepKind.PASS_ON, StepKind.ASK_BACK]


@pytest.mark.parametrize(("kind", "decide"), list(zip(ENDINGS, DECISIONS, strict=True)))
def test_a_flagged_entry_is_decided_once_what_was_written_beside_it_was_read(
    db: Session, card: ReportCard, worker: Actor, second: Actor, kind: StepKind, decide: Decision
):
    entry = read(db, worker, card, flags=["hurt"], consents=uses_for(kind))
    code = holding_the_code(entry)
    if kind is StepKind.PASS_ON:
        wish_to_talk(db, code, entry.id, first_name="", how="At school.", when_safe="")
        open_wish(db, worker, db.scalars(sa.select(ContactWish.id)).one())
    first = write_back(db, code, entry.id, words="no", form_id="form-of-no")

    with pytest.raises(Refused, match=f"Open no. {first} and read it first"):
        decide(db, worker, entry)
    open_to_read(db, worker, first)
    decide(db, worker, entry)
    late = write_back(db, code, entry.id, words="he did", form_id="form-of-more")
    open_to_read(db, later(second), entry.id)
    with pytest.raises(Refused, match=f"Open no. {late} and read it first"):
        agree_step(db, later(second), entry.id, kind)
    assert (entry.dealt_at, entry.withdrawn_at) == (None, None), "it is on its list and its clock"

    open_to_read(db, later(second), late)
    agree_step(db, later(second), entry.id, kind)
    assert entry.review is not Review.IN_REVIEW


def uses_for(kind: StepKind) -> tuple[ConsentUse, ...]:
    return () if kind is StepKind.KEEP else (ConsentUse.BOARD,)


def test_an_answer_that_is_on_hold_or_was_decided_stops_nobody(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = read(db, worker, card, flags=["hurt"], consents=())
    on_hold = an_entry(db, card, kind=EntryKind.ANSWER, about_id=entry.id)
    an_entry(db, card, kind=EntryKind.ANSWER, about_id=entry.id, dealt_at=NOW)
    hold_entry(db, lead, on_hold.id)

    assert keep_entry(db, worker, entry.id, why=NO_RISK) is False, "a second person is asked"


def test_beside_nothing_of_the_kind_one_person_decides_without_reading_the_rest(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card, consents=())
    write_back(db, holding_the_code(entry), entry.id, words="Thank you.", form_id="form-of-thanks")

    assert keep_entry(db, worker, entry.id)


def test_a_wish_to_talk_is_closed_once_what_was_written_beside_it_was_read(
    db: Session, card: ReportCard, worker: Actor, lead: Actor, second: Actor
):
    out = wished(db, worker, lead, card)
    wish = db.scalars(sa.select(ContactWish)).one()
    open_wish(db, worker, wish.id)
    code = holding_the_code(out)
    first = write_back(db, code, out.id, words="at my aunts", form_id="form-of-aunt")
    with pytest.raises(Refused, match=f"Open no. {first} and read it first"):
        close_wish(db, worker, wish.id, ending=WishEnd.NOT_REACHED)
    open_to_read(db, worker, first)
    close_wish(db, worker, wish.id, ending=WishEnd.NOT_REACHED)

    last = write_back(db, code, out.id, words="please", form_id="form-of-please")
    open_to_read(db, later(second), out.id)
    with pytest.raises(Refused, match=f"Open no. {last} and read it first"):
        agree_step(db, later(second), out.id, StepKind.END_WISH)
    assert (wish.closed_at, wish.how) == (None, "At school.")


def test_what_is_written_after_a_hold_ended_is_safeguardings_to_read_too(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = words_held(db, worker, lead, card)
    plain = let_out(db, worker, card)
    other = write_back(db, holding_the_code(plain), plain.id, words="Hi", form_id="form-of-hi")
    assert entries_to_check(db, lead) == []

    number = write_back(db, holding_the_code(entry), entry.id, words="no", form_id="form-of-no")

    (row,) = entries_to_check(db, lead)
    assert (row.id, row.for_me, row.urgent) == (number, True, True)
    assert [(one.kind, one.entry_id) for one in work_on_entries(db, lead)] == [
        (WorkKind.URGENT, number)
    ]
    assert urgent_moments(db, lead) != [], "it rings"
    with pytest.raises(NotAllowed, match="The Youth Voice Team reads this"):
        open_to_read(db, lead, other)
    open_to_read(db, lead, number)
    assert entries_to_check(db, lead) == []
    assert {one.id for one in entries_to_check(db, worker)} == {number, other}
    hold_entry(db, lead, number)
