"""What happened to one record, told in sentences on the record itself, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    AgendaItem,
    Answer,
    AuditAnswer,
    AuditReturn,
    Booking,
    CardShare,
    CourseDate,
    Decision,
    Invitation,
    LibraryFile,
    Membership,
    Outcome,
    Paper,
    Person,
    RoleGrant,
    ServiceMember,
)
from coprod_data.models.events_about import Subjects, events_about
from coprod_data.permissions import Actor, ActorKind, Permission
from coprod_data.queries.events_named_steps import Named, named
from coprod_data.queries.events_steps import COUNTED_BY_MONTH, VISITS, told_by, who_did
from coprod_data.queries.events_told import Change, changes_told
from coprod_data.scopes.papers import readable
from coprod_data.scopes.people import A_YOUNG_PERSON, ever_young, told_name
from coprod_data.scopes.promise_homes import stayed_behind
from coprod_data.scopes.undoing import UNDO_MINUTES, last_steps, of_action, rests_on, step_to_undo
from coprod_data.vocabulary.events import EventKind

PAGE_SIZE = 50
CORRECTED = "After that you can correct it, with a reason."
AFTERWARDS = {
    EventKind.ACTION_APPROVED: "After that you can drop the action, with a reason.",
    EventKind.ACTION_DROPPED: "After that you can only correct the reason.",
    EventKind.ACTION_HELD: "After that you can correct the reason, or take the action up again.",
    EventKind.ACTION_TAKEN_UP: "After that you can put it on hold again, with a reason.",
    EventKind.MILESTONE_ADDED: "After that you can correct or remove it, with a reason.",
}


@dataclass(frozen=True)
class HappenedRow:
    """One thing that happened; `own`: the reader did it; `reason`: why, where that was asked."""

    id: int
    at: datetime
    who: str
    own: bool
    did: str
    changes: tuple[Change, ...]
    reason: str = ""


@dataclass(frozen=True)
class UndoRow:
    """The reader's last step, which they may undo `until` then; `afterwards` is left after that."""

    did: str
    until: datetime
    id: int
    afterwards: str


def history_of_action(
    db: Session, actor: Actor, action_id: int, *, limit: int = PAGE_SIZE
) -> list[HappenedRow]:
    """Return what happened to an action, its milestones and its proposed changes."""
    actor.must(Permission.ACTIONS_READ)
    return _happened(db, actor, limit, *of_action(action_id))


def history_of_commitment(
    db: Session, actor: Actor, commitment_id: int, *, limit: int = PAGE_SIZE
) -> list[HappenedRow]:
    """Return what happened to a commitment and to the actions under it."""
    actor.must(Permission.ACTIONS_READ)
    actions = sa.select(Action.id).where(Action.commitment_id == commitment_id)
    return _happened(db, actor, limit, ("promise_commitment", commitment_id), ("action", actions))


def history_of_opportunity(
    db: Session, actor: Actor, opportunity_id: int, *, limit: int = PAGE_SIZE
) -> list[HappenedRow]:
    """Return what happened to an opportunity and its outcomes; who was asked and has not answered
    is told only to those who may see it, and to themselves.
    """
    actor.must(Permission.OPPORTUNITIES_READ)
    outcomes = sa.select(Outcome.id).where(Outcome.opportunity_id == opportunity_id)
    asked = sa.select(Invitation.id).where(Invitation.opportunity_id == opportunity_id)
    if not actor.may(Permission.OPPORTUNITIES_SEE_SILENT):
        asked = asked.where(Invitation.person_id == actor.person_id)
    which = ("opportunity", opportunity_id), ("outcome", outcomes), ("invitation", asked)
    return _happened(db, actor, limit, *which)


def history_of_card(
    db: Session, actor: Actor, report_card_id: int, *, limit: int = PAGE_SIZE
) -> list[HappenedRow]:
    """Return what happened to a report card, without who opened it and without its entries."""
    actor.must(Permission.REPORT_CARDS_READ)
    shares = sa.select(CardShare.id).where(CardShare.report_card_id == report_card_id)
    answers = sa.select(Answer.id).where(Answer.report_card_id == report_card_id)
    return _happened(
        db, actor, limit,
        ("report_card", report_card_id), ("card_share", shares), ("answer", answers),
        but=(EventKind.CARD_READ_AS_SHARED,),
    )  # fmt: skip


