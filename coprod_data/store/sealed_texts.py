"""Short texts that are kept in the database and that only this server can read."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from coprod_data.store.keys import Keys


def seal_text(keys: Keys, purpose: str, text: str) -> str:
    """Return a text encrypted under the newest key, for one purpose only."""
    return _box(keys, purpose).encrypt(text.encode()).decode()


def open_text(keys: Keys, purpose: str, sealed: str) -> str | None:
    """Return a text that was sealed under a key still kept, or None."""
    try:
        return _box(keys, purpose).decrypt(sealed).decode()
    except (InvalidToken, ValueError):  # what is no base64, or no ASCII
        return None


def _box(keys: Keys, purpose: str) -> MultiFernet:
    return MultiFernet(
        [Fernet(urlsafe_b64encode(key.derive(f"sealed {purpose}"))) for key in reversed(keys.all)]
    )
