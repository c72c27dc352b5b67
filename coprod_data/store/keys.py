"""The server's keys: one file, newest key last, and purpose-bound keys derived from them.

The file is made with mode 0600 on first use. Of a key that was ended it keeps what is needed to
check the log made under it, and nothing that opens a card or a sealed text.
"""

import hashlib
import hmac
import os
import secrets
import stat
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from coprod_data.store.places import why_not

ENDED = "ended"  # after the number of a key that was ended


class UnsafeKey(Exception):
    """The key file is not safe to use; the sentence says what to do."""


@dataclass(frozen=True)
class Key:
    """One server key, 32 random bytes, with the number it is known by in the database."""

    number: str
    secret: bytes

    def derive(self, purpose: str) -> bytes:
        """Return 32 bytes for one purpose only."""
        return hmac.digest(self.secret, purpose.encode(), "sha256")

    @cached_property
    def of_rows(self) -> bytes:
        """The key of the digests of rows that events carry."""
        return self.derive("rows of the log")

    @cached_property
    def of_seals(self) -> bytes:
        """The key of the seals of the log."""
        return self.derive("seals of the log")


@dataclass(frozen=True)
class EndedKey:
    """What is left of an ended key: the log made under it can be checked."""

    number: str
    of_seals: bytes
    of_rows: bytes


LogKey = Key | EndedKey


@dataclass(frozen=True)
class Keys:
    """All keys still kept, oldest first, and the ended ones."""

    all: tuple[Key, ...]
    ended: tuple[EndedKey, ...] = ()

    @property
    def of_log(self) -> tuple[LogKey, ...]:
        """Every key under which the log may have been made."""
        return (*self.ended, *self.all)

    def go_on_from(self, before: "Keys") -> bool:
        """Say whether these are the keys `before` after keys were added or ended."""
        here = {key.number: key.of_seals for key in self.of_log}
        return all(here.get(key.number) == key.of_seals for key in before.of_log)

    @property
    def newest(self) -> Key:
        """The key that new codes and tokens are made under."""
        return self.all[-1]

    def keyed_hash(self, purpose: str, text: str) -> str:
        """Return a hash of a text that nobody without the key can recompute, in hexadecimal."""
        return hmac.new(self.newest.derive(purpose), text.encode(), hashlib.sha256).hexdigest()

    def keyed_hashes(self, purpose: str, text: str) -> list[str]:
        """Return a text's hashes under every key still kept, for what is older than the newest."""
        return [Keys((key,)).keyed_hash(purpose, text) for key in reversed(self.all)]

    def address_hashes(self, address: str, at: datetime) -> tuple[str, str]:
        """Return an address's hashes under today's and yesterday's key."""
        days = (at.date(), at.date() - timedelta(days=1))
        today, yesterday = (self.keyed_hash(f"address {day}", address) for day in days)
        return today, yesterday


def load_keys(path: Path) -> Keys:
    """Read the key file, making it on first use. Raises UnsafeKey."""
    return _read(path, make=True)


def read_keys(path: Path) -> Keys:
    """Read the key file and never make one. Raises UnsafeKey."""
    return _read(path, make=False)


def add_key(path: Path) -> Key:
    """Add a new key to the file: from now on the newest. Raises UnsafeKey."""
    keys = read_keys(path)
    numbers = (int(key.number) for key in keys.of_log if key.number.isdecimal())
    added = Key(str(max(numbers, default=0) + 1), secrets.token_bytes(32))
    _write(path, Keys((*keys.all, added), keys.ended))
    return added


def end_key(path: Path, number: str) -> None:
    """End an older key: what was made under it no longer opens, the log can still be checked.

    Raises UnsafeKey.
    """
    keys = read_keys(path)
    must_end(keys, number)
    ended = [EndedKey(k.number, k.of_seals, k.of_rows) for k in keys.all if k.number == number]
    kept = tuple(key for key in keys.all if key.number != number)
    _write(path, Keys(kept, (*keys.ended, *ended)))


def must_end(keys: Keys, number: str) -> None:
    """Raise UnsafeKey unless there is such a key and it is not the newest."""
    if number not in {key.number for key in keys.all}:
        known = ", ".join(key.number for key in keys.all)
        raise UnsafeKey(f"There is no key {number} to end. There are: {known}.")
    if number == keys.newest.number:
        raise UnsafeKey(
            f"Key {number} is the newest, and what is made now is made under it. "
            "Add another first: python -m coprod_data rotate-keys"
        )


def _read(path: Path, *, make: bool) -> Keys:
    keys: list[Key] = []
    ended: list[EndedKey] = []
    for line in _lines(path, make=make):
        number, *parts = line.split(" ")
        try:
            if parts[:1] == [ENDED] and len(parts) == 3:
                of_seals, of_rows = (bytes.fromhex(part) for part in parts[1:])
                ended.append(EndedKey(number, of_seals, of_rows))
                continue
            key = Key(number, bytes.fromhex(" ".join(parts)))
        except ValueError as error:
            raise UnsafeKey(f"{path} is damaged. Restore it from your back-up.") from error
        if len(key.secret) < 32:
            raise UnsafeKey(f"A key in {path} is shorter than 32 bytes. Make a new file.")
        keys.append(key)
    if not keys:
        raise UnsafeKey(f"{path} holds no key. Restore it from your back-up.")
    return Keys(tuple(keys), tuple(ended))


def _write(path: Path, keys: Keys) -> None:
    """Write the file for its owner only, whole or not at all. Raises UnsafeKey."""
    lines = [f"{k.number} {ENDED} {k.of_seals.hex()} {k.of_rows.hex()}" for k in keys.ended]
    lines += [f"{key.number} {key.secret.hex()}" for key in keys.all]
    fresh = path.with_name(f"{path.name}.fresh")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write("\n".join([*lines, ""]))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise UnsafeKey(f"{path} cannot be written: {why_not(error)}.") from error


def restoring(path: Path) -> Path:
    """Return the mark that stands beside the key file while a backup is being restored."""
    return path.with_name(f"{path.name}.restoring")


def _lines(path: Path, *, make: bool) -> list[str]:
    try:
        if restoring(path).exists():
            raise UnsafeKey(
                f"A restore did not end: {restoring(path)} is still there. Run the same restore "
                "again; it begins anew."
            )
        if make and not path.exists():
            _make(path)
        if path.is_dir():
            raise UnsafeKey(f"{path} is a folder. Name the key file in COPROD_KEY_FILE.")
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise UnsafeKey(f"Others can read {path}. Run: chmod 600 {path}")
        return path.read_text(encoding="ascii").splitlines()
    except OSError as error:
        raise UnsafeKey(
            f"The key file {path} cannot be used: {why_not(error)}. Check COPROD_KEY_FILE."
        ) from error
    except UnicodeDecodeError as error:
        raise UnsafeKey(f"{path} is damaged. Restore it from your back-up.") from error


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"1 {secrets.token_hex(32)}\n")
