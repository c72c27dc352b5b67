"""What somebody writes in a Board paper, and what is still open in it before it is submitted."""

import re
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, NamedTuple, Self

from coprod_data.rules.texts import optional_text, required_line
from coprod_data.vocabulary.papers import (
    HEADINGS,
    Considered,
    DecisionType,
    PaperPart,
    PaperStatus,
    RiskLevel,
)
from coprod_data.vocabulary.rewordings import NOT_WRITTEN

LINES = {"author_title": 160, "author_telephone": 60, "author_email": 160}  # the most letters
CHOICES = {
    PaperPart.DECISION_TYPE: "Choose for decision, for discussion or for information.",
    PaperPart.STATUS: "Choose public, part exempt or exempt.",
    PaperPart.RISK_CURRENT: "Choose the risk as it is now.",
    PaperPart.RISK_RESIDUAL: "Choose the risk that is left once this is done.",
}
AUTHOR = {
    PaperPart.AUTHOR_TITLE: "Write the job title of the author.",
    PaperPart.AUTHOR_TELEPHONE: "Write a telephone number for questions.",
    PaperPart.AUTHOR_EMAIL: "Write an email address for questions.",
}
BECAUSE = "Write it, or say why there is nothing: “None, because ...”."

_NOTHING = re.compile(
    r"(?:none|nothing|n\W?a|not applicable|nil|tb[acd]|to follow|to be \w+|x+|choose an item|"
    r"click (?:or tap )?here to enter text)",
    re.I,
)
_PLACEHOLDER = re.compile(r"choose an item|click (?:or tap )?here to enter", re.I)
_NONE = re.compile(r"\W*(?:none|nil|n\W?a|not applicable|no cost)\b", re.I)
_REASON = re.compile(r"\b(?:because|as|since)\b\W+(?:\w+\W+){2,}\w+", re.I)


class OpenPlace(NamedTuple):
    """A place of a paper that is not filled yet: where, and what to do."""

    part: PaperPart
    sentence: str


@dataclass(frozen=True)
class Header:
    """Who holds the offices in the header of a paper, on the day it is for."""

    portfolio_holder: str = ""
    executive_director: str = ""
    signs_id: int | None = None


@dataclass(frozen=True)
class PaperSaid:
    """What is written in a paper; `texts` has each heading, in the order of `HEADINGS`."""

    title: str = ""
    status: PaperStatus | None = None
    decision_type: DecisionType | None = None
    risk_current: RiskLevel | None = None
    risk_residual: RiskLevel | None = None
    considered: tuple[Considered, ...] = ()
    figures_on: date | None = None
    author_title: str = ""
    author_telephone: str = ""
    author_email: str = ""
    texts: dict[PaperPart, str] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Any]:
        """The values by the names of their boxes, each heading beside the others."""
        values = asdict(self)
        del values["texts"]
        return values | {part.value: self.texts.get(part, "") for part in HEADINGS}

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        """Return what `values` of a form say."""
        own = {one.name for one in fields(cls)} - {"texts"}
        texts = {part: values.get(part.value, "") for part in HEADINGS}
        return cls(**{name: values[name] for name in own if name in values}, texts=texts)

    def checked(self) -> Self:
        """Return it cleaned. Raises Invalid."""
        values = self.values
        values["title"] = required_line(self.title, "title", "Give the paper a title.", 160)
        for name, longest in LINES.items():
            values[name] = " ".join(optional_text(values[name], name, longest).split())
        for part in HEADINGS:
            values[part.value] = optional_text(values[part.value], part.value)
        values["considered"] = tuple(one for one in Considered if one in self.considered)
        return type(self).of(values)


def open_places(said: PaperSaid, header: Header, *, spent: str, today: date) -> list[OpenPlace]:
    """Return what is still open in a paper, in the order of its places.

    `spent` is what sessions since the last paper cost, in words, "" where they cost nothing.
    """
    found = [
        OpenPlace(part, sentence)
        for part, sentence in CHOICES.items()
        if getattr(said, part.value) is None
    ]
    found += [
        OpenPlace(part, sentence)
        for part, sentence in AUTHOR.items()
        if not getattr(said, part.value)
    ]
    for part, name in (
        (PaperPart.PORTFOLIO_HOLDER, header.portfolio_holder),
        (PaperPart.EXECUTIVE_DIRECTOR, header.executive_director),
    ):
        if not name:
            sentence = "Nobody holds this office on the day of the meeting. Record who does."
            found.append(OpenPlace(part, sentence))
    for part in HEADINGS:
        if sentence := _open(part, said.texts.get(part, ""), spent):
            found.append(OpenPlace(part, sentence))
    missing = [one.words.lower() for one in Considered if one not in said.considered]
    if missing:
        sentence = f"Tick once it has been considered: {', '.join(missing)}."
        found.append(OpenPlace(PaperPart.CONSIDERED, sentence))
    if said.figures_on is None or said.figures_on > today:
        sentence = "Choose a day for the figures that has come: nobody knows later ones yet."
        found.append(OpenPlace(PaperPart.AS_AT, sentence))
    order = list(PaperPart)
    return sorted(found, key=lambda place: order.index(place.part))


def _open(part: PaperPart, text: str, spent: str) -> str:
    plain = " ".join(text.split())
    if not plain.strip(" .,;:-–—_?…"):
        return BECAUSE
    if plain in NOT_WRITTEN:
        return "This was taken out because young people took their words back. Write it again."
    if _PLACEHOLDER.search(plain):
        return "A placeholder of the form is still in it. " + BECAUSE
    if _NOTHING.fullmatch(plain.strip(" .,;:-–—!?")):
        return f"“{plain}” does not say why. {BECAUSE}"
    if _NONE.match(plain):
        if part is PaperPart.FINANCIAL and spent:
            return f"Sessions since the last paper cost {spent}. Say so, instead of “None”."
        if not _REASON.search(plain):
            return f"“None” needs its reason. {BECAUSE}"
    return ""
