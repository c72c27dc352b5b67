"""The queue shows no words; words open only for those on record as readers; waits are counted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_checks import ask_back, open_to_read, release_entry
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_replies import send_reply, write_summary
from coprod_data.models import EntryMeant, ReportCard
from coprod_data.permissions import Actor, NotAllowed, NotFound, Role
from coprod_data.queries.entries_queue import (
    ended_entries,
    entries_to_check,
    queue_clock,
    replies_owed,
)
from coprod_data.queries.entries_raw import raw_words
from coprod_data.queries.entries_rows_steps import LONGEST_LIST
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import ConsentUse, EntryKind, Flag, Review
from tests.helpers.builders import NOW, add, an_entry, days_ago, holding_the_code, somebody
from tests.helpers.databases import statements
from tests.helpers.entries_read import AS_WRITTEN, later, let_out, read


def test_flagged_entries_come_first_then_the_longest_wait(
    db: Session, card: ReportCard, worker: Actor
):
    newer = an_entry(db, card, sent_at=days_ago(1))
    older = an_entry(db, card, sent_at=days_ago(3))
    flagged = an_entry(db, card, sent_at=NOW, flags=["hurt", "secret"])
    answer = an_entry(db, card, sent_at=NOW, kind=EntryKind.ANSWER, about_id=flagged.id)

    rows = entries_to_check(db, worker)

    assert [row.id for row in rows] == [flagged.id, answer.id, older.id, newer.id]
    assert rows[0].flags == (Flag.HURT, Flag.SECRET)
    assert (rows[1].flags, rows[1].read_by) == ((), rows[0].read_by)
    assert queue_clock(db, worker).urgent == 2


def test_the_list_holds_no_word(db: Session, card: ReportCard, worker: Actor):
    an_entry(db, card, thinks="Zanzibar", wants="Timbuktu")
    read(db, worker, card, thinks="Zanzibar", flags=["hurt"])

    told = repr(entries_to_check(db, worker))

    assert "Zanzibar" not in told
    assert "Timbuktu" not in told


@pytest.mark.parametrize(
    ("sent", "flags", "read_by"),
    [
        (datetime(2026, 3, 4, 10, tzinfo=UTC), [], datetime(2026, 3, 5, 10, tzinfo=UTC)),
        (datetime(2026, 3, 4, 10, tzinfo=UTC), ["hurt"], datetime(2026, 3, 4, 14, tzinfo=UTC)),
        (datetime(2026, 3, 6, 16, tzinfo=UTC), ["hurt"], datetime(2026, 3, 9, 12, tzinfo=UTC)),
        (datetime(2026, 3, 7, 23, tzinfo=UTC), [], datetime(2026, 3, 9, 17, tzinfo=UTC)),
        (datetime(2026, 4, 2, 16, tzinfo=UTC), ["hurt"], datetime(2026, 4, 7, 12, tzinfo=UTC)),
    ],
)
def test_read_by_counts_working_time(
    db: Session,
    card: ReportCard,
    worker: Actor,
    sent: datetime,
    flags: list[str],
    read_by: datetime,
):
    an_entry(db, card, sent_at=sent, flags=flags)

    before = replace(worker, at=read_by)
    after = replace(worker, at=read_by + timedelta(minutes=1))

    assert entries_to_check(db, before)[0].read_by == read_by
    assert not entries_to_check(db, before)[0].late
    assert entries_to_check(db, after)[0].late
    assert queue_clock(db, after).late == 1


def test_each_state_says_where_it_waits(db: Session, card: ReportCard, worker: Actor):
    second = somebody(db, Role.YOUTH_VOICE)
    new, asked = an_entry(db, card), read(db, worker, card)
    opened = read(db, worker, card, sent_at=NOW)
    proposed = read(db, worker, card, flags=["hurt"])
    ask_back(db, worker, asked.id, text="May we?")
    release_entry(db, worker, proposed.id, **AS_WRITTEN)
    let_out(db, worker, card)

    rows = {row.id: row for row in entries_to_check(db, second)}

    assert {row.id: row.state for row in rows.values()} == {
        new.id: "submitted", opened.id: "in_review", proposed.id: "second_reader",
    }  # fmt: skip
    assert rows[proposed.id].proposed_by == worker.name
    assert (rows[proposed.id].proposed_by_me, rows[proposed.id].for_me) == (False, True)
    assert (rows[opened.id].taken_by, rows[opened.id].for_me) == (worker.name, False)
    assert [(row.id, row.state) for row in ended_entries(db, second)] == [(asked.id, "asked_back")]


def test_no_number_of_later_ones_cuts_off_a_flagged_entry_that_left_the_queue(
    db: Session, card: ReportCard, worker: Actor
):
    def closed(days: float, **said: object) -> int:
        return an_entry(
            db, card, review=Review.CLOSED, dealt_at=days_ago(days), consents=(), **said
        ).id  # fmt: skip

    flagged, plain = closed(7, flags=["hurt"]), closed(8)
    for _ in range(LONGEST_LIST):
        closed(1)

    listed = [row.id for row in ended_entries(db, worker)]

    assert (len(listed), listed[-1]) == (LONGEST_LIST + 1, flagged)
    assert plain not in listed


def test_safeguarding_sees_what_left_the_queue_by_its_own_right_and_may_hold_it(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    plain, flagged = an_entry(db, card), let_out(db, worker, card)
    ended = an_entry(
        db, card, review=Review.CLOSED, dealt_at=days_ago(3), flags=["hurt"], consents=()
    )
    out = an_entry(db, card, released=True, flags=["hurt"])
    meant = an_entry(db, card, review=Review.KEPT, dealt_at=days_ago(1), consents=())
    add(db, EntryMeant(entry_id=meant.id, person_id=lead.person_id))

    listed = {row.id for row in ended_entries(db, lead)}

    assert listed == {ended.id, out.id}
    assert not {plain.id, flagged.id} & listed
    hold_entry(db, lead, ended.id)
    assert [row.id for row in ended_entries(db, lead)] == [out.id]


def test_held_entries_are_listed_for_safeguarding_alone(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = read(db, worker, card)
    hold_entry(db, worker, entry.id)

    assert entries_to_check(db, worker) == []
    assert [(row.id, row.state) for row in entries_to_check(db, lead)] == [(entry.id, "held")]


def test_safeguarding_sees_of_the_rest_only_what_waits_for_a_second_reader(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    an_entry(db, card)
    proposed = read(db, worker, card, flags=["hurt"])
    release_entry(db, worker, proposed.id, **AS_WRITTEN)

    assert [row.id for row in entries_to_check(db, lead)] == [proposed.id]


def test_what_one_typed_says_so(db: Session, card: ReportCard, worker: Actor):
    an_entry(db, card, typed_by_id=worker.id)

    assert entries_to_check(db, worker)[0].typed_by_me
    assert not entries_to_check(db, somebody(db, Role.YOUTH_VOICE))[0].typed_by_me


@pytest.mark.parametrize(
    "role", [Role.MANAGER, Role.BOARD_MEMBER, Role.CHAIR, Role.ADMINISTRATOR, Role.YOUNG_PERSON]
)
def test_nobody_else_has_a_queue(db: Session, card: ReportCard, role: Role):
    actor, entry = somebody(db, role), an_entry(db, card)

    for ask in (entries_to_check, queue_clock, replies_owed, ended_entries):
        with pytest.raises(NotAllowed):
            ask(db, actor)
    with pytest.raises(NotAllowed):
        raw_words(db, actor, entry.id)


def test_the_clock_counts_what_waits(db: Session, card: ReportCard, worker: Actor):
    an_entry(db, card, sent_at=days_ago(9))
    an_entry(db, card, sent_at=NOW)
    proposed = read(db, worker, card, flags=["hurt"])
    release_entry(db, worker, proposed.id, **AS_WRITTEN)
    let_out(db, worker, card)

    clock = queue_clock(db, worker)

    assert (clock.unread, clock.late, clock.second_reader, clock.replies_owed) == (3, 2, 1, 1)
    assert clock.oldest_at == days_ago(9)


def test_raw_words_need_an_opening_by_the_same_person(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, somebody(db, Role.YOUTH_VOICE), card)

    with pytest.raises(NotAllowed, match="We record that you did"):
        raw_words(db, worker, entry.id)
    open_to_read(db, worker, entry.id)

    raw = raw_words(db, worker, entry.id)
    assert (raw.thinks, raw.wants) == ("My room is cold at night.", "Fix the heating.")
    assert raw.uses == {ConsentUse.BOARD}


def test_whoever_read_before_a_hold_reads_no_more(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = read(db, worker, card)
    hold_entry(db, worker, entry.id)

    with pytest.raises(NotAllowed, match=f"{worker.name} held this at 10:00. Safeguarding reads"):
        raw_words(db, worker, entry.id)
    open_to_read(db, lead, entry.id)
    assert raw_words(db, lead, entry.id).held


def test_words_taken_back_are_read_no_more(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card)
    withdraw_entry(db, holding_the_code(entry), entry.id)

    with pytest.raises(NotFound):
        raw_words(db, worker, entry.id)


def test_who_read_raw_words_stands_beside_them(db: Session, card: ReportCard, worker: Actor):
    second = later(somebody(db, Role.YOUTH_VOICE), 5)
    entry = read(db, worker, card)
    open_to_read(db, second, entry.id)

    readings = raw_words(db, worker, entry.id).readings

    assert [(row.person, row.at) for row in readings] == [
        (worker.name, worker.at), (second.name, second.at),
    ]  # fmt: skip


def test_the_second_reader_sees_what_was_proposed(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card, thinks="Dave hits me.", wants=None, flags=["hurt"])
    release_entry(db, worker, entry.id, shown_thinks="[Somebody] hits me.", shown_wants="")
    second = later(somebody(db, Role.YOUTH_VOICE))
    open_to_read(db, second, entry.id)

    proposal = raw_words(db, second, entry.id).proposal

    assert proposal is not None
    assert (proposal.by, proposal.by_me, proposal.thinks) == (
        worker.name, False, "[Somebody] hits me.",
    )  # fmt: skip


def test_questions_and_a_summary_stand_beside_the_words(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card)
    write_summary(db, worker, entry.id, text="Cold at night.")
    ask_back(db, worker, entry.id, text="Which room?")

    raw = raw_words(db, worker, entry.id)

    assert raw.summary == "Cold at night."
    assert [question.text for question in raw.questions][-1] == "Which room?"


def test_replies_owed_are_those_out_without_an_answer_longest_first(
    db: Session, card: ReportCard, worker: Actor
):
    first, answered = let_out(db, worker, card), let_out(db, worker, card)
    newest = let_out(db, later(worker), card)
    held = let_out(db, worker, card)
    send_reply(db, worker, answered.id, text="It is mended.")
    hold_entry(db, worker, held.id)

    assert [row.id for row in replies_owed(db, worker)] == [first.id, newest.id]


def test_twenty_entries_need_as_many_statements_as_two(
    database: Database, db: Session, card: ReportCard, worker: Actor
):
    def count_for(more: int) -> int:
        for _ in range(more):
            an_entry(db, card)
            let_out(db, worker, card)
            proposed = read(db, worker, card, flags=["hurt"])
            release_entry(db, worker, proposed.id, **AS_WRITTEN)
        with statements(database) as sent:
            entries_to_check(db, worker)
            replies_owed(db, worker)
        return len(sent)

    assert count_for(2) == count_for(18)
