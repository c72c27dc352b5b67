"""One card as its author sees it: how far it is in plain steps, and what needs an answer.

The plain page /card and the page My cards both show it, and both use `act`.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import sha256

from coprod_data.commands.actions_views import give_view
from coprod_data.commands.entries import answer_question
from coprod_data.commands.entries_codes import keep_code
from coprod_data.commands.entries_consent import change_consent, withdraw_entry
from coprod_data.commands.opportunities_joining import confirm_match
from coprod_data.commands.outcomes import co_sign, say_not_yet
from coprod_data.permissions import Invalid
from coprod_data.queries.actions_views import YoungAction, actions_to_view
from coprod_data.queries.entries import FollowedEntry, follow_entry, my_cards
from coprod_data.queries.opportunities_joining import OfferRow, offers_for_entry, offers_to_me
from coprod_data.queries.outcomes import MyOutcome, outcomes_of_mine
from coprod_data.store.database import Opened
from coprod_data.vocabulary.actions import Face
from coprod_data.vocabulary.entries import ConsentUse
from pages.parts.wording import date_words, day_words, say

YES_OR_NO = {"yes": True, "no": False}
# The fields that identify an answer: the same words to the next question are another answer.
FORM_FIELDS = ("key", "do", "question", "outcome", "job", "agreed", "words")


@dataclass(frozen=True)
class Step:
    """One of the steps of a card; `state` is done, now or to_come."""

    title: str
    words: str
    state: str


@dataclass(frozen=True)
class Card:
    """An entry with who offered to work on it, what followed, and how far it is now."""

    entry: FollowedEntry
    offers: tuple[OfferRow, ...]
    outcomes: tuple[MyOutcome, ...]
    steps: tuple[Step, ...]
    jobs: tuple[YoungAction, ...] = ()

    @property
    def now(self) -> Step:
        """The step that it has reached."""
        return next((step for step in self.steps if step.state == "now"), self.steps[-1])

    @property
    def to_answer(self) -> bool:
        """Say whether something needs an answer from the young person."""
        return bool(
            self.entry.question
            or any(offer.answer is None for offer in self.offers)
            or any(mine.may_sign for mine in self.outcomes)
        )


@dataclass(frozen=True)
class Desk:
    """All cards of one young person, and what they were invited to."""

    cards: tuple[Card, ...]
    offers: tuple[OfferRow, ...]
    outcomes: tuple[MyOutcome, ...]


def read_card(opened: AbstractContextManager[Opened], entry_id: int | None = None) -> Card:
    """Read the actor's own card; somebody with its code need not name it. Raises NotFound."""
    with opened as (db, actor):
        entry = follow_entry(db, actor, entry_id)
        offers = tuple(offers_for_entry(db, actor, entry.entry_id))
        outcomes = tuple(outcomes_of_mine(db, actor, entry.entry_id))
        told = entry.released_at is not None and not entry.withdrawn
        jobs = tuple(actions_to_view(db, actor, entry.entry_id)) if told else ()
    return Card(entry, offers, outcomes, steps_of(entry, offers), jobs)


def my_desk(opened: AbstractContextManager[Opened]) -> Desk:
    """Read everything that a young person with an account sees at a glance."""
    with opened as (db, actor):
        cards = []
        for entry in my_cards(db, actor):
            offers = tuple(offers_for_entry(db, actor, entry.entry_id))
            cards.append(Card(entry, offers, (), steps_of(entry, offers)))
        return Desk(
            tuple(cards), tuple(offers_to_me(db, actor)), tuple(outcomes_of_mine(db, actor))
        )


