"""The invented councils: who their people are, and how each is played for tests."""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random

import pytest

from coprod_data.files import seed
from coprod_data.files.as_at import as_it_is
from coprod_data.files.csv_in import Row
from coprod_data.files.seed import COUNCILS, play_seed
from coprod_data.files.seed_council import Council
from coprod_data.permissions import Actor, Role
from coprod_data.rules.clocks import london_day
from coprod_data.rules.moments import past_moment
from coprod_data.store import database as process
from coprod_data.store.database import Database
from coprod_data.store.schema import migrate
from tests.helpers.builders import NOW
from tests.helpers.databases import Engine

DEMO: dict[str, frozenset[Role]] = {
    "young.person": frozenset({Role.YOUNG_PERSON}),
    "youth.voice": frozenset({Role.YOUTH_VOICE}),
    "youth.voice.two": frozenset({Role.YOUTH_VOICE}),
    "safeguarding.lead": frozenset({Role.SAFEGUARDING, Role.YOUTH_VOICE}),
    "manager": frozenset({Role.MANAGER}),
    "board.member": frozenset({Role.BOARD_MEMBER}),
    "chair": frozenset({Role.CHAIR}),
    "clerk": frozenset({Role.CLERK}),
    "administrator": frozenset({Role.ADMINISTRATOR}),
}

ONE_EACH = tuple({roles: username for username, roles in reversed(DEMO.items())}.values())[::-1]

SMALL: dict[str, frozenset[Role]] = {  # those of them that the small council has
    "youth.voice": frozenset({Role.YOUTH_VOICE, Role.SAFEGUARDING}),
    "safeguarding.lead": frozenset({Role.SAFEGUARDING, Role.YOUTH_VOICE, Role.MANAGER}),
    "board.member": frozenset({Role.BOARD_MEMBER}),
    "chair": frozenset({Role.CHAIR}),
    "administrator": frozenset({Role.ADMINISTRATOR}),
}


def play_council(database: Database) -> None:
    """Play Westmarch into a new database, as it was at NOW."""
    with as_it_was_played(database):
        _play(database, "demo")


def snapshots(key_file: Path | None, dialect: str) -> Path:
    """Where it is kept what the council showed on some days while it was played."""
    assert key_file is not None
    return key_file.with_name(f"as_it_was.{dialect}")


@contextmanager
def as_it_was_played(database: Database) -> Iterator[None]:
    """Keep what the plan and the Overview show at the end of ten days, as each is played."""
    play, chance, kept = seed._play, Random(14), []  # noqa: S311 - days only
    days: list[date] = []

    def play_and_look(council: Council, system: Actor, row: Row) -> None:
        day = london_day(row["on"])
        if days and day > days[-1] and chance.random() < 0.04:
            end = past_moment(days[-1].isoformat(), "", NOW)
            kept.append(as_it_is(council.db, system, end))
        days.append(day)
        play(council, system, row)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seed, "_play", play_and_look)
        yield
    dialect = database.engine.dialect.name
    snapshots(database.key_file, dialect).write_bytes(pickle.dumps(kept))


@contextmanager
def as_the_council(kind: Engine) -> Iterator[Database]:
    """A copy of these databases as the process's own, with its clock at NOW."""
    with kind.lent() as database, pytest.MonkeyPatch.context() as patched:
        database.clock = lambda: NOW
        patched.setattr(process, "_current", database)
        yield database


def play_small_council(database: Database) -> None:
    """Play Sallowmere in the same way."""
    _play(database, "small")


def _play(database: Database, council: str) -> None:
    database.clock = lambda: NOW
    migrate(database.engine)
    play_seed(database, NOW.date(), COUNCILS[council])
