"""Changing a round of the audit before services answer: its standards, its date, its auditors."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.audits_rules import must_be_looked_at, must_be_unanswered, return_of
from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.rows import (
    changed_set,
    known,
    locked,
    must_be_as_opened,
    must_be_promised_theme,
)
from coprod_data.models import AuditAnswer, AuditAuditor, AuditRound, AuditStandard, Person
from coprod_data.permissions import Actor, Invalid, NotFound, Permission, Refused, Role
from coprod_data.rules.texts import optional_text, required_line, required_text
from coprod_data.scopes.people import holds
from coprod_data.vocabulary.events import EventKind


def change_standard(
    db: Session,
    actor: Actor,
    standard_id: int,
    *,
    short: str,
    wording: str,
    source: str = "",
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Word a standard in another way, which makes a new version of the standards of its round.

    Its number stays, because it says which standard of the last round it is. `opened` is what the
    form showed. Raises NotFound, Invalid, ChangedMeanwhile, and Refused once a service answered.
    """
    actor.must(Permission.AUDITS_OPEN)
    standard = _standard(db, standard_id)
    audit_round = must_be_unanswered(db, standard.round_id)
    typed = {
        "short": required_line(short, "short", "Give the standard a short name.", 60),
        "wording": required_text(wording, "wording", "Write what good listening looks like."),
        "source": optional_text(source, "source", 240),
    }
    now = {field: getattr(standard, field) for field in typed}
    must_be_as_opened(now, opened, typed)
    if now == typed:
        return
    for field, value in typed.items():
        setattr(standard, field, value)
    audit_round.standards_version += 1
    record(db, actor, EventKind.STANDARD_CHANGED, standard)


def remove_standard(db: Session, actor: Actor, standard_id: int) -> None:
    """Take a standard out of a round, which makes a new version of its standards.

    Raises NotFound, and Refused once anybody has answered.
    """
    actor.must(Permission.AUDITS_OPEN)
    standard = _standard(db, standard_id)
    audit_round = must_be_unanswered(db, standard.round_id)
    if known(db, AuditAnswer, standard_id=standard.id):
        raise Refused("Young auditors have rated this standard, so it stays.")
    audit_round.standards_version += 1
    db.delete(standard)
    record(db, actor, EventKind.STANDARD_REMOVED, standard)


def change_audit_round(
    db: Session,
    actor: Actor,
    round_id: int,
    *,
    due_on: date,
    theme_id: int | None,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Say by when returns are due and to which part of The Promise gaps belong.

    `opened` is what the form showed. Raises NotFound, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.AUDITS_OPEN)
    audit_round = locked(db, AuditRound, round_id, "round")
    typed = {"due_on": due_on, "theme_id": theme_id}
    must_be_as_opened({field: getattr(audit_round, field) for field in typed}, opened, typed)
    if due_on <= audit_round.opened_on:
        raise Invalid("Choose a date after the day the round opened.", field="due_on")
    if theme_id != audit_round.theme_id:
        must_be_promised_theme(db, theme_id)
    audit_round.due_on, audit_round.theme_id = due_on, theme_id
    record_if_changed(db, actor, EventKind.AUDIT_CHANGED, audit_round)


def name_auditors(
    db: Session,
    actor: Actor,
    return_id: int,
    person_ids: Collection[int],
    *,
    opened: Collection[int] | None = None,
) -> None:
    """Say which young people with an account look at a service in this round.

    `opened` are those that the form showed. Raises NotFound, Invalid, Refused.
    """
    actor.must(Permission.AUDITS_NAME_YOUNG)
    audit_return = return_of(db, return_id)
    must_be_looked_at(audit_return)
    there = {
        one.person_id: one
        for one in db.scalars(sa.select(AuditAuditor).filter_by(return_id=audit_return.id))
    }
    chosen = changed_set(there.keys(), opened, person_ids)
    young = sa.select(Person.id).where(Person.id.in_(chosen - set(there)))
    may = set(db.scalars(young.where(holds(Role.YOUNG_PERSON))))
    if chosen - set(there) - may:
        raise Invalid("Choose young people with an open account.", field="auditors")
    for person_id in set(there) - chosen:
        db.delete(there[person_id])
    for person_id in sorted(may):
        db.add(AuditAuditor(return_id=audit_return.id, person_id=person_id))
    record_if_changed(db, actor, EventKind.AUDITORS_NAMED, audit_return)


def _standard(db: Session, standard_id: int) -> AuditStandard:
    standard = db.get(AuditStandard, standard_id)
    if standard is None:
        raise NotFound("We could not find that standard. Reload the page.")
    return standard
