"""Which entries were erased and when: a file beside the key, so that no backup brings words back.

It is appended to after each commit that erases, and made whole again from the database at start and
before each backup. It holds numbers and times, no words. Each line carries a mark over itself and
every line above it, made with the council's oldest key: so no other council's list is taken for
this one's, and no line is changed, put in or left out above another.
"""

import hashlib
import hmac
import json
import logging
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import EntryVersion
from coprod_data.store.keys import Keys
from coprod_data.store.places import PlaceFault

if sys.platform != "win32":
    import fcntl

log = logging.getLogger("coprod_data")

ERASED = "erased"  # in the information of a session: entries whose words it erased
SHOWN = 16  # of a mark, to be compared by eye
_NOTHING = "Nothing was restored."


@dataclass(frozen=True)
class ErasedLine:
    """One line of a list: an entry, when it was erased, and the mark, if it has one."""

    entry_id: int
    at: str
    mark: str = ""


def erasures_of(key_file: Path) -> Path:
    """Return where erased entries are listed."""
    return key_file.with_name(f"{key_file.name}.erased")


def list_erased(key_file: Path, keys: Keys, entry_ids: Iterable[int], at: datetime) -> None:
    """Add entries to the list, for its owner only.

    A line that a fault cut off goes. Lines of a release that made no marks get theirs. A list that
    is not this council's, or was changed, is put aside: the next start lists again what the
    database knows to be erased.
    """
    more = [ErasedLine(one, at.isoformat()) for one in entry_ids]
    path = erasures_of(key_file)
    with _locked(path) as file:
        is_ours = _add(file, more, keys)
        if not is_ours:
            _put_aside(path)
    if not is_ours:
        with _locked(path) as file:
            _add(file, more, keys)
    if more:  # kept where nobody who can cut the list off reaches it
        log.info("The list of erased entries: %s", end_of(path))


def read_erased(path: Path) -> set[int]:
    """Return the entries on a list; a line that a fault cut off is left out."""
    text = path.read_text("ascii", "replace") if path.exists() else ""
    return {line.entry_id for line in _lines(text)[0] if line is not None}


def listed_for_restore(
    path: Path, keys: Keys, made_at: str, *, unmarked: bool = False
) -> tuple[set[int], set[int]]:
    """Return the entries on a list that a restore is told to follow, and which of them were erased
    before a backup of `made_at`, so that it must know them.

    An empty list is one: nothing was erased. Raises PlaceFault for a file that is no list, for one
    whose marks another council's key made or that was changed, and, without `unmarked`, for one
    that has no marks; only its last line may have been cut off.
    """
    try:
        lines, _ = _lines(path.read_text(encoding="ascii") if path.exists() else "")
    except (OSError, UnicodeDecodeError) as fault:
        raise _no_list(path, "it cannot be read") from fault
    known = [line for line in lines if line is not None]
    if len(known) < len(lines):
        number = lines.index(None) + 1
        raise _no_list(path, f"line {number} of {len(lines)} names no entry")
    if (wrong := _first_wrong(known, keys)) is not None:
        raise PlaceFault(
            f"{path} is not the list that this council's server wrote: the mark on line {wrong} of "
            f"{len(known)} was not made with the key in this backup. It is of another council, or "
            f"somebody changed it. {_NOTHING} Name another copy of the list."
        )
    if known and not known[-1].mark and not unmarked:
        raise PlaceFault(
            f"{path} was written by an earlier release, which put no mark on its lines, so nothing "
            f"shows whose it is. {_NOTHING} If you know that it is this council's and that nobody "
            "changed it, say --unmarked-erasures too."
        )
    when = datetime.fromisoformat(made_at)
    before = {line.entry_id for line in known if datetime.fromisoformat(line.at) < when}
    return {line.entry_id for line in known}, before


def must_go_on_from(paths: Iterable[Path], own: Path) -> None:
    """Raise PlaceFault if none of these lists goes on from `own`, the one in the backup.

    An older copy does not, nor one whose newest lines somebody cut off. A list that began otherwise
    is another server's, and says nothing about this one.
    """
    kept = _marks_on(own)
    if not any(kept):
        return  # nothing was erased, or an earlier release made no marks
    there = {path: _marks_on(path) for path in paths if path.exists()}
    begun = [path for path, marks in there.items() if marks[:1] in ([], kept[:1])]
    if begun and not any(there[path][: len(kept)] == kept for path in begun):
        raise PlaceFault(
            f"{begun[0]} does not go on from the list in this backup, whose lines number "
            f"{len(kept):,}: it is an older copy, or its newest lines were cut off. {_NOTHING} "
            "Name a newer copy of the list. If there is none, say --without-erasures and no list: "
            "words that were erased since this backup was made come back."
        )


