"""What is said of a decision, as one value that forms and rows share."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Self

from coprod_data.vocabulary.meetings import DecisionResult


@dataclass(frozen=True)
class Said:
    """A decision as it is typed and read back. With a commitment it becomes an action of it."""

    recommendation: str = ""
    result: DecisionResult | None = None
    wording: str = ""
    owner_id: int | None = None
    together_with: str = ""
    due_on: date | None = None
    commitment_id: int | None = None
    service_id: int | None = None

    @classmethod
    def of(cls, row: object) -> Self:
        """Return what a row holds under these names."""
        return cls(**{one.name: getattr(row, one.name) for one in fields(cls)})

    @property
    def values(self) -> dict[str, Any]:
        """The values by their names."""
        return asdict(self)
