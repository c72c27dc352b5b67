"""What is planned for a meeting of the Board, as one value that forms and rows share."""

from dataclasses import asdict, dataclass, fields
from datetime import time
from typing import Any, Self

from coprod_data.permissions import Invalid
from coprod_data.rules.clocks import clock_words
from coprod_data.rules.texts import optional_text

MOST_PEOPLE = 200
TEXTS = {"place": 160, "online": 240, "private_part": 240}  # by name, the most letters of each


@dataclass(frozen=True)
class MeetingPlan:
    """What people need to know of a meeting, but for its day and its times."""

    theme_id: int | None = None
    place: str = ""
    online: str = ""
    open_to_public: bool = True
    private_part: str = ""
    quorum: int | None = None
    young_people: int | None = None

    @classmethod
    def of(cls, row: object) -> Self:
        """Return the plan that a row holds under these names."""
        return cls(**{one.name: getattr(row, one.name) for one in fields(cls)})

    @property
    def values(self) -> dict[str, Any]:
        """The values by their names."""
        return asdict(self)

    def checked(self) -> Self:
        """Return it cleaned. Raises Invalid."""
        texts = {
            name: " ".join(optional_text(getattr(self, name), name, longest).split())
            for name, longest in TEXTS.items()
        }
        for name, least in (("quorum", 1), ("young_people", 0)):
            number = getattr(self, name)
            if number is not None and not least <= number <= MOST_PEOPLE:
                raise Invalid(
                    f"Give a number from {least} to {MOST_PEOPLE}, or leave it empty.", field=name
                )
        return type(self)(**{**self.values, **texts})


def checked_hours(begins: str, ends: str) -> tuple[str, str]:
    """Return when a meeting begins and ends, as "17:30"; both may be empty. Raises Invalid."""
    if not begins and not ends:
        return "", ""
    try:
        first, last = time.fromisoformat(begins), time.fromisoformat(ends)
    except ValueError:
        sentence = "Write from when to when, for example 5.30pm to 7.30pm."
        raise Invalid(sentence, field="times") from None
    if last <= first:
        raise Invalid("It must end after it begins.", field="times")
    return f"{first:%H:%M}", f"{last:%H:%M}"


def minutes_between(begins: str, ends: str) -> int:
    """Return how many minutes a meeting has; 0 where its times are not known."""
    if not begins or not ends:
        return 0
    first, last = time.fromisoformat(begins), time.fromisoformat(ends)
    return (last.hour - first.hour) * 60 + last.minute - first.minute


def hours_words(begins: str, ends: str) -> str:
    """Return the times of a meeting as people say them: "5.30pm to 7.30pm"; "" where not known."""
    if not begins or not ends:
        return ""
    return " to ".join(clock_words(time.fromisoformat(clock)) for clock in (begins, ends))
