"""A person has read all that waits on a card before words go to others, or a wish is let go."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.commands.entries_wishes import (
    let_wish_go,
    open_wish,
    take_wish_back,
    wish_to_talk,
)
from coprod_data.models import ContactWish, ReportCard
from coprod_data.permissions import Actor, Refused
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
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
