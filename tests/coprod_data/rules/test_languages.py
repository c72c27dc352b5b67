"""A language is guessed so that somebody who reads it is asked; English and guesses say nothing."""

import pytest

from coprod_data.rules.languages import language_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nie chcę tam mieszkać, bo jest mi bardzo źle", "Looks like Polish"),
        ("nie chce wracac do domu bo sie boje", "Looks like Polish"),
        ("Dw i eisiau gweld fy mrawd yn fwy", "Looks like Welsh"),
        ("Я хочу бачити брата частіше, він мені потрібен", "Looks like Ukrainian"),
        ("Я хочу домой, мы ждали", "Looks like Russian"),
        ("мама дома", "Cyrillic script"),
        ("он обещал", "Cyrillic script"),
        ("искам да се прибера, моля, татко ме бие всеки път", "Looks like Bulgarian"),
        ("اريد غرفة اكبر من هذه", "Arabic script"),
        ("میں گھر جانا چاہتا ہوں ٹھیک ہے", "Looks like Urdu"),
        ("nuk dua te jem ne kete shtepi", "Looks like Albanian"),
        ("je ne veux pas aller chez mon oncle", "Looks like French"),
        ("mujhe yahan nahi rehna", "Looks like Urdu/Hindi"),
        ("ንዓይ ደስ ኣይብለንን", "Ethiopic script"),
    ],
)
def test_another_language_is_named(text: str, words: str):
    assert language_of(text).words == words
    assert language_of(text).other


@pytest.mark.parametrize(
    "text",
    [
        "I want to see my brother more", "i dnt lyk it here", "wifi", "", "🥶🥶", "no", "la la la",
        "My worker is called Łukasz and he is nice", "can we have Halal food and a Qur'an قران ok",
        "me and my mate do not want to go on the bus", "i w a n t t o d 1 e", "n.i.e s.i.e",
        "nie ch3e zyc jest", "eid ot tnaw i",
    ],
)  # fmt: skip
def test_english_and_what_is_too_short_are_passed_over(text: str):
    assert not language_of(text).other
    assert language_of(text).words == ""


def test_both_texts_of_an_entry_count():
    assert language_of("ok", "nie chce tam mieszkac bo sie boje").words == "Looks like Polish"
