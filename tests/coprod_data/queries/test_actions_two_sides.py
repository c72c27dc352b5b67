"""What staff and young people say of an action is shown side by side, with the gap."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from coprod_data.models import (
    NotYet,
    OutcomeAction,
    Person,
    PromiseTheme,
)
from coprod_data.permissions import Actor, Role
from coprod_data.queries.actions import action, action_plan
from coprod_data.queries.way import way_of_action
from coprod_data.vocabulary.actions import Face, Rag, Stage, ViewOf
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from tests.helpers.builders import (
    NOW,
    a_commitment,
    a_person,
    a_report_card,
    a_service,
    add,
    an_action,
    an_entry,
    an_opportunity,
    an_outcome,
)
from tests.helpers.plans import a_view, in_days, some_views, the_month_turns, under

MARCH = date(2026, 3, 1)


@pytest.mark.parametrize("count", [0, 1, 4, 5, 9])
def test_five_young_people_are_shown_and_four_are_not(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor, count: int
):
    stored = under(db, theme, owner)
    some_views(db, stored, Face.FLAT, count)
    the_month_turns(db)

    [row] = action_plan(db, member)

    told = (Face.FLAT, ViewOf.ACTION, MARCH) if count >= 5 else (None, None, None)
    assert (row.face, row.face_of, row.face_month) == told
    assert [row] == [action(db, member, stored.id)]


def test_an_action_with_too_few_shows_its_commitments_face_else_its_themes(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    first, second = under(db, theme, owner), under(db, theme, owner)
    some_views(db, first, Face.FLAT, 3)
    some_views(db, second, Face.FROWN, 1)
    the_month_turns(db)
    assert {row.face_of for row in action_plan(db, member)} == {None}

    elsewhere = an_action(db, a_commitment(db, theme), owner, a_service(db))
    some_views(db, elsewhere, Face.FROWN, 2, at=in_days(32))
    the_month_turns(db, months=2)
    assert {(row.face, row.face_of) for row in action_plan(db, member)} == {
        (Face.FROWN, ViewOf.THEME)
    }

    some_views(db, second, Face.FROWN, 1, at=in_days(63))
    the_month_turns(db, months=3)
    rows = {row.id: (row.face, row.face_of) for row in action_plan(db, member)}
    assert rows[first.id] == rows[second.id] == (Face.FLAT, ViewOf.COMMITMENT)


@pytest.mark.parametrize(
    ("stage", "rag", "face", "gap"),
    [
        (Stage.DONE, None, Face.FROWN, 2),
        (Stage.VERIFIED, None, Face.SMILE, 0),
        (Stage.IN_PROGRESS, Rag.GREEN, Face.FLAT, 1),
        (Stage.IN_PROGRESS, Rag.RED, Face.SMILE, -2),
        (Stage.ON_HOLD, None, Face.FROWN, None),
        (Stage.AGREED, None, Face.FROWN, None),
        (Stage.DONE, None, None, None),
    ],
)
def test_the_gap_between_both_sides_is_told(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor,
    stage: Stage, rag: Rag | None, face: Face | None, gap: int | None,
):  # fmt: skip
    stored = under(db, theme, owner, stage=stage, rag=rag, rag_reason="x" if rag else "")
    if face:
        some_views(db, stored, face, 5)
    the_month_turns(db)

    assert action_plan(db, member)[0].gap == gap


def test_a_face_of_a_wider_circle_makes_no_gap_and_neither_does_one_that_is_not_shown(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    done, other = (under(db, theme, owner, stage=Stage.DONE) for _ in range(2))
    some_views(db, done, Face.FROWN, 4)
    the_month_turns(db)
    assert [row.gap for row in action_plan(db, member)] == [None, None]

    some_views(db, other, Face.FROWN, 2, at=in_days(32))
    the_month_turns(db, months=2)
    rows = action_plan(db, member)
    assert {row.face_of for row in rows} == {ViewOf.COMMITMENT}
    assert [row.gap for row in rows] == [None, None]


def test_words_beside_an_action_pass_the_gate_and_public_ones_alone_reach_a_room(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    stored = under(db, theme, owner)
    card = a_report_card(db, theme)
    for words, released, uses in (
        ("public zebra", True, (ConsentUse.BOARD, ConsentUse.PUBLIC)),
        ("board zebra", True, (ConsentUse.BOARD,)),
        ("unread zebra", False, (ConsentUse.BOARD, ConsentUse.PUBLIC)),
    ):
        entry = an_entry(
            db, card, words, None, released=released, consents=uses, kind=EntryKind.VIEW
        )
        a_view(db, stored, Face.FLAT, words_entry_id=entry.id)

    assert action_plan(db, member)[0].young_say == "public zebra"
    assert action(db, member, stored.id).young_say == "public zebra"


def test_a_dispute_is_told_until_a_newer_outcome_is_proposed(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    stored = under(db, theme, owner, stage=Stage.DONE)
    work = an_opportunity(db, theme, owner)
    outcome = an_outcome(db, work, owner)
    add(db, OutcomeAction(outcome_id=outcome.id, action_id=stored.id))
    assert not action_plan(db, member)[0].disputed
    young = a_person(db, Role.YOUNG_PERSON)
    add(db, NotYet(outcome_id=outcome.id, person_id=young.id, at=NOW))

    assert action_plan(db, member)[0].disputed
    assert [one.state for one in way_of_action(db, member, stored.id).down] == ["disputed"]
    newer = an_outcome(db, work, owner, co_signed_at=NOW)
    add(db, OutcomeAction(outcome_id=newer.id, action_id=stored.id))
    assert not action_plan(db, member)[0].disputed
    came = way_of_action(db, member, stored.id).down
    assert [one.state for one in came] == ["co_signed", "disputed"]
