"""What is typed into a search, and the part of a long text that is shown."""

import pytest

from coprod_data.permissions import Invalid
from coprod_data.rules.excerpts import AROUND, MOST, excerpt, words_typed


def test_words_are_parted_folded_and_asked_once():
    assert words_typed("  School  TAXI school ") == ["school", "taxi"]


@pytest.mark.parametrize("typed", ["", "a", "% _", "x" * (MOST + 1)])
def test_too_short_and_too_long_are_refused(typed: str):
    with pytest.raises(Invalid):
        words_typed(typed)


def test_a_short_text_is_shown_whole_and_a_long_one_around_its_word():
    assert excerpt("The taxi\nis late.", ["taxi"]) == "The taxi is late."
    long = "a " * 200 + "Taxi" + " b" * 200
    shown = excerpt(long, ["taxi"])
    assert "Taxi" in shown
    assert shown[0] == shown[-1] == "…"
    assert len(shown) <= 2 * AROUND + 2
    assert excerpt(long, ["nowhere"]).startswith("a a")
