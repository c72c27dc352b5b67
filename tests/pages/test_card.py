"""/card: four words open one card, and nobody learns anything without them."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from coprod_data.commands.entry_care import hold_entry, pass_to_worker
from coprod_data.commands.entry_checks import ask_back
from coprod_data.commands.entry_replies import send_reply, write_summary
from coprod_data.commands.outcomes import propose_outcome
from coprod_data.database import Database
from coprod_data.models import (
    CardEntry,
    CoSignature,
    EntryQuestion,
    EntrySummary,
    EntryVersion,
    Invitation,
    NotYet,
    OpportunityYoung,
    PromiseTheme,
)
from coprod_data.permissions import Role
from coprod_data.vocabulary import EntryKind, InvitationReply, OpportunityState
from tests.builders import NOW, a_person, an_opportunity, somebody
from tests.pages.young import (
    OWN_PAGE,
    Author,
    a_phone,
    carried,
    code_on,
    open_for_words,
    rows,
    words_of,
)
from tests.payloads import PAYLOADS
from tests.working_together import a_seat, a_source, an_invitation

UNKNOWN = "We do not know that code. Check each word and try again."


def steps(page: str) -> dict[str, str]:
    """Each step's title with whether it is done, now or still to come."""
    found = re.findall(r'<li class="place (\w+)".*?<h3>([^<]*)<', page, re.DOTALL)
    return {title: state for state, title in found}


def test_a_stranger_is_asked_for_the_code(author: Author):
    page = author.phone.get("/card")

    assert page.status_code == 200
    assert "Type your four words" in page.text
    assert author.code not in page.text
    assert "0800 1111" in page.text
    assert "Leave quickly" in page.text


@pytest.mark.parametrize(
    "typed", [str.upper, lambda code: code.replace(" ", "-"), lambda code: f"  {code}. "]
)
def test_the_code_may_be_typed_as_one_likes(author: Author, typed: Callable[[str], str]):
    author.code = typed(author.code)

    assert "“My room is cold.”" in author.card


def test_no_address_and_no_cookie_holds_the_code(author: Author):
    answer = author.do()

    assert str(answer.url).endswith("/card")
    assert author.code not in str(answer.headers)
    assert answer.headers["cache-control"] == "no-store"
    assert author.code.split()[0] not in str(dict(author.phone.cookies))


@pytest.mark.parametrize("wrong", ["maple rocket sudden orange", "one", "x" * 300, "'; DROP --"])
def test_a_wrong_code_says_the_same_whatever_is_wrong(author: Author, wrong: str):
    author.code = wrong

    answer = author.do()

    assert answer.status_code == 422
    assert UNKNOWN in words_of(answer.text)
    assert "My room" not in answer.text


def test_a_code_with_one_wrong_word_is_no_nearer(author: Author):
    author.code = " ".join([*author.code.split()[:3], "zebra"])

    assert UNKNOWN in author.card


def test_no_code_at_all_is_a_sentence_beside_the_field(author: Author):
    author.code = " 1 2 "

    answer = author.do()

    assert answer.status_code == 422
    assert 'aria-describedby="code-hint code-fault"' in answer.text


def test_after_twenty_wrong_codes_even_the_right_one_waits_with_its_words(author: Author):
    right = author.code
    author.code = "maple rocket sudden orange"
    for _ in range(20):
        assert author.do().status_code == 422
    author.code = right

    refused = author.do("not_yet", words="Keep these words", outcome="1")
    author.database.clock = lambda: NOW + timedelta(minutes=16)

    assert refused.status_code == 429
    assert "Keep these words" in refused.text
    assert "My room is cold." not in refused.text
    assert "“My room is cold.”" in author.card


def test_right_codes_are_not_counted(author: Author):
    for _ in range(25):
        assert author.do().status_code == 200


def test_a_new_card_waits_for_a_person_to_read_it_by_a_day(author: Author):
    page = author.do().text

    assert steps(page) == {
        "We have your card": "now",
        "A real person reads it": "to_come",
        "The Board can read it": "to_come",
        "People work on it with you": "to_come",
        "You have our answer": "to_come",
    }
    assert "You sent it on Wednesday 4 March." in words_of(page)
    assert "The Youth Voice Team reads it by Thursday 5 March." in words_of(page)


def test_a_late_reading_says_sorry(author: Author):
    author.database.clock = lambda: NOW + timedelta(days=6)

    assert "We are late. We are sorry." in author.card


