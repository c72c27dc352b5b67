"""Groups: adults belong by kind and until a day, young people are counted, meetings have dates."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.groups import (
    add_group,
    add_member,
    change_group,
    close_group,
    end_membership,
    record_group_meeting,
    reopen_group,
)
from coprod_data.models import Group, Membership
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.events import history
from coprod_data.queries.events_told import Change
from coprod_data.queries.groups import group, group_meetings, groups, members_of_group, open_groups
from coprod_data.vocabulary.groups import GroupKind, MemberKind, Sector
from tests.helpers.builders import TODAY, a_person, somebody

TOMORROW = TODAY + timedelta(days=1)
OFFICER = {"kind": MemberKind.OFFICER, "sector": Sector.CHILDREN}


def a_group(db: Session, actor: Actor, name: str = "Action Group") -> int:
    return add_group(db, actor, name=name, kind=GroupKind.ACTION)


def change(db: Session, actor: Actor, group_id: int, **said: object) -> None:
    before = group(db, actor, group_id)
    kept = {"name": before.name, "kind": before.kind, "young_people": before.young_people}
    change_group(db, actor, group_id, **{**kept, **said})  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["", "   ", "Action Group", " Action  Group ", "x" * 121])
def test_a_name_is_asked_for_and_is_there_once(db: Session, worker: Actor, name: str):
    a_group(db, worker)
    with pytest.raises(Invalid) as refused:
        a_group(db, worker, name)
    assert refused.value.field == "name"


def test_a_group_keeps_its_own_name_when_it_is_changed(db: Session, worker: Actor):
    one, other = a_group(db, worker), a_group(db, worker, "Forum")

    change(db, worker, one, terms="We meet on Thursdays.", quorum=4, young_people=7)
    with pytest.raises(Invalid):
        change(db, worker, other, name="Action Group")

    row = group(db, worker, one)
    assert (row.terms, row.quorum, row.young_people) == ("We meet on Thursdays.", 4, 7)


@pytest.mark.parametrize("said", [{"quorum": 0}, {"quorum": 201}, {"young_people": -1}])
def test_numbers_out_of_reason_are_refused(db: Session, worker: Actor, said: dict[str, int]):
    with pytest.raises(Invalid) as refused:
        change(db, worker, a_group(db, worker), **said)
    assert refused.value.field in said


def test_a_mixed_group_without_young_people_is_warned_of(db: Session, worker: Actor):
    board = add_group(db, worker, name="Board", kind=GroupKind.BOARD)
    mixed = a_group(db, worker)
    assert [row.name for row in groups(db, worker) if row.lacks_young_people] == ["Action Group"]
    assert not group(db, worker, board).lacks_young_people

    change(db, worker, mixed, young_people=6)

    assert not group(db, worker, mixed).lacks_young_people


def test_fewer_than_the_quorum_is_warned_of(db: Session, worker: Actor):
    id_ = a_group(db, worker)
    change(db, worker, id_, quorum=3, young_people=1)
    assert group(db, worker, id_).below_quorum

    for _ in range(2):
        add_member(db, worker, id_, person_id=a_person(db, Role.MANAGER).id, **OFFICER)

    assert not group(db, worker, id_).below_quorum


def test_a_closed_group_lacks_nobody(db: Session, worker: Actor):
    id_ = a_group(db, worker)
    change(db, worker, id_, quorum=3)
    close_group(db, worker, id_)

    row = group(db, worker, id_)

    assert not row.below_quorum
    assert not row.lacks_young_people


def test_the_queue_of_opportunities_belongs_to_one_group(db: Session, worker: Actor):
    one, other = a_group(db, worker), a_group(db, worker, "Forum")

    change(db, worker, one, owns_queue=True)
    change(db, worker, other, owns_queue=True)

    assert [row.name for row in groups(db, worker) if row.owns_queue] == ["Forum"]
    given, taken = history(db, worker)[:2]
    assert [(row.about, row.changes) for row in (given, taken)] == [
        ("group: Forum", (Change("reviews the opportunities", "no", "yes"),)),
        ("group: Action Group", (Change("reviews the opportunities", "yes", "no"),)),
    ]


def test_saving_a_group_as_it_is_writes_nothing_in_the_history(db: Session, worker: Actor):
    id_ = a_group(db, worker)
    change(db, worker, id_, terms="Once a month.", quorum=3)
    before = history(db, worker)

    change(db, worker, id_, terms="Once a month.", quorum=3)

    assert history(db, worker) == before


def test_an_adult_sits_in_a_group_once_by_account_or_by_name(db: Session, worker: Actor):
    id_, person = a_group(db, worker), a_person(db, Role.MANAGER, name="Priya Nair")
    for _ in range(2):
        add_member(db, worker, id_, person_id=person.id, **OFFICER)
        add_member(
            db, worker, id_, name="Youth Trust", kind=MemberKind.PARTNER, sector=Sector.VOLUNTARY
        )

    assert [(seat.name, seat.kind) for seat in members_of_group(db, worker, id_)] == [
        ("Priya Nair", MemberKind.OFFICER),
        ("Youth Trust", MemberKind.PARTNER),
    ]


def test_a_young_person_is_never_named_in_a_group(db: Session, worker: Actor):
    young = a_person(db, Role.YOUNG_PERSON)

    with pytest.raises(Invalid, match="counted here, not named"):
        add_member(db, worker, a_group(db, worker), person_id=young.id, **OFFICER)
    assert db.scalars(sa.select(Membership)).all() == []


@pytest.mark.parametrize("said", [{}, {"name": "  "}, {"name": "x" * 121}])
def test_a_member_needs_an_account_or_a_name(db: Session, worker: Actor, said: dict[str, str]):
    with pytest.raises(Invalid):
        add_member(db, worker, a_group(db, worker), **OFFICER, **said)


def test_a_term_ends_after_it_begins_and_shows_when_it_has(db: Session, worker: Actor):
    id_, person = a_group(db, worker), a_person(db, Role.MANAGER)
    term = {"joined_on": TODAY - timedelta(days=400), "term_ends_on": TODAY - timedelta(days=1)}
    with pytest.raises(Invalid):
        add_member(
            db, worker, id_, person_id=person.id, term_ends_on=TODAY - timedelta(days=1), **OFFICER
        )

    add_member(db, worker, id_, person_id=person.id, **term, **OFFICER)

    assert [seat.overdue for seat in members_of_group(db, worker, id_)] == [True]


def test_whoever_left_may_come_back(db: Session, worker: Actor):
    id_, person = a_group(db, worker), a_person(db, Role.MANAGER)
    seat = add_member(db, worker, id_, person_id=person.id, **OFFICER)

    end_membership(db, worker, seat)
    with pytest.raises(Refused):
        end_membership(db, worker, seat)
    assert members_of_group(db, worker, id_) == []
    assert add_member(db, worker, id_, person_id=person.id, **OFFICER) != seat


def test_a_meeting_is_written_down_once_it_was_held(db: Session, worker: Actor):
    id_ = a_group(db, worker)
    with pytest.raises(Invalid):
        record_group_meeting(db, worker, id_, met_on=TOMORROW)

    ids = {record_group_meeting(db, worker, id_, met_on=TODAY) for _ in range(2)}

    assert len(ids) == 1
    (meeting,) = group_meetings(db, worker, group_id=id_)
    assert (meeting.group, meeting.met_on, meeting.reviewed) == ("Action Group", TODAY, 0)


def test_a_closed_group_stays_readable_and_changes_no_more(db: Session, worker: Actor):
    id_ = a_group(db, worker)
    close_group(db, worker, id_)

    assert group(db, worker, id_).closed
    assert open_groups(db, worker) == {}
    for act in (
        lambda: change(db, worker, id_),
        lambda: close_group(db, worker, id_),
        lambda: record_group_meeting(db, worker, id_, met_on=TODAY),
        lambda: add_member(db, worker, id_, name="Late", **OFFICER),
    ):
        with pytest.raises(Refused):
            act()


def test_a_group_that_was_closed_by_mistake_meets_again(db: Session, worker: Actor):
    id_ = a_group(db, worker)
    with pytest.raises(Refused):
        reopen_group(db, worker, id_)
    close_group(db, worker, id_)

    reopen_group(db, worker, id_)

    assert not group(db, worker, id_).closed
    record_group_meeting(db, worker, id_, met_on=TODAY)
    assert [row.did for row in history(db, worker)[1:3]] == [
        "opened a group again",
        "closed a group",
    ]


def test_what_is_not_there_is_not_found(db: Session, worker: Actor):
    for act in (
        lambda: group(db, worker, 4711),
        lambda: close_group(db, worker, 4711),
        lambda: reopen_group(db, worker, 4711),
        lambda: end_membership(db, worker, 4711),
        lambda: add_member(db, worker, a_group(db, worker), person_id=4711, **OFFICER),
    ):
        with pytest.raises(NotFound):
            act()


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.YOUTH_VOICE, Role.ADMINISTRATOR)]
)
def test_nobody_else_keeps_groups(db: Session, role: Role):
    with pytest.raises(NotAllowed):
        a_group(db, somebody(db, role))
    assert db.scalars(sa.select(Group)).all() == []
