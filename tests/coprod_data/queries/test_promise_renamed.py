"""A theme renamed in a new wording: old records keep its number and the name of their day."""

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.promise import (
    add_commitment,
    add_theme,
    draft_promise,
)
from coprod_data.commands.promise_adopting import adopt_promise
from coprod_data.commands.promise_changes import set_successors
from coprod_data.models import PromiseCommitment, PromiseTheme
from coprod_data.permissions import Actor, Role
from coprod_data.queries.actions import action
from coprod_data.queries.actions_progress import progress_by_theme
from coprod_data.queries.opportunities import opportunities
from coprod_data.queries.opportunities_counted import tally
from coprod_data.queries.promise import named_now, theme_now
from coprod_data.queries.report_cards import cards_counted, cards_per_theme, report_cards
from coprod_data.queries.report_cards_detail import report_card
from coprod_data.queries.search import search
from coprod_data.queries.way import way_of_theme
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.search import FoundKind
from tests.helpers.builders import (
    TODAY,
    a_commitment,
    a_person,
    a_promise,
    a_report_card,
    a_service,
    an_action,
    an_entry,
    an_opportunity,
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
    set_successors(db, chair, version, earlier.id, [later])
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
    owner, service = a_person(db, Role.MANAGER), a_service(db)
    going, dropped = (
        an_action(db, earlier, owner, service, stage=stage)
        for stage in (Stage.IN_PROGRESS, Stage.DROPPED)
    )
    card = a_report_card(db, homes, state="closed")
    an_entry(db, card, released=True)

    theme = adopted(db, chair, earlier, "A place to live", "Where I live")

    said = [action(db, chair, one.id) for one in (going, dropped)]
    assert [(row.reference, row.theme) for row in said] == [
        ("7.1", "A place to live"), ("2.1", "Homes"),
    ]  # fmt: skip
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


def test_a_renamed_theme_is_found_and_filtered_by_any_of_its_names(
    db: Session, homes: PromiseTheme
):
    chair = somebody(db, Role.CHAIR)
    earlier = a_commitment(db, homes, reference="2.1", wording="You are warm at night.")
    old_card = a_report_card(db, homes, state="closed", shared_on=TODAY)
    an_entry(db, old_card, released=True)
    chance = an_opportunity(db, homes, a_person(db))

    now = adopted(db, chair, earlier, "A place to live", "Where I live")

    own = next(one for one in cards_per_theme(db, chair) if one.theme_id == now)
    assert (own.young_theme, own.cards) == ("Where I live", 1)
    counted = cards_counted(db, chair)
    assert (counted[now], homes.id in counted) == (1, False)
    for number in (homes.id, now):
        assert theme_now(db, chair, number) == now
        assert [one.id for one in report_cards(db, chair, theme_id=number).cards] == [old_card.id]
        assert [one.id for one in opportunities(db, chair, theme_id=number)] == [chance.id]
        assert [one.id for one in progress_by_theme(db, chair, theme_id=number)] == [now]
        assert [one.id for one in way_of_theme(db, chair, number).down] == [old_card.id, chance.id]
    assert tally(db, chair, theme_id=now).by_theme == {now: 1}
    found = {
        one.kind: [(hit.id, hit.title, hit.detail) for hit in one.hits]
        for typed in ("homes", "at night")
        for one in search(db, chair, typed)
    }
    assert found[FoundKind.THEME] == [(now, "A place to live (Where I live)", "Before: Homes")]
    [(_, title, detail)] = found[FoundKind.COMMITMENT]
    assert title == "7.1 A home that is warm."
    assert detail.endswith(". Before: 2.1 You are warm at night.")
