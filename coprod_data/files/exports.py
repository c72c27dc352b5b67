"""Every sheet a person may download: the same reads as the screens, one column for each field."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.files.exports_actions import ACTION_COLUMNS
from coprod_data.files.exports_filters import Filters, number, pages
from coprod_data.files.exports_listening import (
    COURSE_COLUMNS,
    COVERAGE_COLUMNS,
    HEARD_COLUMNS,
    MEASURE_COLUMNS,
    NEXT_COLUMNS,
    PRIORITY_COLUMNS,
    SURVEY_COLUMNS,
)
from coprod_data.files.exports_meetings import DECISION_COLUMNS, PAPER_COLUMNS
from coprod_data.files.exports_promise import PROMISE_COLUMNS, promise_lines
from coprod_data.files.exports_reads import (
    actions_chosen,
    cards_chosen,
    changed,
    events,
    hits,
    level,
    meetings_chosen,
    opportunities_chosen,
    outcomes_told,
    ratings,
    return_state,
    sessions_chosen,
    survey_chosen,
    taken_up_by,
    young_people,
    young_side,
)
from coprod_data.files.exports_together import (
    LIBRARY_COLUMNS,
    PAGE_COLUMNS,
    POLICY_ACTIVITY_COLUMNS,
    POLICY_COLUMNS,
    PROJECT_COLUMNS,
    RECRUITMENT_COLUMNS,
    VENUE_COLUMNS,
    library_chosen,
    policy_activities,
    projects_chosen,
    recruitment_chosen,
)
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.queries.groups import groups
from coprod_data.queries.heard import heard
from coprod_data.queries.measures import figures_of_days
from coprod_data.queries.meetings_decisions import every_decision
from coprod_data.queries.page_feedback import pages_answered
from coprod_data.queries.papers import papers
from coprod_data.queries.policies import policies
from coprod_data.queries.posts import posts
from coprod_data.queries.priorities import priorities
from coprod_data.queries.training import courses
from coprod_data.queries.training_coverage import coverage
from coprod_data.queries.training_people import who_is_next
from coprod_data.queries.venues import venues

Read = Callable[[Session, Actor, Filters], Iterable[Any]]
Field = str | Callable[[Any], object]  # the name of a field, or what makes the cell from the row


@dataclass(frozen=True)
class Export:
    """One sheet: the read that fills it for the person who asks, and a field for each heading."""

    read: Read
    columns: Mapping[str, Field]

    def cells(self, row: Any) -> tuple[object, ...]:
        """Return a row as the cells of its columns."""
        return tuple(
            getattr(row, field) if isinstance(field, str) else field(row)
            for field in self.columns.values()
        )


def export(
    db: Session, actor: Actor, sheet: str, filters: Filters
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Return headings and rows of a sheet as this actor may read them.

    Raises NotAllowed, NotFound for an unknown sheet, Invalid for a filter that names nothing.
    """
    actor.must(Permission.EXPORTS_READ)
    if sheet not in EXPORTS:
        raise NotFound("We could not find that table.")
    chosen = EXPORTS[sheet]
    return tuple(chosen.columns), [chosen.cells(row) for row in chosen.read(db, actor, filters)]


