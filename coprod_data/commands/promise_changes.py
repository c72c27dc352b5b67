"""What a draft of The Promise changes: begun as a copy, its successors, and homes for actions."""

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.promise_homes_steps import is_shown, must_not_be_signed
from coprod_data.commands.promise_steps import draft_of
from coprod_data.commands.rows import changed_set, known, locked, must_be_as_opened
from coprod_data.models import (
    Action,
    CommitmentSuccessor,
    CommitmentTag,
    PromiseCommitment,
    PromiseHome,
    PromiseTheme,
    PromiseVersion,
)
from coprod_data.permissions import Actor, Invalid, NotFound, Permission, Refused
from coprod_data.rules.texts import required_line, required_text
from coprod_data.rules.wording_changes import same_words
from coprod_data.scopes.promise import version_in_force
from coprod_data.scopes.promise_homes import commitments_of, needs_home
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.promise import HomeKind

COPIED_THEME = ("position", "title", "young_title", "icon", "catch_all")
COPIED_COMMITMENT = ("position", "reference", "wording", "easy_wording")


def copy_promise(db: Session, actor: Actor, *, title: str) -> int:
    """Start a new wording as a copy of the one in force, each commitment carrying on its own, and
    the plan running on until its end.

    Returns the version's id. Raises Invalid, and Refused where no Promise is in force.
    """
    actor.must(Permission.PROMISE_DRAFT)
    title = required_line(title, "title", labelled("Give this version of The Promise a name."))
    old_id = db.scalar(sa.select(version_in_force()))
    if old_id is None:
        raise Refused(labelled("There is no Promise to copy yet. Write down the first one."))
    old_version = db.get_one(PromiseVersion, old_id)
    version = PromiseVersion(
        title=title, drafted_at=actor.at,
        plan_starts_on=old_version.plan_starts_on, plan_months=old_version.plan_months,
    )  # fmt: skip
    db.add(version)
    db.flush()
    themes: dict[int, PromiseTheme] = {}
    for old in db.scalars(sa.select(PromiseTheme).where(PromiseTheme.version_id == old_id)):
        themes[old.id] = PromiseTheme(
            version_id=version.id, **{name: getattr(old, name) for name in COPIED_THEME}
        )
    db.add_all(themes.values())
    db.flush()
    pairs = []
    for was in db.scalars(
        sa.select(PromiseCommitment).where(PromiseCommitment.theme_id.in_(themes))
    ):
        said = {name: getattr(was, name) for name in COPIED_COMMITMENT}
        pairs.append((was.id, PromiseCommitment(theme_id=themes[was.theme_id].id, **said)))
    db.add_all(copy for _, copy in pairs)
    db.flush()
    db.add_all(CommitmentSuccessor(earlier_id=was, later_id=copy.id) for was, copy in pairs)
    copies = {was: copy.id for was, copy in pairs}
    tagged = sa.select(CommitmentTag).where(CommitmentTag.commitment_id.in_(copies))
    db.add_all(
        CommitmentTag(commitment_id=copies[tag.commitment_id], code=tag.code)
        for tag in db.scalars(tagged).all()
    )
    record(db, actor, EventKind.PROMISE_DRAFTED, version)
    return version.id


def propose_successors(db: Session, actor: Actor, version_id: int) -> int:
    """Link each commitment in force that a draft does not carry on yet with the one there that has
    the same words, else the same number. Returns how many were linked. Raises NotFound, Refused.
    """
    actor.must(Permission.PROMISE_DRAFT)
    version = draft_of(db, version_id)
    new = _commitments(db, sa.literal(version.id))
    linked = sa.select(CommitmentSuccessor.earlier_id).where(
        CommitmentSuccessor.later_id.in_([one.id for one in new])
    )
    carried = set(db.scalars(linked))
    by_words = {same_words(one.wording): one for one in reversed(new)}
    by_number = {one.reference.casefold(): one for one in new}
    found = 0
    for old in _commitments(db, version_in_force()):
        later = by_words.get(same_words(old.wording)) or by_number.get(old.reference.casefold())
        if later is None or old.id in carried:
            continue
        db.add(CommitmentSuccessor(earlier_id=old.id, later_id=later.id))
        record(db, actor, EventKind.COMMITMENT_SUCCEEDED, later, earlier_id=old.id)
        found += 1
    return found


