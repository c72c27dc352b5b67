"""Who reads of which kind of event, by the noun before its dot.

An administrator reads only of OFFICE; what may concern a young person's words is in YOUTH_VOICE.
"""

OFFICE = frozenset(
    {
        "person",
        "role",
        "session",
        "service",
        "group",
        "heard",
        "meeting",
        "paper_layout",
        "post",
        "venue",
        "training",
        "setting",
        "absence",
        "retention",
        "log",
    }
)
YOUTH_VOICE = frozenset(
    {
        "paper",
        "promise",
        "report_card",
        "entry",
        "hold",
        "wish",
        "consent",
        "opportunity",
        "invitation",
        "coproduction_session",
        "outcome",
        "action",
        "milestone",
        "audit",
        "survey",
        "priority",
        "measure",
        "project",
        "recruitment",
        "library",
        "page_feedback",
        "policy",
    }
)
