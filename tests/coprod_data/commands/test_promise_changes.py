"""A new wording is adopted through what it changes: every action has one home, or an end."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions import update_action
from coprod_data.commands.actions_undo import undo_last_step
from coprod_data.commands.promise_adopting import adopt_promise
from coprod_data.commands.promise_changes import (
    copy_promise,
    decide_home,
    propose_successors,
    set_successors,
)
from coprod_data.commands.promise_drafts import change_commitment
from coprod_data.commands.promise_order import (
    move_commitment,
    move_theme,
    remove_commitment,
    remove_theme,
)
from coprod_data.commands.promise_pasted import write_promise
from coprod_data.models import (
    ActionUpdate,
    CommitmentSuccessor,
    Person,
    PromiseCommitment,
    PromiseHome,
    PromiseTheme,
    PromiseVersion,
    Service,
)
from coprod_data.permissions import (
    Actor,
    ChangedMeanwhile,
    Invalid,
    NotAllowed,
    NotFound,
    Refused,
    Role,
)
from coprod_data.queries.actions_progress import progress_by_theme
from coprod_data.queries.events_of import undoable
from coprod_data.queries.promise_changes import what_changes
from coprod_data.rules.pasted_promise import read_promise
from coprod_data.scopes.promise import lines_of
from coprod_data.scopes.promise_homes import homes_in
from coprod_data.vocabulary.actions import Rag, Stage
from coprod_data.vocabulary.promise import HomeKind, WordingChange
from tests.helpers.builders import (
    NOW,
    a_commitment,
    a_person,
    a_promise,
    a_service,
    acting,
    somebody,
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


def test_a_copy_carries_everything_on_and_nothing_leaves_the_plan(
    db: Session, worker: Actor, chair: Actor, owner: Person, service: Service
):
    homes, health, _ = a_promise(db)
    one, two = under(db, homes, owner, service=service), under(db, health, owner, service=service)
    draft = copy_promise(db, worker, title="The Promise 2027")
    change_commitment(
        db, worker, heir(db, draft, one.commitment_id),
        reference="1.1", wording="A home that is warm.", easy_wording="Warm.",
    )  # fmt: skip
    homes_to_be = [heir(db, draft, action.commitment_id) for action in (one, two)]

    adopt_promise(
        db, chair, draft, adopted_by=BOARD, written_with="Westmarch Voices",
        adopted_on=NOW.date() - timedelta(days=3),
    )  # fmt: skip

    assert [one.commitment_id, two.commitment_id] == homes_to_be
    version = db.get_one(PromiseVersion, draft)
    assert (version.adopted_on, version.written_with) == (
        NOW.date() - timedelta(days=3), "Westmarch Voices",
    )  # fmt: skip
    rows = [row for theme in progress_by_theme(db, chair) for row in theme.commitments]
    assert {row.id: row.live for row in rows if row.live} == dict.fromkeys(homes_to_be, 1)


def test_a_split_asks_for_a_home_and_the_press_says_how_many_are_left(
    db: Session, worker: Actor, chair: Actor, owner: Person, service: Service
):
    homes, health, _ = a_promise(db)
    moved, done, given_up = (under(db, homes, owner, service=service) for _ in range(3))
    shown(db, done)
    old = moved.commitment_id
    draft = copy_promise(db, worker, title="The Promise 2027")
    first = heir(db, draft, old)
    other_theme = heir(db, draft, lines(db, homes.version_id)[1].id)
    set_successors(db, worker, draft, old, [first, other_theme])  # in two themes

    with pytest.raises(Refused, match="3 actions have no home"):
        adopt_promise(db, chair, draft, adopted_by=BOARD)

    decide_home(db, worker, draft, moved.id, kind=HomeKind.MOVE, commitment_id=other_theme)
    decide_home(db, worker, draft, done.id, kind=HomeKind.FINISH)
    with pytest.raises(Refused, match="1 action has no home"):
        adopt_promise(db, chair, draft, adopted_by=BOARD)
    with pytest.raises(Invalid, match="milestone met"):
        decide_home(db, worker, draft, given_up.id, kind=HomeKind.FINISH)
    with pytest.raises(Invalid, match="Say why"):
        decide_home(db, worker, draft, given_up.id, kind=HomeKind.DROP, reason=" ")
    with pytest.raises(Invalid, match="Choose a commitment"):
        decide_home(db, worker, draft, given_up.id, kind=HomeKind.MOVE, commitment_id=old)
    decide_home(db, worker, draft, given_up.id, kind=HomeKind.DROP, reason="Nobody needs it now.")
    given_up.stage = Stage.VERIFIED  # signed by both sides, before it was decided or since
    with pytest.raises(Refused, match="have signed"):
        decide_home(db, worker, draft, given_up.id, kind=HomeKind.DROP, reason="It is over.")
    with pytest.raises(Refused, match="have signed"), db.begin_nested():
        adopt_promise(db, chair, draft, adopted_by=BOARD)
    given_up.stage = Stage.AGREED
    adopt_promise(db, chair, draft, adopted_by=BOARD)

    assert moved.commitment_id == other_theme
    assert (done.stage, done.ended_with_id) == (Stage.DONE, draft)
    assert given_up.stage is Stage.DROPPED
    [why] = db.scalars(sa.select(ActionUpdate.text).where(ActionUpdate.action_id == given_up.id))
    assert why == "Nobody needs it now."
    # Undone, it would be in the plan again, and under no commitment of it.
    assert undoable(db, chair, given_up.id) is None
    with pytest.raises(Refused, match="new wording is in force"):
        undo_last_step(db, chair, given_up.id)
    assert homeless_in_the_plan(db) == []
    counted = [c.live for theme in progress_by_theme(db, chair) for c in theme.commitments]
    assert sum(counted) == 1
    with pytest.raises(Refused, match="earlier version"):
        update_action(
            db, acting(owner, Role.MANAGER), done.id, stage=Stage.IN_PROGRESS, rag=Rag.GREEN,
            text="Again.",
        )  # fmt: skip


def test_it_is_adopted_once_as_it_was_shown_and_by_the_chair(
    db: Session, worker: Actor, chair: Actor, owner: Person, service: Service
):
    homes, _, _ = a_promise(db)
    action = under(db, homes, owner, service=service)
    draft = copy_promise(db, worker, title="Mine")
    other = copy_promise(db, worker, title="Another")
    seen = {
        "lines": [tuple(row) for row in db.execute(lines_of(draft))],
        "homes": [tuple(row) for row in db.execute(homes_in(draft))],
    }

    with pytest.raises(NotAllowed):
        adopt_promise(db, worker, draft, adopted_by=BOARD)
    decide_home(db, worker, draft, action.id, kind=HomeKind.DROP, reason="It is not needed.")
    one = lines(db, draft)[0]
    change_commitment(
        db, worker, one.id,
        reference=one.reference, wording=one.wording, easy_wording="What a child reads.",
    )  # fmt: skip
    with pytest.raises(ChangedMeanwhile) as changed:
        adopt_promise(db, chair, draft, adopted_by=BOARD, **seen)
    assert list(changed.value.now) == ["lines", "homes"]
    [reworded] = [
        row for row in what_changes(db, worker, draft).rows if row.kind is WordingChange.REWORDED
    ]
    assert reworded.new[0].easy_parts == (("What a child reads.", True),)
    with pytest.raises(Invalid, match="today or an earlier day"):
        adopt_promise(db, chair, draft, adopted_by=BOARD, adopted_on=NOW.date() + timedelta(days=1))
    adopt_promise(db, chair, draft, adopted_by=BOARD, **{**seen, **changed.value.now})
    for again in (chair, somebody(db, Role.CHAIR)):
        with pytest.raises(Refused, match="has been adopted"):
            adopt_promise(db, again, draft, adopted_by=BOARD)
    # What was drafted beside it carries the wording of before on: its actions have no home in it.
    set_aside = under(
        db, db.get_one(PromiseTheme, lines(db, draft)[0].theme_id), owner, service=service
    )
    with pytest.raises(Refused, match="1 action has no home"):
        adopt_promise(db, chair, other, adopted_by=BOARD)
    assert set_aside.commitment_id == lines(db, draft)[0].id


def test_two_people_decide_about_the_same_action_and_the_same_commitment(
    db: Session, worker: Actor, second: Actor, owner: Person, service: Service
):
    homes, _, _ = a_promise(db)
    action = under(db, homes, owner, service=service)
    draft = copy_promise(db, worker, title="New")
    first, two, three = (one.id for one in lines(db, draft))
    nothing = {"kind": None, "commitment_id": None, "reason": ""}

    decide_home(db, worker, draft, action.id, kind=HomeKind.MOVE, commitment_id=two, opened=nothing)
    with pytest.raises(ChangedMeanwhile):
        decide_home(db, second, draft, action.id, kind=HomeKind.DROP, reason="Old.", opened=nothing)
    set_successors(db, worker, draft, action.commitment_id, [first, two], opened=[first])
    set_successors(db, second, draft, action.commitment_id, [first, three], opened=[first])
    found = set(
        db.scalars(
            sa.select(CommitmentSuccessor.later_id).where(
                CommitmentSuccessor.earlier_id == action.commitment_id
            )
        )
    )
    assert found == {first, two, three}
    with pytest.raises(NotFound):
        set_successors(db, worker, draft, first, [two])
    with pytest.raises(NotFound):
        set_successors(db, worker, draft, action.commitment_id, [99_999])


def test_a_pasted_version_is_linked_by_words_and_by_number(db: Session, worker: Actor):
    homes, health, _ = a_promise(db)
    same, renumbered, gone = lines(db, homes.version_id)
    theme = read_promise(f"Homes\n{same.wording.upper()}\n\nOther\nSomething new.")

    draft = write_promise(db, worker, title="Pasted", themes=theme)

    [carried] = db.execute(
        sa.select(CommitmentSuccessor.earlier_id, PromiseCommitment.wording).join(
            PromiseCommitment, PromiseCommitment.id == CommitmentSuccessor.later_id
        )
    ).all()
    assert tuple(carried) == (same.id, same.wording.upper())
    number = next(one for one in lines(db, draft) if one.wording == "Something new.")
    change_commitment(
        db, worker, number.id,
        reference=renumbered.reference, wording=number.wording, easy_wording="",
    )  # fmt: skip
    assert propose_successors(db, worker, draft) == 1
    assert propose_successors(db, worker, draft) == 0
    assert heir(db, draft, renumbered.id) == number.id


def test_lines_are_moved_and_removed_while_it_is_a_draft(
    db: Session, worker: Actor, chair: Actor, owner: Person, service: Service
):
    homes, health, _ = a_promise(db)
    a_commitment(db, homes)
    action = under(db, homes, owner, service=service)
    draft = copy_promise(db, worker, title="New")
    one, two, three, four = lines(db, draft)
    first, second, rest = db.scalars(
        sa.select(PromiseTheme)
        .where(PromiseTheme.version_id == draft)
        .order_by(PromiseTheme.position)
    )

    move_commitment(db, worker, one.id, by=1)
    assert [line.id for line in lines(db, draft)] == [two.id, one.id, three.id, four.id]
    move_commitment(db, worker, one.id, by=1)  # on to the next theme
    assert (one.theme_id, [line.id for line in lines(db, draft)]) == (
        second.id, [two.id, one.id, three.id, four.id],
    )  # fmt: skip
    move_theme(db, worker, first.id, by=1)
    assert [line.id for line in lines(db, draft)] == [one.id, three.id, two.id, four.id]
    move_theme(db, worker, second.id, by=-1)  # the first stays where it is
    with pytest.raises(Refused, match="still has commitments"):
        remove_theme(db, worker, first.id)
    decide_home(db, worker, draft, action.id, kind=HomeKind.MOVE, commitment_id=two.id)
    remove_commitment(db, worker, two.id)
    remove_theme(db, worker, first.id)
    assert [line.id for line in lines(db, draft)] == [one.id, three.id, four.id]
    assert db.scalars(sa.select(PromiseHome.id)).all() == []
    for person in (somebody(db, Role.MANAGER), somebody(db, Role.YOUNG_PERSON)):
        with pytest.raises(NotAllowed):
            remove_commitment(db, person, one.id)
    adopt_promise(db, chair, draft, adopted_by=BOARD)  # the action moved with what was left of it
    for change in (move_commitment, move_theme):
        with pytest.raises(Refused, match="has been adopted"):
            change(db, worker, one.id if change is move_commitment else rest.id, by=1)
    with pytest.raises(Refused, match="has been adopted"):
        remove_commitment(db, worker, one.id)