def steps_of(entry: FollowedEntry, offers: tuple[OfferRow, ...] = ()) -> tuple[Step, ...]:
    """Return how far an entry is. Steps that it will never take are left out.

    As long as people are working on it, that is the card's step, even if it has had an answer.
    """
    reached = 4 if entry.working and not entry.together else entry.step
    happened = (
        True,
        entry.step >= 2,
        entry.released_at is not None,
        entry.working or entry.together,
        reached == 5,
    )
    answered = (reached == 5 or entry.personal) and not entry.together
    told = (
        (say("place.sent"), say("place.sent_words", day=date_words(entry.sent_at))),
        (say("place.reading"), _reading(entry)),
        (say("place.board"), _board(entry)),
        (say("place.working"), _working(entry, offers)),
        (
            say("place.answer") if answered else say("place.together"),
            _answered(entry) if reached == 5 else "",
        ),
    )
    steps = []
    for number, (title, words) in enumerate(told, start=1):
        if number < reached and happened[number - 1]:
            steps.append(Step(title, words, "done"))
        elif number == reached:
            steps.append(Step(title, words, "done" if number == 5 else "now"))
        elif number > reached:
            steps.append(Step(title, words if number in (2, 4) else "", "to_come"))
    return tuple(steps)


def act(
    opened: AbstractContextManager[Opened], said: Mapping[str, str], entry_id: int | None = None
) -> None:
    """Do what `said["do"]` names, with the actor's own card or what they were invited to.

    The other fields belong to that act. Raises NotFound, Invalid, Refused. The same call again
    changes nothing.
    """
    with opened as (db, actor):
        card_id = (actor.entry_id if entry_id is None else entry_id) or 0
        match said.get("do"):
            case "answer":
                answer_question(
                    db,
                    actor,
                    _number(said, "question"),
                    agreed=YES_OR_NO.get(said.get("agreed", "")),
                    words=said.get("words", ""),
                    form_id=_form_id(said),
                )
            case "offer":
                yes = YES_OR_NO.get(said.get("agreed", ""))
                if yes is None:
                    raise Invalid(say("offer.empty"), field="offer")
                confirm_match(db, actor, _number(said, "invitation"), yes=yes)
            case "sign":
                co_sign(db, actor, _number(said, "outcome"))
            case "not_yet":
                say_not_yet(
                    db,
                    actor,
                    _number(said, "outcome"),
                    reason=said.get("words", ""),
                    form_id=_form_id(said),
                )
            case "view":
                if said.get("face") not in list(Face):
                    raise Invalid(say("job.empty"), field="face")
                give_view(
                    db,
                    actor,
                    _number(said, "job"),
                    face=Face(said["face"]),
                    words=said.get("words", ""),
                    form_id=_form_id(said),
                    entry_id=card_id,
                )
            case "consent":
                asked = {
                    use for use in (ConsentUse.BOARD, ConsentUse.PUBLIC) if said.get(use) == "yes"
                }
                change_consent(db, actor, card_id, uses=frozenset(asked))
            case "keep_code":
                keep_code(db, actor)
            case "take_back":
                withdraw_entry(db, actor, card_id)
            case _:
                raise Invalid(say("error.unknown"))


def _reading(entry: FollowedEntry) -> str:
    if entry.personal:
        return say("place.personal")
    if entry.asked:
        return say("place.asked")
    if entry.read:
        return say("place.reading_done")
    if entry.late:
        return say("place.reading_late")
    if entry.reading:
        return say("place.reading_now")
    return say("place.reading_words", day=day_words(entry.read_by))


def _board(entry: FollowedEntry) -> str:
    if ConsentUse.BOARD not in entry.uses:
        return say("place.board_not")
    if entry.shared_on:
        return say("place.board_shared", month=f"{entry.shared_on:%B %Y}")
    return say("place.board_words")


def _working(entry: FollowedEntry, offers: tuple[OfferRow, ...]) -> str:
    if any(offer.answer is None for offer in offers):
        return say("place.offered")
    return say("place.working_words") if entry.working else ""


def _answered(entry: FollowedEntry) -> str:
    if entry.together:
        return say("place.together_words")
    return say("place.answer_words") if entry.replies else say("place.closed")


def _number(said: Mapping[str, str], name: str) -> int:
    value = said.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 10 else 0


def _form_id(said: Mapping[str, str]) -> str:
    """Return the id of this answer: a double press has the same id, changed words a new one."""
    parts = (said.get(name, "") for name in FORM_FIELDS)
    return "card:" + sha256("\x1f".join(parts).encode()).hexdigest()
