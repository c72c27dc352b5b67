"""A theme renamed in a new wording: old records keep its number and the name of their day."""

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.promise import (
    add_commitment,
    add_theme,
    adopt_promise,
    draft_promise,
    succeed_commitment,
)
from coprod_data.models import PromiseCommitment, PromiseTheme
from coprod_data.permissions import Actor, Role
from coprod_data.queries.actions import action
from coprod_data.queries.actions_progress import progress_by_theme
from coprod_data.queries.promise import named_now
from coprod_data.queries.report_cards_detail import report_card
from tests.helpers.builders import (
    a_commitment,
    a_person,
    a_promise,
    a_report_card,
    a_service,
    an_action,
    an_entry,
    somebody,
)

BOARD = "Corporate Parenting Board, 4 March"


def adopted(db: Session, chair: Actor, earlier: PromiseCommitment, title: str, young: str) -> int:
    version = draft_promise(db, chair, title="The Promise, again")
    theme = add_theme(db, chair, version, title=title, young_title=young, icon="home")
    rest = {"title": "Something else", "young_title": "Something else", "icon": "else"}
    add_theme(db, chair, version, catch_all=True, **rest)
    later = add_commitment(
        db, chair, theme, reference="7.1", wording="A home that is warm.", easy_wording=""
    )
    succeed_commitment(db, chair, earlier.id, later)
    adopt_promise(db, chair, version, adopted_by=BOARD)
    return theme


@pytest.fixture
def homes(db: Session) -> PromiseTheme:
    return a_promise(db, ("Homes", "Something else"))[0]


def test_old_records_keep_number_and_name_and_say_what_it_is_called_now(
    db: Session, homes: PromiseTheme
):
    chair, jay = somebody(db, Role.CHAIR), somebody(db, Role.YOUNG_PERSON)
    earlier = a_commitment(db, homes, reference="2.1")
    done = an_action(db, earlier, a_person(db, Role.MANAGER), a_service(db))
    card = a_report_card(db, homes, state="closed")
    an_entry(db, card, released=True)

    theme = adopted(db, chair, earlier, "A place to live", "Where I live")

    row = action(db, chair, done.id)
    assert (row.reference, row.theme) == ("2.1", "Homes")
    assert report_card(db, chair, card.id).theme == "Homes"
    assert named_now(db, chair, homes.id) == "A place to live (Where I live)"
    assert named_now(db, jay, homes.id) == "Where I live"
    assert named_now(db, chair, theme) == ""  # it is in force
    [now] = [one for one in progress_by_theme(db, chair) if one.id == theme]
    assert [one.live for one in now.commitments] == [1]  # and today's plan has its action


def test_a_theme_of_the_same_name_has_no_other_name_now(db: Session, homes: PromiseTheme):
    chair = somebody(db, Role.CHAIR)
    earlier = a_commitment(db, homes, reference="2.1")

    adopted(db, chair, earlier, "Homes", "Homes")

    assert named_now(db, chair, homes.id) == ""


def test_a_theme_that_nothing_carries_on_is_only_what_it_was(db: Session):
    chair = somebody(db, Role.CHAIR)
    homes, health, _ = a_promise(db)
    adopted(db, chair, a_commitment(db, homes), "A place to live", "Where I live")

    assert named_now(db, chair, health.id) == ""
