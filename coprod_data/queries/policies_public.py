"""What the public reads of a policy, and what the writer of a comment reads of its answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    CardEntry,
    Policy,
    PolicyComment,
    PolicyDone,
    PolicyPart,
    PolicyVersion,
)
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.policy_dates import standing_of
from coprod_data.scopes.entries import own
from coprod_data.scopes.policies import easy_is_stale, public_version
from coprod_data.vocabulary.policies import Disposition, PolicyStanding, PolicyStep


@dataclass(frozen=True)
class PublicPart:
    """A part as the public reads it; without easy words while they are being written."""

    id: int
    heading: str
    text: str
    easy: str


@dataclass(frozen=True, kw_only=True)
class PublicPolicy:
    """The newest version of a policy that was put out. `takes_comments`: people may say what they
    think of it, by `comments_by` if a day is set. `used` is how many comments are in it.
    """

    id: int
    title: str
    purpose: str
    co_producers: str
    version: int
    easy_by: str
    parts: tuple[PublicPart, ...]
    takes_comments: bool
    comments_by: date | None
    what_changed: str
    used: int
    valid_to: date | None
    standing: PolicyStanding

    @property
    def has_easy(self) -> bool:
        """Say whether every part has its easy words."""
        return all(part.easy for part in self.parts)


@dataclass(frozen=True)
class CommentAnswer:
    """Which part of which policy a comment is about, and what became of it, if it is known."""

    policy: str
    heading: str
    disposition: Disposition | None
    changed: str


def public_policy(db: Session, actor: Actor, policy_id: int) -> PublicPolicy:
    """Return a policy as the public reads it. Raises NotFound for one that was never put out."""
    actor.must(Permission.POLICIES_READ_PUBLIC)
    row = db.execute(
        sa.select(Policy, PolicyVersion)
        .join(PolicyVersion, PolicyVersion.id == public_version(policy_id))
        .where(Policy.id == policy_id)
    ).one_or_none()
    if row is None:
        raise NotFound("We could not find that policy.")
    policy, version = row
    parts = db.scalars(
        sa.select(PolicyPart)
        .where(PolicyPart.version_id == version.id)
        .order_by(PolicyPart.place)
    )  # fmt: skip
    steps = sa.select(PolicyDone.step).where(
        PolicyDone.policy_id == policy.id, PolicyDone.lap == policy.lap
    )
    done = set(db.scalars(steps))
    used = db.scalar(
        sa.select(sa.func.count())
        .select_from(PolicyComment)
        .join(PolicyPart, PolicyPart.id == PolicyComment.part_id)
        .join(PolicyVersion, PolicyVersion.id == PolicyPart.version_id)
        .join(CardEntry, CardEntry.id == PolicyComment.entry_id)
        .where(
            PolicyVersion.policy_id == policy.id,
            PolicyComment.disposition.in_((Disposition.USED, Disposition.PARTLY)),
            CardEntry.withdrawn_at.is_(None),
        )
    )
    return PublicPolicy(
        id=policy.id,
        title=policy.title,
        purpose=policy.purpose,
        co_producers=policy.co_producers,
        version=version.number,
        easy_by=version.easy_by,
        parts=tuple(
            PublicPart(one.id, one.heading, one.text, "" if easy_is_stale(one) else one.easy)
            for one in parts
        ),
        takes_comments=version.signed_at is None,
        comments_by=policy.next_by if PolicyStep.CONSULTATION not in done else None,
        what_changed=policy.what_changed if version.signed_at else "",
        used=used or 0,
        valid_to=policy.valid_to,
        standing=standing_of(
            policy.valid_to, policy.review_on, london_day(actor.at),
            in_force=PolicyStep.IN_FORCE in done,
        ),
    )  # fmt: skip


def comment_answers(
    db: Session, actor: Actor, entry_ids: Iterable[int]
) -> dict[int, CommentAnswer]:
    """Return what became of the actor's own comments on policies, by entry."""
    actor.must(Permission.ENTRIES_OWN)
    one = PolicyComment
    rows = db.execute(
        sa.select(one.entry_id, Policy.title, PolicyPart.heading, one.disposition, one.changed)
        .join(CardEntry, CardEntry.id == one.entry_id)
        .join(PolicyPart, PolicyPart.id == one.part_id)
        .join(PolicyVersion, PolicyVersion.id == PolicyPart.version_id)
        .join(Policy, Policy.id == PolicyVersion.policy_id)
        .where(one.entry_id.in_(list(entry_ids)), own(actor))
    )
    return {
        number: CommentAnswer(title, heading, disposition, changed)
        for number, title, heading, disposition, changed in rows
    }
