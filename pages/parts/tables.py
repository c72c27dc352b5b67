"""A table with its name, its row and column headers, its empty state and its link to a CSV."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from coprod_data.permissions import Actor, Permission
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading


@dataclass(frozen=True)
class Column:
    """One column; numbers are aligned right."""

    title: str
    number: bool = False


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[object]],
    *,
    empty: str,
    sheet: str = "",
    **filters: object,
) -> None:
    """Draw rows of cells as a table; the first cell names its row, and None is shown as a dash.

    `sheet` and `filters` give the link to `/export/<sheet>.csv`, as `download` does.
    Without rows the sentence `empty` is shown instead, without a link.
    """
    if not rows:
        show("empty.html", title=caption, words=empty, icon="inbox")
        return
    cells = [["–" if cell is None or cell == "" else str(cell) for cell in row] for row in rows]
    show(
        "table.html",
        caption=caption,
        columns=columns,
        rows=cells,
        get=export_link(sheet, **filters) if sheet and _may_download() else "",
    )


def download(sheet: str, what: str, *, search: str = "", **filters: object) -> None:
    """Show the link to `/export/<sheet>.csv` to those who may take tables away.

    The sheet is read as the person who follows the link; `what` is what they download. What was
    typed into a search is sent in a form, never in an address.
    """
    if _may_download():
        show("get.html", href=export_link(sheet, **filters), what=what, search=search)


def sheet_of(actor: Actor, sheet: str, what: str, **filters: object) -> tuple[str, str] | None:
    """Return the link that `download` shows, for `leads_on.html`; none for those who may not."""
    return (export_link(sheet, **filters), what) if actor.may(Permission.EXPORTS_READ) else None


def _may_download() -> bool:
    with refusals(stop=True), reading() as (_, actor):
        return actor.may(Permission.EXPORTS_READ)


def export_link(sheet: str, **filters: object) -> str:
    """Return the address of a sheet as CSV, with the filters that are set."""
    query = urlencode({name: value for name, value in filters.items() if value not in (None, "")})
    return f"/export/{sheet}.csv" + (f"?{query}" if query else "")
