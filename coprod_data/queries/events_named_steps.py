"""What an event on a record was about, by name: its milestone, its standard, and why it changed.

Only texts of staff as they read today are told, so that one that is being reworded is not.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    ActionChange,
    AuditAnswer,
    AuditStandard,
    Event,
    Milestone,
    Person,
)
from coprod_data.queries.events_told import Change
from coprod_data.vocabulary.audits import AuditLevel, Rater
from coprod_data.vocabulary.events import EventKind

MET, OWNER = Milestone.told["met_on"], Action.told["owner_id"]
CHANGES = (
    EventKind.ACTION_CHANGED,
    EventKind.ACTION_CHANGE_PROPOSED,
    EventKind.ACTION_CHANGE_REFUSED,
    EventKind.ACTION_CHANGE_TAKEN_BACK,
    EventKind.ACTION_HANDED_OVER,
)
OF_AN_OWNER = {  # how a change reads that asks only for another owner
    EventKind.ACTION_CHANGE_PROPOSED: "asked to hand it over to {}",
    EventKind.ACTION_CHANGE_REFUSED: "refused to hand it over to {}",
    EventKind.ACTION_CHANGE_TAKEN_BACK: "no longer asks to hand it over to {}",
    EventKind.ACTION_HANDED_OVER: "handed it over to {}, as was asked",
}


@dataclass(frozen=True)
class Named:
    """How an event reads once its thing has a name; `reason` is why an action changed, or empty."""

    did: str
    changes: tuple[Change, ...]
    reason: str = ""


def named(
    db: Session,
    events: Collection[Event],
    said: Mapping[int, str],
    told: Mapping[int, tuple[Change, ...]],
) -> dict[int, Named]:
    """Return, by event id, how each reads, from what it says and what it changed without names."""
    found = {event.id: Named(said[event.id], told[event.id]) for event in events}
    for event, title in _milestones(db, events):
        found[event.id] = _milestone(event, title, found[event.id])
    for event, standard, rater in _standards(db, events):
        found[event.id] = _rated(event, standard, rater, found[event.id])
    for event, change, owner in _changed(db, events):
        found[event.id] = _why(event, change, owner, found[event.id])
    return found


def _milestones(db: Session, events: Collection[Event]) -> Iterator[tuple[Event, str]]:
    about = [event for event in events if event.subject_type == Milestone.__tablename__]
    ids = {event.subject_id for event in about}
    rows = db.execute(sa.select(Milestone.id, Milestone.title).where(Milestone.id.in_(ids)))
    titles = {row.id: row.title for row in rows} if ids else {}
    return ((event, titles[event.subject_id]) for event in about if event.subject_id in titles)


def _milestone(event: Event, title: str, plain: Named) -> Named:
    match event.kind:
        case EventKind.MILESTONE_ADDED:
            return replace(plain, did=f"added the milestone “{title}”")
        case EventKind.MILESTONE_MET:
            met = next((one.new for one in plain.changes if one.what == MET), None)
            if not isinstance(met, date):
                return replace(plain, did=f"recorded “{title}” as met")
            left = tuple(one for one in plain.changes if one.what != MET)
            return Named(f"recorded “{title}” as met on {met.day} {met:%B %Y}", left)
        case EventKind.MILESTONE_CORRECTED:
            return replace(plain, did=f"corrected the milestone “{title}”, with a reason")
        case _:
            return plain


def _standards(db: Session, events: Collection[Event]) -> Iterator[tuple[Event, str, Rater]]:
    about = [event for event in events if event.kind is EventKind.AUDIT_ANSWERED]
    if not about:
        return iter(())
    rows = db.execute(
        sa.select(AuditAnswer.id, AuditStandard.reference, AuditStandard.short, AuditAnswer.rater)
        .join(AuditStandard, AuditStandard.id == AuditAnswer.standard_id)
        .where(AuditAnswer.id.in_({event.subject_id for event in about}))
    )
    names = {row.id: (f"{row.reference} {row.short}", row.rater) for row in rows}
    return (
        (event, *names[event.subject_id]) for event in about if event.subject_id in names
    )  # fmt: skip


def _rated(event: Event, standard: str, rater: Rater, plain: Named) -> Named:
    did = f"rated “{standard}”"
    if rater is Rater.YOUNG_AUDITORS:
        did += " for the young auditors"
    _, level = event.changes.get(f"{event.subject_type}:{event.subject_id}.level", (None, None))
    if level is not None and not plain.changes:
        did += f": {AuditLevel(level).words}"
    return replace(plain, did=did)


def _changed(db: Session, events: Collection[Event]) -> Iterator[tuple[Event, ActionChange, str]]:
    about = {event.id: id_ for event in events if (id_ := _change_of(event)) is not None}
    if not about:
        return iter(())
    rows = db.execute(
        sa.select(ActionChange, Person.name)
        .outerjoin(Person, Person.id == ActionChange.owner_id)
        .where(ActionChange.id.in_(set(about.values())))
    )
    changes: dict[Any, tuple[ActionChange, str]] = {row.id: (row, name) for row, name in rows}
    return (
        (event, *changes[about[event.id]]) for event in events if about.get(event.id) in changes
    )  # fmt: skip


def _change_of(event: Event) -> int | None:
    """Return which change of an action an event made or proposed."""
    if event.kind not in CHANGES:
        return None
    if event.subject_type == ActionChange.__tablename__:
        return event.subject_id
    rows = (name.partition(".")[0].partition(":") for name in event.changes)
    return next((int(id_) for table, _, id_ in rows if table == ActionChange.__tablename__), None)


def _why(event: Event, change: ActionChange, owner: str, plain: Named) -> Named:
    refused = event.kind is EventKind.ACTION_CHANGE_REFUSED
    reason = change.answer if refused else change.reason
    if change.owner_id is None or event.kind not in OF_AN_OWNER:
        return replace(plain, reason=reason)
    if event.kind is EventKind.ACTION_HANDED_OVER and not change.agreed:  # to somebody else
        return plain
    left = tuple(one for one in plain.changes if one.what != OWNER)
    return Named(OF_AN_OWNER[event.kind].format(owner), left, reason)
