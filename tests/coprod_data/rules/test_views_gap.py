"""What staff say of a commitment as a whole, and how far young people are from it."""

import pytest

from coprod_data.rules.views_gap import staff_view, steps_apart
from coprod_data.vocabulary.actions import Face, Rag, Stage


@pytest.mark.parametrize(
    ("counts", "view"),
    [
        ({}, None),
        ({Stage.AGREED: 3, Stage.ON_HOLD: 1, Stage.IN_PROGRESS: 2}, None),
        ({Rag.AMBER: 1, Stage.AGREED: 5}, Rag.AMBER),
        ({Rag.GREEN: 2, Rag.RED: 1}, Rag.GREEN),
        ({Rag.GREEN: 1, Rag.RED: 1}, Rag.RED),
        ({Rag.GREEN: 1, Rag.AMBER: 1}, Rag.AMBER),
        ({Stage.DONE: 1, Stage.VERIFIED: 1, Rag.RED: 1}, Rag.GREEN),
        ({Stage.VERIFIED: 1, Rag.AMBER: 2}, Rag.AMBER),
    ],
)
def test_the_most_common_view_is_told_and_the_worse_in_a_tie(
    counts: dict[Rag | Stage, int], view: Rag | None
):
    assert staff_view(counts) is view


@pytest.mark.parametrize(
    ("rag", "face", "steps"),
    [
        (Rag.GREEN, Face.SMILE, 0),
        (Rag.GREEN, Face.FLAT, 1),
        (Rag.GREEN, Face.FROWN, 2),
        (Rag.RED, Face.SMILE, -2),
        (None, Face.SMILE, None),
        (Rag.RED, None, None),
    ],
)
def test_the_gap_is_counted_in_steps(rag: Rag | None, face: Face | None, steps: int | None):
    assert steps_apart(rag, face) == steps
