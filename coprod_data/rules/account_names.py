"""The names of which the full name on an account consists, and what two accounts are told by."""

import re

from coprod_data.rules.names import plain

TITLES = frozenset([
    "mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "cllr", "clr", "councillor", "ald",
    "alderman", "pc", "sgt", "sir", "dame", "madam", "lord", "lady", "baroness", "rev", "revd",
    "reverend", "prof", "professor", "hon", "rt",
])  # fmt: skip
_BETWEEN = re.compile(r"[\s./|–]+")
KEY_LENGTH = 120


def names_of(full_name: str) -> list[str]:
    """Return the names of an account, folded. A title is none, nor is what follows in brackets."""
    said, _, _ = full_name.partition("(")
    surname, _, first = said.partition(",")
    names = [name for name in map(plain, _BETWEEN.split(f"{first} {surname}")) if name]
    while names and names[0] in TITLES:
        names = names[1:]
    return names


def name_key(full_name: str) -> str:
    """Return what is the same for all accounts that seem to be of one person: first and last name.

    Capitals, accents, hyphens, titles and names between these two make no difference.
    """
    names = names_of(full_name)
    folded = f"{names[0]} {names[-1]}" if names else plain(full_name)
    return folded[:KEY_LENGTH]
