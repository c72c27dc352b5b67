"""A keyed digest of each row that a command changed, and what the log says of every row.

Each event carries the digests of the rows it changed, so a row that was changed in its table, past
the commands, no longer fits the newest digest of it. An empty column leaves no trace in a digest:
a column that is added later changes none. Texts that can be erased have random salt beside them,
which goes with them, so that nobody can guess them from a digest that stays.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from hashlib import blake2b
from typing import Any

from coprod_data.store.keys import Keys

TEXTS = "event_text:"  # begins the names of texts beside an event, which no later one tells of
GONE = "-"  # the digest of a row that was deleted
UNTOLD_TABLES = frozenset({  # tables whose rows no event tells of
    "auth_session", "login_attempt", "entry_reading", "draft", "handed_code", "rate_count", "job",
    "event", "event_text", "event_seal", "left_run", "notice", "quote", "rewording", "staff_run",
    "wiping", "trail", "view_voice", "log_check", "alembic_version",
    "released_text", "feedback_waiting", "heard_term", "pulse_tally", "pulse_given",
    "told_to_lado",
})  # fmt: skip
UNTOLD_COLUMNS = frozenset(  # counted again by a listener, and compared by a recount
    {
        "summed_up",
        "board_voices",
        "public_voices",
        "any_voices",
        "summaries",
        "board_answers",
        "public_answers",
    }  # fmt: skip
)
SIZE = 12  # bytes

Told = dict[str, str]


def row_name(table: str, key: Iterable[Any]) -> str:
    """Return what a row is called in the log: its table and its key."""
    return (
        f"{table}:{'-'.join(str(part.value if isinstance(part, Enum) else part) for part in key)}"
    )


def digest(key: bytes, name: str, values: Iterable[tuple[str, Any]]) -> str:
    """Return the digest of a row under a key, from its columns in the order of their names."""
    parts = [name]
    for column, value in values:
        if value is None:
            continue
        kind = type(value)
        if kind is str:
            parts.append(f"{column}={len(value)}:{value}")
        elif kind is int:
            parts.append(f"{column}={value}")
        elif kind is datetime:
            parts.append(f"{column}@{_seconds(value)}")
        else:
            parts.append(f"{column}={_written(value)}")
    return blake2b("\n".join(parts).encode(), key=key, digest_size=SIZE).hexdigest()


def _seconds(moment: datetime) -> float:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _written(value: Any) -> str:
    """Write a value as what the database keeps of it, whichever engine and type it came from."""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, str):
        return f"{len(value)}:{value}"
    if isinstance(value, bool | int):
        return str(int(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, float):
        return repr(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":")) if value else "[]"


def written(keys: Keys, digests: Iterable[tuple[str, str]]) -> str:
    """Return digests as an event keeps them: the number of their key, then one row in each line."""
    return "\n".join([keys.newest.number, *(f"{name} {made}" for name, made in digests)])


def told_in(kept: str) -> Iterator[tuple[str, str]]:
    """Return each row that an event tells of, and its key's number with its digest."""
    number, _, lines = kept.partition("\n")
    for line in lines.splitlines():
        name, _, made = line.rpartition(" ")
        yield name, f"{number} {made}"


def newest_told(kept: Iterable[str]) -> Told:
    """Fold events, oldest first, into the newest digest of each row that is still there."""
    newest: Told = {}
    for digests in kept:
        for name, made in told_in(digests):
            if name.startswith(TEXTS):
                continue
            if made.endswith(f" {GONE}"):
                newest.pop(name, None)
            else:
                newest[name] = made
    return newest


def fits(keys: Mapping[str, bytes], told: str | None, name: str, row: Mapping[str, Any]) -> bool:
    """Say whether a row of a table is as its newest digest says. `keys` are by their number."""
    if told is None:
        return False
    number, _, made = told.partition(" ")
    key = keys.get(number)
    return key is not None and digest(key, name, columns_of(row)) == made


def columns_of(row: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return the columns of a row of a table that its digest is made from, in order."""
    return sorted((name, value) for name, value in row.items() if name not in UNTOLD_COLUMNS)
