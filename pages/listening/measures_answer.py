"""What published figures say at once: each as a sentence, by area, with a small trend."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from coprod_data.permissions import Actor
from coprod_data.queries.measures import MeasureRow, measures
from coprod_data.rules.measures import figure_words
from coprod_data.vocabulary.measures import MeasureArea, MeasureChange, MeasureUnit
from pages.parts.address import number_in
from pages.parts.answers import Address, Answer
from pages.parts.html import render
from pages.parts.looks import Look, look
from pages.parts.times import in_month

HERE = "/measures"
TITLE = "What do the figures say?"
ICONS = {
    MeasureArea.HEALTH: "heart",
    MeasureArea.EDUCATION: "school",
    MeasureArea.HOMES: "home",
    MeasureArea.EMPLOYMENT: "together",
}


@dataclass(frozen=True)
class Figures(Answer):
    """The answer, and the measures with their figures."""

    rows: tuple[MeasureRow, ...] = ()


def answer(db: Any, actor: Actor, named: Address) -> Figures:
    """Return every measure by area; one that the address names is marked."""
    rows = tuple(measures(db, actor))
    if not rows:
        said = "The council publishes them once a year. Bring the table in and they are shown here."
        empty = render("empty.html", title="No figures yet", words=said, icon="up")
        return Figures(TITLE, (empty,))
    chosen = number_in(named, "id")
    blocks = [render("lede.html", words=in_short(rows))]
    for area in MeasureArea:
        of_area = [measure_values(row, row.id == chosen) for row in rows if row.area is area]
        if of_area:
            blocks.append(
                render("measures.html", title=area.words, symbol=ICONS[area], rows=of_area)
            )
    return Figures(TITLE, tuple(blocks), rows=rows)


def in_short(rows: tuple[MeasureRow, ...]) -> str:
    """Return how many figures are better, worse, and meet their target."""
    counts = Counter(row.change for row in rows)
    with_target = [row for row in rows if row.met is not None]
    said = f"Better in {counts[MeasureChange.BETTER]}, worse in {counts[MeasureChange.WORSE]}."
    if with_target:
        reached = sum(bool(row.met) for row in with_target)
        said += f" {reached} of {len(with_target)} meet their target."
    return said


def measure_values(row: MeasureRow, chosen: bool) -> dict[str, object]:
    """Return a measure as a row of measures.html."""
    now = row.now
    others = ""
    if now.comparator is not None:
        others = f"{now.compared_with or 'Others'}: {figure_words(now.comparator, row.unit)}."
    return {
        "id": row.id,
        "title": row.title,
        "figure": figure_words(now.value, row.unit),
        "sentence": sentence(row),
        "others": others,
        "target": target_words(row),
        "change": _change(row),
        "points": _points(row),
        "chosen": chosen,
    }


def sentence(row: MeasureRow) -> str:
    """Return of when a figure is, and how far it is from the one before."""
    now, before = row.now, row.before
    said = f"{in_month(now.as_at)}."
    if before is None:
        return said
    month = in_month(before.as_at)
    if before.value is None:
        return f"{said} The figure of {month} is hidden, so the two cannot be compared."
    then = f"{figure_words(before.value, row.unit)} in {month}"
    if now.value is None:
        return f"{said} It was {then}."
    if row.change is MeasureChange.SAME:
        return f"{said} It was the same in {month}."
    apart = figure_words(abs(now.value - before.value), MeasureUnit.NUMBER)
    unit = " points" if row.unit is MeasureUnit.PERCENT else ""
    way = "up" if now.value > before.value else "down"
    return f"{said} That is {way} {apart}{unit} from {then}."


def target_words(row: MeasureRow) -> str:
    """Return the target and whether it is reached, where there is one."""
    if row.target is None:
        return ""
    said = f"Target {figure_words(row.target, row.unit)}"
    if row.met is None:
        return f"{said}."
    return f"{said}: {'reached' if row.met else 'not reached'}."


def _change(row: MeasureRow) -> Look | None:
    shown = look(row.change)
    if row.change in (MeasureChange.BETTER, MeasureChange.WORSE, MeasureChange.MOVED):
        before = row.before.value if row.before else None
        rises = (row.now.value or 0) > (before or 0)
        return Look(shown.word, shown.tone, "up" if rises else "down")
    return shown


def _points(row: MeasureRow) -> tuple[tuple[int, int], ...]:
    """Return where the figures are in the small trend; none where one is hidden or alone."""
    values = [one.value for one in row.figures]
    known = [value for value in values if value is not None]
    if len(known) < 2 or len(known) < len(values):
        return ()
    low, high = min(known), max(known)
    span = high - low
    return tuple(
        (round(100 * at / (len(known) - 1)), round(100 * (value - low) / span) if span else 50)
        for at, value in enumerate(known)
    )
