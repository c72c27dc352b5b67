"""Card codes: four words a young person can write down, made from the form, stored as a slow hash.

The code is an HMAC of the server key over the one-time form id, so sending a form again after a
lost answer shows the same code, and nothing is stored from which the code could be shown again. The
words are the EFF's large list (CC BY 3.0 US, https://www.eff.org/dice); most are replaced by words
that are kinder to a child who has to write them down, and easier to spell. The list never changes
once codes are out.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coprod_data.store.keys import Key, Keys

WORD_LIST = Path(__file__).with_name("card_code_words.txt")
WORDS_IN_A_CODE = 4
COST = 14  # doublings; never change it once codes are out, or they would no longer open


@cache
def words() -> tuple[str, ...]:
    """Return the 7,776 checked words, in the order on which all codes depend."""
    return tuple(WORD_LIST.read_text(encoding="ascii").split())


def spell_code(form_id: str, key: Key) -> str:
    """Return the code of a form: four words joined by one space."""
    digest = hmac.new(key.derive("card-code"), form_id.encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest, "big")
    spelt = []
    for _ in range(WORDS_IN_A_CODE):
        number, index = divmod(number, len(words()))
        spelt.append(words()[index])
    return " ".join(spelt)


@dataclass(frozen=True)
class NewCode:
    """The code that a form will have, and the digest under which it is stored."""

    words: str
    digest: str
    key: str


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


def code_digests(typed: str, keys: Keys) -> list[tuple[str, str]]:
    """Return (key number, digest) for every key still kept; each takes one scrypt."""
    return [(key.number, code_digest(typed, key)) for key in keys.all]


def form_digest(form_id: str, key: Key) -> str:
    """Return the hash of a form id, unique for each entry, by which a form sent again is
    recognised.
    """
    return hmac.new(key.derive("form-id"), form_id.encode(), hashlib.sha256).hexdigest()
