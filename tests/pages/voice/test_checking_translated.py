"""Checking on screen: words in another language wait until somebody says who translated them."""

from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import Hint
from coprod_data.vocabulary.entry_care import Translator
from tests.helpers.opening import OpenAs, words
from tests.helpers.sitting import CHECKING, entry_of, opened, press, sent


def test_whoever_reads_it_says_who_translated_it(office: Database, open_as: OpenAs):
    number = sent(office, "Zimno mi.", language="Polish", hints=[Hint.LANGUAGE.value])
    assert "Needs a translator" in words(open_as("amara", CHECKING))
    at = opened(open_as, number)
    assert "Say it before you decide about the words" in words(at)

    at = press(at, "Release it")
    assert "Say who translated it first." in words(at)
    at = press(at, "Save who translated it")
    assert "Choose who translated it." in words(at)
    at.radio(key=f"translated-{number}-translated").set_value(Translator.WORKER)
    at = press(at, "Save who translated it")

    assert "Needs a translator" not in words(at)
    assert "Who translated it: a worker whose language it is (Amara" in words(at)
    press(at, "Release it")
    assert entry_of(office, number).released_at is not None
