"""What a page says at once: the page draws it, and the door puts it into the document.

A page that answers a question has a file `NAME_answer.py` with `answer(db, actor, address)`. The
document carries what it returns, so its reader does not wait for Streamlit. One function for both
is why they cannot differ.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

Address = Mapping[str, str]  # what is named after the question mark, each name once


@dataclass(frozen=True)
class Columns:
    """Blocks side by side: a wide column, and one beside it; below it on a narrow screen.

    Where forms come into the wide one, a document of a narrow screen has nothing below it.
    """

    wide: tuple[Markup, ...]
    beside: tuple[Markup, ...]
    forms: bool = False


Block = Markup | Columns


@dataclass(frozen=True)
class Answer:
    """The heading of a page and its first blocks, in their order.

    `rest` comes after the forms of the last block. A document has it for readers without script
    only, because it would move when those forms come.
    `beyond_public` says that they hold words which not everybody may read: those are in no document
    of a screen that others may see.
    """

    title: str
    blocks: tuple[Block, ...]
    lede: str = ""
    rest: tuple[Markup, ...] = ()
    beyond_public: bool = False


def flat(blocks: Iterable[Block]) -> list[Markup]:
    """Return blocks in the order in which they are read, those of columns one by one."""
    found: list[Markup] = []
    for block in blocks:
        found += (*block.wide, *block.beside) if isinstance(block, Columns) else (block,)
    return found
