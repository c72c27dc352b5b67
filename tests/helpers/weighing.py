"""Makes the weights of words again from the tuned sentences: `python -m tests.helpers.weighing`."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit, log_expit

from coprod_data.rules.flag_phrases import BREAK
from coprod_data.rules.word_files import FOLDER
from coprod_data.rules.word_flags import flags_in, spelled
from coprod_data.rules.word_weights import features, share_of, weight_of

RULES = Path(__file__).parents[1] / "coprod_data" / "rules"
SENTENCES = ("sentences.tsv", "sentences_longer.tsv", "sentences_hinted.tsv")
WEIGHTS = FOLDER / "weights.txt"
OFTEN = 2  # sentences that a word or a pair has to be in
LEAST = 0.05  # one that weighs less says nothing
PULL = 0.5  # of each weight towards nought: a few sentences prove little
FOLDS = 5
MORE_FALSE_ALARMS = 0.12  # than the lists have, in one harmless sentence and in three in a row
HEADING = """\
# How much likelier a sentence is a disclosure with a word or a pair of neighbours: a logarithm.
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


@cache
def tuned_sentences() -> list[Weighed]:
    lines = [line for name in SENTENCES for line in (RULES / name).read_text("utf-8").splitlines()]
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [
        Weighed(label == "disclosure", spelled(text), bool(found.strong or found.weak))
        for label, _, text in rows
        for found in [flags_in(text)]
    ]


def weights_from(sentences: Sequence[Weighed]) -> dict[str, float]:
    """Fit a logistic regression: each word and pair counts once in a sentence.

    What a harmless sentence has counts against it, so that every sum shall come out high.
    """
    whole = [[word for word in one.words if word != BREAK] for one in sentences]
    found = [features(words) for words in whole]
    often = Counter(feature for each in found for feature in each)
    kept = sorted(each for each, times in often.items() if times >= OFTEN)
    columns = {each: at for at, each in enumerate(kept)}
    cells = [
        (share_of(words) * (1 if sentence.disclosure else -1), row, columns[one])
        for row, (sentence, words, each) in enumerate(zip(sentences, whole, found, strict=True))
        for one in sorted(each)
        if one in columns
    ]
    values, rows, at = zip(*cells, strict=True)
    told = csr_matrix((values, (rows, at)), shape=(len(sentences), len(columns)))

    def fault(weights):  # of the weights, and its slope: as arrays, which carry no types here
        margin, pull = told @ weights, PULL * weights
        return pull @ weights / 2 - log_expit(margin).sum(), pull - told.T @ expit(-margin)

    fitted = minimize(fault, [0.0] * len(columns), jac=True, method="L-BFGS-B", tol=1e-9).x
    return {
        each: round(float(weight), 2)
        for each, weight in zip(columns, fitted, strict=True)
        if abs(weight) >= LEAST
    }


def chosen(sentences: Sequence[Weighed]) -> Enough:
    """Weigh each fifth of the sentences by the others; find the most at so few false alarms."""
    told: list[float] = []
    single: list[float] = []
    in_a_row: list[float] = []
    for fold in range(FOLDS):
        others = [one for at, one in enumerate(sentences) if at % FOLDS != fold]
        weights = weights_from(others)
        part = sentences[fold::FOLDS]
        told += [weight_of(one.words, weights) for one in part if one.disclosure]
        new = [[*one.words, BREAK] for one in part if not one.disclosure and not one.found]
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
