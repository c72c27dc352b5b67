"""Join codes of sessions: two words of the short list of card codes, made from the session.

Nobody is kept out by a join code for long: it opens a form that anybody may fill in, for a day. So
it is short enough to be read from a wall.
"""

import hashlib
import hmac

from coprod_data.store.card_codes import words
from coprod_data.store.keys import Key

WORDS = 2
PURPOSE = "join-code"


def spell_join_code(session_id: int, number: int, key: Key) -> str:
    """Return the code that a session has as its first, second ... one."""
    said = f"{session_id}:{number}".encode()
    rest = int.from_bytes(hmac.new(key.derive(PURPOSE), said, hashlib.sha256).digest(), "big")
    spelt: list[str] = []
    while len(spelt) < WORDS:
        rest, index = divmod(rest, len(words()))
        if words()[index] not in spelt:
            spelt.append(words()[index])
    return " ".join(spelt)


def spaced(code: str) -> str:
    """Return a tidy code that was typed without its space as the two words of the list that it can
    only be, and any other as it is.
    """
    known = words()
    halves = ((code[:at], code[at:]) for at in range(1, len(code)))
    found = [f"{one} {two}" for one, two in halves if one in known and two in known]
    return found[0] if len(found) == 1 else code
