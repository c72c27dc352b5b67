"""What a report card is called, and what a theme is called where two names could be confused."""

from datetime import date, datetime

from coprod_data.rules.clocks import london_day


def card_title(given: str, young_theme: str, month: date) -> str:
    """Return the title of a report card: the team's, else its theme and the month it shows."""
    return given or f"{young_theme}, {month:%B %Y}"


def month_shown(shared_on: date | None, opened_at: datetime) -> date:
    """Return the month that a card shows: when it was shared, else when it opened."""
    return (shared_on or london_day(opened_at)).replace(day=1)


def both_names(title: str, young_title: str) -> str:
    """Return a theme's name as adults know it, with young people's name for it if it has another.

    Adults read both on their pages, and would otherwise take them for two themes.
    """
    return title if title.casefold() == young_title.casefold() else f"{title} ({young_title})"
