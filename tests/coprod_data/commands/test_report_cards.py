"""The life of a card: one collects words for each theme, sharing opens the next, closing waits for
replies.
"""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_replies import send_reply
from coprod_data.commands.report_cards import (
    CardNotReady,
    answer_card,
    close_report_card,
    mark_ready,
    open_report_card,
    title_report_card,
)
from coprod_data.commands.report_cards_sharing import share_report_card
from coprod_data.models import (
    Answer,
    CardEntry,
    CardShare,
    Event,
    OpportunitySource,
    Person,
    PromiseTheme,
    ReportCard,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.report_cards import Body, CardState
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_commitment,
    a_promise,
    a_service,
    add,
    an_action,
    an_entry,
    an_opportunity,
    days_ago,
    holding_the_code,
    somebody,
)
from tests.helpers.entries_read import let_out


def shared(db: Session, worker: Actor, card: ReportCard) -> ReportCard:
    """This card with one voice on it, shared with the delivery group."""
    let_out(db, worker, card)
    title_report_card(db, worker, card.id, title="Cold rooms")
    mark_ready(db, worker, card.id)
    share_report_card(db, worker, card.id, body=Body.CLDG, on=TODAY)
    return card


def standing(db: Session, card: ReportCard) -> ReportCard:
    return db.scalars(
        sa.select(ReportCard).where(
            ReportCard.theme_id == card.theme_id,
            ReportCard.state.in_((CardState.GATHERING, CardState.READY)),
        )
    ).one()


def test_a_theme_has_one_card_that_gathers(db: Session, card: ReportCard, worker: Actor):
    assert open_report_card(db, worker, card.theme_id) == card.id

    other = db.scalars(sa.select(PromiseTheme).where(PromiseTheme.title == "Health")).one()
    opened = db.get_one(ReportCard, open_report_card(db, worker, other.id))
    assert (opened.theme_id, opened.state, opened.opened_at) == (
        other.id,
        CardState.GATHERING,
        NOW,
    )


def test_a_card_gets_its_title_once_words_are_out(db: Session, card: ReportCard, worker: Actor):
    an_entry(db, card)
    with pytest.raises(CardNotReady, match="No words are released"):
        title_report_card(db, worker, card.id, title="Cold rooms")

    let_out(db, worker, card)
    title_report_card(db, worker, card.id, title=" Cold   rooms ")

    assert card.title == "Cold rooms"


def test_a_title_never_quotes_words_that_are_not_out(db: Session, card: ReportCard, worker: Actor):
    let_out(db, worker, card)
    an_entry(db, card, thinks="They never rang me on my birthday.", wants=None)

    with pytest.raises(Invalid, match="not released"):
        title_report_card(db, worker, card.id, title="They never rang me back")
    title_report_card(db, worker, card.id, title="My room is cold")


def test_a_title_never_says_what_was_hidden(db: Session, card: ReportCard, worker: Actor):
    entry = an_entry(db, card, thinks="Dave Smith lost my box.", wants=None)
    open_to_read(db, worker, entry.id)
    release_entry(db, worker, entry.id, shown_thinks="[My worker] lost my box.", shown_wants="")

    with pytest.raises(Invalid, match="not released"):
        title_report_card(db, worker, card.id, title="The box that Dave Smith lost")
    title_report_card(db, worker, card.id, title="The box that a worker lost")


def test_a_card_without_a_title_is_not_ready(db: Session, card: ReportCard, worker: Actor):
    let_out(db, worker, card)

    with pytest.raises(CardNotReady, match="title"):
        mark_ready(db, worker, card.id)


def test_a_card_that_is_not_ready_is_not_shared(db: Session, card: ReportCard, worker: Actor):
    let_out(db, worker, card)
    title_report_card(db, worker, card.id, title="Cold rooms")

    with pytest.raises(CardNotReady, match="ready first"):
        share_report_card(db, worker, card.id, body=Body.CPB, on=TODAY)


def test_the_first_sharing_opens_the_next_card_and_takes_the_unread_along(
    db: Session, card: ReportCard, worker: Actor
):
    unread = an_entry(db, card)
    beside = an_entry(db, card, about_id=unread.id)

    shared(db, worker, card)

    following = standing(db, card)
    assert (card.state, card.shared_on, following.opened_at) == (CardState.SHARED, TODAY, NOW)
    assert (unread.report_card_id, beside.report_card_id) == (following.id, following.id)
    on_card = db.scalars(sa.select(CardEntry).where(CardEntry.report_card_id == card.id)).all()
    assert [entry.released_at is not None for entry in on_card] == [True]


def test_each_body_gets_a_card_once_and_the_first_day_stands(
    db: Session, card: ReportCard, worker: Actor
):
    shared(db, worker, card)
    following = standing(db, card)

    share_report_card(db, worker, card.id, body=Body.CPB, on=TODAY - timedelta(days=3))

    assert card.shared_on == TODAY - timedelta(days=3)
    assert standing(db, card).id == following.id
    with pytest.raises(Refused, match="already"):
        share_report_card(db, worker, card.id, body=Body.CPB, on=TODAY)
    assert len(db.scalars(sa.select(CardShare)).all()) == 2


