"""A copy of a card: all that it shows and its holder wrote, and nothing that the team keeps."""

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_replies import send_reply
from coprod_data.commands.settings import change_setting
from coprod_data.models import CardEntry
from coprod_data.permissions import Role
from coprod_data.vocabulary.entries import Flag, Review
from coprod_data.vocabulary.settings import SettingKey
from tests.helpers.payloads import PAYLOADS
from tests.helpers.young import Author, an_offer


def copied(author: Author) -> str:
    answer = author.do("copy")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="my-card.txt"'
    assert answer.headers["cache-control"] == "no-store"
    assert author.code not in answer.text
    return answer.text


def test_it_has_what_the_card_shows_and_names_whom_to_ask_for_the_rest(author: Author):
    with author.office(Role.ADMINISTRATOR) as (db, boss):
        change_setting(db, boss, SettingKey.COUNCIL_NAME, "Westmarch")
    assert "Ask Westmarch." in copied(author)
    with author.office(Role.ADMINISTRATOR) as (db, boss):
        change_setting(db, boss, SettingKey.PRIVACY_CONTACT, "Grace Lowe, 01632 960170")
    an_offer(author)
    author.read_by_a_worker(
        lambda db, worker: send_reply(db, worker, author.entry_id, text="A heater comes.")
    )
    author.do("write", words=PAYLOADS[0], key="a-form-of-mine")

    said = copied(author)
    for words in (
        "YOU SAID\nMy room is cold.", "A heater.", "Our reply to you", "A heater comes.",
        PAYLOADS[0], "The Board: ", "Ask here:\nGrace Lowe, 01632 960170",
    ):  # fmt: skip
        assert words in said, words
    author.code = "maple rocket sudden orange"
    assert author.do("copy").status_code == 422


def test_what_the_team_keeps_is_not_in_it(author: Author):
    before = copied(author)
    with author.office(Role.SAFEGUARDING) as (db, _):
        db.get_one(CardEntry, author.entry_id).flags = [Flag.HURT.value]
        db.info.pop("gathered", None)
        db.flush()
        db.info.pop("gathered", None)
    made = author.do("wish", first_name="Mo", reach="text", number="07700 900123")
    assert made.status_code == 200
    assert copied(author) == before
    author.read_by_a_worker(lambda db, worker: hold_entry(db, worker, author.entry_id))

    said = copied(author)
    assert "My room is cold." in said
    for words in ("Mo ", "07700", "hurt", "hold", "Person"):
        assert words not in said, words


def test_of_words_whose_time_is_over_it_says_so(author: Author):
    with author.office() as (db, _):
        entry = db.get_one(CardEntry, author.entry_id)
        entry.review, entry.withdrawn_at = Review.TIME_OVER, entry.sent_at
        db.flush()
        db.info.pop("gathered", None)

    assert "We do not have these words any more." in author.card
    assert "My room is cold" not in author.card
    said = copied(author)
    assert "We do not have these words any more." in said
    assert "My room is cold" not in said
