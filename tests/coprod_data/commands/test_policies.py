"""A policy written together: no step left out silently, no text lost, no sign-off without twin."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from coprod_data.commands.actions import approve_action
from coprod_data.commands.actions_changes import hand_over_action
from coprod_data.commands.policies import begin_review, change_policy, take_step
from coprod_data.commands.policies_asking import add_activity, change_activity
from coprod_data.commands.policies_boards import (
    answer_sign_off,
    drop_promise,
    promise_of_policy,
    sign_off,
)
from coprod_data.commands.policies_text import (
    PartTyped,
    credit_easy,
    start_version,
    write_easy,
    write_part,
)
from coprod_data.models import Action
from coprod_data.permissions import (
    Actor,
    Invalid,
    NotAllowed,
    Refused,
    Role,
)
from coprod_data.queries.events_of import history_of_policy
from coprod_data.queries.policies import policy
from coprod_data.queries.policies_asked import activities, boards, promised, what_worked
from coprod_data.queries.policies_text import versions
from coprod_data.queries.work import turns
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.policies import PolicyStanding, PolicyStep, Worked
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.builders import TODAY, a_commitment, a_promise, a_service, somebody
from tests.helpers.policies import (
    ASKED,
    SEEN,
    a_policy,
    newest,
    until,
)


@pytest.fixture
def worker(db: Session) -> Actor:
    return somebody(db, Role.YOUTH_VOICE)


def test_no_step_is_left_out_silently(db: Session, worker: Actor):
    number, typed = a_policy(db, worker, purpose="")
    with pytest.raises(Invalid, match="what the policy is for"):
        take_step(db, worker, number, PolicyStep.IDEA)
    change_policy(db, worker, number, replace(typed, purpose="Say how."))
    take_step(db, worker, number, PolicyStep.IDEA)
    with pytest.raises(Invalid, match="learning session"):
        take_step(db, worker, number, PolicyStep.UNDERSTANDING)
    with pytest.raises(Refused, match="took this step"):
        take_step(db, worker, number, PolicyStep.DRAFTING)
    take_step(db, worker, number, PolicyStep.UNDERSTANDING, why_skipped="They wrote one before.")

    row = policy(db, worker, number)
    assert [one.state for one in row.life][:3] == ["done", "skipped", "now"]
    assert row.life[1].why_skipped == "They wrote one before."
    assert any("skipped a step" in one.did for one in history_of_policy(db, worker, number))


@pytest.mark.parametrize("step", [PolicyStep.EASY_READ, PolicyStep.SIGNED_OFF, PolicyStep.LESSONS])
def test_the_twin_the_sign_off_and_the_lessons_are_never_skipped(
    db: Session, worker: Actor, step: PolicyStep
):
    number, _ = a_policy(db, worker)
    until(db, worker, number, step)
    with pytest.raises(Refused, match="cannot be skipped"):
        take_step(db, worker, number, step, why_skipped="No time.")


def test_the_next_step_and_who_holds_it_wait_for_who_leads_it(db: Session, worker: Actor):
    number, typed = a_policy(db, worker, next_with="The Young Inspectors", next_by=TODAY)
    row = policy(db, worker, number)
    assert (row.step, row.holder, row.late) == (PolicyStep.IDEA, "The Young Inspectors", False)
    mine = [one for one in turns(db, worker) if one.kind is WorkKind.POLICY_NEXT]
    assert [(one.about, one.met, one.due_on) for one in mine] == [(number, 0, TODAY)]


def test_who_wrote_it_stays_on_it(db: Session, worker: Actor):
    number, typed = a_policy(db, worker, co_producers="Westmarch Voices")
    with pytest.raises(Invalid, match="for good"):
        change_policy(db, worker, number, replace(typed, co_producers=" "))


def test_a_stale_or_missing_twin_stops_sign_off(db: Session, worker: Actor):
    number, _ = a_policy(db, worker)
    version = until(db, worker, number, PolicyStep.SIGNED_OFF)
    with pytest.raises(Invalid, match="who was there"):
        sign_off(db, worker, version, replace(SEEN, present=frozenset()), ours=False)
    part = versions(db, worker, number)[0].parts[0]
    write_easy(db, worker, part.id, easy="We do it.")
    with pytest.raises(Refused, match="must read the easy words"):
        sign_off(db, worker, version, SEEN, ours=False)
    with pytest.raises(Invalid, match="Others read it"):
        credit_easy(db, worker, version, easy_by="Voices", easy_read_by="voices")
    second = start_version(db, worker, number)
    write_part(db, worker, second, PartTyped(heading="New", text="Another part of it."))
    with pytest.raises(Refused, match="missing or out of date: New"):
        sign_off(db, worker, second, SEEN, ours=False)
    with pytest.raises(Refused, match="newer version"):
        sign_off(db, worker, version, SEEN, ours=False)


def test_sign_off_from_a_stale_tab_and_twice_is_refused(db: Session, worker: Actor):
    number, _ = a_policy(db, worker)
    version = until(db, worker, number, PolicyStep.SIGNED_OFF)
    with pytest.raises(Refused, match="text changed"):
        sign_off(db, worker, version, SEEN, ours=False, revision=1)
    sign_off(db, worker, version, SEEN, ours=False, revision=newest(db, number).revision)
    with pytest.raises(Refused, match="signed off"):
        sign_off(db, worker, version, SEEN, ours=False)
    with pytest.raises(Refused, match="Begin its review"):
        start_version(db, worker, number)


def test_only_youth_voice_records_a_sign_off_and_only_its_leader_changes_a_policy(
    db: Session, worker: Actor
):
    manager, other = somebody(db, Role.MANAGER), somebody(db, Role.MANAGER)
    number, typed = a_policy(db, manager)
    version = until(db, manager, number, PolicyStep.SIGNED_OFF)
    with pytest.raises(NotAllowed):
        sign_off(db, manager, version, SEEN, ours=False)
    with pytest.raises(NotAllowed, match="Somebody else leads"):
        change_policy(db, other, number, typed)
    with pytest.raises(Invalid, match="gives it to somebody else"):
        change_policy(db, manager, number, replace(typed, owner_id=other.id))
    sign_off(db, worker, version, SEEN, ours=False)


def test_our_own_board_needs_its_chair_and_never_who_recorded_it(db: Session, worker: Actor):
    number, _ = a_policy(db, worker)
    version = until(db, worker, number, PolicyStep.SIGNED_OFF)
    chair, both = somebody(db, Role.CHAIR), somebody(db, Role.CHAIR, Role.YOUTH_VOICE)
    one = sign_off(db, both, version, SEEN, ours=True)
    with pytest.raises(Refused, match="waits for the chair"):
        start_version(db, worker, number)
    with pytest.raises(NotAllowed, match="somebody else"):
        answer_sign_off(db, both, one, agreed=True)
    mine = [one.kind for one in turns(db, chair)]
    assert WorkKind.POLICY_CONFIRM in mine
    answer_sign_off(db, chair, one, agreed=False)
    assert policy(db, worker, number).step is PolicyStep.SIGNED_OFF
    with pytest.raises(Refused, match="does not wait"):
        answer_sign_off(db, chair, one, agreed=True)
    two = sign_off(db, worker, version, SEEN, ours=True)
    answer_sign_off(db, chair, two, agreed=True)
    assert [row.signed for row in boards(db, worker, number)] == [True, False, False]
    assert policy(db, worker, number).signed


def test_what_it_commits_to_becomes_actions_that_nobody_owns_yet(db: Session, worker: Actor):
    commitment = a_commitment(db, a_promise(db)[0])
    number, _ = a_policy(db, worker)
    said = {
        "wording": "Ask before any project",
        "will_see": "Plans",
        "commitment_id": commitment.id,
    }
    gone = promise_of_policy(db, worker, number, **said)
    drop_promise(db, worker, gone)
    promise_of_policy(db, worker, number, **said)
    until(db, worker, number, PolicyStep.PUBLISHED)

    (row,) = promised(db, worker, number)
    assert (row.stage, row.owned) == (Stage.PROPOSED, False)
    chair, manager = somebody(db, Role.CHAIR), somebody(db, Role.MANAGER)
    assert row.action_id is not None
    with pytest.raises(Refused, match="Nobody owns this action yet"):
        approve_action(db, chair, row.action_id)
    assert WorkKind.NO_OWNER in [one.kind for one in turns(db, chair)]
    with pytest.raises(Invalid, match="Choose the service"):
        hand_over_action(db, chair, row.action_id, owner_id=manager.id)
    hand_over_action(
        db, chair, row.action_id, owner_id=manager.id, service_id=a_service(db).id
    )  # fmt: skip
    approve_action(db, chair, row.action_id)
    assert db.get_one(Action, row.action_id).stage is Stage.AGREED
    planned = [one.title for one in activities(db, worker, number) if one.held_on is None]
    assert len(planned) == 3


def test_no_agreed_action_is_without_an_owner_in_the_table(db: Session, worker: Actor):
    number, _ = a_policy(db, worker)
    commitment = a_commitment(db, a_promise(db)[0])
    promise_of_policy(db, worker, number, wording="Ask", will_see="It", commitment_id=commitment.id)
    until(db, worker, number, PolicyStep.PUBLISHED)
    with pytest.raises(IntegrityError):
        db.execute(sa.update(Action).values(stage=Stage.AGREED))
    db.rollback()


def test_a_policy_comes_into_force_expires_and_is_reviewed(db: Session, worker: Actor):
    number, typed = a_policy(db, worker)
    until(db, worker, number, PolicyStep.IN_FORCE)
    take_step(db, worker, number, PolicyStep.IN_FORCE)
    assert policy(db, worker, number).standing is PolicyStanding.REVIEW_DUE
    later = replace(worker, at=worker.at.replace(year=worker.at.year + 1))
    assert policy(db, later, number).standing is PolicyStanding.EXPIRED
    begin_review(db, worker, number)
    row = policy(db, worker, number)
    assert (row.lap, row.step) == (2, PolicyStep.UNDERSTANDING)
    start_version(db, worker, number)
    assert [one.signed for one in versions(db, worker, number)] == [False, True]


def test_reach_is_never_added_up_and_few_replies_are_not_told(db: Session, worker: Actor):
    first, _ = a_policy(db, worker)
    second, _ = a_policy(db, worker, title="Another")
    add_activity(db, worker, first, replace(ASKED, worked=Worked.WELL))
    one = add_activity(db, worker, second, replace(ASKED, reached=1200, replies=3))
    with pytest.raises(Invalid, match="No more can reply"):
        change_activity(db, worker, one, replace(ASKED, reached=1))
    (row,) = what_worked(db, worker)
    assert [(time.reached, time.replies, time.few, time.rate) for time in row.times] == [
        (1200, None, True, None), (2400, 24, False, 1),
    ]  # fmt: skip
    assert row.well == 1
    assert not any("3600" in str(value) for value in (row, vars(row)))
