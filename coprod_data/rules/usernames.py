"""What a username and a name on screen may be, and a username from a name."""

import re
from collections.abc import Collection
from itertools import count

from coprod_data.permissions import Invalid
from coprod_data.rules.letters import normal
from coprod_data.rules.texts import required_line

TITLES = frozenset({"cllr", "councillor", "mr", "mrs", "ms", "miss", "mx", "dr", "rev", "prof"})
LONGEST = 60
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")


def checked_username(typed: str) -> str:
    """Return a username as it is kept. Raises Invalid."""
    username = required_line(
        typed, "username", "Give a username, for example jo.smith.", LONGEST
    ).lower()
    if not set(username) <= _LETTERS:
        raise Invalid(
            "A username can only have letters, digits, dots and dashes.", field="username"
        )
    return username


def checked_name(typed: str) -> str:
    """Return a name to show on screen. Raises Invalid."""
    return required_line(typed, "name", "Give the name to show on screen.", 120)


def username_of(name: str) -> str:
    """Return `dawn.pryce` for Cllr Dawn Pryce: plain letters and dots, without a title."""
    plain = normal("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9-]+", plain.replace("'", "").replace("’", ""))
    said = [word for word in words if word not in TITLES]
    return ".".join(said)[:LONGEST].strip(".")


def free_username(name: str, taken: Collection[str]) -> str:
    """Return `dawn.pryce`, or `dawn.pryce.2` where somebody has that one already."""
    wanted = username_of(name)
    if wanted not in taken:
        return wanted
    numbered = (f"{wanted[: LONGEST - 4]}.{number}" for number in count(2))
    return next(one for one in numbered if one not in taken)
