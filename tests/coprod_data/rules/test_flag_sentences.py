"""How much the flags find, and how often they are wrong, on sentences that were made up for it.

The first list was tuned to. The second was written before the patterns and, but for one harmless
saying, not tuned to; the first time the patterns were held against it they found 59 of 60
disclosures (58 strongly) and took none of 20 harmless sentences for a strong one. Its writer
wrote the patterns, so life is worse: of the first list, before it was tuned to, the 138 plainer
disclosures were found at 96 % (91 % strongly), the next 46 at 76 % (65 %), the last 30, told in
hints, at 50 % (40 %). Sentences told in hints that nobody thought of are missed at about that
rate. A person reads every entry.
"""

from pathlib import Path
from typing import NamedTuple

import pytest

from coprod_data.rules.word_flags import Flags, flags_in

BESIDE = Path(__file__).parent


class Sentence(NamedTuple):
    disclosure: bool
    kind: str
    words: str
    found: Flags


def sentences(name: str) -> list[Sentence]:
    lines = (BESIDE / name).read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [
        Sentence(label == "disclosure", kind, words, flags_in(words)) for label, kind, words in rows
    ]


def share(rows: list[bool]) -> float:
    return sum(rows) / len(rows)


def measured(name: str) -> tuple[float, float, float, float]:
    """Print and return: found at all, found strongly, strong false alarms, false alarms at all."""
    told = [one for one in sentences(name) if one.disclosure]
    harmless = [one for one in sentences(name) if not one.disclosure]
    figures = (
        share([bool(one.found) for one in told]),
        share([bool(one.found.strong) for one in told]),
        share([bool(one.found.strong) for one in harmless]),
        share([bool(one.found) for one in harmless]),
    )
    print(
        f"{name}: {len(told)} disclosures, found {figures[0]:.1%}, strongly {figures[1]:.1%}; "
        f"{len(harmless)} harmless, strong false alarms {figures[2]:.1%}, any {figures[3]:.1%}"
    )
    for one in told:
        if not one.found.strong:
            print("  missed:" if not one.found else "  only weak:", one.words)
    for one in harmless:
        if one.found:
            print("  false, strong:" if one.found.strong else "  false, weak:", one.words)
    return figures


@pytest.mark.parametrize(
    ("name", "least", "any_floor", "strong_floor"),
    [("sentences.tsv", 240, 0.97, 0.90), ("sentences_held_out.tsv", 80, 0.95, 0.90)],
)
def test_most_disclosures_are_found_and_few_harmless_sentences(
    name: str, least: int, any_floor: float, strong_floor: float
):
    found, strongly, false_strong, false_any = measured(name)

    assert len(sentences(name)) >= least
    assert found >= any_floor
    assert strongly >= strong_floor
    assert false_strong <= 0.05
    assert false_any <= 0.15
