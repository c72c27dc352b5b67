"""/card goes on: what is known before a yes, the conversation, and a wish to talk."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from coprod_data.commands.entries_checks import ask_back
from coprod_data.commands.entries_replies import send_reply
from coprod_data.commands.entries_writing_back import write_back
from coprod_data.models import (
    CardEntry,
    Consent,
    ContactWish,
    EntryMeant,
    Invitation,
    Opportunity,
    ReportCard,
)
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from tests.helpers.builders import NOW, an_entry, holding_the_code
from tests.helpers.working_together import a_source
from tests.helpers.young import Author, an_offer, an_outcome_proposed, marked, rows, words_of

KEY = "k" * 12


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (False, "They can guess which words are yours, because this idea came from them."),
        (True, "They will not be told which card is yours."),
    ],
)
def test_before_yes_it_says_what_they_will_know(author: Author, more: bool, told: str):
    _, opportunity = an_offer(author)
    if more:
        with author.office() as (db, _):
            card = db.get_one(ReportCard, db.get_one(CardEntry, author.entry_id).report_card_id)
            a_source(db, db.get_one(Opportunity, opportunity), an_entry(db, card))

    said = author.card

    assert told in said
    assert "If you come, they will see you. Someone from the team is always there." in said


def test_after_yes_the_terms_and_the_next_step_stay(author: Author):
    invitation, _ = an_offer(author)
    with author.office() as (db, _):
        db.execute(sa.update(Opportunity).values(when_and_how="Tuesdays", expenses="Bus fares"))
    terms = re.findall(r"<dd[^>]*>([^<]+)</dd>", author.do().text)

    author.do("offer", invitation=invitation, agreed="yes")

    after = author.do().text
    assert terms
    assert [term for term in terms if term not in after] == []
    assert "The Youth Voice Team tells you here when you can meet." in words_of(after)
    assert "People are working on it now." not in after


def test_questions_answers_and_replies_go_on_in_order(author: Author):
    for number, text in enumerate(("Which room?", "Which colour?")):
        author.database.clock = lambda number=number: NOW + timedelta(hours=number)
        author.read_by_a_worker(
            lambda db, worker, text=text, number=number: ask_back(
                db, replace(worker, at=NOW + timedelta(hours=number)), author.entry_id, text=text
            )
        )
        question = re.search(r'name="question" value="(\d+)"', author.do().text)[1]
        author.do("answer", question=question, words=f"Answer {number}.", key=KEY)
    author.database.clock = lambda: NOW + timedelta(hours=3)
    author.let_out(at=NOW + timedelta(hours=3))
    with author.office() as (db, worker):
        later = replace(worker, at=NOW + timedelta(hours=3))
        send_reply(db, later, author.entry_id, text="Thank you. It is on the list.")
    author.database.clock = lambda: NOW + timedelta(hours=4)
    author.do("write", words="When do you come?", key=KEY)

    said = author.card

    order = ["Which room?", "Answer 0.", "Which colour?", "Answer 1.", "on the list.", "When do"]
    assert [said.index(one) for one in order] == sorted(said.index(one) for one in order)


@pytest.mark.parametrize(("tick", "uses"), [({}, set()), ({"may_read": "yes"}, {"board"})])
def test_writing_back_allows_only_what_is_ticked_there(author: Author, tick: dict, uses: set):
    author.do("write", words="Please hide my street.", key=KEY, **tick)
    author.do("write", words="Please hide my street.", key=KEY, **tick)

    [entry] = [row for row in rows(author.database, CardEntry) if row.kind is EntryKind.ANSWER]
    given = {row.use for row in rows(author.database, Consent) if row.entry_id == entry.id}
    assert (entry.about_id, given) == (author.entry_id, uses)
    if uses:
        assert "A person looks at it first. Until then only the team reads it." in author.card
        author.do("stop", answer=marked(author.database, entry.id))
        assert "Only the team reads this." in author.card


def test_a_not_yet_box_asks_for_the_people_in_the_work(author: Author):
    outcome = an_outcome_proposed(author)

    author.do("not_yet", outcome=outcome, words="Mine is broken.", key=KEY, may_read="yes")

    [reason] = [row for row in rows(author.database, CardEntry) if row.kind is EntryKind.NOT_YET]
    given = {row.use for row in rows(author.database, Consent) if row.entry_id == reason.id}
    assert given == {ConsentUse.WORK}


def test_stopping_another_cards_consent_finds_nothing(author: Author):
    with author.office() as (db, _):
        card = db.get_one(ReportCard, db.get_one(CardEntry, author.entry_id).report_card_id)
        other = an_entry(db, card).id

    for answer in (marked(author.database, other), other, ""):
        assert author.do("stop", answer=answer).status_code == 422


def test_a_wish_is_made_and_taken_back_and_the_card_reads_the_same_throughout(author: Author):
    plain = author.card

    made = author.do("wish", first_name="Kai", reach="text", number="07700 900123")
    told = "We will read this by tomorrow. Then someone will try to reach you."
    assert told in words_of(made.text)
    assert "07700" not in made.text
    assert author.card == plain
    author.do("wish_back")
    assert author.card == plain
    again = author.do("wish_back")

    assert again.status_code == 200
    assert "Our safety lead may read it once. If it is about them, someone else does." in words_of(
        again.text
    )
    assert len(rows(author.database, ContactWish)) == 1


def test_a_wish_without_a_way_is_asked_again_and_keeps_the_name(author: Author):
    answer = author.do("wish", first_name="Kai")

    assert answer.status_code == 422
    assert '<a href="#reach">' in answer.text
    assert 'value="Kai"' in answer.text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"reach": "text"}, "Write your number, so that we can call or text."),
        ({"reach": "school", "first_name": "Kai"},
         "Write the name of your school and the day, so that we can find you."),
        ({"reach": "school"}, "Write your first name, so that we can find you."),
        ({"reach": "school", "first_name": "Kai", "day": "Friday"},
         "Write the name of your school and the day, so that we can find you."),
        ({"reach": "worker"}, "Write your first name, so that we can find you."),
        ({"reach": "worker", "first_name": "Kai"},
         "Write the name of your worker, so that we can find you."),
        ({"reach": "call", "number": "07700 90"},
         "That number is too short. Please write all of it."),
        ({"reach": "call", "number": "ask my mum"},
         "Write your number, so that we can call or text."),
    ],
)  # fmt: skip
def test_what_is_missing_to_find_them_is_asked_and_what_they_said_stays(
    author: Author, said: dict[str, str], told: str
):
    answer = author.do("wish", when_safe="After 4pm", **said)

    assert answer.status_code == 422
    assert words_of(answer.text).count(told) == 2  # above, and beside the choice
    assert 'value="After 4pm"' in answer.text
    assert f'value="{said["reach"]}" checked' in answer.text
    assert rows(author.database, ContactWish) == []


def test_every_way_that_they_gave_is_kept(author: Author):
    given = {"first_name": "Kai", "number": "07700 900123, not after 6pm", "day": "Oak, Friday"}
    author.do("wish", reach="school", **given)

    [wish] = rows(author.database, ContactWish)
    assert wish.how == (
        "At school or college: Oak, Friday\nThey wrote this too: 07700 900123, not after 6pm"
    )


def test_nothing_can_be_done_on_a_card_that_was_taken_back_on_another_phone(author: Author):
    invitation, _ = an_offer(author)
    author.do("take_back")

    for do, said in (
        ("wish", {"reach": "text", "number": "1"}),
        ("write", {"words": "Hi", "key": KEY}),
        ("consent", {"board": "yes"}),
        ("offer", {"invitation": invitation, "agreed": "yes"}),
    ):
        refused = author.do(do, **said)
        assert refused.status_code == 422
        assert "You took this card back. So we cannot add to it." in words_of(refused.text)
    assert "Do you want to take your card back?" not in author.do("take_back_check").text
    assert rows(author.database, ContactWish) == []
    assert rows(author.database, Invitation)[0].confirmed_at is None
    assert "Our safety lead may read it, or may have read it." in author.card
    assert "If you asked us to talk to you, we stopped that too." in author.card


def test_twenty_letters_a_day_are_enough_for_one_card(author: Author):
    assert author.do("write", words="Letter 1", key=KEY).status_code == 200
    with author.office() as (db, _):
        mine = holding_the_code(db.get_one(CardEntry, author.entry_id))
        for number in range(2, 20):
            letter = {"words": f"Letter {number}", "form_id": f"form-of-letter-{number}"}
            write_back(db, mine, author.entry_id, **letter)
    assert author.do("write", words="Letter 20", key=KEY).status_code == 200

    refused = author.do("write", words="One more", key=KEY)

    assert refused.status_code == 422
    assert "One more</textarea>" in refused.text


def test_whom_it_is_about_is_asked_below_each_box_and_kept_over_a_fault(author: Author):
    with author.office() as (_, worker):
        named = worker.id
    said = {"about": "yes", "whom": [str(named), "somebody_else"]}

    refused = author.do("write", words=" ", key=KEY, **said).text

    assert refused.count('name="about"') == 2  # to write back, and to be found
    checked = re.findall(r'name="whom" value="(\w+)" checked', refused)
    assert checked == [str(named), "somebody_else"]
    sent = words_of(author.do("write", words="They shout at me.", key=KEY, **said).text)
    assert "We have your words." in sent
    [meant] = {row.person_id for row in rows(author.database, EntryMeant)}
    assert meant == named


def test_who_would_not_say_reads_that_only_the_lead_reads_it(author: Author):
    said = words_of(author.do("write", words="It is one of you.", key=KEY, about="yes").text)

    assert "Our safety team will read them by" in said
    assert "You did not say who it is about. So no one else here sees it." in said
