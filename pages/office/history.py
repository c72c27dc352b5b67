"""History: who did what, when. Readings, holds and releases are the Youth Voice Team's alone."""

from coprod_data.permissions import Permission
from coprod_data.queries.events import PAGE_SIZE, history
from pages.parts.address import number_in_address
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.tables import Column, table
from pages.parts.times import on_and_at

open_page(
    "History",
    Permission.HISTORY_READ,
    lede="Everything that was done here, newest first. Nothing of it can be changed or removed.",
)
with refusals(stop=True), reading() as (db, actor):
    rows = history(db, actor, before=number_in_address("before"))

table(
    "What was done",
    [Column("When"), Column("Who"), Column("What they did"), Column("About")],
    [(on_and_at(row.at), row.who, row.did, row.about) for row in rows],
    empty="Nothing has been done yet.",
    sheet="history",
)
if len(rows) == PAGE_SIZE:
    show("more.html", words="Show what came before", href=f"/history?before={rows[-1].id}")