def test_a_held_card_reads_like_one_that_is_being_checked(author: Author):
    author.read_by_a_worker(lambda _db, _worker: None)
    being_checked = author.card

    with author.office() as (db, worker):
        hold_entry(db, worker, author.entry_id)

    assert author.card == being_checked
    assert "0800 1111" in being_checked


def test_a_released_card_is_with_the_board(author: Author):
    author.let_out()

    page = author.do().text

    assert steps(page)["A real person reads it"] == "done"
    assert steps(page)["The Board can read it"] == "now"
    assert "The Board can read your words." in words_of(page)


def test_a_card_for_the_worker_says_so_and_shows_the_reply(author: Author):
    author.read_by_a_worker(lambda db, worker: pass_to_worker(db, worker, author.entry_id))
    before = author.card

    with author.office() as (db, worker):
        send_reply(db, worker, author.entry_id, text="Sam will call you.")

    assert "This is about you. So your worker will help." in before
    assert "Sam will call you." in author.card
    assert steps(author.do().text).keys() == {
        "We have your card", "A real person reads it", "You have our answer",
    }  # fmt: skip


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
    assert "Thank you. We have your answer." in words_of(first.text)
    assert "Which room do you mean?" not in first.text
    answers = [row for row in rows(author.database, CardEntry) if row.kind is EntryKind.ANSWER]
    assert [(row.about_id, row.released_at) for row in answers] == [(author.entry_id, None)]


def test_an_empty_answer_is_asked_again(author: Author):
    author.read_by_a_worker(
        lambda db, worker: ask_back(db, worker, author.entry_id, text="Which room?")
    )
    [question] = rows(author.database, EntryQuestion)

    answer = author.do("answer", question=question.id, words=" ")

    assert answer.status_code == 422
    assert "Say yes or no, or write something." in words_of(answer.text)
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


def an_offer(author: Author, state: OpportunityState = OpportunityState.OPEN) -> tuple[int, int]:
    """A member who offered to work on what this card says. Returns invitation and opportunity."""
    author.let_out()
    with author.office() as (db, _):
        worker = a_person(db, Role.YOUTH_VOICE)
        theme = db.scalars(sa.select(PromiseTheme).where(PromiseTheme.title == "Homes")).one()
        opportunity = an_opportunity(db, theme, worker, state=state)
        entry = db.get_one(CardEntry, author.entry_id)
        a_source(db, opportunity, entry)
        member = somebody(db, Role.BOARD_MEMBER, name="Cllr Dawn Pryce")
        working = state is OpportunityState.WORKING
        if working:
            a_seat(db, opportunity, entry=entry)
        invitation = an_invitation(
            db, opportunity, member, reply=InvitationReply.YES, replied_at=NOW,
            confirmed_at=NOW if working else None,
        )  # fmt: skip
        return invitation.id, opportunity.id


def test_yes_to_whoever_offered_takes_a_place_in_the_work(author: Author):
    invitation, _ = an_offer(author)
    asked = author.card

    answer = author.do("offer", invitation=invitation, agreed="yes")

    assert "Cllr Dawn Pryce" in asked
    assert "Someone wants to work on it. Please look below." in asked
    assert "You work on it with" in words_of(answer.text)
    [seat] = rows(author.database, OpportunityYoung)
    assert (seat.entry_id, seat.confirmed_at) == (author.entry_id, NOW)


def test_no_to_whoever_offered_stands(author: Author):
    invitation, _ = an_offer(author)

    author.do("offer", invitation=invitation, agreed="no")

    assert rows(author.database, Invitation)[0].refused_at == NOW
    assert rows(author.database, OpportunityYoung) == []
    assert "Cllr Dawn Pryce" not in author.card


def test_neither_yes_nor_no_is_asked_again(author: Author):
    invitation, _ = an_offer(author)

    assert author.do("offer", invitation=invitation).status_code == 422
    assert rows(author.database, Invitation)[0].confirmed_at is None


def an_outcome_proposed(author: Author) -> int:
    _, opportunity = an_offer(author, OpportunityState.WORKING)
    with author.office() as (db, worker):
        return propose_outcome(db, worker, opportunity, what_changed="Every room has a heater.")


def test_done_together_is_signed_once(author: Author):
    outcome = an_outcome_proposed(author)

    assert "Every room has a heater." in author.card
    author.do("sign", outcome=outcome)
    again = author.do("sign", outcome=outcome)

    assert again.status_code == 200
    assert "You said yes to this." in words_of(again.text)
    [signature] = rows(author.database, CoSignature)
    assert (signature.entry_id, signature.person_id) == (author.entry_id, None)


