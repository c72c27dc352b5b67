"""A hidden small number cannot be found by subtracting one shown number from another."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.sessions_after import record_who_came
from coprod_data.commands.sessions_costs import record_costs, record_reach, record_thanks
from coprod_data.files.exports import export
from coprod_data.models import (
    Action,
    AuditAnswer,
    AuditReturn,
    AuditRound,
    AuditStandard,
    Person,
    PromiseTheme,
    SessionCame,
    SessionCost,
    SessionFeedback,
    SessionReach,
    SessionThanks,
)
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.queries.actions import action, action_plan
from coprod_data.queries.actions_progress import progress_by_theme, promise_kept
from coprod_data.queries.audits import audit_heat, rounds
from coprod_data.queries.audits_gaps import returns_missing, top_gaps, views_apart
from coprod_data.queries.heard import heard
from coprod_data.queries.overview import numbers, waits
from coprod_data.queries.sessions import session, sessions
from coprod_data.queries.sessions_audiences import audiences
from coprod_data.queries.sessions_beside import who_came
from coprod_data.queries.sessions_channels import channels, reach_of
from coprod_data.queries.sessions_costs import bill_of, costs_by_quarter
from coprod_data.queries.sessions_feedback import changes_written, feedback_counted
from coprod_data.queries.work import number_of_turns, turns, turns_of_others
from coprod_data.rules.session_costs import Costs, Thanks
from coprod_data.rules.session_reach import Reach
from coprod_data.vocabulary.actions import Face, Rag, Stage, ViewOf
from coprod_data.vocabulary.audits import Rater, ReturnState
from coprod_data.vocabulary.sessions import (
    AttendeeKind,
    FeedbackAnswer,
    FeedbackFace,
    SessionState,
    ThanksKind,
)
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_person,
    a_service,
    add,
    days_ago,
    somebody,
    unrecorded,
)
from tests.helpers.plans import a_view, in_days, some_views, the_month_turns, under
from tests.helpers.sessions import DAY, YOUNG, held

NUMBERED = re.compile(r"\b(Person |Service |word |P|person\.)\d+")  # as builders do
READERS = (Role.BOARD_MEMBER, Role.CHAIR, Role.YOUTH_VOICE, Role.MANAGER)


@pytest.fixture
def actions(db: Session, theme: PromiseTheme, owner: Person) -> list[Action]:
    """Actions of one commitment in three services; of the second six young people have spoken."""
    made = [
        under(db, theme, owner, stage=Stage.IN_PROGRESS, rag=Rag.GREEN, rag_reason="On its way.")
        for _ in range(3)
    ]
    some_views(db, made[1], Face.FROWN, 6)
    return made


def all_told(db: Session, actions: list[Action]) -> Iterator[Any]:
    """Everything that a reader of the plan may compare: pages, filters, sheets."""
    for role in READERS:
        reader = somebody(db, role, name="The reader")
        for service_id in (None, *(one.service_id for one in actions)):
            filters = {"service": str(service_id)} if service_id else {}
            yield action_plan(db, reader, service_id=service_id)
            yield export(db, reader, "actions", filters)
        yield action_plan(db, reader, commitment_id=actions[0].commitment_id)
        yield [action(db, reader, one.id) for one in actions], progress_by_theme(db, reader)
        yield turns(db, reader), turns_of_others(db, reader), number_of_turns(db, reader)
        if reader.may(Permission.OVERVIEW_READ):
            yield waits(db, reader), numbers(db, reader), promise_kept(db, reader)


def test_before_the_first_count_nobody_learns_that_one_more_young_person_said_how_it_feels(
    db: Session, actions: list[Action]
):
    told = list(all_told(db, actions))

    for before in range(10):
        a_view(db, actions[0], Face.SMILE)
        assert list(all_told(db, actions)) == told, before
    a_view(db, actions[0], Face.FROWN, at=in_days(32))
    assert list(all_told(db, actions)) == told


@pytest.mark.parametrize("before", range(10))
def test_within_a_month_nobody_learns_that_one_more_young_person_said_how_it_feels(
    db: Session, actions: list[Action], before: int
):
    some_views(db, actions[0], Face.SMILE, before)
    the_month_turns(db)
    told = list(all_told(db, actions))

    a_view(db, actions[0], Face.FROWN, at=in_days(32))

    assert list(all_told(db, actions)) == told


@pytest.mark.parametrize("before", [5, 6, 7, 9, 10])
def test_at_the_turn_of_a_month_one_new_view_cannot_be_watched_arriving(
    db: Session, actions: list[Action], before: int
):
    for number in range(before):
        a_view(db, actions[0], Face.FROWN if number % 2 else Face.SMILE)
    the_month_turns(db)
    told = list(all_told(db, actions))
    assert told[0][0].face_of is ViewOf.ACTION

    for months, face in enumerate((Face.FROWN, Face.SMILE, Face.FLAT, Face.SMILE), start=1):
        a_view(db, actions[0], face, at=in_days(31 * months + 1))
        the_month_turns(db, months=months + 1)
        assert list(all_told(db, actions)) == told


@pytest.mark.parametrize("few", range(1, 5))
def test_no_difference_between_two_filters_tells_what_a_few_said(
    db: Session, actions: list[Action], few: int
):
    """Beside six frowns a few smiles are in no face, of their own, of the commitment or theme."""
    some_views(db, actions[0], Face.SMILE, few)
    the_month_turns(db)

    for service_id in (None, *(one.service_id for one in actions)):
        reader = somebody(db, Role.CHAIR)
        for row in action_plan(db, reader, service_id=service_id):
            assert row.face is (Face.FROWN if row.id == actions[1].id else None)
    [kept, *_] = progress_by_theme(db, somebody(db, Role.CHAIR))
    assert {one.face for one in kept.commitments} == {None}


@pytest.mark.parametrize("few", range(1, 5))
def test_no_difference_between_two_months_tells_what_a_few_said(
    db: Session, actions: list[Action], few: int
):
    the_month_turns(db)
    before = list(all_told(db, actions))

    some_views(db, actions[0], Face.SMILE, few, at=in_days(32))
    the_month_turns(db, months=2)

    assert list(all_told(db, actions)) == before


def test_a_commitment_says_the_same_in_the_whole_plan_and_under_its_theme(
    db: Session, theme: PromiseTheme, actions: list[Action]
):
    some_views(db, actions[0], Face.SMILE, 7)
    the_month_turns(db)

    faces = {
        (one.id, one.face, one.face_of)
        for theme_id in (None, theme.id)
        for kept in progress_by_theme(db, somebody(db, Role.CHAIR), theme_id=theme_id)
        for one in kept.commitments
        if one.id == actions[0].commitment_id
    }

    assert faces == {(actions[0].commitment_id, Face.SMILE, ViewOf.COMMITMENT)}


def test_no_sheet_and_no_row_holds_how_many_young_people_said_it(
    db: Session, actions: list[Action]
):
    some_views(db, actions[0], Face.SMILE, 17)
    the_month_turns(db)

    told = NUMBERED.sub("", str(list(all_told(db, actions))))
    assert re.search(r"\b17\b", told) is None


def test_no_order_of_the_plan_follows_what_young_people_say(db: Session, actions: list[Action]):
    before = [[row.id for row in rows] for rows in (action_plan(db, somebody(db, Role.CHAIR)),)]
    for place, face in enumerate((Face.FROWN, Face.SMILE, Face.FLAT)):
        some_views(db, actions[place], face, 6)
    the_month_turns(db)

    assert [
        [row.id for row in rows] for rows in (action_plan(db, somebody(db, Role.CHAIR)),)
    ] == before


def test_a_service_s_draft_level_is_not_what_young_auditors_and_last_year_leave_over(db: Session):
    service, by = a_service(db), a_person(db, Role.MANAGER)
    reader = somebody(db, Role.BOARD_MEMBER)
    for title, opened, state in (
        ("Last year", 400, ReturnState.RETURNED), ("This year", 10, ReturnState.IN_PROGRESS)
    ):  # fmt: skip
        held = add(db, AuditRound(title=title, opened_on=days_ago(opened).date(), due_on=TODAY))
        standard = add(db, AuditStandard(
            round_id=held.id, reference="S1", short="Asked", wording="We ask.", position=1
        ))  # fmt: skip
        returned = add(db, AuditReturn(round_id=held.id, service_id=service.id, state=state))
        own, _ = (
            add(db, AuditAnswer(
                return_id=returned.id, standard_id=standard.id, rater=rater, level=1,
                evidence="A note", at=days_ago(opened), person_id=by.id,
            ))
            for rater in (Rater.SERVICE, Rater.YOUNG_AUDITORS)
        )  # fmt: skip
    told = []
    for level in range(4):
        with unrecorded(db):
            own.level = level
        told.append([
            [
                (audit_heat(db, reader, one.id), top_gaps(db, reader, one.id),
                 views_apart(db, reader, one.id), returns_missing(db, reader, one.id))
                for one in rounds(db, reader)
            ],
            export(db, reader, "audits", {}),
        ])  # fmt: skip

    assert told == told[:1] * 4


def of_a_session(db: Session, number: int) -> list[Any]:
    """All that those read of a session who may not change it, that day and a month later."""
    return [
        [
            session(db, reader, number), sessions(db, reader, tuple(SessionState)),
            who_came(db, reader, number), bill_of(db, reader, number),
            costs_by_quarter(db, reader), feedback_counted(db, reader, number),
            changes_written(db, reader, number), channels(db, reader), reach_of(db, reader, number),
            audiences(db, reader), heard(db, reader),
            [export(db, reader, sheet, {}) for sheet in ("sessions", "heard", "groups")],
            turns(db, reader), turns_of_others(db, reader),
        ]
        for role in (Role.BOARD_MEMBER, Role.MANAGER)
        for days in (1, 30)
        for reader in [replace(somebody(db, role, name="The reader"), at=NOW + days * DAY)]
    ]  # fmt: skip


def test_of_one_to_four_who_came_to_a_session_nobody_else_learns_how_many(
    db: Session, worker: Actor
):
    """Six people with three staff among them; three faces that are not good; thanks for three."""
    number = held(db, worker, young=3)
    team = (AttendeeKind.YOUTH_VOICE, None)
    record_who_came(db, worker, number, came={YOUNG: 3, team: 3})
    costs = Costs(meals=6, meals_pence=4800, miles=12)
    record_costs(db, worker, number, costs=costs)
    record_thanks(db, worker, number, ThanksKind.VOUCHER, thanks=Thanks(3, 3, 3))
    record_reach(db, worker, number, reach=Reach(40, 3))
    for phone in range(12):
        add(
            db,
            SessionFeedback(session_id=number, form_hash=f"{phone:064}", face=FeedbackFace.GOOD),
        )
    told = []
    for few in range(1, 5):
        with unrecorded(db):
            [came] = db.scalars(
                sa.select(SessionCame).filter_by(session_id=number, kind=AttendeeKind.YOUNG_PEOPLE)
            )
            [cost], [thanks] = db.scalars(sa.select(SessionCost)), db.scalars(
                sa.select(SessionThanks)
            )  # fmt: skip
            came.number, cost.meals = few, few + 3
            db.execute(sa.update(SessionReach).values(replies=few))
            thanks.offered = thanks.taken = thanks.given = few
            for place, said in enumerate(db.scalars(sa.select(SessionFeedback))):
                said.face = None if place < 4 else FeedbackFace.GOOD  # some leave it out
                if place < few:
                    said.face, said.helped = FeedbackFace.BAD, True
                    said.welcome, said.counted = FeedbackAnswer.YES, FeedbackAnswer.NO
        told.append(NUMBERED.sub("", str(of_a_session(db, number))))

    assert "What makes a good school day?" in told[0]  # of faces nothing: more answered than came
    assert told == told[:1] * 4
