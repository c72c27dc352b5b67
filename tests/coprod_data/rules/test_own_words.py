"""Whose words these are: six in a row, or four with a rare one, however they are written."""

from collections.abc import Iterator

import pytest

from coprod_data.rules.own_words import own_words_in, repeats, replaced, runs_in, runs_of

THINKS = "I don't like that the taxi never comes. Every body hates waiting in the rain!"


def found(text: str, *rare: str, said: tuple[str, ...] = (THINKS,)) -> list[str]:
    runs = runs_of(said)
    spans = own_words_in(text, runs, lambda words: any(word.lower() in rare for word in words))
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    "text",
    [
        "I don't like that the taxi",
        "i DON’T like that the Taxi",
        "I dont like that the taxi",
        "I don't – like that, the\n“taxi”",
        "I don't like   that\tthe taxi",
        "Everybody hates waiting in the",
        "EVERY-BODY hates waiting in the rain",
        "Í dön't lïke that the taxi",
    ],
)
def test_six_words_in_a_row_are_theirs_however_they_are_written(text: str):
    assert found(text) == [text.rstrip("”")]


COPY = "that the taxi never comes. Every body hates waiting"
DISGUISES = {
    "fillers for spaces": COPY.replace(" ", "\u3164"),
    "some fillers": COPY.replace(" ", "\uffa0", 3),
    "a tatweel for each space": COPY.replace(" ", "\u0640"),
    "a tatweel at each word": COPY.replace(" ", "\u0640 "),
    "an accent by itself": COPY.replace(" ", "\u02cb"),
    "accents between": COPY.replace(" ", " \u02cb "),
    "digits between": COPY.replace(" ", " 1 "),
    "Cyrillic": COPY.translate(str.maketrans("aeoxc", "\u0430\u0435\u043e\u0445\u0441")),
    "Greek": COPY.translate(str.maketrans("oiv", "\u03bf\u03b9\u03bd")),
    "without a dot": COPY.replace("i", "\u0131"),
    "marks piled up": COPY.replace("e", "e" + "\u0300\u0316" * 40),
}


@pytest.mark.parametrize("how", DISGUISES)
def test_a_copy_that_reads_the_same_is_found_whatever_its_letters_are(how: str):
    text = f"They say: {DISGUISES[how]}, all of them."

    [words] = found(text)
    assert (words[:2], words[-2:]) == (DISGUISES[how][:2], DISGUISES[how][-2:])
    assert repeats(text, [THINKS])
    assert runs_in(text, [len("thatthetaxinevercomesevery")])["thatthetaxinevercomesevery"]


def test_numbers_between_are_no_way_out_and_those_of_their_own_still_count():
    said = "We live at 14 King Street now and it is cold"

    assert found("at 14 King Street now and", said=(said,)) == ["at 14 King Street now and"]
    assert found("live at King Street now and", said=(said,)) == ["live at King Street now and"]
    assert found("Bus 14 goes to King Street", said=(said,)) == []
    assert found("وهـــذا مرحبا", said=("وهذا مرحبا one two three four",)) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I don't like that the",
        "I don't like that his taxi",
        "that the taxi comes every day",
        "xI don't like that the tax",
        "the taxi like that I don't",
    ],
)
def test_fewer_words_or_other_words_are_not(text: str):
    assert found(text) == []


def test_four_are_enough_with_a_rare_one_among_them():
    assert found("So the taxi never comes here.", "taxi") == ["the taxi never comes"]
    assert found("So the taxi never comes here.", "rain") == []
    assert found("So a taxi never comes here.", "taxi") == []


def test_a_run_does_not_reach_from_one_box_into_the_other():
    said = ("Fix the old bus", "now or we walk")
    assert found("Fix the old bus now or we walk", said=said) == []


def test_runs_that_overlap_are_one_and_every_place_is_found():
    text = "A: I don't like that the taxi never comes. B: hates waiting in the rain, taxi (never)"
    assert found(text, "rain") == [
        "I don't like that the taxi never comes", "waiting in the rain",
    ]  # fmt: skip


def test_words_that_are_out_still_are_not_counted():
    hidden, shown = "Ask my aunt Sharon from Hill Street", "Ask my [family] from Hill Street"
    runs = runs_of([hidden]).without(runs_of([shown]))
    assert own_words_in(shown, runs, lambda _: True) == []
    assert own_words_in("ask my aunt Sharon", runs, lambda _: True) == [(0, 18)]


def test_spans_are_replaced_from_left_to_right():
    assert replaced("one two three", [(0, 3), (8, 13)], "-") == "- two -"


@pytest.mark.parametrize("said", ["", None, "one two three", "....", "😀 😀 😀 😀 😀 😀"])
def test_too_few_words_are_never_a_quote(said: str | None):
    assert own_words_in("one two three 😀 😀 😀 😀 😀 😀", runs_of([said]), lambda _: True) == []


@pytest.mark.parametrize(
    ("text", "is_repeated"),
    [
        ("They said: I DON'T like that – the taxi.", True),
        ("Every-body hates waiting in the rain", True),
        ("I don't like that the", False),
        ("xI don't like that the tax", False),
        ("", False),
    ],
)
def test_a_text_is_compared_with_many_others_one_by_one(text: str, is_repeated: bool):
    read: list[int] = []

    def others() -> Iterator[str | None]:
        for number, other in enumerate([None, "Nothing of it.", THINKS, "Never read."]):
            read.append(number)
            yield other

    assert repeats(text, others()) is is_repeated
    assert (3 in read) is not is_repeated
