"""A file that only whoever knows its passphrase can read, written and read as a stream.

The key is made with scrypt from the passphrase and a salt. Each piece is sealed by itself; its
number and whether it is the last are sealed with it, so that none can be lost, moved or cut off.
"""

import os
from io import RawIOBase
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"Together backup 1\n"
COST = 2**15
PIECE = 1 << 20
SALT, LENGTH = 16, 4  # bytes


class Unreadable(Exception):
    """The file cannot be read: another passphrase, or it was damaged, cut off or is no backup."""


class SealingFile(RawIOBase):
    """Writes what it is given, sealed. `close` writes the last piece and flushes it to the disk."""

    def __init__(self, path: Path, passphrase: str) -> None:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file: IO[bytes] = os.fdopen(handle, "wb")
        salt = os.urandom(SALT)
        self._file.write(MAGIC + salt)
        self._cipher, self._number, self._waits = _cipher(passphrase, salt), 0, bytearray()

    def write(self, data: Any, /) -> int:
        """Seal these bytes."""
        self._waits += data
        while len(self._waits) > PIECE:
            self._piece(bytes(self._waits[:PIECE]), last=False)
            del self._waits[:PIECE]
        return len(data)

    def close(self) -> None:
        """Write the last piece."""
        if not self.closed:
            self._piece(bytes(self._waits), last=True)
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        super().close()

    def _piece(self, data: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number), data, _said(last=last))
        self._file.write(len(sealed).to_bytes(LENGTH, "big") + bytes([last]) + sealed)
        self._number += 1


class OpenedFile(RawIOBase):
    """Reads what was sealed. Raises Unreadable."""

    def __init__(self, path: Path, passphrase: str) -> None:
        self._file = path.open("rb")
        if self._file.read(len(MAGIC)) != MAGIC:
            self._file.close()
            raise Unreadable(f"{path} is not a backup of Together.")
        self._cipher = _cipher(passphrase, self._file.read(SALT))
        self._number, self._ready, self._last = 0, bytearray(), False

    def read(self, size: int = -1, /) -> bytes:
        """Return as many bytes as asked for, or what is left."""
        while not self._last and (size < 0 or len(self._ready) < size):
            self._piece()
        size = len(self._ready) if size < 0 else size
        read = bytes(self._ready[:size])
        del self._ready[:size]
        return read

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()

    def _piece(self) -> None:
        length, last = self._file.read(LENGTH), self._file.read(1) == b"\x01"
        sealed = self._file.read(int.from_bytes(length, "big"))
        try:
            self._ready += self._cipher.decrypt(_nonce(self._number), sealed, _said(last=last))
        except (InvalidTag, ValueError) as error:
            raise Unreadable(
                "The backup cannot be read: another passphrase, or it is damaged or cut off."
            ) from error
        self._number, self._last = self._number + 1, last


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(passphrase.encode()))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _said(*, last: bool) -> bytes:
    return MAGIC + bytes([last])
