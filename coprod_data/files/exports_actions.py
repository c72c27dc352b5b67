"""The columns of the sheet of actions: what is known of each, one row an action."""

from collections.abc import Callable, Mapping

from coprod_data.queries.actions import ActionRow
from coprod_data.rules.due_days import due_named, due_says
from coprod_data.vocabulary.actions import AT_REST, TOO_FEW, WITHOUT_EVIDENCE

ACTION_COLUMNS: Mapping[str, str | Callable[[ActionRow], object]] = {
    "No.": "id",
    "Theme": "theme",
    "Young people call it": "young_theme",
    "Commitment no.": "reference",
    "Commitment": "commitment",
    "Action": "title",
    "What you will see": "will_see",
    "Agreed with": "see_agreed_with",
    "Stage": "stage",
    "Finished with an earlier wording": "ended",
    "RAG": "rag",
    "Recovery plan": "rag_reason",
    "Owner": "owner",
    "Owner’s job": "owner_job",
    "Service": "service",
    "Together with": "together_with",
    "Worked on by": "worked_on_by",
    "What shows it": "together_shown",
    "Why staff only": "why_alone",
    "Partners": "partners",
    "Comes from": "opportunity",
    "From young people": "from_young",
    "Starts": "starts_on",
    "Due": "due_on",
    "Due, in words": lambda row: row.due_wording or due_named(row.due_on, row.due_kind),
    "Late or due in": lambda row: due_says(row.due_in),
    "First due": "first_due_on",
    "First due, in words": "first_due_wording",
    "Milestones met": "met",
    "Milestones": "whole",
    "Evidence missing": lambda row: WITHOUT_EVIDENCE if row.without_evidence else None,
    "Days without movement": lambda row: None if row.stage in AT_REST else row.drift,
    "Young people say": "face",
    "Who says so": lambda row: row.face_of.words if row.face_of else TOO_FEW,
    "Counted at the end of": lambda row: row.face_month and f"{row.face_month:%B %Y}",
    "Staff say": "staff_say",
    "Said by": "staff_name",
    "Said on": "staff_on",
}
