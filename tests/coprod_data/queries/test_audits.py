"""The audit as it is read: service by standard, last year, young auditors, and what is owed."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    AuditAnswer,
    AuditReturn,
    AuditRound,
    AuditStandard,
    Service,
    ServiceMember,
)
from coprod_data.permissions import Actor, NotAllowed, NotFound, Role
from coprod_data.queries.audits import Cell, audit_heat, rounds
from coprod_data.queries.audits_answers import answers_of
from coprod_data.queries.audits_gaps import returns_missing, top_gaps, views_apart
from coprod_data.queries.audits_return import audit_return, my_returns, returns_to_review
from coprod_data.store.database import Database
from coprod_data.vocabulary.audits import Rater, ReturnState
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_person,
    a_service,
    acting,
    add,
    days_ago,
    somebody,
    the_public,
)
from tests.helpers.databases import statements


def a_round(db: Session, title: str, *references: str, opened: int = 10, due: int = 20) -> int:
    made = add(db, AuditRound(
        title=title, opened_on=days_ago(opened).date(), due_on=TODAY + timedelta(days=due)
    ))  # fmt: skip
    for position, reference in enumerate(references, start=1):
        add(db, AuditStandard(
            round_id=made.id, reference=reference, short=f"Short {reference}",
            wording=f"We do {reference}.", position=position,
        ))  # fmt: skip
    return made.id


def a_return(
    db: Session, round_id: int, service: Service, state: ReturnState = ReturnState.RETURNED,
    rater: Rater = Rater.SERVICE, **levels: Any,
) -> AuditReturn:  # fmt: skip
    """A return with levels by reference; a level in a list has no evidence."""
    made = db.scalar(sa.select(AuditReturn).where(
        AuditReturn.round_id == round_id, AuditReturn.service_id == service.id
    ))  # fmt: skip
    if made is None:
        at = NOW if state not in (ReturnState.OPENED, ReturnState.IN_PROGRESS) else None
        made = add(db, AuditReturn(
            round_id=round_id, service_id=service.id, state=state, returned_at=at
        ))  # fmt: skip
    writer = a_person(db)
    for reference, level in levels.items():
        standard_id = db.scalar(sa.select(AuditStandard.id).where(
            AuditStandard.round_id == round_id, AuditStandard.reference == reference
        ))  # fmt: skip
        bare = isinstance(level, list)
        add(db, AuditAnswer(
            return_id=made.id, standard_id=standard_id, rater=rater, at=NOW, person_id=writer.id,
            level=level[0] if bare else level, evidence="" if bare else "The log.",
        ))  # fmt: skip
    return made


def test_a_cell_tells_level_evidence_change_and_what_young_auditors_saw(db: Session, member: Actor):
    service = a_service(db, name="Fostering")
    last = a_round(db, "Last year", "A1", "A2", opened=400, due=-300)
    this = a_round(db, "This year", "A1", "A2", "A3")
    a_return(db, last, service, ReturnState.PUBLISHED, A1=1, A2=2)
    a_return(db, this, service, A1=[3], A2=None, A3=1)
    a_return(db, this, service, rater=Rater.YOUNG_AUDITORS, A1=1, A2=0)

    heat = audit_heat(db, member, this)

    assert [standard.reference for standard in heat.standards] == ["A1", "A2", "A3"]
    [row] = heat.rows
    assert row.cells == (
        Cell(level=3, evidence=False, change=2, young=1, gap=2),
        Cell(level=None, evidence=True, change=None, young=0, gap=None),
        Cell(level=1, evidence=True, change=None, young=None, gap=None),
    )
    assert (heat.round.returned, heat.round.whole) == (1, 1)


def test_a_draft_is_the_services_own_until_it_is_handed_in(db: Session, member: Actor):
    manager = a_person(db, Role.MANAGER)
    service = a_service(db, manager)
    this = a_round(db, "This year", "A1")
    draft = a_return(db, this, service, ReturnState.IN_PROGRESS, A1=3)
    mine = acting(manager, Role.MANAGER)

    assert audit_heat(db, member, this).rows[0].cells[0].level is None
    assert answers_of(db, member, draft.id)[0].answered is False
    assert audit_heat(db, mine, this).rows[0].cells[0].level == 3
    assert answers_of(db, mine, draft.id)[0].level == 3
    assert top_gaps(db, member, this) == []


def test_a_manager_reads_the_returns_of_their_own_services_alone(db: Session):
    manager = a_person(db, Role.MANAGER)
    own, other = a_service(db, manager, name="Own"), a_service(db, name="Other")
    this = a_round(db, "This year", "A1")
    mine, theirs = a_return(db, this, own, A1=2), a_return(db, this, other, A1=2)
    actor = acting(manager, Role.MANAGER)

    assert [row.service for row in audit_heat(db, actor, this).rows] == ["Own"]
    assert [row.id for row in my_returns(db, actor)] == [mine.id]
    assert answers_of(db, actor, theirs.id) == []
    with pytest.raises(NotFound):
        audit_return(db, actor, theirs.id)
    with pytest.raises(NotAllowed):
        top_gaps(db, actor, this)


@pytest.mark.parametrize(
    ("state", "due", "late"),
    [
        (ReturnState.OPENED, -1, True),
        (ReturnState.IN_PROGRESS, -1, True),
        (ReturnState.IN_PROGRESS, 0, False),
        (ReturnState.RETURNED, -1, False),
    ],
)
def test_a_return_is_overdue_when_its_date_has_passed(
    db: Session, member: Actor, state: ReturnState, due: int, late: bool
):
    this = a_round(db, "This year", "A1", due=due)
    made = a_return(db, this, a_service(db), state)

    assert audit_return(db, member, made.id).overdue is late
    assert audit_heat(db, member, this).rows[0].overdue is late


def test_returns_that_are_owed_name_who_answers_for_them(db: Session, member: Actor):
    here = a_person(db, Role.MANAGER, name="Olu Bright")
    gone = a_person(db, Role.MANAGER, disabled_at=days_ago(1))
    this = a_round(db, "This year", "A1", "A2", due=-3)
    owed = a_return(db, this, a_service(db, here, gone, name="Housing"), ReturnState.OPENED)
    a_return(db, this, db.get_one(Service, owed.service_id), ReturnState.IN_PROGRESS, A1=2)
    a_return(db, this, a_service(db), A1=2, A2=2)

    [row] = returns_missing(db, member, this)

    assert (row.service, row.days_late, row.managers) == ("Housing", 3, ("Olu Bright",))
    assert (row.answered, row.whole) == (1, 2)


def test_the_widest_gaps_come_first_over_what_is_handed_in(db: Session, member: Actor):
    this = a_round(db, "This year", "A1", "A2", "A3", "A4")
    a_return(db, this, a_service(db), A1=0, A2=1, A3=[2], A4=3)
    a_return(db, this, a_service(db), A1=1, A2=3, A3=None, A4=3)
    a_return(db, this, a_service(db), ReturnState.IN_PROGRESS, A4=0)

    rows = top_gaps(db, member, this)

    assert [(r.reference, r.weak, r.rated, r.not_looked, r.bare) for r in rows] == [
        ("A1", 2, 2, 0, 0), ("A2", 1, 2, 0, 0), ("A3", 0, 1, 1, 1),
    ]  # fmt: skip
    assert [row.reference for row in top_gaps(db, member, this, limit=1)] == ["A1"]


def test_where_young_auditors_see_less_the_widest_difference_comes_first(
    db: Session, member: Actor
):
    this = a_round(db, "This year", "A1", "A2", "A3")
    service = a_service(db, name="Housing")
    a_return(db, this, service, A1=2, A2=3, A3=1)
    a_return(db, this, service, rater=Rater.YOUNG_AUDITORS, A1=1, A2=0, A3=2)

    rows = views_apart(db, member, this)

    assert [(r.reference, r.service_level, r.young_level) for r in rows] == [
        ("A2", 3, 0), ("A1", 2, 1),
    ]  # fmt: skip


def test_a_return_stands_beside_last_years_and_a_copied_text_is_told(db: Session):
    manager = a_person(db, Role.MANAGER)
    service = a_service(db, manager)
    last = a_round(db, "Last year", "A1", "A2", opened=400, due=-300)
    a_round(db, "The year before", "A1", "A2", opened=800, due=-700)
    this = a_round(db, "This year", "A1", "A2")
    a_return(db, last, service, ReturnState.PUBLISHED, A1=1, A2=[2])
    a_return(db, this, service, ReturnState.IN_PROGRESS, A1=2)

    actor = acting(manager, Role.MANAGER)
    [mine] = my_returns(db, actor)
    first, second = answers_of(db, actor, mine.id)

    assert (first.level, first.last_level, first.copied) == (2, 1, ("evidence",))
    assert (second.answered, second.last_level, second.copied) == (False, 2, ())
    assert (mine.answered, mine.bare, mine.whole) == (1, 0, 2)


def test_what_is_handed_in_waits_for_its_review(db: Session):
    worker = somebody(db, Role.YOUTH_VOICE)
    this = a_round(db, "This year", "A1")
    waiting = a_return(db, this, a_service(db), A1=1)
    a_return(db, this, a_service(db), ReturnState.REVIEWED, A1=1)

    assert [row.id for row in returns_to_review(db, worker)] == [waiting.id]


def test_results_are_for_the_board_and_staff(db: Session):
    this = a_round(db, "This year", "A1")
    for actor in (somebody(db, Role.YOUNG_PERSON), the_public()):
        for read in (audit_heat, returns_missing, top_gaps, views_apart):
            with pytest.raises(NotAllowed):
                read(db, actor, this)
        with pytest.raises(NotAllowed):
            rounds(db, actor)


def test_a_round_that_is_not_there_is_said_so(db: Session, member: Actor):
    with pytest.raises(NotFound):
        audit_heat(db, member, 99)


def test_more_services_take_no_more_statements(db: Session, database: Database, member: Actor):
    manager = a_person(db, Role.MANAGER)
    last = a_round(db, "Last year", "A1", opened=400)
    this = a_round(db, "This year", "A1")
    a_return(db, this, a_service(db), A1=1)
    with statements(database) as one:
        audit_heat(db, member, this)
        top_gaps(db, member, this)
        returns_missing(db, member, this)
    for _ in range(2):
        service = a_service(db)
        add(db, ServiceMember(service_id=service.id, person_id=manager.id))
        a_return(db, last, service, A1=1)
        a_return(db, this, service, ReturnState.OPENED)

    with statements(database) as three:
        assert len(audit_heat(db, member, this).rows) == 3
        top_gaps(db, member, this)
        returns_missing(db, member, this)

    assert len(three) == len(one)
