"""Entries that seem to say the same are read side by side and joined by a press."""

from coprod_data.store.database import Database
from tests.helpers.opening import OpenAs, words
from tests.helpers.sitting import choose, opened, press, sent


def test_one_that_says_the_same_is_read_beside_it_and_joined_by_a_press(
    office: Database, open_as: OpenAs
):
    first = sent(office, "My room is cold at night.")
    other = sent(office, "at night my room is so cold")
    at = choose(opened(open_as, other), "same")
    assert f"No. {first}" in words(at)
    assert "My room is cold at night." not in words(at)

    at = press(at, "Read it beside this one")
    assert "My room is cold at night." in words(at)
    at = press(at, "They say the same")

    assert "The two are joined." in words(at)
    at = choose(at, "same")
    assert "They are separate again." in words(press(at, "They do not say the same after all"))


def test_where_nothing_seems_to_say_the_same_it_says_so(office: Database, open_as: OpenAs):
    sent(office, "The bus is late.")

    at = choose(opened(open_as, sent(office, "My food was good.")), "same")

    assert "We found no other entry on this card" in words(at)
