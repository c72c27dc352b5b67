"""What its owner has left behind is a row for those who hand it over, until it has an owner."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions_changes import hand_over_action
from coprod_data.commands.groups import hand_over_seat
from coprod_data.commands.services import hand_over_service
from coprod_data.models import (
    AuditReturn,
    AuditRound,
    Group,
    Invitation,
    Membership,
    Person,
    RoleGrant,
    ServiceMember,
)
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.queries.opportunities_silent import invitations_unanswered
from coprod_data.queries.work import number_of_turns, turns, turns_of_others
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.groups import GroupKind, MemberKind, Sector
from coprod_data.vocabulary.opportunities import InvitationReply, OpportunityState
from coprod_data.vocabulary.work import WorkKind
from pages.shared.work_rows import of_turns
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_commitment,
    a_person,
    a_promise,
    a_service,
    acting,
    add,
    an_action,
    an_opportunity,
    days_ago,
    somebody,
    unrecorded,
)
from tests.helpers.working_together import an_invitation, the_person, work

OWNERLESS = {
    WorkKind.NO_OWNER, WorkKind.NO_MEMBER, WorkKind.EMPTY_SEAT, WorkKind.NO_RETURNER,
    WorkKind.NO_SERVICE,
}  # fmt: skip


def rows(db: Session, actor: Actor) -> list[tuple[WorkKind, int]]:
    found = turns(db, actor)
    assert number_of_turns(db, actor) == len(found)
    return [(row.kind, row.about) for row in found if row.kind in OWNERLESS]


def waits(db: Session, actor: Actor) -> list[WorkKind]:
    return [row.kind for row in turns_of_others(db, actor)]


def leaves(db: Session, person: Person, days: int = 9) -> None:
    with unrecorded(db):
        person.disabled_at = days_ago(days)


def loses(db: Session, person: Person, role: Role) -> None:
    with unrecorded(db):
        for grant in db.scalars(sa.select(RoleGrant).where(RoleGrant.person_id == person.id)):
            grant.ended_at = days_ago(2) if grant.role is role else None


def test_an_action_whose_owner_has_left_waits_for_the_chair_youth_voice_and_its_service(
    db: Session,
):
    chair, amara = somebody(db, Role.CHAIR), somebody(db, Role.YOUTH_VOICE)
    lorna, other = somebody(db, Role.MANAGER), somebody(db, Role.MANAGER)
    priya = a_person(db, Role.MANAGER, name="Priya Nair")
    service = a_service(db, the_person(db, lorna), name="Leaving Care")
    action = an_action(
        db, a_commitment(db, a_promise(db)[0], reference="2.1"), priya, service,
        due_on=TODAY - timedelta(days=8),
    )  # fmt: skip
    for actor in (chair, amara, lorna, other):
        assert rows(db, actor) == []

    leaves(db, priya)

    for actor in (chair, amara, lorna):
        assert rows(db, actor) == [(WorkKind.NO_OWNER, action.id)]
    assert rows(db, other) == []
    row = next(row for row in turns(db, chair) if row.kind is WorkKind.NO_OWNER)
    assert row.since == days_ago(9)
    [told] = of_turns([row], NOW)
    assert told.title == "Find an owner: Check the heating of every flat"
    assert told.detail == (
        "Priya Nair owned it and has left · 2.1 · Leaving Care · 24 February 2026: 8 days late"
    )
    assert (told.button, told.href) == ("Find an owner", f"/actions?action={action.id}")

    hand_over_action(
        db, lorna, action.id, owner_id=lorna.id,
        opened={"owner_id": priya.id, "service_id": service.id},
    )  # fmt: skip
    for actor in (chair, amara, lorna):
        assert rows(db, actor) == []
    with pytest.raises(NotAllowed):  # it has an owner again, who is not theirs to change
        hand_over_action(db, lorna, action.id, owner_id=other.id)


def test_an_owner_who_is_no_manager_any_more_left_it_too_and_a_finished_action_waits_for_nobody(
    db: Session,
):
    chair, priya = somebody(db, Role.CHAIR), a_person(db, Role.MANAGER, name="Priya Nair")
    commitment, service = a_commitment(db, a_promise(db)[0]), a_service(db)
    action = an_action(db, commitment, priya, service)
    an_action(db, commitment, priya, service, stage=Stage.VERIFIED)
    loses(db, priya, Role.MANAGER)

    assert rows(db, chair) == [(WorkKind.NO_OWNER, action.id)]
    [row] = [row for row in turns(db, chair) if row.kind is WorkKind.NO_OWNER]
    assert row.since == days_ago(2)
    assert "Priya Nair owned it and no longer keeps actions" in of_turns([row], NOW)[0].detail


def test_another_services_manager_hands_nothing_over(db: Session):
    priya, other = a_person(db, Role.MANAGER), somebody(db, Role.MANAGER)
    action = an_action(db, a_commitment(db, a_promise(db)[0]), priya, a_service(db))
    leaves(db, priya)

    with pytest.raises(NotAllowed):
        hand_over_action(db, other, action.id, owner_id=other.id)


def test_an_opportunity_whose_member_has_left_waits_until_another_says_yes(db: Session):
    at_work = work(db, OpportunityState.WORKING)
    chair, dawn = somebody(db, Role.CHAIR), somebody(db, Role.BOARD_MEMBER)
    assert rows(db, chair) == []

    leaves(db, the_person(db, at_work.member))

    expected = [(WorkKind.NO_MEMBER, at_work.opportunity.id)]
    assert rows(db, chair) == expected == rows(db, at_work.worker)
    assert rows(db, dawn) == []
    an_invitation(db, at_work.opportunity, dawn, reply=InvitationReply.YES)
    assert rows(db, chair) == [] == rows(db, at_work.worker)


def test_a_seat_whose_member_has_left_waits_for_who_keeps_groups_and_the_chair_for_them(
    db: Session,
):
    chair, amara = somebody(db, Role.CHAIR), somebody(db, Role.YOUTH_VOICE)
    office, jo = somebody(db, Role.ADMINISTRATOR), a_person(db, Role.MANAGER)
    group = add(db, Group(name="Action Group", kind=next(iter(GroupKind))))
    seat = add(db, Membership(
        group_id=group.id, person_id=jo.id, kind=next(iter(MemberKind)),
        sector=next(iter(Sector)), joined_on=TODAY,
    ))  # fmt: skip
    leaves(db, jo)

    assert rows(db, amara) == rows(db, office) == [(WorkKind.EMPTY_SEAT, group.id)]
    assert rows(db, chair) == []
    assert waits(db, chair) == [WorkKind.WAITS_SEAT]

    hand_over_seat(db, amara, seat.id, amara.id)
    assert rows(db, amara) == rows(db, office) == []
    assert waits(db, chair) == []


def test_a_return_that_nobody_may_fill_in_waits_for_an_administrator(db: Session):
    chair, amara = somebody(db, Role.CHAIR), somebody(db, Role.YOUTH_VOICE)
    office, priya = somebody(db, Role.ADMINISTRATOR), a_person(db, Role.MANAGER)
    service, other = a_service(db, priya, name="Leaving Care"), somebody(db, Role.MANAGER)
    audit = add(db, AuditRound(title="2026", opened_on=TODAY, due_on=TODAY + timedelta(days=3)))
    owed = add(db, AuditReturn(round_id=audit.id, service_id=service.id))
    assert rows(db, office) == []

    leaves(db, priya)

    assert rows(db, office) == [(WorkKind.NO_RETURNER, owed.id)]
    assert of_turns(turns(db, office), NOW)[0].wait == "due in 3 days"
    assert waits(db, chair) == waits(db, amara) == [WorkKind.WAITS_RETURNER]

    hand_over_service(db, office, service.id, from_id=priya.id, to_id=other.id)
    assert db.scalars(sa.select(ServiceMember.person_id)).all() == [other.id]
    assert rows(db, office) == []
    assert waits(db, chair) == waits(db, amara) == []


def test_a_service_that_somebody_left_waits_for_an_administrator_though_others_are_in_it(
    db: Session,
):
    office, priya, jen = (
        somebody(db, Role.ADMINISTRATOR),
        *(a_person(db, Role.MANAGER) for _ in range(2)),
    )
    service = a_service(db, priya, name="Leaving Care")
    add(db, ServiceMember(service_id=service.id, person_id=jen.id))
    audit = add(db, AuditRound(title="2026", opened_on=TODAY, due_on=TODAY - timedelta(days=3)))
    owed = add(db, AuditReturn(round_id=audit.id, service_id=service.id))

    leaves(db, priya)

    assert rows(db, office) == [(WorkKind.NO_SERVICE, priya.id)]
    [row] = turns(db, acting(jen, Role.MANAGER))
    assert (row.kind, row.about, row.late) == (WorkKind.RETURN_OWED, owed.id, True)

    hand_over_service(db, office, service.id, from_id=priya.id, to_id=jen.id)
    assert rows(db, office) == []


def test_nobody_waits_for_the_answer_or_the_offer_of_somebody_who_has_left(db: Session):
    chair, amara = somebody(db, Role.CHAIR), somebody(db, Role.YOUTH_VOICE)
    asked, offers = a_person(db, Role.BOARD_MEMBER), a_person(db, Role.MANAGER)
    chance = an_opportunity(db, a_promise(db)[0], the_person(db, amara))
    add(db, Invitation(
        opportunity_id=chance.id, person_id=asked.id, asked_by_id=chair.id, asked_at=days_ago(3)
    ))  # fmt: skip
    an_invitation(db, chance, offers, reply=InvitationReply.YES, replied_at=days_ago(2))

    def waiting() -> tuple[list[WorkKind], list[WorkKind], int]:
        kinds = [row.kind for row in turns(db, amara)]
        return waits(db, chair), kinds, len(invitations_unanswered(db, chair))

    assert waiting() == ([WorkKind.WAITS_ANSWER], [WorkKind.OFFERED], 1)

    leaves(db, asked)
    leaves(db, offers)

    assert waiting() == ([], [WorkKind.NO_MEMBER], 0)
