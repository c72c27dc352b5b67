"""A day or a moment of the past, as somebody names one to see how things were."""

from datetime import UTC, date, datetime, time, timedelta

from coprod_data.permissions import Invalid
from coprod_data.rules.clocks import LONDON, london_day

HOW = "Write the day like 2026-06-30, and the time, if you need one, like 14:30."


def past_moment(day: str, clock: str, now: datetime) -> datetime:
    """Return the moment that a day, and a time of it in London, mean; without a time the day's end.

    Raises Invalid for a day that cannot be read, a moment that has not passed, and an hour that
    happened twice or not at all because the clocks changed.
    """
    try:
        named = date.fromisoformat(day.strip())
        at = time.fromisoformat(clock.strip()) if clock.strip() else None
    except ValueError as fault:
        raise Invalid(f"We could not read that date. {HOW}", field="at") from fault
    if named > london_day(now):
        raise Invalid("That day has not come yet. Choose an earlier one.", field="at")
    if at is None:
        if named == london_day(now):
            raise Invalid(
                "Today is not over yet. Choose an earlier day, or add a time that has passed.",
                field="at",
            )
        midnight = datetime.combine(named + timedelta(days=1), time(0), LONDON)
        return midnight.astimezone(UTC) - timedelta.resolution
    local = datetime.combine(named, at.replace(second=0, microsecond=0, tzinfo=None), LONDON)
    moment = local.astimezone(UTC)
    if moment != local.replace(fold=1).astimezone(UTC):
        twice = moment.astimezone(LONDON) == local
        raise Invalid(
            f"{at:%H:%M} happened twice that day, because the clocks went back. "
            "Choose a time before 01:00 or after 02:00."
            if twice
            else f"There was no {at:%H:%M} that day, because the clocks went forward. "
            "Choose a time before 01:00 or after 02:00.",
            field="at",
        )
    if moment > now:
        raise Invalid("That time has not come yet. Choose an earlier one.", field="at")
    return moment
