"""Open the database once per server: make it, migrate it, set its mode, fill a demo."""

import logging
from datetime import date

from coprod_data.commands.settings import settle_mode
from coprod_data.files.seed import chosen_council, play_seed
from coprod_data.queries.settings import labels
from coprod_data.store import database
from coprod_data.store.actors import System, stored_mode
from coprod_data.store.database import Database, connect
from coprod_data.store.erasures import make_erasures_whole
from coprod_data.store.own_keys import must_be_its_own
from coprod_data.store.owner_only import keep_to_owner
from coprod_data.store.places import chosen_mode, default_key_file, default_url, shown
from coprod_data.store.schema import check_guards, migrate
from coprod_data.vocabulary.settings import Mode

log = logging.getLogger("coprod_data")


def open_database() -> Database:
    """Return the process's database, ready for use, and its mode; the council's labels are read.

    Raises SchemaFault, UnsafeKey, PlaceFault, NotAllowed, Invalid: each says what to do.
    """
    folder = chosen_council() if chosen_mode() is Mode.DEMO else None
    keep_to_owner(default_url(), default_key_file(), mend=chosen_mode() is Mode.DEMO)
    opened = connect(default_url(), default_key_file())
    must_be_its_own(opened.engine, opened.keys, default_key_file())
    migrate(opened.engine, keys=opened.keys)
    check_guards(opened.engine)
    with opened.reading(System()) as (db, _):
        is_new = stored_mode(db) is None
    if is_new:
        log.warning("This is a new database: %s", shown(opened.engine.url))
    if is_new and folder is not None:
        log.warning(
            "Setting up an invented council. This takes half a minute, longer on a busy machine."
        )
        play_seed(opened, date.today(), folder)  # noqa: DTZ011 - the day on the calendar of this machine
    with opened.writing(System()) as (db, system):
        settle_mode(db, system, chosen_mode())
        labels(db, system)
        make_erasures_whole(db, default_key_file(), opened.keys, system.at)
    database.use(opened)
    return opened
