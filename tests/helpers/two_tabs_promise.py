"""Forms of a draft of The Promise, as two people have them open."""

import random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions_authors import say_who_agreed, say_who_works
from coprod_data.commands.actions_facts import say_partners_and_start
from coprod_data.commands.groups import add_group
from coprod_data.commands.promise_changes import copy_promise, decide_home, set_successors
from coprod_data.commands.promise_plan import plan_promise
from coprod_data.commands.promise_tags import tag_commitment
from coprod_data.models import (
    CommitmentSuccessor,
    CommitmentTag,
    PromiseAuthor,
    PromiseCommitment,
    PromiseHome,
    PromiseVersion,
)
from coprod_data.permissions import Actor, Role
from coprod_data.rules.frameworks import framework_items
from coprod_data.scopes.promise_homes import commitments_of
from coprod_data.vocabulary.actions import WorkedOnBy
from coprod_data.vocabulary.groups import GroupKind
from coprod_data.vocabulary.promise import HomeKind
from tests.helpers.builders import (
    TODAY,
    a_person,
    a_promise,
    a_service,
    acting,
    an_action,
    somebody,
)
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


def a_plan_that_runs(db: Session) -> Open:
    worker, _, version_id, _ = _a_draft(db)
    groups = [add_group(db, worker, name=f"Group {n}", kind=[*GroupKind][0]) for n in range(3)]

    def read() -> Values:
        row = db.get_one(PromiseVersion, version_id)
        wrote = sa.select(PromiseAuthor.group_id).filter_by(version_id=version_id)
        return {
            "starts_on": row.plan_starts_on, "months": row.plan_months,
            "written_by": row.written_by, "shown": row.written_shown,
            "group_ids": frozenset(db.scalars(wrote)),
        }  # fmt: skip

    def save(typed: Values, opened: Values) -> None:
        said = {"starts_on": TODAY, "written_by": WorkedOnBy.JOINTLY, "months": 12, "shown": "-"}
        said = {name: typed[name] or value for name, value in said.items()}
        plan_promise(
            db, worker, version_id, **said, group_ids=typed["group_ids"], opened=opened
        )  # fmt: skip

    def vary(chance: random.Random, name: str) -> Any:
        if name == "group_ids":
            return a_subset(chance, groups)
        return chance.randrange(1, 120) if name == "months" else word(chance, name)

    return Open(read, save, vary, ("months", "shown", "group_ids"), frozenset({"group_ids"}))


def who_works(db: Session) -> Open:
    _, line, _, _ = _a_draft(db)
    owner = a_person(db, Role.MANAGER)
    action = an_action(db, line, owner, a_service(db))

    def read() -> Values:
        return {"shown": action.together_shown, "worked_on_by": action.worked_on_by}

    def save(typed: Values, opened: Values) -> None:
        say_who_works(
            db, acting(owner, Role.MANAGER), action.id, worked_on_by=typed["worked_on_by"],
            shown=typed["shown"], opened=opened,
        )  # fmt: skip

    def vary(chance: random.Random, name: str) -> Any:
        if name == "shown":
            return word(chance, name)
        return chance.choice([WorkedOnBy.JOINTLY, WorkedOnBy.YOUNG_LED])

    return Open(read, save, vary, ("shown", "worked_on_by"))


def who_agreed(db: Session) -> Open:
    _, line, _, _ = _a_draft(db)
    owner = a_person(db, Role.MANAGER)
    action = an_action(db, line, owner, a_service(db))
    worker, kind = somebody(db, Role.YOUTH_VOICE), GroupKind.YOUNG_PEOPLE
    groups = [add_group(db, worker, name=name, kind=kind) for name in ("One", "Two")]

    def read() -> Values:
        return {"group_id": action.see_agreed_with_id, "will_see": action.will_see}

    def save(typed: Values, opened: Values) -> None:
        say_who_agreed(
            db, acting(owner, Role.MANAGER), action.id, group_id=typed["group_id"], opened=opened
        )

    return Open(read, save, lambda chance, _: chance.choice(groups), ("group_id",))


def partners_and_start(db: Session) -> Open:
    _, line, _, _ = _a_draft(db)
    owner = a_person(db, Role.MANAGER)
    action = an_action(db, line, owner, a_service(db))

    def read() -> Values:
        return {"partners": action.partners, "starts_on": action.starts_on}

    def save(typed: Values, opened: Values) -> None:
        say_partners_and_start(
            db, acting(owner, Role.MANAGER), action.id, partners=typed["partners"],
            starts_on=typed["starts_on"], opened=opened,
        )  # fmt: skip

    def vary(chance: random.Random, name: str) -> Any:
        return word(chance, name) if name == "partners" else chance.choice([TODAY, None])

    return Open(read, save, vary, ("partners", "starts_on"))
