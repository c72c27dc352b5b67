"""What is kept for a time only: the setting that says how long, and from when it counts."""

from enum import StrEnum
from typing import Self

from coprod_data.vocabulary.base import Spoken
from coprod_data.vocabulary.settings import SettingKey


class Kept(Spoken, StrEnum):
    """One kind of thing that is erased when its time is over; every page says its time from here.

    The unit is the last part of the name of its setting.
    """

    setting: SettingKey
    after: str

    def __new__(cls, value: str, words: str, setting: SettingKey, after: str) -> Self:
        """Make a member from its value and the rest of its row."""
        member = str.__new__(cls, value)
        member._value_ = value
        member._words, member.setting, member.after = words, setting, after
        return member

    ENDED = (
        "ended", "Words kept with the team", SettingKey.ENDED_MONTHS,
        "after our reply, or after the last reading where no reply is owed",
    )  # fmt: skip
    LET_OUT = (
        "let_out", "Words that others may read", SettingKey.LET_OUT_YEARS,
        "after they were let out and answered",
    )  # fmt: skip
    ORIGINALS = (
        "originals", "What was hidden in words that others may read", SettingKey.ORIGINAL_MONTHS,
        "after they were let out and answered",
    )  # fmt: skip
    TEXTS = (
        "texts", "Earlier texts of staff, in the history", SettingKey.LOG_YEARS,
        "after they were written",
    )  # fmt: skip
    NAMES = (
        "names", "Names of accounts", SettingKey.LOG_YEARS, "after the account was closed",
    )  # fmt: skip
    DRAFTS = (
        "drafts", "What staff began to type", SettingKey.DRAFT_DAYS, "after their last change",
    )  # fmt: skip
    TRAIL = "trail", "Sign-ins, refusals and downloads of accounts", SettingKey.TRAIL_MONTHS, ""

    @property
    def unit(self) -> str:
        """Days, months or years."""
        return self.setting.rpartition("_")[2]

    def how_long(self, number: int) -> str:
        """Say how long this is kept, as a page does."""
        unit = self.unit[:-1] if number == 1 else self.unit
        return f"{number} {unit} {self.after}".rstrip()


OF_ENTRIES = (Kept.ENDED, Kept.LET_OUT)
DAILY = (*OF_ENTRIES, Kept.ORIGINALS, Kept.TEXTS, Kept.NAMES)  # the others every ten minutes
OF_YOUNG = (*OF_ENTRIES, Kept.ORIGINALS)
FORMER = "A former worker"  # in the place of a name
