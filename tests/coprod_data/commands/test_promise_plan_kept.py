"""Whatever is adopted, moved and undone, no live action is lost from the plan."""

import random
from contextlib import suppress

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions import propose_action, update_action
from coprod_data.commands.actions_changes import change_action, decide_change, propose_change
from coprod_data.commands.actions_stopping import drop_action, hold_action, take_up_action
from coprod_data.commands.actions_undo import undo_last_step
from coprod_data.commands.promise import add_commitment
from coprod_data.commands.promise_adopting import adopt_promise
from coprod_data.commands.promise_changes import (
    copy_promise,
    decide_home,
    set_successors,
)
from coprod_data.commands.promise_order import (
    move_commitment,
    remove_commitment,
)
from coprod_data.models import (
    Action,
    Person,
    PromiseCommitment,
    PromiseHome,
    PromiseVersion,
    Service,
)
from coprod_data.permissions import (
    Actor,
    NotAllowed,
    Refused,
    Role,
)
from coprod_data.queries.actions_progress import progress_by_theme
from coprod_data.scopes.promise import version_in_force
from coprod_data.scopes.promise_homes import homes_in
from coprod_data.vocabulary.actions import Rag, Stage, WorkedOnBy
from coprod_data.vocabulary.promise import HomeKind
from tests.helpers.builders import (
    a_person,
    a_promise,
    a_service,
    acting,
    unrecorded,
)
from tests.helpers.plans import shown, under
from tests.helpers.wordings import heir, homeless_in_the_plan, lines

BOARD = "The Corporate Parenting Board"


@pytest.fixture
def owner(db: Session) -> Person:
    return a_person(db, Role.MANAGER)


@pytest.fixture
def service(db: Session) -> Service:
    return a_service(db)


@pytest.mark.parametrize("seed", range(3))
def test_every_live_action_is_under_one_commitment_in_force_or_was_ended_by_a_decision(
    db: Session, seed: int, worker: Actor, chair: Actor, owner: Person, service: Service
):
    dice = random.Random(seed)  # noqa: S311
    mine = acting(owner, Role.MANAGER)
    themes = a_promise(db)
    for _ in range(8):
        action = under(db, dice.choice(themes), owner, service=service)
        if dice.random() < 0.5:
            shown(db, action)
    for round_ in range(3):
        draft = copy_promise(db, worker, title=f"Wording {round_}")
        for _ in range(6):
            _change_something(db, dice, worker, draft)
        for _ in range(3):
            _touch_an_action(db, dice, mine, chair, service)
        try:
            adopt_promise(db, chair, draft, adopted_by=BOARD)
        except Refused:
            assert db.scalar(sa.select(version_in_force())) != draft
        else:
            _decided_as_said(db, draft)
        assert homeless_in_the_plan(db) == [], f"seed {seed}, wording {round_}"
        _decide_what_is_left(db, dice, worker, draft)
        if db.get_one(PromiseVersion, draft).adopted_at is None:
            adopt_promise(db, chair, draft, adopted_by=BOARD)
            _decided_as_said(db, draft)
        _undo_all_of_it(db, mine, chair)
        assert homeless_in_the_plan(db) == [], f"seed {seed}, wording {round_}"
        plan = [c.live for theme in progress_by_theme(db, chair) for c in theme.commitments]
        counted = sa.select(sa.func.count(Action.id)).where(
            Action.stage.not_in((Stage.DROPPED, Stage.PROPOSED)), Action.ended_with_id.is_(None)
        )
        assert sum(plan) == db.scalar(counted)


def test_a_commitment_goes_on_in_two_themes_of_four_hundred_lines(
    db: Session, worker: Actor, chair: Actor, owner: Person, service: Service
):
    first, second, *_ = a_promise(db)
    moved, stays = (under(db, first, owner, service=service) for _ in range(2))
    many = [
        PromiseCommitment(
            theme_id=second.id, position=1_000_000 + n, reference=f"L{n}", wording="A line."
        )
        for n in range(400)
    ]
    with unrecorded(db):
        db.add_all(many)
        db.flush()
    draft = copy_promise(db, worker, title="The next one")
    there = lines(db, draft)
    mine, far = there[0], there[-1]
    assert mine.theme_id != far.theme_id
    set_successors(db, worker, draft, moved.commitment_id, [mine.id, far.id])
    with pytest.raises(Refused, match="2 actions have no home"):
        adopt_promise(db, chair, draft, adopted_by=BOARD)
    for action, line in ((moved, far), (stays, mine)):
        decide_home(db, worker, draft, action.id, kind=HomeKind.MOVE, commitment_id=line.id)

    adopt_promise(db, chair, draft, adopted_by=BOARD)

    rows = [one for theme in progress_by_theme(db, chair) for one in theme.commitments]
    assert len(rows) >= 400
    assert {one.id: one.live for one in rows if one.live} == {mine.id: 1, far.id: 1}
    assert homeless_in_the_plan(db) == []


