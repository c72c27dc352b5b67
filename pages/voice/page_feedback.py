"""Were pages useful? What people answered at the foot of each page."""

from coprod_data.permissions import Permission
from coprod_data.queries.page_feedback import PageRow, pages_answered
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.looks import Look
from pages.parts.sign_in import reading
from pages.parts.tables import Column, table
from pages.shared.asked_pages import address_of, asked_pages

LEDE = (
    "What people answered in the last 12 months. An answer has no name and no day, so every number "
    "is shown. What they wrote waits in Checking like all words."
)
NOT_USEFUL = Look("Not useful to most", "alert", "warning")


def in_words(row: PageRow) -> str:
    """Return what was answered about a page that was not useful to most."""
    found = f"{row.no} of {row.yes + row.no} did not find it useful"
    if not row.texts:
        return found
    return f"{found} · {row.texts} wrote why" + (f", {row.unread} unread" if row.unread else "")


def answers() -> None:
    """Show pages that most did not find useful, then all of them."""
    with refusals(stop=True), reading() as (db, actor):
        rows = pages_answered(db, actor)
    titles = asked_pages()
    poor = [row for row in rows if row.not_useful]
    if poor:
        show("section.html", title="Pages that people do not find useful", count=len(poor))
        show("list.html", rows=[
            {
                "title": titles.get(row.page, row.page), "href": address_of(row.page),
                "detail": in_words(row), "state": NOT_USEFUL, "word": None,
            }
            for row in poor
        ], empty="")  # fmt: skip
    table(
        "Answers by page",
        [Column("Page"), Column("Useful", True), Column("Not useful", True),
         Column("Wrote something", True), Column("Not read yet", True)],
        [(titles.get(row.page, row.page), row.yes, row.no, row.texts, row.unread) for row in rows],
        empty="Nobody has answered yet. The question is at the foot of each page.",
        sheet="page_feedback",
    )  # fmt: skip
    if any(row.unread for row in rows):
        show("link.html", words="Read what people wrote", href="/checking")


open_page("Were pages useful?", Permission.PAGE_FEEDBACK_READ, lede=LEDE)
answers()
