"""A text that young people read holds no words which only the Board may read."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.actions import update_action
from coprod_data.commands.actions_stopping import hold_action, propose_stage
from coprod_data.commands.entries_replies import send_reply
from coprod_data.commands.opportunities import reword_opportunity, suggest_opportunity
from coprod_data.models import Opportunity, PromiseCommitment, PromiseTheme, ReportCard
from coprod_data.permissions import Actor, Invalid, Role
from coprod_data.vocabulary.actions import Rag, Stage
from coprod_data.vocabulary.entries import ConsentUse
from tests.helpers.builders import a_service, an_action, an_opportunity, somebody
from tests.helpers.entries_read import let_out
from tests.helpers.quoting import BOTH
from tests.helpers.working_together import WORDED, the_person

THEIRS = "the driver laughs at my photo every single day"
BOARD = (ConsentUse.BOARD,)


@pytest.fixture
def made(db: Session, worker: Actor, theme: PromiseTheme) -> Opportunity:
    return an_opportunity(db, theme, the_person(db, worker))


def why_not(db: Session, actor: Actor, made: Opportunity, text: str) -> str:
    try:
        with db.begin_nested():
            reword_opportunity(db, actor, made.id, wording=replace(WORDED, help_wanted=text))
    except Invalid as invalid:
        db.info.pop("gathered", None)
        db.refresh(made)
        return invalid.sentence if invalid.field == "help_wanted" else ""
    return ""


def test_a_copy_is_refused_where_young_people_read_and_nowhere_else(
    db: Session, worker: Actor, chair: Actor, owner: Actor, card: ReportCard,
    made: Opportunity, theme: PromiseTheme, commitment: PromiseCommitment,
):  # fmt: skip
    let_out(db, worker, card, thinks=THEIRS, wants=None, consents=BOARD)
    copy = "We heard that the driver laughs at my photo every single-day."

    told = why_not(db, chair, made, copy)
    assert "only the Board may read" in told
    assert "young people read this: “the driver laughs at my photo every single-day”" in told
    assert why_not(db, chair, made, "We heard that a driver laughs at photos.") == ""
    with pytest.raises(Invalid) as refused, db.begin_nested():
        suggest_opportunity(
            db, owner, theme_id=theme.id, wording=replace(WORDED, when_and_how=copy)
        )
    db.info.pop("gathered", None)
    assert "laughs" not in refused.value.sentence  # a manager may not read them

    action = an_action(
        db, commitment, the_person(db, owner), a_service(db), stage=Stage.IN_PROGRESS
    )
    update_action(
        db, owner, action.id, stage=action.stage, rag=Rag.GREEN, text=copy
    )  # staff and the Board read it
    for call in (  # the reason why an action stops is on the cards that it came from
        lambda: hold_action(db, chair, action.id, reason=copy),
        lambda: propose_stage(db, owner, action.id, stage=Stage.ON_HOLD, reason=copy),
    ):
        with pytest.raises(Invalid, match="only the Board may read"), db.begin_nested():
            call()
        db.info.pop("gathered", None)


def test_what_somebody_has_said_to_everyone_too_is_no_secret(
    db: Session, worker: Actor, chair: Actor, card: ReportCard, made: Opportunity
):
    let_out(db, worker, card, thinks=THEIRS, wants=None, consents=BOARD)
    let_out(db, worker, card, thinks=f"Yes, {THEIRS}!", wants=None, consents=BOTH)

    assert why_not(db, chair, made, f"We heard: {THEIRS}.") == ""


def test_a_reply_may_say_it_to_its_author_and_to_nobody_else(
    db: Session, worker: Actor, card: ReportCard
):
    theirs = let_out(db, worker, card, thinks=THEIRS, wants=None, consents=BOARD)
    other = let_out(db, worker, card, thinks="my bus is late", wants=None, consents=BOARD)

    send_reply(db, worker, theirs.id, text=f"You said: {THEIRS}. We asked the bus company.")
    with pytest.raises(Invalid, match="only the Board may read"), db.begin_nested():
        send_reply(db, worker, other.id, text=f"Another child said: {THEIRS}.")
    db.info.pop("gathered", None)


def test_a_young_person_may_say_their_own_words_in_a_suggestion(
    db: Session, worker: Actor, card: ReportCard, theme: PromiseTheme
):
    let_out(db, worker, card, thinks=THEIRS, wants=None, consents=BOARD)

    assert suggest_opportunity(
        db, somebody(db, Role.YOUNG_PERSON), theme_id=theme.id,
        wording=replace(WORDED, help_wanted=THEIRS), form_id="form-of-a-suggestion",
    )  # fmt: skip
