"""Frameworks that a commitment may belong to: the statutory principles, and others, by their items.

The file beside this one names the public page that each item is from.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("frameworks.csv")


@dataclass(frozen=True)
class FrameworkItem:
    """One item of a framework; `code` is what is stored."""

    code: str
    framework: str
    number: str
    item: str

    @property
    def words(self) -> str:
        """The item with its framework, for a list to choose from."""
        return f"{self.framework} {self.number}: {self.item}"


@cache
def framework_items() -> dict[str, FrameworkItem]:
    """Return every item by its code, the statutory principles first."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: FrameworkItem(row["code"], row["framework"], row["number"], row["item"])
            for row in csv.DictReader(file)
        }
