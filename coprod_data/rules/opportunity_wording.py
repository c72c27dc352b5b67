"""The seven texts of an opportunity, as one value that forms and rows share."""

from dataclasses import asdict, dataclass, fields
from typing import NamedTuple, Self

from coprod_data.permissions import Invalid
from coprod_data.rules.texts import LONGEST, optional_text, required_line, required_text


class Text(NamedTuple):
    """One text: its label on a form, the advice when it is missing, its most characters."""

    label: str
    missing: str
    longest: int = LONGEST

    @property
    def several_lines(self) -> bool:
        """Say whether it may have several lines."""
        return self.longest == LONGEST


TEXTS: dict[str, Text] = {
    "title": Text(
        "Title (one that a twelve-year-old understands)",
        "Give it a title that everybody understands.",
        160,
    ),
    "help_wanted": Text("What help is wanted", "Say what help is wanted."),
    "time_needed": Text("How much time it takes", "Say how much time it takes.", 160),
    "when_and_how": Text("When and how you meet", "Say when and how people meet.", 240),
    "power_shared": Text(
        "How power is shared: who decides what", "Say how power is shared: who decides what."
    ),
    "support": Text("What support there is", "Say what support there is.", 240),
    "expenses": Text("What is paid for", "Say what is paid for.", 240),
}


@dataclass(frozen=True)
class Wording:
    """What people read before they join; title and help wanted are always there once checked."""

    title: str = ""
    help_wanted: str = ""
    time_needed: str = ""
    when_and_how: str = ""
    power_shared: str = ""
    support: str = ""
    expenses: str = ""

    @classmethod
    def of(cls, row: object) -> Self:
        """Return the wording that a row holds under these names."""
        return cls(**{one.name: getattr(row, one.name) for one in fields(cls)})

    @property
    def texts(self) -> dict[str, str]:
        """The texts by their names."""
        return asdict(self)

    def checked(self) -> Self:
        """Return it cleaned; only title and help wanted must be filled. Raises Invalid."""
        title, help_wanted = TEXTS["title"], TEXTS["help_wanted"]
        rest = {
            name: optional_text(text, name, TEXTS[name].longest)
            for name, text in self.texts.items()
            if name not in ("title", "help_wanted")
        }
        return type(self)(
            title=required_line(self.title, "title", title.missing, title.longest),
            help_wanted=required_text(self.help_wanted, "help_wanted", help_wanted.missing),
            **rest,
        )

    def must_be_whole(self) -> None:
        """Check that everything people need to know before they join is filled. Raises Invalid."""
        for name, text in self.texts.items():
            if not text:
                missing = TEXTS[name].missing
                raise Invalid(f"Before it opens: {missing[0].lower()}{missing[1:]}", field=name)
