"""Card codes: words a young person can write down, made from the form, stored as a slow hash.

The code is an HMAC of the server key over the one-time form id, so sending a form again after a
lost answer shows the same code, and nothing is stored from which the code could be shown again. A
code is known by its number of words: a new one has five words of a short list, one of the first
release has four of a long list. Both still open their cards.

The long list is the EFF's large list (CC BY 3.0 US, https://www.eff.org/dice); most of its words
are replaced by words that are kinder to a child who has to write them down, and easier to spell.
The short list was chosen from it, with about 130 words that children know. Its words are spelt as
they sound; no two differ by one letter or sound alike. Neither list ever changes once codes are
out.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coprod_data.store.keys import Key, Keys

HERE = Path(__file__).parent
NEW_CODE, OLD_CODE = 5, 4  # words in a code
LISTS = {NEW_CODE: HERE / "card_code_short_words.txt", OLD_CODE: HERE / "card_code_words.txt"}
PURPOSES = {NEW_CODE: "card-code-5", OLD_CODE: "card-code"}
COST = 14  # doublings; never change it once codes are out, or they would no longer open

Digests = list[tuple[str, str]]


@cache
def words(length: int = NEW_CODE) -> tuple[str, ...]:
    """Return the words of codes of this length, in the order on which all these codes depend."""
    return tuple(LISTS[length].read_text(encoding="ascii").split())


def spell_code(
    form_id: str, key: Key, length: int = NEW_CODE, *, repeats: bool | None = None
) -> str:
    """Return the code of a form: its words joined by one space.

    A word comes once, except in the codes of the first release and, with `repeats`, in those that
    had a word twice when that was so of all.
    """
    repeats = length == OLD_CODE if repeats is None else repeats
    digest = hmac.new(key.derive(PURPOSES[length]), form_id.encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest, "big")
    spelt: list[str] = []
    while len(spelt) < length:
        number, index = divmod(number, len(words(length)))
        if repeats or words(length)[index] not in spelt:
            spelt.append(words(length)[index])
    return " ".join(spelt)


def spell_stored(
    form_id: str, key_number: str | None, length: int | None, keys: Keys, digest: str | None
) -> str:
    """Return the code of a stored form, made with its own key and its own number of words.

    An entry of the first release has no length: its code has four words. `digest` is that under
    which the code is stored; only where the two spellings differ, it says which was given out.
    """
    key = next((key for key in keys.all if key.number == key_number), keys.newest)
    length = length or OLD_CODE
    code = spell_code(form_id, key, length)
    before = spell_code(form_id, key, length, repeats=True)
    return before if before != code and code_digest(before, key) == digest else code


@dataclass(frozen=True)
class NewCode:
    """The code that a form will have, and the digest under which it is stored."""

    words: str
    digest: str
    key: str
    length: int = NEW_CODE


def new_code(form_id: str, keys: Keys) -> NewCode:
    """Return the code of a form; slow on purpose, so call it before a transaction in which others
    wait.
    """
    code = spell_code(form_id, keys.newest)
    return NewCode(code, code_digest(code, keys.newest), keys.newest.number)


def tidy_code(typed: str) -> str:
    """Return a code as typed in lower case, its words joined by one space."""
    return " ".join(re.findall(r"[a-z]+", typed.lower()))


def code_digest(code: str, key: Key) -> str:
    """Return the scrypt digest under which a code is stored, in hexadecimal."""
    return hashlib.scrypt(
        tidy_code(code).encode(), salt=key.derive("card-code-salt"), n=2**COST, r=8, p=1, dklen=32
    ).hex()


def code_digests(typed: str, keys: Keys) -> Digests:
    """Return (key number, digest) for every key still kept; each takes one scrypt."""
    return [(key.number, code_digest(typed, key)) for key in keys.all]


def form_digest(form_id: str, key: Key) -> str:
    """Return the hash of a form id, unique for each entry, by which a form sent again is
    recognised.
    """
    return hmac.new(key.derive("form-id"), form_id.encode(), hashlib.sha256).hexdigest()
