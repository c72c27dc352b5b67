"""The token of a one-time link, derived from the server's key and the number of the link.

So it can be shown again to the person who made it, and is kept nowhere: the database holds only its
hash.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from coprod_data.store.keys import Key, Keys


def new_token(keys: Keys, number: int) -> str:
    """Return the token of a link that is being made."""
    return _token(keys.newest, number)


def token_again(keys: Keys, number: int, token_hash: str) -> str | None:
    """Return the token of a link made under a key still kept, or None."""
    tokens = (_token(key, number) for key in reversed(keys.all))
    return next((token for token in tokens if hash_of(token) == token_hash), None)


def hash_of(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _token(key: Key, number: int) -> str:
    made = hmac.digest(key.derive("one-time link"), str(number).encode(), "sha256")
    return urlsafe_b64encode(made).decode().rstrip("=")
