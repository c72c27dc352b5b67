"""What nobody of the Youth Voice Team may read: safeguarding decides about it in their place."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_checks import (
    ask_back,
    keep_entry,
    open_to_read,
    release_entry,
    return_to_queue,
)
from coprod_data.commands.entries_endings import close_entry
from coprod_data.commands.entries_replies import send_reply
from coprod_data.commands.entries_second import agree_step
from coprod_data.models import Absence, CardEntry, EntryMeant, ReportCard
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.queries.entries_queue import entries_to_check, replies_owed
from coprod_data.queries.entries_work import work_on_entries
from coprod_data.vocabulary.entries import ConsentUse, Review
from coprod_data.vocabulary.entry_care import AboutUs, StepKind
from tests.helpers.builders import NOW, TODAY, add, an_entry, somebody
from tests.helpers.entries_read import AS_WRITTEN, later, read

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


def away(db: Session, actor: Actor) -> None:
    add(db, Absence(
        person_id=actor.id, from_day=TODAY, to_day=TODAY, added_at=NOW, added_by_id=actor.id
    ))  # fmt: skip


def test_what_the_only_worker_who_is_there_typed_is_read_by_safeguarding(
    db: Session, card: ReportCard, worker: Actor, second: Actor, lead: Actor
):
    typed = an_entry(db, card, typed_by_id=worker.id, flags=["hurt"])
    other = an_entry(db, card)
    assert entries_to_check(db, lead) == []

    away(db, second)

    [row] = entries_to_check(db, lead)
    assert (row.id, row.for_me) == (typed.id, True)
    assert [row.entry_id for row in work_on_entries(db, lead)] == [typed.id]
    open_to_read(db, lead, typed.id)
    assert ask_back(db, lead, typed.id, text="Where can we meet?", why="We want to talk.") is None
    with pytest.raises(NotAllowed):
        open_to_read(db, worker, typed.id)
    with pytest.raises(NotAllowed):
        open_to_read(db, lead, other.id)


def test_what_one_typed_and_is_about_the_other_is_read_by_safeguarding(
    db: Session, card: ReportCard, worker: Actor, second: Actor, lead: Actor
):
    entry = an_entry(db, card, typed_by_id=worker.id)
    add(db, EntryMeant(entry_id=entry.id, person_id=second.id))
    add(db, EntryMeant(entry_id=entry.id, person_id=worker.id))

    assert [row.id for row in entries_to_check(db, lead)] == [entry.id]


def test_what_an_absent_colleague_has_open_reaches_safeguarding_while_nobody_is_there(
    db: Session, card: ReportCard, worker: Actor, second: Actor, lead: Actor
):
    entry = read(db, worker, card)
    away(db, worker)
    assert entries_to_check(db, lead) == []

    away(db, second)

    [row] = entries_to_check(db, later(lead, 20))
    assert (row.id, row.for_me) == (entry.id, True)
    open_to_read(db, later(lead, 20), entry.id)
    assert close_entry(db, later(lead, 20), entry.id, text="We talked to your school.")


def test_without_an_answer_it_comes_back_to_safeguarding_who_may_decide_again(
    db: Session, card: ReportCard, lead: Actor
):
    entry = left(db, card, lead)
    ask_back(db, lead, entry.id, text="Where can we meet?")
    assert entries_to_check(db, lead) == []

    a_week_on = later(lead, 8 * 24 * 60)
    [row] = entries_to_check(db, a_week_on)
    assert (row.id, row.state, row.for_me) == (entry.id, "no_answer", True)
    return_to_queue(db, a_week_on, entry.id)
    assert entry.dealt_at is None


def test_while_the_team_is_away_what_it_has_dealt_with_stays_shut(
    db: Session, card: ReportCard, worker: Actor, second: Actor, lead: Actor
):
    entry = read(db, worker, card)
    close_entry(db, worker, entry.id, text="Thank you.")
    away(db, worker)
    away(db, second)

    with pytest.raises(NotAllowed):
        open_to_read(db, lead, entry.id)
