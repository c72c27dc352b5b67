"""The month's turn: faces are counted once, for all that was said by then, and never again."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions_months import turn_month
from coprod_data.commands.promise_adopting import adopt_promise
from coprod_data.commands.promise_changes import copy_promise, decide_home, set_successors
from coprod_data.models import (
    Action,
    CardHolder,
    CommitmentSuccessor,
    Event,
    PromiseTheme,
    ReportCard,
    ViewFace,
    ViewMonth,
)
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.queries.actions import ActionRow, action_plan
from coprod_data.queries.actions_progress import progress_by_theme
from coprod_data.store.row_digests import fits, newest_told
from coprod_data.store.that_day import as_it_was
from coprod_data.vocabulary.actions import Face, Stage, ViewOf
from coprod_data.vocabulary.promise import HomeKind
from tests.helpers.builders import (
    NOW,
    a_person,
    a_promise,
    add,
    an_entry,
    days_ago,
    somebody,
)
from tests.helpers.plans import a_view, in_days, some_views, the_month_turns, under
from tests.helpers.wordings import heir, lines

pytestmark = pytest.mark.both_engines


@pytest.fixture
def owner(db: Session) -> Any:
    return a_person(db, Role.MANAGER)


@pytest.fixture
def homes(db: Session, theme: PromiseTheme, owner: Any) -> Action:
    return under(db, theme, owner, stage=Stage.IN_PROGRESS)


def face(db: Session, member: Actor) -> tuple[Face | None, ViewOf | None]:
    row = row_of(db, member)
    return row.face, row.face_of


def row_of(db: Session, member: Actor) -> ActionRow:
    return action_plan(db, member)[0]


def stored(db: Session) -> list[Any]:
    months = db.execute(sa.select(ViewMonth.id, ViewMonth.month).order_by(ViewMonth.id)).all()
    faces = db.execute(
        sa.select(
            ViewFace.view_month_id, ViewFace.action_id, ViewFace.commitment_id, ViewFace.theme_id,
            ViewFace.face, ViewFace.counted_to,
        ).order_by(ViewFace.id)
    ).all()  # fmt: skip
    return [*months, *faces]


def test_nothing_is_shown_before_the_month_has_ended(db: Session, homes: Action, member: Actor):
    some_views(db, homes, Face.SMILE, 7)

    the_month_turns(db, months=0)

    assert face(db, member) == (None, None)
    the_month_turns(db)
    assert face(db, member) == (Face.SMILE, ViewOf.ACTION)
    assert row_of(db, member).face_month == date(2026, 3, 1)


def test_to_run_it_twice_changes_nothing(db: Session, homes: Action):
    some_views(db, homes, Face.SMILE, 5)
    assert the_month_turns(db) == 1
    before = stored(db)
    some_views(db, homes, Face.FROWN, 9)

    assert the_month_turns(db) == 0
    assert stored(db) == before


def test_a_month_in_which_no_face_is_shown_is_counted_once_too(db: Session, homes: Action):
    some_views(db, homes, Face.SMILE, 4)
    the_month_turns(db)
    a_view(db, homes, Face.SMILE)

    assert the_month_turns(db) == 0
    assert [row.month for row in stored(db)] == [date(2026, 3, 1)]


def test_missed_months_are_made_up_in_order(db: Session, homes: Action, member: Actor):
    some_views(db, homes, Face.SMILE, 4, at=days_ago(70))
    a_view(db, homes, Face.SMILE, at=days_ago(30))
    some_views(db, homes, Face.FROWN, 6, at=days_ago(2))

    assert the_month_turns(db, months=2) == 5

    months = db.execute(
        sa.select(ViewMonth.month, ViewFace.face)
        .outerjoin(
            ViewFace,
            sa.and_(ViewFace.view_month_id == ViewMonth.id, ViewFace.action_id == homes.id),
        )
        .order_by(ViewMonth.month)
    ).all()
    assert [tuple(row) for row in months] == [
        (date(2025, 12, 1), None),
        (date(2026, 1, 1), None),
        (date(2026, 2, 1), Face.SMILE),
        (date(2026, 3, 1), Face.FROWN),
        (date(2026, 4, 1), Face.FROWN),
    ]
    assert face(db, member) == (Face.FROWN, ViewOf.ACTION)


def test_one_account_with_five_codes_is_one_person(
    db: Session, homes: Action, card: ReportCard, member: Actor
):
    young = a_person(db, Role.YOUNG_PERSON)
    for _ in range(5):
        entry = an_entry(db, card)
        add(db, CardHolder(person_id=young.id, entry_id=entry.id, added_at=NOW))
        a_view(db, homes, Face.FROWN, person_id=None, entry_id=entry.id)
    a_view(db, homes, Face.FROWN, young)
    some_views(db, homes, Face.SMILE, 3)

    the_month_turns(db)

    assert face(db, member) == (None, None)


def test_five_codes_that_nobody_holds_are_five(
    db: Session, homes: Action, card: ReportCard, member: Actor
):
    for _ in range(5):
        a_view(db, homes, Face.FROWN, person_id=None, entry_id=an_entry(db, card).id)

    the_month_turns(db)

    assert face(db, member) == (Face.FROWN, ViewOf.ACTION)


def test_codes_that_are_added_to_one_account_later_become_one_at_the_next_turn(
    db: Session, homes: Action, card: ReportCard, member: Actor
):
    entries = [an_entry(db, card) for _ in range(5)]
    for entry in entries:
        a_view(db, homes, Face.FROWN, person_id=None, entry_id=entry.id)
    the_month_turns(db)
    young = a_person(db, Role.YOUNG_PERSON)
    for entry in entries:
        add(db, CardHolder(person_id=young.id, entry_id=entry.id, added_at=NOW))

    the_month_turns(db, months=2)

    assert face(db, member) == (None, None)


def test_a_county_with_two_people_never_shows_a_face(
    db: Session, homes: Action, theme: PromiseTheme, owner: Any, member: Actor
):
    two = [a_person(db, Role.YOUNG_PERSON) for _ in range(2)]
    for action in (homes, *(under(db, theme, owner) for _ in range(4))):
        for person in two:
            for said in (Face.FROWN, Face.SMILE, Face.FROWN):
                a_view(db, action, said, person)

    for months in range(1, 8):
        the_month_turns(db, months=months)
        rows = action_plan(db, member)
        assert {(row.face, row.face_of, row.face_month, row.gap) for row in rows} == {
            (None, None, None, None)
        }
        assert {one.face for kept in progress_by_theme(db, member) for one in kept.commitments} == {
            None
        }


def test_the_commitment_s_face_belongs_to_earlier_wordings_too(
    db: Session, theme: PromiseTheme, owner: Any, member: Actor, homes: Action
):
    some_views(db, homes, Face.FROWN, 3)
    later = a_promise(db, adopted_at=days_ago(1))[0]
    newer = under(db, later, owner)
    add(
        db,
        CommitmentSuccessor(earlier_id=homes.commitment_id, later_id=newer.commitment_id),
    )
    some_views(db, newer, Face.FROWN, 2)

    the_month_turns(db)

    assert {(row.face, row.face_of) for row in action_plan(db, member)} == {
        (Face.FROWN, ViewOf.COMMITMENT)
    }
    [first, *_] = [one for kept in progress_by_theme(db, member) for one in kept.commitments]
    assert (first.face, first.face_of) == (Face.FROWN, ViewOf.COMMITMENT)
    assert theme.id != later.id


def test_a_face_is_shown_under_the_next_wording_on_the_day_it_is_adopted(
    db: Session, themes: list[PromiseTheme], owner: Any, member: Actor, homes: Action
):
    halved = under(db, themes[1], owner)
    some_views(db, homes, Face.FROWN, 5)
    some_views(db, halved, Face.SMILE, 5)
    the_month_turns(db)
    at = in_days(33)
    worker = somebody(db, Role.YOUTH_VOICE, at=at)
    draft = copy_promise(db, worker, title="The next one")
    kept, first, second = (
        heir(db, draft, id_)
        for id_ in (
            homes.commitment_id,
            halved.commitment_id,
            lines(db, themes[0].version_id)[-1].id,
        )
    )
    set_successors(db, worker, draft, halved.commitment_id, [first, second])  # split: asked of none
    decide_home(db, worker, draft, halved.id, kind=HomeKind.MOVE, commitment_id=first)

    adopt_promise(db, somebody(db, Role.CHAIR, at=at), draft, adopted_by="The Board")

    before = faces_of(db, member)
    assert before[kept] == (Face.FROWN, ViewOf.COMMITMENT, date(2026, 3, 1))
    assert {before[one][1] for one in (first, second)}.isdisjoint({ViewOf.COMMITMENT})
    # One more voice changes nothing that is shown, as if no wording had been adopted.
    a_view(db, homes, Face.SMILE, at=at)
    the_month_turns(db, 2)
    assert faces_of(db, member)[kept] == before[kept]


def faces_of(db: Session, member: Actor) -> dict[int, tuple[Any, ...]]:
    return {
        one.id: (one.face, one.face_of, one.face_month)
        for kept in progress_by_theme(db, member)
        for one in kept.commitments
    }


def test_dropped_actions_are_in_no_face(
    db: Session, theme: PromiseTheme, owner: Any, homes: Action, member: Actor
):
    dropped = under(db, theme, owner, stage=Stage.DROPPED)
    some_views(db, dropped, Face.FROWN, 9)
    some_views(db, homes, Face.SMILE, 4)

    the_month_turns(db)

    assert face(db, member) == (None, None)


@pytest.mark.parametrize("role", Role)
def test_no_person_turns_the_month(db: Session, role: Role):
    with pytest.raises(NotAllowed):
        turn_month(db, somebody(db, role))


def test_a_moment_shows_the_faces_counted_by_then_and_the_log_knows_each(
    db: Session, homes: Action
):
    some_views(db, homes, Face.SMILE, 7)
    the_month_turns(db)  # 31 days from now
    said = []
    for days in (30, 32):
        with as_it_was(db, NOW + timedelta(days=days)) as then:
            said.append(set(then.scalars(sa.select(ViewFace.face))))
    assert said == [set(), {Face.SMILE}]

    told = newest_told(db.scalars(sa.select(Event.digests).where(Event.digests.is_not(None))))
    keys = {key.number: key.of_rows for key in db.info["keys"].of_log}

    def fit() -> set[bool]:
        rows = db.execute(sa.select(ViewFace.__table__)).mappings().all()
        named = {f"view_face:{row['id']}": row for row in rows}
        return {fits(keys, told.get(name), name, row) for name, row in named.items()}

    assert fit() == {True}
    db.execute(sa.update(ViewFace.__table__).values(face=Face.FROWN))
    assert fit() == {False}
