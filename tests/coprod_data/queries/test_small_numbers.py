"""A hidden small number cannot be found by subtracting one shown number from another."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from coprod_data.files.exports import export
from coprod_data.models import (
    Action,
    AuditAnswer,
    AuditReturn,
    AuditRound,
    AuditStandard,
    Person,
    PromiseTheme,
)
from coprod_data.permissions import Permission, Role
from coprod_data.queries.actions import action, action_plan
from coprod_data.queries.actions_progress import progress_by_theme
from coprod_data.queries.audits import audit_heat, rounds
from coprod_data.queries.audits_gaps import returns_missing, top_gaps, views_apart
from coprod_data.queries.overview import numbers, waits
from coprod_data.vocabulary.actions import Face, Rag, Stage
from coprod_data.vocabulary.audits import Rater, ReturnState
from tests.helpers.builders import TODAY, a_person, a_service, add, days_ago, somebody, unrecorded
from tests.helpers.plans import a_view, under

NUMBERED = re.compile(r"\b(Person |Service |word |P|person\.)\d+")  # as builders do
READERS = (Role.BOARD_MEMBER, Role.CHAIR, Role.YOUTH_VOICE, Role.MANAGER)


@pytest.fixture
def actions(db: Session, theme: PromiseTheme, owner: Person) -> list[Action]:
    """Two actions of one commitment in two services, on which young people say opposite things."""
    made = [
        under(db, theme, owner, stage=Stage.IN_PROGRESS, rag=Rag.GREEN, rag_reason="On its way.")
        for _ in range(2)
    ]
    for _ in range(6):
        a_view(db, made[1], Face.FROWN)
    return made


def all_told(db: Session, actions: list[Action]) -> Iterator[Any]:
    """Everything that a reader of the plan may compare: pages, filters, sheets."""
    for role in READERS:
        reader = somebody(db, role, name="The reader")
        for service_id in (None, *(one.service_id for one in actions)):
            filters = {"service": str(service_id)} if service_id else {}
            yield action_plan(db, reader, service_id=service_id)
            yield progress_by_theme(db, reader, service_id=service_id)
            yield export(db, reader, "actions", filters)
        yield action_plan(db, reader, commitment_id=actions[0].commitment_id)
        yield [action(db, reader, one.id) for one in actions]
        if reader.may(Permission.OVERVIEW_READ):
            yield waits(db, reader), numbers(db, reader)


@pytest.mark.parametrize(
    ("before", "after"),
    [(1, 2), (3, 4), (5, 6), (6, 7), (9, 10)],
)
def test_between_two_days_nobody_learns_that_one_more_young_person_said_how_it_feels(
    db: Session, actions: list[Action], before: int, after: int
):
    for _ in range(before):
        a_view(db, actions[0], Face.SMILE)
    told = list(all_told(db, actions))
    for _ in range(before, after):
        a_view(db, actions[0], Face.SMILE)

    assert list(all_told(db, actions)) == told
    assert {row.face for row in told[0]} == {Face.SMILE, Face.FROWN}


@pytest.mark.parametrize("frowns", range(3))
def test_the_smaller_part_of_a_told_number_stays_hidden(
    db: Session, actions: list[Action], frowns: int
):
    for number in range(6):
        a_view(db, actions[0], Face.FROWN if number < frowns else Face.SMILE)

    [mine, _] = action_plan(db, somebody(db, Role.BOARD_MEMBER))
    assert (mine.face, mine.young_people) == (Face.SMILE, "5 or more")


def test_no_sheet_and_no_row_holds_how_many_young_people_said_it(
    db: Session, actions: list[Action]
):
    for _ in range(17):
        a_view(db, actions[0], Face.SMILE)

    told = NUMBERED.sub("", str(list(all_told(db, actions))))
    assert re.search(r"\b17\b", told) is None


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
