"""The faces of the pulse as a form sends them."""

from collections.abc import Mapping

from coprod_data.vocabulary.pulse import PulseAsked
from coprod_data.vocabulary.sessions import FeedbackAnswer

FIELD = "pulse_"  # how their fields begin


def pulse_of(
    said: Mapping[str, str], only: tuple[PulseAsked, ...] = tuple(PulseAsked)
) -> dict[PulseAsked, FeedbackAnswer]:
    """Return the faces that were picked; what is none of the three is left out."""
    faces = set(FeedbackAnswer)
    return {
        asked: FeedbackAnswer(said[FIELD + asked])
        for asked in only
        if said.get(FIELD + asked) in faces
    }
