"""The yearly participation audit: open a round, rate standards, hand in, review, publish."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.audits_rules import (
    DEFAULT_STANDARDS,
    Standard,
    level_in_range,
    must_be_auditor,
    must_be_looked_at,
    must_be_owed,
    must_be_own,
    must_be_unanswered,
    return_of,
    standards_of,
)
from coprod_data.commands.event_log import record
from coprod_data.commands.rows import (
    kept,
    known,
    locked,
    must_be_as_opened,
    must_be_new,
    must_be_promised_theme,
)
from coprod_data.models import AuditAnswer, AuditReturn, AuditRound, AuditStandard, Service
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Permission, Refused, Role
from coprod_data.rules.clocks import london_day
from coprod_data.rules.texts import optional_text, required_line, required_text
from coprod_data.scopes.audits import reviewable_by
from coprod_data.scopes.one_person import everybody_of, same_person
from coprod_data.vocabulary.audits import Rater, ReturnState, StandardSet
from coprod_data.vocabulary.events import EventKind


def open_round(
    db: Session,
    actor: Actor,
    *,
    title: str,
    due_on: date,
    standards: Sequence[Standard] | StandardSet = DEFAULT_STANDARDS,
    theme_id: int | None = None,
) -> int:
    """Open this year's round, with one return for each service. Returns the round's id.

    `theme_id` is the part of The Promise that opportunities out of its gaps belong to; without it
    none are made. Raises NotFound, and Invalid when another round has this title or day, or when
    the date has passed.
    """
    actor.must(Permission.AUDITS_OPEN)
    today = london_day(actor.at)
    title = required_line(title, "title", "Give the round a title, for example its years.", 60)
    if due_on <= today:
        raise Invalid("Choose a future date for the returns.", field="due_on")
    taken = "There is already a round with this title, or one opened today."
    must_be_new(db, AuditRound, "round", taken=taken, title=title)
    if known(db, AuditRound, opened_on=today):
        raise Invalid(taken, field="title")
    must_be_promised_theme(db, theme_id)
    if isinstance(standards, StandardSet):
        standards = standards_of(db, standards)
    audit_round = AuditRound(title=title, opened_on=today, due_on=due_on, theme_id=theme_id)
    db.add(audit_round)
    db.flush()
    for service_id in db.scalars(
        sa.select(Service.id).where(Service.retired_at.is_(None)).order_by(Service.id)
    ).all():
        db.add(AuditReturn(round_id=audit_round.id, service_id=service_id))
    record(db, actor, EventKind.AUDIT_OPENED, audit_round)
    for standard in standards:
        _add(db, actor, audit_round.id, **standard._asdict())
    return audit_round.id


def add_standard(
    db: Session,
    actor: Actor,
    round_id: int,
    *,
    reference: str,
    short: str,
    wording: str,
    source: str = "",
) -> int:
    """Add a standard at the end of a round, which makes a new version of its standards. Returns
    its id.

    Raises NotFound, Invalid, and Refused once a service has answered.
    """
    actor.must(Permission.AUDITS_OPEN)
    must_be_unanswered(db, round_id).standards_version += 1
    return _add(
        db, actor, round_id, reference=reference, short=short, wording=wording, source=source
    )


def _add(
    db: Session, actor: Actor, round_id: int, *, reference: str, short: str, wording: str,
    source: str = "",
) -> int:  # fmt: skip
    reference = required_line(reference, "reference", "Give the standard a number.", 12)
    there = sa.select(AuditStandard).where(AuditStandard.round_id == round_id)
    taken = {one.reference: one.position for one in db.scalars(there)}
    if reference in taken:
        raise Invalid("Another standard already has this number.", field="reference")
    standard = AuditStandard(
        round_id=round_id,
        reference=reference,
        short=required_line(short, "short", "Give the standard a short name.", 60),
        wording=required_text(wording, "wording", "Write what good listening looks like."),
        position=max(taken.values(), default=0) + 1,
        source=optional_text(source, "source", 240),
    )
    return kept(db, actor, EventKind.STANDARD_ADDED, standard)


def answer_standard(
    db: Session,
    actor: Actor,
    return_id: int,
    standard_id: int,
    *,
    rater: Rater,
    level: int | None,
    evidence: str = "",
    plan: str = "",
    opened: Mapping[str, Any] | None = None,
) -> int:
    """Rate a standard: a manager for a service they are responsible for, or young auditors.

    `level` is 0 to 3, or None for not looked at. A level without `evidence` is kept, and shown
    hollow. Young people with an account give only the level, and only where they were named as
    auditors; a worker writes what they saw. Their marks are one for all of them.
    `opened` is what the form showed: `answered`, `level`, `evidence`, `plan`. Returns the answer's
    id. Raises NotFound, NotAllowed, Invalid, Refused, ChangedMeanwhile.
    """
    actor.must(Permission.AUDITS_FILL_OWN, Permission.AUDITS_RATE_YOUNG)
    audit_return = return_of(db, return_id)
    evidence = optional_text(evidence, "evidence")
    plan = optional_text(plan, "plan")
    if rater is Rater.SERVICE:
        actor.must(Permission.AUDITS_FILL_OWN)
        must_be_own(db, actor, audit_return)
        _must_be_of_round(db, standard_id, audit_return.round_id)
        must_be_owed(db, audit_return)
    else:
        actor.must(Permission.AUDITS_RATE_YOUNG)
        must_be_looked_at(audit_return)
        if Role.YOUTH_VOICE not in actor.roles:
            must_be_auditor(db, actor, audit_return)
        _only_a_worker_writes(actor, evidence, plan)
        _must_be_of_round(db, standard_id, audit_return.round_id)
    answer = db.scalar(
        sa.select(AuditAnswer).where(
            AuditAnswer.return_id == return_id,
            AuditAnswer.standard_id == standard_id,
            AuditAnswer.rater == rater,
        )
    )
    level = level_in_range(level)
    typed = {"answered": True, "level": level, "evidence": evidence, "plan": plan}
    now = {name: getattr(answer, name, "") for name in ("evidence", "plan")}
    now |= {"answered": answer is not None, "level": answer.level if answer else None}
    must_be_as_opened(now, opened, typed)
    if answer is None:
        answer = AuditAnswer(
            return_id=return_id,
            standard_id=standard_id,
            rater=rater,
            level=level,
            evidence=evidence,
            plan=plan,
            at=actor.at,
            person_id=actor.id,
        )
        db.add(answer)
    else:
        answer.level, answer.evidence, answer.plan = level, evidence, plan
        answer.at, answer.person_id = actor.at, actor.id
    if rater is Rater.SERVICE:
        audit_return.state = ReturnState.IN_PROGRESS
    record(db, actor, EventKind.AUDIT_ANSWERED, answer, return_id=return_id)
    return answer.id


def submit_return(db: Session, actor: Actor, return_id: int) -> None:
    """Hand in a return of the actor's own service, once every standard has an answer.

    *Not looked at* is an answer. Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.AUDITS_FILL_OWN)
    audit_return = return_of(db, return_id)
    must_be_own(db, actor, audit_return)
    must_be_owed(db, audit_return)
    answered = sa.select(AuditAnswer.standard_id).where(
        AuditAnswer.return_id == return_id, AuditAnswer.rater == Rater.SERVICE
    )
    missing = db.scalars(
        sa.select(AuditStandard.reference)
        .where(AuditStandard.round_id == audit_return.round_id, AuditStandard.id.not_in(answered))
        .order_by(AuditStandard.position)
    ).all()
    if missing:
        raise Refused(f"Answer {', '.join(missing)} first. You can choose “Not looked at”.")
    audit_return.state = ReturnState.RETURNED
    audit_return.returned_at, audit_return.returned_by_id = actor.at, actor.id
    record(db, actor, EventKind.AUDIT_RETURNED, audit_return)


