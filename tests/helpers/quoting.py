"""A text of staff that repeats a young person's words, wherever it may be."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_recall import recall_entry
from coprod_data.models import (
    ActionChange,
    ActionUpdate,
    AgendaItem,
    Answer,
    AuditAnswer,
    AuditReturn,
    AuditRound,
    AuditStandard,
    CardEntry,
    CoproductionSession,
    Course,
    Decision,
    EntrySummary,
    EventText,
    Group,
    Invitation,
    LibraryItem,
    Meeting,
    MeetingInvited,
    Milestone,
    Opportunity,
    OpportunitySource,
    Paper,
    PaperText,
    Person,
    Priority,
    PriorityTie,
    Project,
    PromiseHome,
    PromiseTheme,
    PromiseVersion,
    Recruitment,
    Reply,
    ReportCard,
    Service,
    SessionChange,
    SessionGoal,
    SessionQuestion,
    SessionStep,
    SessionTask,
    SurveyFinding,
    SurveyRound,
    Venue,
)
from coprod_data.permissions import Actor
from coprod_data.queries.entries_quoted import texts_to_reword
from coprod_data.vocabulary.audits import Rater
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.groups import GroupKind
from coprod_data.vocabulary.library import Completeness, LibraryKind
from coprod_data.vocabulary.meetings import AgendaKind, DecisionResult, MeetingState
from coprod_data.vocabulary.papers import PaperPart
from coprod_data.vocabulary.promise import HomeKind
from coprod_data.vocabulary.rewordings import TextPlace
from coprod_data.vocabulary.surveys import ChosenHow, FindingSide
from coprod_data.vocabulary.training import TrainingLevel
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_commitment,
    a_service,
    add,
    an_action,
    an_entry,
    an_outcome,
    unrecorded,
)
from tests.helpers.entries_read import later
from tests.helpers.quoting_policies import a_row_of_a_policy
from tests.helpers.sessions import a_session
from tests.helpers.working_together import the_person

THINKS = "When I moved they put my stuff in bin bags. One split on the drive."
QUOTE = "A child said: “WHEN i moved, they put  my stuff in bin-bags”, and we are sorry."
LIKE = "Kai says that they put my stuff somewhere."  # four words in a row, one of them rare
OURS = "Every child gets a suitcase with their name on it before a move."
BOTH = (ConsentUse.BOARD, ConsentUse.PUBLIC)


def waiting(db: Session, worker: Actor) -> int:
    return texts_to_reword(db, worker)[0].id


def recalled(db: Session, worker: Actor, entry: CardEntry) -> None:
    recall_entry(db, later(worker), entry.id, reason="a name was left in")


def logged_words(db: Session) -> list[str | None]:
    return list(db.scalars(sa.select(EventText.text).where(EventText.text.contains("stuff"))))


def in_every_place(
    db: Session, worker: Actor, card: ReportCard, opportunity: Opportunity, text: str
) -> dict[TextPlace, Any]:
    """A row of each table on that chain, with this text in each place for a text of staff."""
    tables = {place.table for place in TextPlace}
    made = {table: a_row_of(db, table, worker, card, opportunity) for table in sorted(tables)}
    rows = {place: made[place.table] for place in TextPlace}
    with unrecorded(db):
        for place, row in rows.items():
            setattr(row, place.column, text)
    return rows


def a_row_of(
    db: Session, table: str, worker: Actor, card: ReportCard, opportunity: Opportunity
) -> object:
    """A row of this table on the chain of the card and the opportunity."""
    person, service = the_person(db, worker), a_service(db)
    action = an_action(
        db, a_commitment(db, db.get_one(PromiseTheme, card.theme_id)), person, service
    )
    by = {"person_id": person.id, "at": NOW}
    match table:
        case "report_card":
            return card
        case "opportunity":
            return opportunity
        case "action":
            return action
        case "answer":
            return add(db, Answer(report_card_id=card.id, text="-", **by))
        case "reply":
            return add(db, Reply(entry_id=an_entry(db, card).id, text="-", **by))
        case "entry_summary":
            other = an_entry(db, card)
            return add(db, EntrySummary(
                entry_id=other.id, text="-", made_at=NOW, made_by_id=person.id
            ))  # fmt: skip
        case "invitation":
            return add(db, Invitation(
                opportunity_id=opportunity.id, person_id=person.id, asked_at=NOW
            ))  # fmt: skip
        case "outcome":
            return an_outcome(db, opportunity, person)
        case "priority":
            chosen = add(db, Priority(
                title="-", chosen_how=ChosenHow.VOTE, chosen_by="-", chosen_on=NOW.date()
            ))  # fmt: skip
            add(db, PriorityTie(priority_id=chosen.id, opportunity_id=opportunity.id))
            return chosen
        case "course":
            return add(db, Course(title="-", level=TrainingLevel.STRATEGIC))
        case _ if table.startswith("policy"):
            return a_row_of_a_policy(db, table, person, action, card)
        case "library_item":
            return add(db, LibraryItem(
                title="-", kind=LibraryKind.GUIDANCE, complete=Completeness.BEGUN,
                keeper_id=person.id,
            ))  # fmt: skip
        case "project" | "recruitment":
            return _of_a_service(db, table, person, service)
        case "survey_round" | "survey_finding":
            return _of_a_survey(db, table, opportunity)
        case "action_change":
            return add(db, ActionChange(
                action_id=action.id, commitment_id=action.commitment_id, title="-", will_see="-",
                due_on=None, due_kind=action.due_kind, reason="-", proposed_at=NOW,
                proposed_by_id=person.id,
            ))  # fmt: skip
        case "milestone":
            return add(db, Milestone(action_id=action.id, title="-"))
        case "action_update":
            return add(db, ActionUpdate(action_id=action.id, text="-", **by))
        case "promise_version":
            theme = db.get_one(PromiseTheme, card.theme_id)
            return db.get_one(PromiseVersion, theme.version_id)
        case "promise_home":
            version = add(db, PromiseVersion(title="-", drafted_at=NOW))
            return add(db, PromiseHome(
                version_id=version.id, action_id=action.id, kind=HomeKind.DROP, reason="-",
                decided_at=NOW, decided_by_id=person.id,
            ))  # fmt: skip
        case (
            "coproduction_session"
            | "session_step"
            | "session_task"
            | "session_goal"
            | "session_question"
            | "session_change"
        ):
            return _of_a_session(db, table, worker, card)
        case "group" | "venue":
            held: Any = _of_a_session(db, "coproduction_session", worker, card)
            if table == "venue":
                place = add(db, Venue(name="-"))
                held.venue_id = place.id
                return place
            group = add(db, Group(name="-", kind=GroupKind.PANEL))
            held.group_id = group.id
            return group
        case "meeting" | "agenda_item" | "decision" | "meeting_invited":
            meeting = add(db, Meeting(
                meets_on=TODAY, theme_id=card.theme_id, state=MeetingState.PLANNED, planned_at=NOW
            ))  # fmt: skip
            item = add(db, AgendaItem(
                meeting_id=meeting.id, kind=AgendaKind.PAPER, tier=4, place=1, title="-",
                minutes=5, added_at=NOW,
            ))  # fmt: skip
            if table == "decision":
                return add(db, Decision(
                    meeting_id=meeting.id, item_id=item.id, result=DecisionResult.NOTED,
                    wording="-", recorded_at=NOW, recorded_by_id=person.id,
                ))  # fmt: skip
            if table == "meeting_invited":
                return add(db, MeetingInvited(meeting_id=meeting.id, person_id=person.id))
            return meeting if table == "meeting" else item
        case "paper" | "paper_text":
            return _of_a_paper(db, table, person, card)
        case "audit_answer":
            return an_audit_answer(db, opportunity, person, service)
    raise AssertionError(f"No row of {table} is made here.")


def _of_a_survey(db: Session, table: str, opportunity: Opportunity) -> object:
    survey = add(db, SurveyRound(survey=f"Of a {table}", about="-", held_on=TODAY))
    finding = add(db, SurveyFinding(
        round_id=survey.id, position=1, indicator="-", side=FindingSide.GOOD
    ))  # fmt: skip
    chosen = add(db, Priority(
        title="-", chosen_how=ChosenHow.VOTE, chosen_by="-", chosen_on=TODAY, finding_id=finding.id
    ))  # fmt: skip
    add(db, PriorityTie(priority_id=chosen.id, opportunity_id=opportunity.id))
    return survey if table == "survey_round" else finding


def _of_a_service(db: Session, table: str, person: Person, service: Service) -> object:
    by: dict[str, Any] = {"service_id": service.id, "owner_id": person.id}
    if table == "project":
        return add(db, Project(title="-", starts_on=TODAY, ends_on=TODAY, **by))
    return add(db, Recruitment(post="Nurse", meets_on=TODAY, **by))


def _of_a_paper(db: Session, table: str, person: Person, card: ReportCard) -> object:
    meeting = add(db, Meeting(
        meets_on=TODAY, theme_id=card.theme_id, state=MeetingState.PLANNED, planned_at=NOW
    ))  # fmt: skip
    paper = add(db, Paper(
        meeting_id=meeting.id, item=1, title="A paper", author_id=person.id, begun_at=NOW
    ))  # fmt: skip
    if table == "paper":
        return paper
    return add(db, PaperText(paper_id=paper.id, part=PaperPart.REASON))


def an_audit_answer(
    db: Session, opportunity: Opportunity, person: Person, service: Service
) -> AuditAnswer:
    """A rating that an opportunity came from."""
    audit = add(db, AuditRound(title="First", opened_on=TODAY, due_on=TODAY))
    standard = add(db, AuditStandard(
        round_id=audit.id, position=1, reference="A1", short="Asked", wording="Asked"
    ))  # fmt: skip
    owed = add(db, AuditReturn(round_id=audit.id, service_id=service.id))
    answer = add(db, AuditAnswer(
        return_id=owed.id, standard_id=standard.id, rater=Rater.SERVICE, at=NOW,
        person_id=person.id,
    ))  # fmt: skip
    add(db, OpportunitySource(opportunity_id=opportunity.id, audit_answer_id=answer.id))
    return answer


def _of_a_session(db: Session, table: str, worker: Actor, card: ReportCard) -> object:
    number = a_session(db, worker, theme_id=card.theme_id, title="-", aims="-", joining="-")
    if table == "session_step":
        return add(db, SessionStep(session_id=number, begins="16:30", title="-"))
    if table == "session_task":
        return add(db, SessionTask(session_id=number, text="-"))
    if table == "session_goal":
        return add(db, SessionGoal(session_id=number, text="-"))
    if table == "session_question":
        return add(db, SessionQuestion(session_id=number, text="-"))
    if table == "session_change":
        by = the_person(db, worker).id
        return add(db, SessionChange(
            session_id=number, text="-", written_at=NOW, written_by_id=by
        ))  # fmt: skip
    return db.get_one(CoproductionSession, number)
