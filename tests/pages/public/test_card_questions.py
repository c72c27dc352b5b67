"""/card when the team has asked something: the answer counts at once, its words wait."""

import re
from datetime import timedelta

import pytest

from coprod_data.commands.entries_checks import ask_back
from coprod_data.commands.entries_replies import write_summary
from coprod_data.models import (
    CardEntry,
    EntryQuestion,
    EntrySummary,
)
from coprod_data.vocabulary.entries import EntryKind
from tests.helpers.builders import NOW
from tests.helpers.live_server import hidden_fields
from tests.helpers.payloads import ALL_AT_ONCE, PAYLOADS
from tests.helpers.young import (
    OWN_PAGE,
    Author,
    nobody_has_tried,
    rows,
    tags_of,
    words_of,
)


def test_a_question_is_answered_in_own_words_that_wait_at_the_gate(author: Author):
    author.read_by_a_worker(
        lambda db, worker: ask_back(db, worker, author.entry_id, text="Which room do you mean?")
    )
    asked = author.card
    [question] = rows(author.database, EntryQuestion)

    said = {"question": question.id, "words": "The blue one.", "key": "k1"}
    first, again = author.do("answer", **said), author.do("answer", **said)

    assert "Which room do you mean?" in asked
    assert (first.status_code, again.status_code) == (200, 200)
    assert "We have your answer. The Youth Voice Team will read it" in words_of(first.text)
    assert f'id="question-{question.id}"' not in first.text
    assert words_of(first.text).index("Which room") < words_of(first.text).index("The blue one.")
    assert "Only the team reads this." in words_of(first.text)
    answers = [row for row in rows(author.database, CardEntry) if row.kind is EntryKind.ANSWER]
    assert [(row.about_id, row.released_at) for row in answers] == [(author.entry_id, None)]


def test_an_empty_answer_is_asked_again(author: Author):
    author.read_by_a_worker(
        lambda db, worker: ask_back(db, worker, author.entry_id, text="Which room?")
    )
    [question] = rows(author.database, EntryQuestion)

    answer = author.do("answer", question=question.id, words=" ")

    assert answer.status_code == 422
    assert answer.text.count("Write your answer in the box.") == 2  # above, and beside the box
    assert f'<a href="#answer-{question.id}">' in answer.text
    assert f"answer-{question.id}-fault" in answer.text
    assert rows(author.database, EntryQuestion)[0].answered_at is None


def test_an_answer_that_is_too_long_stays_in_its_box(author: Author):
    author.read_by_a_worker(
        lambda db, worker: ask_back(db, worker, author.entry_id, text="Which room?")
    )
    [question] = rows(author.database, EntryQuestion)

    answer = author.do("answer", question=question.id, words="b" * 5001)

    assert answer.status_code == 422
    assert "b" * 5001 in answer.text
    assert "5,001" in answer.text


def test_words_alone_do_not_settle_a_wording_and_stay_in_their_box(author: Author):
    author.read_by_a_worker(
        lambda db, worker: ask_back(
            db, worker, author.entry_id, text="Is it right?",
            shown_thinks="[my place] is cold.", shown_wants="A heater.",
        )
    )  # fmt: skip
    [question] = rows(author.database, EntryQuestion)

    answer = author.do("answer", question=question.id, words="It is fine.")

    assert answer.status_code == 422
    assert "Pick yes or no." in words_of(answer.text)
    assert "It is fine.</textarea>" in answer.text


@pytest.mark.parametrize(("agreed", "kept"), [("yes", True), ("no", False)])
def test_a_changed_wording_is_agreed_or_not(author: Author, agreed: str, kept: bool):
    author.read_by_a_worker(
        lambda db, worker: ask_back(
            db, worker, author.entry_id, text="Is this still right?",
            shown_thinks="[my place] is cold.", shown_wants="A heater.",
        )
    )  # fmt: skip
    [question] = rows(author.database, EntryQuestion)

    assert "“[my place] is cold.”" in author.card
    author.do("answer", question=question.id, agreed=agreed)

    assert rows(author.database, EntryQuestion)[0].agreed is kept


def test_a_summary_is_agreed(author: Author):
    author.read_by_a_worker(
        lambda db, worker: write_summary(db, worker, author.entry_id, text="Rooms are cold.")
    )
    [question] = rows(author.database, EntryQuestion)

    assert "Rooms are cold." in author.card
    author.do("answer", question=question.id, agreed="yes")

    assert rows(author.database, EntrySummary)[0].agreed_at == NOW


