"""One card as its author sees it: how far it is in plain steps, and what needs an answer.

The plain page /card and the page My cards both show it.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from coprod_data.permissions import Actor
from coprod_data.queries.actions_views import (
    StoppedAction,
    YoungAction,
    actions_stopped,
    actions_to_view,
)
from coprod_data.queries.entries import FollowedEntry, follow_entry, my_cards
from coprod_data.queries.entries_marks import mark_of_entry
from coprod_data.queries.entries_steps import OpenQuestion, TalkLine
from coprod_data.queries.meetings import NextMeeting, next_meeting
from coprod_data.queries.meetings_heard import HeardRow, heard_of_entry
from coprod_data.queries.opportunities_joining import OfferRow, offers_for_entry, offers_to_me
from coprod_data.queries.outcomes import MyOutcome, outcomes_by_card, outcomes_of_mine
from coprod_data.queries.policies_public import CommentAnswer, comment_answers
from coprod_data.queries.pulse import is_asked_on_card
from coprod_data.queries.sessions_dates import DayRow, MeetingRow, meetings_by_card
from coprod_data.queries.sessions_joining import HeardThere, heard_there
from coprod_data.queries.sources_counted import from_one_card
from coprod_data.queries.teams import TeamName, team_names
from coprod_data.store.database import Opened
from coprod_data.vocabulary.entries import TRANSLATED, QuestionKind
from pages.parts.wording import say
from pages.shared.card_readers import (
    Reader,
    Seen,
    again_words,
    asked_words,
    readers_of,
    reads_line,
    seen_by_board,
    who_keeps,
    who_reads,
)
from pages.shared.card_steps import Step, steps_of
from pages.shared.meetings import answered_words, board_day, heard_words, when_words
from pages.shared.three_answers import board_answer


@dataclass(frozen=True)
class Card:
    """An entry with who offered to work on it, what followed, and how far it is now.

    `board` is when the Board meets next, `heard` what its last meeting made of it.
    `only_source`: opportunities that came from one young person's words, so that they can be
    guessed. `teams` are whom words may be about, by name. `marks`: what stands for it, and for what
    they wrote on it, in an address or a form. `pulse`: they are asked whether they were
    listened to. `there` is what was heard at the session at which it was sent. `policy` is what
    became of it, where it is about a policy.
    """

    entry: FollowedEntry
    offers: tuple[OfferRow, ...]
    outcomes: tuple[MyOutcome, ...]
    steps: tuple[Step, ...]
    jobs: tuple[YoungAction, ...] = ()
    only_source: frozenset[int] = frozenset()
    stopped: tuple[StoppedAction, ...] = ()
    marks: Mapping[int, str] = field(default_factory=dict)
    meetings: tuple[MeetingRow, ...] = ()
    teams: tuple[TeamName, ...] = ()
    board: NextMeeting | None = None
    heard: HeardRow | None = None
    there: HeardThere | None = None
    pulse: bool = False
    policy: CommentAnswer | None = None

    @property
    def board_day(self) -> str:
        """The day of the next meeting of the Board, with its times; "" where none is planned."""
        return board_day(self.board) if self.board else ""

    @property
    def heard_words(self) -> str:
        """What the last meeting made of it; "" where no meeting had it."""
        return heard_words(self.heard) if self.heard else ""

    @property
    def mark(self) -> str:
        """What stands for it in an address."""
        return self.marks[self.entry.entry_id]

    @property
    def readers(self) -> tuple[Reader, ...]:
        """Who can read it now."""
        return readers_of(self.entry)

    @property
    def seen(self) -> tuple[Seen, ...]:
        """What the Board reads of it now."""
        return seen_by_board(self.entry)

    @property
    def again(self) -> tuple[str, str]:
        """Why the team reads it once more: our words, and the team's."""
        return again_words(self.entry)

    @property
    def lead(self) -> str:
        """The end of the names of sentences that are others where the team does not read it."""
        return who_reads(self.entry)

    @property
    def keeps(self) -> str:
        """The end of the name of the sentence that says who may keep a copy of it."""
        return who_keeps(self.entry)

    def reads(self, line: TalkLine) -> tuple[str, str]:
        """Return who reads one line of what they wrote: our words, and the team's."""
        return reads_line(self.entry, line)

    def question(self, question: OpenQuestion) -> str:
        """Return what is asked; never whether a summary is meant so while the Board reads it."""
        told = question.kind is QuestionKind.SUMMARY and self.entry.summary_reads
        if not told:
            return question.text
        english = question.text.startswith(TRANSLATED)
        return say("question.english_told" if english else "question.summary_told")

    def asks(self, question: OpenQuestion) -> str:
        """Return our words beside a question of the team; empty where it only asks."""
        return asked_words(self.entry, question)

    def when(self, day: DayRow) -> str:
        """Return a day that a meeting could be on, with its times."""
        return when_words(day)

    def answered(self, meeting: MeetingRow) -> str:
        """Return what was answered about a meeting; "" while there is no answer."""
        return answered_words(meeting)

    @property
    def board_answer(self) -> str:
        """Which of the three answers it has now."""
        return board_answer(self.entry.uses)

    @property
    def now(self) -> Step:
        """The step that it has reached."""
        return next((step for step in self.steps if step.state == "now"), self.steps[-1])

    @property
    def to_answer(self) -> bool:
        """Say whether something needs an answer from the young person."""
        return bool(
            self.entry.questions
            or any(offer.answer is None for offer in self.offers)
            or any(mine.may_sign for mine in self.outcomes)
            or any(one.answer is None and one.answers for one in self.meetings)
        )


