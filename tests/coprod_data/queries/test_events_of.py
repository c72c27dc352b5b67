"""What happened is told on the record itself, old and new, to those who read the record."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions import add_milestone, meet_milestone, update_action
from coprod_data.commands.actions_changes import change_action, hand_over_action
from coprod_data.commands.audits import answer_standard
from coprod_data.commands.groups import add_group, add_member
from coprod_data.commands.opportunities_joining import reply_to_invitation
from coprod_data.commands.outcomes import co_sign, propose_outcome
from coprod_data.commands.people import add_person, make_reset_link, set_password_by_link
from coprod_data.commands.people_details import change_person
from coprod_data.commands.people_steps import grant_role
from coprod_data.commands.sessions import cancel_session
from coprod_data.models import Action, AuditReturn, AuditRound, AuditStandard, Person, PromiseTheme
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.queries.events import history
from coprod_data.queries.events_of import (
    history_of_action,
    history_of_card,
    history_of_commitment,
    history_of_group,
    history_of_opportunity,
    history_of_person,
    history_of_return,
    history_of_session,
)
from coprod_data.queries.events_told import Change
from coprod_data.store.passwords import DUMMY_HASH
from coprod_data.vocabulary.actions import DueKind, Rag, Stage
from coprod_data.vocabulary.audits import Rater
from coprod_data.vocabulary.groups import GroupKind, MemberKind, Sector
from coprod_data.vocabulary.opportunities import InvitationReply
from tests.helpers.builders import (
    TODAY,
    a_service,
    acting,
    add,
    an_opportunity,
    somebody,
    the_public,
)
from tests.helpers.plans import under
from tests.helpers.sessions import a_session
from tests.helpers.working_together import TOLD, a_seat, an_invitation, the_person, work

LATER = TODAY + timedelta(days=90)


@pytest.fixture
def action(db: Session, theme: PromiseTheme, owner: Person) -> Action:
    return under(db, theme, owner, stage=Stage.IN_PROGRESS, rag=Rag.AMBER, due_on=TODAY)


def test_an_action_tells_old_and_new_in_its_own_words(
    db: Session, action: Action, owner: Person, member: Actor
):
    chair, other = somebody(db, Role.CHAIR, name="Cllr Ashby"), somebody(db, Role.MANAGER)
    mine = acting(owner, Role.MANAGER)
    update_action(
        db, mine, action.id, stage=Stage.IN_PROGRESS, rag=Rag.GREEN, text="All vans are here."
    )
    change_action(
        db, chair, action.id, commitment_id=action.commitment_id, title=action.title,
        will_see=action.will_see, due_on=LATER, reason="Carers were trained late.",
    )  # fmt: skip
    hand_over_action(db, chair, action.id, owner_id=other.id)

    owned, dated, rated = history_of_action(db, mine, action.id)

    name = db.get_one(Person, other.id).name
    assert owned.changes == (Change("owner", "Olu Bright", name),)
    assert (dated.who, dated.did, dated.own) == ("Cllr Ashby", "changed an action", False)
    assert Change("due date", TODAY, LATER) in dated.changes
    assert (dated.reason, owned.reason) == ("Carers were trained late.", "")
    assert rated.changes == (Change("rating", "Amber: at risk", "Green: on track"),)
    assert rated.own
    assert len(history_of_commitment(db, member, action.commitment_id)) == 3
    assert history_of_action(db, member, action.id + 1) == []


def test_an_action_names_its_milestones_and_when_each_was_met(
    db: Session, action: Action, owner: Person
):
    mine = acting(owner, Role.MANAGER)
    number = add_milestone(db, mine, action.id, title="Tried with five people")
    meet_milestone(db, mine, number, met_on=date(2026, 3, 2), evidence="Five notes of visits.")

    met, added = history_of_action(db, mine, action.id)

    assert added.did == "added the milestone “Tried with five people”"
    assert met.did == "recorded “Tried with five people” as met on 2 March 2026"
    assert met.changes == ()


def test_a_new_date_reads_no_closer_than_the_plan_means_it(db: Session, action: Action):
    chair = somebody(db, Role.CHAIR)
    change_action(
        db, chair, action.id, commitment_id=action.commitment_id, title=action.title,
        will_see=action.will_see, due_on=date(2027, 3, 31), due_kind=DueKind.MONTH, reason="Late.",
    )  # fmt: skip

    [dated] = history_of_action(db, chair, action.id)

    assert Change("due date", TODAY, "March 2027") in dated.changes


def test_a_return_names_the_standard_that_was_rated_and_its_level(db: Session):
    amara, manager = somebody(db, Role.YOUTH_VOICE), somebody(db, Role.MANAGER)
    service = a_service(db, the_person(db, manager))
    audit = add(db, AuditRound(title="2026", opened_on=TODAY, due_on=LATER))
    standard = add(db, AuditStandard(
        round_id=audit.id, reference="1.1", short="Plans", wording="Everyone helps.", position=1
    ))  # fmt: skip
    owed = add(db, AuditReturn(round_id=audit.id, service_id=service.id))
    answer_standard(
        db, manager, owed.id, standard.id, rater=Rater.SERVICE, level=2, evidence="Minutes."
    )

    [rated] = history_of_return(db, amara, owed.id)

    assert rated.did == "rated “1.1 Plans”: 2 Established"


def test_an_opportunity_names_no_young_person_and_nobody_who_is_silent(db: Session):
    together = work(db)
    jay = somebody(db, Role.YOUNG_PERSON, name="Jay")
    a_seat(db, together.opportunity, account=jay)
    said = {**TOLD, "what_changed": "It is warm."}
    outcome = propose_outcome(db, together.member, together.opportunity.id, **said)
    co_sign(db, jay, outcome)
    co_sign(db, together.member, outcome)

    rows = history_of_opportunity(db, together.member, together.opportunity.id)

    assert [(row.who, row.did) for row in rows] == [
        ("Cllr Dawn Pryce", "signed an outcome"),
        ("A young person", "signed an outcome"),
        ("Cllr Dawn Pryce", "proposed an outcome"),
    ]
    told = history(db, together.worker)
    assert [row.did for row in told].count("signed an outcome") == 2


def test_who_was_asked_reads_their_own_answer_where_it_was_and_others_do_not(
    db: Session, theme: PromiseTheme, owner: Person
):
    dawn, other = somebody(db, Role.BOARD_MEMBER), somebody(db, Role.BOARD_MEMBER)
    chance = an_opportunity(db, theme, owner)
    asked = an_invitation(db, chance, dawn)
    no = InvitationReply.NOT_THIS_TIME
    reply_to_invitation(db, dawn, asked.id, reply=no, reason="I am away.")

    [mine] = history_of_opportunity(db, dawn, chance.id)
    assert mine.own
    assert Change("answer", None, no.words) in mine.changes
    assert history_of_opportunity(db, other, chance.id) == []


def test_an_account_tells_its_roles_and_names_and_no_sign_in(db: Session):
    administrator = somebody(db, Role.ADMINISTRATOR)
    jo = add_person(db, administrator, username="jo.smith", name="Jo Smiht")
    grant_role(db, administrator, jo, Role.MANAGER)
    change_person(db, administrator, jo, name="Jo Smith", job="")

    assert [row.did for row in history_of_person(db, administrator, jo)] == [
        "changed the name or job of an account", "gave a role", "added an account",
    ]  # fmt: skip
    assert [row.about for row in history(db, administrator)] == ["Jo Smith"] * 3


@pytest.mark.parametrize(
    ("role", "who"), [(Role.MANAGER, "Jo Smith"), (Role.YOUNG_PERSON, "The owner of this account")]
)
def test_a_password_set_with_a_link_is_told_of_its_owner(db: Session, role: Role, who: str):
    administrator = somebody(db, Role.ADMINISTRATOR, name="Sam Okoro")
    jo = add_person(
        db, administrator, username="jo.smith", name="Jo Smith", roles=frozenset({role})
    )  # fmt: skip
    made = make_reset_link(db, administrator, jo)
    set_password_by_link(db, the_public(), made, DUMMY_HASH)

    told = [(row.who, row.did) for row in history_of_person(db, administrator, jo)]

    assert told[0] == (who, "set a new password")
    assert {name for name, did in told if did != "set a new password"} == {"Sam Okoro"}


def test_only_who_reads_the_record_reads_its_history(db: Session, action: Action):
    reads = {
        history_of_action: Role.YOUNG_PERSON,
        history_of_commitment: Role.YOUNG_PERSON,
        history_of_opportunity: Role.ADMINISTRATOR,
        history_of_card: Role.MANAGER,
        history_of_return: Role.YOUNG_PERSON,
        history_of_person: Role.CHAIR,
    }
    for read, role in reads.items():
        with pytest.raises(NotAllowed):
            read(db, somebody(db, role), 1)
    assert db.scalar(sa.select(Action.id)) == action.id


def test_a_session_and_a_group_tell_what_happened_to_them(db: Session, member: Actor):
    worker = somebody(db, Role.YOUTH_VOICE)
    session = a_session(db, worker)
    cancel_session(db, worker, session, why="The hall is shut.")
    told = [row.did for row in history_of_session(db, member, session)]
    assert told == ["cancelled a session, with a reason", "planned a session"]
    group = add_group(db, worker, name="Voices", kind=GroupKind.BOARD)
    add_member(db, worker, group, kind=MemberKind.MEMBER, sector=Sector.COUNCIL, name="Bo")
    assert len(history_of_group(db, worker, group)) == 2
    with pytest.raises(NotAllowed):
        history_of_group(db, member, group)
