"""What the sheets of a seed are made of."""

from coprod_data.files.csv_in import Column, Sheet, moment, one_of, words


def sheet(name: str, *columns: Column) -> Sheet:
    """Return a sheet; each has the day of its rows, and by whom they are."""
    return Sheet(name, (Column("on", moment, True), Column("by", words, True), *columns))


def steps(*every: str) -> Column:
    """Return the column that says what a row does."""
    return Column("step", one_of(every), needed=True)


def texts(*headings: str) -> tuple[Column, ...]:
    """Return columns of words that may be empty."""
    return tuple(Column(heading, words) for heading in headings)


def named(heading: str) -> Column:
    """Return the column that names what a row is about."""
    return Column(heading, words, needed=True)
