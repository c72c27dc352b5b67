"""What was set, from what and to what: the values of settings, in words, for the history."""

import ast
from collections.abc import Callable, Collection, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Event, EventText, Person, Setting
from coprod_data.queries.events_told import Change, Value
from coprod_data.store.row_digests import row_name
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.settings import POSTS, SettingKey

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
Names = Mapping[int, str]


def settings_told(db: Session, events: Collection[Event]) -> dict[int, tuple[Change, ...]]:
    """Return, by event id, which setting was changed, from what and to what.

    Words of young people that were pinned are counted, and never numbered.
    """
    known = list(SettingKey)
    set_then = {
        event.id: SettingKey(event.changes["setting"])
        for event in events
        if event.kind is EventKind.SETTING_CHANGED and event.changes.get("setting") in known
    }
    if not set_then:
        return {}
    fields = {key: f"{row_name(Setting.__tablename__, [key])}.value" for key in set_then.values()}
    now, before = sa.alias(EventText.__table__), sa.alias(EventText.__table__)
    earlier = (
        sa.select(before.c.text)
        .where(before.c.field == now.c.field, before.c.event_id < now.c.event_id)
        .order_by(before.c.event_id.desc())
        .limit(1)
        .scalar_subquery()
    )
    found = {
        (row.event_id, row.field): (row.earlier, row.text)
        for row in db.execute(
            sa.select(now.c.event_id, now.c.field, now.c.text, earlier.label("earlier")).where(
                now.c.event_id.in_(set_then), now.c.field.in_(fields.values())
            )
        )
    }
    values = {
        id_: tuple(_read(key, text) for text in found.get((id_, fields[key]), (None, None)))
        for id_, key in set_then.items()
    }
    names = _names(db, set_then, values)
    return {
        id_: (Change(key.told, *(_words(key, value, names) for value in values[id_])),)
        for id_, key in set_then.items()
    }


def _read(key: SettingKey, text: str | None) -> Any:
    """Return a value as it was stored; the log keeps it as it is written in Python."""
    if text is None:
        return key.default
    if isinstance(key.default, str):
        return text
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


def _names(
    db: Session, keys: Mapping[int, SettingKey], values: Mapping[int, tuple[Any, ...]]
) -> dict[SettingKey, Names]:
    """Return who was named for each post."""
    posts = set(POSTS.values())
    of_posts = [one for id_, key in keys.items() if key in posts for one in values[id_]]
    ids = [one["person_id"] for one in of_posts if isinstance(one, dict) and "person_id" in one]
    rows = db.execute(sa.select(Person.id, Person.name).where(Person.id.in_(ids))) if ids else ()
    return dict.fromkeys(posts, {row[0]: row[1] for row in rows})


def _words(key: SettingKey, value: Any, names: Mapping[SettingKey, Names]) -> Value:
    """Return a value as people would say it; None for none."""
    if value in (None, "", [], (), {}):
        return None
    said: Callable[[Any], Value] = _SAID.get(key, _listed)
    if key in names and isinstance(value, dict):
        who = names[key].get(value.get("person_id", 0), "somebody")
        return f"{who}, {value['phone']}" if value.get("phone") else who
    return said(value)


def _listed(value: Any) -> Value:
    if isinstance(value, dict):
        value = [one for one in value.values() if one]
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _hours(week: Any) -> Value:
    days = [
        f"{day} {' and '.join(f'{start} to {end}' for start, end in spans)}"
        for day, spans in zip(DAYS, week, strict=True)
        if spans
    ]
    return "; ".join(days) or None


def _counted(entries: Any) -> Value:
    return "1 entry" if len(entries) == 1 else f"{len(entries)} entries"


_SAID: dict[SettingKey, Callable[[Any], Value]] = {
    SettingKey.DUTY_HOURS: _hours,
    SettingKey.PINNED_ENTRIES: _counted,
}