def history_of_return(
    db: Session, actor: Actor, return_id: int, *, limit: int = PAGE_SIZE
) -> list[HappenedRow]:
    """Return what happened to an audit return that the reader may read."""
    actor.must(Permission.AUDITS_READ, Permission.AUDITS_READ_OWN)
    if not actor.may(Permission.AUDITS_READ):
        services = sa.select(ServiceMember.service_id).filter_by(person_id=actor.person_id)
        own = AuditReturn.id == return_id, AuditReturn.service_id.in_(services)
        if not db.scalar(sa.select(sa.exists().where(*own))):
            return []
    answers = sa.select(AuditAnswer.id).where(AuditAnswer.return_id == return_id)
    return _happened(db, actor, limit, ("audit_return", return_id), ("audit_answer", answers))


def history_of_person(
    db: Session, actor: Actor, person_id: int, *, limit: int = PAGE_SIZE
) -> list[HappenedRow]:
    """Return what happened to an account, without its sign-ins; who set its password is named."""
    actor.must(Permission.PEOPLE_READ)
    grants = sa.select(RoleGrant.id).where(RoleGrant.person_id == person_id)
    found = _happened(db, actor, limit, ("person", person_id), ("role_grant", grants), but=VISITS)
    owner = db.scalar(sa.select(Person.name).where(Person.id == person_id, ~ever_young()))
    by_link = EventKind.PASSWORD_SET.words  # with a link, before anybody has signed in
    return [
        replace(row, who=owner or "The owner of this account")
        if row.did == by_link and not row.own
        else row
        for row in found
    ]


def history_of_meeting(
    db: Session, actor: Actor, meeting_id: int, *, limit: int = PAGE_SIZE
) -> list[HappenedRow]:
    """Return what happened to a meeting, not who comes or turned its screen."""
    actor.must(Permission.MEETINGS_READ)
    items = sa.select(AgendaItem.id).where(AgendaItem.meeting_id == meeting_id)
    decided = sa.select(Decision.id).where(Decision.meeting_id == meeting_id)
    return _happened(
        db, actor, limit, ("meeting", meeting_id), ("agenda_item", items), ("decision", decided),
        but=[EventKind.MEETING_SCREEN_TURNED],
    )  # fmt: skip


def history_of_paper(
    db: Session, actor: Actor, paper_id: int, *, limit: int = PAGE_SIZE
) -> list[HappenedRow]:
    """Return what happened to a paper that the reader may read, and to its versions before."""
    actor.must(Permission.PAPERS_READ)
    place = sa.select(Paper.meeting_id, Paper.item).where(Paper.id == paper_id, readable(actor))
    found = db.execute(place).first()
    if found is None:
        return []
    of_item = Paper.meeting_id == found.meeting_id, Paper.item == found.item
    versions = sa.select(Paper.id).where(*of_item, Paper.id <= paper_id)
    return _happened(db, actor, limit, ("paper", versions))


def history_of_session(
    db: Session, actor: Actor, session_id: int, *, limit: int = PAGE_SIZE
) -> list[HappenedRow]:
    """Return what happened to a session, without who answered and what people said of it."""
    actor.must(Permission.SESSIONS_READ)
    but = (EventKind.SESSION_ANSWERED, EventKind.FEEDBACK_GIVEN)
    return _happened(db, actor, limit, ("coproduction_session", session_id), but=but)


def history_of_group(
    db: Session, actor: Actor, group_id: int, *, limit: int = PAGE_SIZE
) -> list[HappenedRow]:
    """Return what happened to a group and its members, to those who keep groups."""
    actor.must(Permission.GROUPS_WRITE)
    seats = sa.select(Membership.id).where(Membership.group_id == group_id)
    return _happened(db, actor, limit, ("group", group_id), ("membership", seats))


def history_of_course(
    db: Session, actor: Actor, course_id: int, *, limit: int = PAGE_SIZE
) -> list[HappenedRow]:
    """Return what happened to a course, its dates and bookings, to those who keep training."""
    actor.must(Permission.TRAINING_KEEP)
    dates = sa.select(CourseDate.id).where(CourseDate.course_id == course_id)
    bookings = sa.select(Booking.id).where(Booking.date_id.in_(dates))
    which = ("course", course_id), ("course_date", dates), ("booking", bookings)
    return _happened(db, actor, limit, *which)


