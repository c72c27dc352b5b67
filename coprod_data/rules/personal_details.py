"""What in a text may tell who somebody is: highlighted for a person to look at, never changed.

Patterns find numbers, addresses, schools, handles and titles with a name, and a list finds common
first names. Nicknames, rare names and stories are missed, so a clean result says nothing, and
whoever shows it says so too.
"""

import re

from coprod_data.rules.names import first_names

_KIND_OF_SCHOOL = (
    r"(?:[Ss]chool|[Aa]cademy|[Cc]ollege|[Pp]rimary|[Ss]econdary|[Hh]igh|[Ss]ixth [Ff]orm)"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:[a-z]{0,6})"  # short or in full
_APPS = (
    r"(?:snap(?:chat)?|insta(?:gram)?|ig|tik ?tok|discord|roblox|psn|xbox|kik|gamer ?tag|telegram"
    r"|facebook|user ?name|whats ?app)"
)
_NOT_A_SCHOOL = (
    r"(?:a|an|the|my|our|this|that|new|old|same|high|big|good|special|another|any|different|your|"
    r"his|her|their|to|in|at|from|and|me|go|after|primary|secondary|normal|proper)"
)
_PATTERNS = (
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",  # mail
    r"(?<!\w)@\w{3,}",  # a name in an app
    rf"(?i:\b{_APPS}\b(?:\s+(?:is|name|user|tag|its))*\s*[:=@-]?\s*"
    r"(?P<handle>[a-z][\w.]*[\d_.][\w.#]*\w))",
    r"(?<![\d+])(?:\+44|0)(?:[\s-]?\d){9,10}(?!\d)",  # a telephone
    r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b",  # an NHS number
    r"\b[A-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b",  # a National Insurance number
    r"(?i:\b[a-z]{2}\d{2}\s?[a-z]{3}\b)|\b[A-Z]\d{1,3}\s?[A-Z]{3}\b",  # the plate of a car
    r"\b[A-Za-z]{1,2}\d[A-Za-z\d]?\s?\d[A-Za-z]{2}\b",  # a postcode
    r"\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}\b",  # a date of birth
    rf"(?i:\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\s+(?:19|20)\d{{2}}\b)",
    r"\b\d{1,4}[A-Za-z]?\s+(?:[A-Z][a-z]+\s+){1,3}"
    r"(?:Street|Road|Avenue|Lane|Close|Drive|Way|Court|Gardens|Crescent|Terrace|Place)\b",
    r"\b\d{1,4}[a-z]?\s+(?!min|hour|mile|step|time|day|of\b|down\b|the\b)[a-z]+\s+"
    r"(?:[a-z]+\s+)?(?:street|road|avenue|lane|crescent|terrace|gardens)\b",
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|PC|Sir)\.?\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?",
    rf"\b[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)*\s+{_KIND_OF_SCHOOL}\b",
    rf"\b(?i:goes|go|going|went|at|from)\s+(?:to\s+)?(?P<school>(?!{_NOT_A_SCHOOL}\b)[a-z'’-]{{3,}}\s+"
    r"(?:school|academy|college|primary))\b",
    r"\b(?i:lives?|living|stay(?:s|ing)?|moved|moving|goes|placed)\s+(?:at|in|on|to|near)\s+"
    r"(?P<place>[A-Z][a-z'’-]+(?:\s+[A-Z][a-z'’-]+)*)",
)
_ANY = [re.compile(pattern) for pattern in _PATTERNS]
# What is left of a name when only its beginning was hidden: "[my friend] Brown".
_LEFT_OF_A_NAME = re.compile(
    r"\](?:\s+|-)(?P<left>(?:(?:Mc|Mac|O['’])?[A-Z][a-z]{2,}|[A-Z][a-z]+-[A-Z][a-z]+)"
    r"(?:\s+(?:Mc|Mac|O['’])?[A-Z][a-z]+)?)"
)
_DAYS = frozenset(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
_BEGINS_A_SENTENCE = re.compile(
    r"(?i:after|also|and|because|but|cos|can|did|does|every(?:one|body)?|has|have|her|his|how|its|"
    r"just|last|lets|maybe|my|never|next|nobody|not|now|one|our|please|she|some(?:times)?|staff|"
    r"that|the|their|then|there|they|this|today|we|were|what|when|where|which|who|why|will|with|"
    r"would|yes|yesterday|you|your)"
)


def possible_details(text: str) -> list[str]:
    """Return what may tell who somebody is, in the order of the text, each once.

    Words in square brackets are roles and are left out. What is left of a name beside one is not.
    """
    shown = re.sub(r"\[[^\[\]]*\]", lambda role: " " * len(role[0]), text)
    spans: list[tuple[int, int]] = []
    for pattern in _ANY:
        for found in pattern.finditer(shown):
            part = found.lastgroup or 0
            spans.append(found.span(part))
    spans += [(name.start, name.end) for name in first_names(shown)]
    spans += [
        left.span("left")
        for left in _LEFT_OF_A_NAME.finditer(text)
        if not _BEGINS_A_SENTENCE.fullmatch(left["left"].split()[0])
    ]
    details, reached = [], 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        words = shown[start:end].strip()
        if start < reached or words in _DAYS:
            continue
        details.append(words)
        reached = end
    return list(dict.fromkeys(details))
