"""What a checker hid: the spans between a young person's words and the words that are shown.

A checker types a role in brackets over words, "[my social worker]". Everything outside brackets
must be in the original, in the same order. The young person's own brackets may stay.
"""

import re
from contextlib import suppress
from dataclasses import dataclass

from coprod_data.permissions import Invalid

MOST_WORDS = 6
LONGEST_ROLE = 60

_BRACKET = re.compile(r"(\[[^\[\]]*\])")


@dataclass(frozen=True)
class Span:
    """Letters `start` to `end` of the original, shown as `[role]`. `hidden` is the text there."""

    start: int
    end: int
    role: str
    hidden: str

    @property
    def long(self) -> bool:
        """Say whether more words are hidden than one role should cover."""
        return len(self.hidden.split()) > MOST_WORDS


def spans_of(original: str, shown: str, field: str | None = None) -> list[Span]:
    """Return the spans that turn the original into the shown text, from left to right.

    Where words could be hidden in two ways that read the same, brackets that the original has too
    are taken for the young person's own, and then the earliest is returned. Raises Invalid when
    text outside brackets was changed, added or left out.
    """
    if shown == original:
        return []
    pieces = [piece for piece in _BRACKET.split(shown) if piece]
    own = {piece for piece in pieces if piece in original or not _is_role(piece[1:-1].strip())}
    with suppress(Invalid):
        return _spans(original, pieces, own, field)
    return _spans(original, pieces, set(), field)


def _spans(original: str, pieces: list[str], own: set[str], field: str | None) -> list[Span]:
    """Return the spans; brackets among `own` hide nothing. Raises Invalid."""
    reach = _reachable(original, pieces, own)
    if not reach[0].holds(0):
        raise Invalid(
            "Outside brackets the words must stay as they were written. Put back what was changed, "
            "and type a role like [my social worker] over what to hide.",
            field=field,
        )
    spans, at = [], 0
    for piece, after in zip(pieces, reach[1:], strict=True):
        if original.startswith(piece, at) and after.holds(at + len(piece)):
            at += len(piece)
            continue
        end = after.first(_past_a_letter(original, at))
        role = piece[1:-1].strip()
        if not _is_role(role):
            raise Invalid("Write who or what it is inside each bracket, briefly.", field=field)
        if _says(role, original[at:end]):
            raise Invalid("A bracket still says the words it hides. Write a role.", field=field)
        spans.append(Span(at, end, role, original[at:end]))
        at = end
    return spans


def _is_role(role: str) -> bool:
    return 0 < len(role) <= LONGEST_ROLE


def hide(original: str, spans: list[Span]) -> str:
    """Return the original with each span replaced by its bracketed role."""
    parts, at = [], 0
    for span in spans:
        parts += [original[at : span.start], f"[{span.role}]"]
        at = span.end
    return "".join([*parts, original[at:]])


class _Places:
    """Places of the original from which the rest fits: some, and all up to one."""

    def __init__(self, some: set[int], up_to: int = -1) -> None:
        self.some, self.up_to = some, up_to

    def holds(self, place: int) -> bool:
        return place <= self.up_to or place in self.some

    def first(self, least: int) -> int:
        later = [place for place in self.some if place >= least]
        return least if least <= self.up_to else min(later)

    @property
    def last(self) -> int:
        return max(self.up_to, *self.some, -1) if self.some else self.up_to


def _reachable(original: str, pieces: list[str], own: set[str]) -> list[_Places]:
    """Return for each piece, and for the end, where in the original it may begin."""
    reach = [_Places({len(original)})]
    for piece in reversed(pieces):
        after = reach[-1]
        some = {
            found.start()
            for found in re.finditer(f"(?={re.escape(piece)})", original)
            if after.holds(found.start() + len(piece))
        }
        up_to = -1
        if piece not in own and _BRACKET.fullmatch(piece):
            # A bracket may hide anything that holds a letter and ends where the rest can begin.
            up_to = len(original[: max(after.last, 0)].rstrip()) - 1
        reach.append(_Places(some, up_to))
    return reach[::-1]


def _says(role: str, hidden: str) -> bool:
    said, meant = (f" {' '.join(text.casefold().split())} " for text in (role, hidden))
    return len(meant) > 4 and meant in said


def _past_a_letter(original: str, at: int) -> int:
    """Return the first place behind at least one character that is no space."""
    while original[at].isspace():
        at += 1
    return at + 1
