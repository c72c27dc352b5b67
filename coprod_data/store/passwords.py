"""What a password must be, and its slow hash. Kinds of characters do not matter: length does, and
that nobody guesses it: not the 10,000 most common, not the owner's or the council's names.
"""

import gzip
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import bcrypt

from coprod_data.permissions import Invalid

SHORTEST, LONGEST, LONGEST_BYTES = 12, 64, 72
TOO_COMMON = ("password", "letmein", "welcome", "qwerty", "123456", "abcdef", "football")
COMMON = Path(__file__).with_name("common_passwords.txt.gz")  # of Django, BSD; see README
SHORTEST_NAME, SHORT = 3, 4
SITE = "Together"  # on every page, and in the password that every copy of the demonstration has
EVERYWHERE = frozenset(
    {
        "the",
        "council",
        "county",
        "city",
        "borough",
        "dr",
        "mrs",
        "cllr",
        "panel",
        "board",
        "pledge",
        "promise",
    }
)  # too common in words to be refused alone
DUMMY_HASH = "$2b$12$NasJ8NkIPccZAob9aD41COSISv40ci/iISmwtFtQ7zpM1RAWyG8.u"
COST = 12


def checked_password(password: str, username: str = "", names: Iterable[str] = ()) -> str:
    """Return a password that is long enough and that nobody guesses. Raises Invalid.

    `names` are the owner's, the council's and the Board's: no word of them, nor this site's own
    name, may be in it.
    """
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
    if any(common in plain for common in TOO_COMMON) or len(set(plain)) < 5 or _is_common(plain):
        raise Invalid("That password is easy to guess. Choose another.", field="password")
    if username and username.lower() in plain:
        raise Invalid("Leave your username out of your password.", field="password")
    for name in (SITE, *names):
        if _is_guessed_first(name, plain):
            raise Invalid(
                "Leave your own name, and what this site and the council are called, out of your "
                "password.",
                field="password",
            )
    return password


def _is_common(plain: str) -> bool:
    """Say whether it is a common password, one twice or more, or one with digits and signs round
    it.
    """
    letters, joined = re.sub(r"[\W\d_]+", "", plain), re.sub(r"[\W_]+", "", plain)
    repeated = {
        one[:size]
        for one in {plain, letters, joined}
        for size in range(3, len(one) // 2 + 1)
        if one == one[:size] * (len(one) // size)
    }
    bare = plain.strip("0123456789!?.,-_*#@$ ")
    return not common_passwords().isdisjoint({plain, letters, bare, *repeated})


@cache
def common_passwords() -> frozenset[str]:
    """Return the 10,000 most common passwords, in lower case."""
    return frozenset(gzip.decompress(COMMON.read_bytes()).decode().split())


def _is_guessed_first(name: str, plain: str) -> bool:
    """Say whether a name is in a password: a short word of it only where it is a word there."""
    words = re.findall(r"\w+", name.lower())
    ours = {word for word in words if len(word) >= SHORTEST_NAME} - EVERYWHERE
    apart = set(re.findall(r"[^\W\d_]+", plain))
    whole = len(words) > 1 and "".join(words) in plain
    return whole or any(word in (plain if len(word) > SHORT else apart) for word in ours)


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
