"""What events of the history were about, by name: an action, an opportunity, a group, a person.

Only names and titles of staff, as they read today; nothing of an entry or of what belongs to it.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    ActionChange,
    ActionUpdate,
    AgendaItem,
    Answer,
    AuditAnswer,
    AuditReturn,
    AuditRound,
    AuditStandard,
    Booking,
    CardShare,
    CoproductionSession,
    CoSignature,
    Course,
    CourseDate,
    Decision,
    Event,
    Group,
    GroupMeeting,
    HeardTime,
    Invitation,
    Learner,
    LibraryFile,
    LibraryItem,
    LibraryTie,
    Measure,
    Meeting,
    MeetingInvited,
    Membership,
    Milestone,
    Opportunity,
    Outcome,
    PageFeedback,
    Paper,
    PaperLayout,
    Person,
    Policy,
    Post,
    Priority,
    Project,
    PromiseCommitment,
    PromiseTheme,
    PromiseVersion,
    Recruitment,
    ReportCard,
    RoleGrant,
    RoomScreen,
    RoomWords,
    Service,
    ServiceMember,
    SessionChange,
    SessionCode,
    SessionFeedback,
    SessionGoal,
    SessionStep,
    SessionTask,
    SurveyRound,
    Venue,
)
from coprod_data.permissions import Role

Named = sa.Select[*tuple[Any, ...]]


def about_by_name(
    db: Session, events: Collection[Event], *, young_too: bool
) -> dict[int, tuple[str, ...]]:
    """Return, by event id, the names of what it was about, the thing first.

    A young person's name only with `young_too`. One statement for each kind of thing that is there.
    """
    wanted: dict[str, set[int]] = {}
    for event in events:
        if event.subject_type in NAMED and event.subject_id is not None:
            wanted.setdefault(event.subject_type, set()).add(event.subject_id)
    names: dict[tuple[str, int], tuple[str, ...]] = {}
    for subject, ids in wanted.items():
        statement, key = NAMED[subject]
        for row in db.execute(statement.where(key.in_(ids))):
            hidden = {row.person} if getattr(row, "young", False) and not young_too else set()
            parts = (one for one in row[1:3] if one and one not in hidden)
            names[subject, row.id] = tuple(map(_said, parts))
    return {
        event.id: names[key]
        for event in events
        if (key := (event.subject_type, event.subject_id or 0)) in names
    }


def _said(name: Any) -> str:
    """Return a name; a meeting is called by its day."""
    return f"{name.day} {name:%B %Y}" if isinstance(name, date) else str(name)


def _of(key: Any, name: Any, *joined: tuple[Any, Any]) -> tuple[Named, Any]:
    statement = sa.select(key.label("id"), name.label("name"))
    for table, condition in joined:
        statement = statement.join(table, condition)
    return statement, key


def _of_person(key: Any, whose: Any, where: Any, *joined: tuple[Any, Any]) -> tuple[Named, Any]:
    """Select a person in something: their name, then its own; `young` says who may not be named."""
    young = sa.exists().where(RoleGrant.person_id == Person.id, RoleGrant.role == Role.YOUNG_PERSON)
    statement = sa.select(
        key.label("id"), Person.name.label("person"), where.label("name"), young.label("young")
    ).outerjoin(Person, Person.id == whose)
    for table, condition in joined:
        statement = statement.join(table, condition)
    return statement, key


CARD = sa.func.coalesce(sa.func.nullif(ReportCard.title, ""), PromiseTheme.title)
THEME = (PromiseTheme, PromiseTheme.id == ReportCard.theme_id)

NAMED: Mapping[str, tuple[Named, Any]] = {
    "action": _of(Action.id, Action.title),
    "action_update": _of(
        ActionUpdate.id, Action.title, (Action, Action.id == ActionUpdate.action_id)
    ),
    "action_change": _of(
        ActionChange.id, Action.title, (Action, Action.id == ActionChange.action_id)
    ),
    "milestone": _of(Milestone.id, Action.title, (Action, Action.id == Milestone.action_id)),
    "opportunity": _of(Opportunity.id, Opportunity.title),
    "outcome": _of(
        Outcome.id, Opportunity.title, (Opportunity, Opportunity.id == Outcome.opportunity_id)
    ),
    "co_signature": _of(
        CoSignature.id,
        Opportunity.title,
        (Outcome, Outcome.id == CoSignature.outcome_id),
        (Opportunity, Opportunity.id == Outcome.opportunity_id),
    ),
    "invitation": _of(  # not whom: who was asked and is silent is told to few
        Invitation.id, Opportunity.title, (Opportunity, Opportunity.id == Invitation.opportunity_id)
    ),
    "report_card": _of(ReportCard.id, CARD, THEME),
    "card_share": _of(
        CardShare.id, CARD, (ReportCard, ReportCard.id == CardShare.report_card_id), THEME
    ),
    "answer": _of(Answer.id, CARD, (ReportCard, ReportCard.id == Answer.report_card_id), THEME),
    "group": _of(Group.id, Group.name),
    "group_meeting": _of(GroupMeeting.id, Group.name, (Group, Group.id == GroupMeeting.group_id)),
    "membership": _of_person(
        Membership.id,
        Membership.person_id,
        Group.name,
        (Group, Group.id == Membership.group_id),
    ),
    "meeting": _of(Meeting.id, Meeting.meets_on),
    "meeting_invited": _of_person(
        MeetingInvited.id,
        MeetingInvited.person_id,
        Meeting.meets_on,
        (Meeting, Meeting.id == MeetingInvited.meeting_id),
    ),
    "agenda_item": _of(
        AgendaItem.id, Meeting.meets_on, (Meeting, Meeting.id == AgendaItem.meeting_id)
    ),
    "decision": _of(Decision.id, Meeting.meets_on, (Meeting, Meeting.id == Decision.meeting_id)),
    "heard_time": _of(
        HeardTime.id,
        Meeting.meets_on,
        (AgendaItem, AgendaItem.id == HeardTime.item_id),
        (Meeting, Meeting.id == AgendaItem.meeting_id),
    ),
    "paper": _of(Paper.id, Paper.title),
    "priority": _of(Priority.id, Priority.title),
    "project": _of(Project.id, Project.title),
    "policy": _of(Policy.id, Policy.title),
    "recruitment": _of(Recruitment.id, Recruitment.post),
    "library_item": _of(LibraryItem.id, LibraryItem.title),
    "library_file": _of(
        LibraryFile.id, LibraryItem.title, (LibraryItem, LibraryItem.id == LibraryFile.item_id)
    ),
    "library_tie": _of(
        LibraryTie.id, LibraryItem.title, (LibraryItem, LibraryItem.id == LibraryTie.item_id)
    ),
    "page_feedback": _of(PageFeedback.id, PageFeedback.page),
    "measure": _of(Measure.id, Measure.title),
    "survey_round": _of(SurveyRound.id, SurveyRound.survey),
    "paper_layout": _of(PaperLayout.id, PaperLayout.name),
    "post": (
        sa.select(
            Post.id.label("id"), sa.func.coalesce(Person.name, Post.name).label("name")
        ).outerjoin(Person, Person.id == Post.person_id),
        Post.id,
    ),
    "venue": _of(Venue.id, Venue.name),
    "course": _of(Course.id, Course.title),
    "course_date": _of(
        CourseDate.id,
        Course.title,
        (Course, Course.id == CourseDate.course_id),
    ),
    "booking": _of(  # not whom: young people book too
        Booking.id,
        Course.title,
        (CourseDate, CourseDate.id == Booking.date_id),
        (Course, Course.id == CourseDate.course_id),
    ),
    "learner": _of(Learner.id, Learner.name),
    "coproduction_session": _of(CoproductionSession.id, CoproductionSession.title),
    **{
        table.__tablename__: _of(
            table.id,
            CoproductionSession.title,
            (CoproductionSession, CoproductionSession.id == table.session_id),
        )
        for table in (
            SessionFeedback,
            SessionChange,
            SessionCode,
            SessionGoal,
            SessionStep,
            SessionTask,
            RoomScreen,
            RoomWords,
        )  # fmt: skip
    },
    "service": _of(Service.id, Service.name),
    "service_member": _of_person(
        ServiceMember.id,
        ServiceMember.person_id,
        Service.name,
        (Service, Service.id == ServiceMember.service_id),
    ),
    "audit_answer": _of(
        AuditAnswer.id,
        Service.name + ", " + AuditStandard.reference,
        (AuditReturn, AuditReturn.id == AuditAnswer.return_id),
        (Service, Service.id == AuditReturn.service_id),
        (AuditStandard, AuditStandard.id == AuditAnswer.standard_id),
    ),
    "audit_round": _of(AuditRound.id, AuditRound.title),
    "audit_standard": _of(AuditStandard.id, AuditStandard.reference),
    "audit_return": _of(
        AuditReturn.id, Service.name, (Service, Service.id == AuditReturn.service_id)
    ),
    "promise_theme": _of(PromiseTheme.id, PromiseTheme.title),
    "promise_commitment": _of(PromiseCommitment.id, PromiseCommitment.reference),
    "promise_version": _of(PromiseVersion.id, PromiseVersion.title),
}
