"""Checking on screen: who may read it, chosen use by use."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_consent import change_consent
from coprod_data.models import CardEntry, EntrySummary, Person, UseDecision
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import ConsentUse, Review
from coprod_data.vocabulary.entry_care import Again
from tests.helpers.builders import NOW, add, holding_the_code, unrecorded
from tests.helpers.opening import OpenAs, words
from tests.helpers.sitting import opened, press, sent
from tests.helpers.young import rows


def test_everyone_is_chosen_by_hand_and_a_not_has_a_reason(office: Database, open_as: OpenAs):
    number = sent(office, consents=(ConsentUse.BOARD, ConsentUse.PUBLIC))
    at = press(opened(open_as, number), "Release it")
    assert "Choose whether everyone may read it." in words(at)

    at.radio(key=f"use-public-{number}").set_value("Not").run()
    at = press(at, "Release it")
    assert "Say why not" in words(at)
    at.text_area(key=f"not-public-{number}").set_value("Somebody could tell it is you.").run()
    press(at, "Release it")

    decided = {one.use: one.let_out for one in rows(office, UseDecision)}
    assert decided == {ConsentUse.BOARD: True, ConsentUse.PUBLIC: False}


def test_what_is_allowed_while_the_form_is_open_is_chosen_by_hand(
    office: Database, open_as: OpenAs
):
    number = sent(office, consents=(ConsentUse.BOARD,))
    at = opened(open_as, number)
    with Session(office.engine, info={"keys": office.keys}) as db:
        author = holding_the_code(db.get_one(CardEntry, number))
        change_consent(db, author, number, uses=frozenset({ConsentUse.BOARD, ConsentUse.WORK}))
        db.commit()

    at = press(at, "Release it")
    assert "Choose whether the people in this work may read it." in words(at)
    assert rows(office, UseDecision) == []

    at.radio(key=f"use-work-{number}").set_value("Let out").run()
    press(at, "Release it")
    assert {one.use for one in rows(office, UseDecision)} == {ConsentUse.BOARD, ConsentUse.WORK}


def test_what_came_back_while_it_was_open_is_read_again_first(office: Database, open_as: OpenAs):
    number = sent(office, consents=(ConsentUse.BOARD,))
    at = opened(open_as, number)
    with Session(office.engine) as db:
        entry = db.get_one(CardEntry, number)
        with unrecorded(db):
            entry.review, entry.again = Review.SUBMITTED, Again.HOLD_ENDED
            entry.waits_since = NOW + timedelta(minutes=1)
        db.commit()
    office.clock = lambda: NOW + timedelta(minutes=2)

    at = press(at, "Release it")
    assert "It has come back since you opened it" in words(at)
    assert "Back from a hold." in words(at)
    assert rows(office, UseDecision) == []

    at = press(at, "Read it again")
    press(at, "Release it")
    assert {one.use for one in rows(office, UseDecision)} == {ConsentUse.BOARD}


def test_a_summary_that_came_while_the_form_was_open_is_shown_with_the_one_of_before(
    office: Database, open_as: OpenAs
):
    number = sent(office, consents=(ConsentUse.BOARD,))
    with Session(office.engine) as db:
        worker = db.scalars(sa.select(Person.id).where(Person.username == "ben")).one()
        said = {"entry_id": number, "made_at": NOW, "made_by_id": worker}
        first = add(db, EntrySummary(**said, text="They are cold."))
        db.commit()
        at = opened(open_as, number)
        assert "They are cold." in words(at)
        with unrecorded(db):
            first.replaced_at = NOW
        add(db, EntrySummary(**said, text="They are well."))
        db.commit()

    at = press(at, "Release it")
    assert "Somebody changed this after you opened it" in words(at)
    assert "The summary when you opened it" in words(at)
    assert words(at).count("They are cold.") == 1
    assert rows(office, UseDecision) == []

    press(at, "Release it")
    assert {one.use for one in rows(office, UseDecision)} == {ConsentUse.BOARD}
