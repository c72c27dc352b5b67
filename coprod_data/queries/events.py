"""The event log told in sentences: who did what, when. Never a young person's words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Event, Person, RoleGrant
from coprod_data.permissions import Actor, ActorKind, Permission, Role
from coprod_data.queries.events_steps import (
    ABOUT_PEOPLE,
    COUNTED_BY_MONTH,
    OWN_VISITS,
    VISITS,
    told_by,
    who_did,
)
from coprod_data.queries.events_told import Change, changes_told
from coprod_data.vocabulary.labels import labelled

PAGE_SIZE = 50

# Tables whose name differs from the word for what they hold.
THINGS = {
    "auth_session": "visit",
    "role_grant": "role",
    "reset_link": "one-time link",
    "service_member": "place in a service",
    "membership": "place in a group",
    "entry_version": "wording of an entry",
    "card_entry": "entry",
    "card_holder": "card in an account",
    "card_share": "handing over",
    "co_signature": "signature",
    "same_as": "joined entry",
    "commitment_successor": "commitment",
    "promise_commitment": "commitment",
    "promise_theme": "theme",
    "promise_version": "version of The Promise",
    "young_view": "view",
}


@dataclass(frozen=True)
class EventRow:
    """One line of the history. `about` names the record, for example "report card 12"."""

    id: int
    at: datetime
    who: str
    did: str
    changes: tuple[Change, ...]
    about: str


def history(
    db: Session, actor: Actor, *, before: int | None = None, visits: bool = False
) -> list[EventRow]:
    """Return the newest 50 events before an event id, newest first; sign-ins only with `visits`.

    An administrator sees only the history of people and settings; only the Youth Voice Team sees
    holds, readings and entries. How an action feels to somebody is in nobody's. Names of people who
    sign in are shown only for staff: a young person's sign-in, next to what happens to a card,
    could reveal whose card it is.
    """
    actor.must(Permission.HISTORY_READ)
    newest = (
        sa.select(Event, Person.name)
        .outerjoin(
            Person,
            sa.and_(Person.id == Event.actor_id, Event.actor_kind == ActorKind.PERSON),
        )
        .where(Event.kind.not_in(COUNTED_BY_MONTH))
        .order_by(Event.id.desc())
        .limit(PAGE_SIZE)
    )
    if not visits:
        newest = newest.where(sa.func.coalesce(Event.kind, "").not_in(VISITS))
    if not actor.may(Permission.ENTRIES_QUEUE):
        # Given only the kind, SQLite would collect all by its index and sort them. This makes it
        # read back from the newest, which is quick because somebody signs in every day.
        newest = newest.where(sa.func.coalesce(Event.kind, "").in_(ABOUT_PEOPLE))
    if before is not None:
        newest = newest.where(Event.id < before)
    rows = db.execute(newest).all()
    visitors = {event.changes.get("person") for event, _ in rows if event.kind in OWN_VISITS}
    staff = _names_of_staff(db, visitors) if visitors else {}
    named = _accounts(db, actor, [event for event, _ in rows])
    told = changes_told(db, actor, [(event.id, event.changes) for event, _ in rows])
    return [
        EventRow(
            id=event.id,
            at=event.at,
            who=staff.get(event.changes.get("person"), "Somebody")
            if event.kind in OWN_VISITS
            else who_did(event, name),
            did=told_by(event),
            changes=told[event.id],
            about=_about(event, named),
        )
        for event, name in rows
    ]


def _names_of_staff(db: Session, person_ids: Collection[int | None]) -> dict[int | None, str]:
    """Return, by id, the names of people who never held the young person's role."""
    young = sa.exists().where(RoleGrant.person_id == Person.id, RoleGrant.role == Role.YOUNG_PERSON)
    rows = db.execute(sa.select(Person.id, Person.name).where(Person.id.in_(person_ids), ~young))
    return {row.id: row.name for row in rows}


def _thing(subject_type: str) -> str:
    return labelled(THINGS.get(subject_type, subject_type.replace("_", " ")))


def _about(event: Event, named: dict[int, str]) -> str:
    """Return what an event is about: an account by its name, anything else by its number."""
    person_id = _account_of(event)
    if person_id in named:
        return named[person_id]
    return f"{_thing(event.subject_type)} {event.subject_id or ''}".strip()


def _account_of(event: Event) -> int | None:
    if event.subject_type == Person.__tablename__:
        return event.subject_id
    return event.changes.get("person") if event.kind not in VISITS else None


def _accounts(db: Session, actor: Actor, events: Collection[Event]) -> dict[int, str]:
    """Return, by id, the names of the accounts that events are about.

    A young person's is named only for who keeps the accounts.
    """
    ids = {id_ for event in events if (id_ := _account_of(event)) is not None}
    if not actor.may(Permission.PEOPLE_READ):
        return {id_: name for id_, name in _names_of_staff(db, ids).items() if id_ is not None}
    rows = db.execute(sa.select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in rows}
