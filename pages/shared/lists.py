"""Lists behind numbers, and what their words mean: for every room with a list of what waits."""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from coprod_data.queries.settings import Targets
from coprod_data.vocabulary.actions import CommitmentState
from coprod_data.vocabulary.labels import labelled
from pages.parts.html import show

Choice = dict[str, object]


def address(page: str, /, **named: object) -> str:
    """Return the address of a list with what is named; nothing that is empty is in it."""
    query = urlencode({name: value for name, value in named.items() if value not in (None, "", 0)})
    return f"{page}?{query}" if query else page


def choice(
    words: str,
    href: str,
    *,
    number: int | None = None,
    chosen: bool = False,
    tone: str = "",
    icon: str = "",
) -> Choice:
    """Return one link of `choices.html`; with a `tone` its number comes first."""
    return {
        "words": words,
        "number": number,
        "href": href,
        "chosen": chosen,
        "tone": tone,
        "icon": icon,
    }


def filter_of(
    label: str,
    every: str,
    options: Mapping[int, str],
    chosen: int | None,
    href: Callable[[int | None], str],
) -> dict[str, object]:
    """Return a list to choose one from for `filters.html`: all of them, or one of `options`."""
    known: dict[int | None, str] = {None: every}
    known.update(options.items())
    return {
        "label": label,
        "words": known.get(chosen, every),
        "links": [choice(words, href(key), chosen=key == chosen) for key, words in known.items()],
    }


def choices(label: str, links: Sequence[Choice]) -> None:
    """Show which rows a list can show, each with its number."""
    if links:
        show("choices.html", label=label, choices=links)


def meanings(limits: Targets) -> list[tuple[str, str]]:
    """Return what the states and targets of the plan and of waits mean, by this council's days."""
    stuck, waiting = limits.drift[-1], limits.waiting
    return [
        (
            "Movement",
            "A change of stage, a milestone met with evidence, or an outcome signed. "
            "An approval or an update by itself is no movement.",
        ),
        (
            CommitmentState.STUCK.words,
            f"An action is stuck when nothing has moved for {stuck} days or more and staff have "
            "not said that it is done. "
            "A commitment is stuck when none of its actions has moved for as long.",
        ),
        (CommitmentState.MOVING.words, f"Something has moved in the last {stuck} days."),
        (
            CommitmentState.NOT_STARTED.words,
            "Its actions are agreed, and nothing has moved since.",
        ),
        (
            CommitmentState.ON_HOLD.words,
            "The chair decided that it waits, with a reason. It is never late or stuck by then. A "
            "commitment is on hold when nothing else is left to do for it.",
        ),
        (
            CommitmentState.KEPT.words,
            "Every action is signed by a young person and by staff, and a milestone of each is met "
            "with evidence.",
        ),
        (CommitmentState.NOT_ASSESSED.words, "No action is agreed yet."),
        (
            "Staff say",
            "What the owners say of most of its actions; of two that are as many, the worse. Done "
            "counts as on track. How many are off track is named beside it.",
        ),
        (
            "Late",
            "An action whose date has passed, and nobody has said it is done; or a milestone whose "
            "date has passed and that is not met. A commitment is late when one of these is.",
        ),
        (
            "Our target",
            f"How long something may wait. An entry is read within {limits.read} working "
            f"{_unit(limits.read, 'day')}, a flagged one within {limits.flagged} working "
            f"{_unit(limits.flagged, 'hour')}. Its author has a reply within {limits.reply[-1]} "
            f"days. An invitation is answered within {limits.asked} days. An opportunity has a "
            f"member within {waiting[0]} days. After {waiting[1]} days it has waited too long, "
            f"after {waiting[-1]} " + labelled("the Board decides what happens."),
        ),
    ]


def _unit(count: int, unit: str) -> str:
    return unit if count == 1 else f"{unit}s"


def explain(limits: Targets) -> None:
    """Show what the words mean, one press away."""
    show("meanings.html", meanings=meanings(limits))
