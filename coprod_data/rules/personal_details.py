"""Parts of a text that may reveal who somebody is: shown to a person, never changed.

Patterns find numbers, addresses and titles with a name. They miss plain first names, nicknames and
stories, so a clean result proves nothing, and any page that shows it must say so.
"""

import re

_PATTERNS = (
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",  # mail
    r"(?<!\w)@\w{3,}",  # a name in an app
    r"(?<![\d+])(?:\+44|0)(?:[\s-]?\d){9,10}(?!\d)",  # a telephone
    r"\b[A-Za-z]{1,2}\d[A-Za-z\d]?\s?\d[A-Za-z]{2}\b",  # a postcode
    r"\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}\b",  # a date of birth
    r"\b\d{1,4}[A-Za-z]?\s+(?:[A-Z][a-z]+\s+){1,3}"
    r"(?:Street|Road|Avenue|Lane|Close|Drive|Way|Court|Gardens|Crescent|Terrace|Place)\b",
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|PC|Sir)\.?\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?",
    r"\b[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)*\s+(?:[Ss]chool|[Aa]cademy|[Cc]ollege|[Pp]rimary)\b",
)
_ANY = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))


def possible_details(text: str) -> list[str]:
    """Return what may reveal who somebody is, in the order of the text, each once.

    Words in square brackets are roles and are left out.
    """
    shown = re.sub(r"\[[^\[\]]*\]", lambda role: " " * len(role[0]), text)
    return list(dict.fromkeys(found[0].strip() for found in _ANY.finditer(shown)))
