"""/card says only what is true for this entry and this holder, and lets them change it."""

import re

import pytest
import sqlalchemy as sa

from coprod_data.commands.entries_care import end_hold, hold_entry
from coprod_data.commands.entries_checks import keep_entry, open_to_read, release_entry
from coprod_data.commands.entries_recall import recall_entry, say_worried
from coprod_data.commands.entries_replies import write_summary
from coprod_data.models import (
    CardEntry,
    Consent,
    Outcome,
    PromiseTheme,
    ReportCard,
)
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.entry_care import AboutUs, HoldEnd, WordsTo
from coprod_data.vocabulary.opportunities import OpportunityState
from tests.helpers.builders import NOW, an_entry, an_opportunity, unrecorded
from tests.helpers.working_together import a_source
from tests.helpers.young import (
    Author,
    a_phone,
    an_outcome_proposed,
    open_for_words,
    readers,
    rows,
    send,
    words_of,
)

KEY = "k" * 12


def live(author: Author) -> set[ConsentUse]:
    return {row.use for row in rows(author.database, Consent) if row.withdrawn_at is None}


def let_out(author: Author, **nots: str) -> None:
    author.read_by_a_worker(
        lambda db, worker: release_entry(
            db, worker, author.entry_id, shown_thinks="My [place] is cold.",
            shown_wants="A heater.", nots={ConsentUse(use): why for use, why in nots.items()},
        )
    )  # fmt: skip


def test_before_anybody_read_it_nobody_but_the_team_can(author: Author):
    page = author.do().text

    assert readers(page) == {
        "The Youth Voice Team": "Yes", "The Board": "Not yet", "Everyone": "No",
    }  # fmt: skip
    assert "What the Board sees" not in page
    assert "Your words are there for them to read." not in page


def test_words_for_the_team_only_are_promised_no_work_and_lose_no_reader(author: Author):
    assert "People work on it with you" in author.card
    author.do("consent", board="no")

    said = author.card

    assert "People work on it with you" not in said
    assert "Done together" not in said
    assert "You have our answer (Still to come)" in said
    assert "cannot read your words any more" not in said


def test_the_author_sees_what_the_board_sees_with_the_hidden_parts_marked(author: Author):
    let_out(author)

    page = author.do().text

    assert readers(page)["The Board"] == "Yes"
    assert "“My <mark>room</mark> is cold.”" in page
    assert "“My <mark>[place]</mark> is cold.”" in page
    assert 'href="#write">Ask us to change it' in page


def test_a_not_says_why_beside_what_is_out(author: Author):
    author.do("consent", board="yes", public="yes")
    let_out(author, public="somebody could tell it is you.")

    page = author.do().text

    assert readers(page) == {
        "The Youth Voice Team": "Yes", "The Board": "Yes", "Everyone": "No",
    }  # fmt: skip
    assert ("The Board can read this. We do not show it to everyone, because "
            "somebody could tell it is you.") in words_of(page)  # fmt: skip


def test_what_was_read_and_let_out_to_nobody_stays_with_the_team(author: Author):
    let_out(author, board="it names a friend.")

    page = author.do().text

    assert "We do not show it to the Board, because it names a friend." in words_of(page)
    assert "The team keeps it" in page
    assert "Your words are there for them to read." not in page


def test_kept_by_choice_says_so_and_owes_an_answer(author: Author):
    author.do("consent", board="no")
    author.read_by_a_worker(lambda db, worker: keep_entry(db, worker, author.entry_id))

    said = author.card

    assert "The team keeps it" in said
    assert "You have our answer (Still to come)" in said
    assert "People work on it with you" not in said


def test_a_yes_given_later_opens_nothing_and_says_that_a_person_looks_first(author: Author):
    author.do("consent", board="no")
    author.read_by_a_worker(lambda db, worker: keep_entry(db, worker, author.entry_id))

    page = author.do("consent", board="yes").text

    assert "A person looks at your words first." in words_of(page)
    assert readers(page)["The Board"] == "Not yet"
    assert "Your words are there for them to read." not in page


def test_taking_back_the_boards_yes_takes_everyones_and_says_so_before(author: Author):
    author.do("consent", board="yes", public="yes")
    before = author.card

    author.do("consent", board="no", public="yes")

    assert "If you say no to the Board, we stop showing it to everyone too." in before
    assert live(author) == set()


@pytest.mark.parametrize("said", [{"public": "yes"}, {"board": "summary", "public": "yes"}])
def test_a_replayed_form_never_allows_everyone_without_the_board(author: Author, said: dict):
    author.do("consent", **said)

    assert ConsentUse.PUBLIC not in live(author)


def test_a_recalled_card_says_why_and_shows_nothing_as_out(author: Author):
    let_out(author)
    with author.office() as (db, worker):
        recall_entry(db, worker, author.entry_id, reason="a school was still in it.")

    page = author.do().text

    assert ("We are looking at your words again, because a school was still in it."
            in words_of(page))  # fmt: skip
    assert readers(page)["The Board"] == "Not yet"
    assert "What the Board sees" not in page


