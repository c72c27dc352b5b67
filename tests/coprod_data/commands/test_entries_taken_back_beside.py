"""Taking an entry back takes what belongs to it along, and erases nothing that nobody has read."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import end_hold, hold_entry, let_go
from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.commands.entries_consent import change_consent, withdraw_entry
from coprod_data.commands.entries_recall import recall_entry, say_worried
from coprod_data.commands.entries_second import agree_release, agree_step
from coprod_data.commands.entries_wishes import open_wish, take_wish_back, wish_to_talk
from coprod_data.models import CardEntry, ContactWish, EntryMeant, EntryVersion, ReportCard
from coprod_data.permissions import Actor, NotFound, Refused
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.queries.entries_raw import raw_words
from coprod_data.queries.entries_released import search_words
from coprod_data.queries.entries_urgent import urgent_moments
from coprod_data.queries.entries_work import work_on_entries
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.entry_care import AboutUs, HoldEnd, StepKind, WordsTo
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.builders import add, an_entry, holding_the_code, the_public
from tests.helpers.entries_read import AS_WRITTEN, later, let_out, read, read_by_another

BOTH = (ConsentUse.BOARD, ConsentUse.PUBLIC)
HURT = {"flags": ["hurt"]}
TALKED = {"ending": HoldEnd.TALKED, "words_to": WordsTo.QUEUE}


def there(db: Session, entry: CardEntry) -> bool:
    """Say whether the words of an entry are still there."""
    words = sa.select(EntryVersion.thinks).where(EntryVersion.entry_id == entry.id)
    return all(text is not None for text in db.scalars(words))


def an_answer(db: Session, card: ReportCard, entry: CardEntry, **said: object) -> CardEntry:
    return an_entry(db, card, kind=EntryKind.ANSWER, about_id=entry.id, **said)


def test_letting_go_of_an_entry_leaves_an_unread_answer_beside_it_to_be_read(
    db: Session, card: ReportCard, lead: Actor
):
    entry = an_entry(db, card, **HURT)
    flagged, plain = an_answer(db, card, entry, **HURT), an_answer(db, card, entry)
    withdraw_entry(db, holding_the_code(entry), entry.id)
    open_to_read(db, later(lead), entry.id)

    for answer in (flagged, plain):
        assert answer.id in raw_words(db, lead, entry.id).read_first
        with pytest.raises(Refused, match=f"Open no. {answer.id} and read it first"):
            let_go(db, later(lead), entry.id)
        open_to_read(db, later(lead), answer.id)
    assert raw_words(db, lead, entry.id).read_first == ()
    let_go(db, later(lead), entry.id)

    assert (there(db, entry), there(db, flagged), there(db, plain)) == (False, True, True)
    assert {row.id for row in entries_to_check(db, later(lead))} == {flagged.id, plain.id}
    for answer in (flagged, plain):
        let_go(db, later(lead, 3), answer.id)
        assert not there(db, answer)
    assert entries_to_check(db, later(lead, 3)) == []


def test_of_a_flagged_entry_no_unread_answer_is_taken_back_by_one_worker_for_the_author(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = let_out(db, worker, card)
    entry.flags = ["worried"]
    answer = an_answer(db, card, entry)

    assert withdraw_entry(db, later(worker), entry.id, why="They rang.") is False

    open_to_read(db, later(second, 2), entry.id)
    with pytest.raises(Refused, match=f"No. {answer.id} is taken back with it"):
        agree_step(db, later(second, 3), entry.id, StepKind.WITHDRAW)
    assert there(db, answer)


@pytest.mark.parametrize("second", [False, True])
def test_what_one_person_alone_read_and_let_out_goes_once_past_safeguarding(
    db: Session, card: ReportCard, worker: Actor, lead: Actor, second: bool
):
    entry = let_out(db, worker, card, consents=BOTH)
    answer = an_answer(db, card, entry)
    if second:
        read_by_another(db, entry)
    withdraw_entry(db, holding_the_code(entry), entry.id)

    assert search_words(db, the_public(), "room") == []
    assert not there(db, answer), "nobody had read it, and nothing flagged it"
    assert there(db, entry) is not second, "two people have read it: it goes at once"
    if second:
        return
    assert urgent_moments(db, later(lead)) == [], "it waits for a working day, and rings nowhere"
    (row,) = work_on_entries(db, later(lead))
    assert (row.kind, row.entry_id, row.late) == (WorkKind.TAKEN_BACK, entry.id, False)
    open_to_read(db, later(lead), entry.id)
    let_go(db, later(lead), entry.id)
    assert not there(db, entry)
    assert work_on_entries(db, later(lead, 2)) == []


@pytest.mark.parametrize("held_later", [False, True])
def test_ending_a_hold_erases_no_answer_that_is_unread_or_held_for_itself(
    db: Session, card: ReportCard, worker: Actor, lead: Actor, held_later: bool
):
    entry = read(db, worker, card, **HURT)
    answer = an_answer(db, card, entry, **HURT)
    withdraw_entry(db, holding_the_code(entry), entry.id)
    open_to_read(db, later(lead), entry.id)
    open_to_read(db, later(lead), answer.id)
    if held_later:
        hold_entry(db, later(lead), answer.id)
    hold_entry(db, later(lead), entry.id)
    open_to_read(db, later(lead, 2), entry.id)

    end_hold(db, later(lead, 2), entry.id, **TALKED)

    assert (there(db, entry), there(db, answer)) == (False, True)
    if held_later:
        open_to_read(db, later(lead, 3), answer.id)
        end_hold(db, later(lead, 3), answer.id, **TALKED)
    else:
        let_go(db, later(lead, 3), answer.id)
    assert not there(db, answer)


@pytest.mark.parametrize("for_the_author", [False, True])
def test_a_flagged_answer_sent_during_a_hold_and_taken_back_outlives_the_hold(
    db: Session, card: ReportCard, worker: Actor, lead: Actor, for_the_author: bool
):
    entry = read(db, worker, card)
    hold_entry(db, worker, entry.id)
    flagged, plain = an_answer(db, card, entry, **HURT), an_answer(db, card, entry)
    author = holding_the_code(entry)
    if for_the_author:
        withdraw_entry(db, worker, entry.id, why="They rang.")
        open_to_read(db, later(lead), entry.id)
        open_to_read(db, later(lead), flagged.id)
        agree_step(db, later(lead), entry.id, StepKind.WITHDRAW)
    else:
        withdraw_entry(db, author, entry.id)
    open_to_read(db, later(lead), entry.id)
    open_to_read(db, later(lead), plain.id)

    with pytest.raises(Refused, match="End that hold first"):
        let_go(db, later(lead), flagged.id)
    end_hold(db, later(lead), entry.id, **TALKED)

    assert (there(db, entry), there(db, flagged), there(db, plain)) == (False, True, False)
    assert [row.id for row in entries_to_check(db, later(lead))] == [flagged.id]
    open_to_read(db, later(lead, 2), flagged.id)
    let_go(db, later(lead, 2), flagged.id)
    assert not there(db, flagged)


def test_a_hold_on_the_answer_alone_keeps_it_when_the_entry_is_let_go(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = an_entry(db, card, **HURT)
    answer = an_answer(db, card, entry)
    hold_entry(db, worker, answer.id)
    withdraw_entry(db, holding_the_code(entry), entry.id)
    open_to_read(db, later(lead), entry.id)

    let_go(db, later(lead), entry.id)

    assert (there(db, entry), there(db, answer)) == (False, True)


def test_one_worker_erases_no_unread_answer_for_the_author(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = let_out(db, worker, card)
    answer = an_answer(db, card, entry, **HURT)

    assert withdraw_entry(db, later(worker), entry.id, why="They rang.") is False
    assert (entry.withdrawn_at, there(db, answer)) == (None, True)

    open_to_read(db, later(second, 2), entry.id)
    with pytest.raises(Refused, match=f"No. {answer.id} is taken back with it"):
        agree_step(db, later(second, 3), entry.id, StepKind.WITHDRAW)
    open_to_read(db, later(second, 4), answer.id)
    agree_step(db, later(second, 5), entry.id, StepKind.WITHDRAW)
    assert (there(db, entry), there(db, answer)) == (False, False)


def test_safeguarding_as_the_second_person_may_read_the_answer_too(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = let_out(db, worker, card)
    answer = an_answer(db, card, entry, **HURT)
    withdraw_entry(db, later(worker), entry.id, why="They rang.")

    open_to_read(db, later(lead, 2), entry.id)
    open_to_read(db, later(lead, 3), answer.id)
    agree_step(db, later(lead, 4), entry.id, StepKind.WITHDRAW)

    assert not there(db, answer)


@pytest.mark.parametrize("taken_back", [False, True])
def test_one_worker_erases_no_wish_to_talk_for_the_author(
    db: Session, card: ReportCard, worker: Actor, second: Actor, lead: Actor, taken_back: bool
):
    entry = let_out(db, worker, card)
    wish_to_talk(
        db, holding_the_code(entry), entry.id, first_name="Jo", how="Text me", when_safe=""
    )
    wish = db.scalars(sa.select(ContactWish)).one()
    if taken_back:
        take_wish_back(db, holding_the_code(entry), entry.id)

    assert withdraw_entry(db, later(worker), entry.id, why="They rang.") is False
    open_to_read(db, later(second, 2), entry.id)
    first = "Safeguarding reads that first" if taken_back else "Open how to reach them first"
    with pytest.raises(Refused, match=first):
        agree_step(db, later(second, 3), entry.id, StepKind.WITHDRAW)
    assert (entry.withdrawn_at, wish.how) == (None, "Text me")

    open_wish(db, later(lead if taken_back else second, 4), wish.id)
    agree_step(db, later(second, 5), entry.id, StepKind.WITHDRAW)
    assert (there(db, entry), wish.how) == (False, None)


def test_whoever_an_entry_may_be_about_neither_takes_it_back_nor_changes_it(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = an_entry(db, card)
    answer = an_answer(db, card, entry)
    unsaid = an_entry(db, card, about_us=AboutUs.NOT_SAID)
    add(db, EntryMeant(entry_id=entry.id, person_id=worker.id))

    for one in (entry, answer, unsaid):
        with pytest.raises(NotFound):
            withdraw_entry(db, worker, one.id)
        with pytest.raises(NotFound):
            change_consent(db, worker, one.id, uses=frozenset())
        assert there(db, one)
    assert not withdraw_entry(
        db, second, entry.id, why="They rang."
    )  # nobody has decided: a second person is asked
    assert there(db, entry)


@pytest.mark.parametrize("again", ["nothing", "recalled", "worried", "allowed"])
def test_words_that_were_read_and_let_out_go_past_the_lead_while_they_are_in_the_queue_again(
    db: Session, card: ReportCard, worker: Actor, second: Actor, lead: Actor, again: str
):
    entry = read(db, worker, card, consents=[ConsentUse.BOARD], **HURT)
    release_entry(db, worker, entry.id, **AS_WRITTEN, why="Nobody is at risk.")
    open_to_read(db, later(second), entry.id)
    agree_release(db, later(second), entry.id, **AS_WRITTEN)
    author = later(holding_the_code(entry), 2)
    match again:
        case "recalled":
            recall_entry(db, later(worker, 2), entry.id, reason="A name was in it.")
        case "worried":
            say_worried(db, author, entry.id)
        case "allowed":
            change_consent(db, author, entry.id, uses=frozenset(BOTH))
    withdraw_entry(db, later(author), entry.id)

    if again == "nothing":
        assert (entry.kept_unread, there(db, entry)) == (False, False), "two people decided it"
        return
    assert (entry.kept_unread, there(db, entry)) == (True, True), "it was on its clock again"
    [row] = work_on_entries(db, later(lead, 4))
    assert (row.kind, row.entry_id) == (WorkKind.TAKEN_BACK, entry.id)
    assert work_on_entries(db, later(worker, 4)) == []
    with pytest.raises(Refused, match="read it first"):
        let_go(db, later(lead, 4), entry.id)
    open_to_read(db, later(lead, 5), entry.id)
    let_go(db, later(lead, 6), entry.id)
    assert not there(db, entry)
