"""A policy through its commands: as far as a test needs it."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_comments import send_comment
from coprod_data.commands.policies import PolicyTyped, add_policy, change_policy, take_step
from coprod_data.commands.policies_asking import ActivityTyped, add_activity
from coprod_data.commands.policies_boards import SeenTyped, show_to_board, sign_off
from coprod_data.commands.policies_text import (
    PartTyped,
    credit_easy,
    put_out_version,
    start_version,
    write_easy,
    write_part,
)
from coprod_data.models import Policy, PolicyPart, PolicyVersion
from coprod_data.permissions import Actor
from coprod_data.vocabulary.policies import ActivityKind, PolicyChannel, PolicyStep, PresentKind
from tests.helpers.builders import TODAY, the_public
from tests.helpers.entries_read import the_code

ASKED = ActivityTyped(
    title="A stand", kind=ActivityKind.ASKING, channel=PolicyChannel.STAND, held_on=TODAY,
    question="What must be in it?", heard="Say it plainly.", reached=2400, replies=24,
)  # fmt: skip
SEEN = SeenTyped(
    body="SEND Delivery Board", seen_on=TODAY,
    present=frozenset({PresentKind.PARENTS, PresentKind.HEALTH}), said="Go on.",
)  # fmt: skip
EASY = "We ask you first. You say how you join in."


def a_policy(db: Session, lead: Actor, **fields: Any) -> tuple[int, PolicyTyped]:
    """Return its number, and what was typed."""
    said = {"title": "Taking part", "owner_id": lead.id, "purpose": "Say how.", "audiences": "All"}
    typed = PolicyTyped(**{**said, **fields})
    return add_policy(db, lead, typed), typed


def a_version(db: Session, lead: Actor, policy_id: int) -> tuple[int, int]:
    """Return the numbers of a version with one part, and of that part."""
    version = start_version(db, lead, policy_id, written_by="Officers")
    part = PartTyped(heading="Before we start", text="We agree how people are involved first.")
    return version, write_part(db, lead, version, part)


def a_twin(db: Session, lead: Actor, version_id: int) -> None:
    """Write the easy words of every part, and say who wrote and who read them."""
    parts = sa.select(PolicyPart.id).where(PolicyPart.version_id == version_id)
    for part in db.scalars(parts).all():
        write_easy(db, lead, part, easy=EASY)
    credit_easy(db, lead, version_id, easy_by="Westmarch Voices", easy_read_by="Young Inspectors")


def until(db: Session, lead: Actor, policy_id: int, step: PolicyStep) -> int:
    """Take every step before this one as it should be. Returns the number of the version."""
    kinds = {
        PolicyStep.UNDERSTANDING: ActivityKind.LEARNING,
        PolicyStep.CONSULTATION: ActivityKind.ASKING,
        PolicyStep.PROMOTED: ActivityKind.PROMOTION,
        PolicyStep.LESSONS: ActivityKind.LESSONS,
    }
    version = 0
    for one in list(PolicyStep)[: step.place]:
        if one in kinds and one is not PolicyStep.PROMOTED:
            typed = ActivityTyped(**{**vars(ASKED), "kind": kinds[one]})
            add_activity(db, lead, policy_id, typed)
        why = "Nobody to tell." if one is PolicyStep.PROMOTED else ""
        match one:
            case PolicyStep.DRAFTING:
                version, _ = a_version(db, lead, policy_id)
            case PolicyStep.CONSULTATION:
                put_out_version(db, lead, version)
            case PolicyStep.EASY_READ:
                a_twin(db, lead, version)
            case PolicyStep.BOARD_REVIEW:
                show_to_board(db, lead, version, SEEN)
            case PolicyStep.SIGNED_OFF:
                sign_off(db, lead, version, SEEN, ours=False)
                continue
            case PolicyStep.PUBLISHED | PolicyStep.IN_FORCE:
                _dated(db, lead, policy_id)
        take_step(db, lead, policy_id, one, why_skipped=why)
    return version


def _dated(db: Session, lead: Actor, policy_id: int) -> None:
    kept = db.get_one(Policy, policy_id)
    names = PolicyTyped.__dataclass_fields__
    said: dict[str, Any] = {name: getattr(kept, name) for name in names}
    said |= {"valid_from": TODAY, "valid_to": TODAY, "review_on": TODAY, "what_changed": "Much."}
    change_policy(db, lead, policy_id, PolicyTyped(**said))


def a_comment(
    db: Session, version_id: int, text: str = "Put it on video too.", key: str = "a-policy-form"
) -> str:
    """Send a comment on the first part of a version as the public does. Returns its code."""
    part = db.scalar(sa.select(PolicyPart.id).where(PolicyPart.version_id == version_id))
    assert part is not None
    code = the_code(db, key)
    said, _ = send_comment(db, the_public(), part, text=text, form_id=key, code=code)
    return said


def newest(db: Session, policy_id: int) -> PolicyVersion:
    """Return the newest version of a policy."""
    return db.scalars(
        sa.select(PolicyVersion)
        .where(PolicyVersion.policy_id == policy_id)
        .order_by(PolicyVersion.number.desc())
    ).first() or PolicyVersion(policy_id=0, number=0, made_on=TODAY)
