"""What a checker types over an entry goes with its words, and is not kept after them."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.drafts import keep_draft
from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_checks import open_to_read
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_writing_back import write_back
from coprod_data.models import CardEntry, Draft, Person, ReportCard
from coprod_data.permissions import Actor, NotAllowed, NotFound, Refused
from coprod_data.vocabulary.entries import Flag
from tests.helpers.builders import holding_the_code, unrecorded
from tests.helpers.entries_read import later, read

NAME = "Quentin Marlowe"


def typed(db: Session) -> list[str]:
    return list(db.scalars(sa.select(Draft.text)))


def taken_back(db: Session, _worker: Actor, entry: CardEntry) -> None:
    withdraw_entry(db, holding_the_code(entry), entry.id)


def taken_back_unread(db: Session, worker: Actor, entry: CardEntry) -> None:
    with unrecorded(db):
        entry.flags = [Flag.HURT.value]
    taken_back(db, worker, entry)


def held(db: Session, worker: Actor, entry: CardEntry) -> None:
    hold_entry(db, worker, entry.id)


def about_them(db: Session, worker: Actor, entry: CardEntry) -> None:
    with unrecorded(db):
        db.get_one(Person, worker.id).name = NAME
    more = f"It was {NAME} who did this."
    write_back(db, holding_the_code(entry), entry.id, words=more, form_id="more-of-it")


@pytest.mark.parametrize("goes", [taken_back, taken_back_unread, held, about_them])
def test_a_draft_goes_with_the_words_and_an_older_page_keeps_none(
    db: Session,
    card: ReportCard,
    worker: Actor,
    goes: Callable[[Session, Actor, CardEntry], None],
):
    entry = read(db, worker, card)
    subject = f"{entry.id}:thinks"
    keep_draft(db, worker, "check", subject, "My room is cold")
    assert typed(db) == ["My room is cold"]

    goes(db, worker, entry)
    assert typed(db) == []

    with pytest.raises((NotAllowed, NotFound)):
        keep_draft(db, later(worker), "check", subject, "My room is cold at night")
    assert typed(db) == []


def test_somebody_else_goes_on_typing_over_an_entry_that_is_not_about_them(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card)
    open_to_read(db, second, entry.id)
    for actor, text in ((worker, "by one"), (second, "by another")):
        keep_draft(db, actor, "check", f"{entry.id}:thinks", text)

    about_them(db, worker, entry)
    assert typed(db) == ["by another"]
    keep_draft(db, later(second), "check", f"{entry.id}:wants", "more")
    assert typed(db) == ["by another", "more"]


@pytest.mark.parametrize("subject", ["thinks", ":thinks", "x:thinks", "999999:thinks"])
def test_a_draft_over_no_entry_is_not_kept(db: Session, worker: Actor, subject: str):
    with pytest.raises(Refused):
        keep_draft(db, worker, "check", subject, "My room is cold")
    assert typed(db) == []