def history_of_survey(
    db: Session, actor: Actor, survey_id: int, *, limit: int = PAGE_SIZE
) -> list[HappenedRow]:
    """Return what happened to a survey round, to those who keep them."""
    actor.must(Permission.SURVEYS_WRITE)
    return _happened(db, actor, limit, ("survey_round", survey_id))


def history_of_priority(
    db: Session, actor: Actor, priority_id: int, *, limit: int = PAGE_SIZE
) -> list[HappenedRow]:
    """Return what happened to a priority, to those who keep them."""
    actor.must(Permission.SURVEYS_WRITE)
    return _happened(db, actor, limit, ("priority", priority_id))


def history_of_project(
    db: Session, actor: Actor, project_id: int, *, limit: int = PAGE_SIZE
) -> list[HappenedRow]:
    """Return what happened to a project, to everybody who reads it."""
    actor.must(Permission.PROJECTS_READ)
    return _happened(db, actor, limit, ("project", project_id))


def history_of_policy(
    db: Session, actor: Actor, policy_id: int, *, limit: int = PAGE_SIZE
) -> list[HappenedRow]:
    """Return what happened to a policy, to everybody who reads it."""
    actor.must(Permission.POLICIES_READ)
    return _happened(db, actor, limit, ("policy", policy_id))


def history_of_recruitment(
    db: Session, actor: Actor, recruitment_id: int, *, limit: int = PAGE_SIZE
) -> list[HappenedRow]:
    """Return what happened to a recruitment, to everybody who reads it."""
    actor.must(Permission.RECRUITMENT_READ)
    return _happened(db, actor, limit, ("recruitment", recruitment_id))


def history_of_library_item(
    db: Session, actor: Actor, library_id: int, *, limit: int = PAGE_SIZE
) -> list[HappenedRow]:
    """Return what happened to an item of the library, to everybody who reads it."""
    actor.must(Permission.LIBRARY_READ)
    files = sa.select(LibraryFile.id).where(LibraryFile.item_id == library_id)
    return _happened(db, actor, limit, ("library_item", library_id), ("library_file", files))


def undoable(db: Session, actor: Actor, action_id: int) -> UndoRow | None:
    """Return the reader's own newest step on an action that they may undo, or None."""
    actor.must(Permission.ACTIONS_READ)
    event = step_to_undo(actor, db.scalars(last_steps(action_id)).all())
    if event is None or db.scalar(rests_on(action_id, event)):
        return None
    if db.scalar(stayed_behind(action_id, event.at)):
        return None
    until = event.at + timedelta(minutes=UNDO_MINUTES)
    return UndoRow(event.kind.words, until, event.id, AFTERWARDS.get(event.kind, CORRECTED))


def _happened(
    db: Session, actor: Actor, limit: int, *which: Subjects, but: Iterable[EventKind] = ()
) -> list[HappenedRow]:
    about = events_about(*which)
    by_person = sa.and_(Person.id == about.actor_id, about.actor_kind == ActorKind.PERSON)
    rows = db.execute(
        sa.select(about, told_name())
        .outerjoin(Person, by_person)
        .where(about.kind.not_in([*COUNTED_BY_MONTH, *but]))
        .order_by(about.id.desc())
        .limit(limit)
    ).all()
    by_staff = [event for event, name in rows if name != A_YOUNG_PERSON]
    told = changes_told(db, actor, [(event.id, event.changes) for event in by_staff])
    reads = named(db, by_staff, {event.id: told_by(event) for event in by_staff}, told)
    reads |= {
        event.id: Named(told_by(event), ()) for event, name in rows if name == A_YOUNG_PERSON
    }  # what a young person chose is told to nobody
    return [
        HappenedRow(
            id=event.id,
            at=event.at,
            who=who_did(event, name),
            own=event.actor_kind is ActorKind.PERSON and event.actor_id == actor.person_id,
            did=reads[event.id].did,
            changes=reads[event.id].changes,
            reason=reads[event.id].reason,
        )
        for event, name in rows
    ]
