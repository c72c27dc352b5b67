"""Words that are out come back at once: taken in by the team, or because somebody is worried."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import end_hold, hold_entry
from coprod_data.commands.entries_checks import open_to_read, release_entry, take_over
from coprod_data.commands.entries_consent import change_consent
from coprod_data.commands.entries_recall import WORRIES_A_DAY, recall_entry, say_worried
from coprod_data.commands.entries_second import agree_release, agree_step
from coprod_data.models import CardEntry, Recall, ReportCard, Worry
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.entries import follow_entry
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.queries.entries_released import search_words
from coprod_data.scopes.entries import released
from coprod_data.vocabulary.entries import ConsentUse, Flag
from coprod_data.vocabulary.entry_care import Again, HoldEnd, StepKind, WordsTo
from tests.helpers.builders import an_entry, holding_the_code, somebody, unrecorded
from tests.helpers.entries_read import AS_WRITTEN, later, let_out, read

BOTH = (ConsentUse.BOARD, ConsentUse.PUBLIC)
WHY = "we left a name in"


def out(db: Session, entry: CardEntry) -> set[ConsentUse]:
    return {
        use
        for use in ConsentUse
        if db.scalar(sa.select(CardEntry.id).where(CardEntry.id == entry.id, released(use)))
    }


def test_a_recall_takes_the_words_out_of_every_view_and_tells_their_author_why(
    db: Session, card: ReportCard, worker: Actor, member: Actor
):
    entry = let_out(db, worker, card, consents=BOTH)
    with pytest.raises(Invalid, match="Say why"):
        recall_entry(db, worker, entry.id, reason=" ")

    assert recall_entry(db, later(worker), entry.id, reason=WHY)

    assert out(db, entry) == set()
    assert search_words(db, member, "cold") == []
    assert (entry.again, entry.waits_since, entry.report_card_id) == (
        Again.RECALLED, later(worker).at, card.id,
    )  # fmt: skip
    seen = follow_entry(db, holding_the_code(entry))
    assert (seen.again, seen.again_because, seen.board_reads) == (Again.RECALLED, WHY, False)


def test_a_second_recall_of_the_same_words_needs_a_second_person(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = let_out(db, worker, card)
    recall_entry(db, worker, entry.id, reason=WHY)
    open_to_read(db, later(worker), entry.id)
    release_entry(db, later(worker), entry.id, **AS_WRITTEN)

    assert recall_entry(db, later(worker, 2), entry.id, reason=WHY) is False
    assert out(db, entry) == {ConsentUse.BOARD}

    open_to_read(db, later(second, 3), entry.id)
    agree_step(db, later(second, 3), entry.id, StepKind.RECALL)
    assert out(db, entry) == set()
    assert len(db.scalars(sa.select(Recall)).all()) == 2


def taken_in(db: Session, worker: Actor, entry: CardEntry) -> None:
    recall_entry(db, worker, entry.id, reason=WHY)


def held_and_ended(db: Session, worker: Actor, entry: CardEntry) -> None:
    lead = somebody(db, Role.SAFEGUARDING, at=worker.at)
    hold_entry(db, worker, entry.id)
    open_to_read(db, lead, entry.id)
    end_hold(db, lead, entry.id, ending=HoldEnd.TALKED, words_to=WordsTo.QUEUE)


def allowed_more(db: Session, worker: Actor, entry: CardEntry) -> None:
    change_consent(
        db, holding_the_code(entry, at=worker.at), entry.id, uses=frozenset(BOTH)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("comes_back", "why"),
    [
        (taken_in, f"Taken back in: {WHY}. Open it again"),
        (held_and_ended, "Back from a hold. Open it again"),
        (allowed_more, "Allowed since then: read it again. Open it again"),
    ],
)
def test_a_page_opened_before_an_entry_came_back_decides_nothing(
    db: Session, card: ReportCard, worker: Actor, second: Actor, comes_back: Any, why: str
):
    entry = let_out(db, worker, card)
    open_to_read(db, later(second), entry.id)
    comes_back(db, later(worker, 2), entry)
    before, now = out(db, entry), later(second, 20)

    for step in (
        lambda: release_entry(db, now, entry.id, **AS_WRITTEN),
        lambda: take_over(db, now, entry.id),
    ):
        with pytest.raises(Refused, match=f"come back since you opened it. {why}"):
            step()
    assert out(db, entry) == before

    open_to_read(db, now, entry.id)
    let_out_at_once = release_entry(db, now, entry.id, **AS_WRITTEN)
    assert let_out_at_once is not entry.flagged  # what was held waits for a second person


def test_only_what_is_out_is_recalled_and_only_by_the_team(
    db: Session, card: ReportCard, worker: Actor, member: Actor
):
    with pytest.raises(Refused, match="Nothing of this entry is out"):
        recall_entry(db, worker, an_entry(db, card).id, reason=WHY)
    entry = let_out(db, worker, card)
    for actor in (member, somebody(db, Role.ADMINISTRATOR), somebody(db, Role.SAFEGUARDING)):
        with pytest.raises(NotAllowed):
            recall_entry(db, actor, entry.id, reason=WHY)


def test_a_worry_takes_public_words_away_flags_them_and_leaves_the_boards_own_pages(
    db: Session, card: ReportCard, worker: Actor, member: Actor
):
    entry = let_out(db, worker, card, consents=BOTH)

    say_worried(db, later(member), entry.id)
    say_worried(db, later(member, 2), entry.id)

    assert out(db, entry) == {ConsentUse.BOARD}
    assert (entry.flag_list, entry.again) == ([Flag.WORRIED], Again.WORRIED)
    assert [row.urgent for row in entries_to_check(db, worker)] == [True]
    assert len(db.scalars(sa.select(Worry)).all()) == 1
    seen = follow_entry(db, holding_the_code(entry))
    assert (seen.again, seen.again_because) == (Again.WORRIED, "")


def test_whoever_let_them_out_does_not_put_them_back(
    db: Session, card: ReportCard, worker: Actor, second: Actor, member: Actor
):
    entry = let_out(db, worker, card, consents=BOTH)
    say_worried(db, member, entry.id)

    open_to_read(db, later(worker), entry.id)
    with pytest.raises(NotAllowed, match="You let these words out before"):
        release_entry(db, later(worker), entry.id, **AS_WRITTEN)
    open_to_read(db, later(second, 20), entry.id)
    assert not release_entry(db, later(second, 21), entry.id, **AS_WRITTEN)
    open_to_read(db, later(worker, 22), entry.id)
    with pytest.raises(NotAllowed, match="You let these words out before"):
        agree_step(db, later(worker, 23), entry.id, StepKind.RELEASE)
    with pytest.raises(NotAllowed, match="You let these words out before"):
        agree_release(db, later(worker, 23), entry.id, **AS_WRITTEN)
    assert [row.for_me for row in entries_to_check(db, later(worker, 23))] == [False]

    third = somebody(db, Role.YOUTH_VOICE, at=later(worker, 24).at)
    open_to_read(db, third, entry.id)
    agree_step(db, later(third), entry.id, StepKind.RELEASE)

    assert out(db, entry) == set(BOTH)


def test_who_proposed_to_let_them_out_does_not_propose_it_again_after_a_worry(
    db: Session, card: ReportCard, worker: Actor, second: Actor, member: Actor
):
    entry = read(db, worker, card, consents=BOTH, flags=["hurt"])
    assert not release_entry(db, worker, entry.id, **AS_WRITTEN)
    open_to_read(db, later(second), entry.id)
    agree_step(db, later(second, 2), entry.id, StepKind.RELEASE)
    say_worried(db, later(member, 3), entry.id)

    for one in (worker, second):
        open_to_read(db, later(one, 20), entry.id)
        take_over(db, later(one, 20), entry.id)
        with pytest.raises(NotAllowed, match="You let these words out before"):
            release_entry(db, later(one, 21), entry.id, **AS_WRITTEN)

    third = somebody(db, Role.YOUTH_VOICE, at=later(worker, 40).at)
    open_to_read(db, third, entry.id)
    take_over(db, third, entry.id)
    assert not release_entry(db, third, entry.id, **AS_WRITTEN)
    for one in (worker, second):
        open_to_read(db, later(one, 50), entry.id)
        with pytest.raises(NotAllowed, match="You let these words out before"):
            agree_step(db, later(one, 51), entry.id, StepKind.RELEASE)


def test_a_recall_or_a_hold_after_a_worry_does_not_let_them_put_it_back(
    db: Session, card: ReportCard, worker: Actor, member: Actor, lead: Actor
):
    recalled, held = (let_out(db, worker, card, consents=BOTH) for _ in range(2))
    for entry in (recalled, held):
        say_worried(db, member, entry.id)
    recall_entry(db, later(worker), recalled.id, reason=WHY)
    hold_entry(db, later(worker), held.id)
    open_to_read(db, later(lead, 2), held.id)
    end_hold(db, later(lead, 3), held.id, ending=HoldEnd.TALKED, words_to=WordsTo.QUEUE)

    for entry in (recalled, held):
        open_to_read(db, later(worker, 4), entry.id)
        with pytest.raises(NotAllowed, match="You let these words out before"):
            release_entry(db, later(worker, 5), entry.id, **AS_WRITTEN)


def test_where_only_who_let_them_out_is_left_safeguarding_is_second(
    db: Session, card: ReportCard, worker: Actor, second: Actor, member: Actor, lead: Actor
):
    entry = let_out(db, worker, card, consents=BOTH)
    say_worried(db, member, entry.id)
    open_to_read(db, later(second), entry.id)
    release_entry(db, later(second), entry.id, **AS_WRITTEN)

    assert [row.for_me for row in entries_to_check(db, later(lead, 2))] == [True]
    open_to_read(db, later(lead, 2), entry.id)
    agree_step(db, later(lead, 3), entry.id, StepKind.RELEASE)

    assert out(db, entry) == set(BOTH)


def test_a_worry_said_while_a_second_person_is_asked_stops_who_let_them_out(
    db: Session, card: ReportCard, worker: Actor, second: Actor, member: Actor
):
    entry = let_out(db, worker, card, consents=(ConsentUse.BOARD,))
    with unrecorded(db):
        entry.flags = ["hurt"]
    change_consent(db, holding_the_code(entry), entry.id, uses=frozenset(BOTH))
    open_to_read(db, later(worker), entry.id)
    release_entry(db, later(worker), entry.id, **AS_WRITTEN)
    say_worried(db, later(member, 2), entry.id)
    open_to_read(db, later(second, 3), entry.id)

    with pytest.raises(NotAllowed, match="Somebody else proposes"):
        agree_step(db, later(second, 4), entry.id, StepKind.RELEASE)


def test_a_reader_is_worried_about_words_they_may_read_five_times_a_day(
    db: Session, card: ReportCard, worker: Actor, member: Actor
):
    hidden = an_entry(db, card)
    with pytest.raises(NotFound):
        say_worried(db, member, hidden.id)
    entries = [let_out(db, worker, card) for _ in range(WORRIES_A_DAY + 1)]
    for entry in entries[:-1]:
        say_worried(db, member, entry.id)

    with pytest.raises(Refused, match="five times today"):
        say_worried(db, member, entries[-1].id)
    say_worried(db, later(member, 60 * 25), entries[-1].id)


def test_the_holder_of_a_code_may_be_worried_too(db: Session, card: ReportCard, worker: Actor):
    entry, mine = let_out(db, worker, card, consents=BOTH), an_entry(db, card)

    say_worried(db, holding_the_code(mine), entry.id)

    worry = db.scalars(sa.select(Worry)).one()
    assert (worry.entry_id, worry.person_id, worry.by_entry_id) == (entry.id, None, mine.id)
