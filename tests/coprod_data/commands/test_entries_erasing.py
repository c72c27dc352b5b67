"""Words whose time is over are erased, and nothing that never left the clock."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.drafts import forget_drafts, keep_draft
from coprod_data.commands.entries_erasing import erase_what_is_due
from coprod_data.commands.opportunities import reword_opportunity
from coprod_data.commands.quotes import choose_quote, put_in_quotes
from coprod_data.commands.settings import change_setting
from coprod_data.commands.trail import forget_trail
from coprod_data.models import (
    CardEntry,
    CheckStep,
    ContactWish,
    Draft,
    EntryReading,
    EntryVersion,
    Event,
    Opportunity,
    PromiseTheme,
    Reply,
    ReportCard,
    SafeguardingHold,
    Trail,
)
from coprod_data.permissions import Actor, Invalid, Role
from coprod_data.queries.entries import follow_entry
from coprod_data.queries.entries_released import search_words
from coprod_data.queries.retention import count_due, kept_times
from coprod_data.rules.clocks import months_before
from coprod_data.scopes.presence import DRAFT_FORM
from coprod_data.store.erasures import ERASED
from coprod_data.vocabulary.entries import EntryKind, Flag, Review
from coprod_data.vocabulary.entry_care import StepKind
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.opportunities import OpportunityState
from coprod_data.vocabulary.retention import Kept
from coprod_data.vocabulary.rewordings import RUN_OUT, TextPlace
from coprod_data.vocabulary.settings import SettingKey
from coprod_data.vocabulary.trail import TrailKind
from tests.helpers.builders import (
    NOW,
    add,
    an_entry,
    an_opportunity,
    days_ago,
    holding_the_code,
    somebody,
    the_system,
    unrecorded,
)  # fmt: skip
from tests.helpers.quoting import QUOTE, THINKS
from tests.helpers.working_together import WORDED, a_source, the_person

YEAR_AGO = months_before(NOW, 12)
ENDS = (Review.KEPT, Review.CLOSED, Review.PERSONAL_HELP)


def ended(
    db: Session, card: ReportCard, worker: Actor, at: datetime = YEAR_AGO, **fields: Any
) -> CardEntry:
    """Words that ended with a reply at this moment, read the day before."""
    said: dict[str, Any] = {"review": Review.KEPT, "dealt_at": at - timedelta(days=1), **fields}
    entry = an_entry(db, card, sent_at=at - timedelta(days=3), consents=(), **said)
    add(db, EntryReading(entry_id=entry.id, person_id=worker.id, at=at - timedelta(days=1)))
    if entry.kind is EntryKind.WORDS:
        with unrecorded(db):
            entry.replied_at = at
        add(db, Reply(entry_id=entry.id, text="Thank you.", person_id=worker.id, at=at))
    return entry


def words_of(db: Session) -> dict[int, str | None]:
    return {one.entry_id: one.thinks for one in db.scalars(sa.select(EntryVersion))}


def run(db: Session, at: datetime = NOW) -> set[int]:
    """Erase all that is due at a moment. Returns which entries have no words any more."""
    due = count_due(db, the_system(at))
    erased = 0
    while some := erase_what_is_due(db, the_system(at)):
        erased += some.total()
    assert erased == due[Kept.ENDED] + due[Kept.LET_OUT]
    return {entry_id for entry_id, thinks in words_of(db).items() if thinks is None}


def test_words_go_a_year_after_their_reply_and_not_a_second_sooner(
    db: Session, card: ReportCard, worker: Actor
) -> None:
    over = [ended(db, card, worker, review=review).id for review in ENDS]
    later = ended(db, card, worker, YEAR_AGO + timedelta(seconds=1))
    owed = ended(db, card, worker)
    with unrecorded(db):
        db.execute(sa.delete(Reply).where(Reply.entry_id == owed.id))
    again = ended(db, card, worker)  # and they wrote to its author once more
    add(db, Reply(entry_id=again.id, text="And more.", person_id=worker.id, at=days_ago(9)))
    view = ended(db, card, worker, kind=EntryKind.VIEW)
    read = ended(db, card, worker, kind=EntryKind.VIEW)
    add(db, EntryReading(entry_id=read.id, person_id=worker.id, at=days_ago(9)))
    add(db, Draft(
        person_id=worker.id, form=DRAFT_FORM, subject=f"{view.id}:thinks", text="My room",
        saved_at=NOW,
    ))  # fmt: skip
    counted = count_due(db, the_system())
    before = db.scalar(sa.select(sa.func.max(Event.id))) or 0

    assert run(db) == {*over, view.id}
    assert counted[Kept.ENDED] == 4
    assert db.scalars(sa.select(Draft)).all() == []
    assert set(db.info[ERASED]) == {*over, view.id}
    [event] = db.scalars(sa.select(Event).where(Event.id > before))
    assert (event.kind, event.subject_id) == (EventKind.RETENTION_RAN, None)
    assert event.changes["ended"] == 4
    assert "My room" not in str(event.changes)
    assert follow_entry(db, holding_the_code(db.get_one(CardEntry, over[0]))).time_over
    assert not follow_entry(db, holding_the_code(later)).withdrawn
    assert run(db, NOW + timedelta(seconds=1)) == {*over, view.id, later.id}


def test_words_that_are_out_go_after_six_years_and_leave_the_search(
    db: Session, card: ReportCard, worker: Actor, member: Actor
) -> None:
    six_years = months_before(NOW, 72)
    old, young = (an_entry(db, card, released=True) for _ in range(2))
    for entry, at in ((old, six_years), (young, six_years + timedelta(days=1))):
        with unrecorded(db):
            entry.released_at = entry.dealt_at = entry.replied_at = at
        add(db, Reply(entry_id=entry.id, text="Thank you.", person_id=worker.id, at=at))
    word = ended(db, card, worker, YEAR_AGO, kind=EntryKind.ANSWER, about_id=young.id)

    assert count_due(db, the_system())[Kept.LET_OUT] == 1
    assert run(db) == {old.id, word.id}
    assert old.id not in {row.entry_id for row in search_words(db, member, "room")}


def test_a_text_says_of_words_whose_time_is_over_that_it_was_and_not_that_somebody_asked(
    db: Session, quoted: CardEntry, quoting: Opportunity, worker: Actor
) -> None:
    six_years = months_before(NOW, 72)
    typed = add(db, Draft(
        person_id=worker.id, form="minutes", subject="1:text", text=QUOTE, saved_at=NOW
    ))  # fmt: skip
    place = TextPlace.HELP_WANTED
    choose_quote(db, worker, "reword", "1", "help_wanted", quoted.id, place=place)
    put_in_quotes(db, worker, "reword", "1")
    reword_opportunity(
        db, worker, quoting.id, wording=replace(WORDED, help_wanted=f"A child said: {THINKS}")
    )
    with unrecorded(db):
        quoting.state = OpportunityState.CLOSED
        quoted.released_at = quoted.dealt_at = quoted.replied_at = six_years
    add(db, Reply(entry_id=quoted.id, text="Thank you.", person_id=worker.id, at=six_years))

    assert run(db) == {quoted.id}
    keep_draft(db, worker, "minutes", "2:text", QUOTE)  # the form was open

    assert quoting.help_wanted == f"A child said: {RUN_OUT}."
    drafts = db.scalars(sa.select(Draft).where(Draft.form == "minutes").order_by(Draft.id)).all()
    assert [one.text.count(RUN_OUT) for one in drafts] == [1, 1]
    assert typed.text.startswith("A child said:")


@pytest.mark.parametrize("state", [OpportunityState.WORKING, OpportunityState.PARKED])
def test_nothing_goes_that_open_work_came_from(
    db: Session, theme: PromiseTheme, card: ReportCard, worker: Actor, state: OpportunityState
) -> None:
    entry = ended(db, card, worker)
    opportunity = an_opportunity(db, theme, the_person(db, worker), state=state)
    a_source(db, opportunity, entry)
    other = ended(db, card, worker)  # no work came from this one

    assert run(db) == {other.id}
    with unrecorded(db):
        db.get_one(Opportunity, opportunity.id).state = OpportunityState.CLOSED
    assert run(db) == {entry.id, other.id}


def test_the_times_are_settings_with_bounds(db: Session, card: ReportCard, worker: Actor) -> None:
    boss, system = somebody(db, Role.ADMINISTRATOR), the_system()
    assert kept_times(db, boss) == {
        Kept.ENDED: 12, Kept.LET_OUT: 6, Kept.ORIGINALS: 12, Kept.TEXTS: 6, Kept.NAMES: 6,
        Kept.DRAFTS: 7, Kept.TRAIL: 12,
    }  # fmt: skip
    entry = ended(db, card, worker, months_before(NOW, 3))
    for days in (1, 2):
        add(db, Draft(
            person_id=worker.id, form="reply", subject=str(days), text="kept",
            saved_at=NOW - timedelta(days=days),
        ))  # fmt: skip
    for months in (6, 5):
        add(db, Trail(kind=TrailKind.EXPORTED, at=months_before(NOW, months), person_id=worker.id))
    for kept in Kept:
        least, most = kept.setting.bounds or (0, 0)
        for wrong in (least - 1, most + 1, "7"):
            with pytest.raises(Invalid):
                change_setting(db, boss, kept.setting, wrong)
    assert set(count_due(db, system).values()) == {0}

    for key, value in (
        (SettingKey.ENDED_MONTHS, 3), (SettingKey.DRAFT_DAYS, 2), (SettingKey.TRAIL_MONTHS, 6)
    ):  # fmt: skip
        change_setting(db, boss, key, value)
    assert {kept: count for kept, count in count_due(db, system).items() if count} == {
        Kept.ENDED: 1, Kept.DRAFTS: 1, Kept.TRAIL: 1
    }  # fmt: skip
    assert (forget_drafts(db, system), forget_trail(db, system)) == (1, 1)
    assert run(db) == {entry.id}
    assert set(count_due(db, system).values()) == {0}


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happened_nothing_goes_that_never_left_the_clock(
    db: Session, card: ReportCard, worker: Actor, lead: Actor, seed: int
) -> None:
    """A thing that keeps a whole card, at random, on its words or on what hangs on them."""
    chance, expected = random.Random(seed), set[int]()  # noqa: S311

    def waits(entry: CardEntry) -> None:
        entry.dealt_at, entry.review = None, chance.choice([Review.SUBMITTED, Review.IN_REVIEW])
        entry.flags = chance.choice([[], [Flag.HURT.value]])

    def asked(entry: CardEntry) -> None:
        entry.review = Review.ASKED_BACK

    def unread(entry: CardEntry) -> None:
        entry.withdrawn_at, entry.kept_unread, entry.dealt_at = YEAR_AGO, True, None
        entry.flags = [Flag.SECRET.value]

    def held(entry: CardEntry) -> None:
        db.add(SafeguardingHold(entry_id=entry.id, opened_at=YEAR_AGO, opened_by_id=lead.id))

    def wished(entry: CardEntry) -> None:
        db.add(ContactWish(
            entry_id=entry.about_id or entry.id, first_name="Mo", how="x", when_safe="", made_at=NOW
        ))  # fmt: skip

    def proposed(entry: CardEntry) -> None:
        db.add(CheckStep(
            entry_id=entry.id, kind=StepKind.KEEP, proposed_at=NOW, proposed_by_id=worker.id
        ))  # fmt: skip

    def younger(entry: CardEntry) -> None:
        entry.dealt_at = days_ago(chance.randint(0, 300))

    keeps = (waits, asked, unread, held, wished, proposed, younger)
    for _ in range(30):
        main = ended(db, card, worker, review=chance.choice(ENDS))
        words = [
            ended(db, card, worker, kind=chance.choice([EntryKind.ANSWER, EntryKind.VIEW]),
                  about_id=main.id, review=chance.choice(ENDS))
            for _ in range(chance.randint(0, 2))
        ]  # fmt: skip
        everything = [main, *words]
        if chance.random() < 0.3:
            expected |= {one.id for one in everything}
            continue
        keep, one = chance.choice(keeps), chance.choice(everything)
        with unrecorded(db):
            keep(one)
            db.flush()
        if keep is younger:  # of its own words only, but never the card without them
            expected |= {word.id for word in words if word is not one}
    before = words_of(db)

    gone = run(db)

    assert gone == expected
    assert {one: said for one, said in words_of(db).items() if one not in gone} == {
        one: said for one, said in before.items() if one not in gone
    }
    for entry in db.scalars(sa.select(CardEntry)):
        if entry.id not in gone:
            assert entry.review is not Review.TIME_OVER