EXPORTS: dict[str, Export] = {
    "actions": Export(actions_chosen, ACTION_COLUMNS),
    "promise": Export(promise_lines, PROMISE_COLUMNS),
    "opportunities": Export(
        opportunities_chosen,
        {
            "No.": "id",
            "Theme": "adults_theme",
            "Young people call it": "theme",
            "Opportunity": "title",
            "State": "state",
            "Open since": "opened_on",
            "Days": "days",
            "Help wanted": lambda row: row.wording.help_wanted,
            "How power is shared": lambda row: row.wording.power_shared,
            "Time needed": lambda row: row.wording.time_needed,
            "When and how": lambda row: row.wording.when_and_how,
            "Support": lambda row: row.wording.support,
            "Expenses": lambda row: row.wording.expenses,
            "Taken up by": taken_up_by,
            "Reason": "reason",
        },
    ),
    "outcomes": Export(
        outcomes_told,
        {
            "No.": lambda row: row.outcome.id,
            "State": "state",
            "Opportunity no.": lambda row: row.outcome.opportunity_id,
            "Opportunity": lambda row: row.outcome.title,
            "What changed": lambda row: row.outcome.what_changed,
            "Signed by both": lambda row: (
                row.outcome.signed_on and f"{row.outcome.signed_on:%B %Y}"
            ),
            "Young person's signature": young_side,
            "Days since staff said done": lambda row: row.outcome.days,
        },
    ),
    "report_cards": Export(
        cards_chosen,
        {
            "No.": "id",
            "Theme": "theme",
            "Young people call it": "young_theme",
            "Title": "title",
            "Month": lambda row: f"{row.month:%B %Y}",
            "State": "state",
            "Brought to a meeting on": "shared_on",
            "Entries": "voices",
            "First words": "words",
        },
    ),
    "search": Export(
        hits, {"Kind": lambda row: row.kind.words, "Found": "title", "Words": "detail"}
    ),
    "audits": Export(
        ratings,
        {
            "Round": lambda row: row.round.title,
            "Service": lambda row: row.service.service,
            "Return": return_state,
            "Reference": lambda row: row.standard.reference,
            "Standard": lambda row: row.standard.wording,
            "Service's level": lambda row: level(row.cell.level),
            "Service's level (0 to 3)": lambda row: row.cell.level,
            "Evidence": lambda row: row.cell.evidence,
            "Young auditors' level": lambda row: level(row.cell.young),
            "Young auditors' level (0 to 3)": lambda row: row.cell.young,
            "Change since the round before": lambda row: row.cell.change,
        },
    ),
    "surveys": Export(survey_chosen, SURVEY_COLUMNS),
    "measures": Export(lambda db, actor, _at: figures_of_days(db, actor), MEASURE_COLUMNS),
    "priorities": Export(
        lambda db, actor, at: priorities(db, actor, survey_id=number(at, "round")),
        PRIORITY_COLUMNS,
    ),
    "courses": Export(lambda db, actor, _filters: courses(db, actor), COURSE_COLUMNS),
    "training": Export(
        lambda db, actor, at: coverage(db, actor, course_id=number(at, "course")), COVERAGE_COLUMNS
    ),
    "training_next": Export(lambda db, actor, _filters: who_is_next(db, actor), NEXT_COLUMNS),
    "groups": Export(
        lambda db, actor, _filters: groups(db, actor),
        {
            "Group": "name",
            "What it is for": lambda row: row.kind.words,
            "Adults": "members",
            "Young people": young_people,
            "Quorum": "quorum",
            "Reviews the opportunities": "owns_queue",
            "Who is heard there": lambda row: row.hears and row.hears.words,
            "When it meets": "meets",
            "Last met": "met_on",
            "Terms of reference": "terms",
        },
    ),
    "heard": Export(lambda db, actor, _filters: heard(db, actor).rows, HEARD_COLUMNS),
    "sessions": Export(
        sessions_chosen,
        {
            "Session": "title",
            "Kind": lambda row: row.kind.words,
            "State": lambda row: row.state.words,
            "Begins": "starts_at",
            "Ends": "ends_at",
            "How": lambda row: row.way.words,
            "Theme": "theme",
            "Group": "group",
            "Venue": "venue",
            "Led by": "facilitator",
            "Young people who lead it": "young_leaders",
            "Led with": "led_with",
            "Who of them is independent, and why": "independent",
            "Were access needs met?": lambda row: row.needs_met and row.needs_met.words,
            "Next step owed by": "due_on",
        },
    ),
    "meetings": Export(
        meetings_chosen,
        {
            "Day": "on",
            "Begins": "begins",
            "Ends": "ends",
            "State": lambda row: row.state.words,
            "Theme": "theme",
            "Place": "place",
            "Adults coming": "coming",
            "Adults invited": "invited",
            "Quorum": "quorum",
        },
    ),
    "decisions": Export(
        lambda db, actor, at: every_decision(db, actor, meeting_id=number(at, "meeting")),
        DECISION_COLUMNS,
    ),
    "papers": Export(lambda db, actor, _filters: pages(partial(papers, db, actor)), PAPER_COLUMNS),
    "posts": Export(
        lambda db, actor, _filters: posts(db, actor),
        {
            "Office": lambda row: row.office.words,
            "Post": "title",
            "Name": "name",
            "Since": "began_on",
            "Until": "ended_on",
        },
    ),
    "venues": Export(lambda db, actor, _filters: venues(db, actor), VENUE_COLUMNS),
    "policies": Export(lambda db, actor, _at: policies(db, actor), POLICY_COLUMNS),
    "policy_activities": Export(policy_activities, POLICY_ACTIVITY_COLUMNS),
    "projects": Export(projects_chosen, PROJECT_COLUMNS),
    "recruitment": Export(recruitment_chosen, RECRUITMENT_COLUMNS),
    "library": Export(library_chosen, LIBRARY_COLUMNS),
    "page_feedback": Export(lambda db, actor, _at: pages_answered(db, actor), PAGE_COLUMNS),
    "history": Export(
        events,
        {
            "When": "at",
            "Who": "who",
            "What they did": "did",
            "What changed": changed,
            "About": "about",
        },
    ),
}
