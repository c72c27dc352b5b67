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
    for line in path.read_text(encoding="ascii").splitlines() if path.exists() else ():
        try:
            found.add(int(json.loads(line)["entry"]))
        except (ValueError, KeyError, TypeError):
            continue
    return found


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
