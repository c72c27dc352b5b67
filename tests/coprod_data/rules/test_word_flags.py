"""Word flags say why to read an entry sooner, whatever the spelling, and nothing else."""

import random
import time

import pytest

from coprod_data.rules.word_files import FOLDER, sections_of, words_of
from coprod_data.rules.word_flags import LANGUAGES, can_flag, flags_in
from coprod_data.vocabulary.entries import NOT_OF_WORDS, Flag


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("He hurts me", [Flag.HURT]),
        ("i dnt wnna b alv nmore", [Flag.SELF_HARM]),
        ("id be better off not here at all tbh", [Flag.SELF_HARM]),
        ("whats the point of waking up", [Flag.SELF_HARM]),
        ("my foster dad walks in when im in the shower", [Flag.HURT]),
        ("stop him comin in my room at nite", [Flag.HURT]),
        ("im not aloud food if im bad", [Flag.NEGLECT]),
        ("my husband is chosen by uncle", [Flag.HONOUR]),
        ("HE HIT ME!!", [Flag.HURT]),
        ("i cut\nmyself", [Flag.SELF_HARM]),
        ("self-harm", [Flag.SELF_HARM]),
        ("I don’t feel safe", [Flag.UNSAFE]),
        ("i dont  feel, safe", [Flag.UNSAFE]),
        ("I want to run away", [Flag.RUNNING_AWAY]),
        ("They said: don't tell", [Flag.SECRET]),
        ("my older boyfriend buys me things", [Flag.EXPLOITATION]),
        ("there is no food in the house", [Flag.NEGLECT]),
        ("two staff restrained him", [Flag.RESTRAINT]),
        ("I am going to stab him", [Flag.THREATS]),
        ("they want me to marry my cousin", [Flag.HONOUR]),
        ("he says I should join isis", [Flag.EXTREMISM]),
        ("I hurt myself and it is our secret", [Flag.SELF_HARM, Flag.SECRET]),
        ("The wifi is slow", []),
        ("my secretary", []),
        ("a ganglion", []),
        ("I want a bike", []),
        ("", []),
    ],
)
def test_strong_reasons_are_found_whatever_the_spelling_around_them(text: str, flags: list[Flag]):
    assert flags_in(text).strong == flags


@pytest.mark.parametrize(
    ("plain", "written"),
    [
        ("he hits me", "h e h i t s m e"),
        ("he hits me", "h-e h.i.t.s m_e"),
        ("he hits me", "hehitsme"),
        ("he hits me", "HE H1T5 ME"),
        ("he hits me", "he hitssss meee"),
        ("raped", "r4ped"),
        ("raped", "r@ped"),
        ("raped", "r*ped"),
        ("raped", "RÁPED"),
        ("suicide", "s.u.i.c.i.d.e"),
        ("suicide", "su!c1de"),
        ("suicide", "s***ide"),
        ("suicide", "sui cide"),
        ("suicide", "sewerslide"),
        ("kill myself", "k1ll mys3lf"),
        ("kill myself", "kms"),
        ("kill myself", "killmyself"),
        ("i want to die", "i wnna d1e"),
        ("i want to die", "I WANT 2 D I E"),
        ("strangled me", "strangeld me"),
        ("molested", "mollested"),
        ("he punches me", "he 👊 me"),
        ("he punches me", "he\u200b pun\u200bches me"),
    ],
)
def test_the_ways_children_write_are_read(plain: str, written: str):
    assert flags_in(plain).strong == flags_in(written).strong != []


def test_a_weak_reason_asks_for_no_second_reader():
    found = flags_in("The shouting is loud")

    assert (found.strong, found.weak) == ([], [Flag.UNSAFE])


def test_a_strong_reason_is_not_named_among_the_weak_ones_again():
    found = flags_in("I have nightmares. He hits me. I do not feel safe.")

    assert found.strong == [Flag.HURT, Flag.UNSAFE]
    assert not set(found.strong) & set(found.weak)


def test_what_happens_in_a_film_or_a_lesson_is_weak():
    for text in ("the baddie gets stabbed in the film", "we had a lesson about county lines"):
        found = flags_in(text)
        assert (found.strong, bool(found.weak)) == ([], True)


def test_something_harmless_hides_nothing_that_is_beside_it():
    assert flags_in("This game is killing me and he hits me").strong == [Flag.HURT]
    assert flags_in("I could murder a pizza. I want to die.").strong == [Flag.SELF_HARM]


def test_both_texts_of_an_entry_count_and_are_not_read_as_one():
    assert flags_in("My room is fine", "Nobody knows what he did").strong == [Flag.SECRET]
    assert flags_in("he hits", "me") == flags_in("he hits")


