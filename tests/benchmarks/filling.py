"""Ten years of a council at any size, the same rows for the same size and day.

What people do by hand is the same at every size: accounts, The Promise, 451 report cards,
opportunities, outcomes, actions, audits, and the entries waiting today, since the team keeps up.
What grows is what young people sent, and what was done with each of those entries: it is read,
released, replied to and logged. `filling_plan.py` says which entry is sent when.

Rows are written in batches of one transaction each; a stopped fill continues after the last
complete batch. The table `filling` records how far it has come, and last of all that it is
complete.
"""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import make_url
from sqlalchemy.orm import Session

from coprod_data.commands.actions_months import turn_month
from coprod_data.commands.event_seals import SETTLED, seal_events
from coprod_data.models import CardEntry, EventSeal, ReportCard
from coprod_data.scopes.entries import summed_up
from coprod_data.scopes.report_cards import counted_voices
from coprod_data.store.database import Database, connect
from coprod_data.store.passwords import hash_password
from coprod_data.store.places import ROOT
from coprod_data.store.schema import migrate
from coprod_data.store.seals import FIRST
from tests.benchmarks.filling_entries import add_batch
from tests.benchmarks.filling_log import Log
from tests.benchmarks.filling_notices import add_notices
from tests.benchmarks.filling_people import Hands, add_holders, add_people, add_promise
from tests.benchmarks.filling_plan import Plan
from tests.benchmarks.filling_rows import Rows
from tests.benchmarks.filling_search import COLUMNS, check_columns
from tests.benchmarks.filling_sheets import Writer
from tests.benchmarks.filling_work import add_work
from tests.benchmarks.measuring import NotReady
from tests.helpers.builders import the_system
from tests.helpers.databases import POSTGRESQL, WITHOUT_POSTGRESQL
from tests.helpers.live_server import PASSWORD

SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000, "5m": 5_000_000}
FOLDER = ROOT / "data" / "benchmarks"
KEY_FILE = FOLDER / "key"

FASTER = {
    "sqlite": (
        "PRAGMA foreign_keys=OFF", "PRAGMA journal_mode=TRUNCATE", "PRAGMA synchronous=OFF",
        "PRAGMA cache_size=-1000000",
    ),
    "postgresql": ("SET session_replication_role = replica", "SET synchronous_commit = off"),
}  # fmt: skip
SEQUENCES = sa.text(
    "SELECT pg_get_serial_sequence(quote_ident(table_name), 'id'), table_name"
    " FROM information_schema.columns"
    " WHERE table_schema = 'public' AND column_name = 'id' AND column_default IS NOT NULL"
)
MARK = "CREATE TABLE filling (until TEXT, batches INTEGER, visits INTEGER, whole INTEGER)"
BEGUN = "INSERT INTO filling VALUES ('{until}', 0, 0, 0)"
PROGRESS = "UPDATE filling SET batches = {batches}, visits = {visits}"


def where(size: str, db: str) -> str:
    """Return the address of the database of this size on this engine."""
    if db == "sqlite":
        return f"sqlite:///{FOLDER / f'{size}.db'}"
    server = make_url(POSTGRESQL).set(drivername="postgresql+psycopg")
    return server.set(database=f"coprod_benchmark_{size}").render_as_string(hide_password=False)


def filled(size: str, db: str) -> str:
    """The address of the database of this size. Raises NotReady unless it was filled completely."""
    if db == "postgresql" and not POSTGRESQL:
        raise NotReady(WITHOUT_POSTGRESQL)
    url = where(size, db)
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        file = engine.url.database if db == "sqlite" else None
        if file is None or Path(file).exists():  # otherwise connecting would create it
            with suppress(sa.exc.SQLAlchemyError), engine.connect() as connection:
                if connection.exec_driver_sql("SELECT whole FROM filling").scalar():
                    return url
    finally:
        engine.dispose()
    raise NotReady(f"Fill it first: python -m tests.benchmarks fill --size {size} --db {db}")


