"""Results brought in from a sheet in its own shape: seen row by row before anything is kept."""

from collections.abc import Sequence

import streamlit as st

from coprod_data.commands.surveys import keep_findings
from coprod_data.files.survey_in import (
    HEADINGS,
    NEEDED,
    RowIn,
    columns_of,
    findings_in,
    heading_row,
)
from coprod_data.files.workbook import SheetOfFile, read_workbook
from coprod_data.queries.surveys import SurveyRow, known_shares
from pages.parts.boxes import number_box
from pages.parts.faults import refusals
from pages.parts.forms import fresh, saving
from pages.parts.frame import announce
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.tables import Column, table

WORDS = {
    "indicator": "Which column says what was asked?",
    "share": "Which column has the share?",
    "base": "Which column says how many answered? (if there is one)",
    "side": "Which column says whether more is better or worse? (if there is one)",
    "comparator": "Which column has other councils? (if there is one)",
    "reworded": "Which column says that the question was changed? (if there is one)",
}


def bring_in(row: SurveyRow) -> None:
    """Show the box for a file, and what would come in from it."""
    key = fresh(f"findings-{row.id}")
    with st.expander("Bring results in from a spreadsheet"):
        st.text(
            "A row for each thing that was asked, with the share of those who said it. Numbers, "
            "percent signs and words like “one in three” are read. Never bring answers of "
            "single people."
        )
        file = st.file_uploader(
            "Spreadsheet (.xlsx or .csv)", type=["csv", "xlsx"], key=f"{key}-file",
            max_upload_size=5,
        )  # fmt: skip
        if file is None:
            return
        with refusals():
            sheet = _sheet(read_workbook(file.name, file.getvalue()), key)
            _rows(row, sheet, key)


def _sheet(sheets: Sequence[SheetOfFile], key: str) -> SheetOfFile:
    if len(sheets) == 1:
        return sheets[0]
    named = {f"{one.name} (hidden)" if one.hidden else one.name: one for one in sheets}
    return named[st.selectbox("Sheet", list(named), key=f"{key}-sheet")]


def _rows(row: SurveyRow, sheet: SheetOfFile, key: str) -> None:
    guessed = heading_row(sheet.rows)
    at = number_box(
        "Row that holds the headings", least=1, most=max(len(sheet.rows), 1), value=guessed + 1,
        step=1, key=f"{key}-{sheet.name}-row",
    )  # fmt: skip
    if at is None or not 1 <= at <= len(sheet.rows):  # the box says which rows there are
        return
    headings = sheet.rows[at - 1]
    found, columns = columns_of(headings), {}
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
    _preview(row, findings_in(sheet.rows, at - 1, columns), f"{key}-{sheet.name}-{at}")


def _preview(row: SurveyRow, rows: Sequence[RowIn], key: str) -> None:
    table(
        "How each row would arrive",
        [Column("What was asked"), Column("Row", number=True), Column("Share"), Column("Answered"),
         Column("More of it"), Column("Doubt")],
        [_cells(one) for one in rows],
        empty="",
    )  # fmt: skip
    doubts = [one for one in rows if one.doubt]
    agreed = {
        one.number for one in doubts
        if st.checkbox(f"Row {one.number}: yes, {one.doubt}", key=f"{key}-{one.number}-sure")
    }  # fmt: skip
    good = [one.finding for one in rows if one.finding and (not one.doubt or one.number in agreed)]
    left = len(rows) - len(good)
    if left:
        words = f"{left} of {len(rows)} rows would stay out. Answer their doubts, or mend the file."
        show("notice.html", tone="soon", icon="warning", title=words, words="", urgent=False)
    label = f"Bring in all {len(rows)} rows" if not left else f"Bring in only the {len(good)} good"
    if f"{key}-opened" not in st.session_state:
        with refusals(stop=True), reading() as (db, actor):
            st.session_state[f"{key}-opened"] = known_shares(db, actor, row.id)
    known = st.session_state[f"{key}-opened"]
    if known:
        st.text(f"They take the place of the {len(known)} findings that this round has.")
    if good and st.button(label, type="primary", key=f"{key}-save"):
        with saving(key=fresh(f"findings-{row.id}")) as (db, actor):
            # Whoever is told that others came in meanwhile sees how many, and may press again.
            del st.session_state[f"{key}-opened"]
            hidden = keep_findings(db, actor, row.id, good, opened=known)
            _announce(len(good), hidden)


def _announce(kept: int, hidden: int) -> None:
    said = f"{kept} findings are here now."
    if hidden:
        said += f" {hidden} of them stay hidden, because so few people said it."
    announce(said)


def _cells(one: RowIn) -> tuple[object, ...]:
    finding = one.finding
    if finding is None:
        return (one.words or "(empty)", one.number, None, None, None, one.fault)
    share = "hidden" if finding.percent is None else f"{finding.percent}%"
    return (one.words, one.number, share, finding.base, finding.side.words, one.doubt)