def end_of(path: Path) -> str:
    """Say how many lines a list has, and the end of its mark: the server's log says it too."""
    marks = _marks_on(path)
    return f"lines: {len(marks):,}, newest mark: {marks[-1][-SHOWN:] if marks else 'none'}"


def _marks_on(path: Path) -> list[str]:
    text = path.read_text("ascii", "replace") if path.exists() else ""
    return [line.mark for line in _lines(text)[0] if line is not None]


def _no_list(path: Path, why: str) -> PlaceFault:
    return PlaceFault(
        f"{path} is no list of erased entries: {why}. {_NOTHING} Name the file beside "
        "the key of the server that was lost; its name ends with .erased."
    )


def make_erasures_whole(db: Session, key_file: Path, keys: Keys, at: datetime) -> None:
    """Add what the database knows to be erased and the list does not name."""
    list_erased(key_file, keys, (), at)  # first: a list that is not this council's goes
    has_words = sa.or_(EntryVersion.thinks.is_not(None), EntryVersion.wants.is_not(None))
    erased = (
        sa.select(EntryVersion.entry_id)
        .group_by(EntryVersion.entry_id)
        .having(sa.func.sum(sa.case((has_words, 1), else_=0)) == 0)
    )
    missing = sorted(set(db.scalars(erased)) - read_erased(erasures_of(key_file)))
    if missing:
        log.warning(
            "The list of erased entries lacked %s that the database knows to be erased: another "
            "server erased them, a fault kept them off, or its newest lines were cut off.",
            len(missing),
        )
    list_erased(key_file, keys, missing, at)


@contextmanager
def _locked(path: Path) -> Iterator[IO[str]]:
    """Open a list that no other process adds to until this one is ready."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "r+", encoding="ascii", errors="replace") as file:
        if sys.platform != "win32":
            fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _add(file: IO[str], more: list[ErasedLine], keys: Keys) -> bool:
    """Add lines to an open list, unless it is not this council's; return whether it is."""
    lines, whole = _lines(file.read())
    known = [line for line in lines if line is not None]
    if len(known) < len(lines) or _first_wrong(known, keys) is not None:
        return False
    marked = list(_marked([*known, *more], keys))
    if whole and all(line.mark for line in known):
        marked = marked[len(known) :]
    else:
        file.truncate(0)
    file.write("".join(marked))
    file.flush()
    os.fsync(file.fileno())
    return True


def _put_aside(path: Path) -> None:
    aside = path.with_name(f"{path.name}.not-ours")
    path.replace(aside)
    log.error("%s was not this council's list, or was changed. It is %s now.", path, aside)


def _lines(text: str) -> tuple[list[ErasedLine | None], bool]:
    """Return the lines of a list, None for one that cannot be read, and whether its end is there:
    a last line that a fault cut off is left out.
    """
    whole = not text or text.endswith("\n")
    lines = [_line(one) for one in text.splitlines()]
    if not whole and len(lines) > 1 and lines[-1] is None:
        lines.pop()
    return lines, whole


def _line(text: str) -> ErasedLine | None:
    try:
        said = json.loads(text)
        datetime.fromisoformat(said["at"])
        return ErasedLine(int(said["entry"]), str(said["at"]), str(said.get("mark", "")))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _marks(lines: Iterable[ErasedLine], keys: Keys) -> Iterator[str]:
    # The oldest key: a backup from before a rotation has it too, and so has a file that ended it.
    oldest = min(keys.of_log, key=lambda key: (len(key.number), key.number))
    secret = hmac.digest(oldest.of_seals, b"list of erased entries", "sha256")
    so_far = hmac.new(secret, digestmod=hashlib.sha256)
    for line in lines:
        so_far.update(f"{line.entry_id} {line.at}\n".encode())
        yield so_far.hexdigest()


def _marked(lines: list[ErasedLine], keys: Keys) -> Iterator[str]:
    for line, mark in zip(lines, _marks(lines, keys), strict=True):
        yield json.dumps({"entry": line.entry_id, "at": line.at, "mark": mark}) + "\n"


def _first_wrong(lines: list[ErasedLine], keys: Keys) -> int | None:
    """Return the number of the first line whose mark is wrong, or missing below a line with one."""
    has_marks = False
    for number, (line, mark) in enumerate(zip(lines, _marks(lines, keys), strict=True), 1):
        has_marks = has_marks or bool(line.mark)
        if has_marks and not hmac.compare_digest(line.mark, mark):
            return number
    return None
