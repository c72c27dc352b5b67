"""Which body saw a version of a policy, who signed it off, and what that begins."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.policies_rules import open_version, policy_of, step_now, twin_fault
from coprod_data.commands.rows import kept, locked, must_be_promised, plan_in_turn
from coprod_data.models import (
    Action,
    Policy,
    PolicyActivity,
    PolicyBoard,
    PolicyCommitment,
    PolicyDone,
    PolicyVersion,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, Permission, Refused
from coprod_data.rules.clocks import london_day
from coprod_data.rules.texts import optional_text, required_line, required_text
from coprod_data.scopes.one_person import same_person
from coprod_data.vocabulary.actions import WorkedOnBy
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.policies import ActivityKind, PolicyChannel, PolicyStep, PresentKind

TOO_EARLY = "Take the steps before sign-off first, or skip them with a reason."
TEXT_CHANGED = "The text changed after you opened this page. Read it again, then record it."
PROMOTION = (
    ("Tell everybody who commented", PolicyChannel.LETTER),
    ("Put both texts on the Local Offer", PolicyChannel.LOCAL_OFFER),
    ("Tell services and schools what they must do", PolicyChannel.ARTICLE),
)


@dataclass(frozen=True, kw_only=True)
class SeenTyped:
    """What a form says of a body that saw a version, and who was there."""

    body: str
    seen_on: date
    present: frozenset[PresentKind] = frozenset()
    said: str = ""


def promise_of_policy(
    db: Session, actor: Actor, policy_id: int, *, wording: str, will_see: str, commitment_id: int
) -> int:
    """Write down what a policy commits to, and under which commitment of The Promise. Sign-off
    makes a proposed action of it. Returns its id. Raises NotFound, NotAllowed, Refused, Invalid.
    """
    actor.must(Permission.POLICIES_WRITE, Permission.POLICIES_OWN)
    policy = policy_of(db, actor, policy_id)
    _must_be_unsigned(db, policy)
    must_be_promised(db, commitment_id)
    row = PolicyCommitment(
        policy_id=policy.id,
        wording=required_line(wording, "wording", "Say what the policy commits to.", 240),
        will_see=required_text(will_see, "will_see", "Say what people will see when it is kept."),
        commitment_id=commitment_id,
    )
    db.add(row)
    record(db, actor, EventKind.POLICY_ASKED, policy)
    return row.id


def drop_promise(db: Session, actor: Actor, promise_id: int) -> None:
    """Take out what a policy commits to, before sign-off. Raises NotFound, NotAllowed, Refused."""
    actor.must(Permission.POLICIES_WRITE, Permission.POLICIES_OWN)
    row = locked(db, PolicyCommitment, promise_id, "commitment")
    policy = policy_of(db, actor, row.policy_id)
    _must_be_unsigned(db, policy)
    db.delete(row)
    record(db, actor, EventKind.POLICY_ASKED, policy)


def show_to_board(db: Session, actor: Actor, version_id: int, typed: SeenTyped) -> int:
    """Record that a body saw a version. Returns its id. Raises NotFound, NotAllowed, Refused,
    Invalid.
    """
    actor.must(Permission.POLICIES_WRITE, Permission.POLICIES_OWN)
    policy, version = open_version(db, actor, version_id)
    row = _board(actor, version, typed)
    db.add(row)
    record(db, actor, EventKind.POLICY_SEEN, policy)
    return row.id


def sign_off(
    db: Session,
    actor: Actor,
    version_id: int,
    typed: SeenTyped,
    *,
    ours: bool,
    revision: int | None = None,
) -> int:
    """Record that a body signed a version off; where it is this Board, for the chair to confirm.

    Only the newest version, with its whole easy-read twin that others read, once every step before
    was taken. `revision` is the one that the form showed. Signed off, the version is frozen, what
    the policy commits to becomes proposed actions without an owner, and the ways to tell people
    about it are planned. Returns its id. Raises NotFound, Refused, Invalid.
    """
    actor.must(Permission.POLICIES_WRITE)
    policy, version = open_version(db, actor, version_id)
    if revision not in (None, version.revision):
        raise Refused(TEXT_CHANGED)
    if step_now(db, policy) is not PolicyStep.SIGNED_OFF:
        raise Refused(TOO_EARLY)
    if fault := twin_fault(db, version):
        raise Refused(fault)
    if not typed.present:
        raise Invalid("Say who was there, by kind.", field="present")
    row = _board(actor, version, typed)
    row.signs, row.ours = True, ours
    db.add(row)
    if not ours:
        _signed(db, actor, policy, version, row)
    record(db, actor, EventKind.POLICY_SEEN, policy)
    return row.id


def answer_sign_off(db: Session, actor: Actor, board_id: int, *, agreed: bool) -> None:
    """Confirm for this Board that it signed a version off, or say that it did not.

    Raises NotFound, Refused, and NotAllowed for whoever recorded it.
    """
    actor.must(Permission.POLICIES_CONFIRM)
    row = locked(db, PolicyBoard, board_id, "sign-off")
    version = db.get_one(PolicyVersion, row.version_id, with_for_update=True)
    policy = db.get_one(Policy, version.policy_id)
    if not (row.signs and row.ours) or row.confirmed_at is not None:
        raise Refused("This sign-off does not wait for the chair any more. Reload the page.")
    if same_person(db, actor.id, row.recorded_by_id):
        raise NotAllowed("You recorded this sign-off, so somebody else must confirm it.")
    if not agreed:
        row.signs = False
        record(db, actor, EventKind.POLICY_CONFIRMED, policy)
        return
    if fault := twin_fault(db, version):
        raise Refused(fault)
    row.confirmed_by_id, row.confirmed_at = actor.id, actor.at
    _signed(db, actor, policy, version, row)
    record(db, actor, EventKind.POLICY_CONFIRMED, policy)


def _signed(
    db: Session, actor: Actor, policy: Policy, version: PolicyVersion, row: PolicyBoard
) -> None:
    """Freeze a version, and begin what its sign-off begins."""
    version.signed_at, version.put_out_at = actor.at, version.put_out_at or actor.at
    policy.next_with, policy.next_by = "", None
    db.add(
        PolicyDone(
            policy_id=policy.id,
            lap=policy.lap,
            step=PolicyStep.SIGNED_OFF,
            done_on=row.seen_on,
        )
    )
    for title, channel in PROMOTION:
        db.add(
            PolicyActivity(
                policy_id=policy.id, kind=ActivityKind.PROMOTION, channel=channel, title=title
            )
        )
    plan_in_turn(db)
    for one in db.scalars(
        sa.select(PolicyCommitment).where(
            PolicyCommitment.policy_id == policy.id, PolicyCommitment.action_id.is_(None)
        )
    ).all():
        must_be_promised(db, one.commitment_id)
        action = Action(
            commitment_id=one.commitment_id,
            title=one.wording,
            will_see=one.will_see,
            owner_id=None,
            service_id=None,
            worked_on_by=WorkedOnBy.JOINTLY,
            proposed_at=actor.at,
            proposed_by_id=row.recorded_by_id,
            moved_at=actor.at,
        )
        one.action_id = kept(db, actor, EventKind.ACTION_PROPOSED, action)


def _board(actor: Actor, version: PolicyVersion, typed: SeenTyped) -> PolicyBoard:
    if typed.seen_on > london_day(actor.at):
        raise Invalid("Give a day that is not after today.", field="seen_on")
    present: dict[str, Any] = {one.value: one in typed.present for one in PresentKind}
    return PolicyBoard(
        version_id=version.id,
        body=required_line(typed.body, "body", "Say which body it was."),
        seen_on=typed.seen_on,
        said=optional_text(typed.said, "said"),
        recorded_by_id=actor.id,
        **present,
    )


def _must_be_unsigned(db: Session, policy: Policy) -> None:
    step = step_now(db, policy)
    if step is None or step.place > PolicyStep.SIGNED_OFF.place:
        raise Refused("This policy is signed off. What it commits to is in the action plan now.")
