"""How people were asked about policies, what they said of each part, and which bodies saw them.

The same family gets a letter and an article. So no number of one activity is added to another's.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    Action,
    CardEntry,
    Person,
    Policy,
    PolicyActivity,
    PolicyBoard,
    PolicyComment,
    PolicyCommitment,
    PolicyPart,
    PolicyVersion,
    PromiseCommitment,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.small_numbers import per_hundred, shown
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.policies import (
    ActivityKind,
    Disposition,
    PolicyChannel,
    PresentKind,
    Worked,
)


@dataclass(frozen=True, kw_only=True)
class ActivityRow:
    """An activity. `counted` are its replies as they are kept; `replies` None for fewer than five,
    and `few` says that it is so. `rate` is how many replied of each hundred, None where that is not
    known or the base is small.
    """

    id: int
    policy_id: int
    policy: str
    kind: ActivityKind
    channel: PolicyChannel
    title: str
    held_on: date | None
    audience: str
    question: str
    heard: str
    reached: int | None
    counted: int | None = field(repr=False)
    worked: Worked
    source: str

    @property
    def replies(self) -> int | None:
        """How many replied, if it may be shown."""
        return None if self.counted is None else shown(self.counted)

    @property
    def few(self) -> bool:
        """Say whether fewer than five replied."""
        return self.counted is not None and self.replies is None

    @property
    def rate(self) -> int | None:
        """How many replied of each hundred."""
        return per_hundred(self.replies, self.reached)


@dataclass(frozen=True)
class ChannelRow:
    """A way of asking, how often it was used, and how often it worked well."""

    channel: PolicyChannel
    times: tuple[ActivityRow, ...]

    @property
    def well(self) -> int:
        """How often it worked well."""
        return sum(one.worked is Worked.WELL for one in self.times)


@dataclass(frozen=True)
class BoardRow:
    """A body that saw a version, or signed it off; `waits` for the chair to confirm that."""

    id: int
    version: int
    body: str
    seen_on: date
    said: str
    signs: bool
    ours: bool
    present: tuple[PresentKind, ...]
    recorded_by: str
    confirmed_by: str

    @property
    def waits(self) -> bool:
        """Say whether the chair has to confirm it."""
        return self.signs and self.ours and not self.confirmed_by

    @property
    def signed(self) -> bool:
        """Say whether it is a sign-off that counts."""
        return self.signs and not self.waits


@dataclass(frozen=True)
class PromisedRow:
    """What a policy commits to, under which commitment, and the action that sign-off made."""

    id: int
    wording: str
    will_see: str
    reference: str
    action_id: int | None
    stage: Stage | None
    owned: bool


@dataclass(frozen=True)
class CommentRow:
    """A comment without its words: which part of which version, and what became of it."""

    version: int
    heading: str
    disposition: Disposition
    changed: str


@dataclass(frozen=True)
class Comments:
    """How many comments there are, what became of them, and what changed because of each."""

    count: int
    by: Counter[Disposition]
    changed: tuple[CommentRow, ...]

    @property
    def unsettled(self) -> int:
        """How many have no answer yet."""
        return self.count - self.by.total()


def activities(db: Session, actor: Actor, policy_id: int | None = None) -> list[ActivityRow]:
    """Return the activities of a policy, or of all, by their day; those planned last."""
    actor.must(Permission.POLICIES_READ)
    which = sa.true() if policy_id is None else PolicyActivity.policy_id == policy_id
    one = PolicyActivity
    rows = db.execute(
        sa.select(one, Policy.title)
        .join(Policy, Policy.id == one.policy_id)
        .where(which)
        .order_by(Policy.title, one.held_on.is_(None), one.held_on, one.id)
    )
    names = (
        "id", "policy_id", "kind", "channel", "title", "held_on", "audience",
        "question", "heard", "reached", "worked", "source",
    )  # fmt: skip
    return [
        ActivityRow(
            **{name: getattr(row, name) for name in names}, policy=title, counted=row.replies
        )
        for row, title in rows
    ]


def what_worked(db: Session, actor: Actor) -> list[ChannelRow]:
    """Return each way of asking, across policies, that was judged; the one that worked best
    first.
    """
    actor.must(Permission.POLICIES_READ)
    times: defaultdict[PolicyChannel, list[ActivityRow]] = defaultdict(list)
    for row in activities(db, actor):
        told = row.worked is not Worked.UNKNOWN or row.reached is not None
        if row.kind is ActivityKind.ASKING and row.held_on is not None and told:
            times[row.channel].append(row)
    found = [ChannelRow(channel, tuple(rows)) for channel, rows in times.items()]
    return sorted(found, key=lambda one: (-one.well / len(one.times), one.channel.words))


def boards(db: Session, actor: Actor, policy_id: int) -> list[BoardRow]:
    """Return which bodies saw which version of a policy, the newest first."""
    actor.must(Permission.POLICIES_READ)
    recorder, chair = aliased(Person), aliased(Person)
    rows = db.execute(
        sa.select(PolicyBoard, PolicyVersion.number, recorder.name, chair.name)
        .join(PolicyVersion, PolicyVersion.id == PolicyBoard.version_id)
        .join(recorder, recorder.id == PolicyBoard.recorded_by_id)
        .outerjoin(chair, chair.id == PolicyBoard.confirmed_by_id)
        .where(PolicyVersion.policy_id == policy_id)
        .order_by(PolicyBoard.seen_on.desc(), PolicyBoard.id.desc())
    )
    return [
        BoardRow(
            one.id, number, one.body, one.seen_on, one.said, one.signs, one.ours,
            tuple(kind for kind in PresentKind if getattr(one, kind.value)), by, confirmed or "",
        )
        for one, number, by, confirmed in rows
    ]  # fmt: skip


def promised(db: Session, actor: Actor, policy_id: int) -> list[PromisedRow]:
    """Return what a policy commits to, in the order in which it was written down."""
    actor.must(Permission.POLICIES_READ)
    one = PolicyCommitment
    rows = db.execute(
        sa.select(one, PromiseCommitment.reference, Action.stage, Action.owner_id)
        .join(PromiseCommitment, PromiseCommitment.id == one.commitment_id)
        .outerjoin(Action, Action.id == one.action_id)
        .where(one.policy_id == policy_id)
        .order_by(one.id)
    )
    return [
        PromisedRow(
            row.id, row.wording, row.will_see, reference, row.action_id, stage, owner is not None
        )
        for row, reference, stage, owner in rows
    ]


def comments(db: Session, actor: Actor, policy_id: int) -> Comments:
    """Return what became of the comments on a policy, without a word of any. One that was taken
    back is in no number.
    """
    actor.must(Permission.POLICIES_READ)
    one = PolicyComment
    rows = db.execute(
        sa.select(PolicyVersion.number, PolicyPart.heading, one.disposition, one.changed)
        .join(PolicyPart, PolicyPart.id == one.part_id)
        .join(PolicyVersion, PolicyVersion.id == PolicyPart.version_id)
        .join(CardEntry, CardEntry.id == one.entry_id)
        .where(PolicyVersion.policy_id == policy_id, CardEntry.withdrawn_at.is_(None))
        .order_by(one.settled_at.desc(), one.entry_id.desc())
    ).all()
    return Comments(
        len(rows),
        Counter(row.disposition for row in rows if row.disposition),
        tuple(
            CommentRow(number, heading, disposition, changed)
            for number, heading, disposition, changed in rows
            if disposition and changed
        ),
    )
