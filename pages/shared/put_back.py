"""Words typed for a place that a card does not have any more go where they can be sent."""

from collections.abc import Iterator, Mapping

from pages.parts.wording import say
from pages.shared.young_card import Card

WITH_WORDS = ("answer", "not_yet", "view", "write")


def put_back(said: Mapping[str, str], card: Card, sentence: str) -> tuple[dict[str, str], str]:
    """Return what was said and why it was refused, for the card as it is now.

    Words for a question, an outcome or a job that is gone move into the box to write back; who may
    read them is asked again there. Of a card that was taken back, or whose time is over, it says
    that.
    """
    if card.entry.time_over:
        return dict(said), say("place.time_over")
    if card.entry.withdrawn:
        return dict(said), say("place.gone_back")
    moved = said.get("words", "").strip() and said.get("do", "") in WITH_WORDS
    if not moved or (said["do"], said.get(_NAMED.get(said["do"], ""), "")) in set(boxes(card)):
        return dict(said), sentence
    return {**said, "do": "write", "may_read": ""}, f"{sentence} {say('card.words_below')}"


def boxes(card: Card) -> Iterator[tuple[str, str]]:
    """Return each box for words that a card has now: what is done there, and with which one."""
    yield "write", ""
    yield from (("answer", str(one.id)) for one in card.entry.questions)
    yield from (("view", str(job.id)) for job in card.jobs)
    if not card.entry.typed:
        yield from (("not_yet", str(one.outcome.id)) for one in card.outcomes if one.may_sign)


_NAMED = {"answer": "question", "view": "job", "not_yet": "outcome"}
