"""The parts of a Board paper, and the markers that stand for them in a council's Word layout.

Headings are those of a covering report as councils publish them (`docs/board_paper.md`).
"""

from coprod_data.vocabulary.base import Worded


class PaperPart(Worded):
    """A text of a paper. Its value is its marker in a layout: `{{ title }}`."""

    BOARD = "board", "Board"
    MEETING_DATE = "meeting_date", "Date of the meeting"
    TITLE = "title", "Title"
    DECISION_TYPE = "decision_type", "What the Board is asked to do"
    PORTFOLIO_HOLDER = "portfolio_holder", "Portfolio holder"
    LOCAL_COUNCILLORS = "local_councillors", "Local councillor(s)"
    EXECUTIVE_DIRECTOR = "executive_director", "Executive director"
    AUTHOR = "author", "Report author"
    AUTHOR_TITLE = "author_title", "Job title of the author"
    AUTHOR_TELEPHONE = "author_telephone", "Telephone of the author"
    AUTHOR_EMAIL = "author_email", "Email of the author"
    STATUS = "status", "Report status"
    RECOMMENDATION = "recommendation", "Recommendation"
    REASON = "reason", "Reason for recommendation"
    SUMMARY = "summary", "Executive summary"
    FINANCIAL = "financial", "Financial implications"
    WELLBEING = "wellbeing", "Well-being and health implications"
    CLIMATE = "climate", "Climate implications"
    OTHER = "other", "Other implications"
    RISK_CURRENT = "risk_current", "Current risk"
    RISK_RESIDUAL = "risk_residual", "Residual risk"
    EQUALITIES = "equalities", "Equalities impact assessment"
    APPENDICES = "appendices", "Appendices"
    BACKGROUND = "background", "Background papers"
    CONTEXT = "context", "Context"
    PRINCIPLES = "principles", "Principles"
    CONSIDERED = "considered", "Footnote: what has been considered"
    AS_AT = "as_at", "Day and fingerprint of the figures"


class PaperTable(Worded):
    """A list of a paper. Its value is its marker: `{%tr for row in cards %}`."""

    CARDS = "cards", "Report cards"
    OPPORTUNITIES = "opportunities", "Opportunities awaiting members"
    PROMISE = "promise", "The Promise"
    OUTCOMES = "outcomes", "What changed, signed by both sides"
    AUDIT = "audit", "Participation audit"


# The columns of each list: what a layout may take from a row, `{{ row.theme }}`.
COLUMNS: dict[PaperTable, tuple[str, ...]] = {
    PaperTable.CARDS: ("theme", "title", "words"),
    PaperTable.OPPORTUNITIES: ("title", "theme", "days", "waiting_for"),
    PaperTable.PROMISE: ("theme", "commitment", "staff_view", "young_view", "moved"),
    PaperTable.OUTCOMES: ("title", "change", "signed_on", "signed_how"),
    PaperTable.AUDIT: ("service", "returned", "gap"),
}
