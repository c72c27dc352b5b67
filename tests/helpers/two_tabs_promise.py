"""Forms of a draft of The Promise, as two people have them open."""

import random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.promise_changes import copy_promise, decide_home, set_successors
from coprod_data.commands.promise_tags import tag_commitment
from coprod_data.models import CommitmentSuccessor, CommitmentTag, PromiseCommitment, PromiseHome
from coprod_data.permissions import Actor, Role
from coprod_data.rules.frameworks import framework_items
from coprod_data.scopes.promise_homes import commitments_of
from coprod_data.vocabulary.promise import HomeKind
from tests.helpers.builders import a_person, a_promise, a_service, an_action, somebody
from tests.helpers.two_tabs import Open, Values, a_subset, word


def _a_draft(db: Session) -> tuple[Actor, PromiseCommitment, int, list[int]]:
    """Somebody who drafts, a commitment in force, and a copy with its commitments."""
    worker, theme = somebody(db, Role.YOUTH_VOICE), a_promise(db)[0]
    line = db.scalars(sa.select(PromiseCommitment).filter_by(theme_id=theme.id)).first()
    assert line
    version_id = copy_promise(db, worker, title="The next one")
    return worker, line, version_id, list(db.scalars(commitments_of(version_id)))


def some_successors(db: Session) -> Open:
    worker, line, version_id, there = _a_draft(db)

    def read() -> Values:
        later = CommitmentSuccessor.later_id
        links = sa.select(later).where(CommitmentSuccessor.earlier_id == line.id, later.in_(there))
        return {"later": frozenset(db.scalars(links))}

    def save(typed: Values, opened: Values) -> None:
        set_successors(db, worker, version_id, line.id, typed["later"], opened=opened["later"])

    return Open(
        read, save, lambda chance, _: a_subset(chance, there), ("later",), frozenset({"later"})
    )


def some_tags(db: Session) -> Open:
    worker, line, _, _ = _a_draft(db)
    codes = sorted(framework_items())[:5]

    def read() -> Values:
        tags = sa.select(CommitmentTag.code).filter_by(commitment_id=line.id)
        return {"codes": frozenset(db.scalars(tags))}

    def save(typed: Values, opened: Values) -> None:
        tag_commitment(db, worker, line.id, typed["codes"], opened=opened["codes"])

    return Open(
        read, save, lambda chance, _: a_subset(chance, codes), ("codes",), frozenset({"codes"})
    )


def a_home(db: Session) -> Open:
    worker, line, version_id, there = _a_draft(db)
    action = an_action(db, line, a_person(db, Role.MANAGER), a_service(db))
    names = ("kind", "commitment_id", "reason")

    def read() -> Values:
        row = db.scalars(
            sa.select(PromiseHome).filter_by(version_id=version_id, action_id=action.id)
        ).first()
        empty = {"kind": None, "commitment_id": None, "reason": ""}
        return {name: getattr(row, name) for name in names} if row else empty

    def vary(chance: random.Random, name: str) -> Any:
        match name:
            case "kind":
                return chance.choice([HomeKind.MOVE, HomeKind.DROP])
            case "commitment_id":
                return chance.choice(there)
            case _:
                return word(chance, name)

    def save(typed: Values, opened: Values) -> None:
        decide_home(
            db, worker, version_id, action.id, kind=typed["kind"] or HomeKind.MOVE,
            commitment_id=typed["commitment_id"], reason=typed["reason"], opened=opened,
        )  # fmt: skip

    return Open(read, save, vary, names)
