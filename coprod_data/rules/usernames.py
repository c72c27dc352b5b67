"""A username from a name, for accounts that are added several at once."""

import re
from collections.abc import Collection
from itertools import count

from coprod_data.rules.letters import normal

TITLES = frozenset({"cllr", "councillor", "mr", "mrs", "ms", "miss", "mx", "dr", "rev", "prof"})
LONGEST = 60


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