@dataclass(frozen=True)
class Desk:
    """All cards of one young person, and what they were invited to."""

    cards: tuple[Card, ...] = ()
    offers: tuple[OfferRow, ...] = ()
    outcomes: tuple[MyOutcome, ...] = ()
    meetings: tuple[MeetingRow, ...] = ()
    teams: tuple[TeamName, ...] = ()
    board: NextMeeting | None = None


def read_card(opened: AbstractContextManager[Opened], entry_id: int | None = None) -> Card:
    """Read the actor's own card; somebody with its code need not name it. Raises NotFound."""
    with opened as (db, actor):
        entry = follow_entry(db, actor, entry_id)
        offers = tuple(offers_for_entry(db, actor, entry.entry_id))
        outcomes = tuple(outcomes_by_card(db, actor, [entry.entry_id])[entry.entry_id])
        told = entry.released_at is not None and not entry.withdrawn
        jobs = tuple(actions_to_view(db, actor, entry.entry_id)) if told else ()
        stopped = tuple(actions_stopped(db, actor, entry.entry_id)) if told else ()
        meetings = meetings_by_card(db, actor, [entry.entry_id])[entry.entry_id]
        board, heard = next_meeting(db, actor), heard_of_entry(db, actor, entry.entry_id)
        policy = comment_answers(db, actor, [entry.entry_id]).get(entry.entry_id)
        there = heard_there(db, actor, [entry.entry_id]).get(entry.entry_id)
        guessed = from_one_card(db, actor, [offer.opportunity_id for offer in offers])
        own = [entry.entry_id, *(line.entry_id for line in entry.talk if line.entry_id)]
        marks = {one: mark_of_entry(db, actor, one) for one in own}
        teams = tuple(team_names(db, actor))
        asked = is_asked_on_card(db, actor)
    steps = steps_of(entry, offers, outcomes)
    return Card(
        entry, offers, outcomes, steps, jobs, guessed, stopped=stopped, marks=marks,
        meetings=meetings, teams=teams, board=board, heard=heard,
        there=None if entry.withdrawn else there, pulse=asked,
        policy=None if entry.withdrawn else policy,
    )  # fmt: skip


def my_desk(db: Any, actor: Actor) -> Desk:
    """Read everything that a young person with an account sees at a glance."""
    cards, entries = [], my_cards(db, actor)
    through = outcomes_by_card(db, actor, [entry.entry_id for entry in entries])
    ids = [entry.entry_id for entry in entries]
    meetings = meetings_by_card(db, actor, [*ids, None])
    for entry in entries:
        offers = tuple(offers_for_entry(db, actor, entry.entry_id))
        outcomes = tuple(through[entry.entry_id])
        marks = {entry.entry_id: mark_of_entry(db, actor, entry.entry_id)}
        steps = steps_of(entry, offers, outcomes)
        cards.append(
            Card(
                entry, offers, outcomes, steps, marks=marks, meetings=meetings[entry.entry_id]
            )
        )  # fmt: skip
    return Desk(
        tuple(cards), tuple(offers_to_me(db, actor)), tuple(outcomes_of_mine(db, actor)),
        meetings[None], tuple(team_names(db, actor)), next_meeting(db, actor),
    )  # fmt: skip
