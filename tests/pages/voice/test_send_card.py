"""A young person with an account sends a card, or an idea, and finds it among their own cards."""

import pytest
from streamlit.testing.v1 import AppTest

from coprod_data.commands.settings import settle_mode
from coprod_data.models import CardEntry, CardHolder, ContactWish, Draft, EntryVersion
from coprod_data.permissions import Role
from coprod_data.store.passwords import DUMMY_HASH
from coprod_data.vocabulary.entries import EntryKind
from coprod_data.vocabulary.settings import Mode
from tests.helpers.builders import a_person, the_system
from tests.helpers.opening import OpenAs, menu, words
from tests.helpers.young import Author, rows

CARD, IDEA = "voice/send_card.py", "voice/send_idea.py"


@pytest.fixture(autouse=True)
def jay(author: Author) -> None:
    with author.office() as (db, _):
        settle_mode(db, the_system(), Mode.DEMO)
        a_person(db, Role.YOUNG_PERSON, username="jay", name="Jay", password_hash=DUMMY_HASH)
        a_person(db, Role.CHAIR, username="chair", name="Chair", password_hash=DUMMY_HASH)


def press(at: AppTest, label: str) -> AppTest:
    [button] = [button for button in at.button if button.label == label]
    return button.click().run()


def test_a_card_is_sent_and_kept_with_the_others(author: Author, open_as: OpenAs):
    at = open_as("jay", CARD)
    for told in (
        "It may be tomorrow before we read this. If you are not safe, call now.",
        "The Youth Voice Team will read this by tomorrow.",
        "If you close this page or load it again, they are gone.",
    ):
        assert told in words(at)
    at.text_area(key="send_card-thinks").set_value("Nobody asked me.").run()
    at.radio(key="send_card-board").set_value("yes").run()

    press(at, "Send my card")

    sent = rows(author.database, CardEntry)[-1]
    [holder] = rows(author.database, CardHolder)
    assert (holder.entry_id, sent.kind, sent.typed_by_id) == (sent.id, EntryKind.WORDS, None)
    assert "Nobody asked me." in words(open_as("jay", "voice/my_cards.py"))
    assert rows(author.database, Draft) == []


def test_an_idea_is_an_entry_of_what_would_make_it_better(author: Author, open_as: OpenAs):
    at = open_as("jay", IDEA)
    at.text_area(key="send_idea-wants").set_value("Ask us before the move.").run()

    press(at, "Send my card")

    version = rows(author.database, EntryVersion)[-1]
    assert (version.thinks, version.wants) == (None, "Ask us before the move.")


def test_nothing_is_kept_on_the_server_before_it_is_sent(author: Author, open_as: OpenAs):
    at = open_as("jay", CARD)
    at.text_area(key="send_card-thinks").set_value("Half a sent").run()
    at.radio(key="send_card-talk").set_value("yes").run()
    at.text_input(key="send_card-name").set_value("Kai").run()

    assert at.text_area(key="send_card-thinks").value == "Half a sent"
    assert rows(author.database, Draft) == []
    assert rows(author.database, ContactWish) == []


def test_a_faulty_wish_sends_nothing(author: Author, open_as: OpenAs):
    at = open_as("jay", CARD)
    at.text_area(key="send_card-thinks").set_value("Hello").run()
    at.radio(key="send_card-talk").set_value("yes").run()

    at = press(at, "Send my card")

    assert "Tell us how we can reach you." in words(at)
    assert len(rows(author.database, CardEntry)) == 1  # the author's own, from before


def test_staff_have_no_such_pages(open_as: OpenAs):
    assert not {"Send a card", "I have an idea to fix this"} & set(menu(open_as("chair")))
