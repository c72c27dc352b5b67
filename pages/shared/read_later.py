"""When nobody may read today what a young person sends: the first words of their pages."""

from coprod_data.queries.settings import Duty
from pages.parts.help_lines import read_later_words
from pages.parts.html import show
from pages.parts.wording import say


def read_later(duty: Duty) -> None:
    """Where nobody may read it today, say when somebody does, and to call if it cannot wait."""
    if duty.takes_words and duty.reads_later:
        show(
            "notice.html", tone="soon", icon="clock", urgent=False,
            title=read_later_words(duty),
            words=say("reader.before_hurt"),
        )  # fmt: skip
