"""One card: what was said, who works on it, what followed, and who may see it."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_replies import send_reply
from coprod_data.models import (
    Answer,
    CardShare,
    EntryMeant,
    Invitation,
    Person,
    PromiseTheme,
    ReportCard,
)
from coprod_data.permissions import Actor, NotAllowed, NotFound, Role
from coprod_data.queries.entries_released import search_words
from coprod_data.queries.report_cards import cards_per_theme, report_cards
from coprod_data.queries.report_cards_detail import PAGE, report_card
from coprod_data.queries.search import search
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.opportunities import InvitationReply, OpportunityState
from coprod_data.vocabulary.report_cards import Body, CardState
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_commitment,
    a_person,
    a_report_card,
    a_service,
    add,
    an_action,
    an_entry,
    days_ago,
    holding_the_code,
    somebody,
)
from tests.helpers.cards_shared import an_opportunity_on, shared
from tests.helpers.entries_read import let_out


def test_words_are_found_newest_first_and_every_word_counts(
    db: Session, themes: list[PromiseTheme], chair: Actor, worker: Actor
):
    card = a_report_card(db, themes[0])
    first = let_out(db, worker, card, thinks="A heater for my room.")
    second = let_out(db, worker, card, thinks="No heater at all.")

    assert [row.entry_id for row in search_words(db, chair, "heater")] == [second.id, first.id]
    assert [row.entry_id for row in search_words(db, chair, "room heat")] == [first.id]
    assert search_words(db, chair, "") == []
    assert search_words(db, chair, " ".join(["heater"] * 50)) != []


def test_the_words_of_a_card_come_page_by_page_and_none_is_left_out(
    db: Session, themes: list[PromiseTheme], chair: Actor, worker: Actor
):
    card = a_report_card(db, themes[0])
    sent = [let_out(db, worker, card, thinks=f"Thought {n}.").id for n in range(PAGE + 1)]

    first, last = report_card(db, chair, card.id), report_card(db, chair, card.id, page=99)

    assert [(one.page, one.pages) for one in (first, last)] == [(1, 2), (2, 2)]
    shown = [voice.entry_id for voice in (*first.voices, *last.voices)]
    assert shown == sent[::-1]


def test_one_card_tells_what_was_said_who_picked_it_up_and_what_came_of_it(
    db: Session, themes: list[PromiseTheme], chair: Actor, worker: Actor
):
    card = a_report_card(db, themes[0], title="Cold rooms")
    entry = let_out(db, worker, card, feeling=2)
    opportunity = an_opportunity_on(db, card, OpportunityState.WORKING, signed=True)
    waiting = an_opportunity_on(db, card, OpportunityState.OPEN)
    member = a_person(db, Role.BOARD_MEMBER, name="Cllr Pryce", job="Councillor")
    add(db, Invitation(
        opportunity_id=opportunity.id, person_id=member.id, asked_at=days_ago(9),
        reply=InvitationReply.YES, replied_at=days_ago(8), confirmed_at=days_ago(7),
    ))  # fmt: skip
    add(db, Answer(report_card_id=card.id, text="We did.", person_id=chair.id, at=NOW))
    add(db, CardShare(
        report_card_id=card.id, body=Body.CLDG, shared_on=TODAY, person_id=worker.id
    ))  # fmt: skip

    detail = report_card(db, chair, card.id)

    assert (detail.title, detail.theme, detail.titled) == ("Cold rooms", "Homes", True)
    assert [(v.thinks, v.feeling, v.month) for v in detail.voices] == [
        ("My room is cold at night.", 2, date(2026, 3, 1))
    ]
    people = {one.id: one.people for one in detail.opportunities}
    assert [(p.name, p.job, p.confirmed) for p in people[opportunity.id]] == [
        ("Cllr Pryce", "Councillor", True)
    ]
    assert {one.id: one.waiting_days for one in detail.opportunities} == {
        opportunity.id: None, waiting.id: 10,
    }  # fmt: skip
    assert {one.id: one.state for one in detail.opportunities} == {
        opportunity.id: "co_signed", waiting.id: "open",
    }  # fmt: skip
    assert [(o.state, o.what_changed) for o in detail.outcomes] == [
        ("co_signed", "Every flat now has a heater.")
    ]
    assert [(a.text, a.by) for a in detail.answers] == [("We did.", chair.name)]
    assert detail.shared == ((Body.CLDG, TODAY),)
    assert (detail.owed, report_card(db, worker, card.id).owed) == (0, 1)

    send_reply(db, worker, entry.id, text="It is mended.")
    assert report_card(db, worker, card.id).owed == 0


def test_a_reply_owed_for_words_about_the_reader_is_not_counted_for_them(
    db: Session, themes: list[PromiseTheme], worker: Actor
):
    card = a_report_card(db, themes[0])
    entry = an_entry(db, card, released=True)
    other = somebody(db, Role.YOUTH_VOICE)
    add(db, EntryMeant(entry_id=entry.id, person_id=worker.id))

    assert (report_card(db, worker, card.id).owed, report_card(db, other, card.id).owed) == (0, 1)


def test_a_chance_that_somebody_offered_for_waits_for_a_young_person_and_no_longer_for_us(
    db: Session, themes: list[PromiseTheme], chair: Actor
):
    card = a_report_card(db, themes[0], shared_on=TODAY, state=CardState.SHARED)
    chance = an_opportunity_on(db, card, OpportunityState.OPEN)
    member = a_person(db, Role.BOARD_MEMBER, name="Cllr Pryce")
    add(db, Invitation(
        opportunity_id=chance.id, person_id=member.id, asked_at=days_ago(9),
        reply=InvitationReply.YES, replied_at=days_ago(8),
    ))  # fmt: skip

    (one,) = report_card(db, chair, card.id).opportunities

    assert (one.state, one.waiting_days) == ("offered", None)
    assert [(person.name, person.confirmed) for person in one.people] == [("Cllr Pryce", False)]


def test_a_card_without_readable_words_is_not_there_for_the_board_before_it_is_shared(
    db: Session, themes: list[PromiseTheme], chair: Actor, worker: Actor
):
    card = a_report_card(db, themes[0])
    an_entry(db, card)

    assert report_cards(db, chair).cards == ()
    with pytest.raises(NotFound):
        report_card(db, chair, card.id)
    assert report_card(db, worker, card.id).voices == ()


def test_a_manager_sees_the_cards_their_work_hangs_on(
    db: Session, themes: list[PromiseTheme], worker: Actor
):
    mine, other = a_report_card(db, themes[0]), a_report_card(db, themes[1])
    for card in (mine, other):
        let_out(db, worker, card)
    manager = somebody(db, Role.MANAGER)
    opportunity = an_opportunity_on(db, mine, OpportunityState.OPEN)
    service = a_service(db, db.get_one(Person, manager.id))
    an_action(db, a_commitment(db, themes[0]), a_person(db), service, opportunity_id=opportunity.id)

    assert [row.id for row in report_cards(db, manager).cards] == [mine.id]
    assert len(report_card(db, manager, mine.id).voices) == 1
    with pytest.raises(NotFound):
        report_card(db, manager, other.id)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.SAFEGUARDING])
def test_nobody_else_reads_cards(db: Session, themes: list[PromiseTheme], role: Role):
    card, actor = shared(db, themes[0]), somebody(db, role)

    for ask in (report_cards, cards_per_theme):
        with pytest.raises(NotAllowed):
            ask(db, actor)
    with pytest.raises(NotAllowed):
        report_card(db, actor, card.id)


def test_an_answer_let_out_to_the_board_is_read_beside_its_entry(
    db: Session, card: ReportCard, worker: Actor, chair: Actor
):
    board, everyone = ConsentUse.BOARD, (ConsentUse.BOARD, ConsentUse.PUBLIC)
    entry = let_out(db, worker, card, consents=everyone)
    said = {"kind": EntryKind.ANSWER, "about_id": entry.id, "wants": None}
    let_out(db, worker, card, thinks="It is warm now.", consents=(board,), **said)
    let_out(db, worker, card, thinks="Thank you.", consents=(), **said)
    an_entry(db, card, thinks="Not read yet.", consents=(board,), **said)

    [voice] = report_card(db, chair, card.id).voices
    assert voice.later == ("It is warm now.",)
    young = somebody(db, Role.YOUNG_PERSON)
    [seen] = report_card(db, young, card.id).voices
    assert seen.later == (), "given to the Board only"
    hold_entry(db, worker, entry.id)
    assert report_card(db, worker, card.id).voices == ()


def test_an_answer_is_read_by_itself_where_the_words_that_it_belongs_to_are_not(
    db: Session, card: ReportCard, worker: Actor, chair: Actor
):
    board, everyone = ConsentUse.BOARD, (ConsentUse.BOARD, ConsentUse.PUBLIC)
    shut = let_out(db, worker, card, thinks="Only for the team.", consents=())
    said = {"kind": EntryKind.ANSWER, "about_id": shut.id, "wants": None}
    for_board = let_out(db, worker, card, thinks="It is warm now.", consents=(board,), **said)
    for_all = let_out(db, worker, card, thinks="Thank you all.", consents=everyone, **said)
    let_out(db, worker, card, thinks="Not for you.", consents=(), **said)
    an_entry(db, card, thinks="Not read yet.", consents=(board,), **said)
    young, named = somebody(db, Role.YOUNG_PERSON), {for_board.id, for_all.id}

    detail = report_card(db, chair, card.id)
    assert detail.voices == ()
    assert {voice.entry_id for voice in detail.alone} == named
    assert [voice.thinks for voice in report_card(db, young, card.id).alone] == ["Thank you all."]
    [found] = search(db, chair, "warm")
    assert [(hit.id, hit.entry_id) for hit in found.hits] == [(card.id, for_board.id)]
    assert search(db, young, "warm") == ()

    add(db, EntryMeant(entry_id=shut.id, person_id=chair.id))
    with pytest.raises(NotFound):
        report_card(db, chair, card.id)  # it may be about them, and there is nothing else
    assert search(db, chair, "warm") == ()
    hold_entry(db, worker, shut.id)
    assert report_card(db, worker, card.id).alone == ()


def test_an_answer_taken_back_or_with_its_card_is_read_nowhere(
    db: Session, card: ReportCard, worker: Actor, chair: Actor
):
    shut = let_out(db, worker, card, consents=())
    said = {"kind": EntryKind.ANSWER, "about_id": shut.id, "wants": None}
    let_out(db, worker, card, thinks="It is warm now.", consents=(ConsentUse.BOARD,), **said)
    assert len(report_card(db, chair, card.id).alone) == 1

    withdraw_entry(db, holding_the_code(shut), shut.id)

    with pytest.raises(NotFound):
        report_card(db, chair, card.id)
    assert report_card(db, worker, card.id).alone == ()
    assert search(db, chair, "warm") == ()


def test_many_answers_by_themselves_are_on_pages(
    db: Session, card: ReportCard, worker: Actor, chair: Actor
):
    shut = let_out(db, worker, card, consents=())
    said = {"kind": EntryKind.ANSWER, "about_id": shut.id, "wants": None}
    for _ in range(PAGE + 1):
        let_out(db, worker, card, thinks="It is warm now.", consents=(ConsentUse.BOARD,), **said)
    first, last = (report_card(db, chair, card.id, page=page) for page in (1, 2))
    assert (first.pages, len(first.alone), len(last.alone)) == (2, PAGE, 1)
