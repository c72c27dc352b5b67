"""Duty is structured: accounts with their numbers, hours by the day of the week, and absences.

What an older release kept as texts is carried over where it is certain: a name that is the name of
exactly one account of the safeguarding team, and hours such as "Monday to Friday, 9am to 5pm". A
rota that was incomplete, or whose hours cannot be read, names nobody: the form for young people
stays shut until somebody is named.
"""

import re
from typing import Any

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import MOMENT, column, drop, key, link

revision = "r0004"
down_revision = "r0003"
branch_labels = None
depends_on = None

POSTS = ("duty_lead", "duty_deputy")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_CLOCK = r"(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm)?"
_HOURS = re.compile(rf"(.+?)[,:]?\s+(?:from\s+)?{_CLOCK}\s*(?:to|-|\u2013)\s*{_CLOCK}\.?", re.I)

setting = sa.table("setting", sa.column("key", sa.String), sa.column("value", sa.JSON))
person = sa.table("person", *map(sa.column, ("id", "name", "disabled_at")))
role_grant = sa.table(
    "role_grant", *map(sa.column, ("person_id", "role", "confirmed_at", "ended_at"))
)


def upgrade() -> None:
    op.create_table(
        "absence",
        link("person_id", "person", index=True),
        column("from_day", sa.Date),
        column("to_day", sa.Date),
        column("added_at", MOMENT),
        link("added_by_id", "person"),
        key(),
    )
    stored = _stored()
    hours = parsed_hours(str(stored.get("duty_hours") or ""))
    phone, out_of_hours = stored.get("duty_phone"), stored.get("duty_out_of_hours")
    _put("duty_hours", hours)
    named: set[int] = set()
    for post in POSTS:
        found = _account(str(stored.get(post) or "")) if hours and phone and out_of_hours else None
        if found in named:
            found = None
        named |= {found} if found else set()
        _put(post, {"person_id": found, "phone": phone} if found else None)


def downgrade() -> None:
    stored = _stored()
    for post in POSTS:
        names = sa.select(person.c.name).where(
            person.c.id == (stored.get(post) or {}).get("person_id")
        )
        _put(post, op.get_bind().scalar(names) if stored.get(post) else "")
    week = stored.get("duty_hours")
    _put("duty_hours", told_hours(week) if week else "")
    drop("absence")


def parsed_hours(text: str) -> list[list[list[str]]] | None:
    """Return a week of "Monday to Friday, 9am to 5pm"; None for what cannot be read for certain."""
    found = _HOURS.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    days = _days(found[1])
    begins, ends = _minutes(*found.groups()[1:4]), _minutes(*found.groups()[4:7])
    if begins is not None and ends is not None and ends <= begins and not found[7]:
        ends += 12 * 60
    if not days or begins is None or ends is None or not begins < ends < 24 * 60:
        return None
    span = [f"{begins // 60:02}:{begins % 60:02}", f"{ends // 60:02}:{ends % 60:02}"]
    return [[span] if number in days else [] for number in range(7)]


def told_hours(week: list[list[list[str]]]) -> str:
    """Return a week as a text that `parsed_hours` reads again where all its days are alike."""
    spans = [" and ".join(f"{begins} to {ends}" for begins, ends in day) for day in week]
    if len({span for span in spans if span}) == 1:
        days = " and ".join(day.title() for day, span in zip(DAYS, spans, strict=True) if span)
        return f"{days}, {next(filter(None, spans))}"
    return "; ".join(f"{day} {span}" for day, span in zip(SHORT, spans, strict=True) if span)


def _days(text: str) -> set[int]:
    numbers: set[int] = set()
    for part in re.split(r"\s*(?:,|&|\band\b)\s*", text.strip(" ,").lower()):
        ends = [_day(name) for name in re.split(r"\s*(?:\bto\b|-|\u2013)\s*", part)]
        if None in ends or len(ends) > 2 or ends[0] > ends[-1]:
            return set()
        numbers |= set(range(ends[0], ends[-1] + 1))
    return numbers


def _day(name: str) -> Any:
    alike = [
        number
        for number, day in enumerate(DAYS)
        if len(name) >= 3 and day.startswith(name.rstrip("s"))
    ]
    return alike[0] if len(alike) == 1 else None


def _minutes(hour: str, minute: str | None, half: str | None) -> int | None:
    number, past = int(hour), int(minute or 0)
    if half:
        number = number % 12 + (12 if half.lower() == "pm" else 0) if 1 <= number <= 12 else 24
    return number * 60 + past if number < 24 and past < 60 else None


def _account(text: str) -> int | None:
    """Return the one open account of the safeguarding team whose whole name the text holds."""
    holders = sa.select(role_grant.c.person_id).where(
        role_grant.c.role == "safeguarding",
        role_grant.c.confirmed_at.is_not(None),
        role_grant.c.ended_at.is_(None),
    )
    rows = op.get_bind().execute(
        sa.select(person.c.id, person.c.name).where(
            person.c.disabled_at.is_(None), person.c.id.in_(holders)
        )
    )
    said = " ".join(text.casefold().split())
    found = [
        row.id
        for row in rows
        if re.search(rf"(?<!\w){re.escape(' '.join(row.name.casefold().split()))}(?!\w)", said)
    ]
    return found[0] if len(found) == 1 else None


def _stored() -> dict[str, Any]:
    rows = op.get_bind().execute(
        sa.select(setting.c.key, setting.c.value).where(setting.c.key.like("duty_%"))
    )
    return {row.key: row.value for row in rows}


def _put(name: str, value: Any) -> None:
    """Change a setting that is there; None is what no council has said yet."""
    kept = sa.JSON.NULL if value is None else value
    op.execute(sa.update(setting).where(setting.c.key == name).values(value=kept))
