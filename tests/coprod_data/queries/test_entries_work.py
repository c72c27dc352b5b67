"""What waits for the two teams: each wait is a row, by kind, with the oldest first."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import (
    hold_entry,
    take_hold,
    tell_of_hold,
    write_on_held_card,
)
from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.models import Absence, ContactWish, EntryMeant
from coprod_data.permissions import Actor, Refused, Role
from coprod_data.queries.entries_holds import open_holds
from coprod_data.queries.entries_queue import entries_to_check, queue_clock
from coprod_data.queries.entries_urgent import urgent_moments
from coprod_data.queries.entries_wishes import open_wishes
from coprod_data.queries.entries_work import work_on_entries
from coprod_data.queries.notices_lado import LeftToLado, left_to_lado
from coprod_data.queries.overview import waits
from coprod_data.store.database import Database
from coprod_data.vocabulary.entry_care import AboutUs, HoldLine, Told
from coprod_data.vocabulary.work import WorkKind
from pages.shared.work_entries import of_entries
from pages.shared.work_rows import oldest
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_promise,
    a_report_card,
    add,
    an_entry,
    days_ago,
    somebody,
    unrecorded,
)
from tests.helpers.databases import statements
from tests.helpers.entries_read import later


def test_each_wait_of_a_worker_is_a_row(db: Session):
    card = a_report_card(db, a_promise(db)[0])
    amara, ben = somebody(db, Role.YOUTH_VOICE), somebody(db, Role.YOUTH_VOICE)
    urgent = an_entry(db, card, flags=["hurt"])
    for _ in range(2):
        an_entry(db, card)
    proposed = an_entry(db, card, "A secret.", None, flags=["secret"])
    open_to_read(db, ben, proposed.id)
    release_entry(
        db, ben, proposed.id, shown_thinks="A secret.", shown_wants="", why="It is a cake."
    )
    wished = an_entry(db, card, released=True)
    add(db, ContactWish(
        entry_id=wished.id, first_name=None, how="text", when_safe=None, made_at=days_ago(1)
    ))  # fmt: skip

    found = work_on_entries(db, amara)

    assert [(row.kind, row.entry_id, row.count) for row in found] == [
        (WorkKind.URGENT, urgent.id, 1),
        (WorkKind.WISH, wished.id, 1),  # overdue
        (WorkKind.SECOND, proposed.id, 1),
        (WorkKind.TO_READ, None, 2),
        (WorkKind.REPLIES, None, 1),
    ]
    [waits] = [row for row in work_on_entries(db, ben) if row.kind is WorkKind.FOR_OTHERS]
    assert waits.entry_id == proposed.id


def test_each_entry_over_our_target_counts_once_as_in_checking_and_on_the_overview(db: Session):
    card = a_report_card(db, a_promise(db)[0])
    amara = somebody(db, Role.YOUTH_VOICE)
    for sent_at in (days_ago(9), days_ago(8), NOW):
        an_entry(db, card, sent_at=sent_at)
    an_entry(db, card, flags=["hurt"], sent_at=days_ago(7))
    for dealt_at in (days_ago(40), days_ago(30), days_ago(2)):
        entry = an_entry(db, card, released=True)
        with unrecorded(db):
            entry.dealt_at = dealt_at

    found = {row.kind: (row.count, row.over) for row in work_on_entries(db, amara)}

    assert found == {
        WorkKind.URGENT: (1, 1), WorkKind.TO_READ: (3, 2), WorkKind.REPLIES: (3, 2),
    }  # fmt: skip
    assert "5 are over our target." in oldest(of_entries(work_on_entries(db, amara), NOW))
    assert queue_clock(db, amara).late == 3
    told = waits(db, amara)
    assert (told.unread.late, told.replies.late) == (3, 2)


def test_present_danger_comes_first_then_what_is_overdue(db: Session):
    card = a_report_card(db, a_promise(db)[0])
    amara = somebody(db, Role.YOUTH_VOICE)
    secret = an_entry(db, card, flags=["secret"], hints=["weak_words"], sent_at=NOW)
    hurt = an_entry(db, card, flags=["hurt"], sent_at=NOW)
    wished = an_entry(db, card, released=True)
    add(db, ContactWish(
        entry_id=wished.id, first_name=None, how="text", when_safe=None, made_at=days_ago(3)
    ))  # fmt: skip

    found = [(row.kind, row.entry_id, row.late) for row in work_on_entries(db, amara)]

    assert found[:3] == [
        (WorkKind.URGENT, hurt.id, False), (WorkKind.WISH, wished.id, True),
        (WorkKind.URGENT, secret.id, False),
    ]  # fmt: skip
    assert [row.id for row in entries_to_check(db, amara)] == [hurt.id, secret.id]


def test_a_hold_not_opened_and_a_message_left_are_rows_of_safeguarding(db: Session):
    card = a_report_card(db, a_promise(db)[0])
    amara, lead = somebody(db, Role.YOUTH_VOICE), somebody(db, Role.SAFEGUARDING)
    entry = an_entry(db, card)
    hold_entry(db, amara, entry.id)
    tell_of_hold(db, amara, entry.id, Told.LEFT_MESSAGE)
    db.flush()

    assert [row.kind for row in work_on_entries(db, lead)] == [WorkKind.HOLD_UNOPENED]
    [hold] = open_holds(db, lead)
    assert (hold.open_by, hold.late) == (NOW + timedelta(hours=1), False)
    assert hold.needs_a_call(NOW)  # one number is not enough
    at = NOW + timedelta(minutes=5)
    tell_of_hold(db, replace(amara, at=at, recorded_at=at), entry.id, Told.LEFT_MESSAGE)
    [hold] = open_holds(db, lead)
    assert not hold.needs_a_call(at)
    assert not hold.needs_a_call(NOW + timedelta(minutes=19))
    assert hold.needs_a_call(NOW + timedelta(minutes=20))
    at = NOW + timedelta(minutes=20)
    tell_of_hold(db, replace(amara, at=at, recorded_at=at), entry.id, Told.LEFT_MESSAGE)
    [hold] = open_holds(db, lead)
    assert hold.needs_a_call(at)  # the other number again, too

    an_hour_on = somebody(db, Role.SAFEGUARDING, at=NOW + timedelta(minutes=61))
    kinds = [row.kind for row in work_on_entries(db, an_hour_on)]
    assert kinds == [WorkKind.HOLD_UNOPENED, WorkKind.MESSAGE_LEFT]
    [hold] = open_holds(db, an_hour_on)
    assert hold.late

    open_to_read(db, an_hour_on, entry.id)
    assert [row.kind for row in work_on_entries(db, an_hour_on)] == [WorkKind.HOLD_OPEN]


def test_an_opened_hold_is_work_of_all_of_safeguarding_until_it_ends(db: Session):
    card = a_report_card(db, a_promise(db)[0])
    amara = somebody(db, Role.YOUTH_VOICE)
    lead, deputy = somebody(db, Role.SAFEGUARDING), somebody(db, Role.SAFEGUARDING)
    entry = an_entry(db, card)
    hold_entry(db, amara, entry.id)
    open_to_read(db, lead, entry.id)

    def told(by: Actor) -> tuple[bool, str]:
        [row] = work_on_entries(db, by)
        assert (row.kind, row.entry_id) == (WorkKind.HOLD_OPEN, entry.id)
        [drawn] = of_entries([row], by.at)
        return row.late, drawn.detail

    late, words = told(deputy)
    assert not late
    assert f"nobody has taken it, opened by {lead.name}" in words
    late, words = told(later(deputy, 10 * 24 * 60))
    assert late
    assert "opened 10 days ago, nothing written since · over our target since" in words
    assert work_on_entries(db, later(amara, 60)) == []

    with pytest.raises(Refused, match="read it first"):
        take_hold(db, deputy, entry.id, shown=None)
    take_hold(db, lead, entry.id, shown=None)
    assert f"{lead.name} is dealing with it" in told(deputy)[1]
    assert "You are dealing with it" in told(lead)[1]

    two_days_on = later(lead, 2 * 24 * 60)
    write_on_held_card(db, two_days_on, entry.id, HoldLine.STILL)
    late, words = told(two_days_on)
    assert not late
    assert "last written today" in words

    add(db, Absence(
        person_id=lead.id, from_day=TODAY, to_day=TODAY + timedelta(days=7), added_at=NOW,
        added_by_id=lead.id,
    ))  # fmt: skip
    late, words = told(deputy)
    assert late
    assert f"{lead.name} is away until {(TODAY + timedelta(days=7)).day} " in words
    open_to_read(db, deputy, entry.id)
    with pytest.raises(Refused, match="A colleague has taken it"):
        take_hold(db, deputy, entry.id, shown=None)
    take_hold(db, deputy, entry.id, shown=lead.id)
    assert f"{deputy.name} is dealing with it" in told(lead)[1]
    with pytest.raises(Refused, match="down as away"):
        take_hold(db, lead, entry.id, shown=deputy.id)


def test_who_is_away_does_not_stop_the_clock_of_the_first_opening(db: Session):
    card = a_report_card(db, a_promise(db)[0])
    lead, deputy = somebody(db, Role.SAFEGUARDING), somebody(db, Role.SAFEGUARDING)
    entry = an_entry(db, card)
    hold_entry(db, somebody(db, Role.YOUTH_VOICE), entry.id)
    add(db, Absence(
        person_id=lead.id, from_day=TODAY, to_day=TODAY, added_at=NOW, added_by_id=lead.id
    ))  # fmt: skip

    open_to_read(db, lead, entry.id)

    assert [row.kind for row in work_on_entries(db, deputy)] == [WorkKind.HOLD_UNOPENED]
    open_to_read(db, deputy, entry.id)
    [hold] = open_holds(db, lead)
    assert hold.first_read_by == deputy.name


def test_a_hold_that_nobody_was_told_of_is_everybodys_work_after_ten_minutes(db: Session):
    card = a_report_card(db, a_promise(db)[0])
    amara, ben = somebody(db, Role.YOUTH_VOICE), somebody(db, Role.YOUTH_VOICE)
    entry = an_entry(db, card)
    hold_entry(db, amara, entry.id)

    assert work_on_entries(db, later(ben, 9)) == []
    [row] = work_on_entries(db, later(ben, 10))
    assert (row.kind, row.entry_id, row.who) == (WorkKind.NOT_TOLD, entry.id, amara.name)
    assert urgent_moments(db, later(ben, 10)) == [later(ben, 10).at] * 2
    assert [row.kind for row in work_on_entries(db, later(amara, 10))] == [WorkKind.HOLD_UNOPENED]

    tell_of_hold(db, later(ben, 11), entry.id, Told.OUT_OF_HOURS)
    assert work_on_entries(db, later(ben, 30)) == []


def test_held_words_and_wishes_taken_back_are_not_the_workers(db: Session):
    card = a_report_card(db, a_promise(db)[0])
    amara, lead = somebody(db, Role.YOUTH_VOICE), somebody(db, Role.SAFEGUARDING)
    entry = an_entry(db, card)
    add(db, ContactWish(
        entry_id=entry.id, first_name=None, how="text", when_safe=None, made_at=days_ago(1),
        taken_back_at=NOW,
    ))  # fmt: skip

    assert open_wishes(db, amara) == []
    [wish] = open_wishes(db, lead)
    assert (wish.taken_back, wish.how) == (True, "")


def test_the_administrator_hears_only_that_nobody_may_read_an_entry(db: Session):
    card = a_report_card(db, a_promise(db)[0])
    amara, lead = somebody(db, Role.YOUTH_VOICE), somebody(db, Role.SAFEGUARDING)
    sam = somebody(db, Role.ADMINISTRATOR)
    entry = an_entry(db, card)
    add(db, EntryMeant(entry_id=entry.id, person_id=amara.id))
    assert left_to_lado(db, sam) is None

    add(db, EntryMeant(entry_id=entry.id, person_id=lead.id))

    assert left_to_lado(db, sam) == LeftToLado(count=1, unreadable=1, sent_at=None)


def test_what_nobody_may_read_is_counted_for_an_answer_as_for_its_entry(db: Session):
    card = a_report_card(db, a_promise(db)[0])
    amara, lead = somebody(db, Role.YOUTH_VOICE), somebody(db, Role.SAFEGUARDING)
    sam = somebody(db, Role.ADMINISTRATOR)
    unsaid = an_entry(db, card, about_us=AboutUs.NOT_SAID)
    about_amara = an_entry(db, card)
    add(db, EntryMeant(entry_id=about_amara.id, person_id=amara.id))
    answers = [an_entry(db, card, about_id=main.id) for main in (unsaid, about_amara)]
    assert left_to_lado(db, sam) is None

    for answer in answers:
        add(db, EntryMeant(entry_id=answer.id, person_id=lead.id))

    assert left_to_lado(db, sam) == LeftToLado(count=2, unreadable=2, sent_at=None)


def test_many_names_are_asked_for_in_one_statement_that_holds_none_of_them(
    database: Database, db: Session
):
    card = a_report_card(db, a_promise(db)[0])
    amara, sam = somebody(db, Role.YOUTH_VOICE), somebody(db, Role.ADMINISTRATOR)

    def sent_for(more: int) -> list[str]:
        for _ in range(more):
            add(db, EntryMeant(entry_id=an_entry(db, card).id, person_id=amara.id))
        with statements(database) as sent:
            assert left_to_lado(db, sam) is not None
        return [one.text for one in sent]

    assert sent_for(2) == sent_for(20)


def test_no_row_is_about_the_one_who_reads_it(db: Session):
    card = a_report_card(db, a_promise(db)[0])
    amara = somebody(db, Role.YOUTH_VOICE)
    entry = an_entry(db, card, flags=["hurt"])
    add(db, EntryMeant(entry_id=entry.id, person_id=amara.id))

    assert work_on_entries(db, amara) == []
