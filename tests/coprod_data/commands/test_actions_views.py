"""A young person's view of an action: the face waits for its month, the words to be checked."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions_views import give_view
from coprod_data.models import (
    Action,
    CardEntry,
    CardHolder,
    Event,
    EventText,
    OpportunitySource,
    PromiseTheme,
    YoungView,
)
from coprod_data.permissions import Actor, NotAllowed, NotFound, Role
from coprod_data.queries.actions import action_plan
from coprod_data.queries.actions_views import actions_to_view
from coprod_data.vocabulary.actions import Face, Stage
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.events import EventKind
from tests.helpers.builders import (
    NOW,
    a_person,
    a_promise,
    a_report_card,
    add,
    an_entry,
    an_opportunity,
    holding_the_code,
    somebody,
    the_duty,
    the_public,
    unrecorded,
)
from tests.helpers.plans import a_view, the_month_turns, under


@pytest.fixture
def themes(db: Session) -> list[PromiseTheme]:
    the_duty(db)
    return a_promise(db)


@pytest.fixture
def homes(db: Session, themes: list[PromiseTheme]) -> Action:
    return under(db, themes[0], a_person(db))


@pytest.fixture
def young_person(db: Session) -> Actor:
    return somebody(db, Role.YOUNG_PERSON)


def entries(db: Session) -> list[CardEntry]:
    return list(db.scalars(sa.select(CardEntry).order_by(CardEntry.id)))


def test_a_face_is_kept_with_who_gave_it(db: Session, homes: Action, young_person: Actor):
    view_id = give_view(db, young_person, homes.id, face=Face.SMILE, form_id="form-0001")

    view = db.get_one(YoungView, view_id)
    assert (view.face, view.person_id, view.entry_id) == (Face.SMILE, young_person.id, None)
    assert (view.words_entry_id, view.at, entries(db)) == (None, NOW, [])
    assert db.scalars(sa.select(Event.kind)).all() == [EventKind.VIEW_GIVEN]


def test_words_wait_at_the_gate_and_stand_in_no_event(
    db: Session, homes: Action, young_person: Actor
):
    give_view(
        db, young_person, homes.id, face=Face.FROWN, words="Still cold zebra", form_id="form-0001",
        uses=frozenset({ConsentUse.BOARD}),
    )  # fmt: skip

    [entry] = entries(db)
    assert (entry.kind, entry.released_at) == (EntryKind.VIEW, None)
    assert db.scalars(sa.select(CardHolder.person_id)).all() == [young_person.id]
    assert not any("zebra" in (text or "") for text in db.scalars(sa.select(EventText.text)))
    assert not any("zebra" in str(changes) for changes in db.scalars(sa.select(Event.changes)))


def test_the_same_form_twice_is_one_view(db: Session, homes: Action, young_person: Actor):
    ids = [
        give_view(db, young_person, homes.id, face=Face.FLAT, words="Meh", form_id="form-0001")
        for _ in range(2)
    ]

    assert ids[0] == ids[1]
    assert len(entries(db)) == 1


def test_a_card_code_says_it_of_what_came_out_of_the_card(
    db: Session, themes: list[PromiseTheme], homes: Action
):
    entry = an_entry(db, a_report_card(db, themes[0]))
    work = an_opportunity(db, themes[0], a_person(db))
    add(db, OpportunitySource(opportunity_id=work.id, entry_id=entry.id))
    holder = holding_the_code(entry)
    with pytest.raises(NotFound):
        give_view(db, holder, homes.id, face=Face.SMILE, form_id="form-0000")
    with unrecorded(db):
        homes.opportunity_id = work.id

    view_id = give_view(
        db, holder, homes.id, face=Face.SMILE, words="Better now", form_id="form-0001"
    )

    view = db.get_one(YoungView, view_id)
    assert (view.entry_id, view.person_id) == (holder.entry_id, None)
    assert db.get_one(CardEntry, view.words_entry_id).about_id == holder.entry_id


def test_a_card_code_says_nothing_of_another_theme(db: Session, themes: list[PromiseTheme]):
    holder = holding_the_code(an_entry(db, a_report_card(db, themes[0])))
    health = under(db, themes[1], a_person(db))

    with pytest.raises(NotFound):
        give_view(db, holder, health.id, face=Face.SMILE, form_id="form-0001")


def test_a_card_code_says_it_of_what_came_from_its_card(db: Session, themes: list[PromiseTheme]):
    entry = an_entry(db, a_report_card(db, themes[0]))
    opportunity = an_opportunity(db, themes[0], a_person(db))
    add(db, OpportunitySource(opportunity_id=opportunity.id, entry_id=entry.id))
    health = under(db, themes[1], a_person(db), opportunity_id=opportunity.id)

    assert give_view(db, holding_the_code(entry), health.id, face=Face.FLAT, form_id="form-0001")


def test_the_code_of_a_card_that_a_worker_typed_gives_no_view(
    db: Session, themes: list[PromiseTheme], member: Actor
):
    worker = a_person(db, Role.YOUTH_VOICE)
    card = a_report_card(db, themes[0])
    cards = [an_entry(db, card, typed_by_id=worker.id) for _ in range(5)]
    opportunity = an_opportunity(db, themes[0], a_person(db))
    for entry in cards:
        add(db, OpportunitySource(opportunity_id=opportunity.id, entry_id=entry.id))
    action = under(db, themes[0], a_person(db), opportunity_id=opportunity.id)

    for entry in cards:
        with pytest.raises(NotFound):
            give_view(db, holding_the_code(entry), action.id, face=Face.FLAT, form_id="form-0001")
        assert actions_to_view(db, holding_the_code(entry)) == []
        a_view(db, action, Face.SMILE, person_id=None, entry_id=entry.id)  # given before
    the_month_turns(db)
    assert [row.face for row in action_plan(db, member)] == [None]


@pytest.mark.parametrize("stage", [Stage.PROPOSED, Stage.DROPPED])
def test_an_action_that_is_not_live_takes_no_view(
    db: Session, themes: list[PromiseTheme], young_person: Actor, stage: Stage
):
    action = under(db, themes[0], a_person(db), stage=stage)

    with pytest.raises(NotFound):
        give_view(db, young_person, action.id, face=Face.SMILE, form_id="form-0001")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.YOUNG_PERSON])
def test_staff_give_no_young_view(db: Session, homes: Action, role: Role):
    with pytest.raises(NotAllowed):
        give_view(db, somebody(db, role), homes.id, face=Face.SMILE, form_id="form-0001")


def test_the_public_gives_none_either(db: Session, homes: Action):
    with pytest.raises(NotAllowed):
        give_view(db, the_public(), homes.id, face=Face.SMILE, form_id="form-0001")


def test_a_card_that_was_taken_back_says_nothing_more(
    db: Session, themes: list[PromiseTheme], homes: Action
):
    entry = an_entry(db, a_report_card(db, themes[0]), withdrawn_at=NOW)

    with pytest.raises(NotFound):
        give_view(db, holding_the_code(entry), homes.id, face=Face.SMILE, form_id="form-0001")


def test_an_account_adds_its_words_to_a_card_it_holds_and_to_no_other(
    db: Session, themes: list[PromiseTheme], homes: Action, young_person: Actor
):
    held, other = (an_entry(db, a_report_card(db, theme)) for theme in themes[:2])
    add(db, CardHolder(person_id=young_person.id, entry_id=held.id, added_at=NOW))
    said = {"face": Face.FLAT, "words": "A bit warmer"}

    view_id = give_view(db, young_person, homes.id, **said, form_id="form-0001", entry_id=held.id)
    with pytest.raises(NotFound):
        give_view(db, young_person, homes.id, **said, form_id="form-0002", entry_id=other.id)

    words_id = db.get_one(YoungView, view_id).words_entry_id
    assert db.get_one(CardEntry, words_id).about_id == held.id
