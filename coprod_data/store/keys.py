"""The server's keys: one file, newest key last, and purpose-bound keys derived from them.

The file is made with mode 0600 on first use. A key is kept as long as any entry made under it.
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


@dataclass(frozen=True)
class Keys:
    """All keys still kept, oldest first."""

    all: tuple[Key, ...]

    @property
    def newest(self) -> Key:
        """The key that new codes and tokens are made under."""
        return self.all[-1]

    def keyed_hash(self, purpose: str, text: str) -> str:
        """Return a hash of a text that nobody without the key can recompute, in hexadecimal."""
        return hmac.new(self.newest.derive(purpose), text.encode(), hashlib.sha256).hexdigest()

    def address_hashes(self, address: str, at: datetime) -> tuple[str, str]:
        """Return an address's hashes under today's and yesterday's key."""
        days = (at.date(), at.date() - timedelta(days=1))
        today, yesterday = (self.keyed_hash(f"address {day}", address) for day in days)
        return today, yesterday


def load_keys(path: Path) -> Keys:
    """Read the key file, making it on first use. Raises UnsafeKey."""
    keys = []
    for line in _lines(path):
        number, _, secret = line.partition(" ")
        try:
            key = Key(number, bytes.fromhex(secret))
        except ValueError as error:
            raise UnsafeKey(f"{path} is damaged. Restore it from your back-up.") from error
        if len(key.secret) < 32:
            raise UnsafeKey(f"A key in {path} is shorter than 32 bytes. Make a new file.")
        keys.append(key)
    if not keys:
        raise UnsafeKey(f"{path} holds no key. Restore it from your back-up.")
    return Keys(tuple(keys))


def restoring(path: Path) -> Path:
    """Return the mark that stands beside the key file while a backup is being restored."""
    return path.with_name(f"{path.name}.restoring")


def _lines(path: Path) -> list[str]:
    try:
        if restoring(path).exists():
            raise UnsafeKey(
                f"A restore did not end: {restoring(path)} is still there. Run the same restore "
                "again; it begins anew."
            )
        if not path.exists():
            _make(path)
        if path.is_dir():
            raise UnsafeKey(f"{path} is a folder. Name the key file in COPROD_KEY_FILE.")
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise UnsafeKey(f"Others can read {path}. Run: chmod 600 {path}")
        return path.read_text(encoding="ascii").splitlines()
    except OSError as error:
        raise UnsafeKey(
            f"The key file {path} cannot be used: {error.strerror}. Check COPROD_KEY_FILE."
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
