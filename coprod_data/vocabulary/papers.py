"""The parts of a Board paper, and the markers that stand for them in a council's Word layout.

Headings are those of a covering report as councils publish them (`docs/board_paper.md`).
"""

from coprod_data.vocabulary.base import Worded


class PaperState(Worded):
    """The life of a paper, in its order."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waiting for a signature"
    SIGNED = "signed", "Signed"


class PaperStatus(Worded):
    """Who may read a paper: the report status in its header."""

    PUBLIC = "public", "Public"
    PART_EXEMPT = "part_exempt", "Part exempt"
    EXEMPT = "exempt", "Exempt"


class DecisionType(Worded):
    """What the Board is asked to do."""

    DECIDE = "decide", "For decision"
    DISCUSS = "discuss", "For discussion"
    NOTE = "note", "For information"


class RiskLevel(Worded):
    """How high a risk is."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class Considered(Worded):
    """What has been considered: the five ticks of the footnote."""

    FINANCIAL = "financial", "Financial"
    LEGAL = "legal", "Legal"
    ENVIRONMENTAL = "environmental", "Environmental"
    ECONOMIC = "economic", "Economic"
    EQUALITIES = "equalities", "Equalities"


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
    CONSIDERED = "considered", "What has been considered"
    AS_AT = "as_at", "Day and fingerprint of the figures"


# The texts that somebody writes, in the order of the form; each is filled before it is submitted.
HEADINGS = (
    PaperPart.LOCAL_COUNCILLORS, PaperPart.RECOMMENDATION, PaperPart.REASON, PaperPart.SUMMARY,
    PaperPart.FINANCIAL, PaperPart.WELLBEING, PaperPart.CLIMATE, PaperPart.OTHER,
    PaperPart.EQUALITIES, PaperPart.APPENDICES, PaperPart.BACKGROUND, PaperPart.CONTEXT,
    PaperPart.PRINCIPLES,
)  # fmt: skip


class PaperTable(Worded):
    """A list of a paper. Its value is its marker: `{%tr for row in cards %}`."""

    CARDS = "cards", "Report cards"
    OPPORTUNITIES = "opportunities", "Opportunities awaiting members"
    PROMISE = "promise", "The Promise"
    OUTCOMES = "outcomes", "What changed, signed by both sides"
    AUDIT = "audit", "Participation audit"


# The heading of each column.
COLUMN_WORDS = {
    "theme": "Theme", "title": "Title", "words": "In young people’s words", "days": "Days",
    "waiting_for": "Waiting for", "commitment": "We promised", "staff_view": "Staff say",
    "young_view": "Young people say", "moved": "Last moved", "change": "What changed",
    "signed_on": "Signed on", "signed_how": "How young people signed", "service": "Service",
    "returned": "Returned", "gap": "Widest gap",
}  # fmt: skip
# The columns of each list: what a layout may take from a row, `{{ row.theme }}`.
COLUMNS: dict[PaperTable, tuple[str, ...]] = {
    PaperTable.CARDS: ("theme", "title", "words"),
    PaperTable.OPPORTUNITIES: ("title", "theme", "days", "waiting_for"),
    PaperTable.PROMISE: ("theme", "commitment", "staff_view", "young_view", "moved"),
    PaperTable.OUTCOMES: ("title", "change", "signed_on", "signed_how"),
    PaperTable.AUDIT: ("service", "returned", "gap"),
}
