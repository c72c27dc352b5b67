"""What a form carries, in words, and as its drafts keep it."""

from collections.abc import Mapping
from enum import Enum
from hashlib import sha256
from typing import Any

EMPTY = "(empty)"


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
