"""A policy written together: what it is, and its life, no step of it left out silently."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.policies_rules import not_ready, policy_of, step_now
from coprod_data.commands.rows import kept, must_be_as_opened, must_be_new
from coprod_data.models import Person, Policy, PolicyDone
from coprod_data.permissions import KEEPERS, Actor, Invalid, Permission, Refused
from coprod_data.rules.clocks import london_day
from coprod_data.rules.texts import optional_text, required_line
from coprod_data.scopes.people import holds
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.policies import NEVER_SKIPPED, PolicyStep

MOST_PAGES = 40
TEXTS = ("purpose", "audiences", "partners", "co_producers", "definitions", "what_changed")
MOVED_ON = "Somebody took this step already. Reload the page."


@dataclass(frozen=True, kw_only=True)
class PolicyTyped:
    """What a form says of a policy."""

    title: str
    owner_id: int
    purpose: str = ""
    audiences: str = ""
    partners: str = ""
    co_producers: str = ""
    definitions: str = ""
    defined_with: str = ""
    target_pages: int = 1
    next_with: str = ""
    next_by: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    review_on: date | None = None
    what_changed: str = ""


def add_policy(db: Session, actor: Actor, typed: PolicyTyped) -> int:
    """Add a policy, as an idea. Returns its id. Raises Invalid."""
    actor.must(Permission.POLICIES_WRITE, Permission.POLICIES_OWN)
    values = _checked(db, actor, typed)
    must_be_new(db, Policy, "policy", title=values["title"])
    return kept(db, actor, EventKind.POLICY_CHANGED, Policy(**values))


def change_policy(
    db: Session,
    actor: Actor,
    policy_id: int,
    typed: PolicyTyped,
    *,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Change what is said of a policy; `opened` is what the form showed.

    Those who wrote it stay on it: names are added, the field is never emptied. Raises NotFound,
    NotAllowed, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.POLICIES_WRITE, Permission.POLICIES_OWN)
    policy = policy_of(db, actor, policy_id)
    values = _checked(db, actor, typed, policy)
    must_be_as_opened({field: getattr(policy, field) for field in values}, opened, values)
    must_be_new(db, Policy, "policy", beside=policy, title=values["title"])
    if policy.co_producers and not values["co_producers"]:
        raise Invalid("Who wrote it with you stays on it for good.", field="co_producers")
    for field, value in values.items():
        setattr(policy, field, value)
    record_if_changed(db, actor, EventKind.POLICY_CHANGED, policy)


def take_step(
    db: Session,
    actor: Actor,
    policy_id: int,
    step: PolicyStep,
    *,
    done_on: date | None = None,
    why_skipped: str = "",
) -> None:
    """Record that the next step is done, or skipped with a reason.

    A step that is not the next one was taken meanwhile, or its turn has not come. The easy-read
    twin, the sign-off and the lessons are never skipped. Raises NotFound, NotAllowed, Refused,
    Invalid.
    """
    actor.must(Permission.POLICIES_WRITE, Permission.POLICIES_OWN)
    policy = policy_of(db, actor, policy_id)
    if step_now(db, policy) is not step:
        raise Refused(MOVED_ON)
    why = optional_text(why_skipped, "why_skipped")
    if why and step in NEVER_SKIPPED:
        raise Refused("This step cannot be skipped.")
    if not why and (fault := not_ready(db, policy, step)):
        raise Invalid(fault, field="step")
    day = done_on or london_day(actor.at)
    if day > london_day(actor.at):
        raise Invalid("Give a day that is not after today.", field="done_on")
    done = PolicyDone(policy_id=policy.id, lap=policy.lap, step=step, done_on=day, why_skipped=why)
    policy.next_with, policy.next_by = "", None
    db.add(done)
    kind = EventKind.POLICY_SKIPPED if why else EventKind.POLICY_STEPPED
    record(db, actor, kind, policy, policy_step=step.value)


def begin_review(db: Session, actor: Actor, policy_id: int) -> None:
    """Begin the life of a policy in force again, for its next version. Raises NotFound, NotAllowed,
    Refused.
    """
    actor.must(Permission.POLICIES_WRITE, Permission.POLICIES_OWN)
    policy = policy_of(db, actor, policy_id)
    if step_now(db, policy) is not None:
        raise Refused("Its review begins once it is in force.")
    policy.lap += 1
    db.add(
        PolicyDone(
            policy_id=policy.id, lap=policy.lap, step=PolicyStep.IDEA, done_on=london_day(actor.at)
        )
    )
    record(db, actor, EventKind.POLICY_STEPPED, policy)


def _checked(
    db: Session, actor: Actor, typed: PolicyTyped, before: Policy | None = None
) -> dict[str, Any]:
    if before is None or before.owner_id != typed.owner_id:
        keeps = sa.and_(Person.id == typed.owner_id, holds(*KEEPERS))
        if not db.scalar(sa.select(sa.exists().where(keeps))):
            raise Invalid("Choose a manager or somebody in the Youth Voice Team.", field="owner_id")
        if not actor.may(Permission.POLICIES_WRITE) and typed.owner_id != actor.id:
            raise Invalid("Only the Youth Voice Team gives it to somebody else.", field="owner_id")
    if not 1 <= typed.target_pages <= MOST_PAGES:
        raise Invalid(f"Give a number of pages from 1 to {MOST_PAGES}.", field="target_pages")
    if typed.valid_from and typed.valid_to and typed.valid_to < typed.valid_from:
        raise Invalid("It cannot end before it begins.", field="valid_to")
    return {
        **vars(typed),
        "title": required_line(typed.title, "title", "Give the policy a name."),
        **{name: optional_text(getattr(typed, name), name) for name in TEXTS},
        **{
            name: " ".join(optional_text(getattr(typed, name), name, 160).split())
            for name in ("defined_with", "next_with")
        },
    }
