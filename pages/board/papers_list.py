"""All papers, by meeting, and the form that begins one."""

import streamlit as st

from coprod_data.commands.papers import MOST_ITEMS, write_paper
from coprod_data.permissions import Invalid, Permission
from coprod_data.queries.meetings import meetings
from coprod_data.queries.papers import PAGE_SIZE, PaperRow, papers
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.address import number_in_address
from pages.parts.boxes import number_box
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.looks import Look, look
from pages.parts.sign_in import reading
from pages.parts.tables import download
from pages.parts.times import on

HERE = "/papers"


def every() -> None:
    """Show all papers that the reader may open, those of the latest meeting first."""
    page = max(1, number_in_address("page") or 1)
    with refusals(stop=True), reading() as (db, actor):
        rows = papers(db, actor, page=page)
        if page > 1 and not rows:  # beyond the last
            page, rows = 1, papers(db, actor)
        writes = actor.may(Permission.PAPERS_WRITE)
        days = {row.id: on(row.on) for row in meetings(db, actor)} if writes else {}
    if rows:
        show("list.html", rows=[line(row) for row in rows], empty="")
        download("papers", "all papers")
    else:
        show(
            "empty.html", title="No papers yet", icon="paper",
            words=labelled("A paper is written here for an item of a meeting of the Board."),
        )  # fmt: skip
    if len(rows) == PAGE_SIZE:
        show("more.html", words="The papers before these", href=f"{HERE}?page={page + 1}")
    if writes:
        _begin(days)


def line(row: PaperRow) -> dict[str, object]:
    """Return a paper as a row of `list.html`."""
    return {
        "title": row.title,
        "detail": named(row),
        "state": Look("Corrected since", "plain", "undo") if row.replaced else look(row.state),
        "word": None,
        "href": f"{HERE}?id={row.id}",
    }


def named(row: PaperRow) -> str:
    """Return for which meeting and item a paper is, and whose."""
    version = f" · Version {row.version}" if row.version > 1 else ""
    meeting = f"{labelled('The Board')}, {on(row.meets_on)}"
    return f"{meeting} · Item {row.item}{version} · {row.author}"


def _begin(days: dict[int, str]) -> None:
    form = carried_form("paper", "new")
    with st.expander("Write a paper", expanded=form.restored):
        if not days:
            st.text(labelled("No meeting of the Board is planned. Plan one under Meetings first."))
            return
        form.begin()
        meeting_id = st.selectbox(
            "For which meeting", list(days), format_func=days.__getitem__, index=None,
            placeholder="Choose a meeting", **form.choice("meeting", days, next(iter(days))),
        )  # fmt: skip
        item = number_box(
            "Number of the item on its agenda", least=1, most=MOST_ITEMS, value=None,
            step=1, **form.choice("item", range(1, MOST_ITEMS + 1)),
        )  # fmt: skip
        title = form.line("Title", "title", place=TextPlace.PAPER_TITLE, longest=160)
        if st.button("Begin this paper", type="primary", key=f"{form.key}-save"):
            with form.saving("It has begun. Write under each heading.") as (db, actor):
                if meeting_id is None:
                    raise Invalid("Choose a meeting.", field="meeting")
                number = write_paper(db, actor, meeting_id, item=item, title=title)
                st.query_params.from_dict({"id": str(number)})
