"""Small numbers as words at the beginning of a sentence, larger ones as figures."""

_WORDS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def in_words(number: int) -> str:
    """Return a number as a sentence begins with it: "No", "Two", "14"."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else str(number)
