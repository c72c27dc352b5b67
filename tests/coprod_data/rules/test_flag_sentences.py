"""How much the flags find, and how often they are wrong, on sentences that were made up for it.

The phrases were tuned to `sentences.tsv`, and words and pairs of neighbours weighed from it, from
`_longer` and from `_hinted`, two thousand sentences that were written for that and for nothing
else: figures of these three say only that nothing found before has been lost. Nothing was tuned to
sentences of the others, which show how the flags do on what nobody has thought of. Found by the
phrases, then with the weighed words as well; wrongly found in the same two ways:

    held out    105 disclosures: 69.5 %, 89.5 %    100 harmless: 12.0 %, 14.0 %
    second      120 disclosures: 77.5 %, 95.8 %    120 harmless: 10.8 %, 18.3 %
    third       120 disclosures: 60.8 %, 86.7 %    120 harmless: 16.7 %, 34.2 %
    fifth        60 disclosures: 46.7 %, 83.3 %     60 harmless: 16.7 %, 43.3 %
    sixth       150 disclosures: 65.3 %, 86.7 %    150 harmless:  4.7 %,  9.3 %

The harmless ones of the third and the fifth are look-alikes, each with the words of a disclosure;
of the sixth three in four are what children mostly write. About one disclosure in eight has no
reason at all, and about half have no strong one. A person reads every entry.

Four ways of weighing were held against these five lists (words alone, pairs, their first letters,
words with one between), and the simplest of the best was taken; nobody looked at which of their
sentences were missed. Longer texts were made up to weigh from, and more words than eight no longer
weigh more, since an earlier way was wrong most of all in longer texts.

Weighed by the other four fifths, a fifth of the tuned sentences sounds like harm in 63.5 % of
disclosures and in 9.4 % of the harmless ones that have no phrase (11.5 % of three in a row).

A fourth list was written later, each disclosure with a harmless sentence that looks like it.
Unseen, 87.5 % of 40 disclosures had a reason and 52.5 % a strong one; so had 30.0 % and 12.5 % of
the 40 look-alikes. The phrases were tuned to it afterwards, so it measures nothing more either.

Three lists more, of 60 disclosures as children write them and 60 look-alikes each, were held
against the flags one after the other, unseen, and the phrases tuned by kind to the first two
afterwards. With any reason, with a strong one; wrongly, in the same two ways:

    first       86.7 %, 61.7 %    38.3 %, 11.7 %
    second      83.3 %, 55.0 %    30.0 %, 10.0 %
    third       61.7 %, 28.3 %    28.3 %,  3.3 %

The third is `sentences_fifth_held_out.tsv`: what children only hint at is found by few phrases.

A list that has been tuned to measures nothing more. Of 340 sentences, new when the patterns had
been tuned to 692 others, they found 71.8 % of the disclosures; tuned to those, they found nearly
all of them, and 69.5 % of the next. So anyone who tunes to a list held out writes a new one.
"""

from pathlib import Path
from typing import NamedTuple

import pytest

from coprod_data.rules.word_files import sections_of
from coprod_data.rules.word_flags import Flags, flags_in
from tests.helpers import weighing

BESIDE = Path(__file__).parent


class Sentence(NamedTuple):
    disclosure: bool
    kind: str
    words: str
    found: Flags


class Shares(NamedTuple):
    """Of sentences: with any reason, with one of the phrases, with a strong one."""

    found: float
    phrases: float
    strong: float


def sentences(name: str) -> list[Sentence]:
    lines = (BESIDE / name).read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [
        Sentence(label == "disclosure", kind, words, flags_in(words)) for label, kind, words in rows
    ]


def shares(rows: list[Sentence]) -> Shares:
    found = [one.found for one in rows]
    return Shares(
        sum(map(bool, found)) / len(rows),
        sum(bool(one.strong or one.weak) for one in found) / len(rows),
        sum(bool(one.strong) for one in found) / len(rows),
    )


def level(found: Flags) -> str:
    return "strong" if found.strong else "weak" if found.weak else "with care" if found else "none"


def measured(name: str) -> tuple[Shares, Shares]:
    """Print and return the shares of disclosures and of harmless sentences."""
    both = []
    for heading, disclosure, right in (
        ("disclosures", True, "strong"),
        ("harmless", False, "none"),
    ):
        rows = [one for one in sentences(name) if one.disclosure is disclosure]
        both.append(shares(rows))
        print(
            f"{name}: {len(rows)} {heading}, found {both[-1].found:.1%}, "
            f"by phrases {both[-1].phrases:.1%}, strongly {both[-1].strong:.1%}"
        )
        for one in rows:
            if level(one.found) != right:
                print(f"  {level(one.found)}: {one.words}")
    return both[0], both[1]


@pytest.mark.parametrize(
    ("name", "least", "floors", "ceilings"),
    [
        ("sentences.tsv", 1500, (0.98, 0.98, 0.95), (0.06, 0.05, 0.01)),
        ("sentences_longer.tsv", 180, (0.97, 0.77, 0.49), (0.28, 0.13, 0.06)),
        ("sentences_hinted.tsv", 2000, (0.91, 0.41, 0.23), (0.18, 0.18, 0.05)),
        ("sentences_held_out.tsv", 200, (0.88, 0.69, 0.50), (0.15, 0.12, 0.05)),
        ("sentences_second_held_out.tsv", 240, (0.95, 0.77, 0.68), (0.19, 0.11, 0.03)),
        ("sentences_third_held_out.tsv", 240, (0.85, 0.59, 0.48), (0.35, 0.17, 0.05)),
        ("sentences_fourth.tsv", 90, (1.0, 1.0, 1.0), (0.24, 0.09, 0.0)),
        ("sentences_fifth_held_out.tsv", 120, (0.82, 0.40, 0.28), (0.44, 0.20, 0.04)),
        ("sentences_sixth_held_out.tsv", 300, (0.86, 0.64, 0.58), (0.10, 0.05, 0.03)),
    ],
)
def test_as_many_disclosures_are_found_as_is_said_and_as_few_harmless_sentences(
    name: str, least: int, floors: tuple[float, ...], ceilings: tuple[float, ...]
):
    told, harmless = measured(name)

    assert len(sentences(name)) >= least
    assert [part >= floor for part, floor in zip(told, floors, strict=True)] == [True] * 3
    assert [part <= top for part, top in zip(harmless, ceilings, strict=True)] == [True] * 3


def test_the_weights_are_those_that_the_sentences_give():
    stored = dict(line.split(" = ") for line in sections_of("weights")["weights"])
    given = weighing.weights_from(weighing.tuned_sentences())

    # Another machine may round the last digit otherwise, and drop what weighs next to nothing.
    for one in stored.keys() | given.keys():
        assert abs(float(stored.get(one, 0)) - given.get(one, 0)) <= weighing.LEAST + 0.02, one


def test_weighed_words_find_more_than_half_and_seldom_what_is_harmless():
    chosen = weighing.chosen(weighing.tuned_sentences())

    print(chosen)
    [stored] = sections_of("weights")["enough"]
    assert abs(chosen.weight - float(stored)) <= 0.1  # a step: rounding may differ by one
    assert chosen.recall >= 0.6
    assert max(chosen.false_alarms, chosen.in_a_row) <= weighing.MORE_FALSE_ALARMS
