"""What a young person takes back leaves its table at once, the page at the turn of the month."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions_views import give_view, take_view_back
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.models import (
    Action,
    CardHolder,
    Event,
    EventText,
    Person,
    PromiseTheme,
    ReportCard,
    YoungView,
)
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.queries.actions import action_plan
from coprod_data.vocabulary.actions import Face, Stage, ViewOf
from coprod_data.vocabulary.events import EventKind
from tests.helpers.builders import (
    NOW,
    a_person,
    add,
    an_entry,
    an_opportunity,
    holding_the_code,
    somebody,
)
from tests.helpers.plans import a_view, some_views, the_month_turns, under
from tests.helpers.working_together import a_source

pytestmark = pytest.mark.both_engines


@pytest.fixture
def owner(db: Session) -> Person:
    return a_person(db, Role.MANAGER)


@pytest.fixture
def homes(db: Session, theme: PromiseTheme, owner: Person) -> Action:
    return under(db, theme, owner, stage=Stage.IN_PROGRESS)


def face(db: Session, member: Actor) -> tuple[Face | None, ViewOf | None]:
    [row] = action_plan(db, member)
    return row.face, row.face_of


def test_a_face_that_was_taken_back_leaves_its_table_at_once_and_the_page_at_the_turn(
    db: Session, homes: Action, member: Actor
):
    others = [somebody(db, Role.YOUNG_PERSON) for _ in range(4)]
    for number, other in enumerate(others, start=7):
        give_view(db, other, homes.id, face=Face.SMILE, form_id=f"form-000{number}")
    young = somebody(db, Role.YOUNG_PERSON)
    for number in range(2):
        give_view(db, young, homes.id, face=Face.SMILE, form_id=f"form-000{number}")
    the_month_turns(db)
    shown = face(db, member)
    assert shown == (Face.SMILE, ViewOf.ACTION)

    take_view_back(db, young, homes.id)
    take_view_back(db, young, homes.id)

    own = sa.select(sa.func.count(YoungView.id)).where(YoungView.person_id == young.id)
    assert db.scalar(own) == 0
    assert face(db, member) == shown
    kinds = db.scalars(sa.select(Event.kind).order_by(Event.id)).all()
    turned = EventKind.ACTION_MONTH_COUNTED
    assert kinds == [*[EventKind.VIEW_GIVEN] * 6, turned, EventKind.VIEW_TAKEN_BACK]
    the_month_turns(db, months=2)
    assert face(db, member) == (None, None)  # four are too few


def test_the_log_keeps_no_face(db: Session, homes: Action):
    young = somebody(db, Role.YOUNG_PERSON)
    give_view(db, young, homes.id, face=Face.FROWN, form_id="form-0001")
    take_view_back(db, young, homes.id)

    told = [*db.scalars(sa.select(Event.changes)), *db.scalars(sa.select(EventText.text))]
    assert "frown" not in str(told)


def test_nobody_takes_back_what_somebody_else_said(
    db: Session, homes: Action, card: ReportCard, member: Actor
):
    some_views(db, homes, Face.SMILE, 2)

    take_view_back(db, somebody(db, Role.YOUNG_PERSON), homes.id)
    take_view_back(db, holding_the_code(an_entry(db, card)), homes.id)

    assert db.scalar(sa.select(sa.func.count(YoungView.id))) == 2
    with pytest.raises(NotAllowed):
        take_view_back(db, member, homes.id)


def from_a_card(db: Session, card: ReportCard, theme: PromiseTheme, owner: Person) -> Any:
    """An action that came from the words of an entry, and the entry."""
    entry = an_entry(db, card, released=True)
    opportunity = an_opportunity(db, theme, owner)
    a_source(db, opportunity, entry)
    return under(db, theme, owner, opportunity_id=opportunity.id), entry


@pytest.mark.parametrize("by", ["code", "account", "words"])
def test_a_card_that_is_taken_back_takes_its_views_along(
    db: Session, card: ReportCard, theme: PromiseTheme, owner: Person, by: str
):
    action, entry = from_a_card(db, card, theme, owner)
    other, _ = from_a_card(db, card, theme, owner)
    holder = holding_the_code(entry)
    young = somebody(db, Role.YOUNG_PERSON)
    add(db, CardHolder(person_id=young.id, entry_id=entry.id, added_at=NOW))
    said: dict[str, Any] = {"face": Face.FROWN, "form_id": "form-0001"}
    if by == "code":
        give_view(db, holder, action.id, **said)
    elif by == "account":
        give_view(db, young, action.id, **said)
    else:
        give_view(db, young, other.id, words="Cold", entry_id=entry.id, **said)
    a_view(db, other, Face.SMILE)
    assert db.scalar(sa.select(sa.func.count(YoungView.id))) == 2

    withdraw_entry(db, holder, entry.id)

    assert db.scalars(sa.select(YoungView.face)).all() == [Face.SMILE]
