"""The plan in pictures, each drawn when somebody looks at it, with its finding and its table."""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from coprod_data.queries.actions_movement import (
    MET,
    PLANNED,
    milestones_over_time,
    movement,
    movement_by_hands,
)
from coprod_data.queries.actions_progress import CommitmentProgress, progress_by_theme
from coprod_data.queries.opportunities import opportunities_awaiting_members
from coprod_data.queries.promise_plan import PlanRuns, plan_runs
from coprod_data.queries.settings import targets
from coprod_data.vocabulary.actions import Face, Rag, WorkedOnBy
from pages.parts.charts import bars_over_time, lines_over_time
from pages.parts.charts_rows import days_against, two_sides
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.tables import Column, table
from pages.parts.times import days, on
from pages.promise.actions_plan_rows import RATED, gap_words
from pages.promise.actions_rows import HERE
from pages.shared.lists import address, choice, choices

SCALE = ("Worst", "In the middle", "Best")
YOUNG, STAFF = "Young people say", "Staff say"
_YOUNG = {Face.FROWN: 0, Face.FLAT: 1, Face.SMILE: 2}
_STAFF = {Rag.RED: 0, Rag.AMBER: 1, Rag.GREEN: 2}
SHORT = 44  # letters of a name beside its row


class Picture(NamedTuple):
    """A picture: its words in the list of them, and what draws it."""

    words: str
    draw: Callable[[], None]


def pictures() -> dict[str, str]:
    """Return the headings of the pictures that there are, by their name in the address."""
    return {name: one.words for name, one in PICTURES.items()}


def show_picture(name: str) -> None:
    """Show one picture, and links to the others."""
    links = [
        choice(one.words, address(HERE, show=key), chosen=key == name)
        for key, one in PICTURES.items()
    ]
    choices("Which picture", links)
    PICTURES[name].draw()


def _moved() -> None:
    with refusals(stop=True), reading() as (db, actor):
        moved = movement(db, actor)
    if not moved["number"].any():
        show("lede.html", words="Nothing has moved in the last eighteen months.")
        return
    bars_over_time(
        moved,
        finding=moved_finding(int(moved["number"].sum()), int(moved["number"].tail(12).sum())),
        caption="Movement of the plan in each month",
    )


def _hands() -> None:
    with refusals(stop=True), reading() as (db, actor):
        moved = movement_by_hands(db, actor)
    total = int(moved["number"].sum())
    if not total:
        show("lede.html", words="Nothing has moved in the last eighteen months.")
        return
    each = {who: int(moved.loc[moved["series"] == who.words, "number"].sum()) for who in WorkedOnBy}
    bars_over_time(
        moved,
        finding=f"Of {total} {'change' if total == 1 else 'changes'} in eighteen months, "
        f"{each[WorkedOnBy.JOINTLY]} were in work done together with young people, "
        f"{each[WorkedOnBy.YOUNG_LED]} in work that young people lead, "
        f"{each[WorkedOnBy.STAFF]} in work of staff only.",
        caption="Movement of the plan in each month, by who works on it",
    )


def _gaps() -> None:
    with refusals(stop=True), reading() as (db, actor):
        themes = progress_by_theme(db, actor)
    rows = [row for theme in themes for row in theme.commitments]
    both = sorted((row for row in rows if row.gap is not None), key=lambda row: -abs(row.gap or 0))
    if not both:
        words = "A gap shows once five young people have spoken of a commitment and staff rate it."
        show("empty.html", title="No gap to show yet", words=words, icon="inbox")
        return
    apart = [row for row in both if row.gap]
    better = sum((row.gap or 0) > 0 for row in apart)
    two_sides(
        pd.DataFrame(
            [
                (row.reference, side, SCALE[place])
                for row in both
                for side, place in ((YOUNG, _young(row)), (STAFF, _staff(row)))
            ],
            columns=["row", "side", "said"],
        ),
        SCALE,
        (YOUNG, STAFF),
        finding=gaps_finding(len(both), len(apart), better),
    )
    table(
        "What both say of each commitment",
        [Column("Commitment"), Column(YOUNG), Column(STAFF), Column("Gap")],
        [
            [
                f"{row.reference} {row.wording}",
                row.face.words if row.face else None,
                RATED[row.staff_view].word if row.staff_view else None,
                gap_words(row.gap),
            ]
            for row in both
        ],
        empty="",
    )
    if silent := len(rows) - len(both):
        has = "1 commitment has" if silent == 1 else f"{silent} commitments have"
        show("lede.html", words=f"{has} no comparison yet: too few have said, or staff have not.")


