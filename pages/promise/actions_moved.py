"""What moved in the plan, month by month."""

from coprod_data.queries.actions_movement import movement
from pages.parts.charts import bars_over_time
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading


def show_moved() -> None:
    """Show how often the plan moved in each month, or say that it has not."""
    with refusals(stop=True), reading() as (db, actor):
        moved = movement(db, actor)
    if not moved["number"].any():
        show("lede.html", words="Nothing has moved in the last eighteen months.")
        return
    bars_over_time(
        moved,
        finding=finding(int(moved["number"].sum()), int(moved["number"].tail(9).sum())),
        caption="Movement of the plan in each month",
    )


def finding(total: int, lately: int) -> str:
    """Return what the chart shows, in a sentence."""
    if total == 1:
        moved = "1 change in eighteen months"
    else:
        moved = f"{total} changes in eighteen months, {lately or 'none'} in the last three"
    return (
        f"{moved}: stages changed, milestones met, outcomes signed, actions dropped. "
        "An approval is not counted: nothing has moved yet."
    )
