"""The Promise is kept, moving, stuck or not assessed by what its actions show, never by hand."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.actions import meet_milestone, update_action
from coprod_data.models import (
    CommitmentSuccessor,
    CoSignature,
    Milestone,
    OutcomeAction,
    Person,
    PromiseCommitment,
    PromiseTheme,
    Setting,
)
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.queries.actions_movement import SERIES, movement
from coprod_data.queries.actions_progress import ThemeKept, progress_by_theme, promise_kept
from coprod_data.store.database import Database
from coprod_data.vocabulary.actions import Face, Rag, Stage, ViewOf
from coprod_data.vocabulary.outcomes import Capacity, Side
from coprod_data.vocabulary.settings import SettingKey
from tests.helpers.builders import (
    NOW,
    a_commitment,
    a_person,
    a_promise,
    a_service,
    acting,
    add,
    an_action,
    an_opportunity,
    an_outcome,
    days_ago,
    somebody,
    the_public,
)
from tests.helpers.databases import statements
from tests.helpers.plans import shown, some_views, the_month_turns, under


def homes(db: Session, actor: Actor, **fields: Any) -> Any:
    return progress_by_theme(db, actor, **fields)[0].commitments[0]


@pytest.mark.parametrize(
    ("stages", "days", "state"),
    [
        ([], 0, "not_assessed"),
        ([Stage.PROPOSED, Stage.DROPPED], 5, "not_assessed"),
        ([Stage.VERIFIED, Stage.VERIFIED], 400, "kept"),
        ([Stage.VERIFIED, Stage.DROPPED, Stage.PROPOSED], 400, "kept"),
        ([Stage.DONE], 5, "moving"),
        ([Stage.VERIFIED, Stage.AGREED], 59, "moving"),
        ([Stage.VERIFIED, Stage.AGREED], 60, "stuck"),
        ([Stage.ON_HOLD, Stage.VERIFIED], 400, "on_hold"),
        ([Stage.ON_HOLD, Stage.AGREED], 60, "stuck"),
    ],
)
def test_a_commitment_stands_as_its_live_actions_show(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor,
    stages: list[Stage], days: int, state: str,
):  # fmt: skip
    for stage in stages:
        shown(db, under(db, theme, owner, stage=stage, moved_at=days_ago(days)))

    row = homes(db, member)

    assert row.state == state
    assert row.drift == (days if state in ("moving", "stuck") else 0)


def test_one_action_that_moved_keeps_the_commitment_moving(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    under(db, theme, owner, moved_at=days_ago(200))
    under(db, theme, owner, stage=Stage.IN_PROGRESS, moved_at=days_ago(31))

    row = homes(db, member)

    assert (row.state, row.drift, row.tier) == ("moving", 31, 1)


def test_the_council_sets_when_stuck_begins(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    add(db, Setting(key=SettingKey.DRIFT_RED_DAYS, value=90, changed_at=NOW))
    under(db, theme, owner, stage=Stage.IN_PROGRESS, moved_at=days_ago(89))

    assert homes(db, member).state == "moving"


def test_progress_is_milestones_met_with_evidence(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    for stage in (Stage.IN_PROGRESS, Stage.DROPPED):
        action = under(db, theme, owner, stage=stage)
        add(db, Milestone(action_id=action.id, title="a", met_on=NOW.date(), evidence="Log."))
        add(db, Milestone(action_id=action.id, title="b"))
    some_views(db, action, Face.SMILE, 5)
    the_month_turns(db)

    row = homes(db, member)

    assert (row.met, row.whole, row.verified, row.live, [*row.owners.values()]) == (
        1,
        2,
        0,
        1,
        [owner.name],
    )
    assert (row.staff, row.face, row.face_of) == ({"in_progress": 1}, None, None)


def test_what_staff_say_is_counted_by_colour_else_by_stage(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    moving = {"stage": Stage.IN_PROGRESS, "rag_reason": ""}
    for fields in (
        {**moving, "rag": Rag.GREEN},
        {**moving, "rag": Rag.GREEN, "due_on": days_ago(3).date()},
        {**moving, "rag": Rag.RED},
        {"stage": Stage.DONE},
    ):
        some_views(db, under(db, theme, owner, **fields), Face.FROWN, 2)
    the_month_turns(db)

    row = homes(db, member)

    assert row.staff == {"green": 1, "red": 1, "in_progress": 1, "done": 1}
    assert (row.late, row.face, row.face_of) == (1, Face.FROWN, ViewOf.COMMITMENT)
    assert row.face_month == date(2026, 3, 1)


def test_a_commitment_with_too_few_shows_its_themes_face_and_no_gap(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    here = under(db, theme, owner)
    there = an_action(db, a_commitment(db, theme), owner, a_service(db))
    some_views(db, here, Face.SMILE, 2)
    some_views(db, there, Face.FROWN, 3)
    the_month_turns(db)

    [kept, *_] = progress_by_theme(db, member)
    assert {(one.face, one.face_of) for one in kept.commitments} == {(Face.FROWN, ViewOf.THEME)}
    assert {one.gap for one in kept.commitments} == {None}  # what they say of the theme is not ours


def test_earlier_wordings_count_for_todays(db: Session, owner: Person, member: Actor):
    wordings = [a_promise(db, adopted_at=days_ago(days))[0] for days in (400, 200, 10)]
    commitments = [a_commitment(db, theme) for theme in wordings]
    for earlier, later in zip(commitments, commitments[1:], strict=False):
        add(db, CommitmentSuccessor(earlier_id=earlier.id, later_id=later.id))
    shown(db, an_action(db, commitments[0], owner, a_service(db), stage=Stage.VERIFIED))

    themes = progress_by_theme(db, member)
    rows = {row.id: row.state for theme in themes for row in theme.commitments}

    assert rows[commitments[2].id] == "kept"
    assert commitments[0].id not in rows


def test_a_theme_is_stuck_if_one_commitment_is_and_kept_if_all_with_actions_are(
    db: Session, member: Actor, owner: Person
):
    stuck, kept, empty = a_promise(db)
    under(db, stuck, owner, moved_at=days_ago(70))
    shown(db, an_action(db, a_commitment(db, stuck), owner, a_service(db), stage=Stage.VERIFIED))
    shown(db, under(db, kept, owner, stage=Stage.VERIFIED))
    a_commitment(db, kept)

    rows = progress_by_theme(db, member)

    assert [row.state for row in rows] == ["stuck", "kept", "not_assessed"]
    assert {state: n for state, n in rows[0].states.items() if n} == {"stuck": 1, "kept": 1}
    assert rows[0].drift == 70
    assert progress_by_theme(db, member, theme_id=empty.id) == [rows[2]]
    assert promise_kept(db, member) == [
        ThemeKept(id=row.id, title=row.title, state=row.state, met=row.met, whole=row.whole)
        for row in rows
    ]


def test_a_commitment_knows_whose_hands_its_actions_are_in(
    db: Session, theme: PromiseTheme, owner: Person
):
    other = a_person(db, Role.MANAGER, name="Ada Ash")
    first = under(db, theme, owner)
    for _ in range(2):
        promised = db.get_one(PromiseCommitment, first.commitment_id)
        second = an_action(db, promised, other, a_service(db))
    under(db, theme, other, stage=Stage.PROPOSED)

    row = homes(db, acting(other, Role.MANAGER))

    assert list(row.owners.values()) == [other.name, owner.name]
    assert {first.service_id, second.service_id} < row.service_ids
    assert (row.mine, homes(db, somebody(db, Role.CHAIR)).mine) == (True, False)


def test_the_gap_counts_the_steps_between_the_two_views(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    for rag in (Rag.GREEN, Rag.GREEN, Rag.RED):
        some_views(db, under(db, theme, owner, stage=Stage.IN_PROGRESS, rag=rag), Face.FROWN, 2)
    the_month_turns(db)

    row = homes(db, member)

    assert (row.staff_view, row.face, row.gap) == (Rag.GREEN, Face.FROWN, 2)


def test_progress_is_for_those_who_keep_the_promise_not_for_the_public(db: Session):
    for actor in (the_public(), somebody(db, Role.YOUNG_PERSON)):
        with pytest.raises(NotAllowed):
            progress_by_theme(db, actor)
        with pytest.raises(NotAllowed):
            promise_kept(db, actor)
        with pytest.raises(NotAllowed):
            progress_by_theme(db, actor)
        with pytest.raises(NotAllowed):
            movement(db, actor)
    for role in (Role.YOUTH_VOICE, Role.MANAGER, Role.BOARD_MEMBER, Role.CHAIR, Role.ADMINISTRATOR):
        assert progress_by_theme(db, somebody(db, role)) == []


def test_a_longer_plan_takes_no_more_statements(
    db: Session, database: Database, theme: PromiseTheme, owner: Person, member: Actor
):
    under(db, theme, owner)
    with statements(database) as one:
        progress_by_theme(db, member)
    for _ in range(3):
        under(db, theme, owner)

    with statements(database) as four:
        progress_by_theme(db, member)

    assert len(four) == len(one) == 3


def test_movement_is_stages_changed_milestones_met_and_outcomes_signed(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    action = under(db, theme, owner)
    milestone = add(db, Milestone(action_id=action.id, title="a"))
    before = acting(owner, Role.MANAGER, at=days_ago(35))
    now = acting(owner, Role.MANAGER)
    update_action(db, before, action.id, stage=Stage.IN_PROGRESS, rag=Rag.GREEN, text="Begun.")
    update_action(db, now, action.id, stage=Stage.IN_PROGRESS, rag=Rag.GREEN, text="Said only.")
    meet_milestone(db, now, milestone.id, evidence="The log of visits.", met_on=NOW.date())
    _signed(db, theme, owner, action.id)

    moved = movement(db, member, months=3)

    assert list(moved.columns) == ["when", "series", "number"]
    assert len(moved) == 3 * len(SERIES)
    seen = {(f"{r.when:%Y-%m}", r.series): r.number for r in moved.itertuples() if r.number}
    assert seen == {
        ("2026-01", "Moved to another stage"): 1,
        ("2026-03", "Milestone met"): 1,
        ("2026-03", "Outcome signed"): 1,
    }


def test_a_month_begins_at_midnight_in_london(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    action = under(db, theme, owner)
    half_past_midnight = NOW.replace(year=2025, month=6, day=30, hour=23, minute=30)
    early = acting(owner, Role.MANAGER, at=half_past_midnight)
    update_action(db, early, action.id, stage=Stage.IN_PROGRESS, rag=Rag.GREEN, text="Vans.")

    moved = movement(db, member)

    [row] = moved[moved["number"] > 0].itertuples()
    assert f"{row.when:%B %Y}" == "July 2025"


def _signed(db: Session, theme: PromiseTheme, owner: Person, action_id: int) -> None:
    """One signature by hand, and one on paper that waits for its second worker."""
    named = an_outcome(db, an_opportunity(db, theme, owner), owner)
    add(db, OutcomeAction(outcome_id=named.id, action_id=action_id))
    apart = an_outcome(db, an_opportunity(db, theme, owner), owner)
    for outcome, side, recorder in (
        (named, Side.STAFF, None),
        (named, Side.YOUNG, owner.id),
        (apart, Side.STAFF, None),
    ):
        add(db, CoSignature(
            outcome_id=outcome.id, side=side, person_id=owner.id, at=NOW,
            capacity=Capacity.OFFICER, recorded_by_id=recorder,
        ))  # fmt: skip
