"""My work: what waits for the person who reads it, the oldest first by kind, one button each."""

from coprod_data.permissions import Permission
from coprod_data.queries.entries_work import nobody_may_read, work_on_entries
from coprod_data.queries.notices import MyNotices, my_notices
from pages.board.my_work_notices import could_not_send, note_opened, where_notices_go
from pages.board.my_work_rows import WorkRow, heading, nobody_row, of_entries
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.sign_in import reading


def work() -> tuple[list[WorkRow], int, MyNotices]:
    """Return the rows of every kind, how many things they are, and this person's notices.

    A new kind adds its rows.
    """
    rows: list[WorkRow] = []
    with refusals(stop=True), reading() as (db, actor):
        if actor.may(Permission.ENTRIES_QUEUE) or actor.may(Permission.ENTRIES_READ_HELD):
            rows += of_entries(work_on_entries(db, actor), actor.at)
        if actor.may(Permission.PEOPLE_MANAGE) and (hidden := nobody_may_read(db, actor)):
            rows.append(nobody_row(hidden))
        notices = my_notices(db, actor)
    return rows, sum(row.count for row in rows if row.mine), notices


found, number, mine = work()
open_page(
    heading(number),
    (Permission.ENTRIES_QUEUE, Permission.ENTRIES_READ_HELD, Permission.PEOPLE_MANAGE),
)
could_not_send(mine)
show(
    "work.html",
    mine=[row for row in found if row.mine],
    others=[row for row in found if not row.mine],
)
where_notices_go(mine)
note_opened(mine)
