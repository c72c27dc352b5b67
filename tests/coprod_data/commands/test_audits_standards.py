"""A round of the audit before services answer: its standards, its date, its young auditors."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.audits import add_standard, answer_standard, open_round, submit_return
from coprod_data.commands.audits_standards import (
    change_audit_round,
    change_standard,
    name_auditors,
    remove_standard,
)
from coprod_data.models import AuditAuditor, AuditReturn, AuditRound, PromiseTheme
from coprod_data.permissions import (
    Actor,
    ChangedMeanwhile,
    Invalid,
    NotAllowed,
    NotFound,
    Refused,
    Role,
)
from coprod_data.queries.audits import round_standards, rounds
from coprod_data.queries.audits_auditors import (
    auditors_of,
    auditors_to_name,
    looks_at,
    standards_to_mark,
)
from coprod_data.queries.audits_return import audit_return
from coprod_data.vocabulary.audits import Rater, StandardSet
from tests.helpers.audit_returns import DUE, TWO, handed_in, rate, standards, the_return
from tests.helpers.builders import a_service, somebody

SAID = {"short": "Heard", "wording": "We hear.", "source": "Ours"}


def _at(actor: Actor, at: datetime) -> Actor:
    return replace(actor, at=at)


def of(db: Session, round_id: int) -> AuditRound:
    return db.get_one(AuditRound, round_id)


@pytest.mark.parametrize(
    ("chosen", "count", "first"),
    [
        (StandardSet.POLICY, 11, "A1"),
        (StandardSet.HEAR_BY_RIGHT, 7, "H1"),
        (StandardSet.LUNDY, 4, "L1"),
        (StandardSet.OWN, 0, None),
    ],
)
def test_a_round_begins_with_a_set_of_standards(
    db: Session, administrator: Actor, chosen: StandardSet, count: int, first: str | None
):
    round_id = open_round(db, administrator, title="This year", due_on=DUE, standards=chosen)

    rows = round_standards(db, administrator, round_id)
    assert len(rows) == count
    assert first == (rows[0].reference if rows else None)
    assert of(db, round_id).standards_version == 1


def test_a_round_begins_with_those_of_the_last_one(
    db: Session, administrator: Actor, owed: AuditReturn
):
    [first, _] = standards(db, owed)
    change_standard(db, administrator, first, **SAID)
    later = _at(administrator, administrator.at + timedelta(days=1))

    number = open_round(db, later, title="Next", due_on=DUE, standards=StandardSet.LAST)

    assert [(one.reference, one.short) for one in round_standards(db, administrator, number)] == [
        ("A1", "Heard"), ("A2", "Told after"),
    ]  # fmt: skip


def test_there_is_no_last_round_before_the_first(db: Session, administrator: Actor):
    with pytest.raises(Invalid, match="no round before"):
        open_round(db, administrator, title="First", due_on=DUE, standards=StandardSet.LAST)


def test_each_change_of_the_standards_is_a_version(
    db: Session, administrator: Actor, owed: AuditReturn
):
    [first, second] = standards(db, owed)
    change_standard(db, administrator, first, **SAID)
    change_standard(db, administrator, first, **SAID)  # nothing new in it
    add_standard(db, administrator, owed.round_id, reference="A3", short="More", wording="More.")
    remove_standard(db, administrator, second)

    assert of(db, owed.round_id).standards_version == 4
    rows = round_standards(db, administrator, owed.round_id)
    assert [(one.reference, one.short) for one in rows] == [("A1", "Heard"), ("A3", "More")]
    assert audit_return(db, administrator, owed.id).version == 4


def test_no_standard_changes_once_a_service_has_answered(
    db: Session, administrator: Actor, manager: Actor, owed: AuditReturn
):
    [first, second] = standards(db, owed)
    assert not rounds(db, administrator)[0].begun
    rate(db, manager, owed)

    with pytest.raises(Refused, match="started to answer"):
        change_standard(db, administrator, second, **SAID)
    with pytest.raises(Refused, match="started to answer"):
        remove_standard(db, administrator, second)
    assert rounds(db, administrator)[0].begun
    with pytest.raises(NotFound):
        change_standard(db, administrator, first + 99, **SAID)


def test_a_standard_that_young_auditors_rated_stays(
    db: Session, administrator: Actor, owed: AuditReturn
):
    rate(db, somebody(db, Role.YOUTH_VOICE), owed, rater=Rater.YOUNG_AUDITORS, plan="")

    with pytest.raises(Refused, match="rated this"):
        remove_standard(db, administrator, standards(db, owed)[0])


def test_two_who_word_a_standard_see_each_other(
    db: Session, administrator: Actor, owed: AuditReturn
):
    [first, _] = standards(db, owed)
    opened = {"short": "Asked first", "wording": "We ask first.", "source": ""}
    change_standard(db, administrator, first, **SAID, opened=opened)

    with pytest.raises(ChangedMeanwhile):
        change_standard(
            db, administrator, first, short="Mine", wording="Mine.", source="", opened=opened
        )


def test_the_date_of_a_round_can_move_and_its_part_be_named(
    db: Session, administrator: Actor, owed: AuditReturn, theme: PromiseTheme
):
    later = DUE + timedelta(days=30)
    change_audit_round(db, administrator, owed.round_id, due_on=later, theme_id=theme.id)

    assert (of(db, owed.round_id).due_on, of(db, owed.round_id).theme_id) == (later, theme.id)
    with pytest.raises(Invalid, match="after the day"):
        change_audit_round(
            db, administrator, owed.round_id, due_on=of(db, owed.round_id).opened_on, theme_id=None
        )
    with pytest.raises(NotFound):
        change_audit_round(db, administrator, owed.round_id, due_on=later, theme_id=999)


def test_an_answer_after_its_window_is_taken_and_says_how_late(
    db: Session, manager: Actor, owed: AuditReturn, administrator: Actor
):
    late = _at(manager, manager.at + timedelta(days=63))

    handed_in(db, late, owed)

    assert audit_return(db, administrator, owed.id).sent_late == 3


def test_an_answer_to_a_round_that_a_newer_one_followed_is_refused(
    db: Session, manager: Actor, administrator: Actor, owed: AuditReturn
):
    rate(db, manager, owed)
    later = _at(administrator, administrator.at + timedelta(days=300))
    open_round(db, later, title="Next year", due_on=DUE + timedelta(days=400), standards=TWO)

    with pytest.raises(Refused, match="Next year is open"):
        rate(db, manager, owed, 1)
    with pytest.raises(Refused, match="Next year is open"):
        submit_return(db, manager, owed.id)


def test_a_young_auditor_sees_only_what_was_given_and_the_service_after_the_own_mark(
    db: Session, administrator: Actor
):
    worker, young, other = (
        somebody(db, Role.YOUTH_VOICE), *(somebody(db, Role.YOUNG_PERSON) for _ in range(2))
    )  # fmt: skip
    fostering, housing = a_service(db, name="Fostering"), a_service(db, name="Housing")
    round_id = open_round(db, administrator, title="This year", due_on=DUE, standards=TWO)
    mine, theirs = the_return(db, round_id, fostering), the_return(db, round_id, housing)
    name_auditors(db, worker, mine.id, [young.id, other.id])

    assert [one.service for one in looks_at(db, young)] == ["Fostering"]
    with pytest.raises(NotFound):
        standards_to_mark(db, young, theirs.id)
    with pytest.raises(NotAllowed):
        answer_standard(
            db, young, theirs.id, standards(db, theirs)[0], rater=Rater.YOUNG_AUDITORS, level=1
        )
    first, _ = standards_to_mark(db, young, mine.id)
    assert (first.marked, first.service_level, first.evidence) == (False, None, "")


def test_marks_are_one_for_the_group_and_come_before_what_the_service_says(
    db: Session, manager: Actor, owed: AuditReturn
):
    worker, young, other = (
        somebody(db, Role.YOUTH_VOICE), *(somebody(db, Role.YOUNG_PERSON) for _ in range(2))
    )  # fmt: skip
    name_auditors(db, worker, owed.id, [young.id, other.id])
    given = {"rater": Rater.YOUNG_AUDITORS, "evidence": "", "plan": ""}
    handed_in(db, manager, owed)
    assert standards_to_mark(db, young, owed.id)[0].evidence == ""

    rate(db, young, owed, level=1, **given, opened={"answered": False, "level": None})
    with pytest.raises(ChangedMeanwhile):
        rate(db, other, owed, level=3, **given, opened={"answered": False, "level": None})
    rate(db, other, owed, level=3, **given, opened={"answered": True, "level": 1})

    seen = standards_to_mark(db, young, owed.id)[0]
    assert (seen.level, seen.service_level, seen.evidence) == (3, 2, "The log.")
    assert looks_at(db, young)[0].marked == 1


def test_auditors_are_named_by_the_team_and_are_young(
    db: Session, manager: Actor, owed: AuditReturn
):
    worker, young = somebody(db, Role.YOUTH_VOICE), somebody(db, Role.YOUNG_PERSON)
    with pytest.raises(NotAllowed):
        name_auditors(db, manager, owed.id, [young.id])
    with pytest.raises(Invalid) as refused:
        name_auditors(db, worker, owed.id, [manager.id])
    assert refused.value.field == "auditors"

    name_auditors(db, worker, owed.id, [young.id])
    assert list(auditors_of(db, worker, owed.id)) == [young.id]
    assert young.id in auditors_to_name(db, worker)
    name_auditors(db, worker, owed.id, [], opened=[])  # what somebody else chose stays
    assert len(db.scalars(sa.select(AuditAuditor)).all()) == 1
    name_auditors(db, worker, owed.id, [], opened=[young.id])
    assert db.scalars(sa.select(AuditAuditor)).all() == []
    with pytest.raises(NotAllowed):
        rate(db, young, owed, rater=Rater.YOUNG_AUDITORS, evidence="", plan="")
