"""What staff and young people say of the same work, each reduced to one value to compare."""

from collections.abc import Mapping

from coprod_data.vocabulary.actions import Face, Rag, Stage

_STAFF = {Rag.GREEN: 1, Rag.AMBER: 0, Rag.RED: -1}
_STAGES = {Stage.DONE: 1, Stage.VERIFIED: 1}
_YOUNG = {Face.SMILE: 1, Face.FLAT: 0, Face.FROWN: -1}


def most_say(counts: Mapping[Face, int]) -> Face | None:
    """Return the face that most young people gave, the worse in a tie, or None."""
    given = [face for face in (Face.FROWN, Face.FLAT, Face.SMILE) if counts.get(face)]
    return max(given, key=lambda face: counts[face], default=None)


def staff_view(counts: Mapping[Rag | Stage, int]) -> Rag | None:
    """Return what staff say most often of these actions, the worse in a tie, or None.

    That is the colour of those in progress, and green for what is done or signed by both sides.
    """
    rated = {rag: counts.get(rag, 0) for rag in (Rag.RED, Rag.AMBER, Rag.GREEN)}
    rated[Rag.GREEN] += counts.get(Stage.DONE, 0) + counts.get(Stage.VERIFIED, 0)
    said = [rag for rag, number in rated.items() if number]
    return max(said, key=lambda rag: rated[rag], default=None)


def steps_apart(rag: Rag | None, face: Face | None) -> int | None:
    """Return by how many steps staff rate it better than young people do; None if a side is silent.

    Below 0 young people rate it better.
    """
    return None if rag is None or face is None else _STAFF[rag] - _YOUNG[face]


def gap(stage: Stage, rag: Rag | None, face: Face | None) -> int | None:
    """Return by how many steps staff rate one action better than young people do, as above."""
    staff = _STAFF[rag] if rag else _STAGES.get(stage)
    return None if staff is None or face is None else staff - _YOUNG[face]
