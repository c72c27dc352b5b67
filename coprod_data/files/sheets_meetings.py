"""The sheets about offices, meetings of the Board and their papers."""

from coprod_data.files.csv_in import Column, day, one_of, whole_number, yes_no
from coprod_data.files.sheet_parts import named, sheet, steps, texts
from coprod_data.vocabulary.meetings import AgendaKind, DecisionResult
from coprod_data.vocabulary.papers import HEADINGS, DecisionType, PaperStatus, RiskLevel
from coprod_data.vocabulary.posts import Office

MEETINGS = (
    sheet(
        "posts",
        steps("give", "end"),
        named("post"),
        Column("office", one_of(Office)),
        *texts("title", "member", "name"),
    ),
    sheet(
        "meetings",
        steps(
            "plan", "move", "cancel", "reply", "interest", "item", "put out", "begin", "start",
            "end", "decide", "confirm", "done",
        ),
        named("meeting"),
        *texts("decision"),
        Column("day", day),
        *texts("begins", "ends", "theme", "place", "online", "private_part"),
        Column("public", yes_no),
        Column("young_people", whole_number),
        Column("item", one_of(AgendaKind)),
        *texts("who", "reply", "words", "detail", "paper"),
        Column("result", one_of(DecisionResult)),
        Column("due", day),
    ),
    sheet(
        "papers",
        steps("begin", "write", "submit", "sign"),
        named("paper"),
        *texts("meeting"),
        Column("item", whole_number),
        Column("status", one_of(PaperStatus)),
        Column("decision_type", one_of(DecisionType)),
        Column("risk_current", one_of(RiskLevel)),
        Column("risk_residual", one_of(RiskLevel)),
        Column("considered", yes_no),
        Column("figures_on", day),
        *texts("author_title", "author_telephone", "author_email"),
        *texts(*(part.value for part in HEADINGS)),
    ),
)  # fmt: skip
