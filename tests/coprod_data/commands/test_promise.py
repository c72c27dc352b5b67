"""The Promise is drafted, adopted once, and open report cards continue under the new wording."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.promise import (
    add_commitment,
    add_theme,
    draft_promise,
)
from coprod_data.commands.promise_adopting import adopt_promise
from coprod_data.commands.promise_changes import set_successors
from coprod_data.models import CardEntry, Event, PromiseCommitment, PromiseVersion, ReportCard
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.report_cards import CardState
from tests.helpers.builders import a_promise, a_report_card, an_entry, somebody, the_public

BOARD = "Corporate Parenting Board, 4 March"


def a_draft(db: Session, worker: Actor, *titles: str) -> tuple[int, dict[str, int]]:
    version_id = draft_promise(db, worker, title="The Promise, again")
    themes = {
        title: add_theme(
            db, worker, version_id, title=title, young_title=title, icon="home",
            catch_all=title == "Something else",
        )
        for title in titles
    }  # fmt: skip
    return version_id, themes


def standing(db: Session, theme_id: int) -> list[ReportCard]:
    return list(
        db.scalars(
            sa.select(ReportCard).where(
                ReportCard.theme_id == theme_id,
                ReportCard.state.in_([CardState.GATHERING, CardState.READY]),
            )
        )
    )


def test_adopting_opens_one_card_for_each_theme(db: Session, worker: Actor, chair: Actor):
    version_id, themes = a_draft(db, worker, "Homes", "Health", "Something else")

    adopt_promise(db, chair, version_id, adopted_by=BOARD)

    for theme_id in themes.values():
        [card] = standing(db, theme_id)
        assert (card.state, card.opened_at) == (CardState.GATHERING, chair.at)
    version = db.get_one(PromiseVersion, version_id)
    assert (version.adopted_at, version.adopted_by) == (chair.at, BOARD)
    kinds = db.scalars(sa.select(Event.kind).where(Event.subject_type == "report_card")).all()
    assert kinds == [EventKind.CARD_OPENED] * 3


def test_an_open_card_moves_to_the_theme_of_the_same_title(
    db: Session, worker: Actor, chair: Actor
):
    homes, _, _ = a_promise(db)
    card = a_report_card(db, homes)
    entry = an_entry(db, card, released=True)
    version_id, themes = a_draft(db, worker, "homes", "Something else")

    adopt_promise(db, chair, version_id, adopted_by=BOARD)

    assert (card.theme_id, card.state) == (themes["homes"], CardState.GATHERING)
    assert entry.report_card_id == card.id
    assert standing(db, themes["homes"]) == [card]


def test_an_open_card_follows_its_commitments(db: Session, worker: Actor, chair: Actor):
    homes, _, _ = a_promise(db)
    card = a_report_card(db, homes)
    earlier = db.scalar(
        sa.select(PromiseCommitment.id).where(PromiseCommitment.theme_id == homes.id)
    )
    version_id, themes = a_draft(db, worker, "Where I live", "Something else")
    later = add_commitment(
        db, worker, themes["Where I live"], reference="1.1", wording="A home.", easy_wording=""
    )
    set_successors(db, worker, version_id, earlier, [later])

    adopt_promise(db, chair, version_id, adopted_by=BOARD)

    assert card.theme_id == themes["Where I live"]


def test_a_card_no_theme_carries_on_waits_to_be_shared_and_what_is_checked_moves(
    db: Session, worker: Actor, chair: Actor
):
    homes, _, _ = a_promise(db)
    card = a_report_card(db, homes)
    released, waiting = an_entry(db, card, released=True), an_entry(db, card)
    answer = an_entry(db, card, about_id=waiting.id)
    late_answer = an_entry(db, card, about_id=released.id)
    version_id, themes = a_draft(db, worker, "Money", "Something else")

    adopt_promise(db, chair, version_id, adopted_by=BOARD)

    [rest] = standing(db, themes["Something else"])
    assert (card.theme_id, card.state) == (homes.id, CardState.READY)
    assert [released.report_card_id, late_answer.report_card_id] == [card.id, card.id]
    assert [waiting.report_card_id, answer.report_card_id] == [rest.id, rest.id]


def test_an_empty_card_no_theme_carries_on_is_closed(db: Session, worker: Actor, chair: Actor):
    homes, _, _ = a_promise(db)
    card = a_report_card(db, homes)
    version_id, _ = a_draft(db, worker, "Money", "Something else")

    adopt_promise(db, chair, version_id, adopted_by=BOARD)

    assert (card.state, card.closed_at) == (CardState.CLOSED, chair.at)


def test_two_cards_that_become_one_theme_lose_no_word(db: Session, worker: Actor, chair: Actor):
    homes, health, _ = a_promise(db)
    first, second = a_report_card(db, homes), a_report_card(db, health)
    said = an_entry(db, second, released=True)
    still_checked = an_entry(db, second)
    version_id, themes = a_draft(db, worker, "Home and health", "Something else")
    later = add_commitment(
        db, worker, themes["Home and health"], reference="1.1", wording="Both.", easy_wording=""
    )
    for theme in (homes, health):
        earlier = db.scalar(
            sa.select(PromiseCommitment.id).where(PromiseCommitment.theme_id == theme.id)
        )
        set_successors(db, worker, version_id, earlier, [later])

    adopt_promise(db, chair, version_id, adopted_by=BOARD)

    assert first.theme_id == themes["Home and health"]
    assert (second.theme_id, second.state) == (health.id, CardState.READY)
    assert (said.report_card_id, still_checked.report_card_id) == (second.id, first.id)
    assert db.scalar(sa.select(sa.func.count()).select_from(CardEntry)) == 2


def test_shared_cards_stay_under_the_wording_of_their_day(db: Session, worker: Actor, chair: Actor):
    homes, _, _ = a_promise(db)
    card = a_report_card(db, homes, state=CardState.SHARED)
    version_id, _ = a_draft(db, worker, "Homes", "Something else")

    adopt_promise(db, chair, version_id, adopted_by=BOARD)

    assert (card.theme_id, card.state) == (homes.id, CardState.SHARED)


@pytest.mark.parametrize("titles", [(), ("Homes", "Health"), ("Something else",)])
def test_a_promise_without_a_theme_or_a_place_for_the_rest_is_refused(
    db: Session, worker: Actor, chair: Actor, titles: tuple[str, ...]
):
    version_id, _ = a_draft(db, worker, *titles)

    with pytest.raises(Refused, match="at least one theme"):
        adopt_promise(db, chair, version_id, adopted_by=BOARD)


def test_an_adopted_wording_stays_as_it_is(db: Session, worker: Actor, chair: Actor):
    version_id, themes = a_draft(db, worker, "Homes", "Something else")
    adopt_promise(db, chair, version_id, adopted_by=BOARD)

    with pytest.raises(Refused, match="cannot be changed"):
        add_theme(db, worker, version_id, title="New", young_title="New", icon="next")
    with pytest.raises(Refused, match="cannot be changed"):
        add_commitment(db, worker, themes["Homes"], reference="9", wording="x", easy_wording="")
    with pytest.raises(Refused, match="cannot be changed"):
        adopt_promise(db, chair, version_id, adopted_by=BOARD)


def test_only_what_is_in_force_is_carried_on(db: Session, worker: Actor):
    version_id, themes = a_draft(db, worker, "Homes", "Something else")
    one, two = (
        add_commitment(db, worker, themes["Homes"], reference=r, wording="x", easy_wording="")
        for r in ("1", "2")
    )

    with pytest.raises(NotFound, match="not in force"):
        set_successors(db, worker, version_id, one, [two])


def test_a_theme_or_a_number_is_not_given_twice(db: Session, worker: Actor):
    version_id, themes = a_draft(db, worker, "Homes", "Something else")
    add_commitment(db, worker, themes["Homes"], reference="1.1", wording="x", easy_wording="")

    for fields, field in (
        ({"title": "HOMES", "icon": "home"}, "title"),
        ({"title": "Rest", "icon": "else", "catch_all": True}, "catch_all"),
        ({"title": "Food", "icon": "fork"}, "icon"),
        ({"title": " ", "icon": "home"}, "title"),
    ):
        with pytest.raises(Invalid) as refused:
            add_theme(db, worker, version_id, young_title="Young", **fields)
        assert refused.value.field == field
    with pytest.raises(Invalid, match="number"):
        add_commitment(
            db, worker, themes["Something else"], reference="1.1", wording="x", easy_wording=""
        )


def test_what_is_not_there_is_said_so(db: Session, worker: Actor, chair: Actor):
    with pytest.raises(NotFound):
        adopt_promise(db, chair, 99, adopted_by=BOARD)
    with pytest.raises(NotFound):
        add_theme(db, worker, 99, title="x", young_title="x", icon="home")
    with pytest.raises(NotFound):
        add_commitment(db, worker, 99, reference="1", wording="x", easy_wording="")
    with pytest.raises(NotFound):
        set_successors(db, worker, 97, 98, [99])


def test_who_may_draft_may_not_adopt_and_the_public_neither(db: Session, worker: Actor):
    version_id, _ = a_draft(db, worker, "Homes", "Something else")

    with pytest.raises(NotAllowed):
        adopt_promise(db, worker, version_id, adopted_by=BOARD)
    for actor in (the_public(), somebody(db, Role.MANAGER), somebody(db, Role.YOUNG_PERSON)):
        with pytest.raises(NotAllowed):
            draft_promise(db, actor, title="Mine")
