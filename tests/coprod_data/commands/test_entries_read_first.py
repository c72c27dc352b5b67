"""A person has read all that waits on a card before words go to others, or a wish is let go."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_checks import (
    ask_back,
    keep_entry,
    open_to_read,
    release_entry,
)
from coprod_data.commands.entries_endings import close_entry
from coprod_data.commands.entries_second import agree_step
from coprod_data.commands.entries_wishes import (
    let_wish_go,
    open_wish,
    take_wish_back,
    wish_to_talk,
)
from coprod_data.models import ContactWish, ReportCard
from coprod_data.permissions import Actor, Refused
from coprod_data.queries.entries_raw import raw_words
from coprod_data.vocabulary.entries import ConsentUse, EntryKind, Review
from coprod_data.vocabulary.entry_care import StepKind
from tests.coprod_data.commands.test_entries_watched_cards import NO_RISK
from tests.coprod_data.commands.test_entries_wishes_beside import AGAIN, DISCLOSED, taken_back
from tests.helpers.builders import an_entry, holding_the_code
from tests.helpers.entries_read import AS_WRITTEN, later, read


def test_words_go_to_others_only_once_every_wish_beside_them_was_read(
    db: Session, worker: Actor, lead: Actor, card: ReportCard
):
    entry = read(db, worker, card, consents=[ConsentUse.BOARD])
    author = holding_the_code(entry)
    wish_to_talk(db, author, entry.id, first_name="", how=AGAIN, when_safe="")
    with pytest.raises(Refused, match="Open how to reach them first"):
        release_entry(db, later(worker), entry.id, **AS_WRITTEN)
    take_wish_back(db, author, entry.id)
    with pytest.raises(Refused, match="Safeguarding reads that first"):
        release_entry(db, later(worker), entry.id, **AS_WRITTEN)

    open_wish(db, lead, db.scalars(sa.select(ContactWish.id)).one())
    release_entry(db, later(worker), entry.id, **AS_WRITTEN)
    assert entry.released_at is not None


def test_words_go_to_others_only_once_what_their_author_wrote_since_was_read(
    db: Session, worker: Actor, card: ReportCard
):
    entry = read(db, worker, card, consents=[ConsentUse.BOARD])
    since = an_entry(db, card, kind=EntryKind.ANSWER, about_id=entry.id)
    with pytest.raises(Refused, match=f"Open no. {since.id} and read it first"):
        release_entry(db, later(worker), entry.id, **AS_WRITTEN)

    open_to_read(db, later(worker), since.id)
    release_entry(db, later(worker), entry.id, **AS_WRITTEN)
    assert entry.released_at is not None


def test_what_was_asked_on_a_held_card_stays_until_the_hold_has_ended(
    db: Session, worker: Actor, lead: Actor, card: ReportCard
):
    entry = an_entry(db, card)
    wish = taken_back(db, entry)
    open_wish(db, lead, wish.id)
    open_to_read(db, worker, entry.id)
    hold_entry(db, worker, entry.id)
    with pytest.raises(Refused, match="End the hold first"):
        let_wish_go(db, lead, wish.id)
    assert wish.how == DISCLOSED


@pytest.mark.parametrize("flags", [[], ["hurt"]])
@pytest.mark.parametrize(
    "decide",
    [
        lambda db, actor, number: keep_entry(db, actor, number, why=NO_RISK),
        lambda db, actor, number: close_entry(db, actor, number, text="Thank you.", why=NO_RISK),
        lambda db, actor, number: ask_back(db, actor, number, text="Which room?", why=NO_RISK),
    ],
)
def test_nothing_is_kept_closed_or_asked_back_over_a_wish_that_nobody_has_read(
    db: Session,
    worker: Actor,
    lead: Actor,
    card: ReportCard,
    flags: list[str],
    decide: Callable[[Session, Actor, int], object],
):
    entry = read(db, worker, card, flags=flags, consents=())
    author = holding_the_code(entry)
    wish_to_talk(db, author, entry.id, first_name="", how=AGAIN, when_safe="")
    with pytest.raises(Refused, match="Open how to reach them first"):
        decide(db, later(worker), entry.id)
    take_wish_back(db, author, entry.id)
    with pytest.raises(Refused, match="Safeguarding reads that first"):
        decide(db, later(worker), entry.id)
    assert (entry.dealt_at, entry.review) == (None, Review.IN_REVIEW)

    open_wish(db, lead, db.scalars(sa.select(ContactWish.id)).one())
    decide(db, later(worker), entry.id)


@pytest.mark.parametrize("kind", [StepKind.KEEP, StepKind.CLOSE])
def test_a_second_person_agrees_to_no_end_over_a_wish_made_since(
    db: Session, worker: Actor, second: Actor, card: ReportCard, kind: StepKind
):
    entry = read(db, worker, card, flags=["hurt"], consents=())
    if kind is StepKind.KEEP:
        keep_entry(db, worker, entry.id, why=NO_RISK)
    else:
        close_entry(db, worker, entry.id, text="Thank you.", why=NO_RISK)
    author = holding_the_code(entry)
    wish_to_talk(db, author, entry.id, first_name="", how=AGAIN, when_safe="")
    open_to_read(db, later(second), entry.id)
    with pytest.raises(Refused, match="Open how to reach them first"):
        agree_step(db, later(second), entry.id, kind)
    assert entry.dealt_at is None

    open_wish(db, later(second), db.scalars(sa.select(ContactWish.id)).one())
    agree_step(db, later(second), entry.id, kind)
    assert entry.dealt_at is not None


def test_an_answer_is_kept_only_once_the_wish_of_its_card_was_read(
    db: Session, worker: Actor, card: ReportCard
):
    entry = read(db, worker, card, consents=())
    keep_entry(db, worker, entry.id)
    answer = an_entry(db, card, kind=EntryKind.ANSWER, about_id=entry.id, consents=())
    open_to_read(db, worker, answer.id)
    author = holding_the_code(entry)
    wish_to_talk(db, author, entry.id, first_name="", how=AGAIN, when_safe="")
    with pytest.raises(Refused, match="Open how to reach them first"):
        keep_entry(db, later(worker), answer.id)


def test_what_is_to_be_read_first_is_named_beside_the_words(
    db: Session, worker: Actor, card: ReportCard
):
    entry = read(db, worker, card, consents=[ConsentUse.BOARD])
    since = an_entry(db, card, kind=EntryKind.ANSWER, about_id=entry.id)
    assert raw_words(db, worker, entry.id).read_first == (since.id,)
    open_to_read(db, later(worker), since.id)
    assert raw_words(db, later(worker), entry.id).read_first == ()
