"""Terms, in which broad groups are counted: three a year, each shown once it is over."""

from datetime import date, datetime

from coprod_data.rules.clocks import A_DAY, london_day

FIRST_MONTHS = (1, 5, 9)  # January to April, May to August, September to December
SHOWN_TERMS = 3  # twelve months


def term_of(moment: datetime) -> date:
    """Return the first day of the term of a moment, as it is in London."""
    day = london_day(moment)
    return date(day.year, max(month for month in FIRST_MONTHS if month <= day.month), 1)


def finished_terms(moment: datetime) -> tuple[date, ...]:
    """Return the first days of the last three terms that are shown, the newest first.

    A term is shown when it has been over for a day: nothing that was being sent is added any more.
    """
    first, terms = term_of(moment - A_DAY), []
    for _ in range(SHOWN_TERMS):
        first = _before(first)
        terms.append(first)
    return tuple(terms)


def next_shown(moment: datetime) -> date:
    """Return the day from which another term is shown."""
    return _after(term_of(moment - A_DAY)) + A_DAY


def last_day(first: date) -> date:
    """Return the last day of the term that begins on this day."""
    return _after(first) - A_DAY


def _after(first: date) -> date:
    return date(first.year + 1, 1, 1) if first.month == 9 else date(first.year, first.month + 4, 1)


def _before(first: date) -> date:
    return date(first.year - 1, 9, 1) if first.month == 1 else date(first.year, first.month - 4, 1)
