"""Names and jobs are corrected; a closed account hands over all it holds; a used link says so."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.groups import add_group, add_member, hand_over_seat
from coprod_data.commands.people import (
    add_person,
    disable_person,
    make_reset_link,
    set_password_by_link,
)
from coprod_data.commands.people_details import change_person
from coprod_data.commands.projects import hand_over_project, stop_project
from coprod_data.commands.recruitment import hand_over_recruitment
from coprod_data.commands.services import (
    add_service_member,
    hand_over_service,
    remove_service_member,
    rename_service,
)
from coprod_data.models import Event, Person, PromiseCommitment, Service, ServiceMember
from coprod_data.permissions import (
    Actor,
    ChangedMeanwhile,
    Invalid,
    NotAllowed,
    NotFound,
    Refused,
    Role,
)
from coprod_data.queries.people import service_members, unusable_link
from coprod_data.queries.people_holding import held_by
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.groups import GroupKind, MemberKind, Sector
from coprod_data.vocabulary.opportunities import InvitationReply
from tests.helpers.builders import TODAY, a_service, days_ago, somebody, the_public
from tests.helpers.plans import owned
from tests.helpers.projects import a_project, a_recruitment
from tests.helpers.signing_in import HASH
from tests.helpers.working_together import Work, an_invitation


@pytest.fixture
def administrator(db: Session) -> Actor:
    return somebody(db, Role.ADMINISTRATOR)


def test_a_name_and_a_job_are_corrected(db: Session, administrator: Actor):
    id_ = add_person(db, administrator, username="jo.smith", name="Jo Smiht")

    change_person(db, administrator, id_, name=" Jo  Smith ", job="Team manager")
    change_person(db, administrator, id_, name="Jo Smith", job="Team manager")

    person = db.get_one(Person, id_)
    assert (person.name, person.job, person.username) == ("Jo Smith", "Team manager", "jo.smith")
    kinds = db.scalars(sa.select(Event.kind)).all()
    assert kinds == [EventKind.PERSON_ADDED, EventKind.PERSON_CHANGED]
    with pytest.raises(Invalid) as refused:
        change_person(db, administrator, id_, name=" ", job="")
    assert refused.value.field == "name"
    with pytest.raises(NotAllowed):
        change_person(db, somebody(db, Role.CHAIR), id_, name="Jo", job="")
    with pytest.raises(NotFound):
        change_person(db, administrator, 4711, name="Jo", job="")


def test_a_closed_account_holds_nothing_once_all_is_handed_over(
    db: Session, together: Work, commitment: PromiseCommitment, administrator: Actor
):
    leaver = somebody(db, Role.MANAGER)
    other = somebody(db, Role.MANAGER)
    action = owned(db, commitment, leaver)
    service = db.get_one(Service, action.service_id)
    add_service_member(db, administrator, service.id, leaver.id)
    group = add_group(db, administrator, name="Delivery Group", kind=GroupKind.DELIVERY)
    add_member(
        db, administrator, group, kind=MemberKind.OFFICER, sector=Sector.COUNCIL,
        person_id=leaver.id,
    )  # fmt: skip
    yes = {"reply": InvitationReply.YES, "confirmed_at": days_ago(2)}
    an_invitation(db, together.opportunity, leaver, **yes)

    disable_person(db, administrator, leaver.id)

    held = held_by(db, administrator, leaver.id)
    assert [one.name for one in held.actions] == [action.title]
    assert [one.name for one in held.services] == [service.name]
    assert [one.name for one in held.opportunities] == [together.opportunity.title]
    assert [one.name for one in held.groups] == ["Delivery Group"]
    hand_over_service(db, administrator, service.id, from_id=leaver.id, to_id=other.id)
    hand_over_seat(db, administrator, held.groups[0].id, other.id)
    held = held_by(db, administrator, leaver.id)
    assert (held.services, held.groups) == ((), ())
    assert [one.person_id for one in service_members(db, administrator)] == [other.id]
    assert [one.name for one in held_by(db, administrator, other.id).groups] == ["Delivery Group"]


def test_what_a_leaver_led_is_listed_and_handed_over(db: Session, administrator: Actor):
    leaver, other = somebody(db, Role.MANAGER), somebody(db, Role.YOUTH_VOICE)
    going, _ = a_project(db, administrator, owner_id=leaver.id)
    over, _ = a_project(db, administrator, owner_id=leaver.id, title="Given up")
    stop_project(db, administrator, over, reason="The money went elsewhere.")
    panel, _ = a_recruitment(db, administrator, owner_id=leaver.id)
    told = a_recruitment(
        db, administrator, owner_id=leaver.id, post="Head", meets_on=TODAY - timedelta(days=1),
        thanked="With cake.", what_changed="The questions.",
    )[0]  # fmt: skip

    disable_person(db, administrator, leaver.id)
    held = held_by(db, administrator, leaver.id)
    assert held
    assert [one.id for one in held.projects] == [going]
    assert [one.id for one in held.recruitments] == [panel]

    for hand_over, number in ((hand_over_project, going), (hand_over_recruitment, panel)):
        with pytest.raises(Invalid):
            hand_over(db, administrator, number, from_id=leaver.id, to_id=administrator.id)
        with pytest.raises(ChangedMeanwhile):
            hand_over(db, administrator, number, from_id=administrator.id, to_id=other.id)
        with pytest.raises(NotAllowed):
            hand_over(db, somebody(db, Role.CHAIR), number, from_id=leaver.id, to_id=other.id)
        hand_over(db, administrator, number, from_id=leaver.id, to_id=other.id)
    with pytest.raises(Refused):
        hand_over_project(db, administrator, over, from_id=leaver.id, to_id=other.id)
    assert not held_by(db, administrator, leaver.id)
    theirs = held_by(db, administrator, other.id)
    assert [one.id for one in (*theirs.projects, *theirs.recruitments)] == [going, panel]
    assert told not in {one.id for one in theirs.recruitments}


def test_what_somebody_holds_is_for_who_keeps_the_accounts(db: Session):
    with pytest.raises(NotAllowed):
        held_by(db, somebody(db, Role.CHAIR), 1)


def test_a_service_is_renamed_and_loses_a_member(db: Session, administrator: Actor):
    service, taken = a_service(db, name="Fostring"), a_service(db, name="Housing")
    manager = somebody(db, Role.MANAGER)
    add_service_member(db, administrator, service.id, manager.id)

    rename_service(db, administrator, service.id, name="Fostering")
    remove_service_member(db, administrator, service.id, manager.id)
    remove_service_member(db, administrator, service.id, manager.id)

    assert service.name == "Fostering"
    assert db.scalars(sa.select(ServiceMember.id)).all() == []
    with pytest.raises(Invalid):
        rename_service(db, administrator, service.id, name=taken.name)
    for again in (rename_service, remove_service_member):
        arguments = {"name": "X"} if again is rename_service else {"person_id": manager.id}
        with pytest.raises(NotAllowed):
            again(db, somebody(db, Role.CHAIR), service.id, **arguments)
        with pytest.raises(NotFound):
            again(db, administrator, 4711, **arguments)


def test_a_used_an_old_and_a_replaced_link_say_so(db: Session, administrator: Actor):
    jo = somebody(db, Role.MANAGER)
    visitor = the_public()
    replaced = make_reset_link(db, administrator, jo.id)
    link = make_reset_link(db, administrator, jo.id)
    assert unusable_link(db, visitor, link) == ""
    assert "newer link has taken the place" in unusable_link(db, visitor, replaced)
    tomorrow = the_public(at=visitor.at + timedelta(hours=24))
    assert "more than a day old" in unusable_link(db, tomorrow, link)

    set_password_by_link(db, visitor, link, HASH)

    assert unusable_link(db, visitor, link).startswith("This link has been used.")
