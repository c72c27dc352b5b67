"""What a notice says: a few fixed words and a link, and nothing of what is waiting.

The LADO has no account: theirs has no link, and says whom to ring.
"""

from coprod_data.queries.notices import Letter
from coprod_data.vocabulary.notices import NoticeKind

WORK = "/my_work"


def subject_of(letter: Letter) -> str:
    """Return the subject of a notice."""
    return f"Together: {letter.kind.words[0].lower()}{letter.kind.words[1:]}"


def text_of(letter: Letter, site: str) -> str:
    """Return the text of a notice. Only outside duty hours it holds a number: who is rung then.

    The LADO's always says whom to ring.
    """
    if letter.kind is NoticeKind.LADO:
        return _to_lado(letter)
    if letter.kind is NoticeKind.TEST:
        said = ["This is a test. Notices of Together reach you at this address."]
    else:
        said = [f"{letter.kind.words} in Together. Sign in to see what it is:"]
    said.append(f"{site}{WORK}")
    if letter.phone:
        said.append(f"If you cannot open it yourself, ring {letter.phone} now.")
    return _whole(said)


def _to_lado(letter: Letter) -> str:
    council = letter.council or "the council"
    return _whole(
        [
            f"Something waits for you under the safeguarding procedure of {council}.",
            f"Please ring {letter.phone}.",
        ]
    )


def _whole(said: list[str]) -> str:
    said.append("This message says no more on purpose. Nobody reads answers to it.")
    return "\n\n".join(said) + "\n"
