"""A database that is not new is opened with its own keys only: never with new ones, or others'.

Otherwise a mistyped path would make a key under which no card code opens, and the next job would
seal the log with it.
"""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from coprod_data.models import Event, Setting
from coprod_data.store.keys import Keys, restoring
from coprod_data.store.places import foreign_key_of, no_key_of, opening
from coprod_data.store.row_digests import fits, row_name, told_in
from coprod_data.store.seals import newest_fits
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.settings import SettingKey

_MODE = row_name("setting", [SettingKey.MODE])


def must_have_a_key(engine: Engine, key_file: Path) -> None:
    """Refuse a database that is not new and whose key file is not there. Raises PlaceFault."""
    if not (key_file.exists() or restoring(key_file).exists()) and _has_a_log(engine):
        engine.dispose()  # leaves nothing beside the database
        raise no_key_of(engine.url, key_file)


def must_be_its_own(engine: Engine, keys: Keys, key_file: Path) -> None:
    """Refuse a database whose log was made under other keys, before anything is written to it.

    The row that says live or demo is written once and never changes, so its digest fits under the
    key of the first day as long as there is a log. Raises PlaceFault.
    """
    if not _has_a_log(engine):
        return
    looking = engine.execution_options(coprod_write=False)
    with opening(engine.url), Session(looking, autoflush=False) as db:
        own = _are_its_own(db, keys)
    if not own:
        engine.dispose()
        raise foreign_key_of(engine.url, key_file)


def _has_a_log(engine: Engine) -> bool:
    """Say whether a database holds events that may have been made under a key."""
    looking = engine.execution_options(coprod_write=False)
    with opening(engine.url), looking.connect() as connection:
        inspected = sa.inspect(connection)
        if not inspected.has_table(Event.__tablename__):
            return False
        columns = {column["name"] for column in inspected.get_columns(Event.__tablename__)}
        return "digests" in columns and connection.scalar(sa.select(Event.id).limit(1)) is not None


def _are_its_own(db: Session, keys: Keys) -> bool:
    of_rows = {key.number: key.of_rows for key in keys.of_log}
    newest = sa.select(Event.digests).where(Event.digests.is_not(None)).order_by(Event.id.desc())
    last = db.scalar(newest.limit(1))
    added = sa.select(Event.changes).where(Event.kind == EventKind.KEY_ADDED)
    needed = {str(changes["key"]) for changes in db.scalars(added)}
    if last is not None:
        needed.add(last.partition("\n")[0])
    if not needed <= of_rows.keys():
        return False  # a copy of the file from before a key was added
    row = db.execute(
        sa.select(Setting.__table__).where(Setting.key == SettingKey.MODE)
    ).mappings().first()  # fmt: skip
    began = sa.select(Event.digests).where(
        Event.kind == EventKind.SETTING_CHANGED, Event.digests.contains(f"{_MODE} ")
    )
    told = [dict(told_in(digests or ""))[_MODE] for digests in db.scalars(began)]
    if row is None or not told:  # its first events are of a release whose events had no digests
        return newest_fits(db, keys)
    return any(fits(of_rows, one, _MODE, dict(row)) for one in told)
