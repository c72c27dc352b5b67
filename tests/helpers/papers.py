"""A Board paper as its author left it, and as it can be handed over."""

from datetime import date

from coprod_data.rules.paper_said import PaperSaid
from coprod_data.vocabulary.papers import (
    Considered,
    DecisionType,
    PaperPart,
    PaperStatus,
    RiskLevel,
)

DAY = date(2026, 3, 10)
P = PaperPart
# The covering report of 10 March 2026, as its author left it and as it can be handed over.
LEFT = {
    P.RECOMMENDATION: "Challenge cards are discontinued in favour of co-production.",
    P.SUMMARY: "We are moving to a report card approach, so that conversations take place.",
    P.FINANCIAL: "None",
    P.WELLBEING: "Co-production enables good, honest and transparent working relationships.",
    P.CLIMATE: "Increase in mileage where in-person co-production takes place.",
    P.OTHER: "It is a corporate parenting responsibility to work with young people.",
    P.EQUALITIES: "NA",
    P.APPENDICES: "NA",
    P.BACKGROUND: "Children in Care, CLiCC Strategy and Plan (December 2021)",
    P.CONTEXT: "There are limitations to challenge cards.",
    P.PRINCIPLES: "Increase opportunities to hear the voice of our young people.",
}
FILLED = LEFT | {
    P.LOCAL_COUNCILLORS: "All wards",
    P.REASON: "Conversations build trust where challenges do not.",
    P.FINANCIAL: "Met from the Youth Voice budget.",
    P.EQUALITIES: "None, because care experience is considered in each part of it.",
    P.APPENDICES: "None, because all of it is in the paper.",
}
WHOLE = PaperSaid(
    title="Challenge cards", status=PaperStatus.PUBLIC, decision_type=DecisionType.DECIDE,
    risk_current=RiskLevel.LOW, risk_residual=RiskLevel.LOW, considered=tuple(Considered),
    figures_on=date(2026, 3, 3), author_title="Youth Voice Team Manager",
    author_telephone="01632 960010", author_email="kay@example.org", texts=FILLED,
)  # fmt: skip
