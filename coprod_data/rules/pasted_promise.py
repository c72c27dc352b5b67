"""A Promise as somebody pastes it: headings for themes, one line a commitment."""

import re
from dataclasses import dataclass

from coprod_data.permissions import Invalid
from coprod_data.rules.texts import optional_text

ELSE = "Something else"
LONGEST_YOUNG, LONGEST_PASTED = 60, 60_000

_NUMBERED = re.compile(r"^(\d{1,2}[.:]\d{1,2})[.:)]?\s+(.*)$")
_HEADING_MARK = re.compile(r"^(?:#+\s*|(?:theme\s+)?\d{1,2}[.:)]?\s+)", re.I)
_BULLET = re.compile(r"^(?:[-–—*•·▪◦]|\(?(?:\d{1,2}|[a-z])[.)])\s+", re.I)
_PICTURES = {  # the first picture one of whose beginnings of words is in the heading
    "else": ("something else", "anything else"),
    "people": ("people", "famil", "friend", "love", "relation", "brother"),
    "school": ("school", "learn", "educat", "college", "study"),
    "money": ("money", "pay", "saving", "financ", "cost"),
    "next": ("leav", "next", "future", "adult", "independ", "work", "job"),
    "home": ("home", "hous", "live", "living", "place"),
    "feel": ("feel", "health", "well", "mental", "safe"),
}


@dataclass(frozen=True)
class PastedTheme:
    """A theme read from a pasted text: its picture is a guess; each commitment has its number."""

    title: str
    young_title: str
    icon: str
    commitments: tuple[tuple[str, str], ...]

    @property
    def catch_all(self) -> bool:
        """Say whether it is the theme for something else."""
        return self.icon == "else"


def read_promise(text: str) -> list[PastedTheme]:
    """Return the themes of a pasted text, with one for something else at the end if it has none.

    A heading begins with #. Without any such line, headings are the lines that have no number like
    1.2 where others have one, else those that end with a colon, else the first line and each line
    after an empty one. Raises Invalid.
    """
    optional_text(text, "text", LONGEST_PASTED)
    lines = [" ".join(line.split()) for line in text.splitlines()]
    marks = _headings(lines)
    themes: list[tuple[str, list[tuple[str, str]]]] = []
    for line, is_heading in zip(lines, marks, strict=True):
        if is_heading:
            themes.append((_title(line), []))
        elif line:
            if not themes:
                raise Invalid("Begin with a heading: the name of the first theme.", field="pasted")
            themes[-1][1].append(_commitment(line, len(themes), len(themes[-1][1]) + 1))
    _must_be_whole(themes)
    found = [
        PastedTheme(title, title[:LONGEST_YOUNG].strip(), _picture(title), tuple(commitments))
        for title, commitments in themes
    ]
    if not any(theme.catch_all for theme in found):
        found.append(PastedTheme(ELSE, ELSE, "else", ()))
    return found


def _headings(lines: list[str]) -> list[bool]:
    if any(line.startswith("#") for line in lines):
        return [line.startswith("#") for line in lines]
    numbered = [bool(_NUMBERED.match(line)) for line in lines]
    if any(numbered):
        return [bool(line) and not has for line, has in zip(lines, numbered, strict=True)]
    if any(line.endswith(":") for line in lines):
        return [line.endswith(":") for line in lines]
    before = ["", *lines]
    return [bool(line) and not last for line, last in zip(lines, before, strict=False)]


def _title(line: str) -> str:
    return _HEADING_MARK.sub("", line).strip(" :#")


def _commitment(line: str, theme: int, place: int) -> tuple[str, str]:
    if found := _NUMBERED.match(line):
        return found[1].replace(":", "."), found[2]
    return f"{theme}.{place}", _BULLET.sub("", line)


def _must_be_whole(themes: list[tuple[str, list[tuple[str, str]]]]) -> None:
    """Check that every theme has its own name and a commitment, but for the one for something else.

    Raises Invalid, with what was read and what to do about it.
    """
    if not any(commitments for _, commitments in themes):
        said = "Paste at least one heading with one commitment below it."
        if themes:
            read = _named([title for title, _ in themes])
            said += f" We read only headings: {read}. Put # before each heading."
        raise Invalid(said, field="pasted")
    titles = [title.casefold() for title, _ in themes]
    for title, _ in themes:
        if not title:
            raise Invalid("A heading has no words. Write the name of the theme.", field="pasted")
        if len(title) > 120:
            raise Invalid(
                f"This heading is too long: {title[:60]}… If it is a commitment, put # before "
                "each real heading.",
                field="pasted",
            )
        if titles.count(title.casefold()) > 1:
            raise Invalid(f"Two headings have the same name: {title}.", field="pasted")
    bare = [title for title, commitments in themes if not commitments and not _is_else(title)]
    if bare == [themes[0][0]]:
        raise Invalid(
            f"We read {_named(bare)} as a theme, and there is no commitment below it. If it is the "
            "title of it all, take it out: it goes into “Name of this version”. If it is a theme, "
            "write a commitment on the line below it.",
            field="pasted",
        )
    if bare:
        raise Invalid(
            f"We read {_named(bare)} as {'a theme' if len(bare) == 1 else 'themes'}, and there is "
            "no commitment below. Write one on the line below each theme. If it is a commitment "
            "itself, put # before each real heading.",
            field="pasted",
        )


def _named(titles: list[str]) -> str:
    """Return the first three of these in quotes, and how many more there are."""
    first = ", ".join(f"“{title[:60]}”" for title in titles[:3])
    return f"{first} and {len(titles) - 3} more" if len(titles) > 3 else first


def _is_else(title: str) -> bool:
    return _picture(title) == "else"


def _picture(title: str) -> str:
    plain = title.casefold()
    found = (icon for icon, words in _PICTURES.items() if any(word in plain for word in words))
    return next(found, "people")
