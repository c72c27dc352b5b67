"""A council whose log was told of everything, for tests of what the log proves."""

import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries import send_entry
from coprod_data.commands.event_log import UNLOGGED_TABLES, record
from coprod_data.models.base import Base
from coprod_data.store.actors import Public
from coprod_data.store.card_codes import NewCode
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.events import EventKind
from tests.helpers.builders import a_promise, the_duty, the_system


def a_set_up(db: Session) -> int:
    """Make what a test needs past the commands, and tell the log of it at once."""
    the_duty(db)
    theme_id = a_promise(db)[0].id
    tell_all(db)
    return theme_id


def tell_all(db: Session) -> None:
    """Tell the log of every row, as if one command had made them all."""
    tables = [one.class_ for one in Base.registry.mappers]
    logged = [table for table in tables if not issubclass(table, UNLOGGED_TABLES)]
    rows = [row for table in logged for row in db.scalars(sa.select(table))]
    db.info["gathered"] = [(row, "id", None, None) for row in rows]
    record(db, the_system(), EventKind.SETTING_CHANGED, None)


def send(council: Database, theme_id: int) -> int:
    with council.writing(Public()) as (db, actor):
        return send_entry(
            db, actor, form_id=secrets.token_hex(32),
            code=NewCode("a b c d e", secrets.token_hex(32), council.keys.newest.number),
            theme_id=theme_id, thinks="My room is cold.", wants="", feeling=2,
            uses=frozenset({ConsentUse.BOARD}),
        ).entry_id  # fmt: skip
