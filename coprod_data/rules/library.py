"""The library: what is said of an item, which links it takes, and when it may be published."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from urllib.parse import urlsplit

from coprod_data.permissions import Invalid
from coprod_data.rules.names import first_names, ordinary
from coprod_data.rules.texts import optional_text, required_line
from coprod_data.rules.training import Plan
from coprod_data.vocabulary.library import Completeness, LibraryKind
from coprod_data.vocabulary.training import Audience

NOT_A_LINK = "Write one whole link that begins with https://"


@dataclass(frozen=True, kw_only=True)
class LibraryPlan(Plan):
    """What is said of an item; each audience is a field of its own."""

    title: str
    kind: LibraryKind | None = None
    about: str = ""
    made_with: str = ""
    complete: Completeness | None = None
    managers: bool = False
    officers: bool = False
    members: bool = False
    young: bool = False
    parents: bool = False
    partners: bool = False
    keeper_id: int | None = None
    review_on: date | None = None

    @property
    def audiences(self) -> list[Audience]:
        """For whom it is, in the order of the list."""
        return [one for one in Audience if getattr(self, one.value)]

    @property
    def complete_words(self) -> str:
        """How complete it is, in words; nothing of what others made, from which we learned."""
        learned = self.kind is LibraryKind.LEARNED
        return self.complete.words if self.complete and not learned else ""

    def checked(self) -> Self:
        """Return it cleaned. Raises Invalid."""
        title = required_line(self.title, "title", "Give it a title.")
        if self.kind is None:
            raise Invalid("Say what kind it is.", field="kind")
        if self.complete is None:
            raise Invalid("Say how complete it is.", field="complete")
        if self.keeper_id is None:
            raise Invalid("Choose who keeps it.", field="keeper_id")
        made_with = " ".join(optional_text(self.made_with, "made_with", 300).split())
        _must_name_no_surname(made_with)
        about = optional_text(self.about, "about")
        return replace(self, title=title, about=about, made_with=made_with)

    def must_be_whole(self, formats: int) -> None:
        """Check that it says enough to be published. Raises Invalid."""
        if not self.about:
            raise Invalid("Say first what it is for.", field="about")
        if not self.audiences:
            raise Invalid("Tick first for whom it is.", field=Audience.MANAGERS)
        if not self.made_with and self.kind is not LibraryKind.LEARNED:
            raise Invalid("Say first who made it with you.", field="made_with")
        if self.review_on is None:
            raise Invalid("Say first when it will be looked at again.", field="review_on")
        if not formats:
            raise Invalid("Add a file or a link first.", field="format")


def checked_link(typed: str) -> str:
    """Return a link to a page elsewhere: https alone, to a host with a dot. Raises Invalid."""
    link = required_line(typed, "link", NOT_A_LINK, 500)
    try:
        parts = urlsplit(link)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise Invalid(NOT_A_LINK, field="link") from None
    whole = link.isascii() and not any(letter in link for letter in ' "<>\\^`{|}')
    if parts.scheme != "https" or "@" in parts.netloc or "." not in host.strip(".") or not whole:
        raise Invalid(NOT_A_LINK, field="link")
    return link


def _must_name_no_surname(made_with: str) -> None:
    for found in first_names(made_with):
        name, _, surname = found.words.partition(" ")
        if surname and not ordinary(surname):
            raise Invalid(
                f"“{found.words}” looks like a first name and a surname. Write “{name}”, or the "
                "group.",
                field="made_with",
            )
