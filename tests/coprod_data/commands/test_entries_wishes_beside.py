"""A wish to talk that was taken back unread is read by a person, whatever is asked for next."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import end_hold, hold_entry, let_go
from coprod_data.commands.entries_checks import open_to_read
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_endings import pass_to_worker
from coprod_data.commands.entries_erasing import erase_again, erase_what_is_due
from coprod_data.commands.entries_second import agree_step
from coprod_data.commands.entries_wishes import (
    close_wish,
    let_wish_go,
    open_wish,
    take_wish_back,
    wish_to_talk,
)
from coprod_data.models import CardEntry, ContactWish, Reply, ReportCard
from coprod_data.permissions import Actor, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.queries.entries_raw import raw_words
from coprod_data.queries.entries_urgent import urgent_moments
from coprod_data.queries.entries_wishes import open_wishes
from coprod_data.queries.entries_work import work_on_entries
from coprod_data.store.database import Database
from coprod_data.vocabulary.entry_care import HoldEnd, StepKind, WishEnd, WordsTo
from coprod_data.vocabulary.work import WorkKind
from tests.coprod_data.commands.test_opportunities_at_once import at_once
from tests.helpers.builders import (
    NOW,
    an_entry,
    holding_the_code,
    somebody,
    the_system,
    unrecorded,
)
from tests.helpers.entries_read import later, let_out, read, read_by_another

DISCLOSED, AGAIN = "Text me. He hits me", "Ring me"


def asks(db: Session, entry: CardEntry, how: str = AGAIN) -> ContactWish:
    wish_to_talk(db, holding_the_code(entry), entry.id, first_name="", how=how, when_safe="")
    return db.scalars(sa.select(ContactWish).order_by(ContactWish.id.desc())).first()


def taken_back(db: Session, entry: CardEntry, how: str = DISCLOSED) -> ContactWish:
    wish = asks(db, entry, how)
    take_wish_back(db, holding_the_code(entry), entry.id)
    return wish


def let_gone(db: Session, lead: Actor, wish: ContactWish) -> None:
    open_wish(db, lead, wish.id)
    let_wish_go(db, lead, wish.id)


def seen(db: Session, actor: Actor) -> list[tuple[int, bool]]:
    return [(wish.id, wish.taken_back) for wish in open_wishes(db, actor)]


@pytest.fixture
def entry(db: Session, card: ReportCard, worker: Actor) -> CardEntry:
    return read(db, worker, card)


def test_taken_back_unread_and_asked_again_both_are_on_the_list_and_nothing_is_erased(
    db: Session, entry: CardEntry, worker: Actor, lead: Actor
):
    before = taken_back(db, entry)
    rang = len(urgent_moments(db, lead))
    now = asks(db, entry)

    assert (before.how, now.how, now.taken_back_at) == (DISCLOSED, AGAIN, None)
    assert seen(db, lead) == [(before.id, True), (now.id, False)]
    assert seen(db, worker) == [(now.id, False)], "safeguarding reads what was taken back"
    work = [(row.kind, row.wish_id) for row in work_on_entries(db, lead) if row.wish_id]
    assert work == [(WorkKind.WISH_TAKEN_BACK, before.id), (WorkKind.WISH, now.id)]
    assert len(urgent_moments(db, lead)) == 2 * rang, "both ring"
    [row] = entries_to_check(db, worker)
    assert (row.wish, row.flags) == (True, ("hurt",)), "what it said flags the words all the same"


def test_each_is_opened_for_itself_and_let_go_or_closed_for_itself(
    db: Session, entry: CardEntry, worker: Actor, second: Actor
):
    lead = somebody(db, Role.SAFEGUARDING, Role.YOUTH_VOICE)
    before = taken_back(db, entry)
    now = asks(db, entry)
    with pytest.raises(NotAllowed):
        open_wish(db, worker, before.id)
    open_to_read(db, lead, entry.id)
    open_wish(db, worker, now.id)
    [theirs] = raw_words(db, worker, entry.id).wishes
    first, other = raw_words(db, lead, entry.id).wishes
    assert (theirs.how, first.how) == (AGAIN, AGAIN), "the one that counts comes first"
    assert (other.id, other.how, other.taken_back) == (before.id, "", True)

    close_wish(db, worker, now.id, ending=WishEnd.SPOKE)
    assert [wish.closing for wish in raw_words(db, lead, entry.id).wishes] == [True, False]
    open_to_read(db, later(second), entry.id)
    agree_step(db, later(second), entry.id, StepKind.END_WISH)
    assert (now.how, before.how, before.closed_at) == (None, DISCLOSED, None)

    let_gone(db, later(lead), before)
    assert (before.how, open_wishes(db, lead)) == (None, [])


def test_taken_back_twice_both_are_read(db: Session, entry: CardEntry, lead: Actor):
    first, other = taken_back(db, entry), taken_back(db, entry, "At school, it is bad")
    with pytest.raises(NotFound, match="nothing to take back"):
        take_wish_back(db, holding_the_code(entry), entry.id)

    assert seen(db, lead) == [(first.id, True), (other.id, True)]
    let_gone(db, lead, first)
    assert (first.how, other.how) == (None, "At school, it is bad")
    let_gone(db, lead, other)
    assert open_wishes(db, lead) == []


def test_asked_again_after_it_was_read_there_is_one_and_what_was_read_is_let_go(
    db: Session, entry: CardEntry, worker: Actor, lead: Actor
):
    before = taken_back(db, entry)
    let_gone(db, lead, before)
    now = asks(db, entry)
    assert seen(db, lead) == [(now.id, False)]

    open_wish(db, worker, now.id)
    take_wish_back(db, holding_the_code(entry), entry.id)
    assert (now.how, open_wishes(db, lead)) == (None, [])


@pytest.mark.parametrize("asked_again", [False, True])
def test_a_card_that_is_taken_back_is_let_go_after_every_wish_on_it(
    db: Session, card: ReportCard, worker: Actor, lead: Actor, asked_again: bool
):
    entry = let_out(db, worker, card)
    read_by_another(db, entry)
    wishes = [taken_back(db, entry)]
    if asked_again:
        wishes.append(asks(db, entry))
    withdraw_entry(db, holding_the_code(entry), entry.id)
    assert entry.kept_unread
    assert seen(db, lead) == [(wish.id, True) for wish in wishes]

    open_to_read(db, later(lead), entry.id)
    for wish in wishes:
        with pytest.raises(Refused, match="let it go first"):
            let_go(db, later(lead), entry.id)
        assert wish.how
        let_gone(db, later(lead), wish)
    let_go(db, later(lead), entry.id)
    assert [wish.how for wish in wishes] == [None] * len(wishes)


def test_a_hold_on_a_card_that_was_taken_back_ends_after_every_wish_was_read(
    db: Session, entry: CardEntry, worker: Actor, lead: Actor
):
    wishes = [taken_back(db, entry), asks(db, entry)]
    hold_entry(db, worker, entry.id)
    withdraw_entry(db, holding_the_code(entry), entry.id)
    open_to_read(db, lead, entry.id)

    for wish in wishes:
        with pytest.raises(Refused, match="first"):
            end_hold(db, lead, entry.id, ending=HoldEnd.TALKED, words_to=WordsTo.ERASED)
        assert wish.how
        open_wish(db, lead, wish.id)
    end_hold(db, lead, entry.id, ending=HoldEnd.TALKED, words_to=WordsTo.ERASED)
    assert ([wish.how for wish in wishes], open_wishes(db, lead)) == ([None, None], [])


def test_a_hold_that_ends_leaves_the_wish_taken_back_beside_its_words(
    db: Session, entry: CardEntry, worker: Actor, lead: Actor
):
    wish = taken_back(db, entry)
    hold_entry(db, worker, entry.id)
    open_to_read(db, lead, entry.id)
    end_hold(db, lead, entry.id, ending=HoldEnd.TALKED, words_to=WordsTo.KEPT)

    assert (wish.how, seen(db, lead)) == (DISCLOSED, [(wish.id, True)])


def test_time_erases_no_card_with_a_wish_that_nobody_has_read(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = let_out(db, worker, card)
    wish, years_later = taken_back(db, entry, "Text me"), the_system(NOW + timedelta(days=9999))
    with unrecorded(db):
        entry.replied_at = NOW
        db.add(Reply(entry_id=entry.id, text="Thank you.", person_id=worker.id, at=NOW))

    assert erase_what_is_due(db, years_later).total() == 0
    assert (entry.withdrawn_at, wish.how) == (None, "Text me")
    let_gone(db, lead, wish)
    assert erase_what_is_due(db, years_later).total() == 1


def test_what_was_erased_before_a_backup_came_back_is_erased_with_every_wish(
    db: Session, entry: CardEntry, lead: Actor
):
    wishes = [taken_back(db, entry), asks(db, entry)]

    erase_again(db, the_system(), [entry.id])

    assert ([wish.how for wish in wishes], open_wishes(db, lead)) == ([None, None], [])


def test_only_a_wish_that_counts_lets_their_worker_be_told(
    db: Session, entry: CardEntry, worker: Actor, lead: Actor
):
    before = taken_back(db, entry, "Text me")
    with pytest.raises(Refused, match="not said how to reach them"):
        pass_to_worker(db, worker, entry.id)

    now = asks(db, entry)
    with pytest.raises(Refused, match="Open how to reach them first"):
        pass_to_worker(db, worker, entry.id)
    open_wish(db, worker, now.id)
    with pytest.raises(Refused, match="Safeguarding reads that first"):
        pass_to_worker(db, worker, entry.id)
    open_wish(db, lead, before.id)
    assert pass_to_worker(db, worker, entry.id)


def test_whoever_takes_a_wish_back_asks_nobody_to_close_the_next_one(
    db: Session, entry: CardEntry, worker: Actor, second: Actor
):
    old = asks(db, entry)
    open_wish(db, worker, old.id)
    close_wish(db, worker, old.id, ending=WishEnd.SPOKE)
    take_wish_back(db, holding_the_code(entry), entry.id)
    new = asks(db, entry)
    open_to_read(db, later(second), entry.id)

    with pytest.raises(Refused):
        agree_step(db, later(second), entry.id, StepKind.END_WISH)
    assert (new.how, new.closed_at) == (AGAIN, None)


def test_asked_and_taken_back_in_two_tabs_at_one_instant_no_words_are_lost(
    database: Database, db: Session, card: ReportCard
):
    entry = an_entry(db, card)
    author, number = holding_the_code(entry), entry.id
    taken_back(db, entry)
    db.commit()

    def ask(other: Session, how: str) -> None:
        wish_to_talk(other, author, number, first_name="", how=how, when_safe="")

    assert at_once(
        database,
        lambda other: ask(other, "Call one"),
        lambda other: ask(other, "Call two"),
        lambda other: take_wish_back(other, author, number),
    ) in (["", "", ""], ["", "", "NotFound"])

    kept = [wish.how or "" for wish in db.scalars(
        sa.select(ContactWish).execution_options(populate_existing=True)
    )]  # fmt: skip
    for words in (DISCLOSED, "Call one", "Call two"):
        assert any(words in how for how in kept)
    counts = ContactWish.closed_at.is_(None), ContactWish.taken_back_at.is_(None)
    assert len(db.scalars(sa.select(ContactWish).where(*counts)).all()) <= 1
