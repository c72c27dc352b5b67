"""What is in the form of /share, as the browser sent it."""

from dataclasses import astuple, dataclass, fields, replace

from starlette.datastructures import FormData

from coprod_data.commands.entries import Wish
from coprod_data.commands.entries_sent_again_steps import Said
from coprod_data.vocabulary.entries import ConsentUse
from pages.public.heard_form import groups_of, typed_groups
from pages.shared.three_answers import about_us_of, uses_of, wish_of


@dataclass(frozen=True)
class Typed:
    """What is in the form, as the browser sent it; `join` is the code of the session it is for."""

    theme: str = ""
    feeling: str = ""
    thinks: str = ""
    wants: str = ""
    board: str = ""
    public: str = ""
    talk: str = ""
    first_name: str = ""
    reach: str = ""
    number: str = ""
    day: str = ""
    when_safe: str = ""
    about: str = ""
    whom: tuple[str, ...] = ()
    join: str = ""
    room: str = ""
    heard: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: FormData) -> "Typed":
        """Take our fields out of a form; a value that is not text counts as empty."""
        several = {"whom", "heard"}
        texts = {
            one.name: text_of(data, one.name) for one in fields(cls) if one.name not in several
        }
        whom = sorted({value for value in data.getlist("whom") if isinstance(value, str)})
        return cls(**texts, whom=tuple(whom), heard=typed_groups(data))

    @property
    def any(self) -> bool:
        """Say whether anything was chosen or written."""
        return any(astuple(replace(self, join="")))

    @property
    def theme_id(self) -> int | None:
        """Return the chosen theme; None for "I don't know"."""
        return int(self.theme) if self.theme.isdecimal() and len(self.theme) < 10 else None

    @property
    def uses(self) -> frozenset[ConsentUse]:
        """Return the uses that were allowed; no answer means no."""
        return uses_of(self.board, self.public)

    @property
    def wish(self) -> Wish | None:
        """Return how to reach whoever wants to talk; a yes without a way is asked on the card."""
        return wish_of(
            talk=self.talk,
            first_name=self.first_name,
            reach=self.reach,
            number=self.number,
            day=self.day,
            when_safe=self.when_safe,
            sent_anyway=True,
        )

    def said(self) -> Said:
        """Return what the form says. Raises Invalid."""
        about_us, meant = about_us_of(self.about == "yes", self.whom)
        return Said(
            theme_id=self.theme_id,
            thinks=self.thinks,
            wants=self.wants,
            feeling=int(self.feeling) if self.feeling in set("12345") else None,
            uses=self.uses,
            wish=self.wish,
            about_us=about_us,
            meant=meant,
            join_code=self.join,
            room=self.room == "yes",
            heard=groups_of(self.heard),
        )


def text_of(data: FormData, name: str) -> str:
    """Return what a field holds; a value that is not text counts as empty."""
    value = data.get(name)
    return value if isinstance(value, str) else ""