def set_successors(
    db: Session,
    actor: Actor,
    version_id: int,
    earlier_id: int,
    later_ids: Collection[int],
    *,
    opened: Collection[int] | None = None,
) -> None:
    """Say which commitments of a draft carry one in force on; none says that it is left out.

    They may be in several themes. `opened` are those that the form showed. Raises NotFound,
    Refused.
    """
    actor.must(Permission.PROMISE_DRAFT)
    version = draft_of(db, version_id)
    earlier = db.scalar(
        sa.select(PromiseCommitment.id).where(
            PromiseCommitment.id == earlier_id,
            PromiseCommitment.id.in_(commitments_of(db.scalar(sa.select(version_in_force())) or 0)),
        )
    )
    if earlier is None:
        raise NotFound("This commitment is not in force any more. Reload the page.")
    there = set(db.scalars(commitments_of(version.id)))
    now = {
        link.later_id: link
        for link in db.scalars(
            sa.select(CommitmentSuccessor).where(
                CommitmentSuccessor.earlier_id == earlier_id,
                CommitmentSuccessor.later_id.in_(there),
            )
        )
    }
    wanted = changed_set(now.keys(), opened, later_ids)
    if not wanted <= there:
        raise NotFound("A commitment you chose is not in this draft any more. Choose again.")
    for later_id in sorted(wanted - now.keys()):
        db.add(CommitmentSuccessor(earlier_id=earlier_id, later_id=later_id))
        later = db.get_one(PromiseCommitment, later_id)
        record(db, actor, EventKind.COMMITMENT_SUCCEEDED, later, earlier_id=earlier_id)
    for later_id in sorted(now.keys() - wanted):
        db.delete(now[later_id])
        later = db.get_one(PromiseCommitment, later_id)
        record(db, actor, EventKind.COMMITMENT_PARTED, later, earlier_id=earlier_id)


def decide_home(
    db: Session,
    actor: Actor,
    version_id: int,
    action_id: int,
    *,
    kind: HomeKind,
    commitment_id: int | None = None,
    reason: str = "",
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Decide where an action goes when a draft is adopted: to a commitment of the draft, or it is
    finished, done with evidence, or dropped with a reason. Until then nothing happens to it.

    Young people whose card it came from read the reason. `opened` holds the `kind`,
    `commitment_id` and `reason` that the form showed. Raises NotFound, Invalid, Refused,
    ChangedMeanwhile.
    """
    actor.must(Permission.PROMISE_DRAFT)
    version = draft_of(db, version_id)
    action = locked(db, Action, action_id, "action")
    if not db.scalar(sa.select(sa.exists().where(Action.id == action.id, needs_home()))):
        raise Refused("This action has ended already, so it needs no home.")
    said = ""
    if kind is not HomeKind.MOVE:
        commitment_id = None
    elif commitment_id not in set(db.scalars(commitments_of(version.id))):
        raise Invalid("Choose a commitment of the new version.", field="commitment")
    if kind is HomeKind.FINISH and (action.stage is Stage.PROPOSED or not is_shown(db, action.id)):
        raise Invalid(
            "Only an action with a milestone met, with evidence, can be finished. Record the "
            "milestone first, or move it.",
            field="kind",
        )
    if kind is HomeKind.DROP:
        must_not_be_signed(action)
        said = required_text(reason, "reason", "Say why, for the young people waiting for it.")
    typed: dict[str, Any] = {"kind": kind, "commitment_id": commitment_id, "reason": said}
    home = known(db, PromiseHome, version_id=version.id, action_id=action.id)
    now = {name: getattr(home, name, None if name != "reason" else "") for name in typed}
    must_be_as_opened(now, opened, typed)
    if home is None:
        home = PromiseHome(
            version_id=version.id, action_id=action.id, **typed,
            decided_at=actor.at, decided_by_id=actor.id,
        )  # fmt: skip
        db.add(home)
    elif now != typed:
        home.kind, home.commitment_id, home.reason = kind, commitment_id, said
        home.decided_at, home.decided_by_id = actor.at, actor.id
    record_if_changed(db, actor, EventKind.HOME_DECIDED, action)


def _commitments(
    db: Session, version_id: sa.ScalarSelect[int] | sa.BindParameter[int]
) -> list[PromiseCommitment]:
    return list(
        db.scalars(
            sa.select(PromiseCommitment)
            .join(PromiseTheme, PromiseTheme.id == PromiseCommitment.theme_id)
            .where(PromiseTheme.version_id == version_id)
            .order_by(PromiseTheme.position, PromiseCommitment.position)
        )
    )