def test_not_yet_counts_at_once_and_its_words_wait_at_the_gate(author: Author):
    outcome = an_outcome_proposed(author)

    answer = author.do("not_yet", outcome=outcome, words="Mine is broken.", key="k1")

    assert "You said: not yet. So we go on." in words_of(answer.text)
    [not_yet] = rows(author.database, NotYet)
    [reason] = [row for row in rows(author.database, CardEntry) if row.kind is EntryKind.NOT_YET]
    assert (not_yet.reason_entry_id, reason.released_at) == (reason.id, None)


def test_a_card_that_a_worker_typed_cannot_sign_alone(author: Author):
    outcome = an_outcome_proposed(author)
    with author.database.engine.begin() as connection:
        person = connection.scalar(sa.text("SELECT min(id) FROM person"))
        connection.execute(sa.update(CardEntry).values(typed_by_id=person))

    said = author.card
    answer = author.do("sign", outcome=outcome)

    assert "So a worker must be there to sign." in said
    assert answer.status_code == 422
    assert rows(author.database, CoSignature) == []


def test_who_may_read_it_is_changed_from_now_on(author: Author):
    answer = author.do("consent", board="no", public="yes")

    assert re.search(r'name="board" value="no" checked', answer.text)
    assert re.search(r'name="public" value="yes" checked', answer.text)


def test_taking_back_asks_first_and_then_leaves_nothing(author: Author):
    check = author.do("take_back_check")
    still = author.card
    taken = author.do("take_back")

    assert "Do you want to take your card back?" in words_of(check.text)
    assert "one person keeps your words" in words_of(check.text)
    assert "“My room is cold.”" in still
    assert "You took this card back." in words_of(taken.text)
    assert "My room is cold." not in taken.text
    assert {version.thinks for version in rows(author.database, EntryVersion)} == {None}
    assert "You took this card back." in author.card


def test_a_code_reaches_its_own_card_alone(author: Author):
    other = a_phone("192.0.2.9")
    answer = other.post("/share", data={**carried(other), "thinks": "Not yours"}, headers=OWN_PAGE)
    assert answer.status_code == 200
    outcome = an_outcome_proposed(author)
    stranger = Author(
        other,
        author.database,
        code_on(answer.text),
        rows(author.database, CardEntry)[-1].id,
    )

    refused = [
        stranger.do("sign", outcome=outcome),
        stranger.do("not_yet", outcome=outcome, words="No", key="k"),
        stranger.do("offer", invitation=rows(author.database, Invitation)[0].id, agreed="no"),
        stranger.do("answer", question="1", agreed="yes"),
        stranger.do("anything"),
    ]

    assert [answer.status_code for answer in refused] == [422] * 5
    assert "My room is cold." not in stranger.card
    assert rows(author.database, CoSignature) == []
    assert rows(author.database, NotYet) == []


def test_a_form_from_another_site_changes_nothing(author: Author):
    answer = author.phone.post(
        "/card",
        data={**carried(author.phone, "/card"), "code": author.code, "do": "take_back"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    assert answer.status_code == 403
    assert "“My room is cold.”" in author.card


def test_when_the_database_is_gone_the_words_stay_with_a_reference(
    author: Author, monkeypatch: pytest.MonkeyPatch
):
    hidden = carried(author.phone, "/card")
    monkeypatch.setattr(
        author.database, "engine", sa.create_engine("sqlite:////proc/no/such/folder/coprod.db")
    )

    answer = author.phone.post(
        "/card",
        data={**hidden, "code": author.code, "do": "not_yet", "words": "Keep me"},
        headers=OWN_PAGE,
    )

    assert answer.status_code == 503
    assert "Keep me" in answer.text
    assert re.search(r"Tell us this number if you call: [0-9a-f]{8}", words_of(answer.text))
    assert f'name="code" value="{author.code}"' in answer.text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_shows_as_it_was_typed(empty_council: Database, payload: str):
    open_for_words(empty_council)
    phone = a_phone()
    sent = phone.post("/share", data={**carried(phone), "thinks": payload}, headers=OWN_PAGE)
    code = code_on(sent.text)

    page = phone.post(
        "/card", data={**carried(phone, "/card"), "code": code}, headers=OWN_PAGE
    ).text

    assert f"“{' '.join(payload.split())}”" in words_of(page)
    assert "alert(1)" not in re.sub(r"<p class=\"own\".*?</p>", "", page, flags=re.DOTALL)


@pytest.mark.parametrize("address", ["/join", "/together"])
def test_pages_of_later_are_not_there(author: Author, address: str):
    assert author.phone.get(address).status_code == 404
