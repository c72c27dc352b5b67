"""The event log told in sentences: who did what, when. Never a young person's words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Event, Person, RoleGrant
from coprod_data.permissions import Actor, ActorKind, Permission, Role
from coprod_data.queries.events_hidden_steps import hidden_from
from coprod_data.queries.events_told import Change, changes_told
from coprod_data.vocabulary.events import OFFICE, EventKind

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

ABOUT_PEOPLE = tuple(kind for kind in EventKind if kind.value.split(".")[0] in OFFICE)

# What a young person does with their own card: their account is never named beside an entry.
OWN_HANDS = frozenset(
    {
        EventKind.HOLDER_ADDED,
        EventKind.ENTRY_ANSWERED,
        EventKind.ENTRY_WITHDRAWN,
        EventKind.CONSENT_CHANGED,
        EventKind.MATCH_CONFIRMED,
        EventKind.MATCH_REFUSED,
        EventKind.OUTCOME_NOT_YET,
        EventKind.VIEW_GIVEN,
        EventKind.VIEW_TAKEN_BACK,
    }
)

# Not in the history: a line for each view would show one young person's answer as it arrives.
COUNTED_BY_MONTH = (EventKind.VIEW_GIVEN, EventKind.VIEW_TAKEN_BACK)

# When somebody signs in, the actor is not yet known; the event names the person.
OWN_VISITS = frozenset({EventKind.SIGNED_IN, EventKind.SIGNED_OUT})


@dataclass(frozen=True)
class EventRow:
    """One line of the history. `about` names the record, for example "report card 12"."""

    id: int
    at: datetime
    who: str
    did: str
    changes: tuple[Change, ...]
    about: str


def history(db: Session, actor: Actor, *, before: int | None = None) -> list[EventRow]:
    """Return the newest 50 events before an event id, newest first, without those of entries that
    the reader may not know of.

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
    if not actor.may(Permission.ENTRIES_QUEUE):
        # Given only the kind, SQLite would collect all by its index and sort them. This makes it
        # read back from the newest, which is quick because somebody signs in every day.
        newest = newest.where(sa.func.coalesce(Event.kind, "").in_(ABOUT_PEOPLE))
    rows = _newest(db, actor, newest, before)
    visitors = {event.changes.get("person") for event, _ in rows if event.kind in OWN_VISITS}
    staff = _names_of_staff(db, visitors) if visitors else {}
    told = changes_told(db, actor, [(event.id, event.changes) for event, _ in rows])
    return [
        EventRow(
            id=event.id,
            at=event.at,
            who=staff.get(event.changes.get("person"), "Somebody")
            if event.kind in OWN_VISITS
            else _who(event, name),
            did=event.kind.words,
            changes=told[event.id],
            about=f"{_thing(event.subject_type)} {event.subject_id or ''}".strip(),
        )
        for event, name in rows
    ]


def _newest(
    db: Session, actor: Actor, newest: sa.Select[Event, str], before: int | None
) -> list[sa.Row[Event, str]]:
    """Return a page of what this person may know of; there is more wherever it is full."""
    rows: list[sa.Row[Event, str]] = []
    while len(rows) < PAGE_SIZE:
        found = db.execute(newest if before is None else newest.where(Event.id < before)).all()
        hidden = hidden_from(db, actor, [event for event, _ in found])
        rows += [row for row in found if row.Event.id not in hidden]
        if len(found) < PAGE_SIZE:
            break
        before = found[-1].Event.id
    return rows[:PAGE_SIZE]


def _names_of_staff(db: Session, person_ids: Collection[int | None]) -> dict[int | None, str]:
    """Return, by id, the names of people who never held the young person's role."""
    young = sa.exists().where(RoleGrant.person_id == Person.id, RoleGrant.role == Role.YOUNG_PERSON)
    rows = db.execute(sa.select(Person.id, Person.name).where(Person.id.in_(person_ids), ~young))
    return {row.id: row.name for row in rows}


def _thing(subject_type: str) -> str:
    return THINGS.get(subject_type, subject_type.replace("_", " "))


def _who(event: Event, name: str | None) -> str:
    if event.kind in OWN_HANDS and event.on_behalf is None:
        return "A young person"
    match event.actor_kind:
        case ActorKind.PERSON:
            return name or "Somebody"
        case ActorKind.SYSTEM:
            return "The server"
        case _:
            return "Somebody" if event.kind in ABOUT_PEOPLE else "A young person"
