"""A layout to begin with: every marker in its place, in Word's own styles."""

import io

from docx import Document
from docx.document import Document as Paper
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from coprod_data.vocabulary.papers import COLUMN_WORDS, COLUMNS, PaperPart, PaperTable

_BEFORE = (
    PaperPart.DECISION_TYPE, PaperPart.PORTFOLIO_HOLDER, PaperPart.LOCAL_COUNCILLORS,
    PaperPart.EXECUTIVE_DIRECTOR, PaperPart.AUTHOR, PaperPart.AUTHOR_TITLE,
    PaperPart.AUTHOR_TELEPHONE, PaperPart.AUTHOR_EMAIL, PaperPart.STATUS,
)  # fmt: skip
_UNNUMBERED = (PaperPart.RECOMMENDATION, PaperPart.REASON)
_NUMBERED = (
    PaperPart.SUMMARY, PaperPart.FINANCIAL, PaperPart.WELLBEING, PaperPart.CLIMATE, PaperPart.OTHER,
    PaperPart.RISK_CURRENT, PaperPart.RISK_RESIDUAL, PaperPart.EQUALITIES, PaperPart.APPENDICES,
    PaperPart.BACKGROUND, PaperPart.CONTEXT, PaperPart.PRINCIPLES,
)  # fmt: skip


def sample_layout() -> bytes:
    """Return a Word file that `check_layout` takes, for a council to give its own looks."""
    paper = Document()
    paper.styles["Normal"].font.name, paper.styles["Normal"].font.size = "Arial", Pt(12)
    section = paper.sections[0]
    section.header.paragraphs[0].text = _marker(PaperPart.BOARD)
    _page_number(section.footer.paragraphs[0])
    paper.add_heading(_marker(PaperPart.TITLE), 0)
    paper.add_paragraph(f"{_marker(PaperPart.BOARD)}, {_marker(PaperPart.MEETING_DATE)}")
    for part in _BEFORE:
        line = paper.add_paragraph()
        line.add_run(f"{part.words}: ").bold = True
        line.add_run(_marker(part))
    for part in _UNNUMBERED:
        _under_heading(paper, part.words, part)
    number = 0
    for part in _NUMBERED:
        if part is PaperPart.RISK_RESIDUAL:
            paper.add_paragraph(f"{part.words}: {_marker(part)}")
            continue
        number += 1
        if part is PaperPart.RISK_CURRENT:
            paper.add_heading(f"{number}. Risk assessment", 1)
            paper.add_paragraph(f"{part.words}: {_marker(part)}")
            continue
        _under_heading(paper, f"{number}. {part.words}", part)
    for table in PaperTable:
        number += 1
        paper.add_heading(f"{number}. {table.words}", 1)
        _table(paper, table)
    paper.add_paragraph(_marker(PaperPart.AS_AT))
    paper.add_paragraph(_marker(PaperPart.CONSIDERED))
    saved = io.BytesIO()
    paper.save(saved)
    return saved.getvalue()


def _marker(part: PaperPart) -> str:
    return f"{{{{ {part.value} }}}}"


def _under_heading(paper: Paper, heading: str, part: PaperPart) -> None:
    paper.add_heading(heading, 1)
    paper.add_paragraph(_marker(part))


def _table(paper: Paper, table: PaperTable) -> None:
    columns = COLUMNS[table]
    grid = paper.add_table(rows=4, cols=len(columns), style="Table Grid")
    for cell, column in zip(grid.rows[0].cells, columns, strict=True):
        cell.paragraphs[0].add_run(COLUMN_WORDS[column]).bold = True
    grid.rows[1].cells[0].text = f"{{%tr for row in {table.value} %}}"
    for cell, column in zip(grid.rows[2].cells, columns, strict=True):
        cell.text = f"{{{{ row.{column} }}}}"
    grid.rows[3].cells[0].text = "{%tr endfor %}"
    described = OxmlElement("w:tblDescription")
    described.set(qn("w:val"), f"{table.words}: a row for each")
    grid._tbl.tblPr.append(described)


def _page_number(line: object) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    line._p.append(field)  # type: ignore[attr-defined]
