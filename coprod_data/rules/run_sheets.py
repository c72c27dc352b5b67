"""A run sheet as people write it, one step a line: "17:10 What gets in the way? | In threes"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from coprod_data.permissions import Invalid
from coprod_data.rules.texts import optional_text, required_line

_LINE = re.compile(r"\s*(\d{1,2})[:.](\d{2})\s+([^|]+?)\s*(?:\|\s*(.*))?")
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True)
class Step:
    """A step of a run sheet: when it begins, "16:30", what it is, and more about it."""

    begins: str
    title: str
    detail: str = ""

    def checked(self) -> Self:
        """Return it cleaned. Raises Invalid."""
        if not _TIME.fullmatch(self.begins):
            raise Invalid("Write each time like this: 16:30.", field="steps")
        return type(self)(
            self.begins,
            required_line(self.title, "steps", "Say what each step is.", 160),
            " ".join(optional_text(self.detail, "steps", 240).split()),
        )


def lines_of(steps: Iterable[Step]) -> str:
    """Return steps as lines, which `read_lines` reads back."""
    return "\n".join(
        f"{step.begins} {step.title}" + (f" | {step.detail}" if step.detail else "")
        for step in steps
    )


def read_lines(text: str) -> list[Step]:
    """Return the steps that lines say, in the order of their times.

    Raises Invalid, which names the line.
    """
    steps = []
    for line in text.splitlines():
        if not line.strip():
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            raise Invalid(
                f"Begin each line with its time, for example 16:30 Food. We cannot read: {line}",
                field="steps",
            )
        hour, minute, title, detail = found.groups()
        steps.append(Step(f"{int(hour):02}:{minute}", title, detail or ""))
    return sorted(steps, key=lambda step: step.begins)
