"""Its owner asks to hand an action over, and who may change owners decides."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.actions_changes import (
    ask_to_hand_over,
    decide_change,
    hand_over_action,
    propose_change,
)
from coprod_data.commands.actions_steps import as_it_is
from coprod_data.models import Action, PromiseCommitment
from coprod_data.permissions import Actor, Invalid, NotAllowed, Refused, Role
from coprod_data.queries.actions_detail import changes_of
from coprod_data.queries.events_of import history_of_action
from coprod_data.queries.work import turns, turns_of_others
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.builders import TODAY, somebody
from tests.helpers.plans import owned


@pytest.fixture
def chair(db: Session) -> Actor:
    return somebody(db, Role.CHAIR)


@pytest.fixture
def action(db: Session, commitment: PromiseCommitment, owner: Actor) -> Action:
    return owned(db, commitment, owner, due_on=TODAY)


def test_an_owner_asks_to_hand_over_and_youth_voice_or_the_chair_decides(
    db: Session, action: Action, owner: Actor, chair: Actor
):
    other, voice = somebody(db, Role.MANAGER, name="Jen"), somebody(db, Role.YOUTH_VOICE)
    asked = {"owner_id": other.id, "reason": "I leave in May."}
    with pytest.raises(NotAllowed):
        ask_to_hand_over(db, somebody(db, Role.MANAGER), action.id, **asked)
    with pytest.raises(Invalid):
        ask_to_hand_over(db, owner, action.id, **{**asked, "owner_id": owner.id})
    first = ask_to_hand_over(db, owner, action.id, **asked, opened={"owner_id": owner.id})
    with pytest.raises(Refused):
        ask_to_hand_over(db, owner, action.id, **asked)

    for who in (chair, voice):
        [row] = [row for row in turns(db, who) if row.kind is WorkKind.HAND_OVER]
        assert (row.about, row.note) == (action.id, "I leave in May.")
    assert WorkKind.WAITS_HAND_OVER in [row.kind for row in turns_of_others(db, owner)]
    with pytest.raises(NotAllowed):
        decide_change(db, owner, first, agreed=True)
    with pytest.raises(Invalid):
        decide_change(db, voice, first, agreed=False)
    decide_change(db, voice, first, agreed=False, answer="Jen is away until June.")
    assert action.owner_id == owner.id

    decide_change(db, chair, ask_to_hand_over(db, owner, action.id, **asked), agreed=True)
    assert action.owner_id == other.id
    assert [one.did for one in history_of_action(db, owner, action.id)] == [
        "handed it over to Jen, as was asked", "asked to hand it over to Jen",
        "refused to hand it over to Jen", "asked to hand it over to Jen",
    ]  # fmt: skip
    assert history_of_action(db, owner, action.id)[2].reason == "Jen is away until June."


def test_what_an_owner_asked_for_is_over_once_somebody_hands_the_action_over(
    db: Session, commitment: PromiseCommitment, action: Action, owner: Actor, chair: Actor
):
    other, third = somebody(db, Role.MANAGER), somebody(db, Role.MANAGER)
    ask_to_hand_over(db, owner, action.id, owner_id=other.id, reason="I leave.")
    later = TODAY + timedelta(days=9)
    dated = owned(db, commitment, owner, due_on=TODAY)
    change = propose_change(
        db, owner, dated.id, **as_it_is(dated)._replace(due_on=later)._asdict(), reason="Late."
    )
    with pytest.raises(NotAllowed):  # about its date only the chair decides
        decide_change(db, somebody(db, Role.YOUTH_VOICE), change, agreed=True)

    hand_over_action(db, chair, action.id, owner_id=third.id)

    assert [change.waits for change in changes_of(db, chair, action.id)] == [False]
    assert action.owner_id == third.id
