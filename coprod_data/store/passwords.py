"""What a password must be, and its slow hash. Only length matters, not kinds of characters."""

import bcrypt

from coprod_data.permissions import Invalid

SHORTEST, LONGEST, LONGEST_BYTES = 12, 64, 72
TOO_COMMON = ("password", "letmein", "welcome", "qwerty", "123456", "abcdef", "football")
DUMMY_HASH = "$2b$12$NasJ8NkIPccZAob9aD41COSISv40ci/iISmwtFtQ7zpM1RAWyG8.u"
COST = 12


def checked_password(password: str, username: str = "") -> str:
    """Return a password that is long enough and not a common one. Raises Invalid."""
    if password != password.strip():
        raise Invalid("Take out the spaces at the beginning or end.", field="password")
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid(
            f"Use {SHORTEST} to {LONGEST} characters. "
            "Four words that mean something to you work well.",
            field="password",
        )
    if len(password.encode()) > LONGEST_BYTES:
        raise Invalid(
            "That password is too long with these characters. Shorten it.", field="password"
        )
    plain = password.lower()
    if any(common in plain for common in TOO_COMMON) or len(set(plain)) < 5:
        raise Invalid("That password is easy to guess. Choose another.", field="password")
    if username and username.lower() in plain:
        raise Invalid("Leave your username out of your password.", field="password")
    return password


def hash_password(password: str) -> str:
    """Return bcrypt at cost 12; slow on purpose, so call it outside a transaction."""
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(COST)).decode("ascii")


def is_password(password: str, stored: str | None) -> bool:
    """Say whether a password fits its hash; takes the same time when there is no hash."""
    typed = password.encode()[:LONGEST_BYTES]
    fits = bcrypt.checkpw(typed, (stored or DUMMY_HASH).encode("ascii"))
    return fits and stored is not None


def is_weaker(stored: str) -> bool:
    """Say whether a hash was made at a lower cost than today's."""
    return int(stored.split("$")[2]) < COST
