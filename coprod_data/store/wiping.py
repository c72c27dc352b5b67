"""Words that were erased leave the database's files too.

SQLite overwrites freed pages (`secure_delete`) but keeps older ones in its write-ahead file until
that is emptied, which must wait for everybody who still reads from it. So erasing owes a wiping: it
is tried after the commit, and by the recurring job until it is done.
"""

import logging
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from coprod_data.models import Wiping

log = logging.getLogger("coprod_data")

OWED = "wiping"  # in the information of a session that must be wiped after its commit


def owe_wiping(db: Session, at: datetime) -> None:
    """Note that words were erased in this transaction. PostgreSQL's own vacuum clears them."""
    if db.get_bind().dialect.name != "sqlite" or db.info.get(OWED):
        return
    db.info[OWED] = True
    db.add(Wiping(asked_at=at))
    db.flush()


def wipe(engine: Engine, at: datetime) -> bool:
    """Empty the write-ahead file if words are still to be wiped. Returns whether it did so.

    It waits for nobody: whoever reads from the file now is a reason to try again later.
    """
    if engine.dialect.name != "sqlite":
        return False
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        if raw is None:
            return False
        owed = raw.execute("SELECT max(id) FROM wiping WHERE done_at IS NULL").fetchone()[0]
        if owed is None:
            return False
        waits = raw.execute("PRAGMA busy_timeout").fetchone()[0]
        raw.execute("PRAGMA busy_timeout=0")
        try:
            busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            raw.execute(f"PRAGMA busy_timeout={waits}")
    wiped = not busy
    with engine.begin() as connection:
        rows = sa.update(Wiping).where(Wiping.id <= owed, Wiping.done_at.is_(None))
        connection.execute(
            rows.values(done_at=at) if wiped else rows.values(tries=Wiping.tries + 1)
        )
    if wiped:
        log.info("Erased words are wiped from the database's files.")
    else:
        log.warning("Erased words are still in the write-ahead file: somebody reads from it.")
    return wiped
