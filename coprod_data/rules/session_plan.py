"""What is planned for a session, as one value that forms and rows share; and its two moments."""

from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self

from coprod_data.permissions import Invalid
from coprod_data.rules.clocks import LONDON, is_working_day
from coprod_data.rules.texts import LONGEST, optional_text, required_line, required_text
from coprod_data.vocabulary.sessions import IN_A_ROOM, SessionKind, SessionWay

LONGEST_SESSION = timedelta(hours=12)
MOST_PEOPLE = 2_000
SCHOOL = (time(8, 45), time(15, 30))  # when most schools in England are open


@dataclass(frozen=True)
class SessionPlan:
    """What people need to know of a session. `joining` says how to join from elsewhere, `led_with`
    who leads it with the facilitator, `independent` who of them is independent, and why. Young
    people who lead it are credited in `young_leaders`, by first name or group only. `since_last` is
    what happened after the last session with this group: they are told it first.
    """

    title: str = ""
    kind: SessionKind | None = None
    aims: str = ""
    theme_id: int | None = None
    group_id: int | None = None
    opportunity_id: int | None = None
    way: SessionWay | None = None
    venue_id: int | None = None
    joining: str = ""
    access: str = ""
    food: str = ""
    travel: str = ""
    warm_up: str = ""
    pace: str = ""
    other_ways: str = ""
    facilitator_id: int | None = None
    young_leaders: str = ""
    led_with: str = ""
    independent: str = ""
    largest: int | None = None
    helpers: int | None = None
    ground_rules: str = ""
    since_last: str = ""

    @classmethod
    def of(cls, row: object) -> Self:
        """Return the plan that a row holds under these names."""
        return cls(**{one.name: getattr(row, one.name) for one in fields(cls)})

    @property
    def values(self) -> dict[str, Any]:
        """The values by their names."""
        return asdict(self)

    def checked(self) -> Self:
        """Return it cleaned, with all that a session must have. Raises Invalid."""
        texts = {
            name: optional_text(getattr(self, name), name, longest)
            for name, longest in TEXTS.items()
        }
        plan = type(self)(**{**self.values, **texts, "title": _title(self.title)})
        if plan.kind is None:
            raise Invalid("Choose what kind of session it is.", field="kind")
        if plan.way is None:
            raise Invalid("Choose how people take part.", field="way")
        if plan.kind is SessionKind.THEMED_CONVERSATION and plan.theme_id is None:
            raise Invalid("Choose the theme.", field="theme_id")
        if plan.facilitator_id is None:
            raise Invalid("Choose who leads it.", field="facilitator_id")
        if plan.independent and not plan.led_with:
            raise Invalid("Say who leads it with them and is independent.", field="led_with")
        for name, number in (("largest", plan.largest), ("helpers", plan.helpers)):
            if number is not None and not 1 <= number <= MOST_PEOPLE:
                raise Invalid(f"Give a number from 1 to {MOST_PEOPLE:,}, or none.", field=name)
        return plan

    def must_say_where(self) -> None:
        """Check that people can find it, before it is confirmed. Raises Invalid."""
        if self.way in IN_A_ROOM and self.venue_id is None:
            raise Invalid("Choose the venue before you confirm it.", field="venue_id")
        if self.way not in (None, SessionWay.IN_PERSON) and not self.joining:
            raise Invalid("Say how people join before you confirm it.", field="joining")
        required_text(self.aims, "aims", "Say what it is for before you confirm it.")
        if self.kind is SessionKind.PEER_LED and not self.young_leaders:
            raise Invalid(
                "Say which young people lead it, by first name or group, before you confirm it.",
                field="young_leaders",
            )

    @property
    def for_each_helper(self) -> int | None:
        """For how many young people one adult helps, at most; None where that is not planned."""
        if not (self.largest and self.helpers):
            return None
        return -(-self.largest // self.helpers)


TEXTS = {  # by name, the most letters of each
    "aims": LONGEST,
    "joining": 240,
    "access": LONGEST,
    "food": 240,
    "travel": 240,
    "warm_up": 240,
    "pace": 240,
    "other_ways": LONGEST,
    "young_leaders": 160,
    "led_with": 160,
    "independent": 240,
    "ground_rules": LONGEST,
    "since_last": LONGEST,
}


def session_times(
    day: date | None, begins: time | None, ends: time | None
) -> tuple[datetime, datetime]:
    """Return when a session begins and ends, from its day and its times in London.

    Raises Invalid where one is missing, it ends before it begins, or lasts over twelve hours.
    """
    if day is None:
        raise Invalid("Write the day.", field="day")
    if begins is None or ends is None:
        raise Invalid("Write from when to when, for example 4.30pm to 6.30pm.", field="times")
    starts_at = datetime.combine(day, begins, LONDON)
    ends_at = datetime.combine(day, ends, LONDON)
    return checked_times(starts_at, ends_at)


def checked_times(starts_at: datetime, ends_at: datetime) -> tuple[datetime, datetime]:
    """Return both in UTC, as they are kept. Raises Invalid where it does not end after it begins,
    or lasts over twelve hours.
    """
    starts_at, ends_at = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    if ends_at <= starts_at:
        raise Invalid("It must end after it begins.", field="times")
    if ends_at - starts_at > LONGEST_SESSION:
        raise Invalid(
            "A session lasts twelve hours at most. Plan each day by itself.", field="times"
        )
    return starts_at, ends_at


def in_school_hours(starts_at: datetime, ends_at: datetime) -> bool:
    """Say whether a session is, in part, while most young people are at school.

    School holidays differ by council and are not known here.
    """
    begins, ends = starts_at.astimezone(LONDON), ends_at.astimezone(LONDON)
    return is_working_day(begins.date()) and begins.time() < SCHOOL[1] and ends.time() > SCHOOL[0]


def _title(title: str) -> str:
    return required_line(title, "title", "Give it a title that young people understand.")