def fill(size: str, db: str) -> None:
    """Fill the database of this size, or continue a stopped fill; a complete one is not touched."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    if db == "postgresql" and not POSTGRESQL:
        raise NotReady(WITHOUT_POSTGRESQL)
    if db == "postgresql":
        _create(f"coprod_benchmark_{size}")
    database = connect(where(size, db), KEY_FILE)
    began = time.monotonic()
    for line in fill_database(database, SIZES[size], datetime.now(UTC).date()):
        print(f"{size} {db}: {line}", flush=True)
    database.engine.dispose()
    print(f"{size} {db}: whole, {time.monotonic() - began:.0f} s", flush=True)


def fill_database(
    database: Database, words: int, until: date, *, batch: int = 5_000
) -> Iterator[str]:
    """Fill a database with this many entries, all before a day. Yields a line after each batch.

    A stopped fill keeps its first day, so that its rows stay the same.
    """
    state = _state(database)
    if state is not None and state.whole:
        return
    if state is None:
        migrate(database.engine)
        _by_hand(database, Plan(words, until, batch))
        yield "the council and what people do by hand"
        state = _state(database)
    plan = Plan(words, date.fromisoformat(state.until), batch)
    with _writing(database) as connection, _without_collecting():
        yield from _batches(database, connection, plan, state)
    _derive(database, plan)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE filling SET whole = 1")


def _by_hand(database: Database, plan: Plan) -> None:
    log = Log()
    hands = Hands(plan, log)
    add_people(hands, hash_password(PASSWORD))
    add_promise(hands)
    add_holders(hands)
    add_work(hands)
    add_notices(hands)
    log.close()
    with _writing(database) as connection:
        _execute(connection, "BEGIN")
        writer = Writer(database.engine.dialect, connection)
        for sheet in (*hands.sheets.values(), *log.sheets()):
            writer.write(sheet)
        _execute(connection, MARK)
        _execute(connection, BEGUN.format(until=plan.until))
        _execute(connection, "COMMIT")


def _batches(database: Database, connection: Any, plan: Plan, state: Any) -> Iterator[str]:
    entries = _where_it_stopped(database, state)
    writer, engine = Writer(database.engine.dialect, connection), database.engine.dialect.name
    began, rows = time.monotonic(), 0
    for number in range(state.batches, plan.batches):
        add_batch(entries, plan, number)
        _execute(connection, "BEGIN")
        rows += sum(writer.write(sheet) for sheet in entries.sheets())
        found = entries.search.take(engine)
        rows += writer.insert("released_text", COLUMNS[engine], found, (None, None))
        _execute(connection, PROGRESS.format(batches=number + 1, visits=entries.visits))
        _execute(connection, "COMMIT")
        spent, done = time.monotonic() - began, number + 1 - state.batches
        left = spent / done * (plan.batches - number - 1)
        yield (
            f"{min(plan.words, (number + 1) * plan.batch):,} of {plan.words:,} entries,"
            f" {rows / spent:,.0f} rows a second, {left:.0f} s left"
        )


def _where_it_stopped(database: Database, state: Any) -> Rows:
    with database.engine.connect() as connection:
        check_columns(connection)
        newest_seal = sa.select(EventSeal.hash).order_by(EventSeal.to_id.desc()).limit(1)
        rows = Rows(Log(connection.scalar(newest_seal) or FIRST))
        for sheet in rows.sheets():
            sheet.last = connection.scalar(sa.select(sa.func.max(sheet.table.c.id))) or 0
        rows.place = connection.scalar(sa.select(sa.func.max(CardEntry.place))) or 0
        rows.visits = state.visits
    return rows


def _derive(database: Database, plan: Plan) -> None:
    """Work out the derived values, and let the engine gather statistics on all rows.

    Faces are counted for every month, as the job does, at the end of the ten years.
    """
    if not database.is_sqlite:
        _number_on(database)
    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        turn_month(db, the_system(plan.ends))
        seal_events(db, the_system(plan.ends + 2 * SETTLED))
        db.commit()
    with database.engine.begin() as connection:
        connection.execute(sa.update(CardEntry.__table__).values(summed_up=summed_up()))
        for counted in connection.execute(counted_voices()).mappings().all():
            counts = dict(counted)
            card = ReportCard.id == counts.pop("report_card_id")
            connection.execute(sa.update(ReportCard.__table__).where(card).values(counts))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if database.is_sqlite:
            connection.exec_driver_sql(
                "INSERT INTO released_text(released_text) VALUES('optimize')"
            )
            connection.exec_driver_sql("ANALYZE")
            connection.exec_driver_sql("PRAGMA optimize")
            return
        connection.exec_driver_sql("VACUUM ANALYZE")


def _number_on(database: Database) -> None:
    """Let each table give the number after its last row to the next."""
    with database.engine.begin() as connection:
        for name, table in connection.execute(SEQUENCES).all():
            newest = (
                sa.select(sa.func.max(sa.column("id")))
                .select_from(sa.table(table))
                .scalar_subquery()
            )
            connection.execute(sa.select(sa.func.setval(name, sa.func.coalesce(newest, 1))))


@contextmanager
def _writing(database: Database) -> Iterator[Any]:
    """Lend the driver's own connection, set for speed; nobody else may write during this."""
    database.engine.dispose()  # SQLite leaves WAL mode only for a single connection
    lent = database.engine.raw_connection()
    connection = lent.driver_connection
    if not database.is_sqlite:
        connection.autocommit = True
    try:
        for statement in FASTER[database.engine.dialect.name]:
            _execute(connection, statement)
        yield connection
    finally:
        if database.is_sqlite:
            if connection.in_transaction:
                _execute(connection, "ROLLBACK")
            _execute(connection, "PRAGMA journal_mode=WAL")
        lent.invalidate()


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Switch garbage collection off: millions of rows have no cycles, and it takes a quarter of the
    time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _execute(connection: Any, statement: str) -> None:
    connection.execute(statement).close()


def _state(database: Database) -> Any:
    with database.engine.connect() as connection:
        if not sa.inspect(connection).has_table("filling"):
            return None
        return connection.exec_driver_sql("SELECT * FROM filling").one()


def _create(name: str) -> None:
    server = make_url(POSTGRESQL).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        known = sa.text("SELECT 1 FROM pg_database WHERE datname = :name")
        if connection.scalar(known, {"name": name}) is None:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
