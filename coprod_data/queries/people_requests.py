"""What is asked about accounts that need a second person, and who is new in them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import AccountRequest, Person, RoleGrant
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.accounts import SEATS, TEAMS
from coprod_data.rules.clocks import london_day
from coprod_data.rules.statements import statement
from coprod_data.scopes.account_requests import (
    grant_waits,
    may_answer,
    may_stop_besides,
    of_grant,
    of_request,
)
from coprod_data.vocabulary.people import RequestEnd

SHOWN_FOR = timedelta(days=30)
WHOLE_LIST = 1_000  # rows of the whole list of a month; more are counted
_ME = sa.bindparam("me", type_=sa.Integer)
_TODAY = sa.bindparam("today", type_=sa.Date)
_PERSON = sa.bindparam("person_id", type_=sa.Integer)
_ASKER = aliased(Person)
_ASKED_BY = sa.func.coalesce(_ASKER.name, "The server").label("by")


@dataclass(frozen=True)
class WaitingRow:
    """Something asked about an account. `of_role` says that it is a role that `what` names.

    `counts_at` is when it counts by itself, where there is no second person to ask. The reader may
    agree to it (`answers`), or stop it (`stops`).
    """

    id: int
    of_role: bool
    what: str
    person_id: int
    person: str
    by: str
    at: datetime
    counts_at: datetime | None
    answers: bool
    stops: bool


@dataclass(frozen=True)
class NewsRow:
    """A new or waiting member of a team or of the Board, or what was asked about an account.

    `done`: it counts; `first_setup`: as the first that the team ever had; `over`: the role was
    taken away since, or the account closed. Whoever undoes it takes nothing off the Overview.
    """

    of_role: bool
    what: str
    person: str
    by: str
    at: datetime
    counts_at: datetime | None
    done: bool
    first_setup: bool
    over: bool


@dataclass(frozen=True)
class News:
    """The newest lines about accounts, and how many there are in all."""

    rows: list[NewsRow]
    count: int


def asked_about_accounts(
    db: Session, actor: Actor, person_id: int | None = None
) -> list[WaitingRow]:
    """Return what is asked about accounts and the reader may answer or stop, the oldest first.

    With `person_id` all that is asked about one account, which only administrators may read, and
    its owner.
    """
    actor.must(Permission.PEOPLE_CONFIRM, Permission.PEOPLE_READ, Permission.ACCOUNT_OWN)
    if person_id is not None and person_id != actor.person_id:
        actor.must(Permission.PEOPLE_READ)
    asked = {"me": actor.id, "today": london_day(actor.at), "person_id": person_id}
    rows: list[Any] = []
    for waiting in (_waiting_grants, _waiting_requests):
        rows += db.execute(waiting(of_one=person_id is not None), asked)
    by_office = actor.may(Permission.PEOPLE_MANAGE)
    return [
        WaitingRow(
            **{**row._mapping, "answers": bool(row.answers), "of_role": bool(row.of_role),
               "stops": by_office or bool(row.answers or row.stops)}
        )
        for row in sorted(rows, key=lambda row: (row.at, row.id))
        if person_id is not None or row.answers or row.stops
    ]  # fmt: skip


def news_of_accounts(db: Session, actor: Actor, *, most: int = WHOLE_LIST) -> News:
    """Return who is new, and what was asked, in the last 30 days; what waits is always there.

    The newest come first, `most` of them. All are counted, so that no line can be pushed off by
    others without anybody seeing that there are more.
    """
    actor.must(Permission.OVERVIEW_READ)
    rows = db.execute(_news(), {"since": actor.at - SHOWN_FOR, "most": most}).all()
    return News(
        [NewsRow(**{name: _plain(name, getattr(row, name)) for name in _NAMES}) for row in rows],
        rows[0].in_all if rows else 0,
    )


_NAMES = tuple(NewsRow.__dataclass_fields__)
_FLAGS = ("of_role", "done", "first_setup", "over")


def _plain(name: str, value: Any) -> Any:
    return bool(value) if name in _FLAGS else value


@statement
def _waiting_grants(*, of_one: bool) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            RoleGrant.id,
            sa.true().label("of_role"),
            sa.cast(RoleGrant.role, sa.String).label("what"),
            RoleGrant.person_id,
            Person.name.label("person"),
            _ASKED_BY,
            RoleGrant.given_at.label("at"),
            RoleGrant.counts_at,
            may_answer(_ME, of_grant(), _TODAY).label("answers"),
            may_stop_besides(_ME, of_grant()).label("stops"),
        )
        .join(Person, Person.id == RoleGrant.person_id)
        .outerjoin(_ASKER, _ASKER.id == RoleGrant.given_by_id)
        .where(grant_waits(), RoleGrant.person_id == _PERSON if of_one else sa.true())
    )


@statement
def _waiting_requests(*, of_one: bool) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            AccountRequest.id,
            sa.false().label("of_role"),
            sa.cast(AccountRequest.kind, sa.String).label("what"),
            AccountRequest.person_id,
            Person.name.label("person"),
            _ASKED_BY,
            AccountRequest.asked_at.label("at"),
            AccountRequest.counts_at,
            may_answer(_ME, of_request(), _TODAY).label("answers"),
            may_stop_besides(_ME, of_request()).label("stops"),
        )
        .join(Person, Person.id == AccountRequest.person_id)
        .outerjoin(_ASKER, _ASKER.id == AccountRequest.asked_by_id)
        .where(
            AccountRequest.settled_at.is_(None),
            AccountRequest.person_id == _PERSON if of_one else sa.true(),
        )
    )


@statement
def _news() -> sa.Select[*tuple[Any, ...]]:
    since = sa.bindparam("since", type_=RoleGrant.given_at.type)
    new = sa.and_(
        RoleGrant.role.in_((*TEAMS, *SEATS)),
        RoleGrant.confirmed_at.is_not(None),
        RoleGrant.given_at > since,
    )
    grants = (
        sa.select(
            sa.true().label("of_role"),
            sa.cast(RoleGrant.role, sa.String).label("what"),
            Person.name.label("person"),
            _ASKED_BY,
            RoleGrant.given_at.label("at"),
            RoleGrant.counts_at.label("counts_at"),
            RoleGrant.confirmed_at.is_not(None).label("done"),
            RoleGrant.first_setup.label("first_setup"),
            sa.or_(RoleGrant.ended_at.is_not(None), Person.disabled_at.is_not(None)).label("over"),
        )
        .select_from(RoleGrant)
        .join(Person, Person.id == RoleGrant.person_id)
        .outerjoin(_ASKER, _ASKER.id == RoleGrant.given_by_id)
        .where(sa.or_(grant_waits(), new))
    )
    open_or_new = sa.or_(AccountRequest.settled_at.is_(None), AccountRequest.asked_at > since)
    stopped = sa.func.coalesce(sa.cast(AccountRequest.ending, sa.String), "")
    requests = (
        sa.select(
            sa.false(),
            sa.cast(AccountRequest.kind, sa.String),
            Person.name,
            _ASKED_BY,
            AccountRequest.asked_at,
            AccountRequest.counts_at,
            AccountRequest.settled_at.is_not(None),
            sa.false(),
            sa.false(),
        )
        .select_from(AccountRequest)
        .join(Person, Person.id == AccountRequest.person_id)
        .outerjoin(_ASKER, _ASKER.id == AccountRequest.asked_by_id)
        .where(open_or_new, stopped != RequestEnd.STOPPED.value)
    )
    both = sa.union_all(grants, requests).subquery()
    in_all = sa.func.count().over().label("in_all")
    newest = sa.select(both, in_all).order_by(both.c.at.desc())
    return newest.limit(sa.bindparam("most", type_=sa.Integer))