def _waits() -> None:
    with refusals(stop=True), reading() as (db, actor):
        waiting, tiers = opportunities_awaiting_members(db, actor), targets(db, actor).waiting
    if not waiting:
        words = "No opportunity is waiting for one of us."
        show("empty.html", title="Nothing is waiting", words=words, icon="inbox")
        return
    over = sum(row.days >= tiers[0] for row in waiting)
    limits = f"{tiers[0]}, {tiers[1]} and {tiers[-1]} days"
    days_against(
        pd.DataFrame([(_cut(row.title), row.days) for row in waiting], columns=["row", "days"]),
        tiers,
        finding=f"{len(waiting)} {'opportunity is' if len(waiting) == 1 else 'opportunities are'} "
        f"waiting for one of us. The longest has waited {days(waiting[0].days)}; {over or 'none'} "
        f"{'has' if over == 1 else 'have'} waited longer than our target of {tiers[0]} days. "
        f"The lines are at {limits}.",
    )
    table(
        "How long each opportunity has waited",
        [Column("Opportunity"), Column("Theme"), Column("Days", number=True)],
        [[row.title, row.theme, row.days] for row in waiting],
        empty="",
    )


def _milestones() -> None:
    with refusals(stop=True), reading() as (db, actor):
        over_time, runs = milestones_over_time(db, actor), plan_runs(db, actor)
    if not over_time["number"].any():
        words = "No milestone has a date or is met yet."
        show("empty.html", title="Nothing to show yet", words=words, icon="inbox")
        return
    in_all, met = (
        int(over_time.loc[over_time["series"] == name, "number"].iloc[-1])
        for name in (PLANNED, MET)
    )
    lines_over_time(
        over_time,
        finding=milestones_finding(in_all, met, runs),
        caption="Milestones planned and met by the end of each month",
    )


def moved_finding(total: int, lately: int) -> str:
    """Return what the chart of movement shows, in a sentence."""
    if total == 1:
        moved = "1 change in eighteen months"
    else:
        moved = f"{total} changes in eighteen months, {lately or 'none'} in the last three"
    return (
        f"{moved}: stages changed, milestones met, outcomes signed, actions dropped. "
        "An approval is not counted: nothing has moved yet."
    )


def milestones_finding(planned: int, met: int, runs: PlanRuns | None) -> str:
    """Return what the chart of milestones shows, in a sentence."""
    if runs is None or runs.ends_on is None:
        return (
            f"{planned} milestones were planned to be met by today. {met} are met, with evidence, "
            "whenever they were planned for."
        )
    return (
        f"{planned} milestones are planned to be met by {on(runs.ends_on)}, the end of the plan. "
        f"{met} are met by now, with evidence, in month {runs.month} of {runs.months}."
    )


def gaps_finding(both: int, apart: int, better: int) -> str:
    """Return on how many of `both` commitments the sides differ, and what staff rate better."""
    of = "the one commitment" if both == 1 else f"{both} commitments"
    if not apart:
        return f"Young people and staff say the same of {of} that both speak of."
    return (
        f"Of {of} that both speak of, young people and staff differ on {apart}. "
        f"Staff rate {better or 'none'} of these better than young people do."
    )


def _cut(words: str) -> str:
    return words if len(words) <= SHORT else f"{words[: SHORT - 1].rstrip()}…"


def _young(row: CommitmentProgress) -> int:
    return _YOUNG[row.face] if row.face else 0


def _staff(row: CommitmentProgress) -> int:
    return _STAFF[row.staff_view] if row.staff_view else 0


PICTURES = {
    "moved": Picture("What moved, month by month", _moved),
    "hands": Picture("Who moved it", _hands),
    "gaps": Picture("What both sides say", _gaps),
    "milestones": Picture("Milestones met and planned", _milestones),
    "waits": Picture("How long opportunities wait", _waits),
}
