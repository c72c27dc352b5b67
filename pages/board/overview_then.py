"""The Overview as it was on an earlier day: its numbers, without anybody's words."""

from coprod_data.vocabulary.actions import CommitmentState
from coprod_data.vocabulary.labels import labelled
from pages.board.overview_clocks import NOTHING, clock_rows
from pages.board.overview_tiles import tiles
from pages.parts.html import show
from pages.shared.as_at import Asked, show_then
from pages.shared.work_projects import plans_said

HERE = "/"


def title(asked: Asked) -> str:
    """Return the heading of such a view."""
    return f"The Overview on {asked.when or 'an earlier day'}"


def show_overview_then(asked: Asked) -> None:
    """Show the numbers of that day, or the form that asks for one."""
    then = show_then(asked, HERE)
    if then is None:
        return
    counted = tiles(then.numbers, then.waits, all_cards=False, heard=False)
    show(
        "tiles.html",
        tiles=[
            {**tile, "href": None, "parts": [(words, None) for words, _ in tile["parts"]]}
            for tile in counted
        ],
    )
    if then.plans:
        show("lede.html", words=plans_said(then.plans))
    show("section.html", title=labelled("The Promise: milestones met"), count=None)
    show(
        "promise_rows.html",
        promise=[
            {
                "title": row.title,
                "state": row.state,
                "part": 1 if row.state is CommitmentState.KEPT else row.met,
                "whole": 1 if row.state is CommitmentState.KEPT else row.whole,
                "href": None,
            }
            for row in then.kept
        ],
        empty=labelled("There was no Promise yet."),
    )
    show("section.html", title="What was waiting, and for how long", count=None)
    show("waits_now.html", rows=clock_rows(then.waits, (), entries=False), empty=NOTHING)
