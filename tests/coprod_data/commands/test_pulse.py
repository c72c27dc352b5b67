"""The pulse: counted once and by term, joined to nobody, and shown from five answers on."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.pulse import give_pulse_at_session, give_pulse_on_card
from coprod_data.commands.sessions_joining import make_join_code
from coprod_data.models import CardEntry, Event, PulseGiven, PulseTally, Reply, ReportCard
from coprod_data.permissions import Actor, Invalid, NotAllowed, Refused, Role
from coprod_data.queries.pulse import is_asked_on_card, pulse
from coprod_data.rules.feedback_shares import shares_of
from coprod_data.rules.heard_terms import next_shown
from coprod_data.vocabulary.pulse import PulseAsked, PulsePlace
from coprod_data.vocabulary.sessions import FeedbackAnswer, FeedbackShare
from tests.helpers.builders import (
    NOW,
    add,
    an_entry,
    holding_the_code,
    somebody,
    the_public,
)
from tests.helpers.sessions import a_session

YES, A_BIT, NO = FeedbackAnswer
LISTENED = {PulseAsked.LISTENED: YES}


def replied(db: Session, card: ReportCard, worker: Actor) -> CardEntry:
    entry = an_entry(db, card, released=True)
    add(db, Reply(entry_id=entry.id, text="Thank you.", person_id=worker.id, at=NOW))
    return entry


def tallied(db: Session) -> dict[tuple[PulsePlace, PulseAsked, FeedbackAnswer], int]:
    return {
        (one.place, one.asked, one.answer): one.number for one in db.scalars(sa.select(PulseTally))
    }


def later() -> datetime:
    return datetime.combine(next_shown(NOW), NOW.timetz())


def test_a_card_counts_once_after_its_reply_and_nothing_tells_whose_it_was(
    db: Session, card: ReportCard, worker: Actor
):
    entry = replied(db, card, worker)
    holder = holding_the_code(entry)
    events = db.scalar(sa.select(sa.func.count()).select_from(Event))
    assert is_asked_on_card(db, holder)

    assert give_pulse_on_card(db, holder, {**LISTENED, PulseAsked.SURE_NOW: NO})
    assert not give_pulse_on_card(db, holder, {PulseAsked.LISTENED: NO})

    assert not is_asked_on_card(db, holder)
    assert tallied(db) == {
        (PulsePlace.CARD, PulseAsked.LISTENED, YES): 1,
        (PulsePlace.CARD, PulseAsked.SURE_NOW, NO): 1,
    }
    assert db.scalar(sa.select(sa.func.count()).select_from(Event)) == events
    columns = {column.name for table in (PulseTally, PulseGiven) for column in table.__table__.c}
    assert columns == {"first_on", "place", "asked", "answer", "number", "form_hash"}


def test_before_the_reply_and_for_others_it_is_not_asked(
    db: Session, card: ReportCard, worker: Actor
):
    waiting = holding_the_code(an_entry(db, card, released=True))
    assert not is_asked_on_card(db, waiting)
    with pytest.raises(Refused, match="have a reply"):
        give_pulse_on_card(db, waiting, LISTENED)
    with pytest.raises(NotAllowed):
        give_pulse_on_card(db, somebody(db, Role.BOARD_MEMBER), LISTENED)
    with pytest.raises(NotAllowed):
        give_pulse_on_card(db, somebody(db, Role.YOUNG_PERSON), LISTENED)
    holder = holding_the_code(replied(db, card, worker))
    with pytest.raises(Invalid, match="Pick a face"):
        give_pulse_on_card(db, holder, {})
    assert tallied(db) == {}


@pytest.mark.usefixtures("themes")
def test_a_phone_counts_once_for_a_session_and_only_by_its_code(db: Session, worker: Actor):
    code = make_join_code(db, worker, a_session(db, worker, starts_at=NOW))
    given = {"code": code, "form_id": "feedback:phone-1"}

    assert give_pulse_at_session(db, the_public(), LISTENED, **given)
    assert not give_pulse_at_session(db, the_public(), LISTENED, **given)
    assert not give_pulse_at_session(db, the_public(), {}, code=code, form_id="feedback:2")
    with pytest.raises(Refused):
        give_pulse_at_session(db, the_public(), LISTENED, code="no such code", form_id="x")

    assert tallied(db) == {(PulsePlace.SESSION, PulseAsked.LISTENED, YES): 1}


def test_it_is_shown_once_the_term_is_over_and_five_have_answered(
    db: Session, card: ReportCard, worker: Actor, member: Actor
):
    for number in range(5):
        said = {PulseAsked.SURE_BEFORE: NO, **({} if number else LISTENED)}
        give_pulse_on_card(db, holding_the_code(replied(db, card, worker)), said)
    assert not pulse(db, member).told

    shown = {
        (row.place, row.asked): row.shares for row in pulse(db, replace(member, at=later())).rows
    }
    assert shown.pop((PulsePlace.CARD, PulseAsked.SURE_BEFORE)) == (
        FeedbackShare.FEW, FeedbackShare.FEW, FeedbackShare.MOST,
    )  # fmt: skip
    assert set(shown.values()) == {()}  # one answer by itself is told nowhere
    assert not pulse(db, replace(member, at=later() + timedelta(days=800))).told


def test_who_knows_how_many_were_asked_finds_no_number_between_one_and_four():
    """A solver with everything that is shown of a sentence, and how many could have answered."""
    possible: dict[object, list[set[int]]] = defaultdict(lambda: [set(), set(), set()])
    for numbers in product(range(10), repeat=3):
        for asked in range(sum(numbers), 28):  # who did not answer is not counted
            for place, values in enumerate(possible[shares_of(numbers), asked]):
                values.add(numbers[place])

    found = [values for told in possible.values() for values in told if len(values) == 1]
    assert not [values for values in found if 1 <= min(values) <= 4]


def test_before_and_now_of_one_group_stay_two_groups(db: Session, card: ReportCard, worker: Actor):
    """The same tallies come of people who all changed and of people who did not change at all."""
    pairs = ([(NO, YES)] * 3 + [(YES, NO)] * 3, [(NO, NO)] * 3 + [(YES, YES)] * 3)
    told = []
    for people in pairs:
        db.execute(sa.delete(PulseTally))
        for before, now in people:
            said = {PulseAsked.TRUST_BEFORE: before, PulseAsked.TRUST_NOW: now}
            give_pulse_on_card(db, holding_the_code(replied(db, card, worker)), said)
        told.append(tallied(db))

    assert told[0] == told[1]
