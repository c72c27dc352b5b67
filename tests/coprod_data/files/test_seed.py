"""The demo council, played on both engines: whole, lived-in, and on its own days."""

import csv
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.actors import System, stored_mode
from coprod_data.clocks import london_day
from coprod_data.commands.settings import settle_mode
from coprod_data.database import Database
from coprod_data.files.csv_in import SheetRefused, read_sheet
from coprod_data.files.seed import FOLDER, PASSWORD, STEPS, play_seed
from coprod_data.files.sheets import SHEETS
from coprod_data.models import (
    Action,
    AuditReturn,
    AuditRound,
    CardEntry,
    CoSignature,
    EntryVersion,
    Event,
    NotYet,
    Opportunity,
    Outcome,
    OutcomeAction,
    Person,
    PromiseCommitment,
    PromiseVersion,
    ReportCard,
    SafeguardingHold,
)
from coprod_data.passwords import is_password
from coprod_data.permissions import NotAllowed
from coprod_data.vocabulary import (
    CardState,
    EventKind,
    Mode,
    OpportunityState,
    ReturnState,
    Review,
    Side,
    Stage,
)
from tests.databases import Engine, opened
from tests.demo import DEMO

TODAY = date(2026, 11, 21)  # a Saturday
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def westmarch(empty_databases: Engine, key_file: Path) -> Iterator[Session]:
    """The council played once on each engine, for tests that only look at it."""
    with opened(empty_databases.fresh(), key_file) as database:
        database.clock = lambda: NOW
        play_seed(database, TODAY)
        with database.reading(System()) as (db, _):
            yield db


def counts(db: Session, column: sa.orm.InstrumentedAttribute[object]) -> Counter[object]:
    return Counter(db.scalars(sa.select(column)).all())


def test_every_row_of_every_sheet_has_its_step() -> None:
    told = {
        (sheet.name, row.cells.get("step")) for sheet in SHEETS for row in read_sheet(FOLDER, sheet)
    }

    assert told <= set(STEPS)


def test_the_last_day_falls_within_the_week_before_today_and_keeps_its_weekday(
    westmarch: Session,
) -> None:
    last = westmarch.scalar(
        sa.select(sa.func.max(Event.at)).where(Event.kind == EventKind.ENTRY_SENT)
    )
    adopted = westmarch.scalars(sa.select(PromiseVersion.adopted_at)).one()

    assert last is not None
    assert TODAY - timedelta(days=7) <= london_day(last) < TODAY
    assert london_day(last).strftime("%A") == "Friday"
    assert adopted is not None
    assert (london_day(last) - london_day(adopted)).days == (
        date(2026, 3, 20) - date(2024, 9, 19)
    ).days