def test_a_change_that_waits_follows_its_action(
    db: Session, worker: Actor, chair: Actor, owner: Person, service: Service
):
    homes, _, _ = a_promise(db)
    action = under(db, homes, owner, service=service)
    change = propose_change(
        db, acting(owner, Role.MANAGER), action.id,
        commitment_id=action.commitment_id, title=action.title, will_see="You see it.",
        due_on=action.due_on, reason="Plainer words.",
    )  # fmt: skip
    draft = copy_promise(db, worker, title="New")
    home = heir(db, draft, action.commitment_id)
    adopt_promise(db, chair, draft, adopted_by=BOARD)

    decide_change(db, chair, change, agreed=True)

    assert (action.commitment_id, action.will_see) == (home, "You see it.")


def _change_something(db: Session, dice: random.Random, worker: Actor, draft: int) -> None:
    there = lines(db, draft)
    old = lines(db, db.scalar(sa.select(version_in_force())) or 0)
    step = dice.randrange(5)
    if step == 0 and len(there) > 2:
        remove_commitment(db, worker, dice.choice(there).id)
    elif step == 1:
        theme = dice.choice(there).theme_id
        add_commitment(
            db, worker, theme, reference=f"N{dice.random():.9f}", wording="New.", easy_wording=""
        )
    elif step == 2:
        some = dice.sample(there, dice.randrange(min(3, len(there)) + 1))
        set_successors(db, worker, draft, dice.choice(old).id, [one.id for one in some])
    elif step == 3:
        move_commitment(db, worker, dice.choice(there).id, by=dice.choice((-1, 1)))
    else:
        _decide(db, dice, worker, draft, dice.choice(list(db.scalars(sa.select(Action)))))


def _decide(db: Session, dice: random.Random, worker: Actor, draft: int, action: Action) -> None:
    kind = dice.choice(list(HomeKind))
    home = dice.choice(lines(db, draft)).id
    try:
        decide_home(
            db, worker, draft, action.id, kind=kind, commitment_id=home, reason="The Board said so."
        )
    except Refused:
        return


def _touch_an_action(
    db: Session, dice: random.Random, owner: Actor, chair: Actor, service: Service
) -> None:
    now = lines(db, db.scalar(sa.select(version_in_force())) or 0)
    action = dice.choice(list(db.scalars(sa.select(Action))))
    try:
        match dice.randrange(6):
            case 0:
                update_action(
                    db, owner, action.id, stage=Stage.IN_PROGRESS, rag=Rag.GREEN, text="It moves."
                )
            case 1:
                undo_last_step(db, owner, action.id)
            case 2:
                change_action(
                    db, chair, action.id, commitment_id=dice.choice(now).id, title=action.title,
                    will_see=action.will_see, due_on=None, reason="It belongs there.",
                )  # fmt: skip
            case 3:
                stop = dice.choice((hold_action, hold_action, drop_action))
                stop(db, chair, action.id, reason="There is no money this year.")
            case 4:
                take_up_action(db, chair, action.id, reason="There is money again.")
            case _:
                propose_action(
                    db, owner, commitment_id=dice.choice(now).id, title="One more",
                    will_see="You see it.", owner_id=owner.id, service_id=service.id,
                    worked_on_by=WorkedOnBy.JOINTLY,
                )  # fmt: skip
    except Refused:
        return


def _undo_all_of_it(db: Session, *actors: Actor) -> None:
    """Undo whatever can be undone, what the adoption itself did among it."""
    for action in db.scalars(sa.select(Action)).all():
        for actor in actors:
            with suppress(Refused, NotAllowed):
                undo_last_step(db, actor, action.id)


def _decide_what_is_left(db: Session, dice: random.Random, worker: Actor, draft: int) -> None:
    if db.get_one(PromiseVersion, draft).adopted_at is not None:
        return
    for action_id, _, how, _ in db.execute(homes_in(draft)).all():
        if how is None:
            home = dice.choice(lines(db, draft)).id
            decide_home(db, worker, draft, action_id, kind=HomeKind.MOVE, commitment_id=home)


def _decided_as_said(db: Session, draft: int) -> None:
    for home in db.scalars(sa.select(PromiseHome).where(PromiseHome.version_id == draft)):
        action = db.get_one(Action, home.action_id)
        if home.kind is HomeKind.MOVE and action.stage is not Stage.DROPPED:
            assert action.commitment_id == home.commitment_id
