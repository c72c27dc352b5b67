"""Which entries were erased and when: a file beside the key, so that no backup brings words back.

It is appended to after each commit that erases, and made whole again from the database at start and
before each backup. It holds numbers and times, no words.
"""

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import EntryVersion
from coprod_data.store.places import PlaceFault

ERASED = "erased"  # in the information of a session: entries whose words it erased


def erasures_of(key_file: Path) -> Path:
    """Return where erased entries are listed."""
    return key_file.with_name(f"{key_file.name}.erased")


def list_erased(key_file: Path, entry_ids: Iterable[int], at: datetime) -> None:
    """Add entries to the list, for its owner only."""
    lines = "".join(json.dumps({"entry": one, "at": at.isoformat()}) + "\n" for one in entry_ids)
    handle = os.open(erasures_of(key_file), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="ascii") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())


def read_erased(path: Path) -> set[int]:
    """Return the entries on a list; a line that a fault cut off is left out."""
    found = set()
    for line in path.read_text("ascii", "replace").splitlines() if path.exists() else ():
        try:
            found.add(int(json.loads(line)["entry"]))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def listed_for_restore(path: Path, made_at: str) -> tuple[set[int], set[int]]:
    """Return the entries on a list that a restore is told to follow, and which of them were erased
    before a backup of `made_at`, so that it must know them.

    An empty list is one: nothing was erased. Raises PlaceFault for a file that is none; only its
    last line may have been cut off.
    """
    try:
        lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    except (OSError, UnicodeDecodeError) as fault:
        raise _no_list(path, "it cannot be read") from fault
    found: set[int] = set()
    before: set[int] = set()
    for number, line in enumerate(lines, 1):
        try:
            said = json.loads(line)
            entry_id, at = int(said["entry"]), datetime.fromisoformat(said["at"])
        except (ValueError, KeyError, TypeError) as fault:
            if found and number == len(lines):
                continue
            raise _no_list(path, f"line {number} of {len(lines)} names no entry") from fault
        found.add(entry_id)
        if at < datetime.fromisoformat(made_at):
            before.add(entry_id)
    return found, before


def _no_list(path: Path, why: str) -> PlaceFault:
    return PlaceFault(
        f"{path} is no list of erased entries: {why}. Nothing was restored. Name the file beside "
        "the key of the server that was lost; its name ends with .erased."
    )


def make_erasures_whole(db: Session, key_file: Path, at: datetime) -> None:
    """Add what the database knows to be erased and the list does not name."""
    has_words = sa.or_(EntryVersion.thinks.is_not(None), EntryVersion.wants.is_not(None))
    erased = (
        sa.select(EntryVersion.entry_id)
        .group_by(EntryVersion.entry_id)
        .having(sa.func.sum(sa.case((has_words, 1), else_=0)) == 0)
    )
    missing = sorted(set(db.scalars(erased)) - read_erased(erasures_of(key_file)))
    list_erased(key_file, missing, at)