@pytest.mark.parametrize("days", range(7))
def test_whatever_the_day_no_row_is_played_in_the_future(days: int) -> None:
    today = TODAY + timedelta(days=days)
    rows = [row for sheet in SHEETS for row in read_sheet(FOLDER, sheet)]
    last = max(row["on"].date() for row in rows)

    moved = last + timedelta(weeks=((today - last).days - 1) // 7)

    assert today - timedelta(days=7) <= moved < today


def test_an_event_keeps_its_day_and_the_true_moment_of_its_recording(westmarch: Session) -> None:
    told = westmarch.execute(
        sa.select(Event.at, Event.recorded_at).where(Event.kind != EventKind.SETTING_CHANGED)
    ).all()

    assert len(told) > 1000
    assert {event.recorded_at for event in told} == {NOW}
    assert all(event.at < NOW for event in told)


def test_each_demo_person_signs_in_with_the_one_password(westmarch: Session) -> None:
    hashes = dict(
        westmarch.execute(
            sa.select(Person.username, Person.password_hash).where(Person.username.in_(DEMO))
        ).all()
    )

    assert set(hashes) == set(DEMO)
    assert len(set(hashes.values())) == 1
    assert is_password(PASSWORD, hashes["chair"])


def test_the_database_says_it_is_a_demonstration(westmarch: Session) -> None:
    assert stored_mode(westmarch) is Mode.DEMO


def test_four_opportunities_wait_for_a_member_and_none_is_lost(westmarch: Session) -> None:
    states = counts(westmarch, Opportunity.state)

    assert sum(states.values()) == 15
    assert states[OpportunityState.OPEN] == 5  # one of them has an offer a young person must answer
    assert states[OpportunityState.WORKING] == 3
    assert states[OpportunityState.CLOSED] == 4


def test_words_wait_are_held_and_are_asked_back(westmarch: Session) -> None:
    review = counts(westmarch, CardEntry.review)

    assert review[Review.SUBMITTED] == 6
    assert review[Review.PERSONAL_HELP] == 1
    assert review[Review.RELEASED] > 55
    assert westmarch.scalar(
        sa.select(sa.func.count())
        .select_from(SafeguardingHold)
        .where(SafeguardingHold.closed_at.is_(None))
    )


def test_words_that_were_taken_back_are_gone(westmarch: Session) -> None:
    taken_back = sa.select(CardEntry.id).where(CardEntry.withdrawn_at.is_not(None))

    left = westmarch.scalars(
        sa.select(EntryVersion.thinks).where(EntryVersion.entry_id.in_(taken_back))
    ).all()

    assert left
    assert set(left) == {None}


def test_one_commitment_is_kept_because_both_sides_signed(westmarch: Session) -> None:
    stages = Counter(
        westmarch.scalars(
            sa.select(Action.stage)
            .join(PromiseCommitment, PromiseCommitment.id == Action.commitment_id)
            .where(PromiseCommitment.reference == "4.2")
        )
    )
    signed = westmarch.scalars(
        sa.select(CoSignature.side)
        .join(OutcomeAction, OutcomeAction.outcome_id == CoSignature.outcome_id)
        .join(Action, Action.id == OutcomeAction.action_id)
        .where(Action.title == "Council tax discount without having to ask")
    ).all()

    assert set(stages) == {Stage.VERIFIED}
    assert sorted(signed) == [Side.STAFF, Side.YOUNG]


def test_one_action_staff_call_done_is_disputed(westmarch: Session) -> None:
    action = westmarch.execute(
        sa.select(Action.stage, Outcome.co_signed_at)
        .join(OutcomeAction, OutcomeAction.action_id == Action.id)
        .join(Outcome, Outcome.id == OutcomeAction.outcome_id)
        .join(NotYet, NotYet.outcome_id == Outcome.id)
        .where(Action.title == "Suitcases at every office, no bin bags")
    ).one()

    assert action.stage is Stage.DONE
    assert action.co_signed_at is None


def test_one_commitment_has_not_moved_for_four_hundred_days(westmarch: Session) -> None:
    moved = westmarch.scalars(
        sa.select(Action.moved_at)
        .join(PromiseCommitment, PromiseCommitment.id == Action.commitment_id)
        .where(PromiseCommitment.reference == "2.1")
    ).all()

    assert moved
    assert all(NOW - moment > timedelta(days=400) for moment in moved)


def test_the_latest_audit_has_one_service_missing(westmarch: Session) -> None:
    latest, before = westmarch.scalars(sa.select(AuditRound).order_by(AuditRound.opened_on.desc()))

    def states(one: AuditRound) -> list[ReturnState]:
        return list(
            westmarch.scalars(sa.select(AuditReturn.state).where(AuditReturn.round_id == one.id))
        )

    assert len(states(latest)) == len(states(before)) == 8
    assert states(latest).count(ReturnState.IN_PROGRESS) == 1
    assert set(states(before)) == {ReturnState.PUBLISHED}


def test_cards_were_shared_and_one_gathers_for_each_theme(westmarch: Session) -> None:
    states = counts(westmarch, ReportCard.state)

    assert states[CardState.GATHERING] == 7
    assert states[CardState.SHARED] + states[CardState.CLOSED] == 7


def test_a_row_that_breaks_a_rule_leaves_nothing_and_says_where(
    database: Database, tmp_path: Path
) -> None:
    folder = a_copy(tmp_path)
    edit(folder, "outcomes", lambda row: row["step"] == "sign", by="cllr.kessler")

    with pytest.raises(SheetRefused) as refused:
        play_seed(database, TODAY, folder)

    assert refused.value.sentence.startswith("outcomes.csv, row 3, by: ")
    with database.reading(System()) as (db, _):
        assert db.scalar(sa.select(sa.func.count()).select_from(Event)) == 0
        assert db.scalar(sa.select(sa.func.count()).select_from(Person)) == 0
        assert stored_mode(db) is None


@pytest.mark.parametrize(
    ("sheet", "cells", "sentence"),
    [
        ("people", {"role": "boss"}, 'people.csv, row 2, role: "boss" is not one of young_person,'),
        ("people", {"username": "Two words"}, "people.csv, row 2, username: A username has"),
        ("people", {"by": "nobody"}, "people.csv, row 2, by: There is no account with"),
        ("people", {"by": "public"}, "people.csv, row 2, by: Your account does not let you"),
        ("people", {"by": "card:none"}, 'people.csv, row 2, by: there is no entry "none" yet'),
        ("groups", {"by": "manager"}, "groups.csv, row 2, by: Your account does not let you"),
        ("promise", {"step": "adopt"}, 'promise.csv, row 2, promise: there is no promise "The'),
    ],
)
def test_a_broken_row_is_told_by_file_row_and_column(
    database: Database, tmp_path: Path, sheet: str, cells: dict[str, str], sentence: str
) -> None:
    folder = a_copy(tmp_path)
    edit(folder, sheet, lambda _row: True, **cells)

    with pytest.raises(SheetRefused) as refused:
        play_seed(database, TODAY, folder)

    assert refused.value.sentence.startswith(sentence)


def test_a_live_database_is_never_played_into(database: Database) -> None:
    with database.writing(System()) as (db, system):
        settle_mode(db, system, Mode.LIVE)

    with pytest.raises(NotAllowed, match="live database for ever"):
        play_seed(database, TODAY)


def test_no_text_names_a_month_a_real_number_or_an_address() -> None:
    months = "January|February|March|April|June|July|August|September|October|November|December"
    seasons = "[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter|Christmas|Easter|Ramadan|Eid"
    telephones = r"(?<!\d)0(?!1632 960|800 1111)\d{2,4} ?\d{3}"
    forbidden = re.compile(rf"\b({months}|{seasons})\b|{telephones}|@|https?:")

    told = [
        (sheet.file, cell)
        for sheet in SHEETS
        for row in read_sheet(FOLDER, sheet)
        for cell in row.cells.values()
        if isinstance(cell, str) and forbidden.search(cell)
    ]

    assert told == []


def a_copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "seed"))


def edit(folder: Path, sheet: str, which: object, **cells: str) -> None:
    """Change these cells of the first row that fits."""
    path = folder / f"{sheet}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert callable(which)
    next(row for row in rows if which(row)).update(cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