def review_return(db: Session, actor: Actor, return_id: int) -> None:
    """Record that a return has been reviewed by somebody who had no part in it.

    Whoever wrote down what young auditors said does not review it. Where all of the Youth Voice
    Team did, the chair or safeguarding may. Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.AUDITS_REVIEW)
    audit_return = return_of(db, return_id)
    if audit_return.state is not ReturnState.RETURNED:
        raise Refused("A return can be reviewed once, after it has been sent.")
    if same_person(db, actor.id, audit_return.returned_by_id):
        raise NotAllowed("You sent this return, so somebody else must review it.")
    asked = sa.select(AuditReturn.id).where(AuditReturn.id == return_id)
    for person_id in everybody_of(db, [actor.id]):
        if db.scalar(asked.where(reviewable_by(person_id))) is None:
            raise NotAllowed(
                "Somebody of the Youth Voice Team who wrote down none of the young auditors’ "
                "levels reviews this."
            )
    audit_return.state = ReturnState.REVIEWED
    record(db, actor, EventKind.AUDIT_REVIEWED, audit_return)


def publish_round(db: Session, actor: Actor, round_id: int) -> int:
    """Publish every reviewed return of a round. Returns how many. Raises NotFound, Refused."""
    actor.must(Permission.AUDITS_OPEN)
    audit_round = locked(db, AuditRound, round_id, "round")
    reviewed = db.scalars(
        sa.select(AuditReturn)
        .where(AuditReturn.round_id == round_id, AuditReturn.state == ReturnState.REVIEWED)
        .with_for_update()
    ).all()
    if not reviewed:
        raise Refused("No reviewed return in this round is waiting to be published.")
    for audit_return in reviewed:
        audit_return.state = ReturnState.PUBLISHED
    record(db, actor, EventKind.AUDIT_PUBLISHED, audit_round)
    return len(reviewed)


def _only_a_worker_writes(actor: Actor, evidence: str, plan: str) -> None:
    # A young person's words must be checked before anyone reads them, and this box is not checked.
    if (evidence or plan) and Role.YOUTH_VOICE not in actor.roles:
        raise NotAllowed("Choose the level. A Youth Voice worker writes down what you saw.")
    if plan:
        raise Invalid("Only the service can write its plan.", field="plan")


def _must_be_of_round(db: Session, standard_id: int, round_id: int) -> None:
    standard = db.get(AuditStandard, standard_id)
    if standard is None or standard.round_id != round_id:
        raise NotFound("We could not find that standard in this round. Reload the page.")
