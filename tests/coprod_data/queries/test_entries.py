"""What an author sees of their entry: five plain steps, and never a flag or a hold."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.entries import hold_card, send_entry
from coprod_data.commands.entries_care import hold_entry, write_on_held_card
from coprod_data.commands.entries_checks import ask_back, open_to_read, release_entry
from coprod_data.commands.entries_consent import change_consent, withdraw_entry
from coprod_data.commands.entries_endings import pass_to_worker
from coprod_data.commands.entries_replies import send_reply, write_summary
from coprod_data.commands.entries_wishes import wish_to_talk
from coprod_data.models import CardEntry, CardHolder, OpportunitySource, PromiseTheme, ReportCard
from coprod_data.permissions import Actor, NotAllowed, NotFound, Role
from coprod_data.queries.entries import FollowedEntry, follow_entry, my_cards
from coprod_data.store.card_codes import code_digests
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import ConsentUse, QuestionKind
from coprod_data.vocabulary.entry_care import HoldLine
from coprod_data.vocabulary.opportunities import OpportunityState
from coprod_data.vocabulary.report_cards import CardState
from tests.helpers.builders import (
    NOW,
    a_person,
    acting,
    add,
    an_entry,
    an_opportunity,
    an_outcome,
    days_ago,
    holding_the_code,
    somebody,
    the_public,
    unrecorded,
)
from tests.helpers.databases import statements
from tests.helpers.entries_read import AS_WRITTEN, let_out, open_its_wish, read, the_code


def followed(db: Session, entry: CardEntry) -> FollowedEntry:
    return follow_entry(db, holding_the_code(entry))


def test_a_new_entry_says_by_when_it_is_read(db: Session, card: ReportCard):
    entry = an_entry(db, card, sent_at=NOW)

    seen = followed(db, entry)

    assert (seen.step, seen.reading, seen.late) == (1, False, False)
    assert seen.read_by == (NOW + timedelta(days=1)).date()
    assert (seen.thinks, seen.wants) == ("My room is cold at night.", "Fix the heating.")
    assert seen.uses == {ConsentUse.BOARD}
    assert (seen.theme_title, seen.typed) == ("Homes", False)


def test_an_entry_unread_past_its_day_says_so(db: Session, card: ReportCard):
    assert followed(db, an_entry(db, card, sent_at=days_ago(5))).late


def test_an_entry_that_was_opened_and_not_decided_past_its_day_says_so_until_somebody_writes(
    db: Session, card: ReportCard
):
    entry = an_entry(db, card, sent_at=days_ago(5))
    open_to_read(db, somebody(db, Role.YOUTH_VOICE), entry.id)

    assert followed(db, entry).late
    hold_entry(db, somebody(db, Role.YOUTH_VOICE), entry.id)
    assert followed(db, entry).late
    write_on_held_card(db, somebody(db, Role.SAFEGUARDING), entry.id, HoldLine.REACH)
    assert not followed(db, entry).late


def test_a_flag_changes_nothing_the_author_sees(db: Session, card: ReportCard):
    plain, flagged = an_entry(db, card), an_entry(db, card, flags=["hurt"])

    assert replace(followed(db, plain), entry_id=0) == replace(followed(db, flagged), entry_id=0)


def test_steps_follow_what_happens(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card)
    assert followed(db, entry).step == 2

    release_entry(db, worker, entry.id, **AS_WRITTEN)
    assert (followed(db, entry).step, followed(db, entry).read) == (3, True)

    opportunity = an_opportunity(db, db.get_one(PromiseTheme, card.theme_id), a_person(db))
    add(db, OpportunitySource(opportunity_id=opportunity.id, entry_id=entry.id))
    assert followed(db, entry).step == 3
    with unrecorded(db):
        opportunity.state = OpportunityState.WORKING
    assert (followed(db, entry).step, followed(db, entry).working) == (4, True)

    an_outcome(db, opportunity, a_person(db), co_signed_at=NOW)
    assert (followed(db, entry).step, followed(db, entry).together) == (5, True)


def test_a_held_entry_reads_like_one_being_checked(db: Session, card: ReportCard, worker: Actor):
    checked, held = read(db, worker, card), read(db, worker, card)
    hold_entry(db, worker, held.id)

    assert replace(followed(db, held), entry_id=0) == replace(followed(db, checked), entry_id=0)


@pytest.mark.parametrize("before", ["new", "asked", "personal", "released", "summed up"])
def test_a_hold_hides_whatever_came_before(
    db: Session, card: ReportCard, worker: Actor, before: str
):
    checked = read(db, worker, card)
    if before == "new":
        entry = an_entry(db, card)
    elif before == "released":
        entry = let_out(db, worker, card)
        with unrecorded(db):
            card.state, card.shared_on = CardState.SHARED, NOW.date()
    else:
        entry = read(db, worker, card)
    if before == "asked":
        ask_back(db, worker, entry.id, text="May we leave out the street?")
    if before == "personal":
        wish_to_talk(
            db, holding_the_code(entry), entry.id, first_name="Jo", how="Text", when_safe=""
        )
        open_its_wish(db, worker, entry.id)
        pass_to_worker(db, worker, entry.id)
    if before == "summed up":
        write_summary(db, worker, entry.id, text="A young person is cold.")

    hold_entry(db, worker, entry.id)

    assert replace(followed(db, entry), entry_id=0) == replace(followed(db, checked), entry_id=0)


def test_a_question_waits_with_its_wording(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card, thinks="Dave lost it.", wants=None)
    ask_back(db, worker, entry.id, text="Is this fine?", shown_thinks="[My worker] lost it.")

    seen = followed(db, entry)

    assert seen.asked
    [question] = seen.questions
    assert (question.kind, question.text, question.thinks) == (
        QuestionKind.WORDING,
        "Is this fine?",
        "[My worker] lost it.",
    )


def test_a_summary_is_asked_about(db: Session, card: ReportCard, worker: Actor):
    entry = let_out(db, worker, card)
    write_summary(db, worker, entry.id, text="Somebody is cold at night.")

    [question] = followed(db, entry).questions

    assert (question.kind, question.summary) == (QuestionKind.SUMMARY, "Somebody is cold at night.")


def test_an_entry_about_ones_own_life_says_that_somebody_helps(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card)
    wish_to_talk(db, holding_the_code(entry), entry.id, first_name="Jo", how="Text", when_safe="")
    open_its_wish(db, worker, entry.id)
    pass_to_worker(db, worker, entry.id)
    assert followed(db, entry).personal

    send_reply(db, worker, entry.id, text="Your worker rang the landlord.")
    seen = followed(db, entry)
    assert seen.step == 5
    assert [reply.text for reply in seen.replies] == ["Your worker rang the landlord."]


def test_a_reply_is_the_last_step(db: Session, card: ReportCard, worker: Actor):
    entry = let_out(db, worker, card)
    send_reply(db, worker, entry.id, text="The boiler is mended.")

    assert followed(db, entry).step == 5


def test_an_entry_taken_back_shows_no_word(db: Session, card: ReportCard, worker: Actor):
    entry = let_out(db, worker, card)
    withdraw_entry(db, holding_the_code(entry), entry.id)

    seen = followed(db, entry)

    assert seen.withdrawn
    assert (seen.thinks, seen.wants, seen.shown_thinks, seen.questions) == ("", "", "", ())


def test_nobody_follows_somebody_elses_entry(db: Session, card: ReportCard):
    mine, other = an_entry(db, card), an_entry(db, card)

    with pytest.raises(NotFound):
        follow_entry(db, holding_the_code(mine), other.id)
    with pytest.raises(NotFound):
        follow_entry(db, somebody(db, Role.YOUNG_PERSON), mine.id)
    for role in (Role.YOUTH_VOICE, Role.CHAIR, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            follow_entry(db, somebody(db, role), mine.id)


def test_a_card_added_by_its_code_is_among_ones_own(db: Session, card: ReportCard):
    code = the_code(db, "form-of-the-holder")
    sent = send_entry(
        db, the_public(), form_id="form-of-the-holder", code=code, theme_id=None,
        thinks="Hello", wants="",
        feeling=None, uses=frozenset(),
    )  # fmt: skip
    young = acting(a_person(db, Role.YOUNG_PERSON), Role.YOUNG_PERSON)
    an_entry(db, card)
    assert my_cards(db, young) == []

    typed = code_digests(f" {sent.code.upper()} ", db.info["keys"])
    assert hold_card(db, young, typed) == sent.entry_id
    hold_card(db, young, typed)

    assert [entry.entry_id for entry in my_cards(db, young)] == [sent.entry_id]
    assert follow_entry(db, young, sent.entry_id).thinks == "Hello"


def test_a_code_nobody_has_adds_nothing(db: Session):
    with pytest.raises(NotFound, match="do not know that code"):
        hold_card(
            db, somebody(db, Role.YOUNG_PERSON),
            code_digests("apple pear plum fig", db.info["keys"]),
        )  # fmt: skip


def test_consent_taken_away_is_gone_from_the_page(db: Session, card: ReportCard):
    entry = an_entry(db, card, consents=(ConsentUse.BOARD, ConsentUse.PUBLIC))

    change_consent(db, holding_the_code(entry), entry.id, uses=frozenset({ConsentUse.BOARD}))

    assert followed(db, entry).uses == {ConsentUse.BOARD}


def test_ten_cards_need_as_many_statements_as_one(
    database: Database, db: Session, card: ReportCard
):
    young = somebody(db, Role.YOUNG_PERSON)

    def count_for(more: int) -> int:
        for _ in range(more):
            entry = an_entry(db, card)
            add(db, CardHolder(person_id=young.id, entry_id=entry.id, added_at=NOW))
        with statements(database) as sent:
            my_cards(db, young)
        return len(sent)

    assert count_for(1) == count_for(9)
