"""What must be true of a policy before it changes: who may, which version is open, how its twin is.

Nothing here writes.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.rows import locked
from coprod_data.models import (
    Policy,
    PolicyActivity,
    PolicyBoard,
    PolicyDone,
    PolicyPart,
    PolicyVersion,
)
from coprod_data.permissions import Actor, NotFound, Permission, Refused
from coprod_data.scopes.policies import awaits_chair, easy_is_stale, unsettled_of
from coprod_data.vocabulary.policies import ActivityKind, PolicyStep

NOT_YOURS = "Somebody else leads this policy. Ask them, or the Youth Voice Team."
FROZEN = "This version is signed off, so it stays as it is. A review begins the next one."
WAITS = "This version waits for the chair to confirm its sign-off, so nobody can change it."
REPLACED = "There is a newer version now. Reload the page and change that one."
NO_VERSION = "There is no version of this policy yet. Start the first."


def policy_of(db: Session, actor: Actor, policy_id: int) -> Policy:
    """Return a policy to change, locked. Raises NotFound, NotAllowed."""
    policy = locked(db, Policy, policy_id, "policy")
    if not actor.may(Permission.POLICIES_WRITE) and policy.owner_id != actor.person_id:
        raise actor.refusal(Permission.POLICIES_WRITE, NOT_YOURS)
    return policy


def open_version(db: Session, actor: Actor, version_id: int) -> tuple[Policy, PolicyVersion]:
    """Return a version that can change, with its policy, locked. Raises NotFound, NotAllowed, and
    Refused for one that was replaced, is frozen or waits for the chair.
    """
    version = db.get(PolicyVersion, version_id)
    if version is None:
        raise NotFound("We could not find that version. Reload the page.")
    policy = policy_of(db, actor, version.policy_id)
    db.refresh(version)
    if version.signed_at is not None:
        raise Refused(FROZEN)
    if newest_version(db, policy).id != version.id:
        raise Refused(REPLACED)
    if db.scalar(sa.select(PolicyBoard.id).where(awaits_chair(version.id))) is not None:
        raise Refused(WAITS)
    return policy, version


def newest_version(db: Session, policy: Policy) -> PolicyVersion:
    """Return the newest version of a policy. Raises Refused where there is none."""
    version = db.scalar(
        sa.select(PolicyVersion)
        .where(PolicyVersion.policy_id == policy.id)
        .order_by(PolicyVersion.number.desc())
        .limit(1)
    )
    if version is None:
        raise Refused(NO_VERSION)
    return version


def parts_of(db: Session, version: PolicyVersion) -> Sequence[PolicyPart]:
    """Return the parts of a version in their order."""
    mine = PolicyPart.version_id == version.id
    return db.scalars(sa.select(PolicyPart).where(mine).order_by(PolicyPart.place)).all()


def step_now(db: Session, policy: Policy) -> PolicyStep | None:
    """Return the step that comes next in the life of a policy, None where all were taken."""
    taken = set(
        db.scalars(
            sa.select(PolicyDone.step).where(
                PolicyDone.policy_id == policy.id, PolicyDone.lap == policy.lap
            )
        )
    )
    return next((step for step in PolicyStep if step not in taken), None)


def twin_fault(db: Session, version: PolicyVersion) -> str:
    """Return why a version has no whole easy-read twin; "" where it has one."""
    parts = parts_of(db, version)
    if not parts:
        return "This version has no text yet."
    stale = [one.heading for one in parts if easy_is_stale(one)]
    if stale:
        return f"Its easy words are missing or out of date: {', '.join(stale)}."
    if not version.easy_by:
        return "Say which young people wrote the easy words, by first name or group."
    return "" if version.easy_read_by else "Other people must read the easy words first. Say who."


def not_ready(db: Session, policy: Policy, step: PolicyStep) -> str:
    """Return what a step still needs before it is done; "" where it needs nothing."""
    match step:
        case PolicyStep.IDEA if not (policy.purpose and policy.audiences):
            return "Write first what the policy is for, and for whom."
        case PolicyStep.UNDERSTANDING if not _held(db, policy, ActivityKind.LEARNING):
            return "Record a learning session first: people learn before they are asked."
        case PolicyStep.DRAFTING if not parts_of(db, newest_version(db, policy)):
            return "Write the first part of this version first."
        case PolicyStep.CONSULTATION if not _held(db, policy, ActivityKind.ASKING):
            return "Record first how people were asked."
        case PolicyStep.REVISION if unsettled := db.scalar(unsettled_of(policy.id)):
            one = "1 comment has" if unsettled == 1 else f"{unsettled} comments have"
            return f"{one} no answer yet."
        case PolicyStep.EASY_READ:
            return twin_fault(db, newest_version(db, policy))
        case PolicyStep.BOARD_REVIEW if not _seen(db, newest_version(db, policy)):
            return "Record first who saw this version."
        case PolicyStep.SIGNED_OFF:
            return "Record who signed it off, below. That takes this step."
        case PolicyStep.PUBLISHED if not (
            policy.valid_from and policy.valid_to and policy.review_on
        ):
            return "Give the days from which and to which it is valid, and its review."
        case PolicyStep.PROMOTED if not _held(db, policy, ActivityKind.PROMOTION):
            return "Record first how people were told about it."
        case PolicyStep.LESSONS if not _held(db, policy, ActivityKind.LESSONS):
            return "Record first the session on what you learnt."
        case PolicyStep.IN_FORCE if not policy.what_changed:
            return "Say first what changed because of it, even if that is little so far."
        case _:
            return ""


def _held(db: Session, policy: Policy, kind: ActivityKind) -> bool:
    """Say whether activities of a kind were held; those to promote it must all have been."""
    days = db.scalars(
        sa.select(PolicyActivity.held_on).where(
            PolicyActivity.policy_id == policy.id, PolicyActivity.kind == kind
        )
    ).all()
    held = [day for day in days if day is not None]
    return bool(held) and (kind is not ActivityKind.PROMOTION or len(held) == len(days))


def _seen(db: Session, version: PolicyVersion) -> bool:
    seen = sa.exists().where(PolicyBoard.version_id == version.id)
    return bool(db.scalar(sa.select(seen)))
