"""The newest seal, noted beside the key: a log whose end was deleted ends before it.

Whoever may write in the database alone cannot reach this file.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class SealNote:
    """The newest seal, by its number and hash, and the newest event when it was noted."""

    seal: int
    hash: str
    event: int


def note_of(key_file: Path) -> Path:
    """Return where the newest seal is noted."""
    return key_file.with_name(f"{key_file.name}.seal")


def read_note(key_file: Path | None) -> SealNote | None:
    """Return the note, or None if there is none that can be read."""
    try:
        return None if key_file is None else SealNote(**json.loads(note_of(key_file).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def write_note(key_file: Path, note: SealNote) -> None:
    """Write the note, for its owner only, whole or not at all."""
    fresh = note_of(key_file).with_suffix(".fresh")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump(asdict(note), file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(note_of(key_file))
