"""Published figures of a sheet in its own shape: each row with its doubts in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from coprod_data.commands.measures import FigureTyped
from coprod_data.files.csv_read import SheetRefused
from coprod_data.files.survey_in import cell_of, refuse_people, whole_number
from coprod_data.permissions import Invalid
from coprod_data.rules.shares import HIDDEN_AS, read_share
from coprod_data.vocabulary.measures import Better, MeasureArea, MeasureUnit

Member = TypeVar("Member", MeasureArea, MeasureUnit)
HEADINGS: dict[str, tuple[str, ...]] = {
    "title": ("indicator", "measure", "what is measured", "description", "name of measure"),
    "value": ("value", "actual", "figure", "outturn", "result", "percent", "%", "this year"),
    "area": ("area", "theme", "about", "domain", "category", "priority"),
    "unit": ("unit", "measured in", "format"),
    "better": ("direction", "good is", "better", "polarity", "higher is"),
    "target": ("target", "ambition", "goal"),
    "comparator": (
        "comparator",
        "other councils",
        "statistical neighbours",
        "national",
        "england",
        "benchmark",
    ),
    "base": ("base", "out of", "denominator", "cohort", "number of young people"),
}
NEEDED = ("title", "value")
_AREAS = {
    MeasureArea.HEALTH: ("health", "dent", "immunis", "vaccin", "sdq", "wellbeing", "well-being"),
    MeasureArea.EMPLOYMENT: ("employ", "neet", "eet", "apprentice", "job", "work and"),
    MeasureArea.EDUCATION: ("educat", "school", "gcse", "key stage", "attain", "pep", "exclu"),
    MeasureArea.HOMES: ("home", "hous", "accommod", "placement", "move", "foster", "staying put"),
}
_UNITS = {
    MeasureUnit.PERCENT: ("percent", "%", "per cent", "share"),
    MeasureUnit.PEOPLE: ("people", "children", "count", "young people"),
    MeasureUnit.RATE: ("rate", "per 10,000", "per 10000"),
    MeasureUnit.NUMBER: ("number", "average", "days", "weeks"),
}
_UP = ("up", "high", "more", "bigger", "increase", "good is high")
_DOWN = ("down", "low", "less", "smaller", "decrease", "fewer", "good is low")


@dataclass(frozen=True)
class FigureIn:
    """A row as it would arrive: a figure, or a `fault`; a `doubt` is a question about it."""

    number: int
    words: str
    figure: FigureTyped | None
    doubt: str = ""
    fault: str = ""


def figures_in(
    rows: Sequence[Sequence[str]], heading_at: int, columns: Mapping[str, int]
) -> list[FigureIn]:
    """Return each row below the headings that says anything. Raises SheetRefused."""
    if heading_at >= len(rows):
        raise SheetRefused("There is no such row. Choose the row that holds the headings.")
    for name in NEEDED:
        if name not in columns:
            wanted = "what is measured" if name == "title" else "the figure"
            raise SheetRefused(f"Choose the column that says {wanted}.")
    below = rows[heading_at + 1 :]
    refuse_people(rows[heading_at], below)
    compared = columns.get("comparator")
    beside = rows[heading_at][compared].strip() if compared is not None else ""
    read = [
        _row(number, row, columns, beside)
        for number, row in enumerate(below, heading_at + 2)
        if any(cell.strip() for cell in row)
    ]
    if not read:
        raise SheetRefused("There is no row below the headings. Choose another row or sheet.")
    return read


def _row(number: int, row: Sequence[str], columns: Mapping[str, int], beside: str) -> FigureIn:
    title = " ".join(cell_of(row, columns, "title").split())
    written = cell_of(row, columns, "value")
    if not title:
        return FigureIn(number, title, None, fault="It does not say what is measured.")
    if not written:
        return FigureIn(number, title, None, fault="A heading in between: it has no figure.")
    doubts = []
    unit = _of(_UNITS, cell_of(row, columns, "unit"))
    if unit is None:
        unit = MeasureUnit.PERCENT if "%" in written or "percent" in title else MeasureUnit.NUMBER
        if "%" not in written:
            doubts.append(f"is it {unit.words.lower()}?")
    area = _of(_AREAS, cell_of(row, columns, "area")) or _of(_AREAS, title)
    if area is None:
        area = MeasureArea.HOMES
        doubts.append(f"is it about {area.words.lower()}?")
    better = _better(cell_of(row, columns, "better"))
    if better is None:
        better = Better.NEITHER
        doubts.append("is neither more nor less better?")
    try:
        figure = FigureTyped(
            title=title,
            area=area,
            unit=unit,
            better=better,
            value=_number(written, unit),
            base=whole_number(cell_of(row, columns, "base"), "young people"),
            target=_number(cell_of(row, columns, "target"), unit),
            comparator=_number(cell_of(row, columns, "comparator"), unit),
            compared_with=beside if cell_of(row, columns, "comparator") else "",
        )
    except Invalid as fault:
        return FigureIn(number, title, None, fault=fault.sentence)
    return FigureIn(number, title, figure, " ".join(doubts))


def _number(written: str, unit: MeasureUnit) -> Decimal | None:
    """Return a cell as a number, None where it is empty or its source hid it. Raises Invalid."""
    text = " ".join(written.split()).casefold()
    if not text or text in HIDDEN_AS:
        return None
    if unit is MeasureUnit.PERCENT:
        return read_share(written).percent
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation as fault:
        raise Invalid(f"We cannot read “{written}” as a number.") from fault
    if not number.is_finite() or number < 0:
        raise Invalid(f"{written} cannot be. Type a number from 0.")
    return number


def _of(known: Mapping[Member, tuple[str, ...]], written: str) -> Member | None:
    text = written.casefold()
    return next((one for one, words in known.items() if any(w in text for w in words)), None)


def _better(written: str) -> Better | None:
    text = written.casefold()
    if not text:
        return None
    if any(word in text for word in _DOWN):
        return Better.DOWN
    return Better.UP if any(word in text for word in _UP) else Better.NEITHER
