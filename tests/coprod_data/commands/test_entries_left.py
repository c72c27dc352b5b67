"""What nobody of the Youth Voice Team may read: safeguarding decides about it in their place."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_checks import ask_back, keep_entry, open_to_read, release_entry
from coprod_data.commands.entries_endings import close_entry
from coprod_data.commands.entries_replies import send_reply
from coprod_data.commands.entries_second import agree_step
from coprod_data.models import CardEntry, EntryMeant, ReportCard
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.queries.entries_queue import replies_owed
from coprod_data.vocabulary.entries import ConsentUse, Review
from coprod_data.vocabulary.entry_care import AboutUs, StepKind
from tests.helpers.builders import add, an_entry, somebody
from tests.helpers.entries_read import AS_WRITTEN, later

pytestmark = pytest.mark.usefixtures("worker", "second")  # a team that may not read it
REASON = {ConsentUse.BOARD: "It is about your own life."}


def left(db: Session, card: ReportCard, lead: Actor, **said: Any) -> CardEntry:
    """An entry whose author would not say whom it is about; the lead has opened it."""
    entry = an_entry(db, card, about_us=AboutUs.NOT_SAID, **said)
    open_to_read(db, lead, entry.id)
    return entry


def test_safeguarding_asks_back(db: Session, card: ReportCard, lead: Actor):
    entry = left(db, card, lead)

    assert ask_back(db, lead, entry.id, text="Where can we meet?") is not None
    assert entry.review is Review.ASKED_BACK


def test_safeguarding_keeps_it_and_replies(db: Session, card: ReportCard, lead: Actor):
    silent, allowed = left(db, card, lead, consents=()), left(db, card, lead)

    assert keep_entry(db, lead, silent.id)
    assert release_entry(db, lead, allowed.id, **AS_WRITTEN, nots=REASON)
    assert (silent.review, allowed.review) == (Review.KEPT, Review.KEPT)
    assert [row.id for row in replies_owed(db, lead)] == [silent.id, allowed.id]
    send_reply(db, lead, silent.id, text="We talked to your school.")
    assert [row.id for row in replies_owed(db, lead)] == [allowed.id]


def test_safeguarding_closes_it_with_a_reply(db: Session, card: ReportCard, lead: Actor):
    entry = left(db, card, lead)

    assert close_entry(db, lead, entry.id, text="We talked to your school.")
    assert (entry.review, entry.replied_at) == (Review.CLOSED, lead.at)


def test_after_a_flag_another_of_safeguarding_agrees(db: Session, card: ReportCard, lead: Actor):
    entry = left(db, card, lead, consents=(), flags=["hurt"])
    assert not keep_entry(db, lead, entry.id, why="We know of it.")
    deputy = later(somebody(db, Role.SAFEGUARDING))
    open_to_read(db, deputy, entry.id)

    agree_step(db, deputy, entry.id, StepKind.KEEP)

    assert entry.review is Review.KEPT


def test_safeguarding_lets_no_words_out(db: Session, card: ReportCard, lead: Actor):
    entry = left(db, card, lead)

    with pytest.raises(NotAllowed, match="lets words out"):
        release_entry(db, lead, entry.id, **AS_WRITTEN)
    assert entry.dealt_at is None


@pytest.mark.parametrize(
    "act",
    [
        lambda db, actor, number: keep_entry(db, actor, number),
        lambda db, actor, number: ask_back(db, actor, number, text="Where?"),
        lambda db, actor, number: close_entry(db, actor, number, text="Thank you."),
        lambda db, actor, number: send_reply(db, actor, number, text="Thank you."),
        lambda db, actor, number: release_entry(db, actor, number, **AS_WRITTEN, nots=REASON),
    ],
    ids=["keep", "ask", "close", "reply", "decide"],
)
def test_what_one_of_the_team_may_read_is_theirs(
    db: Session,
    card: ReportCard,
    worker: Actor,
    lead: Actor,
    act: Callable[[Session, Actor, int], object],
):
    entry = an_entry(db, card, consents=())
    add(db, EntryMeant(entry_id=entry.id, person_id=worker.id))

    with pytest.raises(NotAllowed):
        act(db, lead, entry.id)
    assert entry.dealt_at is None


def test_safeguarding_holds_it(db: Session, card: ReportCard, lead: Actor):
    assert hold_entry(db, lead, left(db, card, lead).id)
