"""Cards that this server showed within the last hour: who has one open does not wait behind those
who type codes.

A code is known by a quick hash, under a key that is kept nowhere and ends with this process.
"""

import hmac
import secrets
import time
from collections import OrderedDict

from coprod_data.store.card_codes import tidy_code

LASTS, MOST = 3600, 5000  # seconds; cards

_key = secrets.token_bytes(32)
_shown: OrderedDict[bytes, float] = OrderedDict()


def note_shown(code: str) -> None:
    """Remember that the card of this code is shown now."""
    here = _hash_of(code)
    _shown[here] = time.monotonic()
    _shown.move_to_end(here)
    while len(_shown) > MOST:
        _shown.popitem(last=False)


def was_shown(code: str) -> bool:
    """Say whether the card of this code was shown within the last hour."""
    return time.monotonic() - _shown.get(_hash_of(code), -LASTS) < LASTS


def _hash_of(code: str) -> bytes:
    return hmac.digest(_key, tidy_code(code).encode(), "sha256")
