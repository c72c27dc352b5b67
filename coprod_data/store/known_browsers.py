"""The mark of a browser in which somebody signed in lately: its failures are counted apart.

So a stranger who types wrong passwords locks out strangers only. The mark opens nothing. It names
nobody to who reads it, and is kept nowhere on the server.
"""

import hashlib
import hmac
import secrets
from datetime import date, timedelta

from coprod_data.store.keys import Key, Keys

KNOWN_FOR = timedelta(days=30)


def new_mark(keys: Keys, name: str, day: date) -> str:
    """Return the mark for a browser in which the account of this name has just signed in."""
    said = f"{secrets.token_urlsafe(16)}.{day.toordinal()}"
    return f"{said}.{_proof(keys.newest, name, said)}"


def browser_of(keys: Keys, mark: str, name: str, day: date) -> str:
    """Return what a known browser is counted by, or "" for any other, or for another name."""
    said, _, proof = mark.rpartition(".")
    made = said.rpartition(".")[2]
    if not made.isdecimal() or len(mark) > 200:
        return ""
    if not 0 <= day.toordinal() - int(made) <= KNOWN_FOR.days:
        return ""
    if not any(
        hmac.compare_digest(_proof(key, name, said).encode(), proof.encode()) for key in keys.all
    ):
        return ""
    return hashlib.sha256(mark.encode()).hexdigest()


def _proof(key: Key, name: str, said: str) -> str:
    return hmac.digest(key.derive("known browser"), f"{name} {said}".encode(), "sha256").hex()
