"""History: who did what, when. Only the Youth Voice Team sees readings, holds and releases."""

from datetime import date

from coprod_data.permissions import Permission
from coprod_data.queries.events import PAGE_SIZE, EventRow, history
from coprod_data.queries.events_told import Change, Value
from pages.parts.address import number_in_address
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.tables import Column, table
from pages.parts.times import on, on_and_at


def what(row: EventRow) -> str:
    """Return what somebody did, with old and new values."""
    if not row.changes:
        return row.did
    return f"{row.did}: {'; '.join(change_words(change) for change in row.changes)}"


def change_words(change: Change) -> str:
    """Return one change in words; a fact without a name is its value."""
    if not change.what:
        return value_words(change.new)
    return f"{change.what} from {value_words(change.old)} to {value_words(change.new)}"


def value_words(value: Value) -> str:
    """Return a value in words."""
    if isinstance(value, date):
        return on(value)
    return "none" if value is None else value


open_page(
    "History",
    Permission.HISTORY_READ,
    lede="Everything that was done here, newest first. None of it can be changed or removed.",
)
with refusals(stop=True), reading() as (db, actor):
    rows = history(db, actor, before=number_in_address("before"))

table(
    "What was done",
    [Column("When"), Column("Who"), Column("What they did"), Column("About")],
    [(on_and_at(row.at), row.who, what(row), row.about) for row in rows],
    empty="Nothing has been done yet.",
    sheet="history",
)
if len(rows) == PAGE_SIZE:
    show("more.html", words="Show what came before", href=f"/history?before={rows[-1].id}")
