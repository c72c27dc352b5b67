"""The rows that describe one report card; no reads."""

from dataclasses import dataclass
from datetime import date

from coprod_data.vocabulary.opportunities import OpportunityProgress
from coprod_data.vocabulary.outcomes import OutcomeProgress
from coprod_data.vocabulary.report_cards import Body, CardProgress


@dataclass(frozen=True)
class Voice:
    """A young person's own words as shown; `month` is the first day of the month of sending.

    `commitment_id` is the commitment that the team says they are about, `reference` its number.
    `later` is what they wrote back since then that this reader may read, in order.
    """

    entry_id: int
    thinks: str
    wants: str
    feeling: int | None
    month: date
    commitment_id: int | None = None
    reference: str = ""
    later: tuple[str, ...] = ()


@dataclass(frozen=True)
class SummaryRow:
    """The team's words for an entry; not agreed means the young person has not said yes yet."""

    entry_id: int
    text: str
    agreed: bool
    month: date


@dataclass(frozen=True)
class Picked:
    """Somebody who said yes to work on it; `confirmed` once a young person said yes to them."""

    name: str
    job: str
    confirmed: bool
    on: date


@dataclass(frozen=True)
class CardOpportunity:
    """An opportunity to work on the card together.

    `state` reads as on its own page; `waiting_days` is None once somebody has said yes or it has
    ended.
    """

    id: int
    title: str
    state: OpportunityProgress
    opened_on: date | None
    waiting_days: int | None
    people: tuple[Picked, ...]


@dataclass(frozen=True)
class CardOutcome:
    """What changed. `say` is what a young person wrote when they said not yet, where it may be
    read, and `say_entry` the entry of these words.
    """

    id: int
    opportunity_id: int
    what_changed: str
    state: OutcomeProgress
    on: date
    say: str
    say_entry: int | None = None


@dataclass(frozen=True)
class CardAnswer:
    """What staff did by themselves."""

    text: str
    by: str
    job: str
    on: date


@dataclass(frozen=True)
class CardDetail:
    """A report card; `just_shared` in the last ten minutes. `board_reads`: words, an answer
    or a summary of it are let out for the Board.

    `voices` and `summaries` are one page of those that this reader may read, the newest first;
    `pages` is at least 1. `alone` is what was written back and let out for this reader, where the
    words that it belongs to are not: it is shown by itself. `commitment_id` is what the card itself
    is tied to. `owed` counts authors without a reply, for the team that writes to them.
    """

    id: int
    title: str
    titled: bool
    theme_id: int
    theme: str
    young_theme: str
    icon: str
    state: CardProgress
    opened_on: date
    shared: tuple[tuple[Body, date], ...]
    just_shared: bool
    board_reads: bool
    voices: tuple[Voice, ...]
    alone: tuple[Voice, ...]
    page: int
    pages: int
    summaries: tuple[SummaryRow, ...]
    opportunities: tuple[CardOpportunity, ...]
    outcomes: tuple[CardOutcome, ...]
    answers: tuple[CardAnswer, ...]
    owed: int
    commitment_id: int | None
