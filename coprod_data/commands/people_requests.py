"""What a second person answers about guarded accounts: new members, links, accounts to open again.

Where there is none, it counts after a working day, and its owner, the chair and the team can stop
it. Once there is one, it waits for them.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.people_asking_steps import new_link, proves_itself
from coprod_data.commands.people_steps import end_sessions, person_of
from coprod_data.models import AccountRequest, RoleGrant
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.scopes.account_requests import (
    Asked,
    grant_waits,
    may_answer,
    may_stop,
    of_grant,
    of_request,
    somebody_answers,
)
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.people import RequestEnd, RequestKind

DEALT_WITH = "That request has already been dealt with."


def confirm_role(db: Session, actor: Actor, grant_id: int) -> None:
    """Confirm a guarded role as a second person.

    Its new holder chooses a password with a link that is shown to who confirmed, unless they did so
    before. Raises NotFound, NotAllowed.
    """
    actor.must(Permission.PEOPLE_CONFIRM)
    actor.must_have_proved()
    grant = _waiting_grant(db, grant_id)
    _must(db, actor, RoleGrant.id == grant_id, may_answer, of_grant())
    grant.confirmed_at, grant.confirmed_by_id = actor.at, actor.id
    record(db, actor, EventKind.ROLE_GRANTED, grant, person=grant.person_id, role=grant.role.value)
    end_sessions(db, actor, grant.person_id)
    proves_itself(db, actor, person_of(db, grant.person_id), shown_to=actor.id)


def stop_role(db: Session, actor: Actor, grant_id: int) -> None:
    """Stop a guarded role that waits: its owner, the chair, a member of the team, an administrator.

    Raises NotFound, NotAllowed.
    """
    actor.must(Permission.ACCOUNT_OWN)
    grant = _waiting_grant(db, grant_id)
    _must_stop(db, actor, RoleGrant.id == grant_id, of_grant())
    grant.ended_at = actor.at
    record(db, actor, EventKind.ROLE_STOPPED, grant, person=grant.person_id, role=grant.role.value)


def agree_to_request(db: Session, actor: Actor, request_id: int) -> None:
    """Agree as a second person: the account opens, or its link is shown to who agreed.

    Raises NotFound, NotAllowed.
    """
    actor.must(Permission.PEOPLE_CONFIRM)
    actor.must_have_proved()
    request = _open_request(db, request_id)
    _must(db, actor, AccountRequest.id == request_id, may_answer, of_request())
    _settle(actor, request, RequestEnd.AGREED)
    _do(db, actor, request, shown_to=actor.id)


def stop_request(db: Session, actor: Actor, request_id: int) -> None:
    """Stop what is asked about an account, as `stop_role` does. Raises NotFound, NotAllowed."""
    actor.must(Permission.ACCOUNT_OWN)
    request = _open_request(db, request_id)
    _must_stop(db, actor, AccountRequest.id == request_id, of_request())
    _settle(actor, request, RequestEnd.STOPPED)
    person = person_of(db, request.person_id)
    record(db, actor, EventKind.REQUEST_STOPPED, person, asked=request.kind.value)


def count_what_is_due(db: Session, actor: Actor) -> None:
    """Let count what nobody stopped for a day, where there was no second person to ask.

    Whoever could answer since then is waited for. A link is shown to nobody: the server prints it.
    """
    actor.must(Permission.JOBS_RUN)
    _wait_for_second_people(db, actor)
    for grant in db.scalars(
        sa.select(RoleGrant).where(grant_waits(), RoleGrant.counts_at <= actor.at).with_for_update()
    ).all():
        grant.confirmed_at = actor.at
        role = grant.role.value
        record(db, actor, EventKind.ROLE_GRANTED, grant, person=grant.person_id, role=role)
        end_sessions(db, actor, grant.person_id)
        person = person_of(db, grant.person_id)
        proves_itself(db, actor, person, shown_to=None)
    for request in db.scalars(
        sa.select(AccountRequest)
        .where(AccountRequest.settled_at.is_(None), AccountRequest.counts_at <= actor.at)
        .with_for_update()
    ).all():
        _settle(actor, request, RequestEnd.IN_TIME)
        _do(db, actor, request, shown_to=None)


def _wait_for_second_people(db: Session, actor: Actor) -> None:
    day = london_day(actor.at)
    grants = sa.select(RoleGrant).where(grant_waits(), RoleGrant.counts_at.is_not(None))
    for grant in db.scalars(grants.with_for_update()).all():
        if somebody_answers(db, Asked(grant.role, grant.given_by_id, grant.person_id), day):
            grant.counts_at = None
            record(db, actor, EventKind.SECOND_FOUND, grant, person=grant.person_id)
    requests = sa.select(AccountRequest).where(
        AccountRequest.settled_at.is_(None), AccountRequest.counts_at.is_not(None)
    )
    for request in db.scalars(requests.with_for_update()).all():
        if somebody_answers(db, Asked(request.team, request.asked_by_id, request.person_id), day):
            request.counts_at = None
            record(db, actor, EventKind.SECOND_FOUND, request, person=request.person_id)


def _do(db: Session, actor: Actor, request: AccountRequest, *, shown_to: int | None) -> None:
    person = person_of(db, request.person_id)
    if request.kind is RequestKind.RESET:
        second = request.ending is RequestEnd.AGREED
        new_link(db, actor, person, by_second=second, made_by_id=shown_to)
        return
    person.disabled_at = None
    record(db, actor, EventKind.PERSON_ENABLED, person)


def _settle(actor: Actor, request: AccountRequest, ending: RequestEnd) -> None:
    request.settled_at, request.settled_by_id = actor.at, actor.person_id
    request.ending = ending


def _waiting_grant(db: Session, grant_id: int) -> RoleGrant:
    grant = db.get(RoleGrant, grant_id, with_for_update=True, populate_existing=True)
    if grant is None or grant.ended_at or grant.confirmed_at:
        raise NotFound(DEALT_WITH)
    return grant


def _open_request(db: Session, request_id: int) -> AccountRequest:
    request = db.get(AccountRequest, request_id, with_for_update=True, populate_existing=True)
    if request is None or request.settled_at:
        raise NotFound(DEALT_WITH)
    return request


def _must_stop(db: Session, actor: Actor, which: sa.ColumnElement[bool], asked: Asked) -> None:
    if not actor.may(Permission.PEOPLE_MANAGE):
        _must(db, actor, which, may_stop, asked)


def _must(db: Session, actor: Actor, which: sa.ColumnElement[bool], may: Any, asked: Asked) -> None:
    me, day = sa.literal(actor.id), london_day(actor.at)
    table = RoleGrant if asked.team is RoleGrant.role else AccountRequest
    if db.scalar(sa.select(table.id).where(which, may(me, asked, day))) is None:
        raise actor.refusal(
            Permission.PEOPLE_CONFIRM,
            "A second person has to answer this: somebody else in the team.",
        )
