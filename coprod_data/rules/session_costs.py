"""What a session cost and the thanks for it, each as one value that forms and rows share."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from coprod_data.permissions import Invalid
from coprod_data.rules.session_plan import MOST_PEOPLE
from coprod_data.vocabulary.sessions import TravelMode

MOST_MILES, MOST_PENCE = 5_000, 10_000_000


@dataclass(frozen=True)
class _OfARow:
    """What a row holds under the names of these fields."""

    @classmethod
    def of(cls, row: object | None) -> Self:
        """Return what a row holds under these names; nothing where there is no row."""
        if row is None:
            return cls()
        return cls(**{one.name: getattr(row, one.name) for one in fields(cls)})

    @property
    def values(self) -> dict[str, Any]:
        """The values by their names."""
        return asdict(self)


@dataclass(frozen=True)
class Costs(_OfARow):
    """Miles driven by staff and members, how most people came, meals, and money in pence."""

    miles: int = 0
    mode: TravelMode | None = None
    meals: int = 0
    meals_pence: int = 0
    travel_pence: int = 0
    venue_pence: int = 0

    @property
    def pence(self) -> int:
        """The money in all."""
        return self.meals_pence + self.travel_pence + self.venue_pence

    def checked(self) -> Self:
        """Return it if every number can be right. Raises Invalid."""
        most = {"miles": MOST_MILES, "meals": MOST_PEOPLE}
        for name, value in self.values.items():
            if name != "mode" and not 0 <= value <= most.get(name, MOST_PENCE):
                raise Invalid("Check this number: it cannot be right.", field=name)
        return self


@dataclass(frozen=True)
class Thanks(_OfARow):
    """How many young people were offered it, took it, and have it."""

    offered: int = 0
    taken: int = 0
    given: int = 0

    @property
    def owed(self) -> int:
        """How many took it and do not have it yet."""
        return self.taken - self.given

    def checked(self) -> Self:
        """Return it if no more have it than took it, and no more took it than were offered it.

        Raises Invalid.
        """
        if not 0 <= self.offered <= MOST_PEOPLE:
            raise Invalid(f"Give a number from 0 to {MOST_PEOPLE:,}.", field="offered")
        if not 0 <= self.taken <= self.offered:
            raise Invalid("No more can take it than were offered it.", field="taken")
        if not 0 <= self.given <= self.taken:
            raise Invalid("No more can have it than took it.", field="given")
        return self
