"""Letters that look like a Latin one, and signs without ink that look like a space.

A text with one of them reads like another text to people, so it is compared as that one.
"""

import re

# Cyrillic, Greek, Armenian, the Turkish dotless i, small capitals: each by its number, for on a
# screen nobody can tell them from those they look like.
_THESE = (
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d"
    "\u043a\u043c\u0442\u043d\u0432\u0410\u0415\u041e\u0420\u0421\u0423\u0425\u0406\u0408"
    "\u0405\u041a\u041c\u0422\u041d\u0412\u03b1\u03bf\u03c1\u03bd\u03b9\u03ba\u03c4\u03b5"
    "\u03c7\u03c5\u03b2\u03c9\u03b3\u03b7\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c"
    "\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u0585\u057d\u0570\u0578\u0131\u026a\u0269\u0251"
    "\u0261\u0142\u00f8\u0111\u1d00\u0299\u1d04\u1d05\u1d07\u0262\u029c\u1d0a\u1d0b\u029f"
    "\u1d0d\u0274\u1d0f\u1d18\u0280\ua731\u1d1b\u1d1c\u1d20\u1d21\u028f\u1d22"
)
_ARE = (
    "aeopcyxijshdqwkmthbaeopcyxijskmthbaopviktexubwynabezhikmnoptyxouhniiiaglodabcdeg"
    "hjklmnoprstuvwyz"
)
_LATIN = str.maketrans(_THESE, _ARE)

# Fillers, and accents that stand by themselves: letters to Python, spaces to a reader.
_APART = dict.fromkeys([0x115F, 0x1160, 0x3164, 0xFFA0, *range(0x02C2, 0x0300)], " ")
_ALONE = re.compile(r"(?<![\u0600-\u06ff])\u0640|\u0640(?![\u0600-\u06ff])")  # draws Arabic out


def as_latin(word: str) -> str:
    """Return a word with each letter that looks like a Latin one as that one."""
    return word.translate(_LATIN)


def parted(text: str) -> str:
    """Return a text, as long as it was, with spaces where a reader sees some."""
    return text if text.isascii() else _ALONE.sub(" ", text.translate(_APART))
