"""The event log told in sentences: who did what, when. Never a young person's words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Base, Event, Person
from coprod_data.permissions import Actor, ActorKind, Permission
from coprod_data.queries.events_about_steps import about_by_name
from coprod_data.queries.events_hidden_steps import entries_of, hidden_from
from coprod_data.queries.events_settings_steps import settings_told
from coprod_data.queries.events_steps import (
    ABOUT_PEOPLE,
    COUNTED_BY_MONTH,
    OPENINGS,
    OWN_VISITS,
    VISITS,
    told_by,
    who_did,
)
from coprod_data.queries.events_told import Change, changes_told
from coprod_data.rules.statements import statement
from coprod_data.scopes.people import A_YOUNG_PERSON, ever_young, told_name
from coprod_data.store.sealed_texts import open_text, seal_text
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.labels import labelled

PAGE_SIZE = 50
_MARK = "place in the history"

_EARLIER = Event.id < sa.bindparam("before", type_=sa.BigInteger)
_LAST = 2**31 - 1  # the greatest id there can be

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
    """One line of the history. `about` names the record, for example "group: Westmarch Voices".

    Readers never see the `id`: a gap would tell them that something is hidden from them.
    """

    id: int
    at: datetime
    who: str
    did: str
    changes: tuple[Change, ...]
    about: str


def history(
    db: Session, actor: Actor, *, before: int | None = None, visits: bool = False
) -> list[EventRow]:
    """Return the newest 50 events before an event id, newest first, without those of entries that
    the reader may not know of; sign-ins only with `visits`.

    An administrator sees only the history of people and settings; only the Youth Voice Team sees
    holds and entries. Who opened words is in `openings`. How an action feels to somebody is in
    nobody's. Whoever is or was a young person is named beside nothing that they did, and what they
    chose is not told: next to what happens to a card, either could reveal whose card it is.
    """
    actor.must(Permission.HISTORY_READ)
    left_out = frozenset((*COUNTED_BY_MONTH, *OPENINGS)) | frozenset(() if visits else VISITS)
    if actor.may(Permission.ENTRIES_QUEUE):
        newest = _read_back(left_out)
    else:
        newest = _found_by_kind(frozenset(ABOUT_PEOPLE) - left_out)
    rows = _newest(db, actor, newest, before)
    visitors = {event.changes.get("person") for event, _ in rows if event.kind in OWN_VISITS}
    staff = _names_of_staff(db, visitors) if visitors else {}
    named = _accounts(db, actor, [event for event, _ in rows])
    titles = about_by_name(
        db, [event for event, _ in rows], young_too=actor.may(Permission.PEOPLE_READ)
    )
    entries = entries_of(db, [event for event, _ in rows])
    told = changes_told(db, actor, [(event.id, event.changes) for event, _ in rows])
    told |= settings_told(db, [event for event, _ in rows])
    return [
        EventRow(
            id=event.id,
            at=event.at,
            who=staff.get(event.changes.get("person"), "Somebody")
            if event.kind in OWN_VISITS
            else who_did(event, name),
            did=told_by(event),
            changes=() if name == A_YOUNG_PERSON else told[event.id],
            about=_thing(event.subject_type)
            if name == A_YOUNG_PERSON and _of_somebody(event)
            else _about(event, named, entries.get(event.id), titles.get(event.id, ())),
        )
        for event, name in rows
    ]


def openings(db: Session, actor: Actor, *, before: int | None = None) -> list[EventRow]:
    """Return the newest 50 openings of words, and of how to reach somebody, before an event id.

    Without words, and without those of entries that the reader may not know of.
    """
    actor.must(Permission.OPENINGS_READ)
    rows = _newest(db, actor, _found_by_kind(frozenset(OPENINGS)), before)
    entries = entries_of(db, [event for event, _ in rows])
    return [
        EventRow(
            id=event.id,
            at=event.at,
            who=who_did(event, name),
            did=told_by(event),
            changes=(),
            about=_about(event, {}, entries.get(event.id), ()),
        )
        for event, name in rows
    ]


def mark_of(db: Session, actor: Actor, event_id: int) -> str:
    """Return what is in the address of the page of the history that follows this event."""
    actor.must(Permission.HISTORY_READ, Permission.OPENINGS_READ)
    return seal_text(db.info["keys"], _MARK, str(event_id))


def event_at(db: Session, actor: Actor, mark: str) -> int | None:
    """Return the event of a mark; None for anything else, which begins with the newest."""
    actor.must(Permission.HISTORY_READ, Permission.OPENINGS_READ)
    opened = open_text(db.info["keys"], _MARK, mark) if mark else None
    return None if opened is None else int(opened)


def _newest(
    db: Session, actor: Actor, newest: sa.Select[Event, str], before: int | None
) -> list[sa.Row[Event, str]]:
    """Return a page of what this person may know of; there is more wherever it is full."""
    rows: list[sa.Row[Event, str]] = []
    while len(rows) < PAGE_SIZE:
        found = db.execute(newest, {"before": _LAST if before is None else before}).all()
        hidden = hidden_from(db, actor, [event for event, _ in found])
        rows += [row for row in found if row.Event.id not in hidden]
        if len(found) < PAGE_SIZE:
            break
        before = found[-1].Event.id
    return rows[:PAGE_SIZE]


@statement
def _read_back(left_out: frozenset[EventKind]) -> sa.Select[Event, str]:
    """Read events before an id, the newest first, but for some kinds."""
    # Given only the kind, SQLite would collect all by its index and sort them.
    return _page(_EARLIER, sa.func.coalesce(Event.kind, "").not_in(left_out))


@statement
def _found_by_kind(kinds: frozenset[EventKind]) -> sa.Select[Event, str]:
    """Read events of these kinds before an id, the newest first.

    The newest of each kind are found by its index: one event in a thousand may be of these kinds.
    Of these only a page goes on, or PostgreSQL reads the log from its end to meet them.
    """
    newest = [
        sa.select(Event.id)
        .where(Event.kind == kind, _EARLIER)
        .order_by(Event.id.desc())
        .limit(PAGE_SIZE)
        .subquery()
        for kind in sorted(kinds)
    ]
    found = sa.union_all(*(sa.select(one.c.id) for one in newest)).subquery()
    page = sa.select(found.c.id).order_by(found.c.id.desc()).limit(PAGE_SIZE)
    return _page(Event.id.in_(page))


def _page(*which: sa.ColumnElement[bool]) -> sa.Select[Event, str]:
    by = sa.and_(Person.id == Event.actor_id, Event.actor_kind == ActorKind.PERSON)
    return (
        sa.select(Event, told_name())
        .outerjoin(Person, by)
        .where(*which)
        .order_by(Event.id.desc())
        .limit(PAGE_SIZE)
    )


def _names_of_staff(db: Session, person_ids: Collection[int | None]) -> dict[int | None, str]:
    """Return, by id, the names of people who never held the young person's role."""
    never = Person.id.in_(person_ids), ~ever_young()
    rows = db.execute(sa.select(Person.id, Person.name).where(*never))
    return {row.id: row.name for row in rows}


def _thing(subject_type: str) -> str:
    return labelled(THINGS.get(subject_type, subject_type.replace("_", " ")))


def _about(
    event: Event, named: dict[int, str], entry_id: int | None, titles: tuple[str, ...]
) -> str:
    """Return what an event is about, by name where it has one, else by its number.

    What belongs to an entry has that number: holds, for example, are few, and a gap in their own
    would tell of one that is hidden from the reader.
    """
    person_id = _account_of(event)
    if person_id in named:
        return named[person_id]
    if entry_id is not None:
        return f"{_thing(event.subject_type)} of entry {entry_id}"
    if titles:
        return f"{_thing(event.subject_type)}: {', '.join(titles)}"
    return f"{_thing(event.subject_type)} {event.subject_id or ''}".strip()


def _of_somebody(event: Event) -> bool:
    """Say whether the record an event is about is somebody's: its name or number says whose."""
    table = Base.metadata.tables.get(event.subject_type)
    return _account_of(event) is not None or (table is not None and "person_id" in table.c)


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
