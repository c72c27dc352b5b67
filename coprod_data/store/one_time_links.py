"""The token of a one-time link or a calendar, derived from the server's key and its number.

So it can be shown again to the person who made it, and is kept nowhere: the database holds only its
hash.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from coprod_data.store.keys import Key, Keys

LINK, CALENDAR = "one-time link", "calendar"  # what a token opens


def new_token(keys: Keys, number: int, opens: str = LINK) -> str:
    """Return the token of a link or calendar that is being made."""
    return _token(keys.newest, number, opens)


def token_again(keys: Keys, number: int, token_hash: str, opens: str = LINK) -> str | None:
    """Return the token of one made under a key still kept, or None."""
    tokens = (_token(key, number, opens) for key in reversed(keys.all))
    return next((token for token in tokens if hash_of(token) == token_hash), None)


def hash_of(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _token(key: Key, number: int, opens: str) -> str:
    made = hmac.digest(key.derive(opens), str(number).encode(), "sha256")
    return urlsafe_b64encode(made).decode().rstrip("=")
