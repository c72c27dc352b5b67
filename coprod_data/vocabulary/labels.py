"""What this council calls its Board and its Promise, in every sentence of ours.

Sentences are written with "the Board" and "The Promise". `labelled("Back to The Promise")` says one
in the council's words: "Back to Our Pledge". Words of closed lists, of the catalogue and of
templates are said so by themselves. A text that somebody typed never goes through it.
"""

import re

BOARD, PROMISE = "Corporate Parenting Board", "The Promise"  # until a council names its own

# In sentences a label is called after the first of these that is in it: "the Panel".
BODIES = ("Board", "Panel", "Committee", "Partnership", "Forum", "Group", "Council")

# Labels are in sentences everywhere, so they hold nothing that could be taken for markup.
A_LABEL = re.compile(r"[^\W_]+(?:(?:['’]? |['’-]| & |, )[^\W_]+)*['’]?")

OURS = re.compile(rf"\b(a )?({BOARD}|Board|{PROMISE}|Promise)\b")
_ARTICLE = re.compile(r"^(the|our|an?) ", re.IGNORECASE)
_BRACES = str.maketrans({"{": "{{", "}": "}}"})

# As last read: a process has one database, and each page reads the labels before it is drawn.
_called: dict[str, str] = {}


def use_labels(board: str, promise: str) -> None:
    """Say sentences with these labels from now on."""
    global _called
    body, bare = _ARTICLE.sub("", board, count=1), _ARTICLE.sub("", promise, count=1)
    named = promise if _ARTICLE.match(promise) else f"The {promise}"
    _called = {
        BOARD: body,
        "Board": next((one for one in BODIES if one.casefold() in body.casefold().split()), body),
        PROMISE: named[:1].upper() + named[1:],
        "Promise": bare,
    }


def labelled(sentence: str) -> str:
    """Return one of our sentences in this council's words."""
    return OURS.sub(_said, sentence)


def labelled_with_gaps(sentence: str) -> str:
    """Return the same for a sentence whose gaps `str.format` fills afterwards."""
    return OURS.sub(lambda found: _said(found).translate(_BRACES), sentence)


def _said(found: re.Match[str]) -> str:
    article, ours = found.groups(default="")
    called = _called.get(ours, ours)
    if article and called[:1].casefold() in "aeiou":
        article = "an "
    return article + called
