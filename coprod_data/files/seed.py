"""Invented councils: their sheets are played through the commands, as their people, on their dates.

`COPROD_SEED` names the one that a new demonstration starts with: `demo`, `small` or `none`.
"""

import logging
import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path

import sqlalchemy as sa

from coprod_data.commands.actions_months import turn_month
from coprod_data.commands.sessions_feedback import count_feedback
from coprod_data.commands.settings import settle_mode
from coprod_data.files import (
    seed_audits,
    seed_cards,
    seed_library,
    seed_meetings,
    seed_office,
    seed_outcomes,
    seed_papers,
    seed_plan,
    seed_policies,
    seed_projects,
    seed_promise,
    seed_sessions,
    seed_surveys,
    seed_together,
    seed_training,
    seed_voices,
)
from coprod_data.files.csv_in import Row, read_folder
from coprod_data.files.csv_read import SheetRefused
from coprod_data.files.seed_council import Council, Steps
from coprod_data.files.sheets import SHEETS
from coprod_data.models import Person
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused
from coprod_data.rules.clocks import london_day
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.store.passwords import hash_password
from coprod_data.store.places import ROOT
from coprod_data.vocabulary.settings import Mode

log = logging.getLogger("coprod_data")

TELL_EVERY = 15  # seconds
COUNCILS = {"demo": ROOT / "seed" / "westmarch", "small": ROOT / "seed" / "small"}
FOLDER = COUNCILS["demo"]
WORKBOOKS = {".xlsx", ".xls", ".xlsm", ".ods", ".numbers"}
PASSWORD = "together-we-did-this"  # noqa: S105 - the demonstration's, printed in the README
STEPS: Steps = {
    **seed_office.STEPS,
    **seed_meetings.STEPS,
    **seed_papers.STEPS,
    **seed_voices.STEPS,
    **seed_cards.STEPS,
    **seed_audits.STEPS,
    **seed_together.STEPS,
    **seed_sessions.STEPS,
    **seed_promise.STEPS,
    **seed_plan.STEPS,
    **seed_policies.STEPS,
    **seed_projects.STEPS,
    **seed_library.STEPS,
    **seed_outcomes.STEPS,
    **seed_surveys.STEPS,
    **seed_training.STEPS,
}


def chosen_council() -> Path | None:
    """Return the folder of the council to start with, None for an empty one. Raises Invalid."""
    name = os.environ.get("COPROD_SEED", "demo")
    if name != "none" and name not in COUNCILS:
        raise Invalid(f"Set COPROD_SEED to {', '.join(COUNCILS)} or none.")
    return COUNCILS.get(name)


def play_seed(
    database: Database,
    today: date,
    folder: Path = FOLDER,
    tell: Callable[[int, int], None] | None = None,
) -> int:
    """Play a council's sheets into an empty demo database. Returns how many rows were played.

    Every date moves by the same number of weeks, so that the last day of the sheets falls within
    the week before today. The faces of a month are counted once it has ended, as the jobs do, so
    that an agenda drawn up later knows them. `tell` hears before each row how many of how many were
    played. It is one transaction: if a row cannot be played, or `tell` raises something, nothing is
    kept. Raises SheetRefused with the file, the row and the column, and NotAllowed in a live
    database or one that already has people.
    """
    rows = must_be_a_council(folder)
    last_day = rows[-1]["on"].date()
    moved_by = timedelta(weeks=((today - last_day).days - 1) // 7)
    password_hash = hash_password(PASSWORD)
    with database.writing(System()) as (db, system):
        settle_mode(db, system, Mode.DEMO)
        if db.scalar(sa.select(Person.id).limit(1)) is not None:
            raise NotAllowed("An invented council moves into an empty database only.")
        council = Council(db, system.at, password_hash)
        told = time.monotonic()
        month = london_day(rows[0].moved(moved_by)["on"]).replace(day=1)
        for number, row in enumerate(rows):
            if time.monotonic() - told > TELL_EVERY:
                log.warning("Played %s of %s rows so far.", number, len(rows))
                told = time.monotonic()
            if tell is not None:
                tell(number, len(rows))
            row = row.moved(moved_by)
            if (this := london_day(row["on"]).replace(day=1)) > month:
                turn_month(db, replace(system, at=row["on"].astimezone(UTC)))
                month = this
            _play(council, system, row)
        turn_month(db, system)
        count_feedback(db, system)
    return len(rows)


def must_be_a_council(folder: Path) -> list[Row]:
    """Return the rows of a council's sheets in the order of their moments. Raises SheetRefused."""
    if not folder.is_dir():
        raise SheetRefused(f"There is no folder {folder.absolute()}. Nothing was made.")
    _check_names(folder)
    rows = sorted(read_folder(folder, SHEETS), key=lambda row: row["on"])
    if not rows:
        raise SheetRefused(f"{folder.absolute()}: its sheets have no rows under their headings.")
    return rows


def _check_names(folder: Path) -> None:
    """Refuse a file whose name is no sheet's, because its rows would be left out."""
    known = {sheet.file for sheet in SHEETS}
    for path in sorted(folder.iterdir()):
        is_open_elsewhere = path.name.startswith(("~$", ".~"))
        if path.suffix.casefold() in WORKBOOKS and not is_open_elsewhere:
            raise SheetRefused(f"{path.name}: save each of its sheets as CSV UTF-8 beside it.")
        if path.suffix.casefold() == ".csv" and path.name not in known:
            raise SheetRefused(
                f"{path.name}: there is no such sheet. The sheets are {', '.join(sorted(known))}."
            )


def _play(council: Council, system: Actor, row: Row) -> None:
    by, at = row["by"], row["on"].astimezone(UTC)
    try:
        actor = replace(system, at=at) if by == "system" else council.actor(row)
    except NotFound as fault:
        raise row.refused("by", fault.sentence) from fault
    try:
        STEPS[row.sheet.name, row.cells.get("step")](council, actor, row)
    except SheetRefused:
        raise
    except Refused as fault:
        raise row.refused(_column(row, fault), fault.sentence) from fault


def _column(row: Row, fault: Refused) -> str:
    if fault.field in row.cells:
        return str(fault.field)
    return "by" if isinstance(fault, NotAllowed) or "step" not in row.cells else "step"
