"""What is shared is what was listed; a sharing can be undone until somebody has read it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_checks import release_entry
from coprod_data.commands.entries_consent import change_consent, withdraw_entry
from coprod_data.commands.entries_replies import write_summary
from coprod_data.commands.opportunities import add_source
from coprod_data.commands.report_cards import mark_ready, title_report_card
from coprod_data.commands.report_cards_sharing import (
    note_read_as_shared,
    share_report_card,
    take_share_back,
)
from coprod_data.models import CardShare, EntryMeant, EntrySummary, Event, PromiseTheme, ReportCard
from coprod_data.permissions import Actor, NotAllowed, Refused, Role
from coprod_data.queries.report_cards_detail import report_card
from coprod_data.queries.report_cards_sharing import entries_going_along, sharings_to_take_back
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.report_cards import Body, CardState
from tests.helpers.builders import (
    TODAY,
    a_person,
    add,
    an_entry,
    an_opportunity,
    holding_the_code,
    somebody,
    unrecorded,
)
from tests.helpers.entries_read import AS_WRITTEN, later, let_out, read


@pytest.fixture
def ready(db: Session, card: ReportCard, worker: Actor) -> ReportCard:
    """A card with one entry out, marked as ready."""
    let_out(db, worker, card)
    title_report_card(db, worker, card.id, title="Cold rooms")
    mark_ready(db, worker, card.id)
    return card


def share(db: Session, worker: Actor, card: ReportCard, body: Body = Body.CPB) -> None:
    along = [one.id for one in entries_going_along(db, worker, card.id)]
    share_report_card(db, worker, card.id, body=body, on=TODAY, with_entries=along)


def cards(db: Session) -> list[ReportCard]:
    return list(db.scalars(sa.select(ReportCard).order_by(ReportCard.id)))


def test_what_goes_along_is_listed_with_words_only_where_they_are_out(
    db: Session, card: ReportCard, worker: Actor
):
    board = let_out(db, worker, card, thinks="Cold.", wants=None)
    both = let_out(
        db, worker, card, thinks="Late.", wants="Be on time.",
        consents=(ConsentUse.BOARD, ConsentUse.PUBLIC),
    )  # fmt: skip
    kept = let_out(db, worker, card, consents=())
    an_entry(db, card)  # not read yet

    found = entries_going_along(db, worker, card.id)

    assert [(one.id, one.words, one.public) for one in found] == [
        (board.id, "Cold.", False), (both.id, "Late. Be on time.", True),
    ]  # fmt: skip
    assert kept.released_at is None


def test_what_the_board_may_not_read_does_not_go_along(
    db: Session, ready: ReportCard, worker: Actor, second: Actor
):
    [first] = entries_going_along(db, worker, ready.id)
    ended, about, worked = (
        let_out(db, worker, ready, consents=(use,))
        for use in (ConsentUse.BOARD, ConsentUse.BOARD, ConsentUse.WORK)
    )
    change_consent(db, holding_the_code(ended), ended.id, uses=frozenset())
    add(db, EntryMeant(entry_id=about.id, person_id=worker.id))

    assert [one.id for one in entries_going_along(db, worker, ready.id)] == [first.id]
    listed = [one.id for one in entries_going_along(db, second, ready.id)]
    assert listed == [first.id, about.id]
    assert worked.released_at is not None
    share(db, worker, ready)
    assert ready.state is CardState.SHARED


def test_only_our_summary_is_said_where_the_board_reads_that_and_no_words(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card, consents=(ConsentUse.SUMMARY,))
    summary_id = write_summary(db, worker, entry.id, text="It is cold.")
    release_entry(db, worker, entry.id, **AS_WRITTEN)
    assert entries_going_along(db, worker, card.id) == []

    with unrecorded(db):
        db.get_one(EntrySummary, summary_id).agreed_at = worker.at

    [one] = entries_going_along(db, worker, card.id)
    assert (one.id, one.words, one.summary) == (entry.id, "", True)


def test_an_answer_that_the_board_reads_is_listed_with_its_entry_or_without(
    db: Session, card: ReportCard, worker: Actor
):
    entry = let_out(db, worker, card)
    kept = let_out(db, worker, card, consents=())
    beside, alone = (
        let_out(
            db, worker, card, kind=EntryKind.ANSWER, about_id=one.id, thinks="Still.", wants=None
        )
        for one in (entry, kept)
    )
    withheld = let_out(
        db, worker, card, kind=EntryKind.ANSWER, about_id=entry.id, consents=(ConsentUse.WORK,)
    )

    found = entries_going_along(db, worker, card.id)

    assert [(one.id, one.words, one.answers) for one in found if one.answers] == [
        (beside.id, "Still.", entry.id), (alone.id, "Still.", kept.id),
    ]  # fmt: skip
    assert withheld.id not in [one.id for one in found]


def test_nothing_is_shared_that_was_not_on_the_list(db: Session, ready: ReportCard, worker: Actor):
    listed = [one.id for one in entries_going_along(db, worker, ready.id)]
    let_out(db, worker, ready)

    with pytest.raises(Refused, match="Other entries"):
        share_report_card(db, worker, ready.id, body=Body.CPB, on=TODAY, with_entries=listed)

    assert ready.state is CardState.READY
    assert db.scalars(sa.select(CardShare)).all() == []


def test_what_was_taken_back_since_does_not_go_along_and_the_log_says_how_many_did(
    db: Session, ready: ReportCard, worker: Actor
):
    gone = let_out(db, worker, ready)
    listed = [one.id for one in entries_going_along(db, worker, ready.id)]
    withdraw_entry(db, holding_the_code(gone), gone.id)

    went = share_report_card(db, worker, ready.id, body=Body.CPB, on=TODAY, with_entries=listed)

    assert (len(listed), went) == (2, 1)
    shared = db.scalars(sa.select(Event).where(Event.kind == EventKind.CARD_SHARED)).one()
    assert shared.changes["entries"] == 1


def test_a_sharing_taken_back_leaves_one_card_that_collects_words(
    db: Session, ready: ReportCard, worker: Actor
):
    unread = an_entry(db, ready)
    share(db, worker, ready)
    assert len(cards(db)) == 2
    came_since = an_entry(db, cards(db)[1])

    take_share_back(db, later(worker, 9), ready.id, body=Body.CPB)

    assert cards(db) == [ready]
    assert (ready.state, ready.shared_on) == (CardState.READY, None)
    assert {unread.report_card_id, came_since.report_card_id} == {ready.id}
    assert db.scalars(sa.select(CardShare)).all() == []
    newest = db.scalars(sa.select(Event.kind).order_by(Event.id.desc())).first()
    assert newest is EventKind.CARD_SHARE_TAKEN_BACK
    share(db, later(worker, 9), ready)  # and it can be shared again
    assert ready.state is CardState.SHARED


def test_shared_with_two_bodies_only_the_one_is_taken_back(
    db: Session, ready: ReportCard, worker: Actor
):
    share(db, worker, ready, Body.CLDG)
    share(db, later(worker, 8), ready, Body.CPB)

    take_share_back(db, later(worker, 12), ready.id, body=Body.CPB)

    assert (ready.state, ready.shared_on, len(cards(db))) == (CardState.SHARED, TODAY, 2)
    with pytest.raises(Refused, match="ten minutes"):
        take_share_back(db, later(worker, 12), ready.id, body=Body.CLDG)


def test_after_ten_minutes_it_stays_shared(db: Session, ready: ReportCard, worker: Actor):
    share(db, worker, ready)
    after = later(worker, 11)

    assert sharings_to_take_back(db, after, ready.id) == []
    with pytest.raises(Refused, match="ten minutes"):
        take_share_back(db, after, ready.id, body=Body.CPB)


@pytest.mark.parametrize("role", [Role.BOARD_MEMBER, Role.CHAIR])
def test_read_as_shared_it_stays_shared(db: Session, ready: ReportCard, worker: Actor, role: Role):
    share(db, worker, ready)
    reader = somebody(db, role)
    assert report_card(db, reader, ready.id).just_shared

    note_read_as_shared(db, reader, ready.id)

    assert sharings_to_take_back(db, worker, ready.id) == []
    with pytest.raises(Refused, match="read it"):
        take_share_back(db, worker, ready.id, body=Body.CPB)


def test_the_team_reading_its_own_card_changes_nothing(
    db: Session, ready: ReportCard, worker: Actor
):
    share(db, worker, ready)

    note_read_as_shared(db, worker, ready.id)

    [(body, until)] = sharings_to_take_back(db, worker, ready.id)
    assert (body, until) == (Body.CPB, worker.at + timedelta(minutes=10))


def test_once_the_next_card_is_in_use_it_stays_shared(
    db: Session, ready: ReportCard, worker: Actor, theme: PromiseTheme
):
    share(db, worker, ready)
    following = cards(db)[1]
    member = a_person(db)
    opportunity = an_opportunity(db, theme, member)
    add_source(db, worker, opportunity.id, report_card_id=following.id)

    with pytest.raises(Refused, match="in use"):
        take_share_back(db, worker, ready.id, body=Body.CPB)


@pytest.mark.parametrize("role", [Role.BOARD_MEMBER, Role.MANAGER, Role.YOUNG_PERSON])
def test_only_the_team_lists_shares_and_takes_back(db: Session, ready: ReportCard, role: Role):
    actor = somebody(db, role)

    with pytest.raises(NotAllowed):
        entries_going_along(db, actor, ready.id)
    with pytest.raises(NotAllowed):
        sharings_to_take_back(db, actor, ready.id)
    with pytest.raises(NotAllowed):
        take_share_back(db, actor, ready.id, body=Body.CPB)


def test_a_young_person_reading_public_words_notes_nothing(
    db: Session, ready: ReportCard, worker: Actor
):
    share(db, worker, ready)

    with pytest.raises(NotAllowed):
        note_read_as_shared(db, somebody(db, Role.YOUNG_PERSON), ready.id)
    assert len(sharings_to_take_back(db, worker, ready.id)) == 1
