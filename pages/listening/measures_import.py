"""Published figures brought in from a sheet in its own shape, seen row by row first."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from coprod_data.commands.measures import keep_figures
from coprod_data.files.measures_in import HEADINGS, NEEDED, FigureIn, figures_in
from coprod_data.files.survey_in import columns_of, heading_row
from coprod_data.files.workbook import SheetOfFile, read_workbook
from coprod_data.queries.measures import known_figures
from coprod_data.rules.typed_days import Meant
from pages.parts.boxes import DAY, number_box, text_line
from pages.parts.faults import refusals
from pages.parts.forms import fresh, saving
from pages.parts.frame import announce
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.tables import Column, table
from pages.parts.times import typed_day

KEY = "figures"
WORDS = {
    "title": "Which column says what is measured?",
    "value": "Which column has the figure?",
    "area": "Which column says what it is about? (if there is one)",
    "unit": "Which column says the unit? (if there is one)",
    "better": "Which column says whether more or less is better? (if there is one)",
    "target": "Which column has the target? (if there is one)",
    "comparator": "Which column has other councils? (if there is one)",
    "base": "Which column says out of how many? (if there is one)",
}


def bring_in() -> None:
    """Show the box for a file, and what would come in from it."""
    key = fresh(KEY)
    with st.expander("Bring this year’s figures in from a spreadsheet"):
        st.text(
            "A row for each measure, as the council published it. Numbers of single people never "
            "come in, and figures of fewer than five are hidden."
        )
        typed = text_line(
            "Of which day are they, for example 31 March 2026?", longest=DAY, key=f"{key}-day"
        )
        source = text_line("Where were they published?", longest=240, key=f"{key}-source")
        file = st.file_uploader(
            "Spreadsheet (.xlsx or .csv)", type=["csv", "xlsx"], key=f"{key}-file",
            max_upload_size=5,
        )  # fmt: skip
        if file is None:
            return
        with refusals():
            as_at = typed_day(typed, "as_at", Meant.GONE)
            if as_at is None:
                st.text("First write the day, then the rows are shown here.")
                return
            _rows(_sheet(read_workbook(file.name, file.getvalue()), key), as_at, source, key)


def _sheet(sheets: Sequence[SheetOfFile], key: str) -> SheetOfFile:
    if len(sheets) == 1:
        return sheets[0]
    named = {f"{one.name} (hidden)" if one.hidden else one.name: one for one in sheets}
    return named[st.selectbox("Sheet", list(named), key=f"{key}-sheet")]


def _rows(sheet: SheetOfFile, as_at: date, source: str, key: str) -> None:
    guessed = heading_row(sheet.rows, HEADINGS)
    at = number_box(
        "Row that holds the headings", least=1, most=max(len(sheet.rows), 1), value=guessed + 1,
        step=1, key=f"{key}-{sheet.name}-row",
    )  # fmt: skip
    if at is None or not 1 <= at <= len(sheet.rows):  # the box says which rows there are
        return
    headings = sheet.rows[at - 1]
    found, columns = columns_of(headings, HEADINGS), {}
    options = [None, *range(len(headings))]
    for name in HEADINGS:
        chosen = st.selectbox(
            WORDS[name], options, index=options.index(found.get(name)),
            format_func=lambda one: "–" if one is None else headings[one] or f"Column {one + 1}",
            key=f"{key}-{sheet.name}-{at}-{name}",
        )  # fmt: skip
        if chosen is not None:
            columns[name] = chosen
    if not all(name in columns for name in NEEDED):
        st.text("Choose the first two, then the rows are shown here.")
        return
    _preview(figures_in(sheet.rows, at - 1, columns), as_at, source, f"{key}-{sheet.name}-{at}")


def _preview(rows: Sequence[FigureIn], as_at: date, source: str, key: str) -> None:
    table(
        "How each row would arrive",
        [Column("What is measured"), Column("Row", number=True), Column("Figure"), Column("Unit"),
         Column("About"), Column("Good is"), Column("Doubt")],
        [_cells(one) for one in rows],
        empty="",
    )  # fmt: skip
    agreed = {
        one.number for one in rows
        if one.doubt
        and st.checkbox(f"Row {one.number}: yes, {one.doubt}", key=f"{key}-{one.number}-sure")
    }  # fmt: skip
    good = [one.figure for one in rows if one.figure and (not one.doubt or one.number in agreed)]
    left = len(rows) - len(good)
    if left:
        words = f"{left} of {len(rows)} rows would stay out. Answer their doubts, or mend the file."
        show("notice.html", tone="soon", icon="warning", title=words, words="", urgent=False)
    label = f"Bring in all {len(rows)} rows" if not left else f"Bring in only the {len(good)} good"
    opened = f"{key}-{as_at}-opened"
    if opened not in st.session_state:
        with refusals(stop=True), reading() as (db, actor):
            st.session_state[opened] = known_figures(db, actor, as_at)
    known = st.session_state[opened]
    if known:
        st.text(f"There are {len(known)} figures of this day. The same ones are written over.")
    if good and st.button(label, type="primary", key=f"{key}-save"):
        with saving(key=fresh(KEY)) as (db, actor):
            # Whoever is told that others came in meanwhile sees how many, and may press again.
            del st.session_state[opened]
            hidden = keep_figures(db, actor, as_at, good, source=source, opened=known)
            said = f"{len(good)} figures are here now."
            if hidden:
                said += f" {hidden} of them stay hidden, because so few people are in it."
            announce(said)


def _cells(one: FigureIn) -> tuple[object, ...]:
    figure = one.figure
    if figure is None:
        return (one.words or "(empty)", one.number, None, None, None, None, one.fault)
    value = "hidden" if figure.value is None else f"{figure.value}"
    return (
        one.words, one.number, value, figure.unit.words, figure.area.words, figure.better.words,
        one.doubt,
    )  # fmt: skip
