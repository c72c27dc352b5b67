"""Waits about guarded accounts: a second person answers, or stops what would count by itself."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coprod_data.models import AccountRequest, Person, RoleGrant
from coprod_data.permissions import Role
from coprod_data.queries.work_steps import ME, TODAY, Statement, wait
from coprod_data.scopes.account_requests import (
    grant_waits,
    may_answer,
    may_stop,
    of_grant,
    of_request,
)
from coprod_data.scopes.people import has_arrived, holds
from coprod_data.vocabulary.work import WorkKind

_ASKER = aliased(Person)


def accounts_to_answer() -> Statement:
    """Select what is asked about accounts, for who may agree.

    What counts by itself is a row for everybody who can stop it.
    """
    return _waits(
        WorkKind.ACCOUNT,
        _mine(of_grant(), RoleGrant.counts_at),
        _mine(of_request(), AccountRequest.counts_at),
    )


def accounts_of_others() -> Statement:
    """Select what the one who asks has asked a second person; `about` is the account."""
    return _waits(
        WorkKind.WAITS_ACCOUNT,
        RoleGrant.given_by_id == ME,
        AccountRequest.asked_by_id == ME,
    )


def readers_to_arrive() -> Statement:
    """Select who is to read young people's words and has never set a password."""
    waits = wait(WorkKind.WAITS_LINK, Person.id, Person.name, Person.added_at)
    return waits.where(holds(Role.YOUTH_VOICE, Role.SAFEGUARDING), ~has_arrived())


def _mine(asked: Any, counts_at: Any) -> sa.ColumnElement[bool]:
    stops = sa.and_(counts_at.is_not(None), may_stop(ME, asked, TODAY), asked.person_id != ME)
    return sa.or_(may_answer(ME, asked, TODAY), stops)


def _waits(
    kind: WorkKind, grants: sa.ColumnElement[bool], requests: sa.ColumnElement[bool]
) -> Statement:
    both = sa.union_all(
        wait(
            kind, Person.id, Person.name, RoleGrant.given_at,
            who=sa.func.coalesce(_ASKER.name, ""), note=sa.cast(RoleGrant.role, sa.String),
        )
        .select_from(RoleGrant)
        .join(Person, Person.id == RoleGrant.person_id)
        .outerjoin(_ASKER, _ASKER.id == RoleGrant.given_by_id)
        .where(grant_waits(), grants),
        wait(
            kind, Person.id, Person.name, AccountRequest.asked_at,
            who=sa.func.coalesce(_ASKER.name, ""), note=sa.cast(AccountRequest.kind, sa.String),
        )
        .select_from(AccountRequest)
        .join(Person, Person.id == AccountRequest.person_id)
        .outerjoin(_ASKER, _ASKER.id == AccountRequest.asked_by_id)
        .where(AccountRequest.settled_at.is_(None), requests),
    ).subquery()  # fmt: skip
    return sa.select(both)
