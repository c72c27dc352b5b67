"""What was hidden in one place is pointed out wherever else it still is."""

import pytest

from coprod_data.rules.hidden_elsewhere import Place, still_there

MATE = ["my best mate Ella Brown"]


def words(hidden: list[str], text: str) -> list[str]:
    return [place.words for place in still_there(hidden, {"wants": text})]


@pytest.mark.parametrize(
    ("hidden", "text", "found"),
    [
        (MATE, "I want Ella to come", ["Ella"]),
        (MATE, "ELLA and ella’s mum and ellas dog", ["ELLA", "ella", "ella"]),
        (MATE, "My  Best Mate, no: my best mate ella-brown", ["my best mate ella-brown"]),
        (MATE, "Mrs Brown has brown shoes", ["Brown"]),
        (MATE, "my mate is the best", []),
        (MATE, "I want [Ella] to come", []),
        (MATE, "I want umbrellas and Bella", []),
        (["Ella"], "e-l-l-a El la", ["e-l-l-a", "El la"]),
        (["O'Neill"], "ask o’neill or ONEILL", ["o’neill", "ONEILL"]),
        (["Zoë"], "zoe Zoe\u0308", ["zoe", "Zoe"]),
        (["my friend karen smith"], "Smith came with Karen", ["Smith", "Karen"]),
        (["my worker's dog Sproggo"], "sproggo is a good dog", ["sproggo"]),
        (["07700 900123"], "ring 07700900123", ["07700900123"]),
        (["Hill Top Primary"], "at hill top primary", ["hill top primary"]),
        (["he"], "he said he did", []),
        (["my mum"], "I miss my mum", ["my mum"]),
        (["Ella's house"], "ella has a house", ["ella"]),
        ([], "Ella", []),
        (["!"], "Ella!", []),
        (["عمر"], "رأيت عمر اليوم", ["عمر"]),
    ],
)
def test_hidden_words_and_the_names_in_them_are_found(
    hidden: list[str], text: str, found: list[str]
):
    assert words(hidden, text) == found


def test_places_come_in_the_order_of_the_texts_and_say_where():
    places = {"thinks": "[my friend] and Ella", "wants": "Ask Ella", "summary": "Nothing"}

    assert still_there(["Ella"], places) == [
        Place("thinks", "Ella", 16, 20),
        Place("wants", "Ella", 4, 8),
    ]


def test_a_bracket_is_a_wall():
    assert still_there(["Ella Brown"], {"thinks": "Ella [my friend] Brown"}) == [
        Place("thinks", "Ella", 0, 4),
        Place("thinks", "Brown", 17, 22),
    ]
