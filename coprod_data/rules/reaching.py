"""Whether what somebody wrote is enough to reach them: a whole number, the name of a place."""

import re

# Ten digits or more in a row are a whole number in this country, without its first 0 or with it.
# It may have more beside it: another number, or when not to call.
_NUMBER = r"\d({between}*\d){{9}}"
_FEWEST_LETTERS = 3  # of a school or a worker
_SIGN = r"[^\p{L}\p{N}]"  # in a browser's pattern: neither a letter nor a digit

# Words beside the name of a school or a worker: "Friday after school" names neither.
_DAYS = ("mon", "tues?", "wed(nes)?", "thu(rs?)?", "fri", "sat(ur)?", "sun")
_NO_NAMES = (
    *(f"{day}(day)?s?" for day in _DAYS),
    "afternoons?", "after", "a", "am", "and", "any", "anytime", "at", "before", "best", "break",
    "college", "days?", "each", "every", "from", "in", "is", "it", "lunch", "lunchtime",
    "mornings?", "my", "not", "on", "or", "pm", "school", "the", "time", "to", "today", "tomorrow",
    "weekdays?", "weeks?", "worker", r"\d+(am|pm)?",
)  # fmt: skip
_NO_NAME = re.compile(rf"\b({'|'.join(_NO_NAMES)})\b", re.IGNORECASE)
_EITHER_CASE = [
    re.sub("^[a-z]", lambda sign: f"[{sign[0]}{sign[0].upper()}]", one) for one in _NO_NAMES
]

# The same for the `pattern` of a box, so that the last look at a form says what is missing.
NUMBER_PATTERN = f".*{_NUMBER.format(between=_SIGN)}.*"
NAME_PATTERN = (
    rf"(?!({_SIGN}*({'|'.join(_EITHER_CASE)})(?![\p{{L}}\p{{N}}]))*{_SIGN}*$)"
    rf"(.*\p{{L}}){{{_FEWEST_LETTERS}}}.*"
)


def has_whole_number(text: str) -> bool:
    """Say whether there is a whole number in a text, whatever stands beside it."""
    return re.search(_NUMBER.format(between=r"\W"), text) is not None


def is_a_name(text: str) -> bool:
    """Say whether a text names a school or a worker, and not only a day."""
    return _letters(_NO_NAME.sub("", text)) >= _FEWEST_LETTERS


def too_few_digits(text: str) -> bool:
    """Say whether a text is only a part of a number."""
    digits = any(sign.isdecimal() for sign in text)
    return digits and not has_whole_number(text) and _letters(text) < _FEWEST_LETTERS


def _letters(text: str) -> int:
    return sum(sign.isalpha() for sign in text)