def test_after_a_worry_the_author_reads_the_same_without_a_reason(author: Author):
    let_out(author)
    with author.office(Role.BOARD_MEMBER) as (db, member):
        say_worried(db, member, author.entry_id)

    assert "We are looking at your words again." in author.card
    assert "worried about" not in author.card


def test_a_summary_is_asked_then_agreed_then_shown(author: Author):
    author.do("consent", board="summary")
    author.read_by_a_worker(
        lambda db, worker: write_summary(db, worker, author.entry_id, text="Rooms are cold.")
    )
    asked = author.do().text
    assert "We asked you if our words are right." in words_of(asked)
    question = re.search(r'name="question" value="(\d+)"', asked)[1]

    author.do("answer", question=question, agreed="yes")
    agreed = author.do().text
    assert readers(agreed)["The Board"] == "Not yet"

    let_out(author)
    out = author.do().text
    assert readers(out)["The Board"] == "In other words"
    assert "Our words for the Board Rooms are cold." in words_of(out)
    assert "The Board can read it" not in out


def test_a_held_card_that_was_out_reads_like_one_that_is_read_again(author: Author):
    let_out(author)
    with author.office() as (db, worker):
        hold_entry(db, worker, author.entry_id)

    page = author.do().text

    assert readers(page)["The Board"] == "Not yet"
    assert "hold" not in words_of(page).lower()


def test_done_together_is_only_for_whoever_signed(author: Author):
    an_outcome_proposed(author)
    with author.office() as (db, _):
        db.execute(sa.update(Outcome).values(co_signed_at=NOW))

    said = author.card

    assert "You said it is done. So did they." not in said
    assert "A young person in this work said so. So did the council." in said


def test_work_from_other_words_of_the_same_theme_is_not_on_this_card(author: Author):
    author.let_out()
    with author.office() as (db, worker):
        mine = db.get_one(CardEntry, author.entry_id)
        theme = db.scalars(sa.select(PromiseTheme).where(PromiseTheme.title == "Homes")).one()
        other = an_opportunity(db, theme, worker, state=OpportunityState.WORKING)
        card = db.get_one(ReportCard, mine.report_card_id)
        a_source(db, other, an_entry(db, card))

    assert "People are working on it now." not in author.card


def test_who_would_not_say_whom_it_is_about_reads_that_only_the_lead_reads_it(author: Author):
    with author.office() as (db, _), unrecorded(db):
        db.get_one(CardEntry, author.entry_id).about_us = AboutUs.NOT_SAID

    page = author.do().text

    assert readers(page)["Our safety team"] == "Yes"
    assert "Youth Voice Team" not in words_of(page)
    assert "Our safety team will read it by" in author.card


def test_once_it_is_out_the_team_reads_it_and_the_card_says_so(author: Author):
    author.let_out()
    with author.office() as (db, _), unrecorded(db):
        db.get_one(CardEntry, author.entry_id).about_us = AboutUs.NOT_SAID

    assert "Our safety team" not in readers(author.do().text)


def test_kept_after_a_hold_the_card_says_why_and_names_no_hold(author: Author):
    with author.office(Role.SAFEGUARDING) as (db, lead):
        hold_entry(db, lead, author.entry_id)
        open_to_read(db, lead, author.entry_id)
        end_hold(db, lead, author.entry_id, ending=HoldEnd.TALKED, words_to=WordsTo.KEPT)

    assert readers(author.do().text)["The Board"] == "No"
    assert "We do not show it to the Board, because we want to keep people safe." in author.card
    assert "hold" not in author.card


def test_an_answer_that_is_not_let_out_says_why(author: Author):
    author.do("write", words="And my bed.", may_read="yes", key=KEY)
    answer = rows(author.database, CardEntry)[-1]
    assert "A person looks at it first." in author.card
    with author.office() as (db, worker):
        for number in (author.entry_id, answer.id):
            open_to_read(db, worker, number)
        release_entry(
            db, worker, answer.id, shown_thinks="And my bed.", shown_wants="",
            nots={ConsentUse.BOARD: "it says where you live."},
        )  # fmt: skip

    assert "We do not show it to the Board, because it says where you live." in author.card
    assert "A person looks at it first." not in author.card


def test_it_does_not_say_that_somebody_chose_who_gave_no_answer(author: Author):
    author.do("consent", board="no", public="no")

    assert "Everyone No You did not say yes." in author.card
    assert "You chose" not in author.card


@pytest.mark.parametrize(("board", "said"), [({}, "did not say yes"), ({"board": "no"}, "chose")])
def test_after_sending_a_no_that_was_chosen_is_told_from_no_answer(
    empty_council: Database, board: dict[str, str], said: str
):
    open_for_words(empty_council)

    page = words_of(send(a_phone(), thinks="Hello", **board).text)

    assert f"The Board will not see your words. You {said}" in page


def test_after_a_no_and_a_yes_again_the_board_does_not_read_it_yet(author: Author):
    let_out(author)
    author.do("consent", board="no")
    page = author.do("consent", board="yes").text

    assert readers(page)["The Board"] == "Not yet"
    assert "The Board can read it after that" in words_of(page)
    assert not re.search(r"<h3>The Board can read it<", page)
