"""The event log told in sentences: who did what, when. Never a young person's words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Event, Person, RoleGrant
from coprod_data.permissions import Actor, ActorKind, Permission, Role
from coprod_data.vocabulary import EventKind

PAGE = 50

SENTENCES: dict[EventKind, str] = {
    EventKind.PERSON_ADDED: "added an account",
    EventKind.PERSON_DISABLED: "closed an account",
    EventKind.PERSON_ENABLED: "opened an account again",
    EventKind.PASSWORD_SET: "set a new password",
    EventKind.RESET_LINK_MADE: "made a one-time password link",
    EventKind.ROLE_REQUESTED: "asked for a role that a second person must confirm",
    EventKind.ROLE_GRANTED: "gave a role",
    EventKind.ROLE_ENDED: "took a role away",
    EventKind.SIGNED_IN: "signed in",
    EventKind.SIGN_IN_REFUSED: "was refused at sign-in",
    EventKind.SIGNED_OUT: "signed out",
    EventKind.SESSION_ENDED: "ended a session",
    EventKind.SERVICE_ADDED: "added a service",
    EventKind.SERVICE_MEMBER_ADDED: "put somebody in charge of a service",
    EventKind.GROUP_ADDED: "added a group",
    EventKind.MEMBERSHIP_ADDED: "put somebody into a group",
    EventKind.SETTING_CHANGED: "changed a setting",
    EventKind.PROMISE_DRAFTED: "drafted a version of The Promise",
    EventKind.THEME_ADDED: "added a theme to The Promise",
    EventKind.COMMITMENT_ADDED: "added a commitment to The Promise",
    EventKind.COMMITMENT_SUCCEEDED: "linked a commitment to the one before it",
    EventKind.PROMISE_ADOPTED: "recorded that The Promise was adopted",
    EventKind.CARD_OPENED: "opened a report card",
    EventKind.CARD_MOVED: "took a report card on into a new wording of The Promise",
    EventKind.CARD_TITLED: "gave a report card its title",
    EventKind.CARD_READY: "marked a report card as ready",
    EventKind.CARD_SHARED: "shared a report card",
    EventKind.CARD_CLOSED: "closed a report card",
    EventKind.CARD_ANSWERED: "answered a report card for the staff side",
    EventKind.ENTRY_SENT: "sent an entry",
    EventKind.ENTRY_OPENED: "opened the raw words of an entry",
    EventKind.ENTRY_MOVED: "moved an entry to another theme",
    EventKind.ENTRY_PROPOSED: "proposed a flagged entry for release",
    EventKind.ENTRY_RELEASED: "released an entry",
    EventKind.ENTRY_RETURNED: "put an entry back into the queue",
    EventKind.ENTRY_ASKED_BACK: "asked a young person about their entry",
    EventKind.ENTRY_ANSWERED: "answered a question about their entry",
    EventKind.ENTRY_PERSONAL_HELP: "passed an entry to the young person's own worker",
    EventKind.ENTRY_CLOSED: "closed an entry",
    EventKind.ENTRY_WITHDRAWN: "took an entry back",
    EventKind.ENTRY_REPLIED: "replied to a young person",
    EventKind.ENTRY_JOINED: "joined an entry with another that says the same",
    EventKind.SUMMARY_WRITTEN: "wrote a summary of an entry",
    EventKind.HOLD_OPENED: "held an entry for safeguarding",
    EventKind.HOLD_CLOSED: "ended a safeguarding hold",
    EventKind.CONSENT_CHANGED: "changed who may read an entry",
    EventKind.HOLDER_ADDED: "added an entry to their own cards",
    EventKind.OPPORTUNITY_SPOTTED: "spotted an opportunity",
    EventKind.OPPORTUNITY_CHANGED: "changed an opportunity",
    EventKind.OPPORTUNITY_REVIEWED: "recorded that a group reviewed an opportunity",
    EventKind.OPPORTUNITY_OPENED: "opened an opportunity to members",
    EventKind.OPPORTUNITY_WORKING: "started work on an opportunity",
    EventKind.OPPORTUNITY_PARKED: "parked an opportunity",
    EventKind.OPPORTUNITY_DECLINED: "declined an opportunity",
    EventKind.OPPORTUNITY_CLOSED: "closed an opportunity",
    EventKind.MEMBER_INVITED: "invited a member",
    EventKind.MEMBER_OFFERED: "offered to work on an opportunity",
    EventKind.INVITATION_ANSWERED: "answered an invitation",
    EventKind.YOUNG_INVITED: "invited a young person",
    EventKind.MATCH_CONFIRMED: "said yes to the member who offered",
    EventKind.MATCH_REFUSED: "asked for somebody else",
    EventKind.OUTCOME_PROPOSED: "proposed an outcome",
    EventKind.OUTCOME_SIGNED: "signed an outcome",
    EventKind.OUTCOME_NOT_YET: "said an outcome is not there yet",
    EventKind.ACTION_PROPOSED: "proposed an action",
    EventKind.ACTION_APPROVED: "approved an action",
    EventKind.ACTION_UPDATED: "updated an action",
    EventKind.ACTION_MOVED: "moved an action to another stage",
    EventKind.ACTION_DROPPED: "dropped an action, with a reason",
    EventKind.ACTION_VERIFIED: "verified an action by signing its outcome",
    EventKind.MILESTONE_ADDED: "added a milestone",
    EventKind.MILESTONE_MET: "recorded that a milestone was met",
    EventKind.VIEW_GIVEN: "said how an action feels",
    EventKind.AUDIT_OPENED: "opened a participation audit",
    EventKind.STANDARD_ADDED: "added a standard to an audit",
    EventKind.AUDIT_ANSWERED: "rated a standard",
    EventKind.AUDIT_RETURNED: "sent in an audit return",
    EventKind.AUDIT_REVIEWED: "reviewed an audit return",
    EventKind.AUDIT_PUBLISHED: "published an audit return",
}

# Tables whose name is not the word for what they hold.
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

ABOUT_PEOPLE = tuple(
    kind
    for kind in EventKind
    if kind.value.split(".")[0] in {"person", "role", "session", "service", "group", "setting"}
)

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
    }
)

# Whoever signs in is nobody before; the event says who it was.
OWN_VISITS = frozenset({EventKind.SIGNED_IN, EventKind.SIGNED_OUT})


@dataclass(frozen=True)
class EventRow:
    """One line of the history. `about` names the record, as "report card 12"."""

    id: int
    at: datetime
    who: str
    did: str
    about: str


def history(db: Session, actor: Actor, *, before: int | None = None) -> list[EventRow]:
    """Return the newest 50 events before an event id, newest first.

    An administrator sees the history of people and settings alone: holds, readings and entries
    are the Youth Voice Team's. Whose visit it was is told of staff alone: a young person's would
    stand beside what somebody does with a card.
    """
    actor.must(Permission.HISTORY_READ)
    newest = (
        sa.select(Event, Person.name)
        .outerjoin(
            Person,
            sa.and_(Person.id == Event.actor_id, Event.actor_kind == ActorKind.PERSON),
        )
        .order_by(Event.id.desc())
        .limit(PAGE)
    )
    if not actor.may(Permission.ENTRIES_QUEUE):
        # Of a bare kind SQLite would gather all by its index and sort them; so it walks back from
        # the newest, and somebody signs in every day.
        newest = newest.where(sa.func.coalesce(Event.kind, "").in_(ABOUT_PEOPLE))
    if before is not None:
        newest = newest.where(Event.id < before)
    rows = db.execute(newest).all()
    visitors = {event.changes.get("person") for event, _ in rows if event.kind in OWN_VISITS}
    staff = _names_of_staff(db, visitors) if visitors else {}
    return [
        EventRow(
            id=event.id,
            at=event.at,
            who=staff.get(event.changes.get("person"), "Somebody")
            if event.kind in OWN_VISITS
            else _who(event, name),
            did=SENTENCES[event.kind],
            about=f"{_thing(event.subject_type)} {event.subject_id or ''}".strip(),
        )
        for event, name in rows
    ]


def _names_of_staff(db: Session, person_ids: Collection[int | None]) -> dict[int | None, str]:
    """Return by id the names of those who never held the young person's role."""
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
