"""Makes the weights of words again from the tuned sentences: `python -m tests.helpers.weighing`."""

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from coprod_data.rules.flag_phrases import BREAK
from coprod_data.rules.word_files import FOLDER
from coprod_data.rules.word_flags import flags_in, spelled
from coprod_data.rules.word_weights import weight_of

RULES = Path(__file__).parents[1] / "coprod_data" / "rules"
SENTENCES = ("sentences.tsv", "sentences_longer.tsv")
WEIGHTS = FOLDER / "weights.txt"
OFTEN = 2  # sentences that a word has to be in
LEAST = 0.1  # a word that weighs less says nothing
FOLDS = 10
MORE_FALSE_ALARMS = 0.08  # than the lists have, in one harmless sentence and in three in a row
HEADING = """\
# How much likelier a word is among disclosures than among harmless sentences, as a logarithm.
# Made by `python -m tests.helpers.weighing` from the tuned sentences; not to be changed by hand.
"""


class Weighed(NamedTuple):
    disclosure: bool
    words: list[str]
    found: bool  # something, by the lists


class Enough(NamedTuple):
    """From where words ask for care, and what that finds in sentences not weighed from."""

    weight: float
    recall: float
    false_alarms: float  # of harmless sentences in which the lists find nothing
    in_a_row: float  # of texts of three such sentences


def tuned_sentences() -> list[Weighed]:
    lines = [line for name in SENTENCES for line in (RULES / name).read_text("utf-8").splitlines()]
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [
        Weighed(label == "disclosure", spelled(text), bool(found.strong or found.weak))
        for label, _, text in rows
        for found in [flags_in(text)]
    ]


def weights_from(sentences: Sequence[Weighed]) -> dict[str, float]:
    """Naive Bayes, one added to each count; a word counts once in a sentence."""
    told, harmless = (
        Counter(word for one in sentences if one.disclosure is kind for word in set(one.words))
        for kind in (True, False)
    )
    both = told + harmless
    every = {word for word in both if both[word] >= OFTEN and word.isascii() and word.isalpha()}
    level = math.log((harmless.total() + len(every)) / (told.total() + len(every)))
    weights = {word: math.log((told[word] + 1) / (harmless[word] + 1)) + level for word in every}
    return {word: round(weights[word], 2) for word in sorted(every) if abs(weights[word]) >= LEAST}


def chosen(sentences: Sequence[Weighed]) -> Enough:
    """Weigh each tenth of the sentences by the other nine; find the most at so few false alarms."""
    told: list[float] = []
    single: list[float] = []
    in_a_row: list[float] = []
    for fold in range(FOLDS):
        others = [one for at, one in enumerate(sentences) if at % FOLDS != fold]
        weights = weights_from(others)
        tenth = sentences[fold::FOLDS]
        told += [weight_of(one.words, weights) for one in tenth if one.disclosure]
        new = [[*one.words, BREAK] for one in tenth if not one.disclosure and not one.found]
        single += [weight_of(words, weights) for words in new]
        in_a_row += [
            weight_of(sum(three, []), weights) for three in zip(new, new[1:], new[2:], strict=False)
        ]
    for enough in (tenth / 10 for tenth in range(100)):
        rung = [share(enough, weighed) for weighed in (told, single, in_a_row)]
        if max(rung[1:]) <= MORE_FALSE_ALARMS:
            break
    return Enough(enough, *rung)


def share(enough: float, weighed: Sequence[float]) -> float:
    return sum(weight >= enough for weight in weighed) / len(weighed)


def made() -> str:
    sentences = tuned_sentences()
    lines = [f"{word} = {weight:.2f}" for word, weight in weights_from(sentences).items()]
    enough = chosen(sentences).weight
    return HEADING + "\n".join(["enough:", f"{enough:.1f}", "weights:", *lines]) + "\n"


def main() -> None:
    WEIGHTS.write_text(made(), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
