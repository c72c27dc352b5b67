"""What the numbers of a round count: returns sent and owed, ratings that went up or down."""

from collections.abc import Callable

from markupsafe import Markup

from coprod_data.queries.audits import Cell, Heat, HeatRow, StandardRow
from coprod_data.rules.due_days import due_says
from coprod_data.vocabulary.audits import OWED, ReturnProgress
from pages.listening.audits_form import level_words
from pages.listening.audits_return import HERE
from pages.parts.html import render
from pages.shared.lists import address, choice

Rows = list[dict[str, object]]
WORDS = {
    "sent": "Returned",
    "owed": "Not returned",
    "up": "Up on last year",
    "down": "Down on last year",
}


def counted(heat: Heat, chosen: str) -> tuple[list[Markup], bool]:
    """Return the numbers as links, with the rows of the one that is chosen; and whether one is."""
    rows = {
        "sent": _services(heat, lambda row: row.state not in OWED),
        "owed": _services(heat, lambda row: row.state in OWED),
        "up": _ratings(heat, lambda change: change > 0),
        "down": _ratings(heat, lambda change: change < 0),
    }
    of_one = next((one for one in heat.standards if chosen == f"standard-{one.id}"), None)
    if of_one is not None:
        return [
            render("section.html", title=f"{of_one.reference} {of_one.short}", count=None),
            render("list.html", rows=_answers_on(heat, of_one), empty="No service has answered."),
        ], True
    chosen = chosen if chosen in rows else ""
    round_id = heat.round.id
    links = [
        choice(
            WORDS[name],
            address(HERE, round=round_id, show="" if name == chosen else name),
            number=len(found),
            chosen=name == chosen,
        )
        for name, found in rows.items()
        if found or name == chosen
    ]
    blocks = []
    if links:
        blocks.append(render("choices.html", label="What the numbers count", choices=links))
    if chosen:
        blocks.append(render("list.html", rows=rows[chosen], empty="None."))
    return blocks, bool(chosen)


def _services(heat: Heat, which: Callable[[HeatRow], bool]) -> Rows:
    return [
        _row(row.service, "", row)
        | {
            "state": ReturnProgress.OVERDUE if row.overdue else ReturnProgress(row.state.value),
            "word": due_says(row.due_in).capitalize() if row.overdue else None,
        }
        for row in heat.rows
        if which(row)
    ]


def _ratings(heat: Heat, which: Callable[[int], bool]) -> Rows:
    return [
        _row(f"{row.service}: {standard.reference} {standard.short}", _change(cell), row)
        for row, standard, cell in _cells(heat)
        if cell.change and which(cell.change)
    ]


def _answers_on(heat: Heat, standard: StandardRow) -> Rows:
    """Return each service with its level on a standard; a row opens its answer."""
    return [
        _row(
            row.service,
            ". ".join(
                [
                    level_words(cell.level),
                    *(["No evidence"] if cell.level is not None and not cell.evidence else []),
                    *([] if cell.young is None else [f"Young auditors: {level_words(cell.young)}"]),
                ]
            )
            + ".",
            row,
        )
        | {"href": f"{HERE}?return={row.return_id}&standard={standard.id}"}
        for row, one, cell in _cells(heat)
        if one is standard and row.state not in OWED
    ]


def _cells(heat: Heat) -> list[tuple[HeatRow, StandardRow, Cell]]:
    return [
        (row, standard, cell)
        for row in heat.rows
        for standard, cell in zip(heat.standards, row.cells, strict=True)
    ]


def _change(cell: Cell) -> str:
    before = None if cell.level is None or cell.change is None else cell.level - cell.change
    return f"Was {level_words(before)}, is {level_words(cell.level)}."


def _row(title: str, detail: str, row: HeatRow) -> dict[str, object]:
    return {
        "title": title,
        "detail": detail,
        "state": None,
        "word": None,
        "href": f"{HERE}?return={row.return_id}",
    }
