"""The action plan as it is read: evidence, colour, drift, and whose actions are listed where."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    ActionUpdate,
    CardHolder,
    CommitmentSuccessor,
    Milestone,
    OpportunitySource,
    Person,
    PromiseTheme,
)
from coprod_data.permissions import Actor, NotAllowed, NotFound, Role
from coprod_data.queries.actions import action, action_plan
from coprod_data.queries.actions_detail import milestones_of, updates_of
from coprod_data.queries.actions_listed import action_owners, actions_counted
from coprod_data.queries.actions_views import actions_to_view
from coprod_data.store.database import Database
from coprod_data.vocabulary.actions import Face, Listed, Rag, Stage
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_commitment,
    a_person,
    a_promise,
    a_report_card,
    a_service,
    acting,
    add,
    an_entry,
    an_opportunity,
    days_ago,
    holding_the_code,
    somebody,
    the_public,
    unrecorded,
)
from tests.helpers.databases import statements
from tests.helpers.plans import a_view, under


def test_a_row_tells_who_when_and_what_shows_it(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    stored = under(db, theme, owner, service=a_service(db, name="Housing"), moved_at=days_ago(12))
    add(db, Milestone(action_id=stored.id, title="a", met_on=TODAY, evidence="The log."))
    add(db, Milestone(action_id=stored.id, title="b"))
    for text in ("First.", "Second."):
        add(db, ActionUpdate(
            action_id=stored.id, text=text, person_id=owner.id, at=days_ago(1)
        ))  # fmt: skip

    [row] = action_plan(db, member)

    assert (row.owner, row.service, row.theme) == ("Olu Bright", "Housing", "Homes")
    assert (row.met, row.whole, row.drift, row.tier) == (1, 2, 12, 0)
    assert (row.staff_say, row.staff_name, row.staff_on) == (
        "Second.", "Olu Bright", days_ago(1).date(),
    )  # fmt: skip
    assert (row.face, row.face_of, row.mine, row.owner_left) == (None, None, False, False)


@pytest.mark.parametrize(("days", "tier"), [(29, 0), (30, 1), (59, 1), (60, 2), (400, 2)])
def test_drift_passes_amber_at_30_and_red_at_60_days(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor, days: int, tier: int
):
    under(db, theme, owner, moved_at=days_ago(days))

    [row] = action_plan(db, member)

    assert (row.drift, row.tier) == (days, tier)


@pytest.mark.parametrize("stage", [Stage.VERIFIED, Stage.DROPPED])
def test_what_is_settled_does_not_drift(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor, stage: Stage
):
    under(db, theme, owner, stage=stage, moved_at=days_ago(300), due_on=TODAY - timedelta(days=9))

    [row] = action_plan(db, member)

    assert (row.drift, row.tier, row.past_due) == (0, 0, False)


@pytest.mark.parametrize(
    ("reason", "due", "shown"),
    [("", -1, None), ("The last is in.", -1, Rag.GREEN), ("", 0, Rag.GREEN)],
)
def test_a_green_whose_date_passed_without_a_reason_is_not_shown_green(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor,
    reason: str, due: int, shown: Rag | None,
):  # fmt: skip
    under(
        db, theme, owner, stage=Stage.IN_PROGRESS, rag=Rag.GREEN, rag_reason=reason,
        due_on=TODAY + timedelta(days=due),
    )  # fmt: skip

    [row] = action_plan(db, member)

    assert (row.rag, row.past_due) == (shown, due < 0)


def test_an_owner_who_left_is_told(db: Session, theme: PromiseTheme, member: Actor):
    under(db, theme, a_person(db, Role.MANAGER, disabled_at=days_ago(2)))

    assert action_plan(db, member)[0].owner_left


def test_actions_under_an_earlier_wording_are_found_under_todays(
    db: Session, owner: Person, member: Actor
):
    [old, *_] = a_promise(db, adopted_at=days_ago(400))
    stored = under(db, old, owner)
    [new, *_] = a_promise(db, adopted_at=days_ago(10))
    today = a_commitment(db, new)
    add(db, CommitmentSuccessor(earlier_id=stored.commitment_id, later_id=today.id))

    assert [row.id for row in action_plan(db, member, commitment_id=today.id)] == [stored.id]
    other = a_commitment(db, new)
    assert action_plan(db, member, commitment_id=other.id) == []


def test_mine_is_what_one_owns_and_what_ones_services_do_is_a_list_of_its_own(
    db: Session, theme: PromiseTheme, owner: Person
):
    head = a_person(db, Role.MANAGER)
    service = a_service(db, head)
    owned = under(db, theme, head, moved_at=days_ago(40))
    both = under(db, theme, head, service=service, moved_at=days_ago(50))
    answered_for = under(db, theme, owner, service=service, moved_at=days_ago(70))
    settled = under(db, theme, head, stage=Stage.VERIFIED)
    under(db, theme, owner)
    actor = acting(head, Role.MANAGER)

    assert [row.id for row in action_plan(db, actor, which=Listed.MINE)] == [
        both.id, owned.id, settled.id,
    ]  # fmt: skip
    assert [row.id for row in action_plan(db, actor, which=Listed.SERVICES)] == [
        answered_for.id, both.id,
    ]  # fmt: skip


def test_what_is_proposed_waits_apart_from_the_plan(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    waiting = under(db, theme, owner, stage=Stage.PROPOSED)

    assert action_plan(db, member) == []
    [row] = action_plan(db, member, which=Listed.PROPOSED)
    assert (row.id, row.proposed_by) == (waiting.id, "Olu Bright")


def test_milestones_and_updates_of_an_action(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    stored = under(db, theme, owner)
    for title, due, met in (("c", None, None), ("b", 5, None), ("a", -5, None), ("m", -9, TODAY)):
        add(db, Milestone(
            action_id=stored.id, title=title, met_on=met, evidence="Log." if met else "",
            due_on=None if due is None else TODAY + timedelta(days=due),
        ))  # fmt: skip
    add(db, ActionUpdate(action_id=stored.id, text="Said.", person_id=owner.id, at=NOW))

    assert [(row.title, row.state) for row in milestones_of(db, member, stored.id)] == [
        ("m", "met"), ("a", "late"), ("b", "to_come"), ("c", "to_come"),
    ]  # fmt: skip
    assert [(r.name, r.text) for r in updates_of(db, member, stored.id)] == [
        ("Olu Bright", "Said."),
    ]
    with pytest.raises(NotFound):
        action(db, member, 999)


def test_a_young_person_sees_the_jobs_they_may_speak_of_and_their_last_face(
    db: Session, owner: Person
):
    homes, health, _ = a_promise(db)
    theirs, other = under(db, homes, owner), under(db, health, owner, stage=Stage.DONE)
    under(db, homes, owner, stage=Stage.PROPOSED)
    entry = an_entry(db, a_report_card(db, homes))
    work = an_opportunity(db, homes, owner)
    add(db, OpportunitySource(opportunity_id=work.id, entry_id=entry.id))
    holder = holding_the_code(entry)
    with unrecorded(db):
        theirs.opportunity_id = work.id
    a_view(db, theirs, Face.FLAT, person_id=None, entry_id=holder.entry_id)

    [job] = actions_to_view(db, holder)
    assert (job.id, job.theme, job.face, job.done) == (theirs.id, "Homes", Face.FLAT, False)
    young = somebody(db, Role.YOUNG_PERSON)
    assert {(job.id, job.face) for job in actions_to_view(db, young)} == {
        (theirs.id, None), (other.id, None),
    }  # fmt: skip
    assert actions_to_view(db, young, holder.entry_id) == []
    add(db, CardHolder(person_id=young.id, entry_id=holder.entry_id, added_at=NOW))
    assert [job.id for job in actions_to_view(db, young, holder.entry_id)] == [theirs.id]


def test_what_came_out_of_the_card_is_shown_and_five_are_enough(
    db: Session, owner: Person, theme: PromiseTheme
):
    entry = an_entry(db, a_report_card(db, theme))
    work = an_opportunity(db, theme, owner)
    add(db, OpportunitySource(opportunity_id=work.id, entry_id=entry.id))
    oldest = under(db, theme, owner, opportunity_id=work.id, moved_at=days_ago(90))
    for _ in range(5):
        under(db, theme, owner, opportunity_id=work.id)
        under(db, theme, owner)

    jobs = actions_to_view(db, holding_the_code(entry))

    of_the_card = set(db.scalars(sa.select(Action.id).where(Action.opportunity_id == work.id)))
    assert {job.id for job in jobs} == of_the_card - {oldest.id}


@pytest.mark.parametrize("read", [action_plan, actions_counted, action_owners])
def test_the_plan_is_for_those_who_keep_it(db: Session, read: Any):
    for actor in (the_public(), somebody(db, Role.YOUNG_PERSON), somebody(db, Role.SAFEGUARDING)):
        with pytest.raises(NotAllowed):
            read(db, actor)
    for role in (Role.MANAGER, Role.CHAIR, Role.ADMINISTRATOR, Role.YOUTH_VOICE):
        assert not any(dict(read(db, somebody(db, role))).values())


def test_more_actions_take_no_more_statements(
    db: Session, database: Database, theme: PromiseTheme, owner: Person, member: Actor
):
    under(db, theme, owner)
    with statements(database) as one:
        action_plan(db, member)
    for _ in range(2):
        a_view(db, under(db, theme, owner), Face.SMILE)

    with statements(database) as three:
        assert len(action_plan(db, member)) == 3

    assert len(three) == len(one) == 2
