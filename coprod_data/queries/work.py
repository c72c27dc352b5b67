"""Whose turn it is: what waits for a person, and what they wait for, each in one statement.

A noun adds its waits as one function each, in `work_<noun>_steps.py`, and a line below. A row is
about one record and leads to it. What only the two teams may know of is in `entries_work`.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.permissions import Actor, Permission
from coprod_data.queries.work_actions_steps import (
    actions_to_approve_now,
    actions_to_update,
    approval_of_mine,
    change_of_mine,
    changes_to_decide,
    hand_over_of_mine,
    owners_to_decide,
)
from coprod_data.queries.work_audits_steps import (
    returns_to_review_now,
    returns_to_send,
    review_of_mine,
)
from coprod_data.queries.work_library_steps import items_to_review, items_without_keeper
from coprod_data.queries.work_meetings_steps import (
    agendas_too_long,
    decisions_to_carry_out,
    decisions_to_confirm,
    meetings_off,
    meetings_to_come_to,
    offices_to_fill,
    papers_to_sign,
)
from coprod_data.queries.work_opportunities_steps import (
    answers_to_me,
    invitations_to_answer,
    members_for_mine,
    offers_to_settle,
    opening_of_mine,
    opportunities_to_review,
    start_of_mine,
    work_to_start,
    yes_to_confirm,
    yes_to_me,
)
from coprod_data.queries.work_outcomes_steps import (
    outcomes_to_sign_now,
    signatures_to_confirm,
    staff_signature_under_mine,
    young_signature_under_mine,
)
from coprod_data.queries.work_owners_steps import (
    actions_without_owner,
    empty_seats,
    empty_seats_for_others,
    opportunities_without_member,
    panels_without_lead,
    policies_without_owner,
    projects_without_owner,
    returners_for_others,
    returns_without_returner,
    services_to_take_over,
)
from coprod_data.queries.work_people_steps import (
    accounts_of_others,
    accounts_to_answer,
    readers_to_arrive,
)
from coprod_data.queries.work_policies_steps import sign_offs_to_confirm, steps_to_take
from coprod_data.queries.work_projects_steps import plans_to_agree, reviews_to_write
from coprod_data.queries.work_recruitment_steps import panels_to_thank
from coprod_data.queries.work_sessions_steps import (
    day_of_mine,
    days_to_choose,
    meetings_to_answer,
    sessions_off,
    sessions_to_close,
    sessions_to_finish,
    sessions_without_leader,
    tasks_to_do,
    thanks_owed,
)
from coprod_data.queries.work_steps import Statement, Turn, turn
from coprod_data.queries.work_training_steps import (
    attendance_to_record,
    places_got,
    places_to_tell,
    training_off,
    training_to_do,
)
from coprod_data.rules.clocks import london_day
from coprod_data.rules.statements import statement
from coprod_data.scopes.sessions import later_since
from coprod_data.scopes.settings import settings
from coprod_data.vocabulary.settings import SettingKey
from coprod_data.vocabulary.work import DUE_SOON_DAYS, OFF_DAYS, UPDATED_DAYS, WorkKind

Waits = Mapping[WorkKind, tuple[Permission, Callable[[], Statement]]]

FOR_ME: Waits = {
    WorkKind.ACCOUNT: (Permission.PEOPLE_CONFIRM, accounts_to_answer),
    WorkKind.INVITED: (Permission.OPPORTUNITIES_REPLY, invitations_to_answer),
    WorkKind.SAID: (Permission.OPPORTUNITIES_REPLY, yes_to_confirm),
    WorkKind.SIGN: (Permission.OUTCOMES_SIGN, outcomes_to_sign_now),
    WorkKind.PAPER_SIGN: (Permission.PAPERS_SIGN, papers_to_sign),
    WorkKind.DECISION_CONFIRM: (Permission.MEETINGS_CONFIRM, decisions_to_confirm),
    WorkKind.WITNESS: (Permission.OUTCOMES_RECORD, signatures_to_confirm),
    WorkKind.APPROVE: (Permission.ACTIONS_APPROVE, actions_to_approve_now),
    WorkKind.CHANGE: (Permission.ACTIONS_APPROVE, changes_to_decide),
    WorkKind.HAND_OVER: (Permission.ACTIONS_HAND_OVER, owners_to_decide),
    WorkKind.NO_OWNER: (Permission.OWNERS_FIND, actions_without_owner),
    WorkKind.NO_MEMBER: (Permission.OWNERS_FIND, opportunities_without_member),
    WorkKind.EMPTY_SEAT: (Permission.OWNERS_FIND, empty_seats),
    WorkKind.EMPTY_OFFICE: (Permission.POSTS_WRITE, offices_to_fill),
    WorkKind.NO_RETURNER: (Permission.OWNERS_FIND, returns_without_returner),
    WorkKind.NO_SERVICE: (Permission.OWNERS_FIND, services_to_take_over),
    WorkKind.NO_POLICY_OWNER: (Permission.OWNERS_FIND, policies_without_owner),
    WorkKind.NO_PROJECT_OWNER: (Permission.OWNERS_FIND, projects_without_owner),
    WorkKind.NO_PANEL_LEAD: (Permission.OWNERS_FIND, panels_without_lead),
    WorkKind.NO_LIBRARY_KEEPER: (Permission.LIBRARY_PUBLISH, items_without_keeper),
    WorkKind.BEGIN: (Permission.OPPORTUNITIES_OPEN, work_to_start),
    WorkKind.OFFERED: (Permission.OPPORTUNITIES_INVITE_YOUNG, offers_to_settle),
    WorkKind.LOOK_AGAIN: (Permission.OPPORTUNITIES_OPEN, opportunities_to_review),
    WorkKind.ACTION: (Permission.ACTIONS_UPDATE_OWN, actions_to_update),
    WorkKind.DECISION_DUE: (Permission.MEETINGS_OWN, decisions_to_carry_out),
    WorkKind.AGENDA_LONG: (Permission.MEETINGS_WRITE, agendas_too_long),
    WorkKind.MEETING_COMES: (Permission.MEETINGS_OWN, meetings_to_come_to),
    WorkKind.MEETING_OFF: (Permission.MEETINGS_OWN, meetings_off),
    WorkKind.MEET_ANSWER: (Permission.OPPORTUNITIES_REPLY, meetings_to_answer),
    WorkKind.MEET_OFF: (Permission.SESSIONS_READ, sessions_off),
    WorkKind.MEET_CHOOSE: (Permission.SESSIONS_WRITE, days_to_choose),
    WorkKind.SESSION_TASK: (Permission.SESSIONS_OWN, tasks_to_do),
    WorkKind.SESSION: (Permission.SESSIONS_OWN, sessions_to_finish),
    WorkKind.NO_FACILITATOR: (Permission.SESSIONS_WRITE, sessions_without_leader),
    WorkKind.THANKS_OWED: (Permission.SESSIONS_OWN, thanks_owed),
    WorkKind.SESSION_CLOSE: (Permission.SESSIONS_CLOSE, sessions_to_close),
    WorkKind.POLICY_NEXT: (Permission.POLICIES_OWN, steps_to_take),
    WorkKind.POLICY_CONFIRM: (Permission.POLICIES_CONFIRM, sign_offs_to_confirm),
    WorkKind.PROJECT_PLAN: (Permission.PROJECTS_OWN, plans_to_agree),
    WorkKind.PROJECT_REVIEW: (Permission.PROJECTS_OWN, reviews_to_write),
    WorkKind.PANEL_OWED: (Permission.RECRUITMENT_OWN, panels_to_thank),
    WorkKind.LIBRARY_REVIEW: (Permission.LIBRARY_WRITE, items_to_review),
    WorkKind.RETURN_OWED: (Permission.AUDITS_FILL_OWN, returns_to_send),
    WorkKind.RETURN_REVIEW: (Permission.AUDITS_REVIEW, returns_to_review_now),
    WorkKind.TRAINING_RECORD: (Permission.TRAINING_KEEP, attendance_to_record),
    WorkKind.TRAINING_TELL: (Permission.TRAINING_KEEP, places_to_tell),
    WorkKind.TRAINING_PLACE: (Permission.WORK_OWN, places_got),
    WorkKind.TRAINING_OFF: (Permission.WORK_OWN, training_off),
    WorkKind.TRAINING_DUE: (Permission.WORK_OWN, training_to_do),
}
FOR_OTHERS: Waits = {
    WorkKind.WAITS_ANSWER: (Permission.OPPORTUNITIES_SEE_SILENT, answers_to_me),
    WorkKind.WAITS_YES: (Permission.OPPORTUNITIES_REPLY, yes_to_me),
    WorkKind.WAITS_START: (Permission.OPPORTUNITIES_REPLY, start_of_mine),
    WorkKind.WAITS_MEMBER: (Permission.OPPORTUNITIES_SUGGEST, members_for_mine),
    WorkKind.WAITS_OPENING: (Permission.OPPORTUNITIES_SUGGEST, opening_of_mine),
    WorkKind.WAITS_MEET: (Permission.OPPORTUNITIES_REPLY, day_of_mine),
    WorkKind.WAITS_YOUNG: (Permission.OUTCOMES_PROPOSE, young_signature_under_mine),
    WorkKind.WAITS_STAFF: (Permission.OUTCOMES_PROPOSE, staff_signature_under_mine),
    WorkKind.WAITS_CHAIR: (Permission.ACTIONS_PROPOSE, approval_of_mine),
    WorkKind.WAITS_CHANGE: (Permission.ACTIONS_CHANGE_PROPOSE, change_of_mine),
    WorkKind.WAITS_HAND_OVER: (Permission.ACTIONS_CHANGE_PROPOSE, hand_over_of_mine),
    WorkKind.WAITS_SEAT: (Permission.OWNERS_FIND, empty_seats_for_others),
    WorkKind.WAITS_RETURNER: (Permission.OWNERS_FIND, returners_for_others),
    WorkKind.WAITS_ACCOUNT: (Permission.PEOPLE_MANAGE, accounts_of_others),
    WorkKind.WAITS_LINK: (Permission.PEOPLE_MANAGE, readers_to_arrive),
    WorkKind.WAITS_REVIEW: (Permission.AUDITS_READ_OWN, review_of_mine),
}


def turns(db: Session, actor: Actor) -> list[Turn]:
    """Return what waits for this person, by kind: of each what is late first, then what is red,
    then the longest wait.
    """
    actor.must(Permission.WORK_OWN)
    return _asked(db, actor, FOR_ME)


def turns_of_others(db: Session, actor: Actor) -> list[Turn]:
    """Return what this person waits for, the longest wait first."""
    actor.must(Permission.WORK_OWN)
    return sorted(_asked(db, actor, FOR_OTHERS), key=lambda row: row.since or actor.at)


def number_of_turns(db: Session, actor: Actor) -> int:
    """Return how many rows `turns` has, for the menu."""
    actor.must(Permission.WORK_OWN)
    kinds = _kinds(actor, FOR_ME)
    return db.scalar(_counted(kinds), _compared(db, actor)) or 0 if kinds else 0


def _asked(db: Session, actor: Actor, waits: Waits) -> list[Turn]:
    kinds = _kinds(actor, waits)
    if not kinds:
        return []
    rows = [turn(row) for row in db.execute(_waits(kinds), _compared(db, actor))]
    order = list(WorkKind)
    return sorted(rows, key=lambda row: (
        order.index(row.kind), not row.late, not row.red, row.since or actor.at, row.about,
    ))  # fmt: skip


def _kinds(actor: Actor, waits: Waits) -> tuple[WorkKind, ...]:
    return tuple(kind for kind, (needs, _) in waits.items() if actor.may(needs))


def _compared(db: Session, actor: Actor) -> dict[str, object]:
    limits = settings(db, SettingKey.INVITATION_DAYS, SettingKey.DRIFT_AMBER_DAYS)
    today = london_day(actor.at)
    return {
        "me": actor.id,
        "today": today,
        "now": actor.at,
        "due_by": today + timedelta(days=DUE_SOON_DAYS),
        "asked_after": actor.at - timedelta(days=limits[SettingKey.INVITATION_DAYS]),
        "moved_before": actor.at - timedelta(days=limits[SettingKey.DRIFT_AMBER_DAYS]),
        "later_after": later_since(actor.at),
        "off_after": actor.at - timedelta(days=OFF_DAYS),
        "updated_after": actor.at - timedelta(days=UPDATED_DAYS),
    }


@statement
def _waits(kinds: tuple[WorkKind, ...]) -> sa.CompoundSelect[*tuple[object, ...]]:
    every = {**FOR_ME, **FOR_OTHERS}
    return sa.union_all(*(every[kind][1]() for kind in kinds))


@statement
def _counted(kinds: tuple[WorkKind, ...]) -> Statement:
    return sa.select(sa.func.count()).select_from(_waits(kinds).subquery())