def test_every_reason_has_words_of_both_strengths():
    for flag in set(Flag) - set(NOT_OF_WORDS):
        assert set(sections_of(flag)) == {"strong", "weak"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_of_other_languages_say_that_no_speaker_checked_them(language: str):
    first = (FOLDER / f"{language}.txt").read_text("utf-8").splitlines()[0]

    assert "not checked by a speaker" in first
    assert {Flag.HURT, Flag.SELF_HARM, Flag.UNSAFE} <= {
        Flag(kind) for kind in sections_of(language)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_ordinary_english_word_is_a_reason_in_another_language(language: str):
    alone = {
        word
        for lines in sections_of(language).values()
        for line in lines
        if " " not in line
        for word in line.split("/")
    }

    assert not alone & words_of("ordinary_words")


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Unchiul meu mă bate", Flag.HURT),
        ("vreau să mor", Flag.SELF_HARM),
        ("mi-e frică de el", Flag.UNSAFE),
        ("Babai më rreh", Flag.HURT),
        ("dua të vdes", Flag.SELF_HARM),
        ("kam frikë nga ai", Flag.UNSAFE),
        ("boję się go", Flag.UNSAFE),
        ("nie mam po co żyć", Flag.SELF_HARM),  # "mam" and "ma" are read as one's mum
        ("w domu nie ma jedzenia", Flag.NEGLECT),
        ("wujek wchodzi do mojego pokoju", Flag.HURT),
        ("rzuca we mnie talerzem", Flag.HURT),
        ("мій хлопець змушує мене", Flag.HURT),
        ("ріжу собі руки", Flag.SELF_HARM),
        ("خالي يصورني بدون ملابس", Flag.EXPLOITATION),
        ("mae mam yn yfed bob dydd", Flag.UNSAFE),
        ("mae dad yn dod i fy ystafell", Flag.HURT),
        ("main marna chahta hoon", Flag.SELF_HARM),
        ("abbu mujhe maarte hain", Flag.HURT),
        ("woh meri shaadi zabardasti karwa rahe hain", Flag.HONOUR),
    ],
)
def test_other_languages_are_read(text: str, flag: Flag):
    assert flag in flags_in(text).strong


def test_a_longer_word_is_not_taken_apart_into_initials():
    assert flags_in("i swallowed a battery on purpose").strong == [Flag.SELF_HARM]


def test_stars_in_a_list_have_three_letters_before_them():
    for path in FOLDER.glob("*.txt"):
        for piece in path.read_text("utf-8").replace("/", " ").split():
            if piece.endswith("*") and not piece.startswith("#"):
                assert len(piece) > 3, (path.name, piece)


def test_a_flag_rests_on_its_words():
    assert can_flag("suicide")
    assert not can_flag("wifi")


ORDINARY = (
    "I want to see my brother more because contact keeps being cancelled and nobody tells me why. "
    "The food is good here but my room is cold and the wifi is slow at night. My worker is nice. "
)
TOOK_TOO_LONG = 0.05  # seconds; about ten times what 2,000 letters take on a slow machine
TOOK_FAR_TOO_LONG = 2.0


def seconds(text: str) -> float:
    flags_in("warm")
    best = []
    for _ in range(3):
        begun = time.process_time()  # a busy machine does not count
        flags_in(text)
        best.append(time.process_time() - begun)
    return min(best)


def test_two_thousand_letters_are_quick():
    taken = seconds((ORDINARY * 12)[:2_000])

    print(f"2,000 letters: {taken * 1000:.1f} ms")
    assert taken < TOOK_TOO_LONG


@pytest.mark.parametrize(
    "piece",
    ["a ", "a", "i want to ", "die ", "he hits ", "not ", "(*", "h.e.", "1!|", "****", "🔪", "aab",
     "my my ", "to in on at ", "nobody knows if ", "1l", "x*"],
)  # fmt: skip
def test_twenty_thousand_letters_of_anything_end(piece: str):
    assert seconds((piece * 20_000)[:20_000]) < TOOK_FAR_TOO_LONG


def test_noise_is_taken():
    draw = random.Random(7)  # noqa: S311
    for _ in range(200):
        flags_in("".join(chr(draw.choice([draw.randrange(32, 127), draw.randrange(160, 70_000)]))
                         for _ in range(80)).encode("utf-8", "ignore").decode())  # fmt: skip


@pytest.mark.parametrize(
    "text", ["eid ot tnaw i", "efil ym etah i dna", "jag vill inte leva", "ik wil niet meer leven"]
)
def test_words_that_no_list_has_are_read_with_care(text: str):
    assert flags_in(text).read_with_care
    assert flags_in("It is fine here.", text).read_with_care


@pytest.mark.parametrize("text", ["la la la", "Xbox Fortnite Minecraft Roblox", "ok thx bye"])
def test_a_few_names_and_things_are_not(text: str):
    assert not flags_in(text)


@pytest.mark.parametrize("text", ["man got duppied innit", "they gonna wet me up", "he got wet up"])
def test_slang_for_violence_is_weak(text: str):
    assert flags_in(text).weak == [Flag.THREATS]
