"""How much the flags find, and how often they are wrong, on sentences that were made up for it.

The phrases were tuned to `sentences.tsv`, and the words weighed from it and from `_longer`: figures
of these two say only that nothing found before has been lost. Nothing was tuned to sentences of the
others, which show how the flags do on what nobody has thought of. Found by the phrases, then with
the weighed words as well; wrongly found in the same two ways:

    held out    105 disclosures: 69.5 %, 83.8 %    100 harmless: 12.0 %, 14.0 %
    second      120 disclosures: 77.5 %, 86.7 %    120 harmless: 10.8 %, 16.7 %
    third       120 disclosures: 59.2 %, 75.0 %    120 harmless: 16.7 %, 21.7 %

Together 68.7 %, 81.7 % of 345 disclosures and 13.2 %, 17.6 % of 340 harmless sentences. About one
disclosure in five has no reason at all, and more than two in five have no strong one. A person
reads every entry.

The third was held against the flags once. The first two were held against three ways of weighing,
and nobody looked at which of their sentences were missed: the first way found 94.2 % of the second
and was wrong in 28.3 %, most of all in longer texts. So longer texts were made up to weigh from,
and more words than eight no longer weigh more. When the first was new, the phrases found 51.4 % of
it strongly; a few wide lines have become narrower since, and it is 50.5 %.

Weighed by the other nine tenths, a tenth of the tuned sentences sounds like harm in 55.3 % of
disclosures and in 6.1 % of the harmless ones that have no phrase (7.5 % of three in a row).

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
        ("sentences_longer.tsv", 180, (0.94, 0.77, 0.49), (0.21, 0.13, 0.06)),
        ("sentences_held_out.tsv", 200, (0.83, 0.69, 0.50), (0.14, 0.12, 0.05)),
        ("sentences_second_held_out.tsv", 240, (0.86, 0.77, 0.68), (0.17, 0.11, 0.03)),
        ("sentences_third_held_out.tsv", 240, (0.75, 0.59, 0.48), (0.22, 0.17, 0.05)),
        ("sentences_fourth.tsv", 90, (1.0, 1.0, 1.0), (0.23, 0.09, 0.0)),
        ("sentences_fifth_held_out.tsv", 120, (0.60, 0.40, 0.28), (0.29, 0.20, 0.04)),
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
    assert weighing.WEIGHTS.read_text("utf-8") == weighing.made()


def test_weighed_words_find_more_than_half_and_seldom_what_is_harmless():
    chosen = weighing.chosen(weighing.tuned_sentences())

    print(chosen)
    assert chosen.recall >= 0.55
    assert max(chosen.false_alarms, chosen.in_a_row) <= weighing.MORE_FALSE_ALARMS
