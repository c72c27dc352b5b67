"""What a form carries, in words, and as its drafts keep it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from typing import Any

from coprod_data.permissions import ChangedMeanwhile
from coprod_data.queries.drafts import TypedText
from coprod_data.rules.draft_marks import DraftMark

EMPTY = "(empty)"


@dataclass
class Carried:
    """What a form shows at first, what its command compares with, and what changed since.

    `typed` are this person's drafts; None where nothing that is typed is kept. `marks` are those
    that this tab kept or began with, by the names of their boxes.
    """

    start: dict[str, Any]
    opened: dict[str, Any]
    typed: dict[str, TypedText] | None
    changed: ChangedMeanwhile | None = None
    boxes: set[str] = field(default_factory=set)
    marks: dict[str, DraftMark] = field(default_factory=dict)
    kept_here: set[str] = field(default_factory=set)


def in_draft(value: Any) -> str:
    """Return what was typed or chosen as a draft keeps it."""
    return "" if value is None else str(value.value if isinstance(value, Enum) else value)


def digest(values: Mapping[str, Any]) -> str:
    """Return a digest of what a form shows."""
    said = [(name, shown(value)) for name, value in sorted(values.items())]
    return sha256(repr(said).encode()).hexdigest()


def shown(value: Any) -> str:
    """Return a value in words."""
    if value is None or value == "":
        return EMPTY
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Enum):
        return str(getattr(value, "words", value.value))
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(sorted(map(shown, value))) or EMPTY
    return str(value)


def changed_since(
    opened: Mapping[str, Any], now: Mapping[Any, Any], told: Mapping[Any, Any]
) -> ChangedMeanwhile | None:
    """Return what somebody saved since a form was opened, so that it is told before a save is
    refused. `opened` stays: only after a refusal is it certain that the person saw it.
    """
    changed = {name: value for name, value in now.items() if opened.get(name) != value}
    return ChangedMeanwhile(changed) if changed.keys() & told.keys() else None
