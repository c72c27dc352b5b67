"""Open the database once per server: make it, migrate it, set its mode, fill a demo."""

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path

from coprod_data.commands.settings import settle_mode
from coprod_data.files.seed import chosen_council, play_seed
from coprod_data.queries.settings import labels
from coprod_data.store import database
from coprod_data.store.actors import System, stored_mode
from coprod_data.store.database import Database
from coprod_data.store.erasures import make_erasures_whole
from coprod_data.store.making import make_or_upgrade
from coprod_data.store.owner_only import keep_to_owner
from coprod_data.store.places import chosen_mode, default_key_file, default_url, shown
from coprod_data.vocabulary.settings import Mode

log = logging.getLogger("coprod_data")


def open_database() -> Database:
    """Return the process's database, ready for use, and its mode; the council's labels are read.

    Raises as `begin_database` does, and SheetRefused.
    """
    opened, council = begin_database()
    if council is not None:
        play_council(opened, council)
    settle_database(opened)
    return opened


def begin_database() -> tuple[Database, Path | None]:
    """Return the database, made and brought to this release, and the folder of the invented
    council that is to be played into it first, if there is one.

    Raises SchemaFault, UnsafeKey, PlaceFault, NotAllowed, Invalid: each says what to do.
    """
    folder = chosen_council() if chosen_mode() is Mode.DEMO else None
    keep_to_owner(default_url(), default_key_file(), mend=chosen_mode() is Mode.DEMO)
    opened = make_or_upgrade(default_url(), default_key_file())
    with opened.reading(System()) as (db, _):
        is_new = stored_mode(db) is None
    if is_new:
        log.warning("This is a new database: %s", shown(opened.engine.url))
    return opened, folder if is_new else None


def play_council(
    opened: Database, folder: Path, tell: Callable[[int, int], None] | None = None
) -> None:
    """Play an invented council into a new database; `tell` hears how far it is, in rows."""
    log.warning(
        "Setting up an invented council. This takes half a minute, longer on a busy machine."
    )
    today = date.today()  # noqa: DTZ011 - the day on the calendar of this machine
    play_seed(opened, today, folder, tell)


def settle_database(opened: Database) -> None:
    """Say what a database is for, and let this process use it. Raises NotAllowed."""
    with opened.writing(System()) as (db, system):
        settle_mode(db, system, chosen_mode())
        labels(db, system)
        make_erasures_whole(db, default_key_file(), opened.keys, system.at)
    database.use(opened)
