"""What staff and young people say of an action is shown side by side, with the gap."""

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
from coprod_data.queries.actions_detail import outcomes_of
from coprod_data.vocabulary.actions import Face, Rag, Stage
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from tests.helpers.builders import (
    NOW,
    a_person,
    a_report_card,
    add,
    an_entry,
    an_opportunity,
    an_outcome,
)
from tests.helpers.plans import a_view, under


def test_the_newest_view_of_each_young_person_counts(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    stored = under(db, theme, owner)
    young = a_person(db, Role.YOUNG_PERSON)
    a_view(db, stored, Face.FROWN, young)
    a_view(db, stored, Face.FROWN, young)
    a_view(db, stored, Face.SMILE, young)

    [row] = action_plan(db, member)

    assert (row.face, row.young_people) == (Face.SMILE, "fewer than 5")


@pytest.mark.parametrize(
    ("faces", "face"),
    [
        ([Face.SMILE, Face.FROWN], Face.FROWN),
        ([Face.SMILE, Face.FLAT], Face.FLAT),
        ([Face.SMILE, Face.SMILE, Face.FROWN], Face.SMILE),
    ],
)
def test_most_faces_count_and_of_two_that_are_even_the_worse(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor, faces: list[Face], face: Face
):
    stored = under(db, theme, owner)
    for given in faces:
        a_view(db, stored, given)

    assert action_plan(db, member)[0].face is face


def test_five_young_people_are_counted_and_four_are_not(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    four, five = under(db, theme, owner), under(db, theme, owner)
    for stored, count in ((four, 4), (five, 5)):
        for _ in range(count):
            a_view(db, stored, Face.FLAT)

    assert [row.young_people for row in action_plan(db, member)] == [
        "fewer than 5", "5 or more"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stage", "rag", "face", "gap"),
    [
        (Stage.DONE, None, Face.FROWN, 1),
        (Stage.VERIFIED, None, Face.SMILE, 0),
        (Stage.IN_PROGRESS, Rag.GREEN, Face.FLAT, 1),
        (Stage.IN_PROGRESS, Rag.RED, Face.SMILE, -1),
        (Stage.ON_HOLD, None, Face.FROWN, 0),
        (Stage.AGREED, None, Face.FROWN, 0),
        (Stage.DONE, None, None, 0),
    ],
)
def test_the_gap_between_both_sides_is_told(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor,
    stage: Stage, rag: Rag | None, face: Face | None, gap: int,
):  # fmt: skip
    stored = under(db, theme, owner, stage=stage, rag=rag, rag_reason="x" if rag else "")
    if face:
        a_view(db, stored, face)

    assert action_plan(db, member)[0].gap == gap


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
    assert [row.state for row in outcomes_of(db, member, stored.id)] == ["disputed"]
    newer = an_outcome(db, work, owner, co_signed_at=NOW)
    add(db, OutcomeAction(outcome_id=newer.id, action_id=stored.id))
    assert not action_plan(db, member)[0].disputed
    assert [row.state for row in outcomes_of(db, member, stored.id)] == ["co_signed", "disputed"]