@pytest.mark.parametrize("on", [TODAY + timedelta(days=1), date(2020, 1, 1)])
def test_a_sharing_is_neither_to_come_nor_before_the_card(
    db: Session, card: ReportCard, worker: Actor, on: date
):
    let_out(db, worker, card)
    title_report_card(db, worker, card.id, title="Cold rooms")
    mark_ready(db, worker, card.id)

    with pytest.raises(Invalid):
        share_report_card(db, worker, card.id, body=Body.CPB, on=on)


def test_a_card_of_an_earlier_promise_opens_no_next_one(
    db: Session, card: ReportCard, worker: Actor
):
    let_out(db, worker, card)
    title_report_card(db, worker, card.id, title="Cold rooms")
    mark_ready(db, worker, card.id)
    a_promise(db, themes=("Belonging", "Something else"), adopted_at=days_ago(1))

    share_report_card(db, worker, card.id, body=Body.CPB, on=TODAY)

    assert db.scalars(sa.select(ReportCard)).all() == [card]


def test_a_card_closes_when_every_author_has_a_reply(db: Session, card: ReportCard, worker: Actor):
    first, back = let_out(db, worker, card), let_out(db, worker, card)
    shared(db, worker, card)
    withdraw_entry(db, holding_the_code(back), back.id)
    other = db.scalars(
        sa.select(CardEntry).where(
            CardEntry.report_card_id == card.id, CardEntry.id.not_in([first.id, back.id])
        )
    ).one()
    send_reply(db, worker, first.id, text="It is mended.")
    with pytest.raises(Refused, match="no reply yet"):
        close_report_card(db, worker, card.id)

    send_reply(db, worker, other.id, text="It is mended.")
    close_report_card(db, worker, card.id)

    assert (card.state, card.closed_at) == (CardState.CLOSED, NOW)


def test_a_card_that_gathers_is_not_closed(db: Session, card: ReportCard, worker: Actor):
    with pytest.raises(CardNotReady):
        close_report_card(db, worker, card.id)


def test_the_chair_answers_a_shared_card_for_staff_alone(
    db: Session, card: ReportCard, worker: Actor
):
    chair = somebody(db, Role.CHAIR)
    with pytest.raises(CardNotReady):
        answer_card(db, chair, card.id, text="We did.")
    shared(db, worker, card)

    answer_card(db, chair, card.id, text="We bought heaters.")

    answer = db.scalars(sa.select(Answer)).one()
    assert (answer.text, answer.person_id, answer.at) == ("We bought heaters.", chair.id, NOW)


def test_a_manager_answers_only_cards_their_work_hangs_on(
    db: Session, card: ReportCard, worker: Actor
):
    manager, other = somebody(db, Role.MANAGER), somebody(db, Role.MANAGER)
    owner = db.get_one(Person, manager.id)
    theme = db.get_one(PromiseTheme, card.theme_id)
    opportunity = an_opportunity(db, theme, owner)
    add(db, OpportunitySource(opportunity_id=opportunity.id, report_card_id=card.id))
    an_action(db, a_commitment(db, theme), owner, a_service(db), opportunity_id=opportunity.id)
    shared(db, worker, card)

    answer_card(db, manager, card.id, text="We did.")
    with pytest.raises(NotAllowed):
        answer_card(db, other, card.id, text="We did too.")


@pytest.mark.parametrize(
    "role",
    [Role.MANAGER, Role.BOARD_MEMBER, Role.CHAIR, Role.ADMINISTRATOR, Role.SAFEGUARDING],
)
def test_only_the_youth_voice_team_moves_cards(db: Session, card: ReportCard, role: Role):
    actor = somebody(db, role)

    with pytest.raises(NotAllowed):
        open_report_card(db, actor, card.theme_id)
    with pytest.raises(NotAllowed):
        title_report_card(db, actor, card.id, title="Mine")
    with pytest.raises(NotAllowed):
        mark_ready(db, actor, card.id)
    with pytest.raises(NotAllowed):
        share_report_card(db, actor, card.id, body=Body.CPB, on=TODAY)
    with pytest.raises(NotAllowed):
        close_report_card(db, actor, card.id)


def test_a_card_that_is_not_there_is_not_found(db: Session, worker: Actor):
    with pytest.raises(NotFound):
        mark_ready(db, worker, 999)


def test_each_step_has_its_event(db: Session, card: ReportCard, worker: Actor):
    shared(db, worker, card)

    kinds = db.scalars(sa.select(Event.kind).order_by(Event.id)).all()
    assert kinds[-4:] == [
        EventKind.CARD_TITLED,
        EventKind.CARD_READY,
        EventKind.CARD_SHARED,
        EventKind.CARD_OPENED,
    ]
