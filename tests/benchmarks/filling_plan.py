"""Which entry is sent when, by formulas, so that a batch can be made without any other.

A council's ten years have 41 board cycles; the last is still running. Entries of kind words come
evenly and are numbered from 0; the 13th and the 25th of every 25 are followed by an answer to a
question about an earlier one. The last 85 are waiting today, at every size.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from math import ceil

from tests.benchmarks.filling_words import RARE_AT_LEAST, RARE_SHARE

YEARS = timedelta(days=3652)
THEMES, CYCLES = 11, 41
ANSWERED = (12, 24)
GROUP = 25

OWED, HELD, WITH_WORKER, ASKED_BACK, UNREAD, FLAGGED = 30, 5, 4, 6, 40, 5
WAITING = OWED + HELD + WITH_WORKER + ASKED_BACK + UNREAD
LAST_DAYS = timedelta(days=5)

READ_AFTER = timedelta(minutes=30)
ASKED_AFTER = timedelta(hours=1)
ANSWER_AFTER = timedelta(hours=12)
RELEASED_AFTER = timedelta(hours=26)  # the same for all, so that entries are released in order

ANCHORS = 800


@dataclass(frozen=True)
class Plan:
    """This many entries of kind words over the ten years that end on the day before `until`."""

    words: int
    until: date
    batch: int = 5_000

    @cached_property
    def ends(self) -> datetime:
        """The last moment anything happened."""
        return datetime.combine(self.until, time(), UTC) - timedelta(hours=6)

    @cached_property
    def begins(self) -> datetime:
        """The moment the first entry could be sent."""
        return self.ends - YEARS

    @cached_property
    def settled(self) -> int:
        """How many entries are no longer waiting."""
        return self.words - WAITING

    @cached_property
    def batches(self) -> int:
        """How many batches there are."""
        return ceil(self.words / self.batch)

    @cached_property
    def anchors(self) -> tuple[int, ...]:
        """Entries to which the work done by hand refers, evenly over the years.

        In a small council several things refer to the same entry, so that most have none.
        """
        many = min(ANCHORS, self.settled // 5)
        return tuple(place * many // ANCHORS * self.settled // many for place in range(ANCHORS))

    @cached_property
    def rare(self) -> frozenset[int]:
        """Entries that hold the rarest word."""
        many = max(RARE_AT_LEAST, round(self.words * RARE_SHARE))
        return frozenset(int((place + 0.5) * self.settled / many) for place in range(many))

    @cached_property
    def plain(self) -> frozenset[int]:
        """Entries that are read by everybody, as they were written."""
        return self.rare | frozenset(self.anchors)

    @cached_property
    def _step(self) -> timedelta:
        return (YEARS - LAST_DAYS) / self.settled

    @cached_property
    def _lag(self) -> int:
        return ANSWER_AFTER // self._step

    def id_of(self, entry: int) -> int:
        """Return the id of an entry of kind words."""
        before = min(entry, self.settled)
        answers = 2 * (before // GROUP) + (before % GROUP > ANSWERED[0])
        return 1 + entry + answers

    def sent_at(self, entry: int) -> datetime:
        """Return when an entry of kind words was sent."""
        if entry >= self.settled:
            waited = (entry - self.settled + 0.5) / WAITING
            return self.ends - LAST_DAYS + waited * LAST_DAYS
        return self.begins + self._step * (entry + _early(entry))

    def answer_after(self, entry: int) -> bool:
        """Say whether an answer comes next."""
        return entry < self.settled and entry % GROUP in ANSWERED

    def answer_sent_at(self, entry: int) -> datetime:
        """Return when the answer that comes after an entry was sent."""
        return self.begins + self._step * entry + min(
            self._step * 0.7, ANSWER_AFTER + self._step * _early(entry)
        )  # fmt: skip

    def answers(self, entry: int) -> int:
        """Return which entry the answer that comes after this one is about."""
        return max(0, entry - self._lag)

    def is_asked(self, entry: int) -> bool:
        """Say whether the team asked about an entry, and was answered."""
        return entry == 0 or self.answer_after(entry + self._lag)

    def cycle(self, moment: datetime) -> int:
        """Return the board cycle of a moment."""
        return min(CYCLES - 1, int((moment - self.begins) / YEARS * CYCLES))

    def cycle_ends(self, cycle: int) -> datetime:
        """Return when a board cycle ends."""
        return self.begins + YEARS * (cycle + 1) / CYCLES

    def card(self, entry: int) -> int:
        """Return the id of the report card that an entry is on."""
        return self.card_at(entry, self.sent_at(entry))

    def card_at(self, entry: int, sent_at: datetime) -> int:
        """Return the id of the report card of an entry that was sent at a moment."""
        return self.cycle(sent_at) * THEMES + entry % THEMES + 1


def _early(entry: int) -> float:
    return entry * 0.6180339887 % 1 * 0.4