def test_a_summary_is_asked_about_by_what_the_board_reads_of_it(author: Author):
    author.read_by_a_worker(
        lambda db, worker: write_summary(db, worker, author.entry_id, text="Rooms are cold.")
    )
    before = author.card
    author.let_out()
    out = author.card
    [question] = rows(author.database, EntryQuestion)
    refused = words_of(author.do("answer", question=question.id, agreed="no").text)

    assert "This is what we would tell the Board. They cannot read it yet." in before
    assert "The Board can read this now. If you say no, we take it out." in out
    assert "They can read our short words too." in out
    assert "would tell the Board" not in out
    assert "They can read our short words too." not in refused
    assert "The Board can read this now." not in refused


def test_a_summary_that_the_board_will_not_be_told_is_asked_about_as_that(author: Author):
    author.do("consent", board="no")
    author.read_by_a_worker(
        lambda db, worker: write_summary(db, worker, author.entry_id, text="Rooms are cold.")
    )

    assert "We will not tell the Board. You did not say yes to that." in author.card


@pytest.mark.parametrize("agreed", ["yes", "no"])
def test_an_answer_has_its_own_day_beside_that_of_the_question(author: Author, agreed: str):
    author.read_by_a_worker(
        lambda db, worker: write_summary(db, worker, author.entry_id, text="Rooms are cold.")
    )
    [question] = rows(author.database, EntryQuestion)
    author.database.clock = lambda: NOW + timedelta(days=2)

    said = words_of(author.do("answer", question=question.id, agreed=agreed).text)

    assert f"Is this what you mean? 4 March 2026 You said {agreed} on 6 March 2026." in said


def test_markup_in_the_boxes_of_a_card_comes_back_as_it_was_typed(author: Author):
    author.read_by_a_worker(
        lambda db, worker: ask_back(db, worker, author.entry_id, text="Which room?")
    )
    [question] = rows(author.database, EntryQuestion)

    def said(words: str) -> str:
        answer = author.do("answer", question=question.id, words=words + "a" * 5001)
        assert f"{' '.join(words.split())}aaa" in words_of(answer.text)
        assert answer.status_code == 422
        return answer.text

    def asked_again(code: str) -> str:
        wrong = Author(author.phone, author.database, code, author.entry_id).do()
        assert wrong.status_code == 422
        return wrong.text

    harmless, unknown = tags_of(said("hello")), {*tags_of(asked_again("bananna x y z"))}
    assert tags_of(said(ALL_AT_ONCE)) == harmless
    for payload in PAYLOADS:
        nobody_has_tried(author.database)
        assert {*tags_of(asked_again(f"{payload} x"))} <= unknown, payload


def test_words_for_a_question_that_was_answered_are_put_into_the_box_to_write_back(author: Author):
    author.read_by_a_worker(lambda db, worker: ask_back(db, worker, author.entry_id, text="Which?"))
    question = rows(author.database, EntryQuestion)[0].id
    author.do("answer", question=question, words="The blue one.", key="k1")

    late = author.do(
        "answer", question=question, words="No, the red one.", may_read="yes", key="k1"
    )

    assert late.status_code == 422
    assert "You have already answered this. Thank you. Your words are still here" in words_of(
        late.text
    )
    assert re.search(r'<textarea[^>]*id="write"[^>]*>\s*No, the red one.</textarea>', late.text)
    assert 'name="may_read" value="yes" checked' not in late.text
    assert author.do("write", words="No, the red one.", key="k1").status_code == 200


def test_what_comes_after_taking_back_goes_onto_the_form_of_a_new_card(author: Author):
    author.do("take_back")

    wrote = author.do("write", words="One more thing.", key="k1")
    wish = author.do("wish", first_name="Kai", reach="text", number="07700 900123")

    for late, kept in ((wrote, "One more thing."), (wish, "07700 900123")):
        assert "You took this card back. So we cannot add to it." in words_of(late.text)
        assert "We cannot find" not in late.text
        [form] = re.findall(r'<form method="post" action="/share".*?</form>', late.text, re.S)
        said = {**hidden_fields(form), **({"thinks": kept} if late is wrote else {})}
        looked = author.phone.post("/share", data=said, headers=OWN_PAGE)
        assert "We did not send it yet." in words_of(looked.text)
        assert kept in looked.text
