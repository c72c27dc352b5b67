"""The plan as it was on an earlier day: the same table, which nothing can be done in."""

from coprod_data.files.as_at import AsAt
from coprod_data.vocabulary.actions import CommitmentState
from coprod_data.vocabulary.labels import labelled
from pages.parts.html import show
from pages.promise.actions_plan_rows import commitment_row
from pages.promise.actions_rows import HERE
from pages.shared.as_at import Asked, show_then
from pages.shared.plan_runs import plan_words


def then_title(asked: Asked) -> str:
    """Return the heading of such a view."""
    return f"{labelled('The Promise')} on {asked.when or 'an earlier day'}"


def show_plan_then(asked: Asked) -> None:
    """Show the plan of that day, or the form that asks for one."""
    then = show_then(asked, HERE)
    if then is None:
        return
    show("lede.html", words=_in_all(then))
    met = sum(theme.met for theme in then.themes), sum(theme.whole for theme in then.themes)
    if words := plan_words(then.runs, *met):
        show("lede.html", words=words)
    show(
        "plan.html",
        themes=[
            {
                "id": theme.id,
                "title": theme.title,
                "young_title": theme.young_title,
                "icon": theme.icon,
                "rows": [
                    {**commitment_row(row, then.limits.drift), "open": False, "href": None}
                    for row in theme.commitments
                ],
            }
            for theme in then.themes
        ],
        found=sum(len(theme.commitments) for theme in then.themes),
        opened=None,
        clear=HERE,
    )


def _in_all(then: AsAt) -> str:
    rows = [row for theme in then.themes for row in theme.commitments]
    if not rows:
        return labelled("There was no Promise yet.")
    number = {state: sum(row.state is state for row in rows) for state in CommitmentState}
    parts = [f"{count} {state.words.lower()}" for state, count in number.items() if count]
    of = "1 commitment" if len(rows) == 1 else f"{len(rows)} commitments"
    return f"{of}: {', '.join(parts)}."
